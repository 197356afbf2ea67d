/* The first draws, kept in full for scenarios and for people who want to look. */
#include <math.h>
#include <string.h>

#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"

#define MOST_BYTES ((size_t)256 << 20)

static size_t bytes_per_draw(const vci_simulation *s) {
    size_t arrays = s->panel->n_values + s->panel->n_progress + 1;
    for (int e = 0; e < VC_EVENTS; e++) arrays += vci_simulation_draws(s, (vc_event)e);
    return arrays * sizeof(int32_t) * s->panel->tree.n * s->n_periods;
}

vc_status vci_kept_init(const vci_simulation *s, size_t draws, vc_kept *kept) {
    vc_status st = VC_OK;
    size_t most = MOST_BYTES / (bytes_per_draw(s) + 1);
    *kept = (vc_kept){.n_periods = s->n_periods, .first = s->first};
    kept->n_draws = draws < most ? draws : most;
    size_t cells = kept->n_draws * s->panel->tree.n * s->n_periods;
    for (int e = 0; e < VC_EVENTS; e++)
        if (vci_simulation_draws(s, (vc_event)e)) VC_NEW(kept->count[e], cells);
    if (s->panel->population) VC_NEW(kept->population, cells);
    if (s->panel->n_values) VC_NEW(kept->value, s->panel->n_values);
    kept->n_values = s->panel->n_values;
    for (size_t i = 0; i < kept->n_values; i++) VC_NEW(kept->value[i], cells);
    if (s->panel->n_progress) VC_NEW(kept->progress, s->panel->n_progress);
    kept->n_progress = s->panel->n_progress;
    for (size_t i = 0; i < kept->n_progress; i++) VC_NEW(kept->progress[i], cells);
out:
    return st;
}

/* Blocks are [period][unit][draw], kept draws [draw][unit][period]. */
static size_t kept_at(const vc_draws *draws, size_t p, size_t u, size_t draw) {
    return (draw * draws->n_units + u) * draws->n_periods + p;
}

static void keep_counts(const vc_draws *draws, size_t n, const int64_t *from, int32_t *to) {
    for (size_t p = 0; from && to && p < draws->n_periods; p++)
        for (size_t u = 0; u < draws->n_units; u++)
            for (size_t d = 0; d < n; d++)
                to[kept_at(draws, p, u, draws->first_draw + d)] =
                    (int32_t)from[(p * draws->n_units + u) * draws->n_draws + d];
}

static void keep_values(const vc_draws *draws, size_t n, const double *from, float *to) {
    for (size_t p = 0; p < draws->n_periods; p++)
        for (size_t u = 0; u < draws->n_units; u++)
            for (size_t d = 0; d < n; d++)
                to[kept_at(draws, p, u, draws->first_draw + d)] =
                    (float)from[(p * draws->n_units + u) * draws->n_draws + d];
}

/* Percent, at most the cap; NaN where nothing is drawn. */
static void keep_progress(const vc_draws *draws, const vc_panel *panel, size_t n,
                          size_t series, float *to) {
    const vc_indicator *declared =
        vci_declared_find(panel, panel->progress[series].indicator);
    double cap = declared && declared->cap > 0 ? declared->cap : (double)INFINITY;
    for (size_t p = 0; p < draws->n_periods; p++)
        for (size_t u = 0; u < draws->n_units; u++) {
            int64_t whole = draws->denominator[series][p * draws->n_units + u];
            const int64_t *part =
                draws->numerator[series] + (p * draws->n_units + u) * draws->n_draws;
            for (size_t d = 0; d < n; d++)
                to[kept_at(draws, p, u, draws->first_draw + d)] =
                    whole ? (float)fmin(100 * (double)part[d] / (double)whole, cap)
                          : (float)NAN;
        }
}

void vci_kept_add(const vc_draws *draws, const vc_panel *panel, vc_kept *kept) {
    if (draws->first_draw >= kept->n_draws) return;
    size_t left = kept->n_draws - draws->first_draw;
    size_t n = left < draws->n_draws ? left : draws->n_draws;
    for (int e = 0; e < VC_EVENTS; e++)
        keep_counts(draws, n, draws->count[e], kept->count[e]);
    keep_counts(draws, n, draws->population, kept->population);
    for (size_t i = 0; i < draws->n_values; i++)
        keep_values(draws, n, draws->value[i], kept->value[i]);
    for (size_t i = 0; i < kept->n_progress; i++)
        keep_progress(draws, panel, n, i, kept->progress[i]);
}

void vci_kept_free(vc_kept *kept) {
    for (int e = 0; e < VC_EVENTS; e++) vci_free(kept->count[e]);
    for (size_t i = 0; kept->value && i < kept->n_values; i++) vci_free(kept->value[i]);
    vci_free(kept->population);
    for (size_t i = 0; kept->progress && i < kept->n_progress; i++)
        vci_free(kept->progress[i]);
    vci_free(kept->value);
    vci_free(kept->progress);
    *kept = (vc_kept){0};
}
