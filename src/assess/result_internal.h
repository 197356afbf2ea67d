/* What is known of a result without drawing: figures to date, comparison, gap. */
#ifndef VCI_RESULT_INTERNAL_H
#define VCI_RESULT_INTERNAL_H

#include "assess/tally_internal.h"

/*
 * Fills every member that does not come from draws; the others become NaN (p_undefined 0).
 */
void vci_result_observe(const vc_settings *settings, const vc_panel *panel,
                        const vci_population *population, const vci_tally *tally,
                        vc_period as_of, vc_result *result);

/* A year that is fully observed: the figure is every quantile, P(met) is 0 or 1. */
void vci_result_known(const vc_settings *settings, const vc_panel *panel,
                      const vci_population *population, const vci_tally *tally,
                      vc_result *result);

#endif
