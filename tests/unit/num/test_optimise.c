/* Minima that are known. */
#include <math.h>

#include "num/optimise_internal.h"
#include "support/harness.h"

/* Rosenbrock (1960): minimum 0 at (1, 1), along a bent valley. */
static double rosenbrock(void *context, const double *x) {
    (void)context;
    return 100 * pow(x[1] - x[0] * x[0], 2) + pow(1 - x[0], 2);
}

/* Minimum -3 at 0.385 * (1, 2, …, 8), scales from 1 to 64. */
static double quadratic(void *context, const double *x) {
    double sum = -3;
    (void)context;
    for (int i = 0; i < 8; i++) sum += (i + 1) * (i + 1) * pow(x[i] - 0.385 * (i + 1), 2);
    return sum;
}

/* Only reachable where x > 0; minimum 1 at 1. */
static double walled(void *context, const double *x) {
    (void)context;
    return x[0] <= 0 ? (double)INFINITY : x[0] - log(x[0]);
}

static double slope(void *context, const double *x) {
    (void)context;
    return -x[0];
}

START_TEST(finds_known_minima) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[2] = {-1.2, 1}, y[8] = {0}, z[1] = {2.385};
    o.gradient_end = 1e-5;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, x, &o, &m), VC_OK);
    CHECK_CLOSE(x[0], 1, 1e-3, 0);
    CHECK_CLOSE(x[1], 1, 1e-3, 0);
    ck_assert_int_eq(vci_minimise(8, quadratic, NULL, y, &o, &m), VC_OK);
    for (int i = 0; i < 8; i++) CHECK_CLOSE(y[i], 0.385 * (i + 1), 1e-6, 0);
    CHECK_CLOSE(m.value, -3, 1e-9, 0);
    ck_assert_int_eq(vci_minimise(1, walled, NULL, z, &o, &m), VC_OK);
    CHECK_CLOSE(z[0], 1, 1e-4, 0);
}
END_TEST

START_TEST(no_minimum_is_said) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[1] = {0}, bad[1] = {-1};
    ck_assert_int_eq(vci_minimise(1, slope, NULL, x, &o, &m), VC_NOT_CONVERGED);
    ck_assert_double_gt(x[0], 10);
    ck_assert_int_eq(vci_minimise(1, walled, NULL, bad, &o, &m), VC_NOT_CONVERGED);
}
END_TEST

START_TEST(nothing_to_search_is_fine) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[2] = {1, 1};
    ck_assert_int_eq(vci_minimise(0, rosenbrock, NULL, x, &o, &m), VC_OK);
    CHECK_CLOSE(m.value, 0, 0, 0);
}
END_TEST

static bool always(void *context) {
    (void)context;
    return true;
}

START_TEST(can_be_interrupted) {
    vci_minimise_options o = vci_minimise_options_default();
    vc_observer observer = {.cancelled = always};
    vci_minimum m;
    double x[2] = {-1.2, 1};
    o.observer = &observer;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, x, &o, &m), VC_INTERRUPTED);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(finds_known_minima), VCT(no_minimum_is_said),
                                     VCT(nothing_to_search_is_fine),
                                     VCT(can_be_interrupted)};
    return vct_run("num/optimise", tests, VCT_COUNT(tests));
}
