/*
 * What is left to be done of a target for services and records: the numerator that meets
 * it, and a plan by period. Vital events have none of it (boundary.h).
 */
#ifndef VITALCAST_TASK_H
#define VITALCAST_TASK_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/*
 * Numerators are whole numbers of 1/scale: 1 for heads and records, up to 1000 for money.
 * The denominator is taken to stay as it was last reported.
 */
typedef struct vc_task {
    size_t result; /* index into run->results */
    size_t series; /* index into run->panel.progress: kind, department */
    bool counted;  /* false: surveys, and where nothing is reported; then the next are 0 */
    int64_t scale;
    int64_t done, whole; /* numerator and denominator to date */
    int64_t goal; /* at_least: smallest numerator whose published share meets the target;
                     at_most: largest; between: the nearer end, done when inside */
    int64_t remaining; /* to be added; below 0: to be taken away; 0: nothing */
    bool closed;       /* an at_least target whose figure to date meets it, or any target
                          that is met when the year is over */
    vc_period first;   /* of the plan: the period after as-of, or the year's first */
    size_t n;          /* periods left up to the deadline or the year end */
    int64_t *plan;     /* [n] adds up to remaining exactly; NULL if n is 0 */
} vc_task;

typedef struct vc_tasks {
    size_t n;
    vc_task *list; /* in the order of run->results */
} vc_tasks;

/**
 * One task for every result of a service or record whose target is known, closed ones too.
 *
 * tasks  [out] release with vc_tasks_free, also after a failure
 *
 * The goal is found by bisection on exact fractions with the target's published rounding;
 * the plan spreads the rest evenly, what does not divide goes to the first periods (largest
 * remainder of equal shares). Rows of a parent and its children each answer for themselves:
 * they do not add up.
 * Returns VC_OK; VC_NO_MEMORY. Checked by: tests/unit/assess/test_task.c (brute force)
 */
VC_API VC_CHECKED vc_status vc_tasks_find(const vc_run *run, vc_tasks *tasks);

VC_API void vc_tasks_free(vc_tasks *tasks);

VC_END_DECLS

#endif
