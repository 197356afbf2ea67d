/* From a panel to what a model is fitted to. */
#ifndef VCI_OBSERVATIONS_INTERNAL_H
#define VCI_OBSERVATIONS_INTERNAL_H

#include "fit/population_internal.h"
#include "fit/role_internal.h"
#include "vitalcast/workspace.h"

/*
 * Observations up to the panel's last period, h periods ahead. dating: the working-day term
 * belongs to registration-dated series only. VC_TOO_FEW_DATA when nothing was observed.
 */
vc_status vci_observations_build(const vc_panel *panel, vci_role role,
                                 const vc_model *model, const vci_population *population,
                                 vc_dating dating, size_t h, vc_observations *observations);

/* Prior sd of a calendar term's effect; 0 where the term has no place. */
double vci_observations_calendar_sd(const vc_model *model,
                                    const vc_observations *observations,
                                    vc_calendar_term term);

#endif
