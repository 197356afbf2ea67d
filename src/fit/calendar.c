/*
 * Terms of the calendar less their mean in that calendar month (over a whole Gregorian
 * cycle of 400 years; over 1900 to 2100 for the Chinese year): without that they would
 * fight with the month effects for the same information.
 */
#include "fit/calendar_internal.h"

#include "core/lunar_internal.h"
#include "core/working_day_internal.h"
#include "num/elementary_internal.h"

/* Of the days, which the exposure counts already: 29 February is not to count twice. */
static double log_weekdays(vc_period month) {
    return vci_log((double)vci_weekdays(month) / vc_period_days(month, VC_MONTHLY));
}

static double saturdays(vc_period month) {
    int count[VCI_WEEK];
    vci_week_days(month, count);
    return count[VCI_SATURDAY] - count[VCI_SUNDAY];
}

static double (*const VALUES[VC_CALENDAR_TERMS])(vc_period) = {
    [VC_LOG_WEEKDAYS] = log_weekdays,
    [VC_LUNAR_NEW_YEAR] = vci_festival_share,
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
