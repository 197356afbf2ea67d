/*
 * Nowcast: what share of the last periods' events has been reported, from how earlier
 * periods were revised. METHODS.md has the equations.
 */
#ifndef VCI_NOWCAST_INTERNAL_H
#define VCI_NOWCAST_INTERNAL_H

#include "vitalcast/panel.h"

/* Of what was reported of a new period, common to all units. */
typedef struct vci_nowcast {
    double share;   /* of what there will be: the median */
    double log_sd;  /* of the log of the share */
    double removed; /* share of what was reported that is taken out again */
} vci_nowcast;

/*
 * Share reported of an event d months after a period's end.
 *
 * age  d, >= 0
 *
 * False where the triangle is too short to tell (fewer than 6 periods for the next month).
 */
bool vci_nowcast_share(const vc_panel *panel, vc_event event, vc_period age,
                       vci_nowcast *nowcast);

/*
 * Shares reported, the last period first, from the triangles of a panel that was cut at its
 * as-of period; leaves them alone where no event was ever revised.
 *
 * mean, sd  of the share; 1 and 0 where a period is complete
 * removed   share of what was reported that is taken out again
 *
 * Returns how many of the last periods are incomplete in some event.
 */
size_t vci_nowcast_find(const vc_panel *panel, double mean[VC_EVENTS][VC_LATE],
                        double sd[VC_EVENTS][VC_LATE], double removed[VC_EVENTS][VC_LATE]);

#endif
