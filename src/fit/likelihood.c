/* The likelihood of one leaf's row, cell by cell from its family. */
#include "fit/likelihood_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "fit/family_internal.h"

/* Beyond this the counts are not tabulated but taken one by one. */
#define TABLE_LIMIT 4000000.0

static vci_datum datum(const vc_observations *o, size_t leaf, size_t t, double sd) {
    size_t at = leaf * o->n + t;
    return (vci_datum){.y = o->y[at],
                       .trials = o->trials ? o->trials[at] : 0,
                       .offset = o->log_exposure[leaf * (o->n + o->h) + t],
                       .sd = sd};
}

double vci_likelihood_row(const vci_field *field, size_t leaf, double sd, const double *eta,
                          double *gradient, double *weight) {
    const vci_family *family = vci_family_of(field->model->family);
    double sum = 0;
    for (size_t t = 0; t < field->n; t++) {
        vci_cell c = {0, 0, 0};
        vci_datum d = datum(field->observations, leaf, t, sd);
        d.eta = eta[t];
        if (!isnan(d.y)) c = family->cell(&d);
        sum += c.value;
        gradient[t] = c.gradient;
        weight[t] = c.weight;
    }
    return sum;
}

double vci_likelihood_value(const vci_field *field, size_t leaf, double sd,
                            const double *eta) {
    const vci_family *family = vci_family_of(field->model->family);
    double sum = 0;
    for (size_t t = 0; t < field->n; t++) {
        vci_datum d = datum(field->observations, leaf, t, sd);
        d.eta = eta[t];
        if (!isnan(d.y)) sum += family->value(&d);
    }
    return sum;
}

double vci_likelihood_slopes(const vci_field *field, size_t leaf, double sd,
                             const double *eta, const double *variance, double *skew,
                             double *pull) {
    const vci_family *family = vci_family_of(field->model->family);
    double sum = 0;
    for (size_t t = 0; t < field->n; t++) {
        vci_datum d = datum(field->observations, leaf, t, sd);
        skew[t] = pull[t] = 0;
        if (isnan(d.y)) continue;
        d.eta = eta[t];
        vci_cell_slopes s = family->slopes(&d);
        skew[t] = -0.5 * variance[t] * s.weight_eta;
        pull[t] = s.gradient;
        sum += s.value - 0.5 * variance[t] * s.weight;
    }
    return sum;
}

static double largest(const vc_observations *o) {
    double high = 0;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > high) high = o->y[i];
    return high;
}

vc_status vci_likelihood_counts(const vci_field *field, double **at_least, size_t *n) {
    vc_status st = VC_OK;
    const vc_observations *o = field->observations;
    *at_least = NULL;
    *n = 0;
    if (!vci_family_of(field->model->family)->counted || largest(o) > TABLE_LIMIT) goto out;
    *n = (size_t)largest(o) + 1;
    VC_NEW(*at_least, *n);
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (o->y[i] > 0) (*at_least)[(size_t)o->y[i] - 1] += 1;
    for (size_t k = *n - 1; k-- > 0;) (*at_least)[k] += (*at_least)[k + 1];
out:
    return st;
}

double vci_likelihood_constant(const vci_field *field, const double *at_least, size_t n,
                               double sd) {
    const vci_family *family = vci_family_of(field->model->family);
    return family->constant ? family->constant(field->observations, n, at_least, sd) : 0;
}

/*
 * The likelihood's constant is smooth and cheap, so a difference is as good as a formula.
 */
double vci_likelihood_constant_slope(const vci_field *field, const double *at_least,
                                     size_t n, double sd) {
    const double step = 1e-4;
    double up = vci_likelihood_constant(field, at_least, n, sd * exp(step));
    double down = vci_likelihood_constant(field, at_least, n, sd * exp(-step));
    return (up - down) / (2 * step);
}
