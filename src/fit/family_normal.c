/* Plain values: y / scale ~ normal(eta, sd); log-normal: log y ~ normal(eta, sd). */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double scaled(double y, double offset) { return y / vci_exp(offset); }

static double logged(double y, double offset) {
    (void)offset;
    return vci_log(y);
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
static double normal_value(const vci_datum *d) { return normal(d).value; }
static double log_normal_value(const vci_datum *d) { return log_normal(d).value; }

static vci_cell_slopes normal_slopes(const vci_datum *d) {
    return slopes_at(scaled(d->y, d->offset), d);
}

static vci_cell_slopes log_normal_slopes(const vci_datum *d) {
    return slopes_at(logged(d->y, 0), d);
}

static double constant(const vc_observations *o, size_t n, const double *at_least,
                       double sd) {
    (void)n;
    (void)at_least;
    return -vci_family_observed(o) * log(sd);
}

const vci_family vci_family_normal = {.gaussian = true,
                                      .plain = scaled,
                                      .value = normal_value,
                                      .cell = normal,
                                      .slopes = normal_slopes,
                                      .constant = constant};

const vci_family vci_family_log_normal = {.gaussian = true,
                                          .plain = logged,
                                          .value = log_normal_value,
                                          .cell = log_normal,
                                          .slopes = log_normal_slopes,
                                          .constant = constant};
