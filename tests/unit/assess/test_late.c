/*
 * Incomplete last months: what was seen stays, what comes later is drawn. The model is a
 * Poisson rate per township, so that the answer can be worked out by hand.
 */
#include <math.h>
#include <string.h>

#include "simulate/simulation_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

#define MONTHS 24
#define DRAWS 32768

typedef struct seen {
    double mean[3], square[3], cross; /* of the last month; cross: of the townships */
    int64_t least[3];
} seen;

static vc_model rate_model(void) {
    vc_model m = {.family = VC_POISSON, .exposure = VC_EXPOSURE_NONE, .level_auto = true};
    m.level_sd = 10;
    m.trend_block = m.trend_order = 1;
    m.block = 12;
    m.leaf_level = (vc_scale){.kind = VC_SCALE_FIXED, .start = 10};
    return m;
}

/* Half of the last month's births of township 1 have been reported: 5 of 10, 5 of 9. */
static void make_panel(double sd, vc_panel *panel) {
    vct_hand_panel(MONTHS, panel);
    vct_hand_set_boys(panel, 1, MONTHS - 1, 1);
    panel->has[VC_BIRTHS_MALE] = panel->has[VC_BIRTHS_FEMALE] = false;
    panel->has[VC_DEATHS] = false;
    panel->n_late = 1;
    panel->late_mean[VC_BIRTHS][0] = 0.5;
    panel->late_sd[VC_BIRTHS][0] = sd;
}

static void add(const vc_draws *draws, seen *s) {
    for (size_t d = 0; d < draws->n_draws; d++) {
        double x[3];
        for (size_t u = 0; u < 3; u++) {
            int64_t births = draws->count[VC_BIRTHS][u * draws->n_draws + d];
            x[u] = (double)births;
            s->mean[u] += x[u] / DRAWS;
            s->square[u] += x[u] * x[u] / DRAWS;
            if (births < s->least[u]) s->least[u] = births;
        }
        s->cross += x[1] * x[2] / DRAWS;
    }
}

static seen draw(double sd) {
    static const vc_model hold = {.history_years = 0};
    vc_panel panel;
    vci_population population;
    vc_observations o;
    vc_fit fit;
    vci_simulation simulation;
    vc_draws block;
    vc_model model = rate_model();
    seen s = {.least = {INT64_MAX, INT64_MAX, INT64_MAX}};
    make_panel(sd, &panel);
    vc_period last = panel.first + MONTHS - 1;
    ck_assert_int_eq(vci_population_fill(&panel, &hold, 0, &population), VC_OK);
    ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_BIRTHS), &model,
                                            &population, VC_BY_EVENT, 0, &o),
                     VC_OK);
    ck_assert_int_eq(vc_fit_run("births", &model, &panel.tree, &o, NULL, NULL, &fit),
                     VC_OK);
    ck_assert_int_eq(vci_simulation_init(&simulation, &panel, 1, &fit, &hold, VC_BY_EVENT,
                                         1, panel.first, last, 2),
                     VC_OK);
    ck_assert_int_eq(simulation.first, last);
    ck_assert_int_eq(vci_draws_init(&simulation, &block), VC_OK);
    for (size_t at = 0; at < DRAWS; at += simulation.block) {
        size_t n = DRAWS - at < simulation.block ? DRAWS - at : simulation.block;
        ck_assert_int_eq(vci_simulation_block(&simulation, at, n, &block), VC_OK);
        add(&block, &s);
    }
    vc_draws_free(&block);
    vci_simulation_free(&simulation);
    vc_fit_free(&fit);
    vc_observations_free(&o);
    vci_population_free(&population);
    vc_panel_free(&panel);
    return s;
}

/*
 * Township 1 had 19 births in 23 months, then 10 seen of half a month's exposure: its rate
 * is Gamma(447, 23.5) but for a prior worth nothing, the rest Poisson with mean rate / 2.
 * Tolerance: 5 standard errors and 1 % for the Gaussian step.
 */
START_TEST(what_comes_later_is_drawn) {
    seen s = draw(0);
    double seen_one = 10, rate = 447 / 23.5, rest = rate / 2;
    double variance = rest + 447 / (23.5 * 23.5) / 4;
    CHECK_CLOSE(s.mean[1], seen_one + rest, 0, 5 * sqrt(variance / DRAWS) + 0.01 * rest);
    CHECK_CLOSE(s.square[1] - s.mean[1] * s.mean[1], variance, 0.06, 0);
    CHECK_CLOSE(s.mean[0], s.mean[1] + s.mean[2], 1e-12, 0);
}
END_TEST

START_TEST(what_was_seen_stays) {
    seen s = draw(0);
    ck_assert_int_eq(s.least[1], 10);
    ck_assert_int_ge(s.least[2], 3);
}
END_TEST

/* The share is the same for all units of a draw: doubt about it makes them move together.
 */
START_TEST(doubt_about_the_share_is_shared) {
    seen sure = draw(0), unsure = draw(0.1);
    double alone = sure.cross - sure.mean[1] * sure.mean[2];
    double together = unsure.cross - unsure.mean[1] * unsure.mean[2];
    ck_assert_double_gt(together, alone + 0.3);
    ck_assert_double_gt(unsure.square[1] - unsure.mean[1] * unsure.mean[1],
                        1.2 * (sure.square[1] - sure.mean[1] * sure.mean[1]));
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(what_comes_later_is_drawn),
                                     VCT(what_was_seen_stays),
                                     VCT(doubt_about_the_share_is_shared)};
    return vct_run("assess/late", tests, VCT_COUNT(tests));
}
