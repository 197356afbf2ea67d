/* One origin: what would have been said then, and what came. */
#ifndef VCI_ORIGIN_INTERNAL_H
#define VCI_ORIGIN_INTERNAL_H

#include "backtest/replayed_internal.h"
#include "vitalcast/backtest.h"

typedef struct vci_replay {
    const vc_workspace *workspace;
    const vc_datadirs *dirs;
    const vc_backtest_options *options;
    const vc_observer *observer;
    vc_findings *findings; /* faults only */
    vc_panel panel;        /* as it stands today; owns */
    vci_plan plan;
} vci_replay;

/*
 * The tables as they stood at a period (all of it: VC_NO_PERIOD), with the plan's targets.
 */
vc_status vci_replay_read(const vci_replay *replay, vc_year year, vc_period as_of,
                          vc_panel *panel, vc_targets *targets);

/* What came of a year. run: release with vc_run_free, also after a failure. */
vc_status vci_origin_truth(const vci_replay *replay, vc_year year, vc_run *run);

/* The run of an origin: stored before, or computed and stored. */
vc_status vci_origin_run(const vci_replay *replay, vc_year year, vc_period as_of,
                         vc_run *run);

/*
 * Scores a run and the baselines against the truth. p: [results of the truth], gets the
 * probability of each; NaN where nothing was said.
 */
vc_status vci_origin_score(const vci_replay *replay, vc_year year, const vc_run *run,
                           const vc_run *truth, vc_track *track, double *p);

#endif
