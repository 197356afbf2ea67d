/* Rules of commendation on a run: against its own draws made again, and by rows of points.
 */
#include "assess/commendation_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/small_run.h"

#define DRAWS 600
#define YEAR_END (2020 * 12 + 11)

/* The two townships are a class; a ratio above 112 vetoes. */
static void add_class_and_veto(vc_panel *panel, vc_targets *targets) {
    for (size_t u = 1; u <= 2; u++) panel->tree.units[u].class_name = strdup("一类");
    targets->list[2] = vct_target_at_most("veto", "sex_ratio_at_birth", 112);
    targets->list[2].veto = true;
    targets->n = 3;
}

static void add_rule(vc_workspace *w, const char *by, size_t places) {
    w->commendations = vci_alloc(1, sizeof *w->commendations);
    w->n_commendations = 1;
    w->commendations[0] = (vc_commendation){.name = strdup("表彰"),
                                            .year_end = YEAR_END,
                                            .class_name = strdup("*"),
                                            .by = strdup(by),
                                            .low_is_best = true,
                                            .share = {0, 1},
                                            .places = places};
}

static void one_place_by_ratio(vc_workspace *w) { add_rule(w, "sex_ratio_at_birth", 1); }

static void make_run(unsigned threads, vc_run *run) {
    const vct_small small = {.months = 19,
                             .draws = DRAWS,
                             .threads = threads,
                             .change = add_class_and_veto,
                             .declare = one_place_by_ratio};
    vct_small_run(&small, run);
}

/* Published with one decimal, as the target says; no draw lies on the edge by half. */
static bool vetoed(double ratio) { return round(ratio * 10) / 10 > 112; }

/* Place of unit 0 against unit 1. */
static double place(double mine, double other) {
    bool out = vetoed(mine) || isnan(mine), alone = vetoed(other) || isnan(other);
    if (out) return 0;
    if (alone) return 1;
    return mine < other ? 1 : mine == other ? 0.5 : 0;
}

START_TEST(chances_are_those_of_the_draws_made_again) {
    vc_run run;
    make_run(0, &run);
    ck_assert_uint_eq(run.n_rankings, 1);
    const vc_ranking *ranking = &run.rankings[0];
    const vc_ranked *units = ranking->units;
    ck_assert_str_eq(ranking->by, "sex_ratio_at_birth");
    ck_assert_uint_eq(ranking->n, 2);
    const size_t result[] = {units[0].result, units[1].result};
    for (int k = 0; k < 2; k++) {
        ck_assert_uint_eq(run.results[result[k]].unit, units[k].unit);
        ck_assert_uint_eq(run.results[result[k]].target, 1);
    }
    double figure[2 * DRAWS], p[2] = {0, 0}, veto[2] = {0, 0}, rank = 0;
    ck_assert_int_eq(vc_run_year_ends(&run, 2, result, DRAWS, 1, figure), VC_OK);
    for (size_t d = 0; d < DRAWS; d++) {
        double a = figure[d], b = figure[DRAWS + d];
        p[0] += place(a, b) / DRAWS;
        p[1] += place(b, a) / DRAWS;
        veto[0] += vetoed(a);
        veto[1] += vetoed(b);
        rank += a < b ? 1 : a == b ? 1.5 : 2;
    }
    for (int k = 0; k < 2; k++) {
        CHECK_CLOSE(units[k].p_quota, p[k], 1e-12, 0);
        CHECK_CLOSE(units[k].p_first, p[k], 1e-12, 0);
        CHECK_CLOSE(units[k].p_veto, veto[k] / DRAWS, 1e-12, 0);
        ck_assert(units[k].p_veto > 0.05 && units[k].p_veto < 0.95);
        ck_assert(units[k].monte_carlo_se > 0);
    }
    CHECK_CLOSE(units[0].mean, rank / DRAWS, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(one_thread_and_four_rank_alike) {
    vc_run one, four;
    make_run(1, &one);
    make_run(4, &four);
    ck_assert_mem_eq(one.rankings[0].units, four.rankings[0].units,
                     2 * sizeof *one.rankings[0].units);
    vc_run_free(&one);
    vc_run_free(&four);
}
END_TEST

static void one_place_by_births(vc_workspace *w) { add_rule(w, "births", 1); }

/* The year is over: the smaller township has fewer births, for sure. */
START_TEST(known_figures_rank_without_doubt) {
    vc_run run;
    const vct_small small = {.months = 24,
                             .draws = 100,
                             .change = add_class_and_veto,
                             .declare = one_place_by_births};
    vct_small_run(&small, &run);
    const vc_ranked *units = run.rankings[0].units;
    CHECK_CLOSE(units[0].mean, 2, 0, 0);
    CHECK_CLOSE(units[0].set_low, 2, 0, 0);
    CHECK_CLOSE(units[1].mean, 1, 0, 0);
    /* 24 boys to 12 girls: the veto leaves the place to the other */
    CHECK_CLOSE(units[1].p_veto, 1, 0, 0);
    CHECK_CLOSE(units[1].p_quota, 0, 0, 0);
    CHECK_CLOSE(units[0].p_quota, 1, 0, 0);
    vc_run_free(&run);
}
END_TEST

/* Rows of points rank instead of a figure; a unit without a row has no place. */
START_TEST(points_rank_by_the_rows_given) {
    vc_workspace w = {0};
    vc_unit units[] = {{.class_name = (char *)(uintptr_t) "一类"},
                       {.class_name = (char *)(uintptr_t) "一类"},
                       {.class_name = (char *)(uintptr_t) "一类"}};
    vc_period year_ends[] = {YEAR_END - 3, YEAR_END};
    vc_run run = {.n_draws = 4, .n_year_ends = 2, .year_ends = year_ends};
    run.panel.tree.n = 3;
    run.panel.tree.units = units;
    vci_commendations all;
    vc_findings findings;
    vc_findings_init(&findings, VC_ENGLISH);
    vci_outcomes outcomes = {.first_draw = 0, .n_draws = 4, .capacity = 4};
    static const double a[] = {90, 80, 85, 70}, b[] = {80, 90, 85, 60};
    const double *points[] = {NULL, NULL, NULL, a, b, NULL};
    add_rule(&w, "points", 1);
    w.commendations[0].low_is_best = false;
    ck_assert_int_eq(vci_rankings_declare(&w, &findings, &run), VC_OK);
    ck_assert_uint_eq(run.n_rankings, 1);
    ck_assert_ptr_null(run.rankings[0].by);
    ck_assert_int_eq(vci_commendations_init(&run, 0, NULL, NULL, 4, &all), VC_OK);
    ck_assert_int_eq(vci_commendations_add(&all, &run, &outcomes, points), VC_OK);
    ck_assert_int_eq(vci_commendations_finish(&all, NULL, 1), VC_OK);
    CHECK_CLOSE(run.rankings[0].units[0].p_quota, 2.5 / 4, 0, 0);
    CHECK_CLOSE(run.rankings[0].units[1].p_quota, 1.5 / 4, 0, 0);
    CHECK_CLOSE(run.rankings[0].units[2].p_ranked, 0, 0, 0);
    vci_commendations_free(&all);
    vc_ranking_free(&run.rankings[0]);
    vci_free(run.rankings);
    vc_findings_free(&findings);
    vc_workspace_free(&w);
}
END_TEST

START_TEST(places_are_rounded_as_declared) {
    vc_commendation rule = {.share = {3, 10}};
    static const struct {
        vc_rounding rounding;
        size_t n, places;
    } cases[] = {{VC_ROUND_DOWN, 13, 3},    {VC_ROUND_UP, 13, 4},
                 {VC_ROUND_NEAREST, 13, 4}, {VC_ROUND_NEAREST, 11, 3},
                 {VC_ROUND_NEAREST, 5, 2},  {VC_ROUND_UP, 10, 3},
                 {VC_ROUND_DOWN, 10, 3},    {VC_ROUND_DOWN, 3, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rule.rounding = cases[i].rounding;
        ck_assert_uint_eq(vc_commendation_places(&rule, cases[i].n), cases[i].places);
    }
    rule = (vc_commendation){.share = {0, 1}, .places = 5};
    ck_assert_uint_eq(vc_commendation_places(&rule, 13), 5);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(chances_are_those_of_the_draws_made_again), VCT(one_thread_and_four_rank_alike),
        VCT(known_figures_rank_without_doubt), VCT(points_rank_by_the_rows_given),
        VCT(places_are_rounded_as_declared)};
    return vct_run("assess/commendation", tests, VCT_COUNT(tests));
}
