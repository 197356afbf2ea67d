/* What a batch of draws consists of: cells, streams, rates and shares. */
#include "simulate/batch_internal.h"

#include "num/elementary_internal.h"

#define B VCI_BATCH

int64_t *vci_batch_cell(const vci_batch *b, int64_t *array, size_t period, size_t unit) {
    return array + (period * b->draws->n_units + unit) * b->draws->n_draws + b->offset;
}

void vci_batch_constant(const vci_batch *b, int64_t *cell, int64_t value) {
    for (size_t d = 0; d < b->n; d++) cell[d] = value;
}

vci_stream vci_batch_stream(const vci_batch *b, const vci_part *part, size_t unit,
                            unsigned purpose, size_t period) {
    return vci_stream_make(part->seed, b->s->panel->tree.units[unit].code,
                           VCI_PLACE(part->number, purpose),
                           (uint32_t)b->s->first + (uint32_t)period);
}

const double *vci_batch_eta(const vci_batch *b, const vci_part *part, size_t leaf,
                            size_t period) {
    return b->bench->eta[part - b->s->parts] + (leaf * b->s->n_periods + period) * B;
}

double vci_batch_sd(const vci_batch *b, const vci_part *part) {
    return b->bench->work[part - b->s->parts].sd;
}

void vci_batch_rates(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                     size_t period, double *rate) {
    const vc_observations *o = &part->observations;
    const double *eta = vci_batch_eta(b, part, leaf, period);
    double off = o->log_exposure[leaf * (o->n + o->h) + part->sampler.first + period];
    for (size_t d = 0; d < b->n; d++) rate[d] = vci_exp(off + eta[d]);
    if (part->fit->model.family != VC_NEGATIVE_BINOMIAL) return;
    double sd = vci_batch_sd(b, part), size = 1 / (sd * sd);
    double shape[B], factor[B];
    for (size_t d = 0; d < b->n; d++) shape[d] = size;
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_GAMMA, period);
    vci_fill_gamma(&stream, b->first, b->n, shape, factor);
    for (size_t d = 0; d < b->n; d++) rate[d] *= factor[d] / size;
}

/* A beta is the ratio of two gammas. */
void vci_batch_shares(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                      size_t period, double *p) {
    const double *eta = vci_batch_eta(b, part, leaf, period);
    for (size_t d = 0; d < b->n; d++) p[d] = 1 / (1 + vci_exp(-eta[d]));
    if (part->fit->model.family != VC_BETA_BINOMIAL) return;
    double sd = vci_batch_sd(b, part), size = 1 / (sd * sd);
    double up[B], down[B], yes[B], no[B];
    for (size_t d = 0; d < b->n; d++) {
        up[d] = size * p[d];
        down[d] = size - up[d];
    }
    vci_stream first = vci_batch_stream(b, part, unit, VCI_FOR_GAMMA, period);
    vci_stream second = vci_batch_stream(b, part, unit, VCI_FOR_TOTAL, period);
    vci_fill_gamma(&first, b->first, b->n, up, yes);
    vci_fill_gamma(&second, b->first, b->n, down, no);
    /* Both vanish only where the shapes are tiny; then the share is 0 or 1 as p says. */
    for (size_t d = 0; d < b->n; d++)
        if (yes[d] + no[d] > 0) p[d] = yes[d] / (yes[d] + no[d]);
}
