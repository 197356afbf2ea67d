/* Binomial counts: y of trials, logit p = eta. */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double value(const vci_datum *d) {
    double eta = d->eta;
    double log_one_plus = eta > 0 ? eta + log1p(vci_exp(-eta)) : log1p(vci_exp(eta));
    return d->y * eta - d->trials * log_one_plus;
}

static vci_cell cell(const vci_datum *d) {
    double p = 1 / (1 + vci_exp(-d->eta));
    return (vci_cell){value(d), d->y - d->trials * p, d->trials * p * (1 - p)};
}

static vci_cell_slopes slopes(const vci_datum *d) {
    double p = 1 / (1 + vci_exp(-d->eta));
    return (vci_cell_slopes){d->trials * p * (1 - p) * (1 - 2 * p), 0, 0, 0};
}

const vci_family vci_family_binomial = {
    .trials = true, .value = value, .cell = cell, .slopes = slopes};
