/* What share of the last periods' events counts as reported, and how that is known. */
#ifndef VCI_COMPLETENESS_INTERNAL_H
#define VCI_COMPLETENESS_INTERNAL_H

#include "cli/json_internal.h"
#include "vitalcast/run.h"

/* A line for each event whose last periods are incomplete; none where all are complete. */
vc_status vci_completeness_print(FILE *out, const vc_run *run, vc_language language);

/* Member `completeness`; its source is null where all is complete. */
void vci_completeness_json(vci_json *json, const vc_run *run);

#endif
