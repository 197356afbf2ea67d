/*
 * The standard error of P(met) when draws come in groups from one point; caps and declared
 * formulas in every draw.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "simulate/sampler_internal.h"
#include "support/declared.h"
#include "support/harness.h"
#include "support/small_run.h"

#define GROUPS 200

/* hits[g] of the 32 draws of group g are on the right side. */
static double error_of(const size_t hits[GROUPS], double points) {
    vci_histogram path;
    vci_tally t = {.path = &path, .path_n = 1, .bound = {1, 1}};
    vc_result r = {0};
    vci_histogram_init(&path, true);
    for (size_t g = 0; g < GROUPS; g++) {
        if (g > 0) vci_tally_end_group(&t);
        t.n += VCI_BATCH;
        t.n_defined += VCI_BATCH;
        t.n_met += hits[g];
        t.group_met = hits[g];
    }
    double one = 1;
    vci_histogram_add(&path, 1, &one);
    ck_assert_int_eq(vci_tally_finish(&t, points, &r), VC_OK);
    vci_free(r.path);
    return r.monte_carlo_se;
}

/* Exact: p = 1/2 in every group, so that only the draws' own noise is left. */
START_TEST(equal_groups_are_independent_draws) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = 16;
    CHECK_CLOSE(error_of(hits, 50), sqrt(0.25 / (GROUPS * 32)), 1e-12, 0);
}
END_TEST

/* All draws of a point agree: as good as one draw per point, and there are 50 points. */
START_TEST(groups_that_agree_count_once) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = g % 2 ? 32 : 0;
    CHECK_CLOSE(error_of(hits, 50), sqrt(0.25 / 50), 1e-12, 0);
    CHECK_CLOSE(error_of(hits, 1e9), sqrt(0.25 / GROUPS), 1e-12, 0);
}
END_TEST

/*
 * Half of the points say 1/4, half 3/4 (8 and 24 of 32): variance between them 1/16 *
 * 200/199 as estimated, less the 1/4 / 32 that noise would make, over 1 - 1/32.
 */
START_TEST(points_that_differ_are_told_from_noise) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = g % 2 ? 24 : 8;
    double between = (200.0 / 199 / 16 - 0.25 / 32) / (1 - 1.0 / 32);
    double want = sqrt(between / 50 + (0.25 - between) / (GROUPS * 32));
    CHECK_CLOSE(error_of(hits, 50), want, 1e-12, 0);
}
END_TEST

/* --- declared indicators in draws ---------------------------------------------------- */

#define DRAWS ((size_t)200)

/* A quota of 100 a year, 12 a month done in each township: more than all by the year's end.
 */
static void declare(vc_panel *panel, vc_targets *targets) {
    size_t n = panel->tree.n * panel->n_periods;
    vc_progress *quota = calloc(1, sizeof *quota);
    *quota = (vc_progress){.indicator = strdup("孕检完成率"),
                           .kind = VC_QUOTA,
                           .numerator = calloc(n, sizeof(double)),
                           .denominator = calloc(n, sizeof(double))};
    for (size_t at = 0; at < n; at++) {
        bool county = at < panel->n_periods;
        size_t month = at % panel->n_periods % 12 + 1;
        quota->numerator[at] = (double)(12 * month * (county ? 2 : 1));
        quota->denominator[at] = county ? 200 : 100;
    }
    panel->n_progress = 1;
    panel->progress = quota;
    vct_declare(panel, "孕检完成率")->cap = 104.5;
    vct_declare_formula(panel, "女男比", VCT_GIRLS_TO_BOYS);
    targets->list[2] = vct_target_at_most("quota", "孕检完成率", 104);
    targets->list[3] = vct_target_at_most("girls", "女男比", 95);
    targets->n = 4;
}

/* Every draw is at most the cap, and P(met) counts it so; both ratios are of one draw. */
START_TEST(caps_and_formulas_hold_in_every_draw) {
    const vct_small small = {.months = 19, .draws = DRAWS, .change = declare};
    const size_t of_county[] = {3, 6, 9}; /* three units for each target */
    static double figure[3 * DRAWS];
    vc_run run;
    size_t n_capped = 0, n_met = 0;
    vct_small_run(&small, &run);
    ck_assert_uint_eq(run.n_results, 12);
    ck_assert_int_eq(vc_run_year_ends(&run, 3, of_county, DRAWS, 0, figure), VC_OK);
    for (size_t d = 0; d < DRAWS; d++) {
        double quota = figure[DRAWS + d];
        ck_assert_double_le(quota, 104.5);
        n_capped += quota >= 104.5;
        n_met += quota <= 104.04; /* published with one digit */
        CHECK_CLOSE(figure[d] * figure[2 * DRAWS + d], 10000, 1e-12, 0);
    }
    ck_assert_uint_gt(n_capped, DRAWS / 10);
    CHECK_CLOSE(run.results[6].p_met, (double)n_met / (double)DRAWS, 1e-12, 0);
    CHECK_CLOSE(run.results[6].quantile[VC_Q975], 104.5, 1e-4, 0);
    for (size_t i = 0; i < run.kept.n_draws * 3 * run.kept.n_periods; i++)
        ck_assert(!(run.kept.progress[0][i] > 104.5F));
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(equal_groups_are_independent_draws),
                                     VCT(groups_that_agree_count_once),
                                     VCT(points_that_differ_are_told_from_noise),
                                     VCT(caps_and_formulas_hold_in_every_draw)};
    return vct_run("assess/tally", tests, VCT_COUNT(tests));
}
