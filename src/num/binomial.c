/*
 * The probability of one value from deviances, and the tail as a sum of ratios outwards
 * from it. Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.
 */
#include "num/binomial_internal.h"

#include <math.h>
#include <stdbool.h>

/* Below this the error of Stirling's formula is taken from lgamma, above from its series.
 */
#define SERIES_FROM 16
#define NEGLIGIBLE 1e-18

/* log n! - log(sqrt(2 pi n) (n/e)^n), n >= 1. */
static double stirling_error(double n) {
    double s = 1 / (n * n);
    if (n < SERIES_FROM)
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * M_PI);
    return (1. / 12 - s * (1. / 360 - s * (1. / 1260 - s * (1. / 1680 - s / 1188)))) / n;
}

/* x log(x/m) + m - x without the loss of digits where x is near m. */
static double deviance(double x, double m) {
    double d = x - m, v = d / (x + m), sum = d * v, power = 2 * x * v;
    if (fabs(v) >= 0.1) return x * log(x / m) - d;
    for (int j = 3;; j += 2) {
        power *= v * v;
        double next = sum + power / j;
        if (next == sum) return sum;
        sum = next;
    }
}

static double probability(double x, double n, double p) {
    if (x <= 0) return exp(n * log1p(-p));
    if (x >= n) return exp(n * log(p));
    double rest = n - x;
    double log_ratio = stirling_error(n) - stirling_error(x) - stirling_error(rest) -
                       deviance(x, n * p) - deviance(rest, n * (1 - p));
    return exp(log_ratio) * sqrt(n / (2 * M_PI * x * rest));
}

/* P(X <= k) where k lies below the mean: terms fall from k downwards. */
static double lower_tail(double k, double n, double p) {
    double term = 1, sum = 1, odds = (1 - p) / p;
    for (double x = k; x > 0 && term > NEGLIGIBLE * sum; x--) {
        term *= x / (n - x + 1) * odds;
        sum += term;
    }
    return sum * probability(k, n, p);
}

/* Either tail from the one whose terms fall. */
static double tail(int64_t k, int64_t n, double p, bool above) {
    if (k < 0 || k >= n) return (k < 0) == above;
    if ((double)k < (double)n * p) {
        double low = lower_tail((double)k, (double)n, p);
        return above ? 1 - low : low;
    }
    double high = lower_tail((double)(n - k - 1), (double)n, 1 - p);
    return above ? high : 1 - high;
}

double vci_binomial_probability(int64_t k, int64_t n, double p) {
    return k < 0 || k > n ? 0 : probability((double)k, (double)n, p);
}

double vci_binomial_at_most(int64_t k, int64_t n, double p) { return tail(k, n, p, false); }

double vci_binomial_above(int64_t k, int64_t n, double p) { return tail(k, n, p, true); }
