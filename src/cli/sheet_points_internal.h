/* Scorecards and the mock assessment day, as tables and as JSON. */
#ifndef VCI_SHEET_POINTS_INTERNAL_H
#define VCI_SHEET_POINTS_INTERNAL_H

#include "cli/sheet_internal.h"

/* Nothing where no target has points or a veto. */
vc_status vci_sheet_print_points(const vci_sheet *sheet, FILE *out);

/* The member "scorecards"; none where there are no scorecards. */
void vci_sheet_points_json(const vci_sheet *sheet, vci_json *json);

#endif
