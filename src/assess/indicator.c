/*
 * Indicators: counts add up over the year, rates and ratios are formed from the sums, rates
 * last.
 */
#include "assess/indicator_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/elementary_internal.h"

typedef struct built_in {
    const char *name;
    vci_indicator form;
} built_in;

static const built_in BUILT_IN[] = {
    {"births", {VC_INDICATOR_COUNT, VC_BIRTHS, VC_EVENTS, VC_EVENTS, 1, 0, SIZE_MAX}},
    {"deaths", {VC_INDICATOR_COUNT, VC_DEATHS, VC_EVENTS, VC_EVENTS, 1, 0, SIZE_MAX}},
    {"natural_increase",
     {VC_INDICATOR_COUNT, VC_BIRTHS, VC_DEATHS, VC_EVENTS, 1, 0, SIZE_MAX}},
    {"birth_rate", {VC_INDICATOR_RATE, VC_BIRTHS, VC_EVENTS, VC_EVENTS, 1000, 0, SIZE_MAX}},
    {"death_rate", {VC_INDICATOR_RATE, VC_DEATHS, VC_EVENTS, VC_EVENTS, 1000, 0, SIZE_MAX}},
    {"natural_growth_rate",
     {VC_INDICATOR_RATE, VC_BIRTHS, VC_DEATHS, VC_EVENTS, 1000, 0, SIZE_MAX}},
    {"sex_ratio_at_birth",
     {VC_INDICATOR_SEX_RATIO, VC_BIRTHS_MALE, VC_EVENTS, VC_BIRTHS_FEMALE, 100, 0,
      SIZE_MAX}},
    {"policy_compliance_rate",
     {VC_INDICATOR_SHARE, VC_BIRTHS_COMPLIANT, VC_EVENTS, VC_BIRTHS, 100, 0, SIZE_MAX}},
    {"arrivals", {VC_INDICATOR_COUNT, VC_ARRIVALS, VC_EVENTS, VC_EVENTS, 1, 0, SIZE_MAX}},
    {"departures",
     {VC_INDICATOR_COUNT, VC_DEPARTURES, VC_EVENTS, VC_EVENTS, 1, 0, SIZE_MAX}},
    {"net_migration_rate",
     {VC_INDICATOR_RATE, VC_ARRIVALS, VC_DEPARTURES, VC_EVENTS, 1000, 0, SIZE_MAX}},
};

static size_t find_series(const vc_panel *panel, const char *name) {
    for (size_t i = 0; i < panel->n_values; i++)
        if (!strcmp(panel->values[i].indicator, name)) return i;
    return SIZE_MAX;
}

/*
 * Natural growth is formed from birth and death rates when both are series: rates come
 * last.
 */
static bool find_value(const vc_panel *panel, const char *name, vci_indicator *indicator) {
    size_t series = find_series(panel, name), less = SIZE_MAX;
    if (!strcmp(name, "natural_growth_rate")) {
        size_t births = find_series(panel, "birth_rate");
        size_t deaths = find_series(panel, "death_rate");
        if (births != SIZE_MAX && deaths != SIZE_MAX) {
            series = births;
            less = deaths;
        }
    }
    if (series == SIZE_MAX) return false;
    *indicator = (vci_indicator){
        VC_INDICATOR_VALUE, VC_EVENTS, VC_EVENTS, VC_EVENTS, 1, series, less};
    return true;
}

static bool has(const vc_panel *panel, vc_event event) {
    return event == VC_EVENTS || panel->has[event];
}

bool vci_indicator_find(const vc_panel *panel, const char *name, vci_indicator *indicator) {
    for (size_t i = 0; i < panel->n_progress; i++)
        if (!strcmp(panel->progress[i].indicator, name)) {
            *indicator = (vci_indicator){
                VC_INDICATOR_PROGRESS, VC_EVENTS, VC_EVENTS, VC_EVENTS, 100, i, SIZE_MAX};
            return true;
        }
    if (find_value(panel, name, indicator)) return true;
    for (size_t i = 0; i < sizeof BUILT_IN / sizeof *BUILT_IN; i++) {
        const vci_indicator *form = &BUILT_IN[i].form;
        if (strcmp(BUILT_IN[i].name, name)) continue;
        *indicator = *form;
        return has(panel, form->plus) && has(panel, form->minus) &&
               has(panel, form->over) &&
               (form->kind != VC_INDICATOR_RATE || panel->population);
    }
    return false;
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
        if (!isnan(numerator) && denominator > 0) return 100 * numerator / denominator;
    }
    return NAN;
}
