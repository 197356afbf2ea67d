/* Piecewise cubics: a cubic is itself, outside it rises. */
#include "fit/profile_internal.h"
#include "support/harness.h"

static double cubic(double x, double *slope) {
    *slope = 0.6 * x * x - 2 * x + 0.3;
    return 0.2 * x * x * x - x * x + 0.3 * x + 1.7;
}

static vci_profile made(void) {
    static const double at[] = {1.3, -2, 4.5, 0.25};
    vci_profile p = {0};
    for (size_t i = 0; i < 4; i++) {
        double slope, value = cubic(at[i], &slope);
        vci_profile_add(&p, at[i], value, slope);
    }
    return p;
}

START_TEST(a_cubic_is_itself) {
    vci_profile p = made();
    for (double x = -2; x <= 4.5; x += 0.37) {
        double slope, want_slope, want = cubic(x, &want_slope);
        CHECK_CLOSE(vci_profile_value(&p, x, &slope), want, 1e-12, 1e-12);
        CHECK_CLOSE(slope, want_slope, 1e-11, 1e-11);
    }
}
END_TEST

/* By hand: end value + slope * distance, if it rises outwards, + distance^2 / 2. */
START_TEST(it_rises_outside) {
    vci_profile p = made();
    double slope, end_slope, end = cubic(4.5, &end_slope);
    ck_assert_double_gt(end_slope, 0);
    CHECK_CLOSE(vci_profile_value(&p, 6.5, &slope), end + 2 * end_slope + 2, 1e-12, 0);
    CHECK_CLOSE(slope, end_slope + 2, 1e-12, 0);
    end = cubic(-2, &end_slope);
    ck_assert_double_gt(end_slope, 0); /* which falls outwards on this side */
    CHECK_CLOSE(vci_profile_value(&p, -3, &slope), end + 0.5, 1e-12, 0);
    CHECK_CLOSE(slope, -1, 1e-12, 0);
}
END_TEST

START_TEST(too_many_knots_are_left_out) {
    vci_profile p = {0};
    double slope;
    for (int i = 0; i < 40; i++) vci_profile_add(&p, i, 2.0 * i, 2);
    ck_assert_uint_eq(p.n, VCI_PROFILE_MOST);
    CHECK_CLOSE(vci_profile_value(&p, 14.5, &slope), 29, 1e-12, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_cubic_is_itself), VCT(it_rises_outside),
                                     VCT(too_many_knots_are_left_out)};
    return vct_run("fit/profile", tests, VCT_COUNT(tests));
}
