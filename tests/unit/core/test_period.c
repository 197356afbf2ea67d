/* Periods against the C library's calendar. */
#include <string.h>
#include <time.h>

#include "support/harness.h"
#include "vitalcast/period.h"

START_TEST(reads_exactly_one_form) {
    vc_period p;
    ck_assert(vc_period_parse("2013-07", VC_MONTHLY, &p));
    ck_assert_int_eq(p, 2013 * 12 + 6);
    ck_assert(vc_period_parse("2013-Q3", VC_QUARTERLY, &p));
    ck_assert_int_eq(p, 2013 * 4 + 2);
    ck_assert(vc_period_parse("2013", VC_YEARLY, &p));
    ck_assert_int_eq(p, 2013);
    static const char *const bad[] = {"2013-13",    "2013-00",  "2013-7",   "13-07",
                                      "2013-07-01", "201307",   "2013/07",  "0999-01",
                                      "3000-01",    " 2013-07", "2013-07 ", "",
                                      "2013-0７",   "-2013-07", "2013"};
    for (size_t i = 0; i < VCT_COUNT(bad); i++)
        ck_assert_msg(!vc_period_parse(bad[i], VC_MONTHLY, &p), "%s", bad[i]);
    ck_assert(!vc_period_parse("2013-Q5", VC_QUARTERLY, &p));
    ck_assert(!vc_period_parse("2013-Q0", VC_QUARTERLY, &p));
    ck_assert(!vc_period_parse("2013-01", VC_YEARLY, &p));
}
END_TEST

START_TEST(writes_what_it_reads) {
    static const vc_frequency frequencies[] = {VC_MONTHLY, VC_QUARTERLY, VC_YEARLY};
    for (size_t f = 0; f < 3; f++) {
        vc_period step = (vc_period)frequencies[f];
        for (vc_period p = 1000 * step; p < 3000 * step; p += 7) {
            char text[VC_PERIOD_TEXT];
            vc_period back;
            vc_period_format(p, frequencies[f], text);
            ck_assert(vc_period_parse(text, frequencies[f], &back) && back == p);
        }
    }
}
END_TEST

/* Days since 1970 of the first of a month, by timegm. */
static int32_t library_day(int year, int month) {
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month, .tm_mday = 1};
    return (int32_t)(timegm(&tm) / 86400);
}

START_TEST(days_are_those_of_the_calendar) {
    for (vc_period p = 1900 * 12; p < 2200 * 12; p++)
        ck_assert_int_eq(vc_period_first_day(p, VC_MONTHLY), library_day(p / 12, p % 12));
    ck_assert_int_eq(vc_period_days(2020 * 12 + 1, VC_MONTHLY), 29);
    ck_assert_int_eq(vc_period_days(2100 * 12 + 1, VC_MONTHLY), 28);
    ck_assert_int_eq(vc_period_days(2000, VC_YEARLY), 366);
    ck_assert_int_eq(vc_period_days(2013 * 4, VC_QUARTERLY), 90);
}
END_TEST

START_TEST(assessment_years_end_anywhere) {
    /* Year ending September 2013: October 2012 to September 2013, 365 days. */
    vc_year y = vc_year_ending(2013 * 12 + 8, VC_MONTHLY);
    ck_assert_int_eq(y.first, 2012 * 12 + 9);
    ck_assert_int_eq(vc_period_span_days(y.first, y.end, VC_MONTHLY), 365);
    for (vc_period end = 2015 * 12; end < 2021 * 12; end++) {
        int days = vc_period_span_days(end - 11, end, VC_MONTHLY);
        ck_assert(days == 365 || days == 366);
    }
    ck_assert_int_eq(vc_year_ending(2030, VC_YEARLY).first, 2030);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_exactly_one_form), VCT(writes_what_it_reads),
                                     VCT(days_are_those_of_the_calendar),
                                     VCT(assessment_years_end_anywhere)};
    return vct_run("core/period", tests, VCT_COUNT(tests));
}
