/* The order in which results stand in tables, reports and workbooks. */
#ifndef VCI_ROW_ORDER_INTERNAL_H
#define VCI_ROW_ORDER_INTERNAL_H

#include "vitalcast/run.h"

/* Sorts results[n] by year end, length, first place of the indicator, unit, target. */
vc_status vci_row_order(const vc_run *run, size_t n, size_t *results);

#endif
