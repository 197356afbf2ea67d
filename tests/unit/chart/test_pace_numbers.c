#include "chart/pace_internal.h"
#include "sample_run.h"
#include "support/harness.h"

#define RESULT(target, unit) ((target)*14 + (unit))

static vc_run run;
static vc_suppression suppression;

/* The county's births: 100 a month in 2011; in 2012 the first half 50, the second 150. */
static void begin(void) {
    sample_run(13, &run);
    double *births = run.panel.count[VC_BIRTHS];
    for (size_t t = 0; t < 31; t++)
        births[t] = t < 12 ? 100 : t < 18 ? 50 : t < 24 ? 150 : 400;
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
}

static vci_pace collect(size_t result) {
    vci_pace pace;
    ck_assert_int_eq(vci_pace_collect(&run, result, &suppression, &pace), VC_OK);
    return pace;
}

static void end(vci_pace *pace) {
    vci_pace_free(pace);
    vc_suppression_free(&suppression);
    vc_run_free(&run);
}

START_TEST(the_corridor_is_the_target_times_the_shares_of_earlier_years) {
    begin();
    vci_pace pace = collect(RESULT(0, 0)); /* births at least 5600 */
    ck_assert_uint_eq(pace.n_years, 2);
    ck_assert_int_eq(pace.oldest, 2011);
    ck_assert_uint_eq(pace.n, 12);
    for (size_t i = 0; i < 12; i++) {
        double even = (double)(i + 1) / 12;
        double late = i < 6 ? (double)(i + 1) / 24 : 0.25 + (double)(i - 5) / 8;
        ck_assert(fabs(pace.low[i] - 5600 * late) < 1e-9);
        ck_assert(fabs(pace.high[i] - 5600 * even) < 1e-9);
    }
    end(&pace);
}
END_TEST

START_TEST(the_figure_to_date_has_a_place_in_the_corridor) {
    static const struct {
        double month;
        vci_pace_place place;
    } cases[] = {{200, VCI_PACE_BELOW}, {400, VCI_PACE_WITHIN}, {600, VCI_PACE_ABOVE}};
    for (size_t i = 0; i < 3; i++) {
        begin();
        for (size_t t = 24; t < 31; t++) run.panel.count[VC_BIRTHS][t] = cases[i].month;
        vci_pace pace = collect(RESULT(0, 0));
        /* at the end of July 2100 (37.5 %) to 3266.7 (58.3 %) of 5600 */
        ck_assert_int_eq(pace.place, cases[i].place);
        end(&pace);
    }
}
END_TEST

/* A township's average of the rest may not be spoken of where nothing can be decided. */
START_TEST(small_units_have_no_corridor) {
    begin();
    vci_pace pace = collect(RESULT(0, 1));
    ck_assert_uint_eq(pace.n, 0);
    ck_assert_int_eq(pace.place, VCI_PACE_UNKNOWN);
    ck_assert_uint_eq(pace.fan.n_observed, 7);
    end(&pace);
}
END_TEST

START_TEST(what_may_not_be_told_has_no_line) {
    begin();
    vc_suppression_free(&suppression);
    run.settings.min_cell = 1e6;
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
    vci_pace pace = collect(RESULT(0, 0));
    ck_assert_uint_eq(pace.n, 0);
    ck_assert_uint_eq(pace.fan.n_observed, 0);
    end(&pace);
}
END_TEST

START_TEST(ratios_and_differences_do_not_add_up) {
    begin();
    ck_assert(vci_pace_grows(&run, "births"));
    ck_assert(vci_pace_grows(&run, "birth_rate"));
    ck_assert(vci_pace_grows(&run, "身份证号录入率")); /* a quota */
    ck_assert(!vci_pace_grows(&run, "natural_growth_rate"));
    ck_assert(!vci_pace_grows(&run, "sex_ratio_at_birth"));
    vci_pace pace = {.n = 0};
    end(&pace);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_corridor_is_the_target_times_the_shares_of_earlier_years),
        VCT(the_figure_to_date_has_a_place_in_the_corridor),
        VCT(small_units_have_no_corridor), VCT(what_may_not_be_told_has_no_line),
        VCT(ratios_and_differences_do_not_add_up)};
    return vct_run("chart/pace_numbers", tests, VCT_COUNT(tests));
}
