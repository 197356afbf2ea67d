/* The groups of a run file: each one's write and read stand together. */
#ifndef VCI_GROUPS_INTERNAL_H
#define VCI_GROUPS_INTERNAL_H

#include "store/columns_internal.h"
#include "vitalcast/run.h"

/* Attributes of the root: who, what, when, how, and what the figures may be used for. */
vc_status vci_root_write(hid_t file, const vc_run *run);
vc_status vci_root_read(hid_t file, vc_run *run);

/* constant_data: units, population, status, settings. */
vc_status vci_units_write(hid_t file, const vc_run *run);
vc_status vci_units_read(hid_t file, vc_run *run);

/* The part of the settings that grades are measured from; group is constant_data. */
vc_status vci_grade_write(hid_t group, const vc_settings *settings);
vc_status vci_grade_read(hid_t group, vc_settings *settings);

/* observed_data: events, progress, values. */
vc_status vci_observed_write(hid_t file, const vc_run *run);
vc_status vci_observed_read(hid_t file, vc_run *run);

/* indicators: what the workspace declares about them; no group where it does not. */
vc_status vci_declared_write(hid_t file, const vc_run *run);
vc_status vci_declared_read(hid_t file, vc_run *run);

/* targets: the rows of targets.csv. */
vc_status vci_targets_write(hid_t file, const vc_run *run);
vc_status vci_targets_read(hid_t file, vc_run *run);

/* posterior: one group per fit; sample_stats: how each search went. */
vc_status vci_posterior_write(hid_t file, const vc_run *run);
vc_status vci_posterior_read(hid_t file, vc_run *run);

/* Fits, one group each in `posterior`; how each search went, in parent/sample_stats. */
vc_status vci_fits_write(hid_t parent, hid_t posterior, size_t n, const vc_fit *fits);
vc_status vci_fits_read(hid_t parent, hid_t posterior, size_t *n, vc_fit **fits);

/* sources: what other offices count; absent without. */
vc_status vci_others_write(hid_t file, const vc_run *run);
vc_status vci_others_read(hid_t file, vc_run *run);
vc_status vci_others_check(const vc_run *run);

/* peers: units outside the workspace, their figures and fits; absent without peers. */
vc_status vci_peers_write(hid_t file, const vc_run *run);
vc_status vci_peers_read(hid_t file, vc_run *run);
vc_status vci_peers_check(const vc_run *run);

/* Do fits belong to a panel? */
vc_status vci_fits_check(const vc_panel *panel, size_t n, const vc_fit *fits);

/* predictions: the kept draws. */
vc_status vci_predictions_write(hid_t file, const vc_run *run);
vc_status vci_predictions_read(hid_t file, vc_run *run);

/* assessment: results, warnings. */
vc_status vci_assessment_write(hid_t file, const vc_run *run);
vc_status vci_assessment_read(hid_t file, vc_run *run);

/* scorecards: points, vetoes and targets taken together; no group where there are none. */
vc_status vci_scorecards_write(hid_t file, const vc_run *run);
vc_status vci_scorecards_read(hid_t file, vc_run *run);
/* rankings: ranks and places of each class. The check is part of vci_run_check. */
vc_status vci_rankings_write(hid_t file, const vc_run *run);
vc_status vci_rankings_read(hid_t file, vc_run *run);
vc_status vci_rankings_check(const vc_run *run);

/* changes: since an earlier run; no group where none was named. Checked likewise. */
vc_status vci_changed_write(hid_t file, const vc_run *run);
vc_status vci_changed_read(hid_t file, vc_run *run);
vc_status vci_changed_check(const vc_run *run);
/* scenario: what the run supposes; no group in a forecast. The check: see above. */
vc_status vci_scenario_write(hid_t file, const vc_run *run);
vc_status vci_scenario_read(hid_t file, vc_run *run);
vc_status vci_scenario_check(const vc_run *run);

/*
 * Do the parts of a run that was read fit each other? Whatever indexes something else is in
 * its range: VC_STORE_DAMAGED if not.
 */
vc_status vci_run_check(const vc_run *run);

/* units, long_name and long_name_zh of an event's counts. */
void vci_event_describe(vc_event event, vci_h5_variable *variable);

/* Scales that several groups carry: unit (codes), and periods as days since 1970-01-01. */
vc_status vci_unit_scale(hid_t group, const vc_unit_tree *tree);
vc_status vci_period_scale(hid_t group, vc_frequency frequency, vc_period first, size_t n);

/* "month", "quarter" or "year". */
const char *vci_period_dim(vc_frequency frequency);

#endif
