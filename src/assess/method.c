/*
 * Minimum history (STATISTICS.md section 4): from 36 months on the data speak; with one to
 * three years standard deviations come mostly from their priors, with less than a year the
 * season as well. Yearly series: 10 and 5 figures, by judgement.
 */
#include "assess/method_internal.h"

#include <math.h>

#define FULL_YEARS 3
#define FULL_FIGURES 10
#define SHORT_FIGURES 5

const char *vc_method_name(vc_method method) {
    static const char *const names[] = {"none", "known", "fitted", "short", "brief"};
    return names[method];
}

static bool observed(const vc_panel *panel, const vci_indicator *i, size_t unit, size_t t) {
    size_t at = unit * panel->n_periods + t;
    switch (i->kind) {
    case VC_INDICATOR_VALUE:
        return !isnan(panel->values[i->series].value[at]) &&
               (i->less == SIZE_MAX || !isnan(panel->values[i->less].value[at]));
    case VC_INDICATOR_PROGRESS:
        return !isnan(panel->progress[i->series].numerator[at]);
    default:
        return !isnan(panel->count[i->plus][at]) &&
               (i->minus == VC_EVENTS || !isnan(panel->count[i->minus][at]));
    }
}

size_t vci_method_history(const vc_panel *panel, const vci_indicator *indicator,
                          size_t unit) {
    size_t n = 0;
    for (size_t t = 0; t < panel->n_periods; t++)
        n += observed(panel, indicator, unit, t) ? 1 : 0;
    return n;
}

vc_method vci_method_of(vc_frequency frequency, size_t history) {
    bool yearly = frequency == VC_YEARLY;
    size_t year = yearly ? SHORT_FIGURES : (size_t)frequency;
    size_t full = yearly ? FULL_FIGURES : FULL_YEARS * (size_t)frequency;
    if (history >= full) return VC_METHOD_FITTED;
    return history >= year ? VC_METHOD_SHORT : VC_METHOD_BRIEF;
}

bool vci_method_settled(const vc_panel *panel, size_t unit, vc_year year) {
    const vc_unit_tree *tree = &panel->tree;
    if (!tree->units[unit].leaf) {
        for (size_t c = tree->child_begin[unit]; c < tree->child_begin[unit + 1]; c++)
            if (!vci_method_settled(panel, tree->children[c], year)) return false;
        return true;
    }
    for (vc_period p = year.first; p <= year.end; p++) {
        size_t t = (size_t)(p - panel->first), at = unit * panel->n_periods + t;
        if (p < panel->first || t >= panel->n_periods) continue;
        if (panel->status && panel->status[at] == VC_PROVISIONAL) return false;
    }
    return true;
}
