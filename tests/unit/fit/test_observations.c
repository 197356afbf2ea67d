/* What a model is fitted to: windows, exposures, axes. */
#include <math.h>

#include "fit/calendar_internal.h"
#include "fit/observations_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

static const vc_model HOLD = {.history_years = 0};

static vc_model counts(unsigned years) {
    return (vc_model){.family = VC_NEGATIVE_BINOMIAL,
                      .exposure = VC_EXPOSURE_POPULATION,
                      .history_years = years,
                      .calendar = {true}};
}

START_TEST(exposure_is_people_times_mean_months) {
    vc_panel panel;
    vci_population p;
    vc_observations o;
    vc_model m = counts(0);
    vct_hand_panel(24, &panel);
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 3, &p), VC_OK);
    ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_BIRTHS), &m, &p,
                                            VC_BY_EVENT, 3, &o),
                     VC_OK);
    ck_assert_uint_eq(o.n, 24);
    ck_assert_uint_eq(o.n_leaves, 2);
    /* February 2020 had 29 days; township 1 then 10,130 people. */
    CHECK_CLOSE(o.log_exposure[13], log(10130 * 29 / 30.4375), 1e-13, 0);
    CHECK_CLOSE(o.years[23], 0, 0, 0);
    CHECK_CLOSE(o.years[26], 0.25, 1e-15, 0);
    CHECK_CLOSE(o.y[24], 3, 0, 0);
    CHECK_CLOSE(o.calendar[0], 0, 0, 0);
    vc_observations_free(&o);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(history_is_the_last_years) {
    vc_panel panel;
    vci_population p;
    vc_observations o;
    vc_model m = counts(1);
    vct_hand_panel(30, &panel);
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 0, &p), VC_OK);
    ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_BIRTHS), &m, &p,
                                            VC_BY_REGISTRATION, 0, &o),
                     VC_OK);
    ck_assert_uint_eq(o.n, 12);
    ck_assert_int_eq(o.first, 2020 * 12 + 6);
    ck_assert_uint_eq(o.season[0], 6);
    vc_observations_free(&o);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(boys_are_counted_among_births) {
    vc_panel panel;
    vci_population p;
    vc_observations o;
    vc_model m = {.family = VC_BINOMIAL};
    vct_hand_panel(24, &panel);
    vct_hand_set_boys(&panel, 1, 4, (double)NAN);
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 0, &p), VC_OK);
    ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_SEX), &m, &p,
                                            VC_BY_EVENT, 0, &o),
                     VC_OK);
    CHECK_CLOSE(o.y[0], 10, 0, 0);
    CHECK_CLOSE(o.trials[0], 19, 0, 0);
    ck_assert(isnan(o.y[4]));
    vc_observations_free(&o);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(no_observation_at_all_is_too_few) {
    vc_panel panel;
    vci_population p;
    vc_observations o;
    vc_model m = counts(0);
    vct_hand_panel(3, &panel);
    for (size_t i = 0; i < 9; i++) panel.count[VC_DEATHS][i] = (double)NAN;
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 0, &p), VC_OK);
    ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_DEATHS), &m, &p,
                                            VC_BY_EVENT, 0, &o),
                     VC_TOO_FEW_DATA);
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(weekdays_deviate_from_their_month) {
    double x[4800], sum = 0;
    /*
     * Over a whole Gregorian cycle the deviations of every calendar month add to nothing.
     */
    vci_calendar_fill(VC_LOG_WEEKDAYS, 2000 * 12, 4800, x);
    for (size_t t = 1; t < 4800; t += 12) sum += x[t];
    CHECK_CLOSE(sum, 0, 0, 1e-9);
    /*
     * February 2021 had 20 weekdays in 28 days, February 2020 20 in 29, February 2016 21
     * (calendar).
     */
    CHECK_CLOSE(x[12 * 16 + 1] - x[12 * 21 + 1], log(21.0 / 29 / (20.0 / 28)), 1e-12, 0);
    CHECK_CLOSE(x[12 * 20 + 1] - x[12 * 21 + 1], log(28.0 / 29), 1e-12, 0);
}
END_TEST

/* By date of birth the term is off, unless the specification gives it an sd of its own. */
START_TEST(the_calendar_follows_the_dating) {
    vc_panel panel;
    vci_population p;
    vc_observations o;
    vc_model m = counts(0);
    vct_hand_panel(24, &panel);
    m.calendar_sd[VC_LOG_WEEKDAYS] = 0.5;
    ck_assert_int_eq(vci_population_fill(&panel, &HOLD, 0, &p), VC_OK);
    for (int k = 0; k < 3; k++) {
        vc_dating dating = k == 0 ? VC_BY_REGISTRATION : VC_BY_EVENT;
        m.calendar_event_sd[VC_LOG_WEEKDAYS] = k == 2 ? 0.3 : 0;
        ck_assert_int_eq(vci_observations_build(&panel, vci_role_of(VC_ROLE_BIRTHS), &m, &p,
                                                dating, 0, &o),
                         VC_OK);
        ck_assert(o.by_event == (k > 0));
        ck_assert((o.calendar[0] == 0) == (k == 1));
        vc_observations_free(&o);
    }
    vci_population_free(&p);
    vc_panel_free(&panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(exposure_is_people_times_mean_months), VCT(history_is_the_last_years),
        VCT(boys_are_counted_among_births),        VCT(no_observation_at_all_is_too_few),
        VCT(weekdays_deviate_from_their_month),    VCT(the_calendar_follows_the_dating)};
    return vct_run("fit/observations", tests, VCT_COUNT(tests));
}
