/*
 * Where a run's figures deserve a second look, as far as small cells let it be told: who is
 * named, and whose figures are shown.
 */
#ifndef VCI_LOOKS_INTERNAL_H
#define VCI_LOOKS_INTERNAL_H

#include "vitalcast/quality.h"
#include "vitalcast/suppression.h"

typedef struct vci_looks {
    vc_quality quality;
    size_t n;
    const vc_quality_check **list; /* [n] found, and to be named; into quality */
    bool *told;                    /* [n] their figures may be told; else "*" */
    size_t n_withheld;             /* found where not even the unit is named */
} vci_looks;

/*
 * suppression  what may be told; NULL: everything, as to whoever has the tables before them
 * looks        [out] release with vci_looks_free, also after a failure
 *
 * A check's figures are told of the top unit, where every count that they rest on may be. A
 * unit is not named for what its name alone would tell: periods without events, years just
 * below a limit.
 */
vc_status vci_looks_find(const vc_panel *panel, const vc_targets *targets,
                         const vc_quality_options *options,
                         const vc_suppression *suppression, vci_looks *looks);

/* The same of a stored run, with its own settings. */
vc_status vci_looks_of_run(const vc_suppression *suppression, vci_looks *looks);

void vci_looks_free(vci_looks *looks);

#endif
