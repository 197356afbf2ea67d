/* The quality of a panel's figures as a table and as JSON. */
#ifndef VCI_QUALITY_PRINT_INTERNAL_H
#define VCI_QUALITY_PRINT_INTERNAL_H

#include "cli/json_internal.h"
#include "report/looks_internal.h"

/* What deserves a look, with its note; or that there is nothing. */
vc_status vci_quality_print(const vc_panel *panel, const vci_looks *looks,
                            vc_language language, FILE *out);

void vci_quality_json(vci_json *json, const vc_panel *panel, const vci_looks *looks);

#endif
