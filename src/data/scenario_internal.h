/* What a scenario may change, and of whom. */
#ifndef VCI_SCENARIO_INTERNAL_H
#define VCI_SCENARIO_INTERNAL_H

#include "vitalcast/role.h"
#include "vitalcast/scenario.h"

/*
 * What an effect changes: a role of events, or a series of progress.csv or values.csv.
 * VC_ROLES: nothing that there is a model of.
 */
typedef struct vci_effect_target {
    vc_role role;  /* series: VC_ROLE_VALUE or that of the series' kind */
    size_t series; /* SIZE_MAX: a role of events */
    bool formed;   /* formed of several events, each with a model of its own */
} vci_effect_target;

vci_effect_target vci_effect_find(const vc_panel *panel, const char *indicator);

/* The name that the panel knows an indicator by; NULL if it has none such. */
const char *vci_effect_indicator(const vc_panel *panel, const char *name);

/*
 * DESIGN.md section 7, boundary 2: services and records of progress.csv may be changed at
 * any unit, unless they bear a vital event's name; all else at the top unit only.
 */
bool vci_scenario_permits(const vc_panel *panel, const char *indicator, size_t unit);

/* Has the unit, or one under it, any record of what the effect changes? Events: yes. */
bool vci_effect_reported(const vc_panel *panel, vci_effect_target target, size_t unit);

/* Is a unit another one, or under it? */
bool vci_unit_within(const vc_unit_tree *tree, size_t unit, size_t above);

/* Do two effects change the same thing in a unit and period? */
bool vci_effects_overlap(const vc_panel *panel, const vc_effect *a, const vc_effect *b);

/* Is the amount one that what is changed can have? */
bool vci_effect_amount_sound(vci_effect_target target, vc_effect_kind kind, double amount);

/* Everything that reading would have refused, for scenarios from elsewhere. */
bool vci_scenario_sound(const vc_scenario *scenario, const vc_panel *panel, vc_period as_of,
                        vc_period horizon);

#endif
