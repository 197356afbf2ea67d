/* Exact fractions: every expected value by hand. */
#include <math.h>

#include "assess/fraction_internal.h"
#include "support/harness.h"

static vc_fraction over(int64_t num, int64_t den) { return (vc_fraction){num, den}; }

START_TEST(compares_without_rounding) {
    /* 107 boys to 100 girls is 107.0 exactly; one boy more in a million is not. */
    ck_assert_int_eq(vci_fraction_compare(over(10700, 100), over(107, 1)), 0);
    ck_assert_int_eq(vci_fraction_compare(over(107000001, 1000000), over(107, 1)), 1);
    ck_assert_int_eq(vci_fraction_compare(over(-3, 7), over(-2, 7)), -1);
    /* Doubles cannot tell these apart. */
    ck_assert_int_eq(vci_fraction_compare(over(9007199254740993, 9007199254740992),
                                          over(9007199254740994, 9007199254740993)),
                     1);
}
END_TEST

START_TEST(publishes_halves_away_from_zero) {
    vc_fraction up = vci_fraction_published(over(10705, 100), 1);
    ck_assert_int_eq(vci_fraction_compare(up, over(1071, 10)), 0);
    vc_fraction down = vci_fraction_published(over(-5, 2), 0);
    ck_assert_int_eq(vci_fraction_compare(down, over(-3, 1)), 0);
    vc_fraction same = vci_fraction_published(over(1, 3), -1);
    ck_assert_int_eq(same.den, 3);
    CHECK_CLOSE(vci_fraction_value(vci_fraction_published(over(2, 3), 2)), 0.67, 1e-15, 0);
}
END_TEST

START_TEST(scales_exactly_or_not_at_all) {
    vc_fraction f = vci_fraction_scale(over(1000, 1), over(93, 100), over(5, 1));
    ck_assert_int_eq(vci_fraction_compare(f, over(935, 1)), 0);
    vc_fraction big =
        vci_fraction_scale(over(INT64_MAX, 3), over(INT64_MAX, 7), over(0, 1));
    ck_assert_int_eq(big.den, 0);
}
END_TEST

START_TEST(undefined_stays_undefined) {
    ck_assert(isnan(vci_fraction_value(over(5, 0))));
    ck_assert_int_eq(vci_fraction_published(over(5, 0), 2).den, 0);
    ck_assert_int_eq(vci_fraction_scale(over(5, 0), over(1, 1), over(1, 1)).den, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(compares_without_rounding), VCT(publishes_halves_away_from_zero),
        VCT(scales_exactly_or_not_at_all), VCT(undefined_stays_undefined)};
    return vct_run("assess/fraction", tests, VCT_COUNT(tests));
}
