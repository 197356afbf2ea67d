/* Points of a target: pure functions of a figure, the same for draws and for mock days. */
#include "vitalcast/scoring.h"

#include <float.h>
#include <math.h>

#include "vitalcast/target.h"

/* 10^9 is as many digits as anybody publishes. */
#define MOST_DECIMALS 9

/* Doubles from here on have few digits after the point, or none. */
#define WHOLE_BEYOND 1e15

/* Steps of `per` closer to a whole number than this are one: 0.3 / 0.1 is 3. */
#define STEP_ERROR 1e-9

static const double POWER[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

double vc_scoring_published(double figure, int decimals) {
    if (decimals < 0) return figure;
    double scale = POWER[decimals < MOST_DECIMALS ? decimals : MOST_DECIMALS];
    double size = fabs(figure) * scale;
    if (!(size < WHOLE_BEYOND)) return figure;
    double whole = (double)(int64_t)size; /* called for every draw: no call, no branch */
    whole += size - whole >= 0.5 - 8 * DBL_EPSILON * (1 + size);
    return copysign(whole / scale, figure);
}

/* By how much a published figure misses the target; below 0 on the right side. */
static double excess(const vc_target *t, double low, double high, double x) {
    if (t->direction == VC_AT_MOST) return x - low;
    if (t->direction == VC_AT_LEAST) return low - x;
    return fmax(low - x, x - high);
}

/* A distance in steps of `per`, as the rule counts them. */
static double steps(const vc_scoring *s, double distance) {
    double n = distance / s->per;
    if (s->part == VC_PART_IGNORED) return floor(n + STEP_ERROR);
    if (s->part == VC_PART_WHOLE) return ceil(n - STEP_ERROR);
    return n;
}

static double linear(const vc_target *t, double low, double high, double x, bool met) {
    const vc_scoring *s = &t->rule;
    double beyond = excess(t, low, high, x);
    if (!met) return t->points - s->deduct * steps(s, fmax(beyond, 0));
    if (!(s->bonus > 0) || t->direction == VC_BETWEEN) return t->points;
    return t->points + s->bonus * steps(s, fmax(-beyond, 0));
}

/* Degree of completion. */
static double completion(const vc_target *t, double low, double high, double x, bool met) {
    bool between = t->direction == VC_BETWEEN;
    bool at_least = t->direction == VC_AT_LEAST || (between && x < low);
    double bound = between && !at_least ? high : low;
    if (between && met) return 1;
    if (!(bound > 0) || !(x > 0)) return met;
    return at_least ? x / bound : bound / x;
}

static double within(const vc_target *t, double points) {
    double cap = t->rule.cap;
    if (isnan(cap) && !(t->rule.bonus > 0)) cap = t->points;
    if (points > cap) points = cap;
    return points < t->rule.floor ? t->rule.floor : points;
}

static bool reaches(const vc_target *t, double x, double to) {
    return t->direction == VC_AT_LEAST ? x >= to : x <= to;
}

size_t vc_scoring_tier(const vc_target *t, double figure) {
    double x = vc_scoring_published(figure, t->decimals);
    size_t k = 0;
    while (k < t->rule.n_tiers && !reaches(t, x, t->rule.tier_to[k])) k++;
    return k;
}

double vc_scoring_points(const vc_target *t, double bound, double bound_high, double figure,
                         bool met) {
    if (isnan(t->points)) return t->points;
    if (t->rule.rule == VC_ALL_OR_NONE) return met ? t->points : 0;
    if (t->rule.rule == VC_TIERS) {
        size_t k = vc_scoring_tier(t, figure);
        return k < t->rule.n_tiers ? t->rule.tier_points[k] : t->rule.floor;
    }
    double x = vc_scoring_published(figure, t->decimals);
    if (t->rule.rule == VC_LINEAR) return within(t, linear(t, bound, bound_high, x, met));
    return within(t, t->points * completion(t, bound, bound_high, x, met));
}
