/* Poisson counts: mean exposure * exp(eta). */
#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double value(const vci_datum *d) {
    double x = d->eta + d->offset;
    return d->y * x - vci_exp(x);
}

static vci_cell cell(const vci_datum *d) {
    double x = d->eta + d->offset, mu = vci_exp(x);
    return (vci_cell){d->y * x - mu, d->y - mu, mu};
}

static vci_cell_slopes slopes(const vci_datum *d) {
    return (vci_cell_slopes){vci_exp(d->eta + d->offset), 0, 0, 0};
}

const vci_family vci_family_poisson = {.value = value, .cell = cell, .slopes = slopes};
