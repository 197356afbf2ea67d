/*
 * What people do today, as forecasts: from the year so far and earlier years of one unit,
 * without a model.
 */
#ifndef VCI_BASELINE_INTERNAL_H
#define VCI_BASELINE_INTERNAL_H

#include "assess/indicator_internal.h"
#include "vitalcast/track.h"

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

#endif
