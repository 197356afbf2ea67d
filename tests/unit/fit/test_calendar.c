/* Terms of the calendar against the calendar itself. */
#include "fit/calendar_internal.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "core/lunar_internal.h"
#include "support/harness.h"

static int32_t days_to(int year, int month, int day) {
    struct tm date = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return (int32_t)(timegm(&date) / 86400);
}

/* Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Tables. */
START_TEST(new_years_days_are_the_published_ones) {
    static const int known[][3] = {{1980, 2, 16}, {2000, 2, 5},  {2012, 1, 23},
                                   {2015, 2, 19}, {2020, 1, 25}, {2021, 2, 12},
                                   {2022, 2, 1},  {2024, 2, 10}, {2033, 1, 31}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert_int_eq(vci_lunar_new_year(known[i][0]),
                         days_to(known[i][0], known[i][1], known[i][2]));
}
END_TEST

/*
 * Differences between years of one calendar month are free of its long-run mean: January
 * 2020 held all seven days (24 to 30), January 2021 none, January 2022 only the eve.
 */
START_TEST(the_festival_is_shared_out_by_days) {
    double y2020[12], y2021[12], y2022[12];
    vci_calendar_fill(VC_LUNAR_NEW_YEAR, 2020 * 12, 12, y2020);
    vci_calendar_fill(VC_LUNAR_NEW_YEAR, 2021 * 12, 12, y2021);
    vci_calendar_fill(VC_LUNAR_NEW_YEAR, 2022 * 12, 12, y2022);
    CHECK_CLOSE(y2020[0] - y2021[0], 1, 1e-12, 0);
    CHECK_CLOSE(y2021[1] - y2020[1], 1, 1e-12, 0);
    CHECK_CLOSE(y2022[0] - y2021[0], 1.0 / 7, 1e-12, 0);
    CHECK_CLOSE(y2022[1] - y2020[1], 6.0 / 7, 1e-12, 0);
    for (int m = 2; m < 12; m++) CHECK_CLOSE(y2020[m], 0, 0, 1e-12);
}
END_TEST

START_TEST(terms_are_deviations_from_their_long_run_mean) {
    static double x[201 * 12];
    double sum[12] = {0};
    vci_calendar_fill(VC_LUNAR_NEW_YEAR, 1900 * 12, 201 * 12, x);
    for (int t = 0; t < 201 * 12; t++) sum[t % 12] += x[t];
    for (int m = 0; m < 12; m++) CHECK_CLOSE(sum[m], 0, 0, 1e-10);
}
END_TEST

/* February 2021 began on a Monday, 20 weekdays of 28 days; February 2024 had 21 of 29. */
START_TEST(weekdays_are_logs) {
    double x[12], y[12];
    vci_calendar_fill(VC_LOG_WEEKDAYS, 2021 * 12, 12, x);
    vci_calendar_fill(VC_LOG_WEEKDAYS, 2024 * 12, 12, y);
    CHECK_CLOSE(y[1] - x[1], log(21.0 / 29 / (20.0 / 28)), 1e-12, 0);
}
END_TEST

/* March 2020 had four Saturdays and five Sundays, March 2021 four of both. */
START_TEST(saturdays_are_counted_against_sundays) {
    double x[12], y[12];
    vci_calendar_fill(VC_SATURDAYS, 2020 * 12, 12, x);
    vci_calendar_fill(VC_SATURDAYS, 2021 * 12, 12, y);
    CHECK_CLOSE(y[2] - x[2], 1, 1e-12, 0);
    CHECK_CLOSE(y[1] - x[1], -1, 1e-12, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(new_years_days_are_the_published_ones), VCT(the_festival_is_shared_out_by_days),
        VCT(terms_are_deviations_from_their_long_run_mean), VCT(weekdays_are_logs),
        VCT(saturdays_are_counted_against_sundays)};
    return vct_run("fit/calendar", tests, VCT_COUNT(tests));
}
