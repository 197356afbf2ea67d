/*
 * Negative binomial counts with mean mu = exposure * exp(eta) and variance mu + d^2 mu^2
 * (Lawless 1987, Canadian Journal of Statistics 15, equation 2.1); size = 1 / d^2. Log
 * concave in eta. Written so that sizes up to 1e12, where it is Poisson, lose no digits.
 */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double value(const vci_datum *d) {
    double x = d->eta + d->offset, size = 1 / (d->sd * d->sd);
    return d->y * x - (d->y + size) * log1p(vci_exp(x) / size);
}

static vci_cell cell(const vci_datum *d) {
    double x = d->eta + d->offset, size = 1 / (d->sd * d->sd);
    double mu = vci_exp(x), sum = size + mu;
    return (vci_cell){d->y * x - (d->y + size) * log1p(mu / size),
                      (d->y - mu) * (size / sum),
                      (d->y + size) * (mu / sum) * (size / sum)};
}

/* d / d log d = -2 d / d log size. */
static vci_cell_slopes slopes(const vci_datum *d) {
    double mu = vci_exp(d->eta + d->offset), size = 1 / (d->sd * d->sd), y = d->y;
    double share = size / (size + mu), rest = mu / (size + mu);
    double weight = (y + size) * rest * share;
    return (vci_cell_slopes){
        weight * (share - rest), -2 * ((y + size) * rest - size * log1p(mu / size)),
        -2 * (y - mu) * share * rest, -2 * weight * (size / (y + size) + 1 - 2 * share)};
}

/*
 * Sum over observations of log(Gamma(y + size) / (Gamma(size) size^y)), which is the sum
 * over k of N(y > k) log(1 + k / size).
 */
static double constant(const vc_observations *o, size_t n, const double *at_least,
                       double sd) {
    double sum = 0, size = 1 / (sd * sd);
    for (size_t k = 1; k < n; k++)
        if (at_least[k] > 0) sum += at_least[k] * log1p((double)k / size);
    if (n > 0) return sum;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > 0) sum += lgamma(o->y[i] + size) - lgamma(size) - o->y[i] * log(size);
    return sum;
}

const vci_family vci_family_negative_binomial = {
    .value = value, .cell = cell, .slopes = slopes, .constant = constant, .counted = true};
