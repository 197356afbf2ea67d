#include "vitalcast/boundary.h"

#include <string.h>

#include "data/standard_internal.h"

bool vc_boundary_vital(const vc_run *run, const char *indicator) {
    if (vci_standard_find(indicator) || vci_formula_find(&run->panel, indicator))
        return true;
    for (int e = 0; e < VC_EVENTS; e++)
        if (strcmp(vc_event_name((vc_event)e), indicator) == 0) return true;
    return false;
}

bool vc_boundary_service(const vc_run *run, const char *indicator) {
    return !vc_boundary_vital(run, indicator) &&
           vc_run_indicator_kind(run, indicator) == VC_INDICATOR_PROGRESS;
}

bool vc_boundary_decidable(const vc_run *run, const bool *decidable, size_t result) {
    const vc_result *r = &run->results[result];
    return !vc_boundary_vital(run, run->targets.list[r->target].indicator) ||
           r->unit == run->panel.tree.root || (decidable && decidable[result]);
}
