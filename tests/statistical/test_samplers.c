/*
 * Every sampler against its exact law, on 500,000 draws times $VC_TEST_MULTIPLIER. Counts:
 * chi-square over cells of at least 20 expected draws; continuous ones: Kolmogorov-Smirnov.
 * A test fails by chance with probability 1e-6 (for another seed; the seed is fixed), all
 * 50 of them with 5e-5.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "num/random_internal.h"
#include "support/harness.h"

#define LEAST_DRAWS 500000
#define FALSE_ALARM 1e-6

static size_t number_of_draws(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return LEAST_DRAWS * (factor > 0 && factor <= 100 ? factor : 1);
}

typedef double (*mass)(int64_t k, double a, double b);

static double poisson_mass(int64_t k, double mean, double unused) {
    (void)unused;
    return gsl_ran_poisson_pdf((unsigned)k, mean);
}

static double binomial_mass(int64_t k, double n, double p) {
    return gsl_ran_binomial_pdf((unsigned)k, p, (unsigned)n);
}

static int by_count(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/*
 * Neighbouring values are put together until 20 are expected; what lies outside joins the
 * ends.
 */
static void check_counts(size_t n, int64_t *draws, mass law, double a, double b,
                         int64_t from, int64_t to) {
    double statistic = 0, expected = 0, seen = 0, left = (double)n;
    size_t cells = 0, at = 0;
    qsort(draws, n, sizeof *draws, by_count);
    for (int64_t k = from; k <= to; k++) {
        expected += (double)n * law(k, a, b);
        while (at < n && draws[at] <= k) {
            at++;
            seen++;
        }
        if (expected < 20 || left - expected < 20) continue;
        statistic += (seen - expected) * (seen - expected) / expected;
        left -= expected;
        cells++;
        expected = seen = 0;
    }
    seen = (double)(n - at) + seen;
    statistic += (seen - left) * (seen - left) / left;
    double p = gsl_cdf_chisq_Q(statistic, (double)cells);
    ck_assert_msg(p > FALSE_ALARM, "parameters %g, %g: chi-square %g on %zu, p = %g", a, b,
                  statistic, cells, p);
}

static vci_stream stream_of(uint32_t period) {
    return vci_stream_make(7, "测试", VCI_PLACE(3, VCI_FOR_TOTAL), period);
}

static void check_poisson(double mean, uint32_t period) {
    size_t n = number_of_draws();
    double *means = malloc(n * sizeof *means);
    int64_t *k = malloc(n * sizeof *k), spread = (int64_t)(8 * sqrt(mean) + 30);
    vci_stream s = stream_of(period);
    for (size_t d = 0; d < n; d++) means[d] = mean;
    vci_fill_poisson(&s, 0, n, means, k);
    int64_t low = (int64_t)mean - spread;
    check_counts(n, k, poisson_mass, mean, 0, low > 0 ? low : 0, (int64_t)mean + spread);
    free(means);
    free(k);
}

START_TEST(poisson) {
    static const double means[] = {0.01, 0.3, 1, 5, 9.9, 10.1, 25, 50, 500, 5000, 300000};
    for (uint32_t i = 0; i < sizeof means / sizeof *means; i++) check_poisson(means[i], i);
}
END_TEST

static void check_binomial(int64_t size, double p, uint32_t period) {
    size_t n = number_of_draws();
    double *ps = malloc(n * sizeof *ps), mean = (double)size * p;
    int64_t *k = malloc(n * sizeof *k), *trials = malloc(n * sizeof *trials);
    int64_t spread = (int64_t)(8 * sqrt(mean * (1 - p)) + 30);
    vci_stream s = stream_of(1000 + period);
    for (size_t d = 0; d < n; d++) {
        ps[d] = p;
        trials[d] = size;
    }
    vci_fill_binomial(&s, 0, n, trials, ps, k);
    int64_t low = (int64_t)mean - spread, high = (int64_t)mean + spread;
    check_counts(n, k, binomial_mass, (double)size, p, low > 0 ? low : 0,
                 high < size ? high : size);
    free(ps);
    free(k);
    free(trials);
}

START_TEST(binomial) {
    check_binomial(1, 0.52, 0);
    check_binomial(15, 0.52, 1);
    check_binomial(40, 0.1, 2);
    check_binomial(40, 0.9, 3);
    check_binomial(21, 0.48, 7);
    check_binomial(25, 0.55, 8);
    check_binomial(200, 0.515, 4);
    check_binomial(20000, 0.515, 5);
    check_binomial(1000000, 0.001, 6);
}
END_TEST

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sup distance; P(sqrt(n) D > x) ~ 2 exp(-2 x^2) (Kolmogorov 1933), so x = 2.7 for 1e-6. */
static void check_continuous(size_t n, double *x, double (*cdf)(double, double), double a) {
    double worst = 0;
    qsort(x, n, sizeof *x, by_value);
    for (size_t i = 0; i < n; i++) {
        double f = cdf(x[i], a);
        worst =
            fmax(worst, fmax(f - (double)i / (double)n, (double)(i + 1) / (double)n - f));
    }
    double limit = sqrt(-log(FALSE_ALARM / 2) / 2);
    ck_assert_msg(worst * sqrt((double)n) < limit, "parameter %g: sqrt(n) D = %g > %g", a,
                  worst * sqrt((double)n), limit);
}

static double normal_cdf(double x, double unused) {
    (void)unused;
    return gsl_cdf_ugaussian_P(x);
}

static double gamma_cdf(double x, double shape) { return gsl_cdf_gamma_P(x, shape, 1); }

static double uniform_cdf(double x, double unused) {
    (void)unused;
    return x;
}

START_TEST(continuous) {
    static const double shapes[] = {0.3, 1, 2.5, 30, 1000, 20000};
    size_t n = number_of_draws();
    double *x = malloc(n * sizeof *x), *shape = malloc(n * sizeof *shape);
    vci_stream s = stream_of(2000);
    vci_fill_uniform(&s, 0, n, x);
    check_continuous(n, x, uniform_cdf, 0);
    vci_fill_normal(&s, 0, n / 4, 4, x);
    check_continuous(n, x, normal_cdf, 0);
    for (uint32_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        for (size_t d = 0; d < n; d++) shape[d] = shapes[i];
        s = stream_of(2001 + i);
        vci_fill_gamma(&s, 0, n, shape, x);
        check_continuous(n, x, gamma_cdf, shapes[i]);
    }
    free(x);
    free(shape);
}
END_TEST

/* Numbers of different units, purposes, periods and seeds have nothing in common. */
START_TEST(streams_are_uncorrelated) {
    static double z[6][LEAST_DRAWS];
    vci_stream s[6] = {vci_stream_make(1, "a", VCI_PLACE(0, 1), 5),
                       vci_stream_make(1, "b", VCI_PLACE(0, 1), 5),
                       vci_stream_make(1, "a", VCI_PLACE(1, 1), 5),
                       vci_stream_make(1, "a", VCI_PLACE(0, 2), 5),
                       vci_stream_make(1, "a", VCI_PLACE(0, 1), 6),
                       vci_stream_make(2, "a", VCI_PLACE(0, 1), 5)};
    for (size_t i = 0; i < 6; i++) vci_fill_normal(&s[i], 0, LEAST_DRAWS, 1, z[i]);
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < i; j++) {
            double sum = 0;
            for (size_t d = 0; d < LEAST_DRAWS; d++) sum += z[i][d] * z[j][d];
            /* Standard normal under independence; 4.9 sigma is 1e-6. */
            ck_assert_double_lt(fabs(sum / sqrt(LEAST_DRAWS)), 4.9);
        }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(poisson), VCT(binomial), VCT(continuous),
                                     VCT(streams_are_uncorrelated)};
    return vct_run("statistical/samplers", tests, VCT_COUNT(tests));
}
