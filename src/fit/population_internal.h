/* Population of every unit and period, gaps filled and carried into the future. */
#ifndef VCI_POPULATION_INTERNAL_H
#define VCI_POPULATION_INTERNAL_H

#include "vitalcast/model.h"
#include "vitalcast/panel.h"

typedef struct vci_population {
    size_t n, h;       /* periods of the panel, future periods */
    double *log_level; /* [n_units][n + h] log population, NaN for units that have none */
    size_t *known;     /* [n_units] number of the last known period + 1; 0: none */
    bool *summed;      /* [n_units] the figure is the sum of the children's */
    bool complete;     /* every leaf has one */
} vci_population;

/*
 * Gaps are bridged on the log scale, the time before the first figure holds it, the time
 * after the last one follows the growth of the last `history_years` years. Parents are sums
 * of their children where all of them have a figure, else their own series.
 */
vc_status vci_population_fill(const vc_panel *panel, const vc_model *model, size_t h,
                              vci_population *population);
void vci_population_free(vci_population *population);

#endif
