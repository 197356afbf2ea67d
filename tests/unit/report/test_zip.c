#include "report/zip_internal.h"

#include "support/harness.h"

static unsigned number(const char *bytes, int n) {
    unsigned value = 0;
    for (int i = n; i-- > 0;) value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* Places of the ZIP specification: end of the directory is the last 22 bytes. */
START_TEST(a_reader_finds_every_file) {
    vci_zip zip = {0};
    vci_zip_add(&zip, "a.txt", "first", 5);
    vci_zip_add(&zip, "b/二.txt", "second!", 7);
    ck_assert_int_eq(vci_zip_end(&zip), VC_OK);
    const char *end = zip.bytes.text + zip.bytes.n - 22;
    ck_assert_uint_eq(number(end, 4), 0x06054b50);
    ck_assert_uint_eq(number(end + 10, 2), 2);
    const char *entry = zip.bytes.text + number(end + 16, 4);
    ck_assert_ptr_eq(entry + number(end + 12, 4), end);
    ck_assert_uint_eq(number(entry, 4), 0x02014b50);
    entry += 46 + number(entry + 28, 2);
    ck_assert_uint_eq(number(entry, 4), 0x02014b50);
    ck_assert_uint_eq(number(entry + 24, 4), 7); /* size */
    const char *local = zip.bytes.text + number(entry + 42, 4);
    ck_assert_uint_eq(number(local, 4), 0x04034b50);
    ck_assert(!memcmp(local + 30 + number(local + 26, 2), "second!", 7));
    vci_zip_free(&zip);
}
END_TEST

START_TEST(equal_files_give_equal_bytes) {
    vci_zip one = {0}, other = {0};
    vci_zip_add(&one, "x", "y", 1);
    vci_zip_add(&other, "x", "y", 1);
    ck_assert_int_eq(vci_zip_end(&one), VC_OK);
    ck_assert_int_eq(vci_zip_end(&other), VC_OK);
    ck_assert_uint_eq(one.bytes.n, other.bytes.n);
    ck_assert(!memcmp(one.bytes.text, other.bytes.text, one.bytes.n));
    vci_zip_free(&one);
    vci_zip_free(&other);
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(a_reader_finds_every_file),
                              VCT(equal_files_give_equal_bytes)};
    return vct_run("report/zip", tests, VCT_COUNT(tests));
}
