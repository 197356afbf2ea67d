/* How a target's points follow from its year-end figure. */
#ifndef VITALCAST_SCORING_H
#define VITALCAST_SCORING_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

typedef enum vc_scoring_rule {
    VC_ALL_OR_NONE,  /* all points when the target is met, else none */
    VC_LINEAR,       /* `deduct` points less for each `per` by which it is missed */
    VC_PROPORTIONAL, /* degree of completion times points */
    VC_TIERS         /* points of the first tier that the figure reaches */
} vc_scoring_rule;

/* What a part of `per` counts for. */
typedef enum vc_scoring_part {
    VC_PART_PROPORTIONAL, /* its share (default) */
    VC_PART_IGNORED,      /* nothing */
    VC_PART_WHOLE         /* as much as a whole one */
} vc_scoring_part;

#define VC_SCORING_TIERS 12

/* A rule of `scoring:` in workspace.yaml; zeroed is VC_ALL_OR_NONE. */
typedef struct vc_scoring {
    vc_scoring_rule rule;
    vc_scoring_part part;
    double per;     /* linear: in the indicator's unit, above 0; default 1 */
    double deduct;  /* linear: points for each `per` missed, from 0 */
    double bonus;   /* linear: points for each `per` on the right side, from 0 */
    double floor;   /* fewest points, default 0 (扣完为止) */
    double cap;     /* most points; NaN: the target's points, or with a bonus none */
    size_t n_tiers; /* tiers: best first, at most VC_SCORING_TIERS */
    double tier_to[VC_SCORING_TIERS]; /* reached by a figure that is not worse */
    double tier_points[VC_SCORING_TIERS];
} vc_scoring;

struct vc_target;

/**
 * The figure as it is published: rounded to `decimals` digits, halves away from zero; as it
 * is for decimals < 0. A figure within a few units of its last binary place of a half is
 * one, so that 1.005, which no double holds, becomes 1.01.
 */
VC_API double vc_scoring_published(double figure, int decimals);

/**
 * Points of a target for a year-end figure.
 *
 * bound, bound_high  the target in the indicator's unit; the second of `between` only
 * figure             not yet rounded; finite
 * met                is the target met? Decides where a figure lies on the bound.
 *
 * Linear: excess = published figure beyond the bound; points - deduct * excess / per, or
 * points + bonus * distance / per on the right side (not of `between`). Proportional:
 * figure / bound of at_least, bound / figure of at_most, times points; a bound or figure at
 * or below 0 gives all points or none. Both lie within floor .. cap.
 *
 * Returns NaN where the target has no points. Checked by: tests/unit/data/test_scoring.c
 */
VC_API double vc_scoring_points(const struct vc_target *target, double bound,
                                double bound_high, double figure, bool met);

/** Index of the tier that a figure reaches; n_tiers: none. VC_TIERS only. */
VC_API size_t vc_scoring_tier(const struct vc_target *target, double figure);

VC_END_DECLS

#endif
