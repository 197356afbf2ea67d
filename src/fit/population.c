/*
 * Population between and beyond its figures. Within a year a log-linear drift is as good as
 * knowing it (STATISTICS.md section 2.4: CRPS of the birth rate 0.225 with drift, frozen or
 * known).
 */
#include "fit/population_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "num/elementary_internal.h"

static void bridge(double *level, size_t from, size_t to) {
    double slope = (level[to] - level[from]) / (double)(to - from);
    for (size_t t = from + 1; t < to; t++)
        level[t] = level[from] + slope * (double)(t - from);
}

/*
 * Growth per period over the last `window` periods that are known, or what there is of
 * them.
 */
static double growth(const double *level, size_t first, size_t last, size_t window) {
    size_t from = last > window && last - window > first ? last - window : first;
    return last > from ? (level[last] - level[from]) / (double)(last - from) : 0;
}

static void fill_unit(const double *figure, size_t n, size_t length, size_t window,
                      double *level, size_t *known) {
    size_t first = n, last = n;
    for (size_t t = 0; t < n; t++) {
        level[t] = figure[t] > 0 ? vci_log(figure[t]) : (double)NAN;
        if (isnan(level[t])) continue;
        if (first == n)
            first = t;
        else
            bridge(level, last, t);
        last = t;
    }
    *known = first == n ? 0 : last + 1;
    double rate = first == n ? 0 : growth(level, first, last, window);
    for (size_t t = 0; t < length; t++) {
        if (first == n)
            level[t] = NAN;
        else if (t < first)
            level[t] = level[first];
        else if (t > last)
            level[t] = level[last] + rate * (double)(t - last);
    }
}

static void sum_children(const vc_unit_tree *tree, size_t u, size_t length,
                         vci_population *p) {
    size_t known = SIZE_MAX;
    for (size_t c = tree->child_begin[u]; c < tree->child_begin[u + 1]; c++) {
        size_t k = p->known[tree->children[c]];
        known = k < known ? k : known;
    }
    p->summed[u] = known > 0 && known != SIZE_MAX;
    if (!p->summed[u]) return;
    p->known[u] = known;
    for (size_t t = 0; t < length; t++) {
        double sum = 0;
        for (size_t c = tree->child_begin[u]; c < tree->child_begin[u + 1]; c++)
            sum += vci_exp(p->log_level[tree->children[c] * length + t]);
        p->log_level[u * length + t] = vci_log(sum);
    }
}

vc_status vci_population_fill(const vc_panel *panel, const vc_model *model, size_t h,
                              vci_population *p) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &panel->tree;
    size_t n = panel->n_periods, length = n + h;
    size_t window = (size_t)model->history_years * (size_t)panel->frequency;
    *p = (vci_population){.n = n, .h = h, .complete = panel->population != NULL};
    VC_NEW(p->log_level, tree->n * length);
    VC_NEW(p->known, tree->n);
    VC_NEW(p->summed, tree->n);
    for (size_t u = 0; u < tree->n; u++) {
        for (size_t t = 0; t < length; t++) p->log_level[u * length + t] = NAN;
        if (!panel->population) continue;
        fill_unit(panel->population + u * n, n, length, window, p->log_level + u * length,
                  &p->known[u]);
        if (tree->units[u].leaf && !p->known[u]) p->complete = false;
    }
    for (size_t i = tree->n; panel->population && i-- > 0;)
        if (!tree->units[tree->down[i]].leaf) sum_children(tree, tree->down[i], length, p);
out:
    if (st != VC_OK) vci_population_free(p);
    return st;
}

void vci_population_free(vci_population *p) {
    vci_free(p->log_level);
    vci_free(p->known);
    vci_free(p->summed);
    *p = (vci_population){0};
}
