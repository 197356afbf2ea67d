/* Binomial counts: y of trials, logit p = eta. */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double value(double y, double trials, double eta) {
    double above = eta > 0 ? eta : 0;
    return y * eta - trials * (above + vci_log1p(vci_exp(-fabs(eta))));
}

static double values(const vci_row *r, const double *eta) {
    double sum = 0;
    for (size_t t = 0; t < r->n; t++)
        if (!isnan(r->y[t])) sum += value(r->y[t], r->trials[t], eta[t]);
    return sum;
}

static vci_cell cell(const vci_datum *d) {
    double p = 1 / (1 + vci_exp(-d->eta));
    return (vci_cell){value(d->y, d->trials, d->eta), d->y - d->trials * p,
                      d->trials * p * (1 - p)};
}

static vci_cell_slopes slopes(const vci_datum *d) {
    double p = 1 / (1 + vci_exp(-d->eta));
    return (vci_cell_slopes){d->trials * p * (1 - p) * (1 - 2 * p), 0, 0, 0};
}

const vci_family vci_family_binomial = {
    .trials = true, .values = values, .cell = cell, .slopes = slopes};
