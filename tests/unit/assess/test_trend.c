/*
 * Years of the hand-made panel, where every month is alike: 22 births (12 boys, 10 girls) a
 * month for the whole, so that what is fitted can be foretold.
 */
#include "vitalcast/trend.h"

#include <math.h>

#include "support/harness.h"
#include "support/small_run.h"

#define DECEMBER_2020 (2020 * 12 + 11)

static vc_run run;

/* Data from 2019-01 to 2020-12: both years are over. */
static void begin(void) {
    static const vct_small small = {.months = 24, .draws = 200, .threads = 1, .seed = 1};
    vct_small_run(&small, &run);
}

static vc_trend find(const char *indicator, size_t unit) {
    vc_trend trend;
    vc_status st = vc_trend_find(&run, indicator, unit, DECEMBER_2020, &trend);
    ck_assert_msg(st == VC_OK, "%s", vc_status_detail());
    return trend;
}

START_TEST(years_are_whole_ones_up_to_the_as_of) {
    begin();
    vc_trend trend = find("births", 0);
    ck_assert_uint_eq(trend.n, 2);
    ck_assert_int_eq(trend.years[0].end, 2019 * 12 + 11);
    ck_assert_int_eq(trend.years[1].end, DECEMBER_2020);
    for (size_t i = 0; i < 2; i++) ck_assert(trend.years[i].figure == 12 * 22);
    vc_trend_free(&trend);
    /* Years that end in June: the last whole one is that to June 2020. */
    ck_assert_int_eq(vc_trend_find(&run, "births", 0, 2021 * 12 + 5, &trend), VC_OK);
    ck_assert_uint_eq(trend.n, 1);
    ck_assert_int_eq(trend.years[0].end, 2020 * 12 + 5);
    vc_trend_free(&trend);
    vc_run_free(&run);
}
END_TEST

/*
 * 264 births a year, all months alike: the expected figure lies near them, nearer than the
 * sd of a year's Poisson count (16.2).
 */
START_TEST(the_expected_figure_is_near_even_counts) {
    begin();
    vc_trend trend = find("births", 0);
    ck_assert_uint_eq(trend.n_fitted, 2);
    for (size_t i = 0; i < 2; i++) {
        const vc_estimate *e = &trend.years[i].fitted;
        CHECK_CLOSE(e->mean, 264, 0, 12);
        ck_assert(e->low95 < e->low80 && e->low80 < e->mean && e->mean < e->high80);
        ck_assert(e->sd > 1 && e->sd < 20);
    }
    vc_trend_free(&trend);
    vc_run_free(&run);
}
END_TEST

/* The parts' expected births add up to the whole's, draw by draw and so in the mean. */
START_TEST(parts_add_up) {
    begin();
    double sum = 0;
    for (size_t u = 1; u < run.panel.tree.n; u++) {
        if (!run.panel.tree.units[u].leaf) continue;
        vc_trend part = find("births", u);
        sum += part.years[1].fitted.mean;
        vc_trend_free(&part);
    }
    vc_trend whole = find("births", 0);
    CHECK_CLOSE(sum, whole.years[1].fitted.mean, 1e-12, 0);
    vc_trend_free(&whole);
    vc_run_free(&run);
}
END_TEST

START_TEST(rates_and_ratios_follow_their_events) {
    begin();
    vc_trend births = find("births", 0), rate = find("birth_rate", 0),
             ratio = find("sex_ratio_at_birth", 0);
    const vc_trend_year *count = &births.years[1], *per_head = &rate.years[1];
    CHECK_CLOSE(per_head->fitted.mean / per_head->figure,
                count->fitted.mean / count->figure, 1e-12, 0);
    ck_assert(fabs(ratio.years[1].figure - 120) < 1e-9);
    /* between what was counted and the prior's 106; sd of the counted ratio: 14.8 */
    ck_assert(ratio.years[1].fitted.mean > 106 && ratio.years[1].fitted.mean < 122);
    vc_trend_free(&births);
    vc_trend_free(&rate);
    vc_trend_free(&ratio);
    vc_run_free(&run);
}
END_TEST

START_TEST(without_fits_there_are_the_figures) {
    begin();
    size_t n_fits = run.n_fits;
    run.n_fits = 0;
    vc_trend trend = find("births", 0);
    run.n_fits = n_fits;
    ck_assert_uint_eq(trend.n, 2);
    ck_assert_uint_eq(trend.n_fitted, 0);
    ck_assert(isnan(trend.years[0].fitted.mean));
    vc_trend_free(&trend);
    trend = find("no such thing", 0);
    ck_assert_uint_eq(trend.n, 0);
    ck_assert_int_eq(vc_trend_find(&run, "births", run.panel.tree.n, DECEMBER_2020, &trend),
                     VC_BAD_ARGUMENT);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(years_are_whole_ones_up_to_the_as_of),
        VCT(the_expected_figure_is_near_even_counts), VCT(parts_add_up),
        VCT(rates_and_ratios_follow_their_events), VCT(without_fits_there_are_the_figures)};
    return vct_run("assess/trend", tests, VCT_COUNT(tests));
}
