/*
 * The rankings of a run over its blocks of draws: which results they need, who is vetoed in
 * a draw, one accumulator of ranks per class.
 */
#ifndef VCI_COMMENDATION_INTERNAL_H
#define VCI_COMMENDATION_INTERNAL_H

#include "assess/moved_weights_internal.h"
#include "assess/outcome_internal.h"
#include "assess/peer_internal.h"
#include "assess/ranking_internal.h"

/* A result that excludes a member of the class in the draws that miss its target. */
typedef struct vci_veto {
    size_t member, result;
} vci_veto;

typedef struct vci_commendation {
    vc_ranking *ranking; /* borrowed from the run */
    vci_ranks ranks;
    vci_moved_weights weights; /* where the rule moves them, with ranks of their own */
    vci_ranks moved;
    size_t n_changed; /* draws whose winners change by that */
    size_t n_vetoes;
    vci_veto *vetoes;
    size_t capacity;
    unsigned char *vetoed;     /* [n][capacity] */
    const double **score;      /* [n] rows of the block being added */
    const unsigned char **out; /* [n] same, into vetoed; NULL: has no veto */
} vci_commendation;

typedef struct vci_commendations {
    size_t n;
    vci_commendation *list;
    vci_peer_draws peers; /* of the block being added; empty without ranked peers */
} vci_commendations;

/*
 * The rankings that the rules of a workspace make of a run's classes, nothing computed: one
 * for each rule and class that has a figure to be ranked by. Peers of the class that have a
 * final yearly figure take part; findings say who has none or few (M09).
 */
vc_status vci_rankings_declare(const vc_workspace *workspace, vc_findings *findings,
                               vc_run *run);

/*
 * tallies, target  [n_results] in the order of the results to come
 * capacity         most draws of a block
 */
vc_status vci_commendations_init(vc_run *run, size_t n_results, const vci_tally *tallies,
                                 const size_t *target, size_t capacity,
                                 vci_commendations *commendations);
void vci_commendations_free(vci_commendations *commendations);

/* Sets wanted[result] of every result whose outcomes are needed. */
void vci_commendations_want(const vci_commendations *commendations, bool *wanted);

/*
 * Adds the draws that the outcomes hold. points: rows of the same draws, [n_year_ends of
 * the run][n_units], each NULL or the points of a unit in a year; NULL: there are none.
 */
vc_status vci_commendations_add(vci_commendations *commendations, const vc_run *run,
                                const vci_outcomes *outcomes, const double *const *points);

/*
 * effective[n_results]: number of hyper-parameter points behind the draws of a result;
 * fewest_of_all: the smallest of them, for points, which are made of many.
 */
vc_status vci_commendations_finish(vci_commendations *commendations,
                                   const double *effective, double fewest_of_all);

#endif
