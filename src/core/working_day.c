#include "core/working_day_internal.h"

#include "core/lunar_internal.h"

#define FESTIVAL_DAYS 7

/* 1970-01-01 was a Thursday. */
void vci_week_days(vc_period month, int count[VC_DIM(VCI_WEEK)]) {
    int32_t day = vc_period_first_day(month, VC_MONTHLY);
    int days = vc_period_days(month, VC_MONTHLY);
    for (int i = VCI_MONDAY; i < VCI_WEEK; i++) count[i] = 0;
    for (int i = 0; i < days; i++)
        count[((day + i + 3) % VCI_WEEK + VCI_WEEK) % VCI_WEEK]++;
}

int vci_weekdays(vc_period month) {
    int count[VCI_WEEK], n = 0;
    vci_week_days(month, count);
    for (int i = VCI_MONDAY; i < VCI_SATURDAY; i++) n += count[i];
    return n;
}

double vci_festival_share(vc_period month) {
    int year = vc_period_year(month, VC_MONTHLY);
    int32_t from = vc_period_first_day(month, VC_MONTHLY), days = 0;
    int32_t to = vc_period_first_day(month + 1, VC_MONTHLY);
    int32_t eve = vci_lunar_new_year(year) - 1;
    for (int32_t day = eve; day < eve + FESTIVAL_DAYS; day++)
        days += day >= from && day < to;
    return (double)days / FESTIVAL_DAYS;
}
