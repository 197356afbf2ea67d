/* Inspections against R (tests/known/inspection.txt, made by inspection.R). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "num/hypergeometric_internal.h"
#include "support/harness.h"
#include "vitalcast/inspection.h"

typedef struct known {
    char kind[24];
    double x[6];
} known;

/* Hands every line of a kind to a check; several are there. */
static void each(const char *kind, void (*check)(const double *x)) {
    const char *path = vct_source("tests/known/inspection.txt");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[512];
    size_t n = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        known k = {0};
        if (sscanf(line, "%23s %lf %lf %lf %lf %lf %lf", k.kind, &k.x[0], &k.x[1], &k.x[2],
                   &k.x[3], &k.x[4], &k.x[5]) < 5 ||
            strcmp(k.kind, kind) != 0)
            continue;
        check(k.x);
        n++;
    }
    fclose(file);
    ck_assert_uint_ge(n, 5);
}

static void check_finds(const double *x) {
    double p = vc_inspection_finds((int64_t)x[0], (int64_t)x[1], (int64_t)x[2]);
    CHECK_CLOSE(p, x[3], 1e-12, 0);
}

static void check_needed(const double *x) {
    ck_assert_int_eq(vc_inspection_sample((int64_t)x[0], (int64_t)x[1], x[2]),
                     (int64_t)x[3]);
}

static void check_bounds(const double *x) {
    vc_inspection_bounds b =
        vc_inspection_bound((int64_t)x[0], (int64_t)x[1], (int64_t)x[2], 0.95);
    ck_assert_int_eq(b.low, (int64_t)x[3]);
    ck_assert_int_eq(b.high, (int64_t)x[4]);
    ck_assert_int_eq(b.most, (int64_t)x[5]);
}

static void check_records(const double *x) {
    vc_inspection_records r =
        vc_inspection_record((int64_t)x[0], (int64_t)x[1], x[2], x[3]);
    CHECK_CLOSE(r.village_none, x[4], 1e-12, 0);
    CHECK_CLOSE(r.sample_none, pow(x[4], x[0]), 1e-11, 0);
    CHECK_CLOSE(r.mean, x[0] * x[1] * x[2], 1e-15, 0);
}

START_TEST(finding_one) { each("finds", check_finds); }
END_TEST

START_TEST(planned_samples) { each("needed", check_needed); }
END_TEST

START_TEST(bounds_of_a_result) { each("bounds", check_bounds); }
END_TEST

START_TEST(records_of_a_village) { each("records", check_records); }
END_TEST

/*
 * Whatever the truth, the bounds hold it with at least their level: exactly, from the
 * probabilities of all results.
 */
START_TEST(bounds_keep_their_level) {
    const int64_t villages = 40, sample = 9;
    for (int64_t affected = 0; affected <= villages; affected++) {
        double two_sided = 0, one_sided = 0;
        for (int64_t f = 0; f <= sample; f++) {
            double p = vci_hypergeometric_at_most(f, villages, affected, sample) -
                       vci_hypergeometric_at_most(f - 1, villages, affected, sample);
            if (p < 1e-15) continue;
            vc_inspection_bounds b = vc_inspection_bound(villages, sample, f, 0.9);
            if (b.low <= affected && affected <= b.high) two_sided += p;
            if (affected <= b.most) one_sided += p;
        }
        ck_assert_double_ge(two_sided, 0.9 - 1e-12);
        ck_assert_double_ge(one_sided, 0.9 - 1e-12);
    }
}
END_TEST

/* Two records of a village: P(neither) from mean and correlation alone. */
START_TEST(correlation_is_that_of_two_records) {
    const double share = 0.13, rho = 0.31;
    vc_inspection_records r = vc_inspection_record(7, 2, share, rho);
    CHECK_CLOSE(r.village_none, (1 - share) * (1 - share) + rho * share * (1 - share),
                1e-14, 0);
    CHECK_CLOSE(r.sd * r.sd, 7 * 2 * share * (1 - share) * (1 + rho), 1e-14, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(finding_one),
                                     VCT(planned_samples),
                                     VCT(bounds_of_a_result),
                                     VCT(records_of_a_village),
                                     VCT(bounds_keep_their_level),
                                     VCT(correlation_is_that_of_two_records)};
    return vct_run("known/inspection", tests, VCT_COUNT(tests));
}
