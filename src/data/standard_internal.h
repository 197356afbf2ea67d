/*
 * The indicators of every workspace, and what is formed from events as they are: declared
 * ones are found here under their names just like those that are always there.
 */
#ifndef VCI_STANDARD_INTERNAL_H
#define VCI_STANDARD_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/panel.h"

/* An indicator that needs no declaration. */
typedef struct vci_standard {
    const char *name, *chinese;
    vc_formula formula;
    vci_text text;  /* with its unit, in tables */
    vci_text chart; /* without, on charts */
} vci_standard;

#define VCI_STANDARDS 11
extern const vci_standard vci_standards[VCI_STANDARDS];

/* The standard indicator of a name in either language; NULL if there is none. */
const vci_standard *vci_standard_find(const char *name);

/* What the workspace declares under a name; NULL: nothing. */
const vc_indicator *vci_declared_find(const vc_panel *panel, const char *name);

/*
 * The formula of a standard (by its English name) or declared indicator; NULL if there is
 * none. A series of the same name goes before it.
 */
const vc_formula *vci_formula_find(const vc_panel *panel, const char *name);

/* Does the panel have the events, and the population as well? */
bool vci_formula_has_events(const vc_formula *formula, const vc_panel *panel);
bool vci_formula_formed(const vc_formula *formula, const vc_panel *panel);

/* Is every `part` a `whole` too? */
bool vci_event_within(vc_event part, vc_event whole);

/* Are the two events of a ratio the parts that make up one whole? */
bool vci_formula_parts(const vc_formula *formula);

/* Digits that figures of a kind are shown with. */
int vci_kind_digits(vc_indicator_kind kind);

/*
 * Names of all indicators that the panel gives, for messages that list them: standard ones,
 * declared formulas, series. names: room for VCI_STANDARDS + n_indicators + n_progress +
 * n_values. Returns how many.
 */
size_t vci_indicator_names(const vc_panel *panel, const char **names);

/*
 * Does the panel give an indicator of this name: as a series, or formed from events or
 * (rates) from the series of two rates?
 */
bool vci_indicator_available(const vc_panel *panel, const char *name);

/* Is an indicator the state at a period's end, and no sum: plain values, stocks, surveys?
 */
bool vci_indicator_is_state(const vc_panel *panel, const char *name);

/*
 * A rate of one event less another is formed from the series of their standard rates when
 * both are there: rates come last. False if not; else the names of the two.
 */
bool vci_rates_behind(const vc_panel *panel, const char *name, const char **plus,
                      const char **minus);

/* The series of a name; NULL if the panel has none. */
const vc_progress *vci_progress_named(const vc_panel *panel, const char *name);
const vc_value_series *vci_values_named(const vc_panel *panel, const char *name);

#endif
