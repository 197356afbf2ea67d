/*
 * Reference case iv: conjugate answers in closed form. The samplers and the integer
 * decision of the assessment must agree within 4 Monte Carlo standard errors (14
 * comparisons, chance of a false alarm 9e-4 for another seed; the seed is fixed).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/tally_internal.h"
#include "num/random_internal.h"
#include "support/harness.h"

#define DRAWS 400000
#define BATCH 4000

static vci_stream stream_for(unsigned purpose) {
    return vci_stream_make(20131, "exact", VCI_PLACE(0, purpose), 0);
}

/* g[BATCH] gamma(shape) / rate. */
static void gamma_batch(unsigned purpose, uint32_t at, double shape, double rate,
                        double *g) {
    double shapes[BATCH];
    vci_stream s = stream_for(purpose);
    for (size_t d = 0; d < BATCH; d++) shapes[d] = shape;
    vci_fill_gamma(&s, at, BATCH, shapes, g);
    for (size_t d = 0; d < BATCH; d++) g[d] /= rate;
}

/* p[BATCH] beta(a, b) from two gammas. */
static void beta_batch(uint32_t at, double a, double b, double *p) {
    double other[BATCH];
    gamma_batch(VCI_FOR_NODE, at, a, 1, p);
    gamma_batch(VCI_FOR_WALK, at, b, 1, other);
    for (size_t d = 0; d < BATCH; d++) p[d] /= p[d] + other[d];
}

static bool meets(int64_t num, int64_t den, double target) {
    vc_target row = {.direction = VC_AT_MOST, .decimals = -1};
    vci_tally tally = {.target = &row, .bound = {(int64_t)llround(target * 10), 10}};
    return vci_tally_meets(&tally, (vc_fraction){num, den});
}

static double gamma_poisson(const double *x) {
    double rate[BATCH], met = 0;
    int64_t k[BATCH];
    vci_stream s = stream_for(VCI_FOR_TOTAL);
    for (uint32_t at = 0; at < DRAWS; at += BATCH) {
        gamma_batch(VCI_FOR_GAMMA, at, x[0] + x[2], (x[1] + x[3]) / x[4], rate);
        vci_fill_poisson(&s, at, BATCH, rate, k);
        for (size_t d = 0; d < BATCH; d++) met += meets((int64_t)x[2] + k[d], 1, x[5]);
    }
    return met / DRAWS;
}

static double beta_binomial(const double *x) {
    double p[BATCH], met = 0;
    int64_t k[BATCH], trials[BATCH];
    vci_stream s = stream_for(VCI_FOR_PART);
    for (size_t d = 0; d < BATCH; d++) trials[d] = (int64_t)x[4];
    for (uint32_t at = 0; at < DRAWS; at += BATCH) {
        beta_batch(at, x[0] + x[2], x[1] + x[3] - x[2], p);
        vci_fill_binomial(&s, at, BATCH, trials, p, k);
        for (size_t d = 0; d < BATCH; d++) {
            int64_t males = (int64_t)x[2] + k[d], births = (int64_t)(x[3] + x[4]);
            met += meets(100 * males, births - males, x[5]);
        }
    }
    return met / DRAWS;
}

/* Boys and girls by thinning, as the projection draws them. */
static double births_and_sex(const double *x) {
    double rate[BATCH], p[BATCH], part[BATCH], met = 0;
    int64_t boys[BATCH], girls[BATCH];
    vci_stream male = stream_for(VCI_FOR_PART), female = stream_for(VCI_FOR_REST);
    for (uint32_t at = 0; at < DRAWS; at += BATCH) {
        gamma_batch(VCI_FOR_GAMMA, at, x[0] + x[2], (x[1] + x[3]) / x[4], rate);
        beta_batch(at, x[5] + x[7], x[6] + x[2] - x[7], p);
        for (size_t d = 0; d < BATCH; d++) part[d] = rate[d] * p[d];
        vci_fill_poisson(&male, at, BATCH, part, boys);
        for (size_t d = 0; d < BATCH; d++) part[d] = rate[d] * (1 - p[d]);
        vci_fill_poisson(&female, at, BATCH, part, girls);
        for (size_t d = 0; d < BATCH; d++)
            met += meets(100 * ((int64_t)x[7] + boys[d]), (int64_t)(x[2] - x[7]) + girls[d],
                         x[8]);
    }
    return met / DRAWS;
}

/* Every line of a kind: numbers, the last one the answer. */
static void check_lines(const char *kind, size_t n, double (*estimate)(const double *)) {
    FILE *f = fopen(vct_source("tests/known/case_iv.txt"), "r");
    char line[512];
    size_t checked = 0;
    ck_assert_ptr_nonnull(f);
    while (fgets(line, sizeof line, f)) {
        double x[16];
        char *rest = strchr(line, ' ');
        if (!rest || strncmp(line, kind, strlen(kind)) || line[strlen(kind)] != ' ')
            continue;
        for (size_t i = 0; i <= n; i++) x[i] = strtod(rest, &rest);
        CHECK_CLOSE(estimate(x), x[n], 0, 4 * sqrt(x[n] * (1 - x[n]) / DRAWS));
        checked++;
    }
    fclose(f);
    ck_assert_uint_gt(checked, 0);
}

START_TEST(gamma_poisson_totals) { check_lines("gamma_poisson", 6, gamma_poisson); }
END_TEST

START_TEST(beta_binomial_sex_ratio) { check_lines("beta_binomial", 6, beta_binomial); }
END_TEST

START_TEST(both_together) { check_lines("births_and_sex", 9, births_and_sex); }
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(gamma_poisson_totals),
                                     VCT(beta_binomial_sex_ratio), VCT(both_together)};
    return vct_run("known/exact", tests, VCT_COUNT(tests));
}
