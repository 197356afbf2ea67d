/* From a panel to what a model is fitted to. */
#ifndef VCI_OBSERVATIONS_INTERNAL_H
#define VCI_OBSERVATIONS_INTERNAL_H

#include "fit/population_internal.h"
#include "vitalcast/fit.h"
#include "vitalcast/workspace.h"

/*
 * The events of the role (births, deaths), the males among births (sex), or one value
 * series.
 */
typedef struct vci_role {
    const char *name;
    vc_event event;  /* counted event */
    vc_event trials; /* binomial: out of these; VC_EVENTS otherwise */
    size_t series;   /* value: index into panel.values */
    size_t unit;     /* value: the unit; VC_NO_UNIT otherwise */
} vci_role;

extern const vci_role vci_role_births, vci_role_deaths, vci_role_sex;
vci_role vci_role_value(size_t series, size_t unit);

/*
 * Observations up to the panel's last period, h periods ahead. dating: the working-day term
 * belongs to registration-dated series only. VC_TOO_FEW_DATA when nothing was observed.
 */
vc_status vci_observations_build(const vc_panel *panel, const vci_role *role,
                                 const vc_model *model, const vci_population *population,
                                 vc_dating dating, size_t h, vc_observations *observations);

#endif
