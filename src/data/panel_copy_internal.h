/* Panels taken apart and put together again: what an earlier one knew, what it did not. */
#ifndef VCI_PANEL_COPY_INTERNAL_H
#define VCI_PANEL_COPY_INTERNAL_H

#include "vitalcast/panel.h"

/* A copy with memory of its own. */
vc_status vci_panel_copy(const vc_panel *from, vc_panel *to);

/* Figures of periods after `last` become missing; the periods stay. */
void vci_panel_mask(vc_panel *panel, vc_period last);

/* Population as another panel of the same units has it, in the periods of this one. */
vc_status vci_panel_take_population(vc_panel *panel, const vc_panel *from);

/* The same units, by code, in the same order, under the same parents, in the same classes?
 */
bool vci_unit_trees_same(const vc_unit_tree *a, const vc_unit_tree *b);

/*
 * The same figures up to the end of both, all but population and status? Both have the same
 * units; NaN equals NaN, and an event that is not there one that has no figure.
 */
bool vci_panel_same_figures(const vc_panel *a, const vc_panel *b);

/* Do they form and cap the same indicators? What they are called does not matter. */
bool vci_panel_same_indicators(const vc_panel *a, const vc_panel *b);
bool vci_panel_same_population(const vc_panel *a, const vc_panel *b);

#endif
