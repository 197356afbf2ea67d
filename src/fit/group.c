/*
 * Priors of groups. Student's t with nu degrees of freedom and scale s has - log density
 * (nu
 * + 1) / 2 log(1 + x^2 / (nu s^2)); far out its curvature is negative and counts as 0: the
 * data have to hold such a value then, and do, or it would not be there.
 */
#include "fit/group_internal.h"

#include <math.h>
#include <string.h>

#include "fit/field_internal.h"
#include "num/elementary_internal.h"

double vci_group_kind_precision(const vci_field *field, const vci_group *group,
                                const double *theta, int kind) {
    if (group->sd[kind] == VCI_NONE) return 0;
    double sd = vci_field_sd(field, group->sd[kind], theta);
    return 1 / (sd * sd);
}

static void fill_precisions(const vci_field *field, const vci_group *group,
                            const double *theta, double tau[VCI_KINDS]) {
    for (int k = 0; k < VCI_KINDS; k++)
        tau[k] = vci_group_kind_precision(field, group, theta, k);
}

static void heavy_precision(const vci_group *group, double tau, const double *x,
                            double *q) {
    double nu = group->tail;
    for (size_t i = 0; i < group->n_values; i++) {
        double u = x[i] * x[i] * tau / nu;
        q[i * group->n_values + i] =
            fmax((nu + 1) / nu * tau * (1 - u) / ((1 + u) * (1 + u)), 0);
    }
}

/* q += tau c c', c the coefficients of innovation i. */
static void add_innovation(const vci_pattern *p, size_t i, double tau, double *q) {
    size_t at[1 + VCI_LAGS] = {i}, n = 1;
    double c[1 + VCI_LAGS] = {1};
    for (size_t k = 0; k < VCI_LAGS; k++) {
        if (p->lag[k][i] == VCI_NONE) continue;
        at[n] = (size_t)p->lag[k][i];
        c[n++] = -p->pull[k][i];
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) q[at[a] * p->n_values + at[b]] += tau * c[a] * c[b];
}

void vci_group_precision(const vci_field *field, const vci_group *group,
                         const double *theta, const double *x, double *q) {
    double tau[VCI_KINDS];
    fill_precisions(field, group, theta, tau);
    memset(q, 0, group->n_values * group->n_values * sizeof *q);
    if (group->tail)
        heavy_precision(group, tau[VCI_FIRST], x, q);
    else
        for (size_t i = 0; i < group->n_values; i++)
            add_innovation(group->pattern, i, tau[group->pattern->kind[i]], q);
}

double vci_group_log_det(const vci_field *field, const vci_group *group,
                         const double *theta) {
    double tau[VCI_KINDS], n[VCI_KINDS] = {0}, sum = 0;
    fill_precisions(field, group, theta, tau);
    for (size_t i = 0; i < group->n_values; i++) n[group->pattern->kind[i]] += 1;
    for (int k = 0; k < VCI_KINDS; k++)
        if (n[k] > 0) sum += n[k] * vci_log(tau[k]);
    return sum;
}

static double heavy_pull(const vci_group *group, double tau, const double *x, double *out) {
    double sum = 0, nu = group->tail;
    for (size_t i = 0; i < group->n_values; i++) {
        double u = 1 + x[i] * x[i] * tau / nu;
        out[i] = (nu + 1) / nu * tau * x[i] / u;
        sum += (nu + 1) * vci_log(u);
    }
    return sum;
}

double vci_group_pull(const vci_field *field, const vci_group *group, const double *theta,
                      const double *x, double *out) {
    const vci_pattern *p = group->pattern;
    double tau[VCI_KINDS], sum = 0;
    fill_precisions(field, group, theta, tau);
    if (group->tail) return heavy_pull(group, tau[VCI_FIRST], x, out);
    memset(out, 0, group->n_values * sizeof *out);
    for (size_t i = 0; i < group->n_values; i++) {
        double innovation = vci_pattern_innovation(p, i, x);
        double pull = tau[p->kind[i]] * innovation;
        sum += pull * innovation;
        out[i] += pull;
        for (size_t k = 0; k < VCI_LAGS; k++)
            if (p->lag[k][i] != VCI_NONE) out[p->lag[k][i]] -= p->pull[k][i] * pull;
    }
    return sum;
}
