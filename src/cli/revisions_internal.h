/* The table of revisions: units and periods that were reported several times. */
#ifndef VCI_REVISIONS_INTERNAL_H
#define VCI_REVISIONS_INTERNAL_H

#include "cli/json_internal.h"
#include "vitalcast/panel.h"

/*
 * Of each event that changed: unit, period, the first figure, and figures by month of
 * report. Parts of the births are left out, and small figures are not told.
 *
 * panel     as read: changes of units not yet applied
 * min_cell  figures below it, other than 0, are withheld
 */
vc_status vci_revisions_print(FILE *out, const vc_panel *panel, double min_cell,
                              vc_language language);
void vci_revisions_json(vci_json *json, const vc_panel *panel, double min_cell);

#endif
