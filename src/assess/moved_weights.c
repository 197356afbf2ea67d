/* Points under weights that move. */
#include "assess/moved_weights_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/random_internal.h"

static size_t factor_of(vci_moved_weights *w, const char *indicator) {
    size_t i = 0;
    while (i < w->n_factors && strcmp(w->indicator[i], indicator) != 0) i++;
    if (i == w->n_factors) w->indicator[w->n_factors++] = indicator;
    return i;
}

static void add_items(const vc_run *run, const vc_ranking *ranking, size_t member,
                      size_t n_results, const vci_tally *tallies, const size_t *target,
                      vci_moved_weights *w) {
    for (size_t i = 0; i < n_results; i++) {
        const vc_target *t = &run->targets.list[target[i]];
        if (tallies[i].unit != ranking->units[member].unit || isnan(t->points) ||
            t->year_end != ranking->year_end)
            continue;
        w->weighted[member] = true;
        w->items[w->n++] =
            (vci_weighted){.result = i,
                           .factor = factor_of(w, t->indicator),
                           .target = t,
                           .bound = vci_fraction_value(tallies[i].bound),
                           .bound_high = vci_fraction_value(tallies[i].bound_high)};
    }
}

vc_status vci_moved_weights_init(const vc_run *run, const vc_ranking *ranking,
                                 size_t n_results, const vci_tally *tallies,
                                 const size_t *target, size_t capacity,
                                 vci_moved_weights *w) {
    vc_status st = VC_OK;
    *w = (vci_moved_weights){.n_members = ranking->n_units,
                             .capacity = capacity,
                             .seed = run->seed,
                             .year_end = (uint32_t)ranking->year_end,
                             .by = ranking->weights};
    VC_NEW(w->items, n_results);
    VC_NEW(w->indicator, run->targets.n);
    VC_NEW(w->weighted, ranking->n_units);
    VC_NEW(w->begin, ranking->n_units + 1);
    for (size_t k = 0; k < ranking->n_units; k++) {
        add_items(run, ranking, k, n_results, tallies, target, w);
        w->begin[k + 1] = w->n;
    }
    VC_NEW(w->factor, w->n_factors * capacity);
    VC_NEW(w->total, ranking->n_units * capacity);
out:
    return st;
}

void vci_moved_weights_free(vci_moved_weights *w) {
    vci_free(w->items);
    vci_free(w->begin);
    vci_free(w->indicator);
    vci_free(w->factor);
    vci_free(w->total);
    vci_free(w->weighted);
    *w = (vci_moved_weights){0};
}

static void draw_factors(vci_moved_weights *w, size_t first_draw, size_t n) {
    for (size_t i = 0; i < w->n_factors; i++) {
        double *factor = w->factor + i * w->capacity;
        vci_stream stream = vci_stream_make(w->seed, w->indicator[i],
                                            VCI_PLACE(0, VCI_FOR_WEIGHT), w->year_end);
        vci_fill_uniform(&stream, (uint32_t)first_draw, n, factor);
        for (size_t d = 0; d < n; d++) factor[d] = 1 + w->by * (2 * factor[d] - 1);
    }
}

/* The points of a target in a draw, as its rule gives them; NaN: open. */
static double points_of(const vci_weighted *item, const vci_outcomes *o, size_t d) {
    size_t at = o->row[item->result] * o->capacity + d;
    if (o->met[at] == VCI_OPEN) return NAN;
    bool met = o->met[at] == VCI_MET;
    if (item->target->rule.rule == VC_ALL_OR_NONE) return met ? item->target->points : 0;
    return vc_scoring_points(item->target, item->bound, item->bound_high, o->figure[at],
                             met);
}

static void add_up(vci_moved_weights *w, size_t member, const vci_outcomes *o) {
    double *total = w->total + member * w->capacity;
    for (size_t d = 0; d < o->n_draws; d++) {
        double earned = 0, before = 0, after = 0;
        for (size_t i = w->begin[member]; i < w->begin[member + 1]; i++) {
            const vci_weighted *item = &w->items[i];
            double factor = w->factor[item->factor * w->capacity + d];
            earned += factor * points_of(item, o, d);
            before += item->target->points;
            after += factor * item->target->points;
        }
        total[d] = after > 0 ? earned * (before / after) : earned;
    }
}

void vci_moved_weights_block(vci_moved_weights *w, const vci_outcomes *o) {
    draw_factors(w, o->first_draw, o->n_draws);
#pragma omp parallel for schedule(static)
    for (size_t k = 0; k < w->n_members; k++)
        if (w->weighted[k]) add_up(w, k, o);
}

const double *vci_moved_weights_row(const vci_moved_weights *w, size_t member) {
    return member < w->n_members && w->weighted[member] ? w->total + member * w->capacity
                                                        : NULL;
}
