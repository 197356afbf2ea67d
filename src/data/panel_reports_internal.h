/* Units and periods that were reported several times: every report is kept. */
#ifndef VCI_PANEL_REPORTS_INTERNAL_H
#define VCI_PANEL_REPORTS_INTERNAL_H

#include "data/panel_internal.h"

typedef struct vci_reports {
    vc_panel *panel; /* borrows; gets the list in the end */
    size_t capacity;
    bool *listed; /* [n_units][n_periods] stands in the list; NULL: no column `reported` */
} vci_reports;

/* Puts a report into the panel's list. */
vc_status vci_reports_add(vci_reports *reports, const vc_vintage *report);

/*
 * Sorts the panel's list by unit, period and report. Fault M08: two different reports of
 * one month; of equal ones the first is kept.
 */
vc_status vci_reports_finish(vci_reports *reports, const vci_panel_reader *reader);

/*
 * Triangles of what was revised, for the panel; none where nothing was. Figures in the
 * panel must be those of single periods.
 *
 * report_at  [n_units][n_periods] month of the latest report; VC_NO_PERIOD: not known
 * until      month up to which reports count; VC_NO_PERIOD: the latest one
 */
vc_status vci_triangles_fill(vc_panel *panel, const vc_period *report_at, vc_period until);

/* Months from the end of a period to its first report, as most units and periods have it.
 */
vc_status vci_reports_delay(const vci_panel_reader *reader, vc_period *usual);

/*
 * The month up to which reports count, if the tables are to be seen as of a period before
 * their last one: the end of that period and the usual delay; else VC_NO_PERIOD.
 */
vc_period vci_reports_until(const vci_panel_reader *reader);

/* The month in which a period ends. */
vc_period vci_last_month(vc_period period, vc_frequency frequency);

#endif
