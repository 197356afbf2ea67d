/* Streaming quantiles against sorting everything. */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "num/histogram_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define MANY 20000

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const double LEVELS[] = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

/* A skew bell: sum of three uniforms, squared. */
static double made_up(unsigned *state) {
    double sum = vct_random(state) + vct_random(state) + vct_random(state);
    return 100 + sum * sum;
}

START_TEST(few_values_are_exact) {
    double x[] = {3, 1, 2, 5, 4};
    vci_histogram h;
    vci_histogram_init(&h, false);
    ck_assert(isnan(vci_histogram_quantile(&h, 0.5)));
    vci_histogram_add(&h, 5, x);
    CHECK_CLOSE(vci_histogram_quantile(&h, 0.5), 3, 0, 0);
    /* Type 7: 1 + 0.1 * 4 = position 1.4 of 1..5. */
    CHECK_CLOSE(vci_histogram_quantile(&h, 0.1), 1.4, 1e-15, 0);
    CHECK_CLOSE(vci_histogram_quantile(&h, 1), 5, 0, 0);
}
END_TEST

START_TEST(counts_stay_exact) {
    double *x = malloc(MANY * sizeof *x);
    unsigned state = 17;
    vci_histogram h;
    vci_histogram_init(&h, true);
    for (size_t i = 0; i < MANY; i++) x[i] = floor(40 * made_up(&state) / 10);
    vci_histogram_add(&h, MANY, x);
    qsort(x, MANY, sizeof *x, by_value);
    for (size_t q = 0; q < VCT_COUNT(LEVELS); q++)
        CHECK_CLOSE(vci_histogram_quantile(&h, LEVELS[q]),
                    x[(size_t)ceil(LEVELS[q] * MANY) - 1], 0, 0);
    free(x);
}
END_TEST

START_TEST(bins_err_by_less_than_their_width) {
    double *x = malloc(MANY * sizeof *x);
    unsigned state = 5;
    vci_histogram h;
    vci_histogram_init(&h, false);
    for (size_t i = 0; i < MANY; i++) x[i] = made_up(&state);
    vci_histogram_add(&h, MANY, x);
    qsort(x, MANY, sizeof *x, by_value);
    double width = 2 * (x[MANY - 1] - x[0]) / VCI_HISTOGRAM_BINS;
    for (size_t q = 0; q < VCT_COUNT(LEVELS); q++)
        CHECK_CLOSE(vci_histogram_quantile(&h, LEVELS[q]), x[(size_t)(LEVELS[q] * MANY)], 0,
                    width);
    CHECK_CLOSE(vci_histogram_quantile(&h, 1), x[MANY - 1], 0, width);
    free(x);
}
END_TEST

START_TEST(the_division_does_not_matter) {
    double *x = malloc(MANY * sizeof *x);
    unsigned state = 5;
    vci_histogram whole, parts;
    vci_histogram_init(&whole, false);
    vci_histogram_init(&parts, false);
    for (size_t i = 0; i < MANY; i++) x[i] = made_up(&state);
    vci_histogram_add(&whole, MANY, x);
    for (size_t i = 0; i < MANY; i += 37)
        vci_histogram_add(&parts, MANY - i < 37 ? MANY - i : 37, x + i);
    ck_assert_mem_eq(&whole, &parts, sizeof whole);
    free(x);
}
END_TEST

START_TEST(constants_and_outliers) {
    vci_histogram h;
    double same = 7, far = 1e6;
    vci_histogram_init(&h, false);
    for (size_t i = 0; i < 2000; i++) vci_histogram_add(&h, 1, &same);
    CHECK_CLOSE(vci_histogram_quantile(&h, 0.5), 7, 1e-12, 0);
    vci_histogram_add(&h, 1, &far);
    CHECK_CLOSE(vci_histogram_quantile(&h, 0.5), 7, 1e-2, 0);
    ck_assert_double_le(vci_histogram_quantile(&h, 1), 1e6);
}
END_TEST

START_TEST(exact_up_to_512_values) {
    for (size_t n = VCI_HISTOGRAM_EXACT - 1; n <= VCI_HISTOGRAM_EXACT; n++) {
        double x[VCI_HISTOGRAM_EXACT];
        unsigned state = 9;
        vci_histogram h;
        vci_histogram_init(&h, false);
        for (size_t i = 0; i < n; i++) x[i] = made_up(&state);
        vci_histogram_add(&h, n, x);
        qsort(x, n, sizeof *x, by_value);
        for (size_t q = 0; q < VCT_COUNT(LEVELS); q++)
            CHECK_CLOSE(vci_histogram_quantile(&h, LEVELS[q]),
                        gsl_stats_quantile_from_sorted_data(x, 1, n, LEVELS[q]), 1e-15, 0);
    }
}
END_TEST

START_TEST(several_quantiles_are_those_asked_one_by_one) {
    const double p[] = {0, 0.025, 0.1, 0.5, 0.5, 0.9, 1};
    for (size_t n = 0; n <= 4000; n += 400)
        for (int whole = 0; whole < 2; whole++) {
            vci_histogram h;
            unsigned state = 21;
            double q[VCT_COUNT(p)];
            vci_histogram_init(&h, whole);
            for (size_t i = 0; i < n; i++) {
                double x = 30 * made_up(&state);
                if (whole) x = floor(x);
                vci_histogram_add(&h, 1, &x);
            }
            vci_histogram_quantiles(&h, VCT_COUNT(p), p, q);
            for (size_t i = 0; i < VCT_COUNT(p); i++) {
                double one = vci_histogram_quantile(&h, p[i]);
                ck_assert(n == 0 ? isnan(q[i]) && isnan(one) : q[i] == one);
            }
        }
}
END_TEST

START_TEST(the_ends_are_what_was_seen) {
    for (int whole = 0; whole < 2; whole++) {
        vci_histogram h;
        unsigned state = 11;
        vci_histogram_init(&h, whole);
        for (size_t i = 0; i < 3000; i++) {
            double x = floor(100 * vct_random(&state));
            if (i == 2000) x = -1e6;
            if (i == 2001) x = 1e6;
            vci_histogram_add(&h, 1, &x);
        }
        ck_assert(vci_histogram_quantile(&h, 0) == -1e6);
        ck_assert(vci_histogram_quantile(&h, 1) == 1e6);
        CHECK_CLOSE(vci_histogram_quantile(&h, 0.5), 50, 0, 3);
    }
}
END_TEST

/* A tenth of all lies far beyond the bins of the first 512: told roughly, not denied. */
START_TEST(outliers_are_not_pulled_in) {
    vci_histogram h;
    vci_histogram_init(&h, true);
    for (size_t i = 0; i < 10000; i++) {
        double x = i < 512 ? (double)(i % 100) : i % 10 ? 50 : 1e6;
        vci_histogram_add(&h, 1, &x);
    }
    ck_assert(vci_histogram_quantile(&h, 0.5) == 50);
    ck_assert_double_gt(vci_histogram_quantile(&h, 0.95), 1e5);
    ck_assert_double_le(vci_histogram_quantile(&h, 0.95), 1e6);
}
END_TEST

/* Not allowed, but it must do no harm. */
START_TEST(values_that_are_none_are_survived) {
    const double odd[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 1e308, -1e308};
    for (size_t o = 0; o < VCT_COUNT(odd); o++)
        for (size_t first = 0; first < 2; first++) {
            vci_histogram h;
            vci_histogram_init(&h, o % 2);
            for (size_t i = 0; i < 2000; i++) {
                double x = (i < 1000) == (first == 1) ? odd[o] : (double)(i % 10);
                vci_histogram_add(&h, 1, &x);
            }
            ck_assert_uint_eq(h.n, 2000);
            for (size_t q = 0; q < VCT_COUNT(LEVELS); q++)
                vci_histogram_quantile(&h, LEVELS[q]);
        }
}
END_TEST

START_TEST(wide_counts_stay_whole) {
    vci_histogram h;
    unsigned state = 3;
    vci_histogram_init(&h, true);
    for (size_t i = 0; i < 5000; i++) {
        double x = floor(1e6 * vct_random(&state));
        vci_histogram_add(&h, 1, &x);
    }
    double median = vci_histogram_quantile(&h, 0.5);
    ck_assert(median == floor(median));
    CHECK_CLOSE(median, 5e5, 0, 3e4);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(few_values_are_exact),
                                     VCT(counts_stay_exact),
                                     VCT(bins_err_by_less_than_their_width),
                                     VCT(the_division_does_not_matter),
                                     VCT(constants_and_outliers),
                                     VCT(exact_up_to_512_values),
                                     VCT(several_quantiles_are_those_asked_one_by_one),
                                     VCT(the_ends_are_what_was_seen),
                                     VCT(outliers_are_not_pulled_in),
                                     VCT(values_that_are_none_are_survived),
                                     VCT(wide_counts_stay_whole)};
    return vct_run("num/histogram", tests, VCT_COUNT(tests));
}
