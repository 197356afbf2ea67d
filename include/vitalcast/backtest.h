/*
 * The back-test: past years replayed with only what was known then, scored beside what
 * people do today.
 */
#ifndef VITALCAST_BACKTEST_H
#define VITALCAST_BACKTEST_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"
#include "vitalcast/track.h"

VC_BEGIN_DECLS

#define VC_BACKTEST_YEARS 64
#define VC_BACKTEST_MONTHS 12

typedef struct vc_backtest_options {
    size_t n_years; /* 0: every year that is known whole and has four years before it */
    int years[VC_BACKTEST_YEARS]; /* in which assessment years end */
    size_t n_months;              /* 0: 3, 6, 7, 9, 11 (quarters: 1, 2, 3; yearly: 0) */
    unsigned months[VC_BACKTEST_MONTHS]; /* periods of the year that are known; 0: none */
    unsigned ahead;     /* whole years that the origins lie further back; default 0 */
    vc_run_options run; /* seed, draws (default 2000), threads */
    const char *store;  /* folder for the runs of the origins; NULL: none is stored */
} vc_backtest_options;

VC_API vc_backtest_options vc_backtest_options_default(void);

/**
 * Replays past years of a workspace. Each origin is a run, from the tables as they stood:
 * months after the origin are not there, nor is what was reported later than the usual
 * delay after it. With a store a run is kept and found again: an interrupted back-test goes
 * on where it was, with the same answer. The record is stored there too, unless its origins
 * lie years ahead (vitalcast/track_file.h).
 *
 * Scored are all indicators that the panel gives; targets are `at_most_previous_year` of
 * each of them and the rows of targets.csv, moved to the year that is replayed. Units that
 * are not there at both ends of an origin are left out, and so are figures that are not
 * known whole (a rate without the population of its year).
 *
 * workspace  borrowed
 * options    NULL means vc_backtest_options_default()
 * findings   [in,out] gets faults
 * track      [out] release with vc_track_free, also after a failure
 *
 * Returns VC_OK; VC_BAD_INPUT, also when no year, or not that one, can be replayed;
 * VC_BAD_MODEL; VC_NOT_CONVERGED; VC_INTERRUPTED; VC_NO_SPACE, VC_IO_FAILED.
 */
VC_API VC_CHECKED vc_status vc_backtest_run(const vc_workspace *workspace,
                                            const vc_datadirs *dirs,
                                            const vc_backtest_options *options,
                                            const vc_observer *observer,
                                            vc_findings *findings, vc_track *track);

VC_END_DECLS

#endif
