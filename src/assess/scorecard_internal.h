/*
 * The accumulator of one scorecard: begin, add block, finish. It keeps sums and counts;
 * nothing by draw.
 */
#ifndef VCI_SCORECARD_INTERNAL_H
#define VCI_SCORECARD_INTERNAL_H

#include "assess/outcome_internal.h"
#include "vitalcast/scorecard.h"

typedef struct vci_card_item {
    size_t result;
    const vc_target *target; /* borrowed */
    double bound, bound_high;
    const double *class_mean; /* of the draws of a block: makes the bounds; NULL: none */
    vc_fraction fixed[2];     /* the bound that it does not make */
    size_t n_decided;
    double sum; /* of points, over the decided draws */
    /* Draws and totals by vci_outcome, where the total is known. */
    size_t n_total[2];
    double total[2];
    size_t tier[VC_SCORING_TIERS + 1];
} vci_card_item;

typedef struct vci_card {
    size_t unit;
    vc_period year_end, length;
    size_t n_items;
    vci_card_item *items; /* owns */
    double points;
    bool veto; /* some target has one */
    size_t n, n_all_met, n_open, n_veto, n_veto_open, n_total_open;
    double sum;
    /*
     * Totals that all lie on a grid, not too fine, are counted cell by cell: their
     * quantiles are exact. Others go into the histogram.
     */
    double grid; /* 0: none */
    size_t n_cells;
    uint32_t *cells; /* [n_cells] draws by total / grid; owns */
    vci_histogram total;
} vci_card;

/* To be called when the items are in place; the rest was zeroed. */
vc_status vci_card_begin(vci_card *card);
void vci_card_free(vci_card *card);

/*
 * The draws that the outcomes hold now. Rows of outcomes->capacity, all [out]:
 *
 * all     vci_outcome of `every target met`; open if one target is
 * veto    vci_outcome of `no veto`: VCI_NOT_MET where a veto target is missed, VCI_OPEN
 *         where none is missed and one open
 * total   total points; NaN: open, or no target has points
 */
void vci_card_add(vci_card *card, const vci_outcomes *outcomes, unsigned char *all,
                  unsigned char *veto, double *total);

vc_status vci_card_finish(const vci_card *card, vc_scorecard *out);

#endif
