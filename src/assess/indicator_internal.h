/* How an indicator is formed from what a panel holds. */
#ifndef VCI_INDICATOR_INTERNAL_H
#define VCI_INDICATOR_INTERNAL_H

#include "assess/fraction_internal.h"
#include "fit/population_internal.h"
#include "vitalcast/run.h"

typedef struct vci_indicator {
    vc_indicator_kind kind;
    vc_event plus, minus, over; /* VC_EVENTS: none. Ratio: plus / over */
    int64_t scale;              /* 1000 for rates, 100 for ratios, 1 for counts */
    size_t series, less; /* values: series, and the one to take off (SIZE_MAX: none) */
    vc_fraction cap;     /* progress: percent that counts at most; undefined: none */
} vci_indicator;

/* False when the panel has no such indicator. */
bool vci_indicator_find(const vc_panel *panel, const char *name, vci_indicator *indicator);

/* A figure of progress as it counts: at most the cap. */
vc_fraction vci_indicator_capped(const vci_indicator *indicator, vc_fraction figure);

/*
 * Population of a unit at a period's end: the figure where there is one, else the filled
 * series.
 */
int64_t vci_population_at(const vc_panel *panel, const vci_population *population,
                          size_t unit, vc_period period);

/*
 * The year's exposure for a rate: mean population = sum / count over first .. last, by the
 * workspace's rule. population(period) is asked for each term.
 */
typedef struct vci_mean {
    int64_t sum, count;
} vci_mean;
vci_mean vci_mean_population(vc_average_population rule, const vc_panel *panel,
                             const vci_population *population, size_t unit, vc_period first,
                             vc_period last);

/* Observed figure over first .. last; *known is false when something is missing. */
vc_fraction vci_figure(const vc_settings *settings, const vc_panel *panel,
                       const vci_population *population, const vci_indicator *indicator,
                       size_t unit, vc_period first, vc_period last, bool *known);

/* A rate's figure of a window as events per head and year; any other as it is. */
vc_fraction vci_per_year(const vci_indicator *indicator, vc_fraction figure,
                         vc_fraction per_year);

/* Sum of an event over first .. last; false when a period is not known. */
bool vci_event_sum(const vc_panel *panel, vc_event event, size_t unit, vc_period first,
                   vc_period last, int64_t *sum);

/* Value series and progress: figure at a period; NaN when missing. */
double vci_value_at(const vc_panel *panel, const vci_indicator *indicator, size_t unit,
                    vc_period period);
double vci_progress_at(const vc_panel *panel, const vci_indicator *indicator, size_t unit,
                       vc_period first, vc_period last);

#endif
