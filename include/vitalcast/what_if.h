/*
 * What would be if: a run under a scenario, with the same random numbers; and for services
 * and records the smallest change with which a target is likely enough to be met.
 */
#ifndef VITALCAST_WHAT_IF_H
#define VITALCAST_WHAT_IF_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/** Last period that a run's draws reach: that of its targets, or the as-of period. */
VC_API vc_period vc_run_horizon(const vc_run *run);

/**
 * Turns a run into what it would be under a scenario: the same posterior, seed and number
 * of draws; results, kept draws, scorecards and rankings are made anew. Draws differ from
 * the run's own only where an effect reaches; a scenario that changes nothing gives the
 * same bits. Needs nothing but the run.
 *
 * run       [in,out] as loaded from a store, itself no scenario; id and file are forgotten
 *           (scenario.base keeps the id). Half made after a failure: to be freed only
 * scenario  [in,out] as read for this run; moved into it, zeroed here also after a failure
 * threads   0: all cores; never changes a bit of the result
 * observer  NULL: nobody
 *
 * Returns VC_OK; VC_BAD_ARGUMENT for a scenario that reading would have refused, the
 * boundary of vital events included; VC_INTERRUPTED; VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_run_what_if(vc_run *run, vc_scenario *scenario,
                                           unsigned threads, const vc_observer *observer);

/** Does a result of a run rest on anything that its scenario changes? */
VC_API bool vc_scenario_concerns(const vc_run *run, size_t result);

typedef enum vc_goal_state {
    VC_GOAL_ALREADY, /* as likely as asked for without any change */
    VC_GOAL_FOUND,
    VC_GOAL_OUT_OF_REACH /* not even with VC_GOAL_MOST points */
} vc_goal_state;

/** "already", "found" or "out_of_reach". */
VC_API const char *vc_goal_state_name(vc_goal_state state);

/* Changes are tried in steps of this many points, up to so many. */
#define VC_GOAL_STEP 0.01
#define VC_GOAL_MOST 100

typedef struct vc_goal {
    size_t result;      /* of the run */
    double probability; /* asked for */
    double p_expected;  /* P(met) without any change */
    vc_goal_state state;
    vc_effect effect; /* VC_EFFECT_ADD in all periods left; indicator borrowed. amount: 0
                         already; NaN out of reach */
    double p_met;     /* with it; NaN out of reach */
    double records;   /* what the amount comes to for the unit, of its last denominator: in
                         all, of quotas in each period; NaN for surveys */
} vc_goal;

/**
 * The smallest change, in all periods left of the year, with which P(met) is at least as
 * asked for: up for an `at_least` target, down for `at_most`. By bisection over the steps,
 * each with all draws of the run, so that a scenario with this effect gives this P(met).
 * Draws of stocks and quotas move one way with the change: no smaller step does it.
 * Surveys: to within the chance of the draws.
 *
 * result  one that vc_goal_open allows: VC_BAD_ARGUMENT for any other, vital events above
 *         all (DESIGN.md section 7, boundary 2)
 *
 * Cost: 15 simulations of the one series.
 */
VC_API VC_CHECKED vc_status vc_goal_seek(const vc_run *run, size_t result,
                                         double probability, unsigned threads,
                                         vc_goal *goal);

/* Why no goal can be sought. */
typedef enum vc_goal_refusal {
    VC_GOAL_OPEN,       /* it can */
    VC_GOAL_BOUNDARY,   /* vital events, plain values */
    VC_GOAL_TWO_ENDS,   /* `between` */
    VC_GOAL_CLASS_MEAN, /* the bound moves with the units of the class */
    VC_GOAL_OVER        /* nothing of the year is left, or nothing is projected */
} vc_goal_refusal;

VC_API vc_goal_refusal vc_goal_open(const vc_run *run, size_t result);

VC_END_DECLS

#endif
