/* Units that were renamed, merged or split: their history as of a period. */
#ifndef VITALCAST_CROSSWALK_H
#define VITALCAST_CROSSWALK_H

#include "vitalcast/api.h"
#include "vitalcast/finding.h"
#include "vitalcast/panel.h"
#include "vitalcast/target.h"

VC_BEGIN_DECLS

/**
 * Brings a panel to the units that exist as of a period. A unit that ended before hands its
 * history to what it became and leaves the tree; one that begins later is not in it yet.
 * The sums of all units keep every event of every period.
 *
 * panel     [in,out] truncated at as_of; its digest stays that of the data as they came
 * as_of     period
 * targets   [in,out] their units are renumbered
 * findings  [in,out] warnings: history that is apportioned, series that end; faults:
 * targets of units that are not there (S05)
 *
 * Returns VC_OK; VC_BAD_INPUT when faults were added; VC_NO_MEMORY.
 * A rename or a merger is exact. A split gives whole numbers by largest remainders, each
 * period's rest carried on to the next, so that shares hold in the long run.
 */
VC_API VC_CHECKED vc_status vc_crosswalk_apply(vc_panel *panel, vc_period as_of,
                                               vc_targets *targets, vc_findings *findings);

VC_END_DECLS

#endif
