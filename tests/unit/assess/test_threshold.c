/*
 * Thresholds against rounding every figure and comparing it. Figures lie on the steps of
 * the rounding, half-way between them, and next to those.
 */
#include <math.h>

#include "assess/threshold_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

static void check(vc_fraction f, vc_fraction bound, int decimals) {
    vci_threshold most = vci_threshold_at_most(bound, decimals);
    vci_threshold least = vci_threshold_at_least(bound, decimals);
    int order = vci_fraction_compare(vci_fraction_published(f, decimals), bound);
    double x = vci_fraction_value(f);
    ck_assert_msg(vci_threshold_at_most_holds(&most, f, x) == (order <= 0),
                  "%lld/%lld <= %lld/%lld, %d", (long long)f.num, (long long)f.den,
                  (long long)bound.num, (long long)bound.den, decimals);
    ck_assert_msg(vci_threshold_at_least_holds(&least, f, x) == (order >= 0),
                  "%lld/%lld >= %lld/%lld, %d", (long long)f.num, (long long)f.den,
                  (long long)bound.num, (long long)bound.den, decimals);
}

START_TEST(agrees_with_rounding) {
    unsigned state = 31;
    for (int i = 0; i < 200000; i++) {
        int decimals = (int)(vct_random(&state) * 5) - 1;
        int64_t den = 1 + (int64_t)(vct_random(&state) * 400);
        vc_fraction bound = {(int64_t)(vct_random(&state) * 4000) - 2000,
                             1 + (int64_t)(vct_random(&state) * 40)};
        /* Near the bound, where they could differ. */
        double at = vci_fraction_value(bound) * (double)den;
        int64_t near = (int64_t)floor(at) + (int64_t)(vct_random(&state) * 5) - 2;
        check((vc_fraction){near, den}, bound, decimals);
        check((vc_fraction){2 * near + 1, 2 * den}, bound, decimals);
    }
}
END_TEST

START_TEST(halves_go_away_from_zero) {
    /* 107.05 is published as 107.1 and misses 107; 107.0499 does not. */
    vci_threshold t = vci_threshold_at_most((vc_fraction){107, 1}, 1);
    ck_assert(!vci_threshold_at_most_holds(&t, (vc_fraction){10705, 100}, 107.05));
    ck_assert(vci_threshold_at_most_holds(&t, (vc_fraction){1070499, 10000}, 107.0499));
    /* -2.5 is published as -3. */
    t = vci_threshold_at_most((vc_fraction){-3, 1}, 0);
    ck_assert(vci_threshold_at_most_holds(&t, (vc_fraction){-5, 2}, -2.5));
    t = vci_threshold_at_least((vc_fraction){-2, 1}, 0);
    ck_assert(!vci_threshold_at_least_holds(&t, (vc_fraction){-5, 2}, -2.5));
    t = vci_threshold_at_least((vc_fraction){3, 1}, 0);
    ck_assert(vci_threshold_at_least_holds(&t, (vc_fraction){5, 2}, 2.5));
}
END_TEST

START_TEST(too_large_is_undefined) {
    vc_fraction huge = {INT64_MAX / 2, 1};
    ck_assert_int_eq(vci_threshold_at_most(huge, 9).at.den, 0);
    ck_assert_int_eq(vci_threshold_at_least(huge, 9).at.den, 0);
}
END_TEST

/* Doubles cannot tell these fractions apart. */
START_TEST(what_is_close_is_compared_exactly) {
    vc_fraction bound = {9007199254740994, 9007199254740993}, below = {1, 1},
                above = {9007199254740993, 9007199254740992};
    check(below, bound, -1);
    check(above, bound, -1);
    check(bound, bound, -1);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(agrees_with_rounding), VCT(halves_go_away_from_zero),
        VCT(too_large_is_undefined), VCT(what_is_close_is_compared_exactly)};
    return vct_run("assess/threshold", tests, VCT_COUNT(tests));
}
