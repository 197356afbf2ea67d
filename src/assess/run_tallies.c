#include "assess/run_tallies_internal.h"

#include <string.h>

#include "assess/indicator_internal.h"
#include "core/memory_internal.h"

void vci_run_tallies_free(vci_run_tallies *t) {
    for (size_t i = 0; i < t->n; i++) vci_tally_free(&t->list[i]);
    vci_free(t->list);
    vci_free(t->target);
    vci_free(t->begin);
    vci_free(t->by_unit);
    memset(t, 0, sizeof *t);
}

/* A unit has a value or progress indicator when any figure of it is there. */
static bool unit_has(const vc_panel *panel, const vci_indicator *i, size_t unit) {
    if (i->kind != VC_INDICATOR_VALUE && i->kind != VC_INDICATOR_PROGRESS) return true;
    for (size_t t = 0; t < panel->n_periods; t++) {
        vc_period p = panel->first + (vc_period)t;
        double x = i->kind == VC_INDICATOR_VALUE ? vci_value_at(panel, i, unit, p)
                                                 : vci_progress_at(panel, i, unit, p, p);
        if (x == x) return true;
    }
    return false;
}

static bool has_draws(const vci_simulation *s, vc_event event) {
    return event == VC_EVENTS || vci_simulation_draws(s, event);
}

static bool is_projected(const vci_simulation *s, const vci_indicator *i, size_t unit) {
    if (i->kind == VC_INDICATOR_VALUE) return true;
    if (i->kind == VC_INDICATOR_PROGRESS)
        return s->standing[i->series][unit] != VCI_SILENT &&
               s->standing[i->series][unit] != VCI_ABOVE;
    return has_draws(s, i->plus) && has_draws(s, i->minus) && has_draws(s, i->over);
}

/* Drawn tallies by unit, each in its order. */
static vc_status group_by_unit(size_t n_units, vci_run_tallies *all) {
    vc_status st = VC_OK;
    VC_NEW(all->begin, n_units + 1);
    VC_NEW(all->by_unit, all->n);
    all->n_groups = n_units;
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].drawn) all->begin[all->list[i].unit + 1]++;
    for (size_t u = 0; u < n_units; u++) all->begin[u + 1] += all->begin[u];
    /* begin[u] is where the next one of unit u goes, and so comes to be where u ends */
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].drawn) all->by_unit[all->begin[all->list[i].unit]++] = i;
    memmove(all->begin + 1, all->begin, n_units * sizeof *all->begin);
    all->begin[0] = 0;
out:
    return st;
}

vc_status vci_run_tallies_init(const vc_run *run, const vci_population *population,
                               const vci_simulation *simulation, vci_run_tallies *all) {
    vc_status st = VC_OK;
    const vc_panel *panel = &run->panel;
    *all = (vci_run_tallies){0};
    VC_NEW(all->list, run->targets.n * panel->tree.n + 1);
    VC_NEW(all->target, run->targets.n * panel->tree.n + 1);
    for (size_t i = 0; i < run->targets.n; i++) {
        const vc_target *target = &run->targets.list[i];
        vci_indicator form;
        if (!vci_indicator_find(panel, target->indicator, &form)) continue;
        for (size_t u = 0; u < panel->tree.n; u++) {
            if (!vc_target_selects(target, &panel->tree, u) || !unit_has(panel, &form, u))
                continue;
            all->target[all->n] = i;
            VC_TRY(vci_tally_init(&all->list[all->n++], &run->settings, panel, population,
                                  target, u,
                                  simulation ? simulation->first : run->as_of + 1,
                                  simulation && is_projected(simulation, &form, u)));
        }
    }
    VC_TRY(group_by_unit(panel->tree.n, all));
out:
    return st;
}

void vci_run_tallies_add(vci_run_tallies *all, const vc_draws *draws) {
#pragma omp parallel for schedule(dynamic, 4)
    for (size_t g = 0; g < all->n_groups; g++)
        for (size_t k = all->begin[g]; k < all->begin[g + 1]; k++)
            vci_tally_add(&all->list[all->by_unit[k]], draws);
}

vc_status vci_run_tallies_wanted(const vc_run *run, const vci_simulation *simulation,
                                 size_t m, const size_t result[VC_DIM(m)],
                                 vci_run_tallies *all) {
    vc_status st = VC_OK;
    *all = (vci_run_tallies){0};
    VC_NEW(all->list, m);
    while (all->n < m) {
        const vc_result *r = &run->results[result[all->n]];
        VC_TRY(vci_tally_init(&all->list[all->n++], &run->settings, &run->panel,
                              &simulation->population, &run->targets.list[r->target],
                              r->unit, simulation->first, r->path_n > 0));
    }
    VC_TRY(group_by_unit(run->panel.tree.n, all));
out:
    return st;
}
