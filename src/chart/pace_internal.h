/* Numbers of a pace chart: cumulative figures and the corridor that ends at the target. */
#ifndef VCI_PACE_INTERNAL_H
#define VCI_PACE_INTERNAL_H

#include "chart/fan_internal.h"

/* Where the figure to date stands in the corridor. */
typedef enum vci_pace_place {
    VCI_PACE_UNKNOWN,
    VCI_PACE_BELOW,
    VCI_PACE_WITHIN,
    VCI_PACE_ABOVE
} vci_pace_place;

/*
 * low, high: the target times the least and the greatest share of the year's figure that
 * there was by then in any of the years `oldest` to the last one. Whoever stays inside ends
 * at the target if the rest of the year is shared out as in one of them.
 */
typedef struct vci_pace {
    vci_fan fan; /* observed and last year's lines; no bands */
    size_t n_years;
    int oldest;         /* the year in which it ends */
    size_t n;           /* 0: no corridor */
    double *low, *high; /* [n] from the first period of the window on */
    vci_pace_place place;
} vci_pace;

/* Release with vci_pace_free, also after a failure. */
vc_status vci_pace_collect(const vc_run *run, size_t result,
                           const vc_suppression *suppression, vci_pace *pace);

void vci_pace_free(vci_pace *pace);

/* Do an indicator's figures add up over the year? */
bool vci_pace_grows(const vc_run *run, const char *indicator);

#endif
