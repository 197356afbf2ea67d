/* Filled population: interpolation, holding, drift; values by hand. */
#include <math.h>
#include <stdlib.h>

#include "fit/population_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

static const vc_model DRIFT = {.history_years = 1}, HOLD = {.history_years = 0};

static double at(const vci_population *p, size_t unit, size_t t) {
    return exp(p->log_level[unit * (p->n + p->h) + t]);
}

START_TEST(the_future_follows_last_year) {
    vc_panel panel;
    vci_population p;
    vct_hand_panel(25, &panel);
    ck_assert_int_eq(vci_population_fill(&panel, &DRIFT, 6, &p), VC_OK);
    /*
     * Township 1: 10,120 at month 12, 10,240 at month 24: (10240 / 10120)^(1/12) a month.
     */
    CHECK_CLOSE(at(&p, 1, 30), 10240 * pow(10240.0 / 10120, 0.5), 1e-12, 0);
    CHECK_CLOSE(at(&p, 2, 30), 1000, 1e-12, 0);
    CHECK_CLOSE(at(&p, 0, 30), at(&p, 1, 30) + 1000, 1e-12, 0);
    ck_assert(p.complete && p.summed[0] && !p.summed[1]);
    vci_population_free(&p);
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 6, &p), VC_OK);
    CHECK_CLOSE(at(&p, 1, 30), 10240, 1e-12, 0);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(gaps_are_bridged_and_the_beginning_held) {
    vc_panel panel;
    vci_population p;
    vct_hand_panel(24, &panel);
    double *row = panel.population + 24;
    for (size_t t = 0; t < 3; t++) row[t] = (double)NAN;
    row[10] = row[11] = (double)NAN;
    ck_assert_int_eq(vci_population_fill(&panel, &DRIFT, 0, &p), VC_OK);
    CHECK_CLOSE(at(&p, 1, 0), 10030, 1e-12, 0);
    CHECK_CLOSE(at(&p, 1, 10), 10090 * pow(10120.0 / 10090, 1 / 3.0), 1e-12, 0);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(a_parent_keeps_its_own_when_a_child_has_none) {
    vc_panel panel;
    vci_population p;
    vct_hand_panel(24, &panel);
    for (size_t t = 0; t < 24; t++) panel.population[2 * 24 + t] = (double)NAN;
    ck_assert_int_eq(vci_population_fill(&panel, &DRIFT, 0, &p), VC_OK);
    ck_assert(!p.complete && !p.summed[0]);
    CHECK_CLOSE(at(&p, 0, 5), 11050, 1e-12, 0);
    ck_assert(isnan(at(&p, 2, 5)));
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(the_future_follows_last_year),
                                     VCT(gaps_are_bridged_and_the_beginning_held),
                                     VCT(a_parent_keeps_its_own_when_a_child_has_none)};
    return vct_run("fit/population", tests, VCT_COUNT(tests));
}
