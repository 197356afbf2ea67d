/* Ranks of the units of a class at a year end, and how likely each is to be commended. */
#ifndef VITALCAST_RANKING_H
#define VITALCAST_RANKING_H

#include "vitalcast/api.h"
#include "vitalcast/commendation.h"
#include "vitalcast/period.h"

VC_BEGIN_DECLS

/* Share of draws in which every unit's rank lies in its set. */
#define VC_RANK_SET_LEVEL 0.90

/* Chance of saying of any unit of a class that it moved when none did. */
#define VC_MOVEMENT_LEVEL 0.05

/*
 * One unit, or one peer from outside the workspace. Rank 1 is the best; equal scores share
 * the mean of their ranks (1, 2.5, 2.5, 4). Summaries of ranks are over the draws in which
 * the unit has one; probabilities over all draws. NaN where nothing is known.
 */
typedef struct vc_ranked {
    size_t unit;     /* index into run.panel.tree; SIZE_MAX: a peer */
    size_t peer;     /* index into run.panel.peers; SIZE_MAX: a unit */
    size_t target;   /* index into run.targets: whose figure ranks it; SIZE_MAX: none */
    size_t result;   /* index into run.results, of that target and unit; SIZE_MAX: none */
    double p_ranked; /* the figure is defined */
    double mean, median;    /* rank */
    double low_80, high_80; /* marginal intervals, whole ranks, outwards */
    double low_95, high_95;
    double set_low, set_high; /* simultaneous set of VC_RANK_SET_LEVEL, whole ranks */
    double p_quota;           /* is among the commended */
    double monte_carlo_se;    /* of p_quota */
    double p_first;           /* comes first of those who may be commended */
    double p_veto;            /* a veto excludes it */
    double p_quota_moved;     /* p_quota when the weights of points move */
    /*
     * Ranks among the units of the class by their figures to date, one period before the
     * as-of and then. p_movement: how often chance alone moves some unit of the class at
     * least as far as this one moved (adjusted for the class being searched).
     */
    double rank_before, rank_now;
    double p_movement;
} vc_ranked;

/*
 * One class under one rule. Ties at the edge of the quota share its last places: each gets
 * places left / units tied. By unit order they are never broken.
 */
typedef struct vc_ranking {
    char *name;       /* of the rule */
    char *class_name; /* units compared with each other */
    char *by;         /* indicator; NULL: points */
    vc_period year_end;
    bool low_is_best;
    bool second_class;       /* the class is one of the column second_class */
    size_t quota;            /* places; at most n */
    double quota_percent;    /* that the places were made of; NaN: a number was given */
    vc_rounding rounding;    /* of that share of n */
    char *compare_with;      /* an earlier rule of the run; NULL: none */
    double weights;          /* share by which weights of points move; 0: they stand */
    double p_winners_change; /* by that; NaN: they stand */
    size_t n;                /* members of the class; below 2 nothing is compared */
    size_t n_units;          /* the first are units of the workspace, the rest peers */
    vc_ranked *units;        /* [n] in unit order, then in the order of the peers */
} vc_ranking;

/* How sure a place among the commended is. */
typedef enum vc_rank_band {
    VC_BAND_NONE,     /* no probability */
    VC_BAND_UNLIKELY, /* below 0.30 */
    VC_BAND_TOSS_UP,  /* 0.30 .. 0.70 */
    VC_BAND_LIKELY,   /* above 0.70 */
    VC_BAND_CERTAIN   /* 0.99 and above */
} vc_rank_band;

VC_API vc_rank_band vc_rank_band_of(double p_quota);

/** Did it move, and beyond chance: p_movement at most VC_MOVEMENT_LEVEL? */
VC_API bool vc_ranked_moved(const vc_ranked *ranked);

/** "none", "unlikely", "toss-up", "likely" or "certain". */
VC_API const char *vc_rank_band_name(vc_rank_band band);

VC_API void vc_ranking_free(vc_ranking *ranking);

VC_END_DECLS

#endif
