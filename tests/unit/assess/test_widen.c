/* Shares of the last periods where another office counts more: by the formula of
 * METHODS.md. */
#include "assess/widen_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

#define MONTHS 24
#define OURS 100 /* a month */

/* The top unit has OURS births a month; the office counts `theirs` there. */
static void make(vc_run *run, double theirs, bool widens) {
    vc_panel *panel = &run->panel;
    *run = (vc_run){.as_of = 2019 * 12 + MONTHS - 1};
    vct_hand_panel(MONTHS, panel);
    vc_others *o = &panel->others;
    o->n = 1;
    o->list = vci_alloc(1, sizeof *o->list);
    o->list[0] = (vc_other_source){.name = vci_text_copy("police", 6), .widens = widens};
    for (int e = 0; e < VC_EVENTS; e++) o->list[0].ratio[e] = NAN;
    o->list[0].ratio[VC_BIRTHS] = 0.96;
    o->list[0].sd[VC_BIRTHS] = 0.02;
    o->n_counts = MONTHS;
    o->counts = vci_alloc(MONTHS, sizeof *o->counts);
    for (size_t t = 0; t < MONTHS; t++) {
        panel->count[VC_BIRTHS][t] = OURS;
        o->counts[t] =
            (vc_other_count){0, 0, VC_BIRTHS, panel->first + (vc_period)t, theirs};
    }
}

static size_t widen(vc_run *run) {
    vc_findings findings;
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_run_widen(run, &findings), VC_OK);
    size_t n = findings.n_warnings;
    vc_findings_free(&findings);
    return n;
}

START_TEST(what_is_not_explained_widens) {
    vc_run run;
    double d = 1 - 0.96 * OURS / 110;
    make(&run, 110, true);
    ck_assert_uint_eq(widen(&run), 1);
    ck_assert_uint_eq(run.settings.n_completeness, VC_LATE);
    for (size_t k = 0; k < VC_LATE; k++) {
        CHECK_CLOSE(run.settings.completeness_mean[VC_BIRTHS][k], 1 - d / 2, 1e-12, 0);
        CHECK_CLOSE(run.settings.completeness_sd[VC_BIRTHS][k], d / sqrt(12), 1e-12, 0);
        CHECK_CLOSE(run.settings.completeness_mean[VC_BIRTHS_MALE][k], 1 - d / 2, 1e-12, 0);
        CHECK_CLOSE(run.settings.completeness_mean[VC_DEATHS][k], 1, 0, 0);
        CHECK_CLOSE(run.settings.completeness_sd[VC_DEATHS][k], 0, 0, 0);
    }
    vc_run_free(&run);
}
END_TEST

START_TEST(on_top_of_late_reports) {
    vc_run run;
    double d = 1 - 0.96 * OURS / 110;
    make(&run, 110, true);
    run.settings.n_completeness = 1;
    run.settings.completeness_mean[VC_BIRTHS][0] = 0.9;
    run.settings.completeness_sd[VC_BIRTHS][0] = 0.03;
    run.settings.completeness_mean[VC_DEATHS][0] = 0.95;
    ck_assert_uint_eq(widen(&run), 1);
    CHECK_CLOSE(run.settings.completeness_mean[VC_BIRTHS][0], 0.9 * (1 - d / 2), 1e-12, 0);
    CHECK_CLOSE(run.settings.completeness_sd[VC_BIRTHS][0],
                hypot(0.03 * (1 - d / 2), 0.9 * d / sqrt(12)), 1e-12, 0);
    CHECK_CLOSE(run.settings.completeness_mean[VC_BIRTHS][1], 1 - d / 2, 1e-12, 0);
    CHECK_CLOSE(run.settings.completeness_mean[VC_DEATHS][0], 0.95, 0, 0);
    vc_run_free(&run);
}
END_TEST

/* Fewer, as many as the definition says, a little more, or not asked for: nothing happens.
 */
START_TEST(nothing_else_does) {
    static const double theirs[] = {60, 96, 100};
    vc_run run;
    for (size_t i = 0; i < 3; i++) {
        make(&run, theirs[i], true);
        ck_assert_uint_eq(widen(&run), 0);
        ck_assert_uint_eq(run.settings.n_completeness, 0);
        vc_run_free(&run);
    }
    make(&run, 110, false);
    ck_assert_uint_eq(widen(&run), 0);
    vc_run_free(&run);
}
END_TEST

/* 1.96 standard errors: of the definition 0.02 / 0.96, and of 1,200 events here and there.
 */
START_TEST(the_edge_of_chance) {
    vc_run run;
    for (int theirs = 101; theirs < 110; theirs++) {
        make(&run, theirs, true);
        double e = log(theirs / 96.0);
        double se = sqrt(pow(0.02 / 0.96, 2) + 1.0 / 1200 + 1 / (12.0 * theirs));
        ck_assert_uint_eq(widen(&run), e > 1.96 * se);
        vc_run_free(&run);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(what_is_not_explained_widens),
                                     VCT(on_top_of_late_reports), VCT(nothing_else_does),
                                     VCT(the_edge_of_chance)};
    return vct_run("assess/widen", tests, VCT_COUNT(tests));
}
