/*
 * Nowcast: what share of the last periods' events has been reported, from how earlier
 * periods were revised. METHODS.md has the equations.
 */
#ifndef VCI_NOWCAST_INTERNAL_H
#define VCI_NOWCAST_INTERNAL_H

#include "vitalcast/panel.h"

/*
 * Share reported of an event d months after a period's end: its median, and the standard
 * deviation of its log for a new period, common to all units.
 *
 * age  d, >= 0
 *
 * False where the triangle is too short to tell (fewer than 6 periods for the next month).
 */
bool vci_nowcast_share(const vc_panel *panel, vc_event event, vc_period age, double *share,
                       double *log_sd);

/*
 * Shares reported, the last period first, from the triangles of a panel that was cut at its
 * as-of period; leaves them alone where no event was ever revised.
 *
 * mean, sd  of the share; 1 and 0 where a period is complete
 *
 * Returns how many of the last periods are incomplete in some event.
 */
size_t vci_nowcast_find(const vc_panel *panel, double mean[VC_EVENTS][VC_LATE],
                        double sd[VC_EVENTS][VC_LATE]);

#endif
