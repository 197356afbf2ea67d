/*
 * One block of joint draws, batch by batch. Parents are sums, so children always add up.
 */
#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/memory_internal.h"
#include "simulate/batch_internal.h"

#define B VCI_BATCH

void vc_draws_free(vc_draws *draws) {
    for (int e = 0; e < VC_EVENTS; e++) vci_free(draws->count[e]);
    for (size_t i = 0; draws->value && i < draws->n_values; i++) vci_free(draws->value[i]);
    for (size_t i = 0; i < draws->n_progress; i++) {
        if (draws->numerator) vci_free(draws->numerator[i]);
        if (draws->denominator) vci_free(draws->denominator[i]);
    }
    vci_free(draws->population);
    vci_free(draws->value);
    vci_free(draws->numerator);
    vci_free(draws->denominator);
    *draws = (vc_draws){0};
}

static vc_status init_progress(const vci_simulation *s, size_t cells, vc_draws *draws) {
    vc_status st = VC_OK;
    const vc_panel *panel = s->panel;
    if (panel->n_progress == 0) goto out;
    VC_NEW(draws->numerator, panel->n_progress);
    VC_NEW(draws->denominator, panel->n_progress);
    draws->n_progress = panel->n_progress;
    for (size_t i = 0; i < panel->n_progress; i++) {
        VC_NEW(draws->numerator[i], cells);
        VC_NEW(draws->denominator[i], s->n_periods * panel->tree.n);
        vci_simulation_denominators(s, i, draws->denominator[i]);
    }
out:
    return st;
}

vc_status vci_draws_init(const vci_simulation *s, vc_draws *draws) {
    vc_status st = VC_OK;
    const vc_panel *panel = s->panel;
    size_t cells = s->n_periods * panel->tree.n * s->block;
    *draws = (vc_draws){.capacity = s->block, .n_units = panel->tree.n};
    draws->n_periods = s->n_periods;
    draws->first = s->first;
    for (int e = 0; e < VC_EVENTS; e++)
        if (vci_simulation_draws(s, (vc_event)e)) VC_NEW(draws->count[e], cells);
    if (panel->population) VC_NEW(draws->population, cells);
    if (panel->n_values) VC_NEW(draws->value, panel->n_values);
    draws->n_values = panel->n_values;
    for (size_t i = 0; i < panel->n_values; i++) VC_NEW(draws->value[i], cells);
    VC_TRY(init_progress(s, cells, draws));
out:
    if (st != VC_OK) vc_draws_free(draws);
    return st;
}

static void sum_children(const vci_batch *b, int64_t *array, size_t p, size_t u) {
    const vc_unit_tree *tree = &b->s->panel->tree;
    int64_t *sum = vci_batch_cell(b, array, p, u);
    vci_batch_constant(b, sum, 0);
    for (size_t c = tree->child_begin[u]; c < tree->child_begin[u + 1]; c++) {
        const int64_t *child = vci_batch_cell(b, array, p, tree->children[c]);
        for (size_t d = 0; d < b->n; d++) sum[d] += child[d];
    }
}

static void sum_up(const vci_batch *b, int64_t *array, const bool *only) {
    const vc_unit_tree *tree = &b->s->panel->tree;
    for (size_t p = 0; array && p < b->s->n_periods; p++)
        for (size_t i = tree->n; i-- > 0;) {
            size_t u = tree->down[i];
            if (!tree->units[u].leaf && (!only || only[u])) sum_children(b, array, p, u);
        }
}

static void sum_progress(const vci_batch *b, size_t series) {
    const vc_unit_tree *tree = &b->s->panel->tree;
    for (size_t i = tree->n; i-- > 0;) {
        size_t u = tree->down[i];
        if (b->s->standing[series][u] != VCI_SUM) continue;
        for (size_t p = 0; p < b->s->n_periods; p++)
            sum_children(b, b->draws->numerator[series], p, u);
    }
}

static void draw_series(const vci_batch *b) {
    const vci_simulation *s = b->s;
    for (size_t i = 0; i < s->n_parts; i++) {
        const vci_part *part = &s->parts[i];
        if (vci_role_progress(vc_role_find(part->fit->role)))
            vci_draw_progress(b, part);
        else if (part->fit->unit != VC_NO_UNIT)
            vci_draw_value(b, part);
    }
    for (size_t i = 0; i < b->draws->n_progress; i++) sum_progress(b, i);
}

static vc_status do_batch(const vci_batch *b) {
    vc_status st = VC_OK;
    const vci_simulation *s = b->s;
    const vc_unit_tree *tree = &s->panel->tree;
    for (size_t i = 0; i < s->n_parts; i++)
        VC_TRY(vci_sampler_draw(&s->parts[i].sampler, &b->bench->work[i], b->first, b->n,
                                b->bench->eta[i]));
    for (size_t i = 0; i < tree->n_leaves; i++) vci_draw_events(b, i, tree->leaves[i]);
    for (int e = 0; e < VC_EVENTS; e++) sum_up(b, b->draws->count[e], NULL);
    for (size_t u = 0; b->draws->population && u < tree->n; u++)
        if (!s->population.summed[u]) vci_draw_population(b, u);
    if (b->draws->population) sum_up(b, b->draws->population, s->population.summed);
    draw_series(b);
out:
    return st;
}

/* Units that have no such series are NaN, or 0 of 0. */
static void blank_series(vc_draws *draws) {
    size_t cells = draws->n_periods * draws->n_units * draws->n_draws;
    for (size_t i = 0; i < draws->n_values; i++)
        for (size_t c = 0; c < cells; c++) draws->value[i][c] = NAN;
    for (size_t i = 0; i < draws->n_progress; i++)
        memset(draws->numerator[i], 0, cells * sizeof *draws->numerator[i]);
}

/* Where batch i of a block begins: batches end where the samplers' groups end. */
static size_t batch_begin(size_t first_draw, size_t n, size_t i) {
    size_t at = i == 0 ? first_draw : (first_draw / B + i) * B;
    return at < first_draw + n ? at - first_draw : n;
}

vc_status vci_simulation_block(vci_simulation *s, size_t first_draw, size_t n,
                               vc_draws *draws) {
    vc_status st = VC_OK;
    int worst = VC_OK; /* the highest of the batches' codes, whatever their order */
    VC_REQUIRE(n > 0 && n <= draws->capacity, "%zu draws in a block of %zu", n,
               draws->capacity);
    size_t batches = (first_draw + n - 1) / B - first_draw / B + 1;
    draws->first_draw = first_draw;
    draws->n_draws = n;
    blank_series(draws);
#pragma omp parallel for schedule(dynamic) num_threads((int)s->n_benches)                  \
    reduction(max                                                                          \
              : worst)
    for (size_t i = 0; i < batches; i++) {
        size_t from = batch_begin(first_draw, n, i);
        vci_batch b = {s,
                       &s->benches[omp_get_thread_num()],
                       draws,
                       (uint32_t)(first_draw + from),
                       batch_begin(first_draw, n, i + 1) - from,
                       from};
        int status = (int)do_batch(&b);
        if (status > worst) worst = status;
    }
    if (worst != VC_OK) VC_FAIL((vc_status)worst, "draws from %zu on", first_draw);
out:
    return st;
}
