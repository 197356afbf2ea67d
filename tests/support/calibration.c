#include "support/calibration.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double vct_place(size_t n, const double draws[], double truth, double u) {
    double below = 0, ties = 0;
    for (size_t i = 0; i < n; i++) {
        below += draws[i] < truth;
        ties += draws[i] == truth;
    }
    return (below + u * (ties + 1)) / ((double)n + 1);
}

#define MOST_BEYOND 0.025

double vct_place_among(size_t n, const double points[], const double weights[],
                       double truth, double u) {
    double low = -INFINITY, high = INFINITY, below = 0, at_low = 0, at_high = 0;
    for (size_t i = 0; i < n; i++) {
        if (points[i] <= truth && points[i] > low) low = points[i];
        if (points[i] > truth && points[i] < high) high = points[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (points[i] < low) below += weights[i];
        if (points[i] == low) at_low += weights[i];
        if (points[i] == high) at_high += weights[i];
    }
    if (isinf(low)) return u * fmin(at_high / 2, MOST_BEYOND);
    if (isinf(high)) return 1 - u * fmin(at_low / 2, MOST_BEYOND);
    double from = below + at_low / 2, to = below + at_low + at_high / 2;
    return from + (to - from) * (truth - low) / (high - low);
}

/* --- simultaneous bounds of a distribution function --- */

/*
 * The counts R[i] of n uniform places below i / CUTS; the statistic is the least two-sided
 * tail probability of an R[i] under its binomial law, and its own law follows from the
 * counts being a Markov chain (Säilynoja, Bürkner and Vehtari 2022, Statistics and
 * Computing 32:32, equation 5 and algorithm 2).
 */
#define CUTS 100

/* Below this nobody asks how far below. */
#define LEAST_TAIL 1e-9

static double tail(size_t n, double z, size_t count) {
    double low = gsl_cdf_binomial_P((unsigned)count, z, (unsigned)n);
    double high = count > 0 ? gsl_cdf_binomial_Q((unsigned)count - 1, z, (unsigned)n) : 1;
    return fmin(1, 2 * fmin(low, high));
}

/* Counts at cut i whose tail is above gamma: low .. high. */
static void bounds(size_t n, size_t i, double gamma, size_t *low, size_t *high) {
    double z = (double)i / CUTS;
    *low = *high = (size_t)(z * (double)(n + 1)); /* the mode */
    while (*low > 0 && tail(n, z, *low - 1) > gamma) --*low;
    while (*high < n && tail(n, z, *high + 1) > gamma) ++*high;
}

/* log of n! for 0 .. n. */
static double *log_factorials(size_t n) {
    double *f = malloc((n + 1) * sizeof *f);
    for (size_t i = 0; i <= n; i++) f[i] = gsl_sf_lnfact((unsigned)i);
    return f;
}

/* One step of the chain: from counts before cut i to counts at it. */
static void step(size_t n, size_t i, const double *log_f, size_t low, size_t high,
                 const double *before, double *after) {
    double p = 1 / (double)(CUTS - i + 1), log_p = log(p), log_q = log1p(-p);
    memset(after, 0, (n + 1) * sizeof *after);
    for (size_t r = 0; r <= high; r++) {
        if (!(before[r] > 0)) continue;
        size_t left = n - r;
        for (size_t s = low > r ? low : r; s <= high; s++) {
            size_t k = s - r;
            after[s] += before[r] * exp(log_f[left] - log_f[k] - log_f[left - k] +
                                        (double)k * log_p + (double)(left - k) * log_q);
        }
    }
}

/* Probability that all tails of uniform places are above gamma. */
static double coverage(size_t n, double gamma) {
    double *log_f = log_factorials(n), sum = 0;
    double *now = calloc(n + 1, sizeof *now), *next = calloc(n + 1, sizeof *next);
    now[0] = 1;
    for (size_t i = 1; i < CUTS; i++) {
        size_t low, high;
        bounds(n, i, gamma, &low, &high);
        step(n, i, log_f, low, high, now, next);
        double *swap = now;
        now = next;
        next = swap;
    }
    for (size_t r = 0; r <= n; r++) sum += now[r];
    free(log_f);
    free(now);
    free(next);
    return sum;
}

vct_verdict vct_uniform(size_t n, const double places[]) {
    double least = 1;
    for (size_t i = 1; i < CUTS; i++) {
        size_t count = 0;
        double z = (double)i / CUTS;
        for (size_t j = 0; j < n; j++) count += places[j] <= z;
        least = fmin(least, tail(n, z, count));
    }
    /* A hair below, so that the count that was seen is itself outside the bounds. */
    double gamma = fmax(least, LEAST_TAIL) * (1 + 1e-9);
    return (vct_verdict){least, fmax(0, 1 - coverage(n, gamma))};
}

vct_verdict vct_spread(size_t n, const double places[]) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double z = gsl_cdf_ugaussian_Pinv(places[i]);
        sum += z * z;
    }
    double low = gsl_cdf_chisq_P(sum, (double)n), high = gsl_cdf_chisq_Q(sum, (double)n);
    return (vct_verdict){sum / (double)n, 2 * fmin(low, high)};
}

/* --- stated probabilities --- */

/* Of event less share: the event's own and that of a share of finitely many draws. */
static double variance(double p, size_t draws) {
    double count = (double)draws, q = (p * count + 1) / (count + 2);
    return q * (1 - q) * (1 + 1 / count);
}

vct_verdict vct_happens_in_sum(size_t n, const double p[], const bool happened[],
                               size_t draws) {
    double sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (happened[i] ? 1 : 0) - p[i];
        square += variance(p[i], draws);
    }
    double z = sum / sqrt(square);
    return (vct_verdict){z, 2 * gsl_cdf_ugaussian_Q(fabs(z))};
}

typedef struct stated {
    double p;
    bool happened;
} stated;

static int by_p(const void *a, const void *b) {
    double x = ((const stated *)a)->p, y = ((const stated *)b)->p;
    return (x > y) - (x < y);
}

/* Groups are neighbours by p until they hold a variance of GROUP; the rest joins none. */
#define GROUP 8.0

vct_verdict vct_happens_in_groups(size_t n, const double p[], const bool happened[],
                                  size_t draws) {
    stated *sorted = malloc(n * sizeof *sorted);
    double chi_square = 0, groups = 0, sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) sorted[i] = (stated){p[i], happened[i]};
    qsort(sorted, n, sizeof *sorted, by_p);
    for (size_t i = 0; i < n; i++) {
        sum += (sorted[i].happened ? 1 : 0) - sorted[i].p;
        square += variance(sorted[i].p, draws);
        if (square < GROUP) continue;
        chi_square += sum * sum / square;
        groups += 1;
        sum = square = 0;
    }
    free(sorted);
    return (vct_verdict){chi_square, groups > 0 ? gsl_cdf_chisq_Q(chi_square, groups) : 1};
}
