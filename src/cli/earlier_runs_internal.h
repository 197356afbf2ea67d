/* Earlier runs of a workspace in a store. */
#ifndef VCI_EARLIER_RUNS_INTERNAL_H
#define VCI_EARLIER_RUNS_INTERNAL_H

#include "vitalcast/store.h"

typedef struct vci_earlier_run {
    vc_period as_of;
    const vc_store_entry *entry; /* borrowed from the list */
} vci_earlier_run;

/*
 * Runs of a workspace with an as-of period from `from` to before `before`, by as-of period,
 * of one period the one made last first. runs: release with vci_free.
 */
vc_status vci_earlier_runs_choose(const vc_store_list *list, const char *workspace,
                                  vc_frequency frequency, vc_period from, vc_period before,
                                  size_t *n, vci_earlier_run **runs);

/*
 * Loads the latest run of a workspace and basis before a period; where several have its
 * as-of period, the one made last. found: is there one? run is released by the caller.
 */
vc_status vci_earlier_run_last(const char *store, const char *workspace, const char *basis,
                               vc_frequency frequency, vc_period before, vc_run *run,
                               bool *found);

#endif
