/* Scorecards over outcomes made by hand: every figure is a plain count. */
#include <math.h>

#include "assess/scorecard_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"

#define DRAWS 8

/* Up to three targets of one unit; draw d of target i is met or not as `met` says. */
typedef struct world {
    vc_target target[3];
    vci_card card;
    vci_outcomes outcomes;
    unsigned char all[DRAWS], veto[DRAWS];
    double total[DRAWS];
    vc_scorecard out;
} world;

static vci_card_item ITEMS[3];

static void begin(world *w, size_t n, const double *points) {
    static const bool wanted[] = {true, true, true};
    *w = (world){.card = {.n_items = n, .items = ITEMS}};
    for (size_t i = 0; i < n; i++) {
        w->target[i] =
            (vc_target){.points = points[i], .decimals = -1, .direction = VC_AT_MOST};
        ITEMS[i] = (vci_card_item){.result = i, .target = &w->target[i], .bound = 100};
    }
    ck_assert_int_eq(vci_outcomes_init(n, wanted, DRAWS, &w->outcomes), VC_OK);
    w->outcomes.n_draws = DRAWS;
}

/* One letter a draw: m met, f missed, o open. */
static void say(world *w, size_t i, const char *outcomes) {
    for (size_t d = 0; d < DRAWS; d++) {
        unsigned char *met = &w->outcomes.met[i * DRAWS + d];
        *met = outcomes[d] == 'm' ? VCI_MET : outcomes[d] == 'f' ? VCI_NOT_MET : VCI_OPEN;
        if (*met == VCI_OPEN) continue;
        w->outcomes.figure[i * DRAWS + d] = *met == VCI_MET ? 90 : 104;
    }
}

static void end(world *w) {
    ck_assert_int_eq(vci_card_begin(&w->card), VC_OK);
    vci_card_add(&w->card, &w->outcomes, w->all, w->veto, w->total);
    ck_assert_int_eq(vci_card_finish(&w->card, &w->out), VC_OK);
}

static void release(world *w) {
    vci_outcomes_free(&w->outcomes);
    vci_free(w->out.items);
    vci_free(w->card.cells);
}

/* P(all met) of targets that know nothing of each other is the product: 1/2 of 1/2. */
START_TEST(independent_targets_multiply) {
    world w;
    begin(&w, 2, (double[]){10, 20});
    say(&w, 0, "mmmmffff");
    say(&w, 1, "mmffmmff");
    end(&w);
    CHECK_CLOSE(w.out.p_all_met, 0.25, 0, 0);
    CHECK_CLOSE(w.out.points, 30, 0, 0);
    CHECK_CLOSE(w.out.expected, 15, 1e-15, 0);
    CHECK_CLOSE(w.out.items[0].expected, 5, 1e-15, 0);
    CHECK_CLOSE(w.out.items[0].at_stake, 5, 1e-15, 0);
    /* The others are the same whether this one is met or not: its own points. */
    CHECK_CLOSE(w.out.items[0].total_if_met, 20, 1e-15, 0);
    CHECK_CLOSE(w.out.items[0].total_if_missed, 10, 1e-15, 0);
    release(&w);
}
END_TEST

START_TEST(targets_that_go_together_do_not) {
    world w;
    begin(&w, 2, (double[]){10, 20});
    say(&w, 0, "mmmmffff");
    say(&w, 1, "mmmmffff");
    end(&w);
    CHECK_CLOSE(w.out.p_all_met, 0.5, 0, 0);
    CHECK_CLOSE(w.out.expected, 15, 1e-15, 0);
    CHECK_CLOSE(w.out.items[0].total_if_met - w.out.items[0].total_if_missed, 30, 1e-15, 0);
    CHECK_CLOSE(w.out.low80, 0, 0, 0);
    CHECK_CLOSE(w.out.high80, 30, 0, 0);
    release(&w);
    begin(&w, 2, (double[]){10, 20});
    say(&w, 0, "mmmmffff");
    say(&w, 1, "ffffmmmm");
    end(&w);
    CHECK_CLOSE(w.out.p_all_met, 0, 0, 0);
    CHECK_CLOSE(w.out.items[1].total_if_met - w.out.items[1].total_if_missed, 10, 1e-15, 0);
    CHECK_CLOSE(w.out.low95, 10, 0, 0);
    CHECK_CLOSE(w.out.high95, 20, 0, 0);
    release(&w);
}
END_TEST

/* 触发一票否决的年度得分照计，另行标明。 */
START_TEST(a_veto_leaves_the_points) {
    world w;
    begin(&w, 3, (double[]){10, NAN, NAN});
    w.target[1].veto = w.target[2].veto = true;
    say(&w, 0, "mmmmmmmf");
    say(&w, 1, "mmmmmmff");
    say(&w, 2, "mmmmmfmf");
    end(&w);
    CHECK_CLOSE(w.out.p_veto, 3 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.p_veto_open, 0, 0, 0);
    CHECK_CLOSE(w.out.expected, 70 / 8.0, 1e-15, 0);
    CHECK_CLOSE(w.total[5], 10, 0, 0);
    ck_assert_int_eq(w.veto[4], VCI_MET);
    ck_assert_int_eq(w.veto[5], VCI_NOT_MET);
    ck_assert(isnan(w.out.items[1].expected));
    CHECK_CLOSE(w.out.items[1].total_if_missed, 5, 1e-15, 0);
    release(&w);
}
END_TEST

/* Neither met nor missed: apart, and shares of all draws still make one. */
START_TEST(open_draws_are_counted_apart) {
    world w;
    begin(&w, 2, (double[]){10, NAN});
    w.target[1].veto = true;
    say(&w, 0, "mmmfffoo");
    say(&w, 1, "mmofomfo");
    end(&w);
    CHECK_CLOSE(w.out.p_all_met, 2 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.p_open, 4 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.p_veto, 2 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.p_veto_open, 3 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.p_total_open, 2 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.expected, 30 / 6.0, 1e-15, 0);
    size_t some_missed = 0;
    for (size_t d = 0; d < DRAWS; d++) some_missed += w.all[d] == VCI_NOT_MET;
    CHECK_CLOSE(w.out.p_all_met + w.out.p_open + (double)some_missed / 8, 1, 0, 0);
    ck_assert_uint_eq(some_missed, 2);
    ck_assert(isnan(w.total[6]) && w.veto[7] == VCI_OPEN && w.veto[6] == VCI_NOT_MET);
    release(&w);
}
END_TEST

START_TEST(nothing_is_said_of_what_is_always_open) {
    world w;
    begin(&w, 1, (double[]){10});
    w.target[0].veto = true;
    say(&w, 0, "oooooooo");
    end(&w);
    ck_assert(isnan(w.out.p_all_met) && isnan(w.out.p_veto) && isnan(w.out.expected));
    ck_assert(isnan(w.out.median) && isnan(w.out.items[0].at_stake));
    CHECK_CLOSE(w.out.p_open, 1, 0, 0);
    release(&w);
}
END_TEST

/* 104 misses 100 by four points of 0.5 each; tiers at 100, 103 and 104. */
START_TEST(rules_work_draw_by_draw) {
    world w;
    begin(&w, 2, (double[]){10, 20});
    w.target[0].rule = (vc_scoring){.rule = VC_LINEAR, .per = 1, .deduct = 0.5, .cap = NAN};
    w.target[1].rule = (vc_scoring){.rule = VC_TIERS,
                                    .n_tiers = 3,
                                    .tier_to = {100, 103, 104},
                                    .tier_points = {20, 10, 5}};
    say(&w, 0, "mmmmmmff");
    say(&w, 1, "mmmfffff");
    end(&w);
    CHECK_CLOSE(w.out.items[0].expected, (6 * 10 + 2 * 8) / 8.0, 1e-15, 0);
    CHECK_CLOSE(w.out.items[1].expected, (3 * 20 + 5 * 5) / 8.0, 1e-15, 0);
    CHECK_CLOSE(w.out.expected, w.out.items[0].expected + w.out.items[1].expected, 1e-14,
                0);
    CHECK_CLOSE(w.out.items[1].tier[0], 3 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.items[1].tier[1], 0, 0, 0);
    CHECK_CLOSE(w.out.items[1].tier[2], 5 / 8.0, 0, 0);
    CHECK_CLOSE(w.out.items[1].tier[3], 0, 0, 0);
    ck_assert(isnan(w.out.items[1].tier[4]) && isnan(w.out.items[0].tier[0]));
    release(&w);
}
END_TEST

/* Beyond 512 draws a histogram has bins; on their grid all-or-none totals stay exact. */
START_TEST(totals_on_a_grid_have_exact_quantiles) {
    world w;
    begin(&w, 2, (double[]){33.35, 33.3});
    say(&w, 0, "mmmmmmff");
    say(&w, 1, "mmmffmmm");
    ck_assert_int_eq(vci_card_begin(&w.card), VC_OK);
    CHECK_CLOSE(w.card.grid, 0.05, 1e-15, 0);
    for (int block = 0; block < 1000; block++)
        vci_card_add(&w.card, &w.outcomes, w.all, w.veto, w.total);
    ck_assert_int_eq(vci_card_finish(&w.card, &w.out), VC_OK);
    CHECK_CLOSE(w.out.low95, 33.3, 1e-15, 0);
    CHECK_CLOSE(w.out.median, 33.35, 1e-15, 0);
    CHECK_CLOSE(w.out.high80, 66.65, 1e-15, 0);
    CHECK_CLOSE(w.out.items[0].total_if_met, (4 * 66.65 + 2 * 33.35) / 6, 1e-12, 0);
    CHECK_CLOSE(w.out.items[0].total_if_missed, 33.3, 1e-12, 0);
    CHECK_CLOSE(w.out.expected, w.out.items[0].expected + w.out.items[1].expected, 1e-12,
                0);
    release(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(independent_targets_multiply),
                                     VCT(targets_that_go_together_do_not),
                                     VCT(a_veto_leaves_the_points),
                                     VCT(open_draws_are_counted_apart),
                                     VCT(nothing_is_said_of_what_is_always_open),
                                     VCT(rules_work_draw_by_draw),
                                     VCT(totals_on_a_grid_have_exact_quantiles)};
    return vct_run("assess/scorecard", tests, VCT_COUNT(tests));
}
