/*
 * Beta-binomial counts: y of n, p of each observation from Beta(s mu, s (1 - mu)), logit mu
 * = eta, s = 1 / d^2; the correlation of two births of one observation is 1 / (s + 1)
 * (Skellam 1948, Journal of the Royal Statistical Society B 10). With A_j the sum of
 * (s mu + k)^-j over k < y, B_j that of (s (1 - mu) + k)^-j over k < n - y, v = mu (1 -
 * mu), c = 1 - 2 mu:
 *
 *   d l / d eta      = s v (A_1 - B_1)
 *   - d2 l / d eta2  = s^2 v^2 (A_2 + B_2) - s v c (A_1 - B_1)
 *
 * Far from the data the second may be negative; it then counts as 0.
 */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"
#include "num/rising_internal.h"

typedef struct parts {
    double s, a, b, v, c; /* a = s mu, b = s (1 - mu) */
    vci_rising up, down;  /* A and B */
} parts;

static parts parts_of(const vci_datum *d) {
    parts p;
    double mu = 1 / (1 + vci_exp(-d->eta)), rest = 1 / (1 + vci_exp(d->eta));
    p.s = 1 / (d->sd * d->sd);
    p.a = p.s * mu;
    p.b = p.s * rest;
    p.v = mu * rest;
    p.c = rest - mu;
    p.up = vci_rising_sums(p.a, d->y);
    p.down = vci_rising_sums(p.b, d->trials - d->y);
    return p;
}

static double value_of(const vci_datum *d, const parts *p) {
    return p->up.log + p->down.log - vci_rising_sums(p->s, d->trials).log;
}

static double values(const vci_row *r, const double *eta) {
    double sum = 0;
    for (size_t t = 0; t < r->n; t++) {
        vci_datum d = {.y = r->y[t], .trials = r->trials[t], .eta = eta[t], .sd = r->sd};
        if (isnan(d.y)) continue;
        parts p = parts_of(&d);
        sum += value_of(&d, &p);
    }
    return sum;
}

static double weight_of(const parts *p) {
    const double *up = p->up.power, *down = p->down.power;
    double sv = p->s * p->v;
    return sv * (sv * (up[2] + down[2]) - p->c * (up[1] - down[1]));
}

static vci_cell cell(const vci_datum *d) {
    parts p = parts_of(d);
    double weight = weight_of(&p);
    return (vci_cell){value_of(d, &p), p.s * p.v * (p.up.power[1] - p.down.power[1]),
                      weight > 0 ? weight : 0};
}

/* D = d / d log s: D A_j = - j a A_(j+1), and d / d log d = -2 D. */
static vci_cell_slopes slopes(const vci_datum *d) {
    parts p = parts_of(d);
    const double *up = p.up.power, *down = p.down.power;
    double sv = p.s * p.v, difference = up[1] - down[1], sum = up[2] + down[2];
    double value =
        p.a * up[1] + p.b * down[1] - p.s * vci_rising_sums(p.s, d->trials).power[1];
    double gradient = sv * (difference - p.a * up[2] + p.b * down[2]);
    double weight = 2 * sv * sv * (sum - p.a * up[3] - p.b * down[3]) -
                    sv * p.c * (difference - p.a * up[2] + p.b * down[2]);
    double weight_eta = 3 * sv * sv * p.c * sum - 2 * sv * sv * sv * (up[3] - down[3]) -
                        sv * (p.c * p.c - 2 * p.v) * difference;
    bool flat = weight_of(&p) <= 0;
    return (vci_cell_slopes){flat ? 0 : weight_eta, -2 * value, -2 * gradient,
                             flat ? 0 : -2 * weight};
}

const vci_family vci_family_beta_binomial = {
    .trials = true, .values = values, .cell = cell, .slopes = slopes};
