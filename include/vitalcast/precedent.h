/* This year's change beside those of earlier years: does it look like the past? */
#ifndef VITALCAST_PRECEDENT_H
#define VITALCAST_PRECEDENT_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

typedef struct vc_precedent {
    size_t n;             /* earlier changes that are known */
    double fewest;        /* the smaller of the two counts that are compared: small cells */
    double change;        /* to date against the same periods last year, percent */
    double least, most;   /* of the earlier ones, percent; NaN if there is none */
    double p;             /* that another change of their kind is as far off; NaN below 4 */
    bool unlike;          /* beyond all of them, and p < 0.10 */
    double straight_line; /* year-end figure if the rest goes on as the year so far */
} vc_precedent;

/**
 * Compares an event's count in an assessment year, up to the as-of period, with a year
 * before, and that change with those of the same periods in earlier years: p is that of
 * Student's t for one more of n log changes. Says nothing of why.
 *
 * unit  index into run->panel.tree; large units only: chance counts like all else
 *
 * Returns false when the year has not begun, is over, or too little is known; then n is 0
 * and the figures are NaN.
 * Source: prediction interval of a further observation, Hahn and Meeker (1991), Statistical
 * Intervals, section 4.7. Checked by: tests/unit/assess/test_precedent.c
 */
VC_API bool vc_run_precedent(const vc_run *run, vc_event event, size_t unit,
                             vc_period year_end, vc_precedent *precedent);

VC_END_DECLS

#endif
