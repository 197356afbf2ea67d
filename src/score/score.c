#include "vitalcast/score.h"

#include <math.h>
#include <stdlib.h>

#include "num/elementary_internal.h"

/* A probability of 0 or 1 from a finite sample is not meant as certainty. */
#define LEAST_P 0.001

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/*
 * mean |x - y| - mean |x - x'| / 2, the second over pairs of different draws, from the
 * sorted ones: with pairs of a draw and itself, fewer draws would score worse.
 */
static double crps(size_t n, const double *sorted, double y) {
    double distance = 0, spread = 0, size = (double)n;
    for (size_t i = 0; i < n; i++) {
        distance += fabs(sorted[i] - y);
        spread += (2 * (double)i + 1 - size) * sorted[i];
    }
    return distance / size - (n > 1 ? spread / (size * (size - 1)) : 0);
}

static double median(size_t n, const double *sorted) {
    return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
}

void vc_score_draws(size_t n, double draw[VC_DIM(n)], double figure, double u,
                    vc_score *score) {
    static const double levels[VC_INTERVALS] = VC_INTERVAL_LEVELS;
    size_t below = 0, equal = 0;
    qsort(draw, n, sizeof *draw, by_value);
    while (below < n && draw[below] < figure) below++;
    while (below + equal < n && draw[below + equal] <= figure) equal++;
    score->crps = crps(n, draw, figure);
    score->error = fabs(median(n, draw) - figure);
    score->pit = ((double)below + u * (double)equal) / (double)n;
    for (size_t i = 0; i < VC_INTERVALS; i++)
        score->inside[i] = fabs(score->pit - 0.5) <= 0.5 * levels[i];
}

double vc_score_brier(double p, bool met) { return (p - met) * (p - met); }

double vc_score_log(double p, bool met) {
    double given = met ? p : 1 - p;
    return -vci_log(fmin(fmax(given, LEAST_P), 1 - LEAST_P));
}
