/*
 * What people do today, as forecasts: from the year so far and earlier years of one unit,
 * without a model.
 */
#ifndef VCI_BASELINE_INTERNAL_H
#define VCI_BASELINE_INTERNAL_H

#include "assess/indicator_internal.h"
#include "num/random_internal.h"
#include "vitalcast/track.h"

/* Last year's share of the year so far is kept off its ends. */
#define VCI_LEAST_SHARE 0.02

typedef struct vci_baseline {
    const vc_run *run; /* of the origin; borrowed */
    vci_population population;
    vc_year year;
    size_t n; /* draws */
    /* Room for the year totals of up to three events. */
    int64_t *total[3];
    double *mean, *uniform;
} vci_baseline;

vc_status vci_baseline_init(const vc_run *run, vc_year year, size_t n,
                            vci_baseline *baseline);
void vci_baseline_free(vci_baseline *baseline);

/*
 * Year-end figures [n] of an indicator; *made is false where the rule cannot be applied
 * (no earlier year, a gap in what it needs). Figures may be NaN where a ratio is undefined.
 */
vc_status vci_baseline_draw(vci_baseline *baseline, vc_forecaster rule,
                            const char *indicator, size_t unit, double *figure, bool *made);

/* What a rule draws from for an event or series of a unit. */
vci_stream vci_baseline_stream(const vci_baseline *baseline, vc_forecaster rule,
                               const char *name, size_t unit, uint32_t purpose);

/* total[n] = so_far + Poisson(baseline->mean[n]) */
void vci_baseline_poisson(vci_baseline *baseline, vci_stream stream, double so_far,
                          int64_t *total);

/* The same with means known from `seen` events only, times factor. */
void vci_baseline_gamma(vci_baseline *baseline, vci_stream stream, vci_stream level,
                        double seen, double factor, double so_far, int64_t *total);

#endif
