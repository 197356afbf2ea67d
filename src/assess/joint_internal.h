/*
 * What is made of several targets in the same draws: outcomes of a block, and a scorecard
 * for each unit and year end with points or a veto. Lives as long as the pass over the
 * blocks; memory goes with (results that take part + scorecards) x draws of a block.
 *
 * After vci_joint_add the rows of a block are there for whoever goes on from them, such as
 * ranks: total[c * capacity + d] and veto[c * capacity + d] belong to scorecard c and to
 * draw outcomes.first_draw + d, d < outcomes.n_draws. cards[c].unit and .year_end say whose
 * they are; the cards stand by year end, then by unit. A veto leaves the total as it is:
 * who ranks excludes where veto is VCI_NOT_MET.
 */
#ifndef VCI_JOINT_INTERNAL_H
#define VCI_JOINT_INTERNAL_H

#include "assess/scorecard_internal.h"

typedef struct vci_joint {
    vci_outcomes outcomes;
    size_t n_cards;
    vci_card *cards;
    unsigned char *all;    /* [n_cards][capacity] vci_outcome: every target met */
    unsigned char *veto;   /* [n_cards][capacity] vci_outcome: no veto target missed */
    double *total;         /* [n_cards][capacity] points; NaN: open, or there are none */
    const double **points; /* [n_year_ends of the run][n_units] rows of total, or NULL */
} vci_joint;

/*
 * Finds the scorecards of a run's tallies (in the order of run->results), lends rows to
 * those that are drawn and settles the others.
 *
 * wanted    [in,out] whose outcomes others need; those that scorecards need are added
 * capacity  most draws of a block
 */
vc_status vci_joint_init(const vc_run *run, const vci_population *population, size_t n,
                         vci_tally *tallies, bool wanted[VC_DIM(n)], size_t capacity,
                         vci_joint *joint);
void vci_joint_free(vci_joint *joint);

/* The draws that the tallies have just written. */
void vci_joint_add(vci_joint *joint, size_t first_draw, size_t n_draws);

/* run->scorecards. */
vc_status vci_joint_finish(const vci_joint *joint, vc_run *run);

#endif
