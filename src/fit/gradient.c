/*
 * With L(theta) = l - 1/2 x'Qx + 1/2 log|Q| - 1/2 log|H| + prior at the mode x, and Q(j)
 * the part of Q that belongs to the j-th standard deviation (so that dQ / d log sd = -2
 * Q(j)):
 *
 *   dL / d log sd_j = x'Q(j)x + tr(H^-1 Q(j)) - n_j + 2 lambda' Q(j) x + prior',   H lambda
 * = A'c,
 *
 * c = -1/2 var(eta) d weight / d eta: the last term is the way in which the mode moves |H|.
 * Kristensen et al. (2016), Journal of Statistical Software 70(5), section 2; variances by
 * the recursion that the elimination gives, from the root down (Rue and Held 2005,
 * section 2.4).
 */
#include "fit/gradient_internal.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/likelihood_internal.h"
#include "model/scale_internal.h"
#include "num/linear_internal.h"

/* What one group adds to the derivatives of its standard deviations. */
typedef struct share {
    double of[VCI_KINDS];
} share;

typedef struct work {
    vci_marginal *marginal;
    const vci_field *field;
    vci_solver *solver;
    const double *theta;
    double *variance, *skew, *pull; /* [n_leaves][n] */
    share *of_unit;                 /* [n_units] tr(H^-1 Q(j)) of its values */
    double *disperse;               /* [n_leaves] of vci_likelihood_slopes */
    double *scratch;                /* one slab per thread, or the dense groups' */
    double *gradient;
} work;

static void fill_precisions(const work *w, const vci_group *g, double tau[VCI_KINDS]) {
    for (int k = 0; k < VCI_KINDS; k++)
        tau[k] = vci_group_kind_precision(w->field, g, w->theta, k);
}

/* Variance of innovation i when the values' covariance is s[k][k]: (D s D')_ii. */
static double innovation_variance(const vci_pattern *p, size_t i, const double *s) {
    size_t at[1 + VCI_LAGS] = {i}, n = 1, k = p->n_values;
    double c[1 + VCI_LAGS] = {1}, sum = 0;
    for (size_t j = 0; j < VCI_LAGS; j++) {
        if (p->lag[j][i] == VCI_NONE) continue;
        at[n] = (size_t)p->lag[j][i];
        c[n++] = -p->pull[j][i];
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) sum += c[a] * c[b] * s[at[a] * k + at[b]];
    return sum;
}

/* tr(Q(j) s) for each kind of innovation. */
static share trace(const work *w, const vci_group *g, const double *s) {
    share sum = {{0}};
    double tau[VCI_KINDS];
    fill_precisions(w, g, tau);
    for (size_t i = 0; i < g->n_values; i++) {
        int kind = g->pattern->kind[i];
        sum.of[kind] += tau[kind] * innovation_variance(g->pattern, i, s);
    }
    return sum;
}

/* x'Q(j)(x + 2 lambda) - n_j for each kind of innovation. */
static share forms(const work *w, const vci_group *g, const double *x,
                   const double *lambda) {
    share sum = {{0}};
    double tau[VCI_KINDS];
    fill_precisions(w, g, tau);
    for (size_t i = 0; i < g->n_values; i++) {
        int kind = g->pattern->kind[i];
        double dx = vci_pattern_innovation(g->pattern, i, x);
        double dl = vci_pattern_innovation(g->pattern, i, lambda);
        sum.of[kind] += dx * (dx + 2 * dl) * tau[kind] - 1;
    }
    return sum;
}

static void credit(const work *w, const vci_group *g, share s) {
    for (int k = 0; k < VCI_KINDS; k++)
        if (g->sd[k] != VCI_NONE && w->field->components[g->sd[k]].theta != VCI_NONE)
            w->gradient[w->field->components[g->sd[k]].theta] += s.of[k];
}

/* inverse[k][k] = (L L')^-1. */
static void invert(size_t k, const double *l, double *inverse) {
    memset(inverse, 0, k * k * sizeof *inverse);
    for (size_t b = 0; b < k; b++) {
        inverse[b * k + b] = 1;
        vci_forward(k, l, inverse + b * k);
        vci_backward(k, l, inverse + b * k);
    }
}

/* What value b, which enters period t, does to the covariance of eta. */
static void spread_row(const vci_pattern *p, size_t t, size_t b, const double *r,
                       const double *cov, double *s) {
    size_t n = p->n_periods, k = p->n_values;
    for (size_t q = 0; q < n; q++) {
        /* S changes row by row, so that each pair gets each of its parts once. */
        s[t * n + q] -= r[b * n + q];
        s[q * n + t] -= r[b * n + q];
        for (size_t m = 0; m < p->n_maps; m++)
            if (p->map[m][q] >= 0) s[t * n + q] += cov[b * k + (size_t)p->map[m][q]];
    }
}

/*
 * Through a dense group, with S = cov of eta above it: R = A^-1 E'M S = - cov(z, eta)',
 * cov(z) = A^-1 + R (E'M)' A^-1. S becomes the covariance below the group. Returns
 * tr(cov(z) Q(j)).
 */
static share pass_dense(const work *w, const vci_group *g, const vci_factor *factor,
                        double *s, double *scratch) {
    size_t n = w->field->n, k = g->n_values;
    double *r = scratch, *cov = r + k * n;
    int ni = (int)n, ki = (int)k, threads = vci_blas_begin();
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, ki, ni, ni, 1, factor->gain, ni,
                s, ni, 0, r, ni);
    memset(cov, 0, k * k * sizeof *cov);
    for (size_t b = 0; b < k; b++) cov[b * k + b] = 1;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, ki, ki, ni, 1, r, ni, factor->gain,
                ni, 1, cov, ki);
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, ki, ni, 1,
                factor->l, ki, r, ni);
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, ki, ki, 1,
                factor->l, ki, cov, ki);
    cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, ki, ki,
                1, factor->l, ki, cov, ki);
    vci_blas_end(threads);
    for (size_t m = 0; m < g->pattern->n_maps; m++)
        for (size_t t = 0; t < n; t++)
            if (g->pattern->map[m][t] >= 0)
                spread_row(g->pattern, t, (size_t)g->pattern->map[m][t], r, cov, s);
    return trace(w, g, cov);
}

/*
 * The leaf's own: variances of its eta and tr(cov(z) Q(j)). S is the covariance above it.
 */
static share pass_leaf(const work *w, size_t unit, const double *s, double *scratch,
                       double *variance) {
    const vci_field *f = w->field;
    const vci_group *g = &f->node[unit];
    const vci_pattern *p = g->pattern;
    size_t n = f->n, k = g->n_values;
    double *r = scratch, *inverse = r + k * n, *cov = inverse + k * k, *left = cov + k * k;
    const double *weight = w->solver->weight + f->leaf_of[unit] * n;
    memset(r, 0, k * n * sizeof *r);
    for (size_t m = 0; m < p->n_maps; m++)
        for (size_t t = 0; t < n; t++) {
            double *row = r + (size_t)p->map[m][t] * n;
            for (size_t q = 0; q < n; q++) row[q] += weight[t] * s[t * n + q];
        }
    invert(k, w->solver->node[unit].l, inverse);
    memset(cov, 0, k * k * sizeof *cov);
    for (size_t m = 0; m < p->n_maps; m++)
        for (size_t b = 0; b < k; b++)
            for (size_t t = 0; t < n; t++)
                cov[b * k + (size_t)p->map[m][t]] += r[b * n + t] * weight[t];
    /* left = A^-1 (E'W S W E), cov = A^-1 + left A^-1. */
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            left[a * k + b] = 0;
            for (size_t c = 0; c < k; c++)
                left[a * k + b] += inverse[a * k + c] * cov[c * k + b];
        }
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            cov[a * k + b] = inverse[a * k + b];
            for (size_t c = 0; c < k; c++)
                cov[a * k + b] += left[a * k + c] * inverse[c * k + b];
        }
    for (size_t t = 0; t < n; t++) {
        variance[t] = s[t * n + t];
        for (size_t m = 0; m < p->n_maps; m++) {
            size_t b = (size_t)p->map[m][t];
            for (size_t c = 0; c < k; c++)
                variance[t] -= 2 * inverse[b * k + c] * r[c * n + t];
            for (size_t j = 0; j < p->n_maps; j++)
                variance[t] += cov[b * k + (size_t)p->map[j][t]];
        }
    }
    return trace(w, g, cov);
}

/* Covariance of the fixed effects' part of eta: X (L L')^-1 X'. */
static void start_top(const work *w, double *s) {
    const vci_field *f = w->field;
    size_t n = f->n, k = f->n_fixed, length = n + f->h;
    double inverse[VCI_MAX_FIXED * VCI_MAX_FIXED];
    invert(k, w->solver->fixed_l, inverse);
    for (size_t t = 0; t < n; t++)
        for (size_t q = 0; q < n; q++) {
            double sum = 0;
            for (size_t a = 0; a < k; a++)
                for (size_t b = 0; b < k; b++)
                    sum += f->design[a * length + t] * inverse[a * k + b] *
                           f->design[b * length + q];
            s[t * n + q] = sum;
        }
}

/* Covariances of all inner units, in the places of what the factorisation has used up. */
static void pass_inner(const work *w) {
    const vci_field *f = w->field;
    const vc_unit_tree *tree = f->tree;
    size_t n = f->n;
    double *top = w->solver->below[tree->root];
    start_top(w, top);
    for (size_t g = 0; g < VCI_TERMS; g++)
        if (f->root[g].n_values)
            credit(w, &f->root[g],
                   pass_dense(w, &f->root[g], &w->solver->root[g], top, w->scratch));
    for (size_t i = 0; i < tree->n; i++) {
        size_t u = tree->down[i];
        if (u == tree->root || tree->units[u].leaf) continue;
        double *s = w->solver->below[u];
        memcpy(s, w->solver->below[tree->units[u].parent], n * n * sizeof *s);
        if (f->node[u].n_values)
            w->of_unit[u] = pass_dense(w, &f->node[u], &w->solver->node[u], s, w->scratch);
    }
}

static vc_status pass_leaves(const work *w, double sd) {
    vc_status st = VC_OK;
    const vci_field *f = w->field;
    const vc_unit_tree *tree = f->tree;
    size_t n = f->n, b = f->n_node;
    bool full = false;
#pragma omp parallel for schedule(dynamic, 4) if (f->wide)
    for (size_t i = 0; i < tree->n_leaves; i++) {
        size_t u = tree->leaves[i], above = u == tree->root ? u : tree->units[u].parent;
        const double *s = w->solver->below[above];
        double *variance = w->variance + i * n;
        double *scratch = vci_alloc(b * n + 3 * b * b, sizeof *scratch);
        if (!scratch) {
#pragma omp atomic write
            full = true;
            continue;
        }
        if (f->node[u].n_values)
            w->of_unit[u] = pass_leaf(w, u, s, scratch, variance);
        else
            for (size_t t = 0; t < n; t++) variance[t] = s[t * n + t];
        w->disperse[i] = vci_likelihood_slopes(f, i, sd, w->solver->eta + i * n, variance,
                                               w->skew + i * n, w->pull + i * n);
        vci_free(scratch);
    }
    if (full) VC_FAIL(VC_NO_MEMORY, "gradient");
out:
    return st;
}

/* What a group with values x adds to eta in period t. */
static double value_at(const vci_group *g, const double *x, size_t t) {
    double sum = 0;
    for (size_t m = 0; g->n_values && m < g->pattern->n_maps; m++)
        if (g->pattern->map[m][t] >= 0) sum += x[g->pattern->map[m][t]];
    return sum;
}

/* sum over cells of (A lambda) * d gradient / d log sd. */
static double pull_of_mode(const work *w, size_t leaf) {
    const vci_field *f = w->field;
    const vc_unit_tree *tree = f->tree;
    size_t n = f->n, length = n + f->h;
    double sum = 0;
    for (size_t t = 0; t < n; t++) {
        double eta = 0, pull = w->pull[leaf * n + t];
        if (pull == 0) continue;
        for (size_t k = 0; k < f->n_fixed; k++)
            eta += f->design[k * length + t] * w->solver->step.root[k];
        for (size_t g = 0; g < VCI_TERMS; g++)
            eta += value_at(&f->root[g], w->solver->step.root + f->root[g].offset, t);
        for (size_t u = tree->leaves[leaf]; u != tree->root; u = tree->units[u].parent)
            eta += value_at(&f->node[u], w->solver->step.node + u * f->n_node, t);
        sum += eta * pull;
    }
    return sum;
}

static void add_dispersion(const work *w, double sd) {
    const vci_field *f = w->field;
    if (f->dispersion == VCI_NONE || f->components[f->dispersion].theta == VCI_NONE) return;
    double sum = vci_likelihood_constant_slope(f, w->marginal->at_least,
                                               w->marginal->n_at_least, sd);
    for (size_t i = 0; i < f->tree->n_leaves; i++)
        sum += w->disperse[i] + pull_of_mode(w, i);
    w->gradient[f->components[f->dispersion].theta] += sum;
}

/* x'Q(j)(x + 2 lambda) + tr(H^-1 Q(j)) - 1 of the fixed effects whose sd is to be found. */
static void add_fixed(const work *w) {
    const vci_field *f = w->field;
    const vci_solver *s = w->solver;
    double inverse[VCI_MAX_FIXED * VCI_MAX_FIXED];
    invert(f->n_fixed, s->fixed_l, inverse);
    for (size_t k = 0; k < f->n_fixed; k++) {
        int component = f->fixed_component[k];
        if (component == VCI_NONE || f->components[component].theta == VCI_NONE) continue;
        double sd = vci_field_fixed_sd(f, k, w->theta);
        double x = s->x.root[k] - f->fixed_mean[k];
        double square = x * (x + 2 * s->step.root[k]) + inverse[k * f->n_fixed + k];
        w->gradient[f->components[component].theta] += square / (sd * sd) - 1;
    }
}

static void add_forms(const work *w) {
    const vci_field *f = w->field;
    const vci_solver *s = w->solver;
    add_fixed(w);
    for (size_t g = 0; g < VCI_TERMS; g++)
        if (f->root[g].n_values)
            credit(w, &f->root[g],
                   forms(w, &f->root[g], s->x.root + f->root[g].offset,
                         s->step.root + f->root[g].offset));
    for (size_t u = 0; u < f->tree->n; u++) {
        size_t at = u * f->n_node;
        if (!f->node[u].n_values) continue;
        credit(w, &f->node[u], w->of_unit[u]);
        credit(w, &f->node[u], forms(w, &f->node[u], s->x.node + at, s->step.node + at));
    }
    for (size_t c = 0; c < f->n_components; c++) {
        int at = f->components[c].theta;
        if (at != VCI_NONE)
            w->gradient[at] += vci_scale_log_slope(f->components[c].scale, w->theta[at]);
    }
}

static vc_status allocate(work *w) {
    vc_status st = VC_OK;
    const vci_field *f = w->field;
    size_t cells = f->tree->n_leaves * f->n;
    VC_NEW(w->variance, cells);
    VC_NEW(w->skew, cells);
    VC_NEW(w->pull, cells);
    VC_NEW(w->of_unit, f->tree->n);
    VC_NEW(w->disperse, f->tree->n_leaves);
    VC_NEW(w->scratch, f->most * (f->n + f->most));
out:
    return st;
}

/* Central differences: what heavy tails, whose precision moves with the mode, need. */
static vc_status differences(vci_marginal *marginal, const double *theta,
                             double *gradient) {
    vc_status st = VC_OK;
    size_t d = marginal->field->n_theta;
    const double h = 1e-3;
    double *at = NULL, up, down;
    VC_NEW(at, d);
    memcpy(at, theta, d * sizeof *at);
    for (size_t i = 0; i < d; i++) {
        at[i] = theta[i] + h;
        VC_TRY(vci_marginal_value(marginal, at, &up));
        at[i] = theta[i] - h;
        VC_TRY(vci_marginal_value(marginal, at, &down));
        at[i] = theta[i];
        gradient[i] = (up - down) / (2 * h);
    }
    VC_TRY(vci_marginal_value(marginal, theta, &up));
out:
    vci_free(at);
    return st;
}

vc_status vci_marginal_gradient(vci_marginal *marginal, const double *theta,
                                double *gradient) {
    vc_status st = VC_OK;
    const vci_field *f = marginal->field;
    work w = {
        .marginal = marginal, .field = f, .solver = &marginal->solver, .theta = theta};
    double sd = f->dispersion == VCI_NONE ? 0 : vci_field_sd(f, f->dispersion, theta);
    if (f->heavy) return differences(marginal, theta, gradient);
    w.gradient = gradient;
    memset(gradient, 0, f->n_theta * sizeof *gradient);
    VC_TRY(allocate(&w));
    pass_inner(&w);
    VC_TRY(pass_leaves(&w, sd));
    vci_solver_solve(w.solver, w.skew);
    add_forms(&w);
    add_dispersion(&w, sd);
out:
    vci_free(w.variance);
    vci_free(w.skew);
    vci_free(w.pull);
    vci_free(w.of_unit);
    vci_free(w.disperse);
    vci_free(w.scratch);
    return st;
}
