/* The days of a month on which offices are open. */
#ifndef VCI_WORKING_DAY_INTERNAL_H
#define VCI_WORKING_DAY_INTERNAL_H

#include "vitalcast/period.h"

enum { VCI_MONDAY, VCI_SATURDAY = 5, VCI_SUNDAY, VCI_WEEK };

/* How often each day of the week comes in a month. */
void vci_week_days(vc_period month, int count[VC_DIM(VCI_WEEK)]);

/* Days from Monday to Friday in a month. */
int vci_weekdays(vc_period month);

/*
 * Share of the seven days from the eve of Chinese New Year on that lie in a month: offices
 * are closed then.
 */
double vci_festival_share(vc_period month);

#endif
