/* The indicators that are formed from events, and those that a panel has. */
#ifndef VCI_BUILT_IN_INTERNAL_H
#define VCI_BUILT_IN_INTERNAL_H

#include "vitalcast/panel.h"

typedef struct vci_built_in {
    const char *name, *chinese;
    size_t n_events;
    vc_event events[2]; /* that it is formed from */
    bool population;    /* a rate */
} vci_built_in;

/* The built-in indicator of a name in either language; NULL if there is none. */
const vci_built_in *vci_built_in_find(const char *name);

/* Does the panel have the events, and the population as well? */
bool vci_built_in_has_events(const vci_built_in *indicator, const vc_panel *panel);
bool vci_built_in_formed(const vci_built_in *indicator, const vc_panel *panel);

#define VCI_BUILT_INS 11
extern const vci_built_in vci_built_ins[VCI_BUILT_INS];

/*
 * Does the panel give an indicator of this name: as a series, or formed from events or
 * (natural growth) from the series of its two rates?
 */
bool vci_indicator_available(const vc_panel *panel, const char *name);

/* Is an indicator the state at a period's end, and no sum: plain values, stocks, surveys?
 */
bool vci_indicator_is_state(const vc_panel *panel, const char *name);

/* Is natural growth formed from series of birth_rate and death_rate? */
bool vci_growth_from_rates(const vc_panel *panel, const char *name);

/* The series of a name; NULL if the panel has none. */
const vc_progress *vci_progress_named(const vc_panel *panel, const char *name);
const vc_value_series *vci_values_named(const vc_panel *panel, const char *name);

#endif
