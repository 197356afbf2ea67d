/* Rules of commendation on a run: against its own draws made again, and by rows of points.
 */
#include "assess/commendation_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/random_internal.h"
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

/* --- peers and weights --------------------------------------------------------------- */

#define PEERS 2
#define MEMBERS (2 + PEERS)

static void add_figure(vc_peers *peers, size_t peer, size_t indicator, int year,
                       double value) {
    vc_period end = year * 12 + 11;
    peers->figures[peers->n_figures++] =
        (vc_peer_figure){peer, indicator, end, end, value, (double)NAN};
}

/* Four years of the first, three of the second: of the sex ratio (0) and of points (1). */
static void add_peers(vc_peers *peers) {
    static const double ratio[] = {109, 112, 107, 110}, points[] = {48, 55, 40, 52};
    peers->n = PEERS;
    peers->list = vci_alloc(PEERS, sizeof *peers->list);
    for (size_t p = 0; p < PEERS; p++)
        peers->list[p] = (vc_peer){vci_text_format("P%zu", p),
                                   vci_text_format("邻县%zu", p), strdup("一类"), NULL};
    peers->n_indicators = 2;
    peers->indicators = vci_alloc(2, sizeof *peers->indicators);
    peers->indicators[0] = strdup("sex_ratio_at_birth");
    peers->indicators[1] = strdup("points");
    peers->figures = vci_alloc(16, sizeof *peers->figures);
    for (int y = 0; y < 4; y++) add_figure(peers, 0, 0, 2016 + y, ratio[y]);
    for (int y = 0; y < 4; y++) add_figure(peers, 0, 1, 2016 + y, points[y]);
    for (int y = 1; y < 4; y++) add_figure(peers, 1, 0, 2016 + y, ratio[y] + 2.385);
    for (int y = 1; y < 4; y++) add_figure(peers, 1, 1, 2016 + y, points[y] - 3);
}

static void with_peers(vc_panel *panel, vc_targets *targets) {
    add_class_and_veto(panel, targets);
    add_peers(&panel->peers);
}

static void two_places_by_ratio(vc_workspace *w) { add_rule(w, "sex_ratio_at_birth", 2); }

/* Figures of all members, [MEMBERS][DRAWS]: both units, then the peers. */
static void redraw(const vc_run *run, const char *by, double *figure) {
    const vc_ranked *units = run->rankings[0].units;
    size_t result[] = {units[0].result, units[1].result};
    if (by) ck_assert_int_eq(vc_run_year_ends(run, 2, result, DRAWS, 1, figure), VC_OK);
    for (size_t p = 0; p < PEERS; p++) {
        ck_assert_uint_eq(units[2 + p].peer, p);
        ck_assert_uint_eq(units[2 + p].unit, SIZE_MAX);
        ck_assert_int_eq(
            vc_run_peer_year_ends(run, p, by, YEAR_END, DRAWS, 1, figure + (2 + p) * DRAWS),
            VC_OK);
    }
}

/* Who of the members has a place in draw d, by counting those before; better: 1 high. */
static double counted_place(const double *figure, const bool *out, size_t k, double better,
                            size_t places) {
    size_t before = 0, tied = 1;
    if (out[k]) return 0;
    for (size_t i = 0; i < MEMBERS; i++) {
        if (i == k || out[i]) continue;
        before += better * figure[i] > better * figure[k];
        tied += figure[i] == figure[k];
    }
    if (before >= places) return 0;
    return fmin(1, (double)(places - before) / (double)tied);
}

START_TEST(peers_take_places_in_the_same_draws) {
    vc_run run;
    const vct_small small = {
        .months = 19, .draws = DRAWS, .change = with_peers, .declare = two_places_by_ratio};
    vct_small_run(&small, &run);
    const vc_ranking *ranking = &run.rankings[0];
    ck_assert_uint_eq(ranking->n, MEMBERS);
    ck_assert_uint_eq(ranking->n_units, 2);
    ck_assert_uint_eq(run.n_peer_fits, 2);
    double figure[MEMBERS * DRAWS], p[MEMBERS] = {0}, sum = 0;
    redraw(&run, "sex_ratio_at_birth", figure);
    for (size_t d = 0; d < DRAWS; d++) {
        double now[MEMBERS], places = 0;
        bool out[MEMBERS] = {false};
        for (size_t k = 0; k < MEMBERS; k++) {
            now[k] = figure[k * DRAWS + d];
            out[k] = k < 2 && vetoed(now[k]);
        }
        for (size_t k = 0; k < MEMBERS; k++) {
            double place = counted_place(now, out, k, -1, 2);
            p[k] += place / DRAWS;
            places += place;
        }
        CHECK_CLOSE(places, 2, 1e-12, 0); /* the peers cannot be vetoed */
    }
    for (size_t k = 0; k < MEMBERS; k++) {
        CHECK_CLOSE(ranking->units[k].p_quota, p[k], 1e-12, 0);
        sum += ranking->units[k].p_quota;
    }
    CHECK_CLOSE(sum, 2, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

static void keep_figures(vc_peers *peers, size_t from, size_t n) {
    peers->n_figures = n;
    memmove(peers->figures, peers->figures + from, n * sizeof *peers->figures);
}

/* Peer 0: four years of the ratio and that of 2020 in February 2021; peer 1: two years. */
static void with_a_final_figure(vc_panel *panel, vc_targets *targets) {
    with_peers(panel, targets);
    vc_peers *peers = &panel->peers;
    keep_figures(peers, 0, 4);
    peers->figures[peers->n_figures++] =
        (vc_peer_figure){0, 0, YEAR_END, YEAR_END - 4, 103, (double)NAN};
    peers->figures[peers->n_figures++] =
        (vc_peer_figure){0, 0, YEAR_END, YEAR_END, 101.5, (double)NAN};
    add_figure(peers, 1, 0, 2018, 109);
    add_figure(peers, 1, 0, 2019, 111);
}

static void run_with_a_final_figure(size_t months, vc_run *run) {
    const vct_small small = {.months = months,
                             .draws = 100,
                             .change = with_a_final_figure,
                             .declare = two_places_by_ratio};
    vct_small_run(&small, run);
}

/* As of 2020-07 peer 0 is drawn; as of 2020-12 its figure stands; peer 1 has too few. */
START_TEST(what_was_published_stands_and_what_was_not_does_not) {
    vc_run run;
    double figure[100], least = INFINITY, most = 0;
    run_with_a_final_figure(19, &run);
    ck_assert_uint_eq(run.rankings[0].n, 3);
    ck_assert_uint_eq(run.panel.peers.n_figures, 6);
    ck_assert_uint_ge(run.n_warnings, 1);
    ck_assert_int_eq(
        vc_run_peer_year_ends(&run, 0, "sex_ratio_at_birth", YEAR_END, 100, 1, figure),
        VC_OK);
    for (size_t d = 0; d < 100; d++) {
        least = fmin(least, figure[d]);
        most = fmax(most, figure[d]);
    }
    ck_assert(least < 109 && most > 109 && least > 80 && most < 150);
    vc_run_free(&run);
    run_with_a_final_figure(24, &run);
    ck_assert_uint_eq(run.panel.peers.n_figures, 8);
    ck_assert_int_eq(
        vc_run_peer_year_ends(&run, 0, "sex_ratio_at_birth", YEAR_END, 100, 1, figure),
        VC_OK);
    for (size_t d = 0; d < 100; d++) CHECK_CLOSE(figure[d], 101.5, 0, 0);
    vc_run_free(&run);
}
END_TEST

/* 60 points for births, 40 for the ratio; the rule moves their weights by 30 %. */
static void with_points(vc_panel *panel, vc_targets *targets) {
    with_peers(panel, targets);
    targets->list[3] = vct_target_at_most("few", "births", 36);
    targets->list[4] = vct_target_at_most("even", "sex_ratio_at_birth", 107);
    targets->list[3].points = 60;
    targets->list[4].points = 40;
    targets->n = 5;
}

static void places_by_points(vc_workspace *w) {
    add_rule(w, "points", 2);
    w->commendations[0].low_is_best = false;
    w->commendations[0].weights = 0.3;
}

static void fill_factors(const vc_run *run, const char *indicator, double *factor) {
    vci_stream stream =
        vci_stream_make(run->seed, indicator, VCI_PLACE(0, VCI_FOR_WEIGHT), YEAR_END);
    vci_fill_uniform(&stream, 0, DRAWS, factor);
    for (size_t d = 0; d < DRAWS; d++) factor[d] = 0.7 + 0.6 * factor[d];
}

/* Outcomes of both targets of both units, [target][unit]. */
static void redraw_outcomes(const vc_run *run, double *figure) {
    size_t result[4], n = 0;
    for (size_t t = 3; t < 5; t++)
        for (size_t u = 1; u <= 2; u++)
            for (size_t i = 0; i < run->n_results; i++)
                if (run->results[i].target == t && run->results[i].unit == u)
                    result[n++] = i;
    ck_assert_uint_eq(n, 4);
    ck_assert_int_eq(vc_run_year_ends(run, 4, result, DRAWS, 1, figure), VC_OK);
}

START_TEST(moved_weights_give_the_places_of_a_second_count) {
    vc_run run;
    const vct_small small = {
        .months = 19, .draws = DRAWS, .change = with_points, .declare = places_by_points};
    vct_small_run(&small, &run);
    const vc_ranking *ranking = &run.rankings[0];
    double score[MEMBERS * DRAWS], figure[4 * DRAWS], births[DRAWS], ratio[DRAWS];
    double plain[MEMBERS] = {0}, moved[MEMBERS] = {0}, changed = 0, sum = 0;
    redraw(&run, NULL, score);
    redraw_outcomes(&run, figure);
    fill_factors(&run, "births", births);
    fill_factors(&run, "sex_ratio_at_birth", ratio);
    for (size_t d = 0; d < DRAWS; d++) {
        double as_is[MEMBERS], by_weight[MEMBERS];
        bool out[MEMBERS] = {false}, differs = false;
        for (size_t k = 0; k < MEMBERS; k++) {
            as_is[k] = by_weight[k] = score[k * DRAWS + d];
            if (k >= 2) continue;
            double few = figure[k * DRAWS + d] <= 36 ? 60 : 0;
            double r = figure[(2 + k) * DRAWS + d],
                   even = round(r * 10) / 10 <= 107 ? 40 : 0;
            as_is[k] = few + even;
            by_weight[k] = (births[d] * few + ratio[d] * even) *
                           (100 / (births[d] * 60 + ratio[d] * 40));
            out[k] = vetoed(r);
        }
        for (size_t k = 0; k < MEMBERS; k++) {
            double a = counted_place(as_is, out, k, 1, 2);
            double b = counted_place(by_weight, out, k, 1, 2);
            plain[k] += a / DRAWS;
            moved[k] += b / DRAWS;
            differs = differs || a != b;
        }
        changed += differs;
    }
    for (size_t k = 0; k < MEMBERS; k++) {
        CHECK_CLOSE(ranking->units[k].p_quota, plain[k], 1e-12, 0);
        CHECK_CLOSE(ranking->units[k].p_quota_moved, moved[k], 1e-12, 0);
        sum += ranking->units[k].p_quota_moved;
    }
    CHECK_CLOSE(sum, 2, 1e-12, 0);
    CHECK_CLOSE(ranking->p_winners_change, changed / DRAWS, 1e-12, 0);
    ck_assert(changed > 0 && changed < DRAWS);
    vc_run_free(&run);
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
        VCT(peers_take_places_in_the_same_draws),
        VCT(what_was_published_stands_and_what_was_not_does_not),
        VCT(moved_weights_give_the_places_of_a_second_count),
        VCT(chances_are_those_of_the_draws_made_again),
        VCT(one_thread_and_four_rank_alike),
        VCT(known_figures_rank_without_doubt),
        VCT(points_rank_by_the_rows_given),
        VCT(places_are_rounded_as_declared)};
    return vct_run("assess/commendation", tests, VCT_COUNT(tests));
}
