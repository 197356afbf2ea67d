/* The stages of a run. */
#ifndef VCI_RUN_INTERNAL_H
#define VCI_RUN_INTERNAL_H

#include "simulate/simulation_internal.h"
#include "vitalcast/run.h"

/*
 * All models of a workspace fitted to a run's panel; run->fits and run->population are
 * filled. Without fit only the second.
 */
vc_status vci_run_fit(const vc_workspace *workspace, const vc_datadirs *dirs,
                      const vc_observer *observer, bool fit, vc_findings *findings,
                      vc_run *run);

/*
 * The same with the specifications that a donor was fitted with; those of roles that it did
 * not fit are the other's, roles that neither fitted are left out. run->panel and settings
 * are the caller's.
 */
vc_status vci_run_fit_like(const vc_run *donor, const vc_run *other,
                           const vc_observer *observer, vc_run *run);

/* Were two runs fitted with the same specifications? */
bool vci_run_same_models(const vc_run *a, const vc_run *b);

/*
 * Yearly figures of the peers that the run's rankings name, each by the annual
 * specification: run->peer_fits.
 */
vc_status vci_run_fit_peers(const vc_workspace *workspace, const vc_datadirs *dirs,
                            const vc_observer *observer, vc_findings *findings,
                            vc_run *run);

/* Results of observed figures alone. */
vc_status vci_run_settle(vc_run *run);

/* Draws, tallies, results and kept draws of a fitted run. */
vc_status vci_run_assess(const vc_run_options *options, const vc_observer *observer,
                         vc_run *run);

/*
 * A simulation of a run, from its stored posterior; window and horizon come from its
 * targets.
 */
vc_status vci_run_simulation(const vc_run *run, unsigned threads,
                             vci_simulation *simulation);

/* P(met) of one result, from all draws of the run made again. */
vc_status vci_run_reassess(const vc_run *run, size_t result, unsigned threads,
                           double *p_met);

/* Tells the panel what the settings say of its years and of reports still to come. */
void vci_run_tell_panel(vc_run *run);

/* Kept draws. */
vc_status vci_kept_init(const vci_simulation *simulation, size_t draws, vc_kept *kept);
void vci_kept_add(const vc_draws *draws, const vc_panel *panel, vc_kept *kept);
void vci_kept_free(vc_kept *kept);

/* The number of threads an option means. */
unsigned vci_threads(unsigned wanted);

#endif
