/* Setting a simulation up: its parts, its window of periods, its blocks. */
#include "simulate/simulation_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

/* A block is at most this large, so that it stays in the caches. */
#define BLOCK_BYTES ((size_t)8 << 20)
#define BLOCK_BATCHES 8

vc_status vci_single_unit_tree(const vc_unit_tree *tree, size_t unit,
                               vc_unit_tree *single) {
    vc_status st = VC_OK;
    const vc_unit *from = &tree->units[unit];
    *single = (vc_unit_tree){0};
    VC_NEW(single->units, 1);
    single->n = 1;
    single->units[0] = (vc_unit){.parent = VC_NO_UNIT, .leaf = true};
    single->units[0].valid_from = single->units[0].valid_to = VC_NO_PERIOD;
    VC_COPY_TEXT(single->units[0].code, from->code);
    VC_COPY_TEXT(single->units[0].name, from->name);
    VC_NEW(single->down, 1);
    VC_NEW(single->leaves, 1);
    VC_NEW(single->child_begin, 2);
    VC_NEW(single->children, 1);
    single->n_leaves = single->n_levels = 1;
out:
    if (st != VC_OK) vc_unit_tree_free(single);
    return st;
}

static bool is_drawn(const vc_panel *panel, vc_event event) {
    return (event == VC_BIRTHS || event == VC_DEATHS || event == VC_BIRTHS_MALE ||
            event == VC_BIRTHS_FEMALE) &&
           panel->has[event];
}

/* A leaf's row lacks a figure after its first one. */
static bool lacks(const double *row, size_t n, size_t t) {
    if (!isnan(row[t])) return false;
    for (size_t s = 0; s < n; s++)
        if (!isnan(row[s])) return s < t;
    return false;
}

vc_period vci_first_unknown(const vc_panel *panel, vc_period window) {
    size_t n = panel->n_periods;
    size_t from = window > panel->first ? (size_t)(window - panel->first) : 0;
    size_t complete = n > panel->n_late ? n - panel->n_late : 0;
    for (size_t t = from; t < complete; t++)
        for (int e = 0; e < VC_EVENTS; e++)
            for (size_t i = 0; is_drawn(panel, (vc_event)e) && i < panel->tree.n_leaves;
                 i++)
                if (lacks(panel->count[e] + panel->tree.leaves[i] * n, n, t))
                    return panel->first + (vc_period)t;
    if (complete < from) complete = from < n ? from : n;
    return panel->first + (vc_period)complete;
}

static vc_status add_part(vci_simulation *s, const vc_fit *fit, vc_dating dating, size_t h,
                          vci_part *part) {
    vc_status st = VC_OK;
    vci_role role = !strcmp(fit->role, "births")   ? vci_role_births
                    : !strcmp(fit->role, "deaths") ? vci_role_deaths
                    : !strcmp(fit->role, "sex")    ? vci_role_sex
                                                   : vci_role_value(fit->series, fit->unit);
    unsigned number = (unsigned)(part - s->parts);
    uint64_t seed = s->seed;
    part->fit = fit;
    part->tree = &s->panel->tree;
    if (role.unit != VC_NO_UNIT) {
        VC_TRY(vci_single_unit_tree(&s->panel->tree, role.unit, &part->own_tree));
        part->tree = &part->own_tree;
        number = VCI_VALUE_ROLE;
        seed = vci_mix_text(seed, s->panel->values[role.series].indicator);
    }
    VC_TRY(vci_observations_build(s->panel, &role, &fit->model, &s->population, dating, h,
                                  &part->observations));
    VC_TRY(vci_sampler_init(&part->sampler, fit, part->tree, &part->observations, seed,
                            number, s->first));
    if (!strcmp(fit->role, "births")) s->births = part;
    if (!strcmp(fit->role, "deaths")) s->deaths = part;
    if (!strcmp(fit->role, "sex")) s->sex = part;
out:
    return st;
}

static vc_status add_benches(vci_simulation *s, unsigned threads) {
    vc_status st = VC_OK;
    VC_NEW(s->benches, threads);
    s->n_benches = threads;
    for (size_t b = 0; b < threads; b++) {
        vci_bench *bench = &s->benches[b];
        VC_NEW(bench->work, s->n_parts);
        VC_NEW(bench->eta, s->n_parts);
        for (size_t i = 0; i < s->n_parts; i++) {
            const vci_part *part = &s->parts[i];
            VC_TRY(vci_sampler_work_init(&part->sampler, &bench->work[i]));
            VC_NEW(bench->eta[i], part->tree->n_leaves * s->n_periods * VCI_BATCH);
        }
    }
out:
    return st;
}

/* Whole batches, so that every thread has one. */
static size_t block_size(const vci_simulation *s, unsigned threads) {
    size_t per_draw = s->n_periods * s->panel->tree.n * 5 * sizeof(int64_t);
    size_t batches = BLOCK_BYTES / (per_draw * VCI_BATCH + 1);
    if (batches > BLOCK_BATCHES) batches = BLOCK_BATCHES;
    if (batches < threads) batches = threads;
    return batches * VCI_BATCH;
}

vc_status vci_simulation_init(vci_simulation *s, const vc_panel *panel, size_t n_fits,
                              const vc_fit *fits, const vc_model *population,
                              vc_dating dating, uint64_t seed, vc_period window,
                              vc_period horizon, unsigned threads) {
    vc_status st = VC_OK;
    vc_period end = panel->first + (vc_period)panel->n_periods;
    size_t h = horizon >= end ? (size_t)(horizon - end + 1) : 0;
    *s = (vci_simulation){.panel = panel, .seed = seed};
    s->first = vci_first_unknown(panel, window);
    if (s->first > horizon) s->first = horizon;
    s->n_periods = (size_t)(horizon - s->first + 1);
    s->growth_sd = population->drift_sd / (double)panel->frequency;
    VC_TRY(vci_population_fill(panel, population, h, &s->population));
    VC_NEW(s->parts, n_fits);
    for (size_t i = 0; i < n_fits; i++) {
        s->n_parts++;
        VC_TRY(add_part(s, &fits[i], dating, h, &s->parts[i]));
    }
    VC_TRY(add_benches(s, threads ? threads : 1));
    s->block = block_size(s, threads ? threads : 1);
out:
    if (st != VC_OK) vci_simulation_free(s);
    return st;
}

void vci_simulation_free(vci_simulation *s) {
    for (size_t b = 0; b < s->n_benches; b++) {
        for (size_t i = 0; i < s->n_parts; i++) {
            if (s->benches[b].work) vci_sampler_work_free(&s->benches[b].work[i]);
            if (s->benches[b].eta) vci_free(s->benches[b].eta[i]);
        }
        vci_free(s->benches[b].work);
        vci_free(s->benches[b].eta);
    }
    for (size_t i = 0; i < s->n_parts; i++) {
        vci_sampler_free(&s->parts[i].sampler);
        vc_observations_free(&s->parts[i].observations);
        vc_unit_tree_free(&s->parts[i].own_tree);
    }
    vci_population_free(&s->population);
    vci_free(s->benches);
    vci_free(s->parts);
    *s = (vci_simulation){0};
}
