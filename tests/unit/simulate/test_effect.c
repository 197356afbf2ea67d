/*
 * What a scenario does to rates, shares and counts: against the definitions, exact for
 * what changes nothing, never the wrong way, and with the distribution that it should have.
 */
#include "simulate/effect_internal.h"

#include <math.h>
#include <string.h>

#include "support/harness.h"

#define B VCI_BATCH
#define DRAWS 32000

static vc_effect times(double amount) {
    return (vc_effect){.kind = VC_EFFECT_TIMES, .amount = amount};
}

static vc_effect add(double amount) {
    return (vc_effect){.kind = VC_EFFECT_ADD, .amount = amount};
}

START_TEST(neutral_effects_change_no_bit) {
    vc_effect one = times(1), nothing = add(0);
    for (int i = 0; i <= 2385; i++) {
        double p = i / 2385.0;
        ck_assert(vci_effect_share(&one, p) == p && vci_effect_share(&nothing, p) == p);
        ck_assert(vci_effect_boys(&one, p) == p && vci_effect_boys(&nothing, p) == p);
        ck_assert(vci_effect_rate(&one, 100 * p) == 100 * p);
        ck_assert(vci_effect_value(&one, -p) == -p && vci_effect_value(&nothing, -p) == -p);
    }
    ck_assert(vc_effect_neutral(&one) && vc_effect_neutral(&nothing));
    ck_assert_int_eq(vci_effect_cases(&nothing, 12345), 0);
    ck_assert_int_eq(vci_effect_cases(NULL, 12345), 0);
}
END_TEST

/* Males per 100 females r = 100 p / (1 - p): times f, or points added, not below 0. */
START_TEST(sex_ratios_are_changed_as_ratios) {
    static const double factors[] = {0, 0.9, 1.02, 3}, points[] = {-120, -3, 0.5, 20};
    for (int i = 1; i < 100; i++)
        for (int k = 0; k < 4; k++) {
            double p = i / 100.0, ratio = 100 * p / (1 - p);
            vc_effect by = times(factors[k]), more = add(points[k]);
            double q = vci_effect_boys(&by, p), r = vci_effect_boys(&more, p);
            CHECK_CLOSE(100 * q / (1 - q), factors[k] * ratio, 1e-9, 1e-12);
            CHECK_CLOSE(100 * r / (1 - r), fmax(ratio + points[k], 0), 1e-9, 1e-12);
        }
}
END_TEST

START_TEST(shares_stay_shares) {
    vc_effect up = add(30), down = add(-30), twice = times(2);
    CHECK_CLOSE(vci_effect_share(&up, 0.5), 0.8, 1e-15, 0);
    CHECK_CLOSE(vci_effect_share(&down, 0.5), 0.2, 1e-15, 0);
    ck_assert(vci_effect_share(&up, 0.9) == 1 && vci_effect_share(&down, 0.1) == 0);
    ck_assert(vci_effect_share(&twice, 0.7) == 1);
    ck_assert_int_eq(vci_effect_cases(&up, 131), 39); /* 39.3 */
    ck_assert_int_eq(vci_effect_cases(&down, 131), -39);
    ck_assert_int_eq(vci_effect_cases(&twice, 131), 0);
}
END_TEST

typedef struct moments {
    double mean, variance;
} moments;

static moments moments_of(size_t n, const int64_t *x) {
    moments m = {0, 0};
    for (size_t i = 0; i < n; i++) m.mean += (double)x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        m.variance += ((double)x[i] - m.mean) * ((double)x[i] - m.mean) / (double)n;
    return m;
}

/* 5.5 standard errors: false alarm 4e-8 each. fourth: the fourth central moment. */
static void check_moments(moments got, double mean, double variance, double fourth) {
    double n = DRAWS;
    CHECK_CLOSE(got.mean, mean, 0, 5.5 * sqrt(variance / n) + 1e-9);
    CHECK_CLOSE(got.variance, variance, 0,
                5.5 * sqrt((fourth - variance * variance) / n) + 1e-9);
}

static int64_t before[DRAWS], after[DRAWS];

static void couple_counts(double rate, double other) {
    vci_stream first = vci_stream_make(7, "C1", VCI_PLACE(0, VCI_FOR_TOTAL), 24000);
    vci_stream second = vci_stream_make(7, "C1", VCI_PLACE(0, VCI_FOR_CHANGE), 24000);
    double rates[B], others[B];
    for (size_t d = 0; d < B; d++) rates[d] = rate;
    for (size_t d = 0; d < B; d++) others[d] = other;
    for (size_t at = 0; at < DRAWS; at += B) {
        vci_fill_poisson(&first, (uint32_t)at, B, rates, before + at);
        memcpy(after + at, before + at, B * sizeof *after);
        vci_couple_poisson(&second, (uint32_t)at, B, rates, others, after + at);
    }
}

START_TEST(counts_are_poisson_with_the_other_rate) {
    static const double rates[] = {0.3, 5.2, 41.7, 2385};
    static const double factors[] = {0, 0.7, 1, 1.02, 3.1};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 5; k++) {
            double m = rates[i] * factors[k];
            couple_counts(rates[i], m);
            for (size_t d = 0; d < DRAWS; d++)
                ck_assert(factors[k] >= 1 ? after[d] >= before[d] : after[d] <= before[d]);
            if (factors[k] == 1) ck_assert_mem_eq(before, after, sizeof before);
            check_moments(moments_of(DRAWS, after), m, m, m * (1 + 3 * m));
        }
}
END_TEST

static void couple_shares(int64_t trials, double p, double other) {
    vci_stream first = vci_stream_make(7, "C2", VCI_PLACE(0, VCI_FOR_PART), 24000);
    vci_stream second = vci_stream_make(7, "C2", VCI_PLACE(0, VCI_FOR_CHANGE), 24000);
    double shares[B], others[B];
    int64_t n[B];
    for (size_t d = 0; d < B; d++) {
        shares[d] = p;
        others[d] = other;
        n[d] = trials;
    }
    for (size_t at = 0; at < DRAWS; at += B) {
        vci_fill_binomial(&first, (uint32_t)at, B, n, shares, before + at);
        memcpy(after + at, before + at, B * sizeof *after);
        vci_couple_binomial(&second, (uint32_t)at, B, n, shares, others, after + at);
    }
}

START_TEST(shares_are_binomial_with_the_other_share) {
    static const int64_t trials[] = {1, 50, 2385};
    static const double shares[] = {0, 0.1, 0.515, 0.97, 1};
    for (size_t i = 0; i < 3; i++)
        for (size_t a = 0; a < 5; a++)
            for (size_t b = 0; b < 5; b++) {
                double p = shares[b], n = (double)trials[i], v = n * p * (1 - p);
                couple_shares(trials[i], shares[a], p);
                for (size_t d = 0; d < DRAWS; d++) {
                    ck_assert(b >= a ? after[d] >= before[d] : after[d] <= before[d]);
                    ck_assert(after[d] >= 0 && after[d] <= trials[i]);
                }
                if (a == b) ck_assert_mem_eq(before, after, sizeof before);
                check_moments(moments_of(DRAWS, after), n * p, v,
                              v * (1 + 3 * (n - 2) * p * (1 - p)));
            }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(neutral_effects_change_no_bit), VCT(sex_ratios_are_changed_as_ratios),
        VCT(shares_stay_shares), VCT(counts_are_poisson_with_the_other_rate),
        VCT(shares_are_binomial_with_the_other_share)};
    return vct_run("simulate/effect", tests, VCT_COUNT(tests));
}
