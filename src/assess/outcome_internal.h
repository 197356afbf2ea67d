/*
 * Year-end outcomes of one block of draws: every target of every unit in the same draws,
 * which is what points, ranks and joint probabilities are made of.
 */
#ifndef VCI_OUTCOME_INTERNAL_H
#define VCI_OUTCOME_INTERNAL_H

#include "assess/tally_internal.h"

typedef enum vci_outcome {
    VCI_NOT_MET,
    VCI_MET,
    VCI_OPEN /* nothing is drawn, a ratio has no denominator, or the bound is not known */
} vci_outcome;

/* One row for each result that takes part. */
typedef struct vci_outcomes {
    size_t n_results;
    size_t *row; /* [n_results] VCI_NO_ROW: takes no part */
    size_t n_rows, capacity;
    size_t first_draw, n_draws; /* those that the rows hold now */
    double *figure;             /* [n_rows][capacity] year-end figure; NaN: undefined */
    unsigned char *met;         /* [n_rows][capacity] vci_outcome */
} vci_outcomes;

#define VCI_NO_ROW SIZE_MAX

/*
 * wanted [n_results], in the order of run->results; capacity: most draws of a block. All
 * is open until a tally writes into it.
 */
vc_status vci_outcomes_init(size_t n_results, const bool wanted[VC_DIM(n_results)],
                            size_t capacity, vci_outcomes *outcomes);
void vci_outcomes_free(vci_outcomes *outcomes);

/* What a tally that is drawn writes into; nothing when its result takes no part. */
void vci_outcomes_lend(vci_outcomes *outcomes, size_t result, vci_tally *tally);

/* A figure that is known already: the same in every draw. p_met NaN: open. */
void vci_outcomes_settle(vci_outcomes *outcomes, size_t result, double figure,
                         double p_met);

#endif
