/*
 * Terms of the calendar less their mean in that calendar month (over a whole Gregorian
 * cycle of 400 years; over 1900 to 2100 for the Chinese year): without that they would
 * fight with the month effects for the same information.
 */
#include "fit/calendar_internal.h"

#include "fit/lunar_internal.h"
#include "num/elementary_internal.h"

#define FESTIVAL_DAYS 7

enum { MONDAY, SATURDAY = 5, SUNDAY, WEEK };

/* How often each day of the week comes in a month; 1970-01-01 was a Thursday. */
static void count_days(vc_period month, int count[WEEK]) {
    int32_t day = vc_period_first_day(month, VC_MONTHLY);
    int days = vc_period_days(month, VC_MONTHLY);
    for (int i = MONDAY; i < WEEK; i++) count[i] = 0;
    for (int i = 0; i < days; i++) count[((day + i + 3) % WEEK + WEEK) % WEEK]++;
}

/* Of the days, which the exposure counts already: 29 February is not to count twice. */
static double log_weekdays(vc_period month) {
    int count[WEEK], n = 0;
    count_days(month, count);
    for (int i = MONDAY; i < SATURDAY; i++) n += count[i];
    return vci_log((double)n / vc_period_days(month, VC_MONTHLY));
}

static double saturdays(vc_period month) {
    int count[WEEK];
    count_days(month, count);
    return count[SATURDAY] - count[SUNDAY];
}

/*
 * Share of the seven days from the eve of Chinese New Year on that lie in a month: offices
 * are closed then.
 */
static double festival_share(vc_period month) {
    int year = vc_period_year(month, VC_MONTHLY);
    int32_t from = vc_period_first_day(month, VC_MONTHLY), days = 0;
    int32_t to = vc_period_first_day(month + 1, VC_MONTHLY);
    int32_t eve = vci_lunar_new_year(year) - 1;
    for (int32_t day = eve; day < eve + FESTIVAL_DAYS; day++)
        days += day >= from && day < to;
    return (double)days / FESTIVAL_DAYS;
}

static double (*const VALUES[VC_CALENDAR_TERMS])(vc_period) = {
    [VC_LOG_WEEKDAYS] = log_weekdays,
    [VC_LUNAR_NEW_YEAR] = festival_share,
    [VC_SATURDAYS] = saturdays};

void vci_calendar_fill(vc_calendar_term term, vc_period first, size_t n, double *x) {
    double mean[12] = {0};
    bool lunar = term == VC_LUNAR_NEW_YEAR;
    double (*const value)(vc_period) = VALUES[term];
    int from = lunar ? VCI_LUNAR_FIRST : 2000, to = lunar ? VCI_LUNAR_LAST : 2399;
    for (vc_period month = from * 12; month < (to + 1) * 12; month++)
        mean[month % 12] += value(month) / (to - from + 1);
    for (size_t t = 0; t < n; t++) {
        vc_period month = first + (vc_period)t;
        x[t] = value(month) - mean[vc_period_in_year(month, VC_MONTHLY)];
    }
}
