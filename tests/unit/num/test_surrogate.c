/* The interpolant against functions that are known everywhere. */
#include <math.h>

#include "num/random_internal.h"
#include "num/surrogate_internal.h"
#include "support/harness.h"

#define D 3
#define N 40

/* A skewed hill: three variables, not separable. */
static double hill(const double *x, double *slope) {
    double e = exp(0.3 * x[0]), u = x[1] + 0.2 * x[0] * x[0], v = x[2] - 0.4 * x[1];
    if (slope) {
        slope[0] = -0.3 * e * (e - 1) / 0.09 - 0.4 * u * x[0];
        slope[1] = -u + 0.4 * v;
        slope[2] = -v;
    }
    return -0.5 * (e - 1) * (e - 1) / 0.09 - 0.5 * u * u - 0.5 * v * v;
}

static void points(size_t n, uint32_t key, double *x) {
    vci_stream s = vci_stream_make(1, "surrogate", VCI_PLACE(0, 0), key);
    vci_fill_normal(&s, 0, n, D, x);
}

static void fit(vci_surrogate *s) {
    double x[N * D], value[N], slope[N * D];
    points(N, 1, x);
    for (size_t i = 0; i < N; i++) value[i] = hill(x + i * D, slope + i * D);
    ck_assert_int_eq(vci_surrogate_fit(D, N, x, value, slope, s), VC_OK);
}

static double value_of(const vci_surrogate *s, const double *x) {
    double distance;
    return vci_surrogate_value(s, x, &distance);
}

START_TEST(knows_how_far_it_is) {
    vci_surrogate s;
    double x[] = {1, 2, 4, 6}, value[] = {0, 1}, slope[4] = {0}, at[] = {4, 3}, distance;
    ck_assert_int_eq(vci_surrogate_fit(2, 2, x, value, slope, &s), VC_OK);
    vci_surrogate_value(&s, at, &distance);
    CHECK_CLOSE(distance, 3, 1e-15, 0);
    vci_surrogate_free(&s);
}
END_TEST

START_TEST(goes_through_its_points) {
    vci_surrogate s;
    double x[N * D];
    fit(&s);
    points(N, 1, x);
    for (size_t i = 0; i < N; i++)
        CHECK_CLOSE(value_of(&s, x + i * D), hill(x + i * D, NULL), 0, 1e-3);
    vci_surrogate_free(&s);
}
END_TEST

/* Between the points: forty points in three dimensions give a smooth hill to 0.1. */
START_TEST(is_right_between_them) {
    vci_surrogate s;
    double x[200 * D], square = 0;
    size_t n = 0;
    fit(&s);
    points(200, 2, x);
    for (size_t i = 0; i < 200; i++) {
        double truth = hill(x + i * D, NULL);
        if (truth < -4) continue;
        double r = value_of(&s, x + i * D) - truth;
        square += r * r;
        n++;
    }
    ck_assert_uint_gt(n, 100);
    ck_assert_double_lt(sqrt(square / (double)n), 0.1);
    vci_surrogate_free(&s);
}
END_TEST

START_TEST(slopes_matter) {
    vci_surrogate with;
    /* One point of a plane: only its slope tells what lies beside it. */
    double x[1] = {0.5}, value[1] = {2}, slope[1] = {0.7}, at[1] = {0.6};
    ck_assert_int_eq(vci_surrogate_fit(1, 1, x, value, slope, &with), VC_OK);
    CHECK_CLOSE(value_of(&with, at), 2.07, 0, 0.01);
    vci_surrogate_free(&with);
}
END_TEST

START_TEST(is_zero_far_away) {
    vci_surrogate s;
    double far[D] = {200, -300, 100};
    fit(&s);
    CHECK_CLOSE(value_of(&s, far), 0, 0, 1e-12);
    vci_surrogate_free(&s);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(goes_through_its_points),
                                     VCT(is_right_between_them), VCT(slopes_matter),
                                     VCT(is_zero_far_away), VCT(knows_how_far_it_is)};
    return vct_run("num/surrogate", tests, VCT_COUNT(tests));
}
