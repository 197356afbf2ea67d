/* Does this year look like the past? By hand on the panel where every month is alike. */
#include "vitalcast/precedent.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "support/hand_panel.h"
#include "support/harness.h"

/* 19 births a month from 2019-01 on; years get `extra` births in their first month. */
static void begin(size_t months, size_t n, const double *extra, vc_run *run) {
    *run = (vc_run){0};
    vct_hand_panel(months, &run->panel);
    run->as_of = run->panel.first + (vc_period)months - 1;
    for (size_t y = 0; y < n; y++) vct_hand_set_boys(&run->panel, 1, 12 * y, 10 + extra[y]);
}

static const vc_period END = 2024 * 12 + 11;

START_TEST(a_jump_beyond_all_earlier_ones_is_told) {
    const double extra[] = {0, 1, 0, 2, 1, 40};
    double x[4], sums[6], mean = 0, squares = 0;
    vc_run run;
    vc_precedent p;
    begin(65, 6, extra, &run); /* to 2024-05 */
    ck_assert(vc_run_precedent(&run, VC_BIRTHS, 1, END, &p));
    for (int y = 0; y < 6; y++) sums[y] = 5 * 19 + extra[y];
    for (int i = 0; i < 4; i++) x[i] = log(sums[i + 1] / sums[i]);
    for (int i = 0; i < 4; i++) mean += x[i] / 4;
    for (int i = 0; i < 4; i++) squares += (x[i] - mean) * (x[i] - mean);
    double t = (log(sums[5] / sums[4]) - mean) / sqrt(squares / 3 * 1.25);
    ck_assert_uint_eq(p.n, 4);
    CHECK_CLOSE(p.change, 100 * (sums[5] / sums[4] - 1), 1e-12, 0);
    CHECK_CLOSE(p.p, 2 * gsl_cdf_tdist_Q(t, 3), 1e-9, 0);
    CHECK_CLOSE(p.most, 100 * (97.0 / 95 - 1), 1e-12, 0);
    CHECK_CLOSE(p.straight_line, 135 * 366.0 / 152, 1e-12, 0);
    ck_assert(p.unlike);
    vc_panel_free(&run.panel);
}
END_TEST

START_TEST(a_year_like_the_others_is_not) {
    const double extra[] = {0, 1, 0, 2, 1, 3};
    vc_run run;
    vc_precedent p;
    begin(65, 6, extra, &run);
    ck_assert(vc_run_precedent(&run, VC_BIRTHS, 1, END, &p));
    ck_assert(!p.unlike);
    vc_panel_free(&run.panel);
}
END_TEST

START_TEST(three_earlier_changes_are_too_few) {
    const double extra[] = {0, 1, 0, 2, 40};
    vc_run run;
    vc_precedent p;
    begin(53, 5, extra, &run); /* to 2023-05 */
    ck_assert(vc_run_precedent(&run, VC_BIRTHS, 1, 2023 * 12 + 11, &p));
    ck_assert_uint_eq(p.n, 3);
    ck_assert(isnan(p.p) && !p.unlike);
    vc_panel_free(&run.panel);
}
END_TEST

START_TEST(nothing_is_said_before_the_year_or_after_it) {
    vc_run run;
    vc_precedent p;
    begin(60, 0, NULL, &run); /* to 2023-12 */
    ck_assert(!vc_run_precedent(&run, VC_BIRTHS, 1, END, &p));
    ck_assert(!vc_run_precedent(&run, VC_BIRTHS, 1, END - 12, &p));
    ck_assert(!vc_run_precedent(&run, VC_ARRIVALS, 1, END, &p));
    ck_assert(isnan(p.change));
    vc_panel_free(&run.panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_jump_beyond_all_earlier_ones_is_told),
                                     VCT(a_year_like_the_others_is_not),
                                     VCT(three_earlier_changes_are_too_few),
                                     VCT(nothing_is_said_before_the_year_or_after_it)};
    return vct_run("assess/precedent", tests, VCT_COUNT(tests));
}
