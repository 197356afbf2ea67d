/* Warnings of a run, from the runs before it in its store. */
#ifndef VCI_WARNING_HISTORY_INTERNAL_H
#define VCI_WARNING_HISTORY_INTERNAL_H

#include "vitalcast/run.h"

typedef struct vci_warning_history {
    size_t n_runs;  /* that are behind the warnings, the last one included */
    vc_warning *of; /* [n_results] of the run */
} vci_warning_history;

/*
 * Earlier runs are those in the run's own folder with the same workspace and basis, data as
 * of an earlier period of its assessment years; of several the one made last. Runs that
 * cannot be read tell nothing. The rules are those of the run itself. history: release with
 * vci_warning_history_free, also after a failure.
 */
vc_status vci_warning_history_find(const vc_run *run, vci_warning_history *history);
void vci_warning_history_free(vci_warning_history *history);

#endif
