/* What roles observe, worked out by hand on the hand-made panel. */
#include <math.h>

#include "core/memory_internal.h"
#include "fit/progress_internal.h"
#include "fit/role_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

#define MONTHS 14

/* One progress series: of township 1 (unit 1) what is given; nothing of anybody else. */
static void add_series(vc_panel *panel, vc_progress_kind kind, const double *numerator,
                       double denominator, double sample) {
    size_t cells = panel->tree.n * panel->n_periods;
    vc_progress *p = vci_alloc(1, sizeof *p);
    *p = (vc_progress){.kind = kind};
    p->indicator = vci_text_copy("x", 1);
    p->numerator = vci_alloc(cells, sizeof(double));
    p->denominator = vci_alloc(cells, sizeof(double));
    if (kind == VC_SURVEY) p->sample_size = vci_alloc(cells, sizeof(double));
    for (size_t i = 0; i < cells; i++) {
        p->numerator[i] = p->denominator[i] = NAN;
        if (p->sample_size) p->sample_size[i] = sample;
    }
    for (size_t t = 0; t < panel->n_periods; t++) {
        p->numerator[panel->n_periods + t] = numerator[t];
        if (!isnan(numerator[t])) p->denominator[panel->n_periods + t] = denominator;
    }
    panel->progress = p;
    panel->n_progress = 1;
}

static vci_observed at(const vc_panel *panel, vc_role role, size_t t) {
    vci_role r = vci_role_series(role, 0, 1);
    return vci_role_observe(panel, &r, vci_progress_scale(panel, 0), 1, t);
}

/* The year ends in September: the ninth month's sum is the year's, October begins anew. */
START_TEST(quotas_are_flows_that_begin_anew) {
    static const double done[MONTHS] = {5, 9, 14, 14, 13, 20, NAN, 31, 40, 6, 8, 8, 8, 9};
    vc_panel panel;
    vct_hand_panel(MONTHS, &panel);
    panel.year_end_in_year = 8;
    add_series(&panel, VC_QUOTA, done, 60, 0);
    /* The year had begun in October: January's sum is that of four months. */
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 0).y, 5, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 0).periods, 4, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 1).y, 4, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 3).y, 0, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 4).y, 0, 0, 0); /* corrected downwards */
    ck_assert(isnan(at(&panel, VC_ROLE_QUOTA, 6).y));
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 7).y, 11, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 7).periods, 2, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 8).y, 9, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 9).y, 6, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 9).periods, 1, 0, 0);
    CHECK_CLOSE(vci_progress_next(&panel, 0, 1, 6), 31, 0, 0);
    ck_assert(isnan(vci_progress_next(&panel, 0, 1, 8)));
    CHECK_CLOSE(vci_progress_whole(&panel, 0, 1, 20), 60, 0, 0);
    CHECK_CLOSE(vci_progress_whole(&panel, 0, 1, 6), 60, 0, 0);
    ck_assert(isnan(vci_progress_whole(&panel, 0, 2, 6)));
    vc_panel_free(&panel);
}
END_TEST

START_TEST(decimals_are_counted_in_their_smallest_unit) {
    static const double done[MONTHS] = {1.25, 2.5, 4.75, 5,  6,  7,  8,
                                        9,    10,  11,   12, 13, 14, 15};
    vc_panel panel;
    vct_hand_panel(MONTHS, &panel);
    panel.year_end_in_year = 11;
    add_series(&panel, VC_QUOTA, done, 20, 0);
    CHECK_CLOSE(vci_progress_scale(&panel, 0), 100, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 0).y, 125, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_QUOTA, 2).y, 225, 0, 0);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(full_and_empty_stocks_stay_within) {
    static const double part[MONTHS] = {0,  10, 20, 20, 20, 20, 20,
                                        20, 20, 20, 20, 20, 20, 20};
    vc_panel panel;
    vct_hand_panel(MONTHS, &panel);
    add_series(&panel, VC_STOCK, part, 20, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_STOCK, 0).y, 0.5 / 21, 1e-15, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_STOCK, 1).y, 0.5, 1e-15, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_STOCK, 2).y, 20.5 / 21, 1e-15, 0);
    vc_panel_free(&panel);
}
END_TEST

/* 85.5 of 100 from 200 asked is 171 who said yes. */
START_TEST(surveys_are_samples) {
    static const double score[MONTHS] = {85.5, NAN, NAN, NAN, NAN, NAN, NAN,
                                         NAN,  NAN, NAN, NAN, NAN, NAN, NAN};
    vc_panel panel;
    vct_hand_panel(MONTHS, &panel);
    add_series(&panel, VC_SURVEY, score, 100, 200);
    CHECK_CLOSE(at(&panel, VC_ROLE_SURVEY, 0).y, 171, 0, 0);
    CHECK_CLOSE(at(&panel, VC_ROLE_SURVEY, 0).trials, 200, 0, 0);
    ck_assert(isnan(at(&panel, VC_ROLE_SURVEY, 1).y));
    CHECK_CLOSE(vci_progress_sample(&panel, 0, 1), 200, 0, 0);
    CHECK_CLOSE(vci_progress_sample(&panel, 0, 2), 0, 0, 0);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(shares_need_what_they_are_shares_of) {
    vc_panel panel;
    vci_role sex = vci_role_of(VC_ROLE_SEX);
    vct_hand_panel(MONTHS, &panel);
    vci_observed o = vci_role_observe(&panel, &sex, 1, 1, 3);
    CHECK_CLOSE(o.y, 10, 0, 0);
    CHECK_CLOSE(o.trials, 19, 0, 0);
    panel.count[VC_BIRTHS][panel.n_periods + 3] = NAN;
    ck_assert(isnan(vci_role_observe(&panel, &sex, 1, 1, 3).y));
    vc_panel_free(&panel);
}
END_TEST

START_TEST(names_are_found_again) {
    for (int role = 0; role < VC_ROLES; role++)
        ck_assert_int_eq(vc_role_find(vc_role_name((vc_role)role)), role);
    ck_assert_int_eq(vc_role_find("marriages"), VC_ROLES);
    ck_assert_str_eq(vc_role_name(VC_ROLES), "");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(quotas_are_flows_that_begin_anew),
                                     VCT(decimals_are_counted_in_their_smallest_unit),
                                     VCT(full_and_empty_stocks_stay_within),
                                     VCT(surveys_are_samples),
                                     VCT(shares_need_what_they_are_shares_of),
                                     VCT(names_are_found_again)};
    return vct_run("fit/role", tests, VCT_COUNT(tests));
}
