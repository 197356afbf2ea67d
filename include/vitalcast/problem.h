/* The problem list: what a half-year meeting has to look at. */
#ifndef VITALCAST_PROBLEM_H
#define VITALCAST_PROBLEM_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

typedef struct vc_problem {
    size_t result;   /* index into run->results */
    bool wrong_side; /* of the target now, as published */
    bool watch; /* a vital event of a unit whose record cannot decide: it is looked after,
                   nothing is held against it */
} vc_problem;

typedef struct vc_problems {
    size_t n;
    vc_problem *list; /* in the order of run->results */
} vc_problems;

/**
 * All results with P(met) below one half, and those that stand on the wrong side now
 * (counts and rates on the annual basis, ratios and shares to date).
 *
 * decidable  [run->n_results] as of vc_boundary_decidable, or NULL
 * problems   [out] release with vc_problems_free, also after a failure
 *
 * Returns VC_OK; VC_NO_MEMORY. Checked by: tests/unit/assess/test_problem.c
 */
VC_API VC_CHECKED vc_status vc_problems_find(const vc_run *run, const bool *decidable,
                                             vc_problems *problems);

VC_API void vc_problems_free(vc_problems *problems);

VC_END_DECLS

#endif
