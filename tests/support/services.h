/* Shares of births, migration, and services of all three kinds, for the hand-made panel. */
#ifndef VCT_SERVICES_H
#define VCT_SERVICES_H

#include "vitalcast/panel.h"
#include "vitalcast/target.h"

#define VCT_SERVICE_MONTHS 19 /* 2019-01 to 2020-07 */

enum { VCT_QUOTA, VCT_STOCK, VCT_SURVEY, VCT_SERVICES };

/*
 * Adds to a panel of so many months: births in line with policy, arrivals, departures;
 * "checkups", a quota: 10 and 5 a month of 130 and 50 a year, the county's sum; "entry", a
 * stock: 90 to 98 of 100 and 40 of 40; "satisfied", a survey: township 1 every third
 * month, 45 of 50, and one of the county. Targets 2 to 6, of all units: at most 97 % each,
 * policy_compliance_rate at most 95, net_migration_rate at most 5.
 */
void vct_services_add(vc_panel *panel, vc_targets *targets);

#endif
