/* Other offices' counts make the last periods less certain where that is declared. */
#ifndef VCI_WIDEN_INTERNAL_H
#define VCI_WIDEN_INTERNAL_H

#include "core/finding_internal.h"
#include "vitalcast/run.h"

/*
 * Lowers and widens run->settings' shares of the last VC_LATE periods (at most a year)
 * where a source with `widen: yes` has more than its declared ratio and chance explain; of
 * several the one that has most counts. A warning (C16) says so. Needs the panel as of the
 * run.
 */
vc_status vci_run_widen(vc_run *run, vc_findings *findings);

#endif
