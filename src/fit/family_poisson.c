/* Poisson counts: mean exposure * exp(eta). */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"

static double values(const vci_row *r, const double *eta) {
    double sum = 0;
    for (size_t t = 0; t < r->n; t++) {
        double x = eta[t] + r->offset[t];
        if (!isnan(r->y[t])) sum += r->y[t] * x - vci_exp(x);
    }
    return sum;
}

static vci_cell cell(const vci_datum *d) {
    double x = d->eta + d->offset, mu = vci_exp(x);
    return (vci_cell){d->y * x - mu, d->y - mu, mu};
}

static vci_cell_slopes slopes(const vci_datum *d) {
    return (vci_cell_slopes){vci_exp(d->eta + d->offset), 0, 0, 0};
}

const vci_family vci_family_poisson = {.values = values, .cell = cell, .slopes = slopes};
