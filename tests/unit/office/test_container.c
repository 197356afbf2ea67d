#include "office/container_internal.h"

#include <stdlib.h>

#include "support/harness.h"

#define ENTRY 46
#define END 22

static unsigned char bytes[4096];
static size_t n;

static void put(size_t at, size_t value, int width) {
    for (int i = 0; i < width; i++) bytes[at + (size_t)i] = (unsigned char)(value >> 8 * i);
}

/* An entry of the central directory. */
static void add(const char *name, size_t unpacked, unsigned flags) {
    memcpy(bytes + n, "PK\1\2", 4);
    put(n + 8, flags, 2);
    put(n + 24, unpacked, 4);
    put(n + 28, strlen(name), 2);
    memcpy(bytes + n + ENTRY, name, strlen(name));
    n += ENTRY + strlen(name);
}

/* A directory of a workbook and one part more; nothing stands before it but a signature. */
static void make(const char *name, size_t unpacked, unsigned flags) {
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "PK\3\4", 4);
    n = 30;
    add("[Content_Types].xml", 500, 0);
    add("xl/workbook.xml", 500, 0);
    add("xl/worksheets/sheet1.xml", 500, 0);
    add(name, unpacked, flags);
    memcpy(bytes + n, "PK\5\6", 4);
    put(n + 8, 4, 2);
    put(n + 10, 4, 2);
    put(n + 12, n - 30, 4);
    put(n + 16, 30, 4);
    n += END;
}

/* The kind of the fault; "" if the container is sound. The copy has nothing behind it. */
static const char *judge(size_t size) {
    static char kind[8];
    vc_findings findings;
    bool sound = true;
    unsigned char *copy = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_container_check("a.xlsx", copy, size, &findings, &sound), VC_OK);
    ck_assert_int_eq(sound, findings.n_faults == 0);
    memcpy(kind, sound ? "" : findings.list[0].kind, sound ? 1 : sizeof kind);
    vc_findings_free(&findings);
    free(copy);
    return kind;
}

START_TEST(a_workbook_is_sound) {
    make("xl/styles.xml", 500, 0);
    ck_assert_str_eq(judge(n), "");
}
END_TEST

START_TEST(each_reason_has_its_kind) {
    make("xl/styles.xml", 500, 1);
    ck_assert_str_eq(judge(n), "I01");
    make("xl/media/a.bin", (size_t)17 << 20, 0);
    ck_assert_str_eq(judge(n), "I02");
    make("xl/media/a.bin", (size_t)300 << 20, 0);
    ck_assert_str_eq(judge(n), "I02");
    make("xl/externalLinks/externalLink1.xml", 500, 0);
    ck_assert_str_eq(judge(n), "I03");
    make("xl/styles.xml", 500, 0);
    memcpy(bytes + 30 + ENTRY, "x", 1);
    ck_assert_str_eq(judge(n), "I01");
}
END_TEST

START_TEST(every_cut_is_refused) {
    make("xl/styles.xml", 500, 0);
    for (size_t size = 0; size < n; size++) ck_assert_str_eq(judge(size), "I01");
}
END_TEST

/* Any byte may be anything: a verdict, and no byte beyond the end is looked at. */
START_TEST(any_byte_may_be_wrong) {
    make("xl/styles.xml", 500, 0);
    for (size_t at = 0; at < n; at++)
        for (unsigned value = 0; value < 256; value += 17) {
            unsigned char kept = bytes[at];
            bytes[at] = (unsigned char)value;
            judge(n);
            bytes[at] = kept;
        }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_workbook_is_sound),
                                     VCT(each_reason_has_its_kind),
                                     VCT(every_cut_is_refused), VCT(any_byte_may_be_wrong)};
    return vct_run("office/container", tests, VCT_COUNT(tests));
}
