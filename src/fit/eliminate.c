/*
 * Block elimination (Rue and Held 2005, Gaussian Markov Random Fields, section 2.4) where
 * the blocks are the groups of the field. Each group enters eta through an indicator E of
 * periods, so E'M is a sum of rows and E'ME a sum of those by columns.
 */
#include "fit/eliminate_internal.h"

#include <string.h>

size_t vci_eliminate_scratch(const vci_field *field) {
    size_t b = field->n_blocks;
    return b * b + b * field->n + b;
}

static void mirror(size_t n, double *m) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) m[j * n + i] = m[i * n + j];
}

/* factor->l = Q + E'ME, factor->gain = E'M, factor->y = E'v - Qz. */
static void collect(const vci_field *field, const vci_group *group, const double *theta,
                    const double *z, const double *m, const double *v, vci_factor *factor) {
    size_t n = field->n, k = group->n_values;
    memset(factor->gain, 0, k * n * sizeof *factor->gain);
    vci_group_precision(field, group, theta, factor->l);
    vci_group_multiply(field, group, theta, z, factor->y);
    for (size_t b = 0; b < k; b++) factor->y[b] = -factor->y[b];
    for (size_t t = 0; t < n; t++) {
        if (group->map[t] < 0) continue;
        size_t b = (size_t)group->map[t];
        double *row = factor->gain + b * n;
        for (size_t s = 0; s < n; s++) row[s] += m[t * n + s];
        factor->y[b] += v[t];
    }
    for (size_t b = 0; b < k; b++)
        for (size_t s = 0; s < n; s++)
            if (group->map[s] >= 0)
                factor->l[b * k + (size_t)group->map[s]] += factor->gain[b * n + s];
}

vc_status vci_eliminate_dense(const vci_field *field, const vci_algebra *algebra,
                              const vci_group *group, const double *theta, const double *z,
                              double *m, double *v, vci_factor *factor, double *log_det,
                              double *decrement) {
    vc_status st = VC_OK;
    size_t n = field->n, k = group->n_values;
    mirror(n, m);
    collect(field, group, theta, z, m, v, factor);
    VC_TRY(algebra->cholesky(k, factor->l));
    algebra->forward(k, n, factor->l, factor->gain);
    vci_forward(k, factor->l, factor->y);
    algebra->subtract_square(k, n, factor->gain, m);
    for (size_t b = 0; b < k; b++) {
        *decrement += factor->y[b] * factor->y[b];
        for (size_t t = 0; t < n; t++) v[t] -= factor->gain[b * n + t] * factor->y[b];
    }
    *log_det += vci_log_det(k, factor->l);
out:
    return st;
}

/* inverse[k][k] = (L L')^-1 */
static void invert(size_t k, const double *l, double *inverse) {
    memset(inverse, 0, k * k * sizeof *inverse);
    for (size_t b = 0; b < k; b++) {
        double *row = inverse + b * k;
        row[b] = 1;
        vci_forward(k, l, row);
        vci_backward(k, l, row);
    }
}

/* m -= diag(w) E A^-1 E' diag(w), m += diag(w): the leaf's precision after elimination. */
static void add_reduced(size_t n, size_t k, const int *map, const double *w,
                        const double *inverse, double *rows, double *m) {
    for (size_t b = 0; b < k; b++)
        for (size_t s = 0; s < n; s++)
            rows[b * n + s] = inverse[b * k + (size_t)map[s]] * w[s];
    for (size_t t = 0; t < n; t++) {
        const double *row = rows + (size_t)map[t] * n;
        double *into = m + t * n, factor = w[t];
        if (factor == 0) continue;
        for (size_t s = 0; s <= t; s++) into[s] -= factor * row[s];
        into[t] += factor;
    }
}

vc_status vci_eliminate_leaf(const vci_field *field, const vci_group *group,
                             const double *theta, const double *z, const double *weight,
                             const double *gradient, double *m, double *v,
                             vci_factor *factor, double *scratch, double *log_det,
                             double *decrement) {
    vc_status st = VC_OK;
    size_t n = field->n, k = group->n_values;
    double *inverse = scratch, *rows = scratch + k * k, *change = rows + k * n;
    vci_group_precision(field, group, theta, factor->l);
    vci_group_multiply(field, group, theta, z, factor->y);
    for (size_t b = 0; b < k; b++) factor->y[b] = -factor->y[b];
    for (size_t t = 0; t < n; t++) {
        size_t b = (size_t)group->map[t];
        factor->l[b * k + b] += weight[t];
        factor->y[b] += gradient[t];
    }
    VC_TRY(vci_algebra_portable.cholesky(k, factor->l));
    vci_forward(k, factor->l, factor->y);
    for (size_t b = 0; b < k; b++) *decrement += factor->y[b] * factor->y[b];
    *log_det += vci_log_det(k, factor->l);
    memcpy(change, factor->y, k * sizeof *change);
    vci_backward(k, factor->l, change);
    for (size_t t = 0; t < n; t++) v[t] += gradient[t] - weight[t] * change[group->map[t]];
    invert(k, factor->l, inverse);
    add_reduced(n, k, group->map, weight, inverse, rows, m);
out:
    return st;
}

void vci_group_step(const vci_field *field, const vci_group *group,
                    const vci_factor *factor, const double *weight, double *delta,
                    double *d) {
    size_t n = field->n, k = group->n_values;
    if (weight) {
        memset(d, 0, k * sizeof *d);
        for (size_t t = 0; t < n; t++) d[group->map[t]] -= weight[t] * delta[t];
        vci_forward(k, factor->l, d);
        for (size_t b = 0; b < k; b++) d[b] += factor->y[b];
    } else {
        for (size_t b = 0; b < k; b++) {
            double sum = factor->y[b];
            for (size_t t = 0; t < n; t++) sum -= factor->gain[b * n + t] * delta[t];
            d[b] = sum;
        }
    }
    vci_backward(k, factor->l, d);
    for (size_t t = 0; t < n; t++)
        if (group->map[t] >= 0) delta[t] += d[group->map[t]];
}
