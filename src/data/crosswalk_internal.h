/* What the crosswalk_*.c files share. */
#ifndef VCI_CROSSWALK_INTERNAL_H
#define VCI_CROSSWALK_INTERNAL_H

#include "vitalcast/panel.h"

/* The changes of one unit that ended. */
typedef struct vci_handover {
    size_t from;
    size_t n;
    const vc_change *changes; /* [n]; borrows from the panel */
    bool rename;              /* one successor that was not there before */
} vci_handover;

/*
 * Whole parts of a whole total, by largest remainders: the parts add up to it. carry [n]
 * holds what each part is owed from earlier totals, 0 at first. A missing total gives
 * missing parts. The shares add up to 1.
 */
void vci_apportion(size_t n, const double share[], double total, double carry[],
                   double part[]);

/* Adds a unit's history to its successors; the unit itself is empty then. */
vc_status vci_handover_make(vc_panel *panel, const vci_handover *handover);

/*
 * Takes the units out of a panel for which keep is false; place [n_units] gets the new
 * number of each, VC_NO_UNIT for these. The root must be kept, and every parent of a kept
 * unit.
 */
vc_status vci_panel_keep(vc_panel *panel, const bool *keep, size_t *place);

#endif
