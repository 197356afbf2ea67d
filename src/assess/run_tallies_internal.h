/* The tallies of a run: one for each target and unit that has the indicator at all. */
#ifndef VCI_RUN_TALLIES_INTERNAL_H
#define VCI_RUN_TALLIES_INTERNAL_H

#include "assess/tally_internal.h"
#include "simulate/simulation_internal.h"
#include "vitalcast/run.h"

typedef struct vci_run_tallies {
    size_t n;
    vci_tally *list;
    size_t *target; /* [n] index of the target; NULL where only some are wanted */
    /* Those of one unit read the same draws: group g has by_unit[begin[g] .. begin[g + 1]].
     */
    size_t n_groups;
    size_t *begin;   /* [n_groups + 1] */
    size_t *by_unit; /* [n] indexes of tallies that are drawn */
} vci_run_tallies;

/* All of a run, in the order of its results; simulation NULL: nothing is drawn. */
vc_status vci_run_tallies_init(const vc_run *run, const vci_population *population,
                               const vci_simulation *simulation, vci_run_tallies *all);

/* Those of m results of a run that has them. */
vc_status vci_run_tallies_wanted(const vc_run *run, const vci_simulation *simulation,
                                 size_t m, const size_t result[VC_DIM(m)],
                                 vci_run_tallies *all);

void vci_run_tallies_free(vci_run_tallies *all);

/* A block of draws into each. */
void vci_run_tallies_add(vci_run_tallies *all, const vc_draws *draws);

#endif
