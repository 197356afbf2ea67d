/*
 * Total points of the members of a class when the weights of the targets move: in each draw
 * the weight of an indicator is multiplied by a factor of its own, uniform within 1 - x and
 * 1 + x, and a unit's weights are scaled back to their old total. A weight belongs to the
 * rule, so it moves for all units alike.
 */
#ifndef VCI_MOVED_WEIGHTS_INTERNAL_H
#define VCI_MOVED_WEIGHTS_INTERNAL_H

#include "assess/outcome_internal.h"
#include "vitalcast/ranking.h"

/* A target of a member that has points. */
typedef struct vci_weighted {
    size_t result, factor;
    const vc_target *target; /* borrowed */
    double bound, bound_high;
} vci_weighted;

typedef struct vci_moved_weights {
    size_t n, n_members, capacity;
    vci_weighted *items; /* [n] by member */
    size_t *begin; /* [n_members + 1] member k has items begin[k] .. begin[k + 1] - 1 */
    size_t n_factors;
    const char **indicator; /* [n_factors] borrowed */
    uint64_t seed;
    uint32_t year_end;
    double by;
    double *factor; /* [n_factors][capacity] */
    double *total;  /* [n_members][capacity] of the block */
    bool *weighted; /* [n_members] has a target with points */
} vci_moved_weights;

/* tallies, target: as in vci_commendations_init. */
vc_status vci_moved_weights_init(const vc_run *run, const vc_ranking *ranking,
                                 size_t n_results, const vci_tally *tallies,
                                 const size_t *target, size_t capacity,
                                 vci_moved_weights *weights);
void vci_moved_weights_free(vci_moved_weights *weights);

/* The totals of the draws that the outcomes hold now; NaN where one is open. */
void vci_moved_weights_block(vci_moved_weights *weights, const vci_outcomes *outcomes);

/* A member's row of totals; NULL if none of its targets has points. */
const double *vci_moved_weights_row(const vci_moved_weights *weights, size_t member);

#endif
