/* Proper scores of one forecast, given as draws, against what came. */
#ifndef VITALCAST_SCORE_H
#define VITALCAST_SCORE_H

#include "vitalcast/api.h"
#include "vitalcast/status.h"

VC_BEGIN_DECLS

/* Central intervals whose coverage is counted. */
#define VC_INTERVALS 3
#define VC_INTERVAL_LEVELS                                                                 \
    { 0.50, 0.80, 0.95 }

typedef struct vc_score {
    double crps;  /* continuous ranked probability score, in the figure's unit */
    double error; /* |median - figure| */
    double pit;   /* randomised probability integral transform, in [0, 1] */
    bool inside[VC_INTERVALS]; /* does the pit lie in the central interval? */
} vc_score;

/**
 * Scores n draws against a figure.
 *
 * n       number of draws, n >= 1
 * draw    [n] finite; sorted in place
 * figure  what came, finite
 * u       in (0, 1): where the figure lies among draws that equal it
 * score   [out]
 *
 * The CRPS is the fair one: its mean over samples of any size is the score of the
 * distribution they were drawn from.
 *
 * Source: Gneiting and Raftery (2007), JASA 102, equation 21 (CRPS of a sample); Ferro
 * (2014), QJRMS 140, section 3 (fair);
 * Czado, Gneiting and Held (2009), Biometrics 65, section 2 (randomised PIT).
 * Cost: O(n log n). Checked by: tests/unit/score/test_score.c
 */
VC_API void vc_score_draws(size_t n, double draw[VC_DIM(n)], double figure, double u,
                           vc_score *score);

/** (p - met)^2: Brier (1950). */
VC_API double vc_score_brier(double p, bool met);

/** -log of the probability given to what came; p is kept within 0.001 .. 0.999. */
VC_API double vc_score_log(double p, bool met);

VC_END_DECLS

#endif
