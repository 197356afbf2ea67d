/*
 * Terms of the calendar less their mean in that calendar month (over a whole Gregorian
 * cycle of 400 years; over 1900 to 2100 for the Chinese year): without that they would
 * fight with the month effects for the same information.
 */
#include "fit/calendar_internal.h"

#include "fit/lunar_internal.h"
#include "num/elementary_internal.h"

#define FESTIVAL_DAYS 7

/* Mondays to Fridays of a month; 1970-01-01 was a Thursday. */
static int weekdays(vc_period month) {
    int32_t day = vc_period_first_day(month, VC_MONTHLY);
    int n = 0, days = vc_period_days(month, VC_MONTHLY);
    for (int i = 0; i < days; i++) {
        int weekday = (int)(((day + i + 3) % 7 + 7) % 7); /* 0 = Monday */
        n += weekday < 5;
    }
    return n;
}

static double log_weekdays(vc_period month) { return vci_log(weekdays(month)); }

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

void vci_calendar_fill(vc_calendar_term term, vc_period first, size_t n, double *x) {
    double mean[12] = {0};
    bool lunar = term == VC_LUNAR_NEW_YEAR;
    double (*const value)(vc_period) = lunar ? festival_share : log_weekdays;
    int from = lunar ? VCI_LUNAR_FIRST : 2000, to = lunar ? VCI_LUNAR_LAST : 2399;
    for (vc_period month = from * 12; month < (to + 1) * 12; month++)
        mean[month % 12] += value(month) / (to - from + 1);
    for (size_t t = 0; t < n; t++) {
        vc_period month = first + (vc_period)t;
        x[t] = value(month) - mean[vc_period_in_year(month, VC_MONTHLY)];
    }
}
