/*
 * What may be asked for which indicator (DESIGN.md section 7, boundary 2): vital events
 * have no budget, no goal, no task. Every list and plan asks here and nowhere else.
 */
#ifndef VITALCAST_BOUNDARY_H
#define VITALCAST_BOUNDARY_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/**
 * Does a name stand for births, deaths, migration or what is formed of them, whatever table
 * it comes from? Knows the standard indicators' names in both languages, those of the
 * events, and whatever the workspace forms of events under a name of its own.
 */
VC_API bool vc_boundary_vital(const vc_run *run, const char *indicator);

/**
 * May an indicator have a remaining task, a plan and a department that answers for it?
 * Services and records of progress.csv may, unless they bear a vital event's name.
 */
VC_API bool vc_boundary_service(const vc_run *run, const char *indicator);

/**
 * May a result be spoken of as this unit's own: an average that the rest of the year would
 * have to reach, a problem? Services and plain values: everywhere. Vital events: at the top
 * unit, and where the record is large enough to decide.
 *
 * decidable  [run->n_results] whose grade is `decidable`; NULL: nobody's, the top unit only
 */
VC_API bool vc_boundary_decidable(const vc_run *run, const bool *decidable, size_t result);

VC_END_DECLS

#endif
