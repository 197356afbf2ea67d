/*
 * Reference cases i and ii: probabilities of year totals against long MCMC runs (source in
 * the first line of each file). Bars: vitalcast design, issue on the statistical core.
 */
#include <math.h>
#include <stdio.h>

#include "support/harness.h"
#include "support/reference_case.h"

#define DRAWS 200000

static const vc_scale PC_SEASON = {
    .kind = VC_SCALE_PC, .upper = 0.3, .probability = 0.05, .start = 0.02};

static vc_model base_model(void) {
    vc_model m = {.family = VC_NEGATIVE_BINOMIAL, .exposure = VC_EXPOSURE_POPULATION};
    m.level_mean = -7.5;
    m.level_sd = 2;
    m.drift_sd = 0.1;
    m.season = PC_SEASON;
    m.trend_block = 1;
    m.block = 12;
    m.full_step = true;
    m.dispersion =
        (vc_scale){.kind = VC_SCALE_PC, .upper = 0.3, .probability = 0.01, .start = 0.05};
    return m;
}

/* Largest error over all thresholds, less what the reference itself may be off by. */
static double worst_error(const char *name, const vc_model *model, bool sums) {
    vct_case c;
    double p[128], worst = 0;
    vct_case_read(name, &c);
    vct_case_probabilities(&c, model, DRAWS, 1, p);
    for (size_t a = 0; a < c.n_answers; a++) {
        double error = fabs(p[a] - c.answers[a].p);
        if ((c.answers[a].unit == SIZE_MAX) == sums) worst = fmax(worst, error);
    }
    vct_case_free(&c);
    return worst;
}

START_TEST(case_i_one_township) {
    vc_model model = base_model();
    double units = worst_error("case_i.txt", &model, false);
    printf("# case i: largest error %.4f\n", units);
    ck_assert_double_lt(units, 0.012);
}
END_TEST

START_TEST(case_ii_thirteen_townships) {
    vc_model model = base_model();
    model.shock =
        (vc_scale){.kind = VC_SCALE_PC, .upper = 0.2, .probability = 0.05, .start = 0.05};
    model.leaf_level =
        (vc_scale){.kind = VC_SCALE_PC, .upper = 1, .probability = 0.05, .start = 0.3};
    model.leaf_step =
        (vc_scale){.kind = VC_SCALE_PC, .upper = 0.1, .probability = 0.05, .start = 0.03};
    double units = worst_error("case_ii.txt", &model, false);
    double sum = worst_error("case_ii.txt", &model, true);
    printf("# case ii: largest error %.4f (units), %.4f (sum)\n", units, sum);
    ck_assert_double_lt(units, 0.02);
    ck_assert_double_lt(sum, 0.02);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(case_i_one_township),
                                     VCT(case_ii_thirteen_townships)};
    return vct_run("known/cases", tests, VCT_COUNT(tests));
}
