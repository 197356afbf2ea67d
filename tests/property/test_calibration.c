/*
 * The tests of calibration themselves: right p values where all is well (400 made-up
 * studies each; the count of p below 5 % may lie 5 binomial standard errors off, which one
 * seed in a million does), red where it is not.
 */
#include "support/calibration.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "support/harness.h"

enum { STUDIES = 400, WORLDS = 150, DRAWS = 192 };

static gsl_rng *random_numbers(void) {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_ranlxs2);
    gsl_rng_set(rng, 11);
    return rng;
}

/* By hand: of one place, the tail at or below 4 % means u <= 0.02 or u > 0.98. */
START_TEST(one_place_by_hand) {
    double u = 0.015;
    vct_verdict v = vct_uniform(1, &u);
    CHECK_CLOSE(v.statistic, 0.04, 1e-12, 0);
    CHECK_CLOSE(v.p, 0.04, 1e-12, 0);
}
END_TEST

/* By hand: 2 of 3 points below, one of them with half its weight. */
START_TEST(weighted_points_by_hand) {
    const double x[] = {3, 1, 2}, w[] = {0.5, 0.2, 0.3};
    CHECK_CLOSE(vct_place_among(3, x, w, 2, 0.5), 0.35, 1e-12, 0);
    CHECK_CLOSE(vct_place_among(3, x, w, 2.5, 0.5), 0.55, 1e-12, 0);
    CHECK_CLOSE(vct_place_among(3, x, w, 0.5, 0.4), 0.4 * 0.025, 1e-12, 0);
    CHECK_CLOSE(vct_place_among(3, x, w, 3.5, 0.4), 1 - 0.4 * 0.025, 1e-12, 0);
    const double ties[] = {1, 4, 4, 6};
    CHECK_CLOSE(vct_place(4, ties, 4, 0.5), (1 + 0.5 * 3) / 5, 1e-12, 0);
}
END_TEST

typedef vct_verdict study(gsl_rng *rng, double fault);

/* fault: how much wider than the draws the truths are. */
static vct_verdict places(gsl_rng *rng, double fault, bool spread) {
    double u[WORLDS], draws[DRAWS];
    for (size_t i = 0; i < WORLDS; i++) {
        for (size_t d = 0; d < DRAWS; d++) draws[d] = gsl_ran_gaussian(rng, 1);
        u[i] =
            vct_place(DRAWS, draws, gsl_ran_gaussian(rng, 1 + fault), gsl_rng_uniform(rng));
    }
    return spread ? vct_spread(WORLDS, u) : vct_uniform(WORLDS, u);
}

static vct_verdict uniform_study(gsl_rng *rng, double fault) {
    return places(rng, fault, false);
}

static vct_verdict spread_study(gsl_rng *rng, double fault) {
    return places(rng, fault, true);
}

/* fault: added to the log odds of what happens. */
static vct_verdict targets(gsl_rng *rng, double fault, bool groups) {
    double p[WORLDS];
    bool met[WORLDS];
    for (size_t i = 0; i < WORLDS; i++) {
        double odds = gsl_ran_gaussian(rng, 1.5), truth = 1 / (1 + exp(-odds));
        p[i] = gsl_ran_binomial(rng, truth, DRAWS) / (double)DRAWS;
        met[i] = gsl_rng_uniform(rng) < 1 / (1 + exp(-odds - fault));
    }
    return groups ? vct_happens_in_groups(WORLDS, p, met, DRAWS)
                  : vct_happens_in_sum(WORLDS, p, met, DRAWS);
}

static vct_verdict sum_study(gsl_rng *rng, double fault) {
    return targets(rng, fault, false);
}

static vct_verdict groups_study(gsl_rng *rng, double fault) {
    return targets(rng, fault, true);
}

static const struct {
    const char *name;
    study *run;
    double fault; /* that must be seen */
} KINDS[] = {{"uniform", uniform_study, 0.8},
             {"spread", spread_study, 0.5},
             {"in sum", sum_study, 1},
             {"in groups", groups_study, 1.5}};

START_TEST(false_alarms_are_as_stated) {
    gsl_rng *rng = random_numbers();
    double expected = 0.05 * STUDIES, error = sqrt(0.95 * expected);
    for (size_t k = 0; k < VCT_COUNT(KINDS); k++) {
        double alarms = 0;
        for (int s = 0; s < STUDIES; s++) alarms += KINDS[k].run(rng, 0).p < 0.05;
        ck_assert_msg(fabs(alarms - expected) < 5 * error, "%s: %g of %d below 5 %%",
                      KINDS[k].name, alarms, STUDIES);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(faults_are_found) {
    gsl_rng *rng = random_numbers();
    for (size_t k = 0; k < VCT_COUNT(KINDS); k++)
        for (int s = 0; s < 5; s++) {
            double p = KINDS[k].run(rng, KINDS[k].fault).p;
            ck_assert_msg(p < 1e-3, "%s: p %g", KINDS[k].name, p);
        }
    gsl_rng_free(rng);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(one_place_by_hand),
        VCT(weighted_points_by_hand),
        VCT(false_alarms_are_as_stated),
        VCT(faults_are_found),
    };
    return vct_run("property/calibration", tests, VCT_COUNT(tests));
}
