/* The counts behind an indicator of progress.csv, as models see them. */
#ifndef VCI_PROGRESS_INTERNAL_H
#define VCI_PROGRESS_INTERNAL_H

#include "vitalcast/panel.h"

/*
 * Figures with decimals are counted in their smallest unit: 10, 100 or 1000 when that makes
 * all numerators and denominators whole; 1000 at most.
 */
double vci_progress_scale(const vc_panel *panel, size_t series);

/*
 * The denominator that holds for a unit in a period (it may lie in the future): the last
 * one known by then, else the first one known; NaN if there is none above 0.
 */
double vci_progress_whole(const vc_panel *panel, size_t series, size_t unit, size_t t);

/* Does the assessment year of quotas begin with this period? */
bool vci_progress_begins_year(const vc_panel *panel, size_t t);

/*
 * What was added to a quota's numerator since the last record of the same assessment year
 * (or since that year began), and in how many periods; done NaN: there is no record.
 */
typedef struct vci_flow {
    double done;
    size_t periods;
} vci_flow;
vci_flow vci_progress_flow(const vc_panel *panel, size_t series, size_t unit, size_t t);

/* The next record of the same assessment year; NaN if there is none. */
double vci_progress_next(const vc_panel *panel, size_t series, size_t unit, size_t t);

/* Has a unit any record with a numerator and a denominator? */
bool vci_progress_reports(const vc_panel *panel, size_t series, size_t unit);

/* Cases asked by a unit's last survey; 0 if there was none. */
double vci_progress_sample(const vc_panel *panel, size_t series, size_t unit);

#endif
