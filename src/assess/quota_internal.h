/*
 * Quotas of months, quarters and several years. A yearly quota is the sum since its year
 * began; any other target asks what was done in its window, of the quota that the workspace
 * declares: of the year's for what is shorter than a year, of all of them for several.
 */
#ifndef VCI_QUOTA_INTERNAL_H
#define VCI_QUOTA_INTERNAL_H

#include "assess/indicator_internal.h"

/* Is a target's figure what was done within its window? */
bool vci_quota_within(const vc_panel *panel, const vci_indicator *indicator,
                      const vc_target *target);

/* Does a quota's year begin with a period? Sums begin with 0 there. */
bool vci_quota_begins(const vc_panel *panel, vc_period period);

/* A record of a period; NaN if there is none. */
double vci_quota_record(const vc_panel *panel, size_t series, size_t unit,
                        vc_period period);

typedef struct vci_quota {
    double done; /* NaN: some record that is needed is not there */
    double whole;
} vci_quota;

/*
 * What a unit did from first up to its last record in first .. last. Where a quota's year
 * is under way at `first` or ends before that record, the records of those very periods
 * are needed.
 */
vci_quota vci_quota_done(const vc_panel *panel, const vc_target *target, size_t series,
                         size_t unit, vc_period first, vc_period last);

/* The quota that the window of a target is measured by, `back` periods earlier. */
double vci_quota_whole(const vc_panel *panel, const vc_target *target, size_t series,
                       size_t unit, vc_period at, vc_period back);

#endif
