/* Minima that are known. */
#include <math.h>

#include "core/memory_internal.h"
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

static bool rosenbrock_gradient(void *context, const double *x, double *gradient) {
    (void)context;
    gradient[0] = -400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]);
    gradient[1] = 200 * (x[1] - x[0] * x[0]);
    return true;
}

static bool no_gradient(void *context, const double *x, double *gradient) {
    (void)context, (void)x;
    gradient[0] = gradient[1] = (double)NAN;
    return false;
}

static bool bad_gradient(void *context, const double *x, double *gradient) {
    return !no_gradient(context, x, gradient);
}

START_TEST(a_given_gradient_is_used) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[2] = {-1.2, 1}, y[2] = {-1.2, 1}, z[2] = {-1.2, 1};
    o.gradient_end = 1e-8;
    o.gradient = rosenbrock_gradient;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, x, &o, &m), VC_OK);
    /* Differences of step 1e-3 err by about 1e-3 here. */
    CHECK_CLOSE(x[0], 1, 1e-7, 0);
    CHECK_CLOSE(m.gradient_norm, 0, 0, 1e-8);
    o.gradient_end = 1e-5;
    o.gradient = no_gradient;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, y, &o, &m), VC_OK);
    CHECK_CLOSE(y[0], 1, 1e-3, 0);
    /* Not a number is not zero: such a place is no minimum. */
    o.gradient = bad_gradient;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, z, &o, &m), VC_NOT_CONVERGED);
}
END_TEST

/* Infinite on one side of a wall beside which the minimum lies (at x = 1e-4, y = 0). */
static double beside_wall(void *context, const double *x) {
    (void)context;
    if (x[0] < 0) return (double)INFINITY;
    return pow(x[0] - 1e-4, 2) + x[1] * x[1];
}

static double nowhere(void *context, const double *x) {
    (void)context, (void)x;
    return (double)NAN;
}

/* NaN but at the start. */
static double pinpoint(void *context, const double *x) {
    (void)context;
    return x[0] == 1 ? 0 : (double)NAN;
}

START_TEST(walls_and_holes_are_survived) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[2] = {3, 2}, y[1] = {1};
    ck_assert_int_eq(vci_minimise(2, beside_wall, NULL, x, &o, &m), VC_OK);
    CHECK_CLOSE(x[0], 0, 0, 5e-3);
    CHECK_CLOSE(x[1], 0, 0, 5e-3);
    ck_assert_int_eq(vci_minimise(1, nowhere, NULL, y, &o, &m), VC_NOT_CONVERGED);
    vci_minimise(1, pinpoint, NULL, y, &o, &m);
    ck_assert(y[0] == 1);
}
END_TEST

START_TEST(the_best_point_is_kept_when_time_is_up) {
    vci_minimise_options o = vci_minimise_options_default();
    vci_minimum m;
    double x[2] = {-1.2, 1}, start = rosenbrock(NULL, x);
    o.most_iterations = 5;
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, x, &o, &m), VC_NOT_CONVERGED);
    ck_assert_uint_eq(m.iterations, 5);
    ck_assert_double_lt(m.value, start);
    CHECK_CLOSE(rosenbrock(NULL, x), m.value, 0, 0);
    vci_memory_fail_at(0);
    ck_assert_int_eq(vci_minimise(2, rosenbrock, NULL, x, &o, &m), VC_NO_MEMORY);
    vci_memory_fail_at(-1);
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
    static const vct_test tests[] = {VCT(finds_known_minima),
                                     VCT(no_minimum_is_said),
                                     VCT(nothing_to_search_is_fine),
                                     VCT(a_given_gradient_is_used),
                                     VCT(walls_and_holes_are_survived),
                                     VCT(the_best_point_is_kept_when_time_is_up),
                                     VCT(can_be_interrupted)};
    return vct_run("num/optimise", tests, VCT_COUNT(tests));
}
