#include "core/crc32_internal.h"

#include "support/harness.h"

/* The check value of CRC-32/ISO-HDLC in catalogues of CRC algorithms. */
START_TEST(the_check_value) { ck_assert_uint_eq(vci_crc32("123456789", 9), 0xCBF43926u); }
END_TEST

START_TEST(of_nothing) { ck_assert_uint_eq(vci_crc32("", 0), 0u); }
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(the_check_value), VCT(of_nothing)};
    return vct_run("core/crc32", tests, VCT_COUNT(tests));
}
