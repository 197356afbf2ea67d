/* What the files that fill a block share: one batch of its draws. */
#ifndef VCI_BATCH_INTERNAL_H
#define VCI_BATCH_INTERNAL_H

#include "simulate/simulation_internal.h"

/* What a thread is doing: draws first .. first + n - 1, at `offset` in the block. */
typedef struct vci_batch {
    const vci_simulation *s;
    vci_bench *bench;
    vc_draws *draws;
    uint32_t first;
    size_t n, offset;
} vci_batch;

/* The batch's cells of a unit and period; of a [period][unit][draw] array. */
int64_t *vci_batch_cell(const vci_batch *batch, int64_t *array, size_t period, size_t unit);
void vci_batch_constant(const vci_batch *batch, int64_t *cell, int64_t value);

/*
 * Where random numbers of a part stand. Those of series are keyed by their name: one series
 * more or less changes nothing else.
 */
vci_stream vci_batch_stream(const vci_batch *batch, const vci_part *part, size_t unit,
                            unsigned purpose, size_t period);

/* eta[VCI_BATCH] of a part's leaf in a period. */
const double *vci_batch_eta(const vci_batch *batch, const vci_part *part, size_t leaf,
                            size_t period);

/* The dispersion of a part at the batch's hyper-parameter point. */
double vci_batch_sd(const vci_batch *batch, const vci_part *part);

/* Rates: exposure * exp(eta) * gamma factor of the negative binomial. */
void vci_batch_rates(const vci_batch *batch, const vci_part *part, size_t leaf, size_t unit,
                     size_t period, double *rate);

/* Shares: logistic(eta), or a beta around it where the family is beta-binomial. */
void vci_batch_shares(const vci_batch *batch, const vci_part *part, size_t leaf,
                      size_t unit, size_t period, double *p);

/* All periods of a leaf's events; of a unit's population; of a series' unit or leaves. */
void vci_draw_events(const vci_batch *batch, size_t leaf, size_t unit);
void vci_draw_population(const vci_batch *batch, size_t unit);
void vci_draw_value(const vci_batch *batch, const vci_part *part);
void vci_draw_progress(const vci_batch *batch, const vci_part *part);

#endif
