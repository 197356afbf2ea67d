/* Calendar terms, as deviations from what is usual in that calendar month. */
#ifndef VCI_CALENDAR_INTERNAL_H
#define VCI_CALENDAR_INTERNAL_H

#include "vitalcast/model.h"
#include "vitalcast/period.h"

/* x[n] of a term for monthly periods first, first + 1, … */
void vci_calendar_fill(vc_calendar_term term, vc_period first, size_t n, double *x);

#endif
