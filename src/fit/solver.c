/*
 * Newton's method on the tree: eliminate upwards (children before parents), substitute back
 * downwards. One pass costs O(leaves * n^2) and gives log |H| for the Laplace approximation
 * (Rue, Martino and Chopin 2009, Journal of the Royal Statistical Society B 71,
 * section 3.1).
 */
#include "fit/solver_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/eliminate_internal.h"
#include "fit/likelihood_internal.h"

/* Children per slice: small enough for many threads, large enough that sums stay few. */
#define SLICE 16
#define NEWTON_STEPS 100
/* The search differentiates the marginal numerically, so the mode has to be sharp. */
#define DECREMENT_END 1e-18

static double *take(vci_solver *s, size_t n) {
    double *block = s->arena ? s->arena + s->arena_used : NULL;
    s->arena_used += n;
    return block;
}

static void take_factor(vci_solver *s, const vci_group *group, bool dense, vci_factor *f) {
    size_t k = group->n_values;
    f->l = take(s, k * k);
    f->y = take(s, k);
    f->gain = dense ? take(s, k * s->field->n) : NULL;
}

/* Lays all arrays out; called twice: without an arena to count, then to place. */
static void place(vci_solver *s) {
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    size_t n = f->n, leaves = tree->n_leaves;
    s->arena_used = 0;
    vci_state *states[] = {&s->x, &s->step};
    for (size_t i = 0; i < 2; i++) {
        states[i]->root = take(s, f->n_root);
        states[i]->node = take(s, tree->n * f->n_node);
    }
    for (size_t g = 0; g < VCI_TERMS; g++) take_factor(s, &f->root[g], true, &s->root[g]);
    for (size_t u = 0; u < tree->n; u++) {
        take_factor(s, &f->node[u], !tree->units[u].leaf, &s->node[u]);
        s->below[u] = tree->units[u].leaf && u != tree->root ? NULL : take(s, n * n + n);
        s->delta[u] = tree->units[u].leaf && u != tree->root ? NULL : take(s, n);
    }
    s->fixed_l = take(s, f->n_fixed * f->n_fixed);
    s->fixed_y = take(s, f->n_fixed);
    s->gradient = take(s, leaves * n);
    s->weight = take(s, leaves * n);
    s->eta = take(s, leaves * n);
    s->row_loglik = take(s, leaves);
    s->common = take(s, n);
    s->scratch = take(s, n * f->n_fixed + f->n_root + f->most);
    for (size_t i = 0; i < s->n_slices; i++) {
        vci_slice *slice = &s->slices[i];
        bool first = slice->begin == tree->child_begin[slice->parent];
        slice->sum = first ? s->below[slice->parent] : take(s, n * n + n);
        slice->scratch = take(s, vci_eliminate_scratch(f) + n);
    }
}

/* Slices in the order in which they can be done: parents of the deepest level first. */
static vc_status make_slices(vci_solver *s) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = s->field->tree;
    size_t capacity = 0;
    VC_NEW(s->level_begin, tree->n_levels + 1);
    for (unsigned depth = 0; depth < tree->n_levels; depth++) {
        s->level_begin[depth] = s->n_slices;
        unsigned level = tree->n_levels - 1 - depth;
        for (size_t u = 0; u < tree->n; u++) {
            if (tree->units[u].level != level) continue;
            size_t end = tree->child_begin[u + 1];
            for (size_t c = tree->child_begin[u]; c < end; c += SLICE) {
                VC_GROW(s->slices, s->n_slices, capacity);
                s->slices[s->n_slices++] = (vci_slice){
                    .parent = u, .begin = c, .end = c + SLICE < end ? c + SLICE : end};
            }
        }
    }
    s->level_begin[tree->n_levels] = s->n_slices;
out:
    return st;
}

vc_status vci_solver_init(vci_solver *s, const vci_field *field,
                          const vci_algebra *algebra) {
    vc_status st = VC_OK;
    size_t units = field->tree->n;
    *s = (vci_solver){.field = field, .algebra = algebra};
    VC_NEW(s->node, units);
    VC_NEW(s->below, units);
    VC_NEW(s->delta, units);
    VC_TRY(make_slices(s));
    place(s);
    s->arena_size = s->arena_used;
    VC_NEW(s->arena, s->arena_size);
    place(s);
    memcpy(s->x.root, field->fixed_mean, field->n_fixed * sizeof(double));
out:
    if (st != VC_OK) vci_solver_free(s);
    return st;
}

void vci_solver_free(vci_solver *s) {
    vci_free(s->arena);
    vci_free(s->node);
    vci_free(s->below);
    vci_free(s->delta);
    vci_free(s->slices);
    vci_free(s->level_begin);
    *s = (vci_solver){0};
}

static void root_eta(const vci_solver *s, const double *root, double *eta) {
    const vci_field *f = s->field;
    size_t length = f->n + f->h;
    for (size_t t = 0; t < f->n; t++) {
        double sum = 0;
        for (size_t k = 0; k < f->n_fixed; k++) sum += f->design[k * length + t] * root[k];
        for (size_t g = 0; g < VCI_TERMS; g++) {
            const vci_group *group = &f->root[g];
            for (size_t m = 0; group->n_values && m < group->pattern->n_maps; m++)
                if (group->pattern->map[m][t] >= 0)
                    sum += root[group->offset + (size_t)group->pattern->map[m][t]];
        }
        eta[t] = sum;
    }
}

static void leaf_eta(const vci_solver *s, size_t leaf, double *eta) {
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    memcpy(eta, s->common, f->n * sizeof *eta);
    for (size_t u = tree->leaves[leaf]; u != tree->root; u = tree->units[u].parent) {
        const vci_group *group = &f->node[u];
        if (!group->n_values) continue;
        const double *z = s->x.node + u * f->n_node;
        for (size_t m = 0; m < group->pattern->n_maps; m++)
            for (size_t t = 0; t < f->n; t++) eta[t] += z[group->pattern->map[m][t]];
    }
}

static double prior_quadratic(const vci_solver *s, const double *theta) {
    const vci_field *f = s->field;
    double sum = 0;
    for (size_t k = 0; k < f->n_fixed; k++) {
        double r = (s->x.root[k] - f->fixed_mean[k]) / vci_field_fixed_sd(f, k, theta);
        sum += r * r;
    }
    for (size_t g = 0; g < VCI_TERMS; g++)
        if (f->root[g].n_values)
            sum += vci_group_pull(f, &f->root[g], theta, s->x.root + f->root[g].offset,
                                  s->scratch);
    for (size_t u = 0; u < f->tree->n; u++)
        if (f->node[u].n_values)
            sum += vci_group_pull(f, &f->node[u], theta, s->x.node + u * f->n_node,
                                  s->scratch);
    return sum;
}

double vci_solver_evaluate(vci_solver *s, const double *theta) {
    const vci_field *f = s->field;
    size_t leaves = f->tree->n_leaves, n = f->n;
    double sd = f->dispersion == VCI_NONE ? 0 : vci_field_sd(f, f->dispersion, theta);
    root_eta(s, s->x.root, s->common);
#pragma omp parallel for schedule(static) if (f->wide)
    for (size_t i = 0; i < leaves; i++) {
        leaf_eta(s, i, s->eta + i * n);
        s->row_loglik[i] = vci_likelihood_row(f, i, sd, s->eta + i * n, s->gradient + i * n,
                                              s->weight + i * n);
    }
    s->loglik = 0;
    for (size_t i = 0; i < leaves; i++) s->loglik += s->row_loglik[i];
    s->quadratic = prior_quadratic(s, theta);
    double value = s->loglik - 0.5 * s->quadratic;
    return isfinite(value) ? value : -(double)INFINITY;
}

static void add_lower(size_t n, const double *from, double *to) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) to[i * n + j] += from[i * n + j];
    for (size_t i = 0; i < n; i++) to[n * n + i] += from[n * n + i];
}

static void add_leaf_untouched(const vci_solver *s, size_t leaf, double *m, double *v) {
    size_t n = s->field->n;
    for (size_t t = 0; t < n; t++) {
        m[t * n + t] += s->weight[leaf * n + t];
        v[t] += s->gradient[leaf * n + t];
    }
}

static vc_status add_child(vci_solver *s, const double *theta, size_t u, vci_slice *slice) {
    vc_status st = VC_OK;
    const vci_field *f = s->field;
    const vci_group *group = &f->node[u];
    size_t n = f->n, leaf = f->leaf_of[u];
    const double *z = s->x.node + u * f->n_node;
    double *m = slice->sum, *v = m + n * n;
    if (leaf != VC_NO_UNIT && !group->n_values) {
        add_leaf_untouched(s, leaf, m, v);
    } else if (leaf != VC_NO_UNIT) {
        VC_TRY(vci_eliminate_leaf(f, group, theta, z, s->weight + leaf * n,
                                  s->gradient + leaf * n, m, v, &s->node[u], slice->scratch,
                                  &slice->log_det, &slice->decrement));
    } else {
        double *below = s->below[u];
        if (group->n_values)
            VC_TRY(vci_eliminate_dense(f, s->algebra, group, theta, z, below, below + n * n,
                                       &s->node[u], &slice->log_det, &slice->decrement));
        add_lower(n, below, m);
    }
out:
    return st;
}

static void do_slice(vci_solver *s, const double *theta, vci_slice *slice) {
    size_t n = s->field->n;
    memset(slice->sum, 0, (n * n + n) * sizeof(double));
    slice->log_det = slice->decrement = 0;
    slice->status = VC_OK;
    for (size_t c = slice->begin; c < slice->end && slice->status == VC_OK; c++)
        slice->status = add_child(s, theta, s->field->tree->children[c], slice);
}

/* All slices of one level in parallel, then their sums in slice order. */
static vc_status do_level(vci_solver *s, const double *theta, size_t begin, size_t end) {
    vc_status st = VC_OK;
#pragma omp parallel for schedule(dynamic) if (s->field->wide)
    for (size_t i = begin; i < end; i++) do_slice(s, theta, &s->slices[i]);
    for (size_t i = begin; i < end; i++) {
        vci_slice *slice = &s->slices[i];
        VC_TRY(slice->status);
        s->log_det += slice->log_det;
        s->decrement += slice->decrement;
        if (slice->sum != s->below[slice->parent])
            add_lower(s->field->n, slice->sum, s->below[slice->parent]);
    }
out:
    return st;
}

/* The level, drift and calendar terms: what is left when everything else is eliminated. */
static vc_status factor_fixed(vci_solver *s, const double *theta, double *m,
                              const double *v) {
    vc_status st = VC_OK;
    const vci_field *f = s->field;
    size_t n = f->n, k = f->n_fixed, length = n + f->h;
    double *mx = s->scratch;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) m[j * n + i] = m[i * n + j];
    for (size_t a = 0; a < k; a++) {
        const double *x = f->design + a * length;
        double sd = vci_field_fixed_sd(f, a, theta), tau = 1 / (sd * sd);
        s->fixed_y[a] = -(s->x.root[a] - f->fixed_mean[a]) * tau;
        for (size_t t = 0; t < n; t++) {
            double sum = 0;
            for (size_t q = 0; q < n; q++) sum += m[t * n + q] * x[q];
            mx[t] = sum;
            s->fixed_y[a] += x[t] * v[t];
        }
        for (size_t b = 0; b < k; b++) {
            double sum = a == b ? tau : 0;
            for (size_t t = 0; t < n; t++) sum += f->design[b * length + t] * mx[t];
            s->fixed_l[b * k + a] = sum;
        }
    }
    VC_TRY(vci_algebra_portable.cholesky(k, s->fixed_l));
    vci_forward(k, s->fixed_l, s->fixed_y);
    for (size_t a = 0; a < k; a++) s->decrement += s->fixed_y[a] * s->fixed_y[a];
    s->log_det += vci_log_det(k, s->fixed_l);
out:
    return st;
}

vc_status vci_solver_factor(vci_solver *s, const double *theta) {
    vc_status st = VC_OK;
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    double *m = s->below[tree->root], *v = m + f->n * f->n;
    s->log_det = s->decrement = 0;
    if (tree->units[tree->root].leaf) {
        memset(m, 0, (f->n * f->n + f->n) * sizeof *m);
        add_leaf_untouched(s, f->leaf_of[tree->root], m, v);
    }
    for (unsigned depth = 0; depth < tree->n_levels; depth++)
        VC_TRY(do_level(s, theta, s->level_begin[depth], s->level_begin[depth + 1]));
    for (size_t g = VCI_TERMS; g-- > 0;)
        if (f->root[g].n_values)
            VC_TRY(vci_eliminate_dense(f, s->algebra, &f->root[g], theta,
                                       s->x.root + f->root[g].offset, m, v, &s->root[g],
                                       &s->log_det, &s->decrement));
    VC_TRY(factor_fixed(s, theta, m, v));
out:
    return st;
}

static void step_nodes(vci_solver *s) {
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    for (size_t i = 0; i < tree->n; i++) {
        size_t u = tree->down[i], n = f->n;
        if (u == tree->root) continue;
        const vci_group *group = &f->node[u];
        bool leaf = tree->units[u].leaf;
        double *delta = leaf ? s->common : s->delta[u];
        memcpy(delta, s->delta[tree->units[u].parent], n * sizeof *delta);
        if (group->n_values)
            vci_group_step(f, group, &s->node[u],
                           leaf ? s->weight + f->leaf_of[u] * n : NULL, delta,
                           s->step.node + u * f->n_node);
    }
}

/* The Newton step from the factors: root first, then down the tree. */
static void back_substitute(vci_solver *s) {
    const vci_field *f = s->field;
    double *delta = s->delta[f->tree->root];
    size_t length = f->n + f->h;
    memcpy(s->step.root, s->fixed_y, f->n_fixed * sizeof(double));
    vci_backward(f->n_fixed, s->fixed_l, s->step.root);
    for (size_t t = 0; t < f->n; t++) {
        delta[t] = 0;
        for (size_t k = 0; k < f->n_fixed; k++)
            delta[t] += f->design[k * length + t] * s->step.root[k];
    }
    for (size_t g = 0; g < VCI_TERMS; g++)
        if (f->root[g].n_values)
            vci_group_step(f, &f->root[g], &s->root[g], NULL, delta,
                           s->step.root + f->root[g].offset);
    step_nodes(s);
}

/* Eliminates a right-hand side v[n] through a dense group: y = L^-1 E'v, v -= gain' y. */
static void reduce_dense(const vci_field *f, const vci_group *group, vci_factor *factor,
                         double *v) {
    size_t n = f->n, k = group->n_values;
    memset(factor->y, 0, k * sizeof *factor->y);
    for (size_t m = 0; m < group->pattern->n_maps; m++)
        for (size_t t = 0; t < n; t++)
            if (group->pattern->map[m][t] >= 0)
                factor->y[group->pattern->map[m][t]] += v[t];
    vci_forward(k, factor->l, factor->y);
    for (size_t b = 0; b < k; b++)
        for (size_t t = 0; t < n; t++) v[t] -= factor->gain[b * n + t] * factor->y[b];
}

/* The same through a leaf: adds what is left of c to its parent's v. */
static void reduce_leaf(const vci_solver *s, size_t unit, const double *c, double *v) {
    const vci_field *f = s->field;
    const vci_group *group = &f->node[unit];
    const vci_factor *factor = &s->node[unit];
    const double *weight = s->weight + f->leaf_of[unit] * f->n;
    double *change = s->step.node + unit * f->n_node;
    size_t k = group->n_values;
    if (k > 0) {
        memset(factor->y, 0, k * sizeof *factor->y);
        for (size_t m = 0; m < group->pattern->n_maps; m++)
            for (size_t t = 0; t < f->n; t++) factor->y[group->pattern->map[m][t]] += c[t];
        vci_forward(k, factor->l, factor->y);
        memcpy(change, factor->y, k * sizeof *change);
        vci_backward(k, factor->l, change);
    }
    for (size_t t = 0; t < f->n; t++) v[t] += c[t];
    for (size_t m = 0; k > 0 && m < group->pattern->n_maps; m++)
        for (size_t t = 0; t < f->n; t++)
            v[t] -= weight[t] * change[group->pattern->map[m][t]];
}

void vci_solver_solve(vci_solver *s, const double *c) {
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    size_t n = f->n, length = n + f->h;
    double *top = s->delta[tree->root];
    for (size_t u = 0; u < tree->n; u++)
        if (s->delta[u]) memset(s->delta[u], 0, n * sizeof(double));
    for (size_t i = tree->n; i-- > 0;) {
        size_t u = tree->down[i], leaf = f->leaf_of[u];
        double *above = u == tree->root ? top : s->delta[tree->units[u].parent];
        if (leaf != VC_NO_UNIT) {
            reduce_leaf(s, u, c + leaf * n, above);
        } else if (u != tree->root) {
            if (f->node[u].n_values) reduce_dense(f, &f->node[u], &s->node[u], s->delta[u]);
            for (size_t t = 0; t < n; t++) above[t] += s->delta[u][t];
        }
    }
    for (size_t g = VCI_TERMS; g-- > 0;)
        if (f->root[g].n_values) reduce_dense(f, &f->root[g], &s->root[g], top);
    for (size_t a = 0; a < f->n_fixed; a++) {
        s->fixed_y[a] = 0;
        for (size_t t = 0; t < n; t++) s->fixed_y[a] += f->design[a * length + t] * top[t];
    }
    vci_forward(f->n_fixed, s->fixed_l, s->fixed_y);
    back_substitute(s);
}

static double largest_step(const vci_solver *s) {
    const vci_field *f = s->field;
    double high = 0;
    for (size_t i = 0; i < f->n_root; i++) high = fmax(high, fabs(s->step.root[i]));
    for (size_t i = 0; i < f->tree->n * f->n_node; i++)
        high = fmax(high, fabs(s->step.node[i]));
    return high;
}

static void move(vci_solver *s, double factor) {
    const vci_field *f = s->field;
    for (size_t i = 0; i < f->n_root; i++) s->x.root[i] += factor * s->step.root[i];
    for (size_t i = 0; i < f->tree->n * f->n_node; i++)
        s->x.node[i] += factor * s->step.node[i];
}

/* Step halving: the posterior is log-concave, so some part of the step always gains. */
static double line_search(vci_solver *s, const double *theta, double value) {
    double high = largest_step(s), factor = high > 1.5 ? 1.5 / high : 1, at = 0;
    double slack = 1e-10 * (1 + fabs(value)), next = -INFINITY;
    for (int i = 0; i < 40; i++) {
        move(s, factor - at);
        at = factor;
        next = vci_solver_evaluate(s, theta);
        if (next >= value - slack) break;
        factor /= 2;
    }
    return next;
}

vc_status vci_solver_mode(vci_solver *s, const double *theta) {
    vc_status st = VC_OK;
    double value = vci_solver_evaluate(s, theta);
    for (int i = 0; i < NEWTON_STEPS; i++) {
        VC_TRY(vci_solver_factor(s, theta));
        if (s->decrement < DECREMENT_END * (1 + fabs(value))) goto out;
        back_substitute(s);
        value = line_search(s, theta, value);
    }
    VC_FAIL(VC_NOT_CONVERGED, "Newton: decrement %.3g after %d steps", s->decrement,
            NEWTON_STEPS);
out:
    return st;
}
