/*
 * Plain values: y / scale ~ normal(eta, sd); log-normal: log y; logit-normal: the logit of
 * a share between 0 and 1.
 */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double scaled(double y, double offset) { return y / vci_exp(offset); }

static double logged(double y, double offset) {
    (void)offset;
    return vci_log(y);
}

static double log_odds(double y, double offset) {
    (void)offset;
    return vci_log(y / (1 - y));
}

static double unscaled(double x, double offset) { return x * vci_exp(offset); }

static double exponential(double x, double offset) {
    (void)offset;
    return vci_exp(x);
}

static double logistic(double x, double offset) {
    (void)offset;
    return 1 / (1 + vci_exp(-x));
}

static vci_cell at(double y, const vci_datum *d) {
    double r = (y - d->eta) / d->sd;
    return (vci_cell){-0.5 * r * r, r / d->sd, 1 / (d->sd * d->sd)};
}

static vci_cell_slopes slopes_at(double y, const vci_datum *d) {
    double r = (y - d->eta) / d->sd;
    return (vci_cell_slopes){0, r * r, -2 * r / d->sd, -2 / (d->sd * d->sd)};
}

static vci_cell normal(const vci_datum *d) { return at(scaled(d->y, d->offset), d); }
static vci_cell log_normal(const vci_datum *d) { return at(logged(d->y, 0), d); }
static vci_cell logit_normal(const vci_datum *d) { return at(log_odds(d->y, 0), d); }

static double sum_of(vci_cell (*cell)(const vci_datum *), const vci_row *r,
                     const double *eta) {
    double sum = 0;
    for (size_t t = 0; t < r->n; t++) {
        vci_datum d = {.y = r->y[t], .offset = r->offset[t], .eta = eta[t], .sd = r->sd};
        if (!isnan(d.y)) sum += cell(&d).value;
    }
    return sum;
}

static double normal_values(const vci_row *r, const double *eta) {
    return sum_of(normal, r, eta);
}

static double log_normal_values(const vci_row *r, const double *eta) {
    return sum_of(log_normal, r, eta);
}

static double logit_normal_values(const vci_row *r, const double *eta) {
    return sum_of(logit_normal, r, eta);
}

static vci_cell_slopes normal_slopes(const vci_datum *d) {
    return slopes_at(scaled(d->y, d->offset), d);
}

static vci_cell_slopes log_normal_slopes(const vci_datum *d) {
    return slopes_at(logged(d->y, 0), d);
}

static vci_cell_slopes logit_normal_slopes(const vci_datum *d) {
    return slopes_at(log_odds(d->y, 0), d);
}

static double constant(const vc_observations *o, size_t n, const double *at_least,
                       double sd) {
    (void)n;
    (void)at_least;
    return -vci_family_observed(o) * log(sd);
}

const vci_family vci_family_normal = {.gaussian = true,
                                      .plain = scaled,
                                      .natural = unscaled,
                                      .values = normal_values,
                                      .cell = normal,
                                      .slopes = normal_slopes,
                                      .constant = constant};

const vci_family vci_family_log_normal = {.gaussian = true,
                                          .plain = logged,
                                          .natural = exponential,
                                          .values = log_normal_values,
                                          .cell = log_normal,
                                          .slopes = log_normal_slopes,
                                          .constant = constant};

const vci_family vci_family_logit_normal = {.gaussian = true,
                                            .plain = log_odds,
                                            .natural = logistic,
                                            .values = logit_normal_values,
                                            .cell = logit_normal,
                                            .slopes = logit_normal_slopes,
                                            .constant = constant};
