/* The targets of a year that is replayed. */
#ifndef VCI_REPLAYED_INTERNAL_H
#define VCI_REPLAYED_INTERNAL_H

#include "vitalcast/run.h"
#include "vitalcast/track.h"

#define VCI_AT_MOST_PREVIOUS "at_most_previous_year"

/* Of ranks: is a unit among the highest (lowest) 30 percent of its like? */
#define VCI_AMONG_TOP "top_30_percent"
#define VCI_AMONG_BOTTOM "bottom_30_percent"

/*
 * What is scored in every year: first, for each indicator that the panel gives, that it be
 * at most last year's figure in every unit, then the rows of targets.csv whose year ends in
 * the same place of the calendar year.
 */
typedef struct vci_plan {
    vc_targets targets;  /* year ends as declared; owns */
    size_t n_indicators; /* the first targets are theirs, in this order */
    int year_end_in_year;
    size_t *of; /* [targets.n] index into a track's targets */
    size_t n_tracked;
    vc_track_target *tracked; /* ids are borrowed: from targets, or constants */
    size_t first_rank; /* tracked: top and bottom of each indicator's ranks, in its order */
} vci_plan;

vc_status vci_plan_make(const vc_workspace *workspace, const vc_panel *panel,
                        const vc_targets *declared, vci_plan *plan);
void vci_plan_free(vci_plan *plan);

/*
 * The plan's targets for the assessment year that ends in a period. A target of a unit that
 * is not there in a period of its own choosing is one of no unit at all.
 */
vc_status vci_plan_targets(const vci_plan *plan, const vc_panel *panel, vc_period year_end,
                           vc_period as_of, vc_targets *targets);

#endif
