/* Scorecards of a computed run against brute force over the same draws. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/joint_internal.h"
#include "core/memory_internal.h"
#include "store/image_internal.h"
#include "support/harness.h"
#include "support/small_run.h"

#define N 600

/* Three more targets with points and a veto, of one township or of all units. */
static void add_targets(vc_panel *panel, vc_targets *targets) {
    (void)panel;
    vc_target *t = targets->list + 2;
    t[0] = vct_target_at_most("few", "births", 215);
    t[0].points = 60;
    t[0].veto = true;
    t[1] = vct_target_at_most("ratio", "sex_ratio_at_birth", 110);
    t[1].points = 40;
    t[1].rule = (vc_scoring){.rule = VC_LINEAR, .per = 1, .deduct = 0.5, .cap = NAN};
    targets->n = 4;
}

static void plain(vc_panel *panel, vc_targets *targets) {
    (void)panel;
    (void)targets;
}

static void compute(unsigned threads, vc_run *run) {
    const vct_small small = {
        .months = 19, .draws = N, .threads = threads, .change = add_targets};
    vct_small_run(&small, run);
}

static const vc_scorecard *card_of(const vc_run *run, size_t unit) {
    ck_assert_uint_eq(run->n_scorecards, 3);
    ck_assert_uint_eq(run->scorecards[unit].unit, unit);
    return &run->scorecards[unit];
}

/* Halves away from zero, as in the tables. */
static double published(double x) { return floor(10 * x + 0.5) / 10; }

START_TEST(scorecards_agree_with_brute_force) {
    vc_run run;
    double *figure = calloc(4 * N, sizeof *figure);
    compute(0, &run);
    for (size_t unit = 0; unit < 3; unit++) {
        const vc_scorecard *card = card_of(&run, unit);
        size_t result[4];
        double all = 0, veto = 0, sum = 0, ratio_sum = 0;
        ck_assert_uint_eq(card->n_items, 4);
        for (size_t i = 0; i < 4; i++) result[i] = card->items[i].result;
        ck_assert_int_eq(vc_run_year_ends(&run, 4, result, N, 2, figure), VC_OK);
        for (size_t d = 0; d < N; d++) {
            double births = figure[d], ratio = published(figure[N + d]);
            double points = ratio <= 110 ? 40 : fmax(40 - (ratio - 110) / 2, 0);
            all += births <= 215 && ratio <= 107;
            veto += births > 215;
            ratio_sum += points;
            sum += points + (births <= 215 ? 60 : 0);
        }
        CHECK_CLOSE(card->p_all_met, all / N, 1e-14, 0);
        CHECK_CLOSE(card->p_veto, veto / N, 1e-14, 0);
        CHECK_CLOSE(card->expected, sum / N, 1e-11, 0);
        CHECK_CLOSE(card->items[3].expected, ratio_sum / N, 1e-11, 0);
        CHECK_CLOSE(card->points, 100, 0, 0);
        CHECK_CLOSE(card->p_open, 0, 0, 0);
        ck_assert(card->low95 <= card->low80 && card->low80 <= card->median &&
                  card->median <= card->high80 && card->high80 <= card->high95);
    }
    free(figure);
    vc_run_free(&run);
}
END_TEST

/* One target alone: a scorecard says what its result says. */
START_TEST(parts_agree_with_the_results) {
    vc_run run;
    compute(0, &run);
    for (size_t unit = 0; unit < 3; unit++) {
        const vc_scorecard *card = card_of(&run, unit);
        const vc_result *few = &run.results[card->items[2].result];
        CHECK_CLOSE(card->p_veto, 1 - few->p_met, 1e-14, 1e-14);
        CHECK_CLOSE(card->items[2].expected, 60 * few->p_met, 1e-12, 0);
        CHECK_CLOSE(card->items[2].at_stake, 60 * (1 - few->p_met), 1e-12, 1e-12);
        double total = card->items[2].total_if_met * few->p_met +
                       card->items[2].total_if_missed * (1 - few->p_met);
        if (few->p_met > 0 && few->p_met < 1) CHECK_CLOSE(card->expected, total, 1e-12, 0);
    }
    vc_run_free(&run);
}
END_TEST

static void same(const vc_run *a, const vc_run *b) {
    ck_assert_uint_eq(a->n_scorecards, b->n_scorecards);
    for (size_t c = 0; c < a->n_scorecards; c++) {
        vc_scorecard x = a->scorecards[c], y = b->scorecards[c];
        ck_assert_uint_eq(x.n_items, y.n_items);
        ck_assert_mem_eq(x.items, y.items, x.n_items * sizeof *x.items);
        ck_assert_mem_eq(&x.points, &y.points, sizeof(double) * 12);
        ck_assert(x.unit == y.unit && x.year_end == y.year_end);
    }
}

START_TEST(threads_change_nothing) {
    vc_run one, four;
    compute(1, &one);
    compute(4, &four);
    same(&one, &four);
    vc_run_free(&one);
    vc_run_free(&four);
}
END_TEST

START_TEST(a_loaded_run_has_the_same_scorecards) {
    vc_run run, loaded;
    unsigned char *bytes = NULL;
    size_t n = 0;
    compute(0, &run);
    ck_assert_int_eq(vci_image_write(&run, &bytes, &n), VC_OK);
    ck_assert_int_eq(vci_image_read(bytes, n, &loaded), VC_OK);
    same(&run, &loaded);
    ck_assert_int_eq(loaded.targets.list[3].rule.rule, VC_LINEAR);
    CHECK_CLOSE(vc_run_mock_total(&loaded, &loaded.scorecards[1]),
                vc_run_mock_total(&run, &run.scorecards[1]), 0, 0);
    vci_free(bytes);
    vc_run_free(&run);
    vc_run_free(&loaded);
}
END_TEST

START_TEST(no_points_no_scorecards) {
    vc_run run;
    const vct_small small = {.months = 19, .draws = 100, .change = plain};
    vct_small_run(&small, &run);
    ck_assert_uint_eq(run.n_scorecards, 0);
    vc_run_free(&run);
}
END_TEST

/* A year that is over: nothing is drawn, everything is known. */
START_TEST(known_figures_stand_in_every_draw) {
    vc_run run;
    const vct_small small = {.months = 24, .draws = 100, .change = add_targets};
    vct_small_run(&small, &run);
    /* Township 1: 19 births a month, 228 > 215; 100 * 10 / 9 = 111.1, 1.1 above 110. */
    const vc_scorecard *card = card_of(&run, 1);
    CHECK_CLOSE(card->p_all_met, 0, 0, 0);
    CHECK_CLOSE(card->p_veto, 1, 0, 0);
    CHECK_CLOSE(card->expected, 39.45, 1e-12, 0);
    CHECK_CLOSE(card->low95, 39.45, 1e-12, 0);
    CHECK_CLOSE(card->high95, 39.45, 1e-12, 0);
    ck_assert(isnan(card->items[2].total_if_met));
    /* Township 2: 3 a month, ratio 200: nothing is left of the 40 points. */
    card = card_of(&run, 2);
    CHECK_CLOSE(card->p_veto, 0, 0, 0);
    CHECK_CLOSE(card->expected, 60, 0, 0);
    vc_run_free(&run);
}
END_TEST

/* The same without a draw: 228 births against 215, in every place of the rows. */
START_TEST(what_is_known_is_settled) {
    vc_run run;
    vci_population population = {0};
    vci_tally tally;
    vci_joint joint;
    const vct_small small = {.months = 24, .draws = 100, .change = add_targets};
    vct_small_run(&small, &run);
    ck_assert_int_eq(vci_population_fill(&run.panel, &run.population, 0, &population),
                     VC_OK);
    ck_assert_int_eq(vci_tally_init(&tally, &run.settings, &run.panel, &population,
                                    &run.targets.list[2], 1, run.as_of + 1, false),
                     VC_OK);
    bool wanted[1] = {false};
    ck_assert_int_eq(vci_joint_init(&run, &population, 1, &tally, wanted, 16, &joint),
                     VC_OK);
    vci_joint_add(&joint, 0, 16);
    ck_assert_uint_eq(joint.n_cards, 1);
    for (size_t d = 0; d < 16; d++) {
        CHECK_CLOSE(joint.outcomes.figure[d], 228, 0, 0);
        ck_assert_int_eq(joint.outcomes.met[d], VCI_NOT_MET);
        ck_assert_int_eq(joint.veto[d], VCI_NOT_MET);
        CHECK_CLOSE(joint.total[d], 0, 0, 0);
    }
    vci_joint_free(&joint);
    vci_tally_free(&tally);
    vci_population_free(&population);
    vc_run_free(&run);
}
END_TEST

/* As of 2020-07: 133 births in 213 of 366 days are 228.5 on the annual basis. */
START_TEST(a_mock_day_judges_the_latest_figures) {
    vc_run run;
    compute(0, &run);
    const vc_scorecard *card = card_of(&run, 1);
    vc_mock births = vc_run_mock(&run, card->items[2].result);
    vc_mock ratio = vc_run_mock(&run, card->items[3].result);
    CHECK_CLOSE(births.figure, 133 * 366 / 213.0, 1e-12, 0);
    ck_assert(births.known && !births.met);
    CHECK_CLOSE(births.points, 0, 0, 0);
    CHECK_CLOSE(ratio.figure, 1000 / 9.0, 1e-12, 0);
    CHECK_CLOSE(ratio.points, 39.45, 1e-12, 0);
    CHECK_CLOSE(vc_run_mock_total(&run, card), 39.45, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(scorecards_agree_with_brute_force),
                                     VCT(parts_agree_with_the_results),
                                     VCT(threads_change_nothing),
                                     VCT(a_loaded_run_has_the_same_scorecards),
                                     VCT(no_points_no_scorecards),
                                     VCT(known_figures_stand_in_every_draw),
                                     VCT(what_is_known_is_settled),
                                     VCT(a_mock_day_judges_the_latest_figures)};
    return vct_run("assess/joint", tests, VCT_COUNT(tests));
}
