/*
 * Two offices that count honestly, 2,000 times $VC_TEST_MULTIPLIER: how often the
 * comparison at 5 % calls them different, and how often it finds events that one of them
 * lacks. Counts are whole numbers, so that the two-sided p value errs on the side of
 * silence.
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#include "quality/other_law_internal.h"
#include "support/harness.h"

#define NOMINAL 0.05

typedef struct office {
    double rate;             /* events of ours that there are on average */
    vci_other_offset offset; /* as declared, which is how it is */
    double lacks;            /* share of ours that are not reported */
} office;

static unsigned times(unsigned n) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return n * (unsigned)(factor > 0 && factor <= 100 ? factor : 1);
}

/* Ours, of which some may be lacking, and theirs, which has its share of all. */
static double p_value(const office *o, gsl_rng *rng) {
    double ratio = o->offset.ratio + gsl_ran_gaussian(rng, o->offset.sd);
    double beyond = fmax(ratio - o->offset.common, 0) * o->rate;
    unsigned all = gsl_ran_poisson(rng, o->rate);
    unsigned theirs =
        gsl_ran_binomial(rng, o->offset.common, all) + gsl_ran_poisson(rng, beyond);
    unsigned ours = gsl_ran_binomial(rng, 1 - o->lacks, all);
    vci_other_law law;
    ck_assert_int_eq(vci_other_law_make(&o->offset, ours, &law), VC_OK);
    double below = vci_other_law_at_most(&law, theirs),
           above = vci_other_law_at_least(&law, theirs);
    vci_other_law_free(&law);
    return 2 * fmin(below, above);
}

static double share_found(const office *o, unsigned n, unsigned seed) {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    unsigned found = 0;
    gsl_rng_set(rng, seed);
    for (unsigned i = 0; i < n; i++) found += p_value(o, rng) <= NOMINAL;
    gsl_rng_free(rng);
    return (double)found / n;
}

/* At most a point above 5 %, beyond four standard errors (false alarm 3e-5). */
START_TEST(honest_offices) {
    static const office offices[] = {
        {15, {1, 0, 0}, 0},           {15, {0.96, 0.02, 0.9}, 0},
        {200, {1.2, 0.05, 0.3}, 0},   {200, {0.96, 0.02, 0.9}, 0},
        {2000, {0.9, 0.01, 0.85}, 0}, {2000, {1, 0, 0}, 0},
    };
    unsigned n = times(2000);
    for (size_t i = 0; i < VCT_COUNT(offices); i++) {
        double share = share_found(&offices[i], n, 1 + (unsigned)i);
        double noise = 4 * sqrt(NOMINAL * (1 - NOMINAL) / n);
        ck_assert_msg(share <= NOMINAL + 0.01 + noise, "office %zu: %.4f", i, share);
        ck_assert_msg(share >= 0.02, "office %zu: %.4f, the test is hardly one", i, share);
    }
}
END_TEST

/* What METHODS.md says of its power. */
START_TEST(events_that_are_lacking) {
    static const struct {
        office office;
        double at_least; /* five points below it, for the noise of 1,000 */
    } plants[] = {
        {{200, {0.96, 0.02, 0.9}, 0.1}, 0.7},   {{200, {0.96, 0.02, 0.9}, 0.2}, 0.98},
        {{200, {0.96, 0.02, 0}, 0.2}, 0.48},    {{2000, {0.96, 0.02, 0.9}, 0.05}, 0.58},
        {{2000, {0.96, 0.02, 0.9}, 0.1}, 0.98},
    };
    unsigned n = times(1000);
    for (size_t i = 0; i < VCT_COUNT(plants); i++) {
        double share = share_found(&plants[i].office, n, 11 + (unsigned)i);
        ck_assert_msg(share >= plants[i].at_least, "plant %zu: found %.3f", i, share);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(honest_offices), VCT(events_that_are_lacking)};
    return vct_run("statistical/other_law", tests, VCT_COUNT(tests));
}
