/* What a fit is a fit of, and what of it the panel holds. */
#ifndef VCI_ROLE_INTERNAL_H
#define VCI_ROLE_INTERNAL_H

#include "vitalcast/fit.h"
#include "vitalcast/role.h"

/* An event, one event among another, or one series. */
typedef struct vci_role {
    vc_role id;
    vc_event event;  /* counted event; VC_EVENTS for series */
    vc_event trials; /* shares: out of these; VC_EVENTS otherwise */
    size_t series;   /* index into panel.values or panel.progress */
    size_t unit;     /* the only unit; VC_NO_UNIT: all leaves */
} vci_role;

/* A role of events. */
vci_role vci_role_of(vc_role id);
/* A role of a value or progress series. */
vci_role vci_role_series(vc_role id, size_t series, size_t unit);
/* The role of a fit. */
vci_role vci_role_fitted(const vc_fit *fit);

/* Is it a role of progress.csv? */
bool vci_role_progress(vc_role id);

/* y NaN: nothing was observed. */
typedef struct vci_observed {
    double y, trials;
    double periods; /* that y covers: 1, but for quotas after a gap */
} vci_observed;

/*
 * What was observed of a unit in period t: an event and what it is among; a value; the flow
 * of a quota in its smallest unit (scale); the share of a stock, kept off 0 and 1 by half a
 * case; the satisfied of a survey's sample.
 */
vci_observed vci_role_observe(const vc_panel *panel, const vci_role *role, double scale,
                              size_t unit, size_t t);

#endif
