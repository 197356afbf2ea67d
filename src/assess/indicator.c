/*
 * Indicators: counts add up over the year, rates and ratios are formed from the sums, rates
 * last.
 */
#include "assess/indicator_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "num/elementary_internal.h"

static size_t find_series(const vc_panel *panel, const char *name) {
    for (size_t i = 0; i < panel->n_values; i++)
        if (!strcmp(panel->values[i].indicator, name)) return i;
    return SIZE_MAX;
}

/* A rate of one event less another is the difference of two series: rates come last. */
static bool find_value(const vc_panel *panel, const char *name, vci_indicator *indicator) {
    const char *plus, *minus;
    size_t series = find_series(panel, name), less = SIZE_MAX;
    if (vci_rates_behind(panel, name, &plus, &minus)) {
        series = find_series(panel, plus);
        less = find_series(panel, minus);
    }
    if (series == SIZE_MAX) return false;
    *indicator = (vci_indicator){.kind = VC_INDICATOR_VALUE,
                                 .plus = VC_EVENTS,
                                 .minus = VC_EVENTS,
                                 .over = VC_EVENTS,
                                 .scale = 1,
                                 .series = series,
                                 .less = less};
    return true;
}

/* Caps are decimals: six digits hold them exactly. */
static vc_fraction cap_of(const vc_panel *panel, const char *name) {
    const vc_indicator *declared = vci_declared_find(panel, name);
    if (!declared || !(declared->cap > 0)) return VCI_UNDEFINED;
    return (vc_fraction){(int64_t)llround(declared->cap * 1e6), 1000000};
}

bool vci_indicator_find(const vc_panel *panel, const char *name, vci_indicator *indicator) {
    for (size_t i = 0; i < panel->n_progress; i++)
        if (!strcmp(panel->progress[i].indicator, name)) {
            *indicator = (vci_indicator){.kind = VC_INDICATOR_PROGRESS,
                                         .plus = VC_EVENTS,
                                         .minus = VC_EVENTS,
                                         .over = VC_EVENTS,
                                         .scale = 100,
                                         .series = i,
                                         .less = SIZE_MAX,
                                         .cap = cap_of(panel, name)};
            return true;
        }
    if (find_value(panel, name, indicator)) return true;
    const vc_formula *formula = vci_formula_find(panel, name);
    if (!formula) return false;
    *indicator = (vci_indicator){.kind = formula->kind,
                                 .plus = formula->plus,
                                 .minus = formula->minus,
                                 .over = formula->over,
                                 .scale = formula->scale,
                                 .series = 0,
                                 .less = SIZE_MAX};
    return vci_formula_formed(formula, panel);
}

vc_fraction vci_indicator_capped(const vci_indicator *indicator, vc_fraction f) {
    bool over = indicator->cap.den != 0 && f.den != 0 &&
                vci_fraction_compare(f, indicator->cap) > 0;
    return over ? indicator->cap : f;
}

int64_t vci_population_at(const vc_panel *panel, const vci_population *population,
                          size_t unit, vc_period period) {
    size_t n = panel->n_periods, length = population->n + population->h;
    size_t t = period > panel->first ? (size_t)(period - panel->first) : 0;
    double figure = t < n ? panel->population[unit * n + t] : (double)NAN;
    if (!isnan(figure)) return (int64_t)figure;
    double level = population->log_level[unit * length + (t < length ? t : length - 1)];
    return isnan(level) ? 0 : (int64_t)floor(vci_exp(level) + 0.5);
}

vci_mean vci_mean_population(vc_average_population rule, const vc_panel *panel,
                             const vci_population *population, size_t unit, vc_period first,
                             vc_period last) {
    vci_mean mean = {0, 1};
    switch (rule) {
    case VC_TWO_YEAR_ENDS:
        mean.count = 2;
        mean.sum = vci_population_at(panel, population, unit, first - 1) +
                   vci_population_at(panel, population, unit, last);
        break;
    case VC_MID_YEAR:
        mean.sum =
            vci_population_at(panel, population, unit, first - 1 + (last - first + 2) / 2);
        break;
    case VC_MONTHLY_MEAN:
        mean.count = last - first + 1;
        for (vc_period p = first; p <= last; p++)
            mean.sum += vci_population_at(panel, population, unit, p);
        break;
    }
    return mean;
}

bool vci_event_sum(const vc_panel *panel, vc_event event, size_t unit, vc_period first,
                   vc_period last, int64_t *sum) {
    size_t n = panel->n_periods;
    const double *row = panel->count[event] + unit * n;
    *sum = 0;
    if (first < panel->first || last >= panel->first + (vc_period)n) return false;
    for (vc_period p = first; p <= last; p++) {
        double figure = row[p - panel->first];
        if (isnan(figure)) return false;
        *sum += (int64_t)figure;
    }
    return true;
}

vc_fraction vci_figure(const vc_settings *settings, const vc_panel *panel,
                       const vci_population *population, const vci_indicator *ind,
                       size_t unit, vc_period first, vc_period last, bool *known) {
    int64_t plus = 0, minus = 0, over = 1;
    *known = vci_event_sum(panel, ind->plus, unit, first, last, &plus);
    if (ind->minus != VC_EVENTS)
        *known = *known && vci_event_sum(panel, ind->minus, unit, first, last, &minus);
    if (ind->over != VC_EVENTS)
        *known = *known && vci_event_sum(panel, ind->over, unit, first, last, &over);
    if (!*known) return VCI_UNDEFINED;
    if (ind->kind != VC_INDICATOR_RATE)
        return (vc_fraction){(plus - minus) * ind->scale, over};
    vci_mean mean = vci_mean_population(settings->average_population, panel, population,
                                        unit, first, last);
    return (vc_fraction){(plus - minus) * ind->scale * mean.count, mean.sum};
}

vc_fraction vci_per_year(const vci_indicator *ind, vc_fraction figure,
                         vc_fraction per_year) {
    if (ind->kind != VC_INDICATOR_RATE) return figure;
    return (vc_fraction){figure.num * per_year.num, figure.den * per_year.den};
}

double vci_value_at(const vc_panel *panel, const vci_indicator *ind, size_t unit,
                    vc_period period) {
    if (period < panel->first || period >= panel->first + (vc_period)panel->n_periods)
        return NAN;
    size_t at = unit * panel->n_periods + (size_t)(period - panel->first);
    double value = panel->values[ind->series].value[at];
    return ind->less == SIZE_MAX ? value : value - panel->values[ind->less].value[at];
}

/* The last record within first .. last. */
double vci_progress_at(const vc_panel *panel, const vci_indicator *ind, size_t unit,
                       vc_period first, vc_period last) {
    const vc_progress *progress = &panel->progress[ind->series];
    for (vc_period p = last; p >= first && p >= panel->first; p--) {
        if (p >= panel->first + (vc_period)panel->n_periods) continue;
        size_t at = unit * panel->n_periods + (size_t)(p - panel->first);
        double numerator = progress->numerator[at], denominator = progress->denominator[at];
        if (isnan(numerator) || !(denominator > 0)) continue;
        double share = 100 * numerator / denominator;
        return ind->cap.den ? fmin(share, vci_fraction_value(ind->cap)) : share;
    }
    return NAN;
}
