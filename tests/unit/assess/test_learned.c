/* What was learned, against what can be worked out by hand. */
#include <math.h>
#include <string.h>

#include "assess/learned_internal.h"
#include "support/harness.h"
#include "support/small_run.h"

/* 1 .. 10 with equal weights: quantiles are order statistics; sd sqrt(99 / 12). */
START_TEST(estimates_of_equal_weights) {
    double x[10];
    vc_estimate e;
    for (size_t i = 0; i < 10; i++) x[i] = 10 - (double)i;
    ck_assert_int_eq(vci_estimate_make(10, x, NULL, &e), VC_OK);
    CHECK_CLOSE(e.mean, 5.5, 1e-14, 0);
    CHECK_CLOSE(e.sd, sqrt(99.0 / 12), 1e-14, 0);
    CHECK_CLOSE(e.low80, 1, 0, 0);
    CHECK_CLOSE(e.high80, 9, 0, 0);
    CHECK_CLOSE(e.p_above, 1, 0, 0);
    ck_assert(vc_estimate_clear(&e));
}
END_TEST

START_TEST(estimates_of_weights) {
    double x[] = {-1, 2, 5}, weight[] = {0.25, 0.5, 0.25};
    vc_estimate e;
    ck_assert_int_eq(vci_estimate_make(3, x, weight, &e), VC_OK);
    CHECK_CLOSE(e.mean, 2, 1e-14, 0);
    CHECK_CLOSE(e.sd, sqrt(4.5), 1e-14, 0);
    CHECK_CLOSE(e.p_above, 0.75, 1e-14, 0);
    ck_assert(!vc_estimate_clear(&e));
}
END_TEST

/*
 * Wrong-sign probabilities 0.01, 0.04, 0.08, 0.3: means of the first 1, 2, 3, 4 are 0.01,
 * 0.025, 0.043, 0.1075, so at 10 % three stand out, whichever their sign.
 */
START_TEST(the_set_that_stands_out) {
    double p_above[] = {0.7, 0.96, 0.08, 0.99};
    bool stands[4];
    ck_assert_int_eq(vci_stand_out(4, p_above, 0.1, stands), VC_OK);
    ck_assert(!stands[0] && stands[1] && stands[2] && stands[3]);
    ck_assert_int_eq(vci_stand_out(4, p_above, 0.11, stands), VC_OK);
    ck_assert(stands[0]);
    ck_assert_int_eq(vci_stand_out(4, p_above, 0.009, stands), VC_OK);
    ck_assert(!stands[3]);
}
END_TEST

/*
 * 12 boys and 10 girls a month for 19 months, prior level normal(0.06, 0.1): with the
 * precision 418 / 4 of the births and 100 of the prior, the logit is near their weighted
 * mean 0.123 (sd 0.07): 113.1 boys per 100 girls. Two townships may differ by their
 * half-normal.
 */
START_TEST(the_ratio_behind_the_births) {
    vc_run run;
    vc_learned l;
    static const vct_small estimated = {.months = 19, .draws = 600, .estimated = true};
    vct_small_run(&estimated, &run);
    for (size_t i = 0; i < run.n_fits; i++) {
        ck_assert_int_eq(vc_learned_find(&run, i, &l), VC_OK);
        ck_assert(l.has_ratio == !strcmp(run.fits[i].role, "sex"));
        if (l.has_ratio) {
            CHECK_CLOSE(l.ratio.mean, 113.1, 0.03, 0);
            ck_assert_double_gt(l.p_above_usual, 0.5);
            ck_assert_double_lt(l.p_above_usual, 0.95);
        }
        vc_learned_free(&l);
    }
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(estimates_of_equal_weights), VCT(estimates_of_weights),
        VCT(the_set_that_stands_out), VCT(the_ratio_behind_the_births)};
    return vct_run("assess/learned", tests, VCT_COUNT(tests));
}
