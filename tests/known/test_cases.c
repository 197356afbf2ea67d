/*
 * Reference cases i, ii, v, vi and vii: probabilities of year totals and ranks, and means
 * of parameters, against long MCMC runs (source in the first line of each file). The bars
 * are those of vitalcast design, STATISTICS.md section 3; the last test shows that the mode
 * of the hyper-parameters alone does not meet them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/harness.h"
#include "support/reference_case.h"

/* The standard error of a share is then below 0.0016. */
#define DRAWS 100000

static vc_scale pc(double upper, double probability) {
    return (vc_scale){.kind = VC_SCALE_PC,
                      .upper = upper,
                      .probability = probability,
                      .start = upper / 4};
}

/* Case i: one unit. */
static vc_model base_model(void) {
    vc_model m = {.family = VC_NEGATIVE_BINOMIAL, .exposure = VC_EXPOSURE_POPULATION};
    m.level_mean = -7.5;
    m.level_sd = 2;
    m.drift_sd = (vc_scale){.kind = VC_SCALE_FIXED, .start = 0.1};
    m.season = pc(0.3, 0.05);
    m.trend_block = m.trend_order = 1;
    m.block = 12;
    m.full_step = true;
    m.dispersion = pc(0.3, 0.01);
    return m;
}

static vc_model tree_model(void) {
    vc_model m = base_model();
    m.shock = pc(0.2, 0.05);
    m.leaf_level = pc(1, 0.05);
    m.leaf_step = pc(0.1, 0.05);
    return m;
}

/* Without population: the offset is the length of the month alone. */
static vc_model village_model(double level_mean, double level_upper) {
    vc_model m = tree_model();
    m.exposure = VC_EXPOSURE_DAYS;
    m.level_mean = level_mean;
    m.leaf_level = pc(level_upper, 0.05);
    return m;
}

typedef struct worst {
    double unit, sum, rank; /* largest errors of totals and of ranks */
} worst;

static worst worst_errors(const vct_case *c, const vc_fit *fit) {
    worst w = {0, 0, 0};
    double *error = calloc(c->n_answers, sizeof *error);
    vct_case_errors(c, fit, DRAWS, 1, error);
    for (size_t a = 0; a < c->n_answers; a++) {
        const vct_answer *answer = &c->answers[a];
        double *at = answer->kind >= VCT_RANK        ? &w.rank
                     : answer->unit == VCT_ALL_UNITS ? &w.sum
                                                     : &w.unit;
        *at = fmax(*at, error[a]);
    }
    free(error);
    return w;
}

static worst case_errors(const char *name, const vc_model *model, vct_depth depth) {
    vct_case c;
    vc_fit fit;
    vct_case_read(name, &c);
    vct_case_fit(&c, model, depth, &fit);
    worst w = worst_errors(&c, &fit);
    printf("# %s: largest error %.4f (units), %.4f (sum)\n", name, w.unit, w.sum);
    vc_fit_free(&fit);
    vct_case_free(&c);
    return w;
}

/* Number of parameters whose mean is off by more than 0.1 sd + 3 mcse. */
static size_t wrong_means(const vct_case *c, const vc_fit *fit) {
    size_t wrong = 0;
    double weight = 0;
    for (size_t i = 0; i < fit->n_points; i++) weight += fit->points[i].weight;
    CHECK_CLOSE(weight, 1, 1e-12, 0);
    ck_assert_uint_gt(c->n_parameters, 0);
    for (size_t i = 0; i < c->n_parameters; i++) {
        const vct_parameter *p = &c->parameters[i];
        double mean = vct_fit_mean(fit, p->name);
        printf("# %s %.5f, %.2f sd off\n", p->name, mean, (mean - p->mean) / p->sd);
        wrong += !(fabs(mean - p->mean) <= 0.1 * p->sd + 3 * p->mcse);
    }
    return wrong;
}

START_TEST(case_i_one_township) {
    vct_case c;
    vc_fit fit;
    vc_model model = base_model();
    vct_case_read("case_i.txt", &c);
    vct_case_fit(&c, &model, VCT_WEIGHED, &fit);
    worst w = worst_errors(&c, &fit);
    printf("# case_i.txt: largest error %.4f\n", w.unit);
    ck_assert_double_lt(w.unit, 0.012);
    ck_assert_double_lt(w.sum, 0.012);
    ck_assert_uint_eq(wrong_means(&c, &fit), 0);
    vc_fit_free(&fit);
    vct_case_free(&c);
}
END_TEST

/* Case v is about the ranks of the same thirteen. */
START_TEST(case_ii_and_v_thirteen_townships) {
    vct_case c;
    vc_fit fit;
    vc_model model = tree_model();
    vct_case_read("case_ii.txt", &c);
    vct_case_read_more("case_v.txt", &c);
    vct_case_fit(&c, &model, VCT_WEIGHED, &fit);
    worst w = worst_errors(&c, &fit);
    printf("# case_ii.txt, case_v.txt: largest error %.4f (units), %.4f (sum), %.4f "
           "(ranks)\n",
           w.unit, w.sum, w.rank);
    ck_assert_double_lt(w.unit, 0.02);
    ck_assert_double_lt(w.sum, 0.02);
    ck_assert_double_lt(w.rank, 0.02);
    ck_assert_uint_eq(wrong_means(&c, &fit), 0);
    vc_fit_free(&fit);
    vct_case_free(&c);
}
END_TEST

START_TEST(case_vi_a_eleven_villages) {
    vc_model model = village_model(-0.5, 2);
    worst w = case_errors("case_vi_a.txt", &model, VCT_WEIGHED);
    ck_assert_double_lt(w.unit, 0.02);
    ck_assert_double_lt(w.sum, 0.02);
}
END_TEST

START_TEST(case_vi_b_five_villages) {
    vc_model model = village_model(-0.5, 2);
    worst w = case_errors("case_vi_b.txt", &model, VCT_WEIGHED);
    ck_assert_double_lt(w.unit, 0.02);
    ck_assert_double_lt(w.sum, 0.02);
}
END_TEST

START_TEST(case_vii_nearly_empty_units) {
    vc_model model = village_model(-3, 3);
    worst w = case_errors("case_vii.txt", &model, VCT_WEIGHED);
    ck_assert_double_lt(w.unit, 0.02);
    ck_assert_double_lt(w.sum, 0.02);
}
END_TEST

/* What the weights are for: the Gaussian step alone misses by 0.12 (STATISTICS.md, 3). */
START_TEST(case_vii_without_weights_is_wrong) {
    vc_model model = village_model(-3, 3);
    worst w = case_errors("case_vii.txt", &model, VCT_INTEGRATED);
    ck_assert_double_gt(w.sum, 0.08);
    ck_assert_double_lt(w.sum, 0.16);
}
END_TEST

/* A fit that stands at the mode of the hyper-parameters. */
static void fit_mode(const vct_case *c, const vc_model *model, vc_fit *fit) {
    vct_case_fit(c, model, VCT_MODE, fit);
    ck_assert_uint_eq(fit->n_points, 1);
    CHECK_CLOSE(fit->points[0].weight, 1, 0, 0);
}

START_TEST(the_mode_alone_misses_case_ii) {
    vct_case c;
    vc_fit fit;
    vc_model model = tree_model();
    vct_case_read("case_ii.txt", &c);
    fit_mode(&c, &model, &fit);
    worst w = worst_errors(&c, &fit);
    printf("# case_ii.txt, mode alone: largest error %.4f (units), %.4f (sum)\n", w.unit,
           w.sum);
    vc_fit_free(&fit);
    vct_case_free(&c);
    ck_assert_double_gt(w.unit, 0.05);
    ck_assert_double_lt(w.unit, 0.09);
    ck_assert_double_gt(w.sum, 0.04);
    ck_assert_double_lt(w.sum, 0.09);
}
END_TEST

/* Better than the mode alone, and not good enough: 0.035 (STATISTICS.md section 3). */
START_TEST(a_composite_design_misses_case_ii) {
    vc_model model = tree_model();
    worst w = case_errors("case_ii.txt", &model, VCT_CCD);
    ck_assert_double_gt(fmax(w.unit, w.sum), 0.02);
    ck_assert_double_lt(fmax(w.unit, w.sum), 0.05);
}
END_TEST

int main(void) {
    /* The errors are shown of tests that fail, too. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    static const vct_test tests[] = {
        VCT(case_i_one_township),           VCT(case_ii_and_v_thirteen_townships),
        VCT(case_vi_a_eleven_villages),     VCT(case_vi_b_five_villages),
        VCT(case_vii_nearly_empty_units),   VCT(case_vii_without_weights_is_wrong),
        VCT(the_mode_alone_misses_case_ii), VCT(a_composite_design_misses_case_ii)};
    return vct_run("known/cases", tests, VCT_COUNT(tests));
}
