/*
 * The interpolant of a log density that is known everywhere: a skewed, turned hill in the
 * positive quadrant.
 */
#include <math.h>

#include "fit/landscape_internal.h"
#include "num/random_internal.h"
#include "support/harness.h"

#define D 2
#define N 60

/* Around (3, 2), correlated, steeper on one side. */
static double hill(const double *v, double *slope) {
    double a = v[0] - 3, b = v[1] - 2 + 0.6 * a, e = exp(0.5 * b);
    double fall = 0.5 * a * a + 2 * (e - 1) * (e - 1);
    slope[1] = -2 * (e - 1) * e;
    slope[0] = -a + 0.6 * slope[1];
    return -fall;
}

static void add(vci_landscape *l, const double *v, size_t axis) {
    double slope[D], value = hill(v, slope);
    vci_landscape_add(l, v, value, slope, axis);
}

static void make(vci_landscape *l) {
    double curvature[] = {1.18, 0.6, 0.6, 1}, top[] = {3, 2};
    ck_assert_int_eq(vci_landscape_init(D, N, l), VC_OK);
    ck_assert_int_eq(vci_landscape_turn(l, curvature), VC_OK);
    add(l, top, D);
    for (size_t k = 0; k < D; k++)
        for (int step = -3; step <= 3; step++) {
            double v[D];
            for (size_t i = 0; i < D; i++) v[i] = top[i] + 0.6 * step * l->axis[i * D + k];
            if (step != 0) add(l, v, k);
        }
    vci_stream s = vci_stream_make(2, "landscape", VCI_PLACE(0, 0), 0);
    for (uint32_t i = 0; i < 24; i++) {
        double z[D], v[D];
        vci_fill_normal(&s, i, 1, D, z);
        for (size_t j = 0; j < D; j++) v[j] = fmax(top[j] + 1.3 * z[j], 0);
        add(l, v, D);
    }
    ck_assert_int_eq(vci_landscape_interpolate(l), VC_OK);
}

START_TEST(axes_are_the_curvatures) {
    vci_landscape l;
    double curvature[] = {1.18, 0.6, 0.6, 1};
    ck_assert_int_eq(vci_landscape_init(D, N, &l), VC_OK);
    ck_assert_int_eq(vci_landscape_turn(&l, curvature), VC_OK);
    /* axis' C axis = 1 along each (both sds are below the limit or at it). */
    static const double c[] = {1.18, 0.6, 0.6, 1};
    for (size_t k = 0; k < D; k++)
        for (size_t m = 0; m < D; m++) {
            double sum = 0, product = 0;
            for (size_t i = 0; i < D; i++) {
                product += l.to_axes[k * D + i] * l.axis[i * D + m];
                for (size_t j = 0; j < D; j++)
                    sum += l.axis[i * D + k] * c[i * D + j] * l.axis[j * D + m];
            }
            CHECK_CLOSE(product, k == m, 0, 1e-12);
            if (k != m) CHECK_CLOSE(sum, 0, 0, 1e-12);
            ck_assert(k != m || (sum > 0 && sum <= 1 + 1e-12));
        }
    vci_landscape_free(&l);
}
END_TEST

/* As far as the tolerance that points close to each other need. */
START_TEST(it_goes_through_what_is_known) {
    vci_landscape l;
    make(&l);
    for (size_t p = 0; p < l.n; p++)
        if (l.value[p] > -10)
            CHECK_CLOSE(vci_landscape_value(&l, l.v + p * D), l.value[p], 0, 0.03);
    vci_landscape_free(&l);
}
END_TEST

/* Where there is mass a smooth hill is known to 0.15 in logs on the mean (rms). */
START_TEST(it_is_right_between) {
    vci_landscape l;
    double slope[D], square = 0;
    size_t n = 0;
    make(&l);
    for (double a = 1.2; a < 5; a += 0.31)
        for (double b = 0.3; b < 4; b += 0.29) {
            double v[] = {a, b}, truth = hill(v, slope);
            if (truth < -3) continue;
            double error = vci_landscape_value(&l, v) - truth;
            square += error * error;
            n++;
        }
    ck_assert_uint_gt(n, 40);
    ck_assert_double_lt(sqrt(square / (double)n), 0.15);
    vci_landscape_free(&l);
}
END_TEST

/* Nothing rises far from what was seen; there is nothing at all beyond the box. */
START_TEST(it_believes_in_nothing_far_away) {
    vci_landscape l;
    make(&l);
    for (double a = 0; a < 9; a += 0.37)
        for (double b = 0; b < 9; b += 0.41) {
            double v[] = {a, b}, slope[D];
            if (hill(v, slope) < -15) ck_assert_double_lt(vci_landscape_value(&l, v), -4);
        }
    double out[] = {1e3, 2};
    ck_assert(isinf(vci_landscape_value(&l, out)));
    vci_landscape_free(&l);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(axes_are_the_curvatures), VCT(it_goes_through_what_is_known),
        VCT(it_is_right_between), VCT(it_believes_in_nothing_far_away)};
    return vct_run("fit/landscape", tests, VCT_COUNT(tests));
}
