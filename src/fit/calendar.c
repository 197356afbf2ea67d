/*
 * Log weekdays of a month less the mean of that calendar month over a whole Gregorian cycle
 * of 400 years: without that the term would fight with the month effects for the same
 * information.
 */
#include "fit/calendar_internal.h"

#include "num/elementary_internal.h"

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

void vci_calendar_fill(vc_calendar_term term, vc_period first, size_t n, double *x) {
    double mean[12] = {0};
    (void)term; /* the only one so far */
    for (vc_period month = 2000 * 12; month < 2400 * 12; month++)
        mean[month % 12] += vci_log(weekdays(month)) / 400;
    for (size_t t = 0; t < n; t++) {
        vc_period month = first + (vc_period)t;
        x[t] = vci_log(weekdays(month)) - mean[vc_period_in_year(month, VC_MONTHLY)];
    }
}
