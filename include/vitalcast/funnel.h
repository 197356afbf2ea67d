/*
 * Funnel: figures of the units of one level by their size, and the limits in which chance
 * keeps units that are alike. Vital events only.
 */
#ifndef VITALCAST_FUNNEL_H
#define VITALCAST_FUNNEL_H

#include "vitalcast/api.h"
#include "vitalcast/suppression.h"

VC_BEGIN_DECLS

/* Tails of the limits, one side each. */
#define VC_FUNNEL_WARNING 0.025 /* 95 % */
#define VC_FUNNEL_ACTION 0.001  /* 99.8 % */

typedef struct vc_funnel_point {
    size_t unit;
    double size;   /* births (ratios, shares), person-years (rates) */
    double figure; /* in the indicator's unit */
    double z;      /* of its mid-p value, divided by the root of the dispersion */
    int beyond;    /* 1 above, -1 below the limits of VC_FUNNEL_ACTION, else 0 */
} vc_funnel_point;

typedef struct vc_funnel {
    vc_year span;  /* the last year up to the as-of period */
    bool binomial; /* else Poisson */
    bool ratio;    /* binomial: shown as scale * p / (1 - p), else as scale * p */
    double scale;
    double reference;  /* p, or events a person-year, of the top unit */
    double dispersion; /* at least 1: how much more than chance the units vary */
    size_t n_hidden;   /* units that may not be told */
    size_t n;
    vc_funnel_point *points; /* [n] in unit order */
} vc_funnel;

/**
 * Points and reference of an indicator's funnel.
 *
 * level   of the tree
 * funnel  [out] release with vc_funnel_free, also after a failure; n 0: there is none
 *         (not formed of births or deaths as a ratio, share or rate of one event, or the
 * top unit may not be told)
 *
 * The dispersion is the mean square of the z values, a tenth of them at each end drawn in
 * to the next one, where it is above 1 by more than twice its standard error; else 1.
 *
 * Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, sections 2.2 and A.1
 * (interpolated exact limits, winsorised multiplicative over-dispersion).
 * Checked by: tests/unit/assess/test_funnel.c
 */
VC_API VC_CHECKED vc_status vc_funnel_find(const vc_run *run,
                                           const vc_suppression *suppression,
                                           const char *indicator, unsigned level,
                                           vc_funnel *funnel);

/**
 * The limit at a size, in the indicator's unit: exact binomial or Poisson quantile,
 * interpolated between whole events, of the tail that the dispersion leaves of `tail`.
 */
VC_API double vc_funnel_limit(const vc_funnel *funnel, double size, double tail,
                              bool upper);

VC_API void vc_funnel_free(vc_funnel *funnel);

VC_END_DECLS

#endif
