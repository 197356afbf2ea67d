/* What the kinds of checks share. Each file adds the checks of its own kind. */
#ifndef VCI_CHECKS_INTERNAL_H
#define VCI_CHECKS_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/quality.h"

typedef struct vci_checks {
    const vc_panel *panel;
    const vc_targets *targets; /* may be NULL */
    vc_average_population average;
    vc_quality *quality;
    bool year_end[VC_MONTHLY]; /* by place in the year: does a year end there? */
} vci_checks;

vc_status vci_check_add(vci_checks *checks, const vc_quality_check *check);

vc_status vci_check_populations(vci_checks *checks);
vc_status vci_check_flows(vci_checks *checks);
vc_status vci_check_even_counts(vci_checks *checks);
vc_status vci_check_even_ratios(vci_checks *checks);
vc_status vci_check_bunching(vci_checks *checks);
vc_status vci_check_digits(vci_checks *checks);
vc_status vci_check_shifts(vci_checks *checks);
vc_status vci_check_zeros(vci_checks *checks);
vc_status vci_check_sources(vci_checks *checks);

/* q of all tests, and what is found. */
vc_status vci_check_discoveries(vc_quality *quality);

/* The series of a unit; NULL if the panel has no such event. */
const double *vci_check_series(const vc_panel *panel, vc_event event, size_t unit);

/*
 * Whole years back from the panel's end: number of them and first period of the b-th
 * (0-based, the latest first).
 */
size_t vci_check_years(const vc_panel *panel);
size_t vci_check_year(const vc_panel *panel, size_t b);

/* Sum of n figures; NaN if one is missing. */
double vci_check_sum(size_t n, const double *figure);

/* The period at a place of the panel's arrays. */
vc_period vci_check_period(const vc_panel *panel, size_t t);

#endif
