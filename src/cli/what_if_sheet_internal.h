/* A run and the same run under a scenario, beside each other. */
#ifndef VCI_WHAT_IF_SHEET_INTERNAL_H
#define VCI_WHAT_IF_SHEET_INTERNAL_H

#include "cli/sheet_internal.h"
#include "vitalcast/what_if.h"

/* Both sheets have the results of one run, in one order; other: with the scenario. */
typedef struct vci_what_if {
    vci_sheet base, other;
    bool
        *told; /* [n_results] rests on what is changed and may be spoken of as its unit's */
} vci_what_if;

vc_status vci_what_if_init(const vc_run *base, const vc_run *other, vc_language language,
                           bool all, vci_what_if *both);
void vci_what_if_free(vci_what_if *both);

/* What is supposed; one table per year end of the results concerned; notes. */
vc_status vci_what_if_print(const vci_what_if *both, FILE *out);

/* Fields in docs/CLI.md; every result concerned. */
void vci_what_if_json(const vci_what_if *both, vci_json *json);

/* A goal that was sought in a run, as text and as JSON. */
vc_status vci_goal_print(const vc_run *run, vc_language language, const vc_goal *goal,
                         FILE *out);
vc_status vci_goal_json(const vc_run *run, vc_language language, const vc_goal *goal,
                        vci_json *json);

#endif
