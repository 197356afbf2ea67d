/*
 * Scorecards: all targets of a unit and year end taken together, in the same draws. One for
 * each unit and year end that has a target with points or a veto.
 */
#ifndef VITALCAST_SCORECARD_H
#define VITALCAST_SCORECARD_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"
#include "vitalcast/scoring.h"

VC_BEGIN_DECLS

struct vc_run;

/* One target on a scorecard. NaN: no points, or never decided. */
typedef struct vc_scorecard_item {
    size_t result;          /* index into run.results */
    double expected;        /* mean of its points over the draws in which it is decided */
    double at_stake;        /* the target's points - expected; below 0 with a bonus */
    double total_if_met;    /* mean total over the draws in which the target is met */
    double total_if_missed; /* same, missed; the difference is its bar in the tornado */
    /* VC_TIERS: share of all draws by tier, [n_tiers] none; else NaN. */
    double tier[VC_SCORING_TIERS + 1];
} vc_scorecard_item;

/*
 * A target is open in a draw in which its ratio has no denominator or its bound is not
 * known: it is then neither met nor missed. Probabilities are shares of all draws, so that
 * p_all_met + P(some missed, none open) + p_open = 1; NaN when every draw is open.
 */
typedef struct vc_scorecard {
    size_t unit;                /* index into run.panel.tree */
    vc_period year_end, length; /* as of its targets: length 0 is a year */
    size_t n_items;
    vc_scorecard_item *items; /* [n_items], every target of the unit and year end; owns */
    double points;            /* sum of the targets' points; NaN: none has any */
    double p_all_met, p_open; /* every target met; some target open */
    double p_veto;            /* some veto target missed; NaN: there is none */
    double p_veto_open;       /* no veto target missed, but one open */
    double p_total_open;      /* a target with points open: the total is not known */
    /*
     * Total points over the draws in which they are known. A veto leaves them as they are.
     */
    double expected, median, low80, high80, low95, high95;
} vc_scorecard;

/* Standing of a target on a mock assessment day. */
typedef struct vc_mock {
    double figure; /* the latest figure: counts and rates on the annual basis */
    double points; /* NaN: it has none, or nothing is known */
    bool known;
    bool met; /* as published; false when not known */
} vc_mock;

/**
 * Mock assessment day: a target of a unit as if the year were judged on the latest figures.
 * Needs no draws. result: index into run->results. Checked by:
 * tests/unit/assess/test_joint.c
 */
VC_API vc_mock vc_run_mock(const struct vc_run *run, size_t result);

/** Sum of a scorecard's points on that day; NaN: one of them is not known, or none has any.
 */
VC_API double vc_run_mock_total(const struct vc_run *run, const vc_scorecard *card);

VC_API void vc_scorecards_free(size_t n, vc_scorecard *cards);

VC_END_DECLS

#endif
