/*
 * Block elimination (Rue and Held 2005, Gaussian Markov Random Fields, section 2.4) where
 * the blocks are the groups of the field. Each group enters eta through an indicator E of
 * periods, so E'M is a sum of rows and E'ME a sum of those by columns.
 */
#include "fit/eliminate_internal.h"

#include <string.h>

size_t vci_eliminate_scratch(const vci_field *field) {
    size_t k = field->n_node;
    return k * k + k * field->n + k;
}

static void mirror(size_t n, double *m) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) m[j * n + i] = m[i * n + j];
}

/* sum[n_values] += E' v. */
static void gather(const vci_pattern *p, const double *v, double *sum) {
    for (size_t m = 0; m < p->n_maps; m++)
        for (size_t t = 0; t < p->n_periods; t++)
            if (p->map[m][t] >= 0) sum[p->map[m][t]] += v[t];
}

/* factor->l = Q + E'ME, factor->gain = E'M, factor->y = E'v - Qz. */
static void collect(const vci_field *field, const vci_group *group, const double *theta,
                    const double *z, const double *m, const double *v, vci_factor *factor) {
    const vci_pattern *p = group->pattern;
    size_t n = field->n, k = group->n_values;
    memset(factor->gain, 0, k * n * sizeof *factor->gain);
    vci_group_precision(field, group, theta, z, factor->l);
    vci_group_pull(field, group, theta, z, factor->y);
    for (size_t b = 0; b < k; b++) factor->y[b] = -factor->y[b];
    gather(p, v, factor->y);
    for (size_t j = 0; j < p->n_maps; j++)
        for (size_t t = 0; t < n; t++) {
            if (p->map[j][t] < 0) continue;
            double *row = factor->gain + (size_t)p->map[j][t] * n;
            for (size_t s = 0; s < n; s++) row[s] += m[t * n + s];
        }
    for (size_t b = 0; b < k; b++) gather(p, factor->gain + b * n, factor->l + b * k);
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
static void add_reduced(const vci_pattern *p, const double *w, const double *inverse,
                        double *rows, double *m) {
    size_t n = p->n_periods, k = p->n_values;
    memset(rows, 0, k * n * sizeof *rows);
    for (size_t b = 0; b < k; b++)
        for (size_t j = 0; j < p->n_maps; j++)
            for (size_t s = 0; s < n; s++)
                rows[b * n + s] += inverse[b * k + (size_t)p->map[j][s]] * w[s];
    for (size_t t = 0; t < n; t++) {
        double *into = m + t * n, factor = w[t];
        if (factor == 0) continue;
        for (size_t j = 0; j < p->n_maps; j++) {
            const double *row = rows + (size_t)p->map[j][t] * n;
            for (size_t s = 0; s <= t; s++) into[s] -= factor * row[s];
        }
        into[t] += factor;
    }
}

/* l += E' diag(w) E. */
static void add_weights(const vci_pattern *p, const double *w, double *l) {
    for (size_t i = 0; i < p->n_maps; i++)
        for (size_t j = 0; j < p->n_maps; j++)
            for (size_t t = 0; t < p->n_periods; t++)
                l[(size_t)p->map[i][t] * p->n_values + (size_t)p->map[j][t]] += w[t];
}

vc_status vci_eliminate_leaf(const vci_field *field, const vci_group *group,
                             const double *theta, const double *z, const double *weight,
                             const double *gradient, double *m, double *v,
                             vci_factor *factor, double *scratch, double *log_det,
                             double *decrement) {
    vc_status st = VC_OK;
    const vci_pattern *p = group->pattern;
    size_t n = field->n, k = group->n_values;
    double *inverse = scratch, *rows = scratch + k * k, *change = rows + k * n;
    vci_group_precision(field, group, theta, z, factor->l);
    vci_group_pull(field, group, theta, z, factor->y);
    for (size_t b = 0; b < k; b++) factor->y[b] = -factor->y[b];
    gather(p, gradient, factor->y);
    add_weights(p, weight, factor->l);
    VC_TRY(vci_algebra_portable.cholesky(k, factor->l));
    vci_forward(k, factor->l, factor->y);
    for (size_t b = 0; b < k; b++) *decrement += factor->y[b] * factor->y[b];
    *log_det += vci_log_det(k, factor->l);
    memcpy(change, factor->y, k * sizeof *change);
    vci_backward(k, factor->l, change);
    for (size_t t = 0; t < n; t++) v[t] += gradient[t];
    for (size_t j = 0; j < p->n_maps; j++)
        for (size_t t = 0; t < n; t++) v[t] -= weight[t] * change[p->map[j][t]];
    invert(k, factor->l, inverse);
    add_reduced(p, weight, inverse, rows, m);
out:
    return st;
}

void vci_group_step(const vci_field *field, const vci_group *group,
                    const vci_factor *factor, const double *weight, double *delta,
                    double *d) {
    const vci_pattern *p = group->pattern;
    size_t n = field->n, k = group->n_values;
    if (weight) {
        memset(d, 0, k * sizeof *d);
        for (size_t j = 0; j < p->n_maps; j++)
            for (size_t t = 0; t < n; t++) d[p->map[j][t]] -= weight[t] * delta[t];
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
    for (size_t j = 0; j < p->n_maps; j++)
        for (size_t t = 0; t < n; t++)
            if (p->map[j][t] >= 0) delta[t] += d[p->map[j][t]];
}
