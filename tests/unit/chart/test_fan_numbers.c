#include <math.h>

#include "chart/fan_internal.h"
#include "core/memory_internal.h"
#include "sample_run.h"
#include "support/harness.h"

#define RESULT(target, unit) ((target)*14 + (unit))

static double births(const vc_run *run, size_t unit, vc_period first, vc_period last) {
    double sum = 0;
    for (vc_period p = first; p <= last; p++)
        sum += run->panel.count[VC_BIRTHS][unit * run->panel.n_periods +
                                           (size_t)(p - run->panel.first)];
    return sum;
}

START_TEST(the_observed_line_is_the_figure_to_date) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(0, 3), &fan), VC_OK);
    ck_assert_uint_eq(fan.n_observed, 7);
    for (size_t i = 0; i < 7; i++) {
        ck_assert(fan.observed[i].x == (double)i);
        ck_assert(fan.observed[i].y ==
                  births(&run, 3, 2013 * 12, 2013 * 12 + (vc_period)i));
    }
    ck_assert_uint_eq(fan.n_last_year, 12);
    ck_assert(fan.last_year[11].x == 11);
    ck_assert(fan.last_year[11].y == births(&run, 3, 2012 * 12, 2012 * 12 + 11));
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(the_fan_joins_the_last_observation) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(2, 0), &fan), VC_OK);
    ck_assert_uint_eq(fan.n_bands, 6);
    ck_assert(fan.bands[0].x == 6);
    for (size_t q = 0; q < VC_QUANTILES; q++)
        ck_assert(fan.bands[0].quantile[q] == fan.observed[6].y);
    ck_assert(fan.bands[5].x == 11);
    ck_assert_mem_eq(fan.bands[5].quantile, run.results[RESULT(2, 0)].quantile,
                     sizeof fan.bands[5].quantile);
    ck_assert(fan.y.low < 107);
    ck_assert(fan.y.high > run.results[RESULT(2, 0)].quantile[VC_Q975]);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

/* July is not complete yet: its path begins with it, and the fan with June. */
START_TEST(the_fan_leaves_incomplete_periods_open) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    run.results[RESULT(2, 0)].path_first -= 1;
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(2, 0), &fan), VC_OK);
    ck_assert(fan.bands[0].x == 5);
    ck_assert(fan.bands[0].quantile[VC_MEDIAN] == fan.observed[5].y);
    for (size_t i = 1; i < fan.n_bands; i++) ck_assert(fan.bands[i].x > fan.bands[i - 1].x);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_year_of_two_calendar_years_begins_in_october) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(4, 0), &fan), VC_OK);
    ck_assert_uint_eq(fan.n_observed, 10);
    ck_assert_uint_eq(fan.n_bands, 3);
    ck_assert_int_eq(fan.origin, 2012 * 12 + 9);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

/* Quantiles of 0, 1 .. 99: numpy.quantile. */
START_TEST(a_yearly_series_shows_its_history_and_every_year_ahead) {
    static const double quantiles[] = {2.475, 9.9, 24.75, 49.5, 74.25, 89.1, 96.525};
    vc_run run;
    vci_fan fan;
    sample_yearly_run(&run);
    ck_assert_int_eq(vci_fan_collect(&run, 0, &fan), VC_OK);
    ck_assert_uint_eq(fan.n_observed, 30);
    ck_assert(fan.observed[0].x == 1994);
    ck_assert_uint_eq(fan.n_last_year, 0);
    ck_assert_uint_eq(fan.n_bands, 8); /* 2023, 2024 .. 2029 from kept draws, 2030 */
    ck_assert(fan.bands[0].x == 2023);
    for (size_t i = 1; i < 7; i++)
        for (size_t q = 0; q < VC_QUANTILES; q++)
            CHECK_CLOSE(fan.bands[i].quantile[q], quantiles[q], 1e-12, 0);
    ck_assert(fan.bands[7].x == 2030);
    ck_assert_mem_eq(fan.bands[7].quantile, run.results[0].path,
                     sizeof fan.bands[7].quantile);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_year_that_is_over_has_no_fan) {
    vc_run run;
    vci_fan fan;
    sample_run(2, &run);
    vc_result *result = &run.results[0];
    run.as_of = run.targets.list[0].year_end;
    ck_assert(!vci_result_is_known(&run, result)); /* a month is missing: it is simulated */
    for (size_t q = 0; q < VC_QUANTILES; q++) result->quantile[q] = 5600;
    ck_assert(vci_result_is_known(&run, result));
    ck_assert_int_eq(vci_fan_collect(&run, 0, &fan), VC_OK);
    vci_fan_label_all(&fan, VC_ENGLISH);
    ck_assert_uint_eq(fan.n_bands, 0);
    for (size_t i = 0; i < fan.n_labels; i++)
        ck_assert_int_ne(fan.labels[i].mark, VCI_MARK_MEDIAN);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(a_series_without_kept_draws_goes_straight_to_its_end) {
    vc_run run;
    vci_fan fan;
    sample_yearly_run(&run);
    run.kept.n_draws = 0;
    ck_assert_int_eq(vci_fan_collect(&run, 0, &fan), VC_OK);
    ck_assert_uint_eq(fan.n_bands, 2);
    vci_fan_free(&fan);
    /* nothing to begin at: a bar, not a point */
    run.panel.values[0].value[63] = (double)NAN;
    run.panel.n_periods = 64;
    for (size_t t = 0; t < 63; t++) run.panel.values[0].value[t] = (double)NAN;
    ck_assert_int_eq(vci_fan_collect(&run, 0, &fan), VC_OK);
    ck_assert_uint_eq(fan.n_bands, 2);
    ck_assert(fan.bands[0].x < 2030 && fan.bands[1].x > 2030);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(small_cells_are_left_out) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    double to_date = births(&run, 1, 2013 * 12, 2013 * 12 + 6);
    run.settings.min_cell = to_date + 1;
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(0, 1), &fan), VC_OK);
    ck_assert(fan.small);
    ck_assert_uint_eq(fan.n_observed + fan.n_last_year + fan.n_bands, 0);
    vci_fan_label_all(&fan, VC_CHINESE);
    ck_assert_uint_eq(fan.n_labels, 0);
    vci_fan_free(&fan);
    /* some months of the lesser townships are small, no two months are */
    run.settings.min_cell = 26;
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(0, 1), &fan), VC_OK);
    ck_assert(!fan.small);
    ck_assert_uint_gt(fan.n_observed, 0);
    ck_assert_uint_le(fan.n_observed, 2);
    ck_assert(fan.observed[fan.n_observed - 1].x == 6);
    ck_assert(fan.observed[fan.n_observed - 1].y == to_date);
    ck_assert_uint_eq(fan.n_last_year, 3); /* where the spans of both year ends meet */
    ck_assert(fan.last_year[0].x == 6 && fan.last_year[1].x == 8);
    ck_assert(fan.last_year[2].x == 11);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

/* Of the two sexes the smaller one decides; services are not vital events. */
START_TEST(the_smallest_count_decides) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    double girls = 0;
    for (size_t t = 19; t < 21; t++) /* the two months between last year's spans */
        girls += run.panel.count[VC_BIRTHS_FEMALE][31 + t];
    run.settings.min_cell = girls + 1;
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(2, 1), &fan), VC_OK);
    ck_assert(fan.small);
    vci_fan_free(&fan);
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(0, 1), &fan), VC_OK);
    ck_assert(!fan.small);
    vci_fan_free(&fan);
    run.settings.min_cell = 1e9;
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(3, 1), &fan), VC_OK);
    ck_assert(!fan.small);
    ck_assert_uint_eq(fan.n_bands, 0); /* not projected */
    ck_assert_uint_eq(fan.n_observed, 7);
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(labels_do_not_overlap) {
    vc_run run;
    vci_fan fan;
    sample_run(13, &run);
    ck_assert_int_eq(vci_fan_collect(&run, RESULT(2, 0), &fan), VC_OK);
    double *places[] = {&run.results[RESULT(2, 0)].bound,
                        &run.results[RESULT(2, 0)].quantile[VC_MEDIAN],
                        &fan.last_year[11].y};
    for (int i = 0; i < 27; i++) { /* at the bottom, in the middle, at the top */
        *places[0] = fan.y.low + (fan.y.high - fan.y.low) * (i % 3) / 2;
        *places[1] = fan.y.low + (fan.y.high - fan.y.low) * (i / 3 % 3) / 2;
        *places[2] = fan.y.low + (fan.y.high - fan.y.low) * (i / 9) / 2;
        vci_fan_label_all(&fan, VC_ENGLISH);
        ck_assert_uint_eq(fan.n_labels, 3);
        for (size_t l = 0; l < 3; l++) {
            ck_assert_double_gt(fan.labels[l].place, 0);
            ck_assert_double_lt(fan.labels[l].place, 1.2);
            if (l > 0) {
                double lines = 0.5 * (fan.labels[l].lines + fan.labels[l - 1].lines);
                ck_assert_double_gt(fan.labels[l - 1].place - fan.labels[l].place,
                                    lines / 17 - 1e-9);
            }
        }
    }
    vci_fan_free(&fan);
    vc_run_free(&run);
}
END_TEST

START_TEST(axis_steps_are_round) {
    ck_assert(vci_range_around(0, 5992, 0).step == 1000);
    ck_assert(vci_range_around(102.3, 117.9, 1).step == 5);
    ck_assert(vci_range_around(0, 2.4, 0).step == 1); /* never half a person */
    vci_range range = vci_range_around(10.1, 11.2, 2);
    ck_assert(range.step == 0.2);
    ck_assert_int_eq(range.digits, 1);
    ck_assert_int_eq(vci_range_around(0, 0.15, 2).digits, 3); /* 0.025 */
    range = vci_range_around(5, 5, 0);
    ck_assert(range.high > range.low);
}
END_TEST

START_TEST(lack_of_memory_is_told) {
    vc_run run;
    sample_yearly_run(&run);
    for (long calls = 0; calls < 4; calls++) {
        vci_fan fan;
        vci_memory_fail_at(calls);
        vc_status st = vci_fan_collect(&run, 0, &fan);
        vci_memory_fail_at(-1);
        ck_assert_int_eq(st, VC_NO_MEMORY);
        vci_fan_free(&fan);
    }
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(the_observed_line_is_the_figure_to_date),
        VCT(the_fan_joins_the_last_observation),
        VCT(the_fan_leaves_incomplete_periods_open),
        VCT(a_year_of_two_calendar_years_begins_in_october),
        VCT(a_yearly_series_shows_its_history_and_every_year_ahead),
        VCT(a_year_that_is_over_has_no_fan),
        VCT(a_series_without_kept_draws_goes_straight_to_its_end),
        VCT(small_cells_are_left_out),
        VCT(the_smallest_count_decides),
        VCT(labels_do_not_overlap),
        VCT(axis_steps_are_round),
        VCT(lack_of_memory_is_told)};
    return vct_run("chart/fan_numbers", tests, VCT_COUNT(tests));
}
