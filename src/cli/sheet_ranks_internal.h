/* Ranks and commendation of a run, as tables and as JSON. */
#ifndef VCI_SHEET_RANKS_INTERNAL_H
#define VCI_SHEET_RANKS_INTERNAL_H

#include "cli/sheet_internal.h"

/* One table per rule and class, the likeliest first; nothing where no rule is declared. */
vc_status vci_sheet_print_ranks(const vci_sheet *sheet, FILE *out);

/* "rankings": fields in docs/CLI.md; units in their own order. */
void vci_sheet_ranks_json(const vci_sheet *sheet, vci_json *json);

/* The name of a unit or peer. */
const char *vci_ranked_name(const vci_sheet *sheet, const vc_ranked *ranked);

/* A band in words, by the probability; a dash for none. */
const char *vci_band_text(double p_quota, vc_language language);

/* The same member under the rule that a ranking is compared with; NULL if it has none. */
const vc_ranked *vci_ranked_before(const vc_run *run, const vc_ranking *ranking,
                                   const vc_ranked *ranked);

/* Old and new rule side by side; the ranking is compared with another. */
vc_status vci_sheet_print_compared(const vci_sheet *sheet, const vc_ranking *ranking,
                                   FILE *out);
/* Its members of a unit's object; none where the ranking is not compared. */
void vci_sheet_compared_json(const vci_sheet *sheet, const vc_ranking *ranking,
                             const vc_ranked *ranked, vci_json *json);

#endif
