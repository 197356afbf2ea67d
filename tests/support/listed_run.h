/* A run put together by hand, without models or draws: what lists are made from. */
#ifndef VCT_LISTED_RUN_H
#define VCT_LISTED_RUN_H

#include "vitalcast/run.h"

/*
 * 19 months of the hand-made panel, data as of 2020-07, no results; release with
 * vc_run_free.
 */
void vct_listed_run(vc_run *run);

/*
 * Adds a progress series with one record, of the as-of month, for every unit; returns its
 * place.
 */
size_t vct_listed_progress(vc_run *run, const char *indicator, vc_progress_kind kind,
                           double numerator, double denominator);

/*
 * Adds a target for the year ending 2020-12 and one result of a unit; to_date, gap and
 * P(met) are as given. Returns the target, to be changed.
 */
vc_target *vct_listed_result(vc_run *run, const char *indicator, vc_direction direction,
                             vc_fraction bound, size_t unit, double to_date, double p_met);

#endif
