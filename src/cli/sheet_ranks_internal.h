/* Ranks and commendation of a run, as tables and as JSON. */
#ifndef VCI_SHEET_RANKS_INTERNAL_H
#define VCI_SHEET_RANKS_INTERNAL_H

#include "cli/sheet_internal.h"

/* One table per rule and class, the likeliest first; nothing where no rule is declared. */
vc_status vci_sheet_print_ranks(const vci_sheet *sheet, FILE *out);

/* "rankings": fields in docs/CLI.md; units in their own order. */
void vci_sheet_ranks_json(const vci_sheet *sheet, vci_json *json);

#endif
