#include "support/dense.h"

#include <stdlib.h>
#include <string.h>

static void add_precision(const vci_field *f, const vci_group *g, const double *theta,
                          size_t at, const double *z, vct_dense *d) {
    size_t k = g->n_values;
    if (k == 0) return;
    double *q = calloc(k * k, sizeof *q);
    /* Rows of D turn values into white innovations; Q = D'D by plain products. */
    double *rows = calloc(k * k, sizeof *rows);
    for (size_t i = 0; i < k; i++) {
        double sd = vci_field_sd(f, g->sd[g->pattern->kind[i]], theta);
        rows[i * k + i] = 1 / sd;
        for (size_t j = 0; j < VCI_LAGS; j++)
            if (g->pattern->lag[j][i] >= 0)
                rows[i * k + (size_t)g->pattern->lag[j][i]] = -g->pattern->pull[j][i] / sd;
    }
    for (size_t i = 0; i < k; i++)
        for (size_t a = 0; a < k; a++)
            for (size_t b = 0; b < k; b++)
                q[a * k + b] += rows[i * k + a] * rows[i * k + b];
    free(rows);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            d->h[(at + a) * d->n + at + b] += q[a * k + b];
            d->gradient[at + a] -= q[a * k + b] * z[b];
        }
    free(q);
}

static void add_values(const vci_group *g, size_t t, double *a) {
    for (size_t m = 0; g->n_values && m < g->pattern->n_maps; m++)
        if (g->pattern->map[m][t] >= 0) a[g->pattern->map[m][t]] += 1;
}

void vct_dense_row(const vci_field *f, const vct_dense *d, size_t leaf, size_t t,
                   double *a) {
    const vc_unit_tree *tree = f->tree;
    memset(a, 0, d->n * sizeof *a);
    for (size_t k = 0; k < f->n_fixed; k++) a[k] = f->design[k * (f->n + f->h) + t];
    for (size_t g = 0; g < VCI_TERMS; g++)
        add_values(&f->root[g], t, a + f->root[g].offset);
    for (size_t u = tree->leaves[leaf]; u != tree->root; u = tree->units[u].parent)
        add_values(&f->node[u], t, a + d->node_at[u]);
}

void vct_dense_build(const vci_solver *s, const double *theta, vct_dense *d) {
    const vci_field *f = s->field;
    const vc_unit_tree *tree = f->tree;
    *d = (vct_dense){.n = f->n_root, .node_at = calloc(tree->n, sizeof(size_t))};
    for (size_t u = 0; u < tree->n; u++) {
        d->node_at[u] = d->n;
        d->n += f->node[u].n_values;
    }
    d->h = calloc(d->n * d->n, sizeof *d->h);
    d->gradient = calloc(d->n, sizeof *d->gradient);
    double *a = calloc(d->n, sizeof *a);
    for (size_t i = 0; i < tree->n_leaves; i++)
        for (size_t t = 0; t < f->n; t++) {
            vct_dense_row(f, d, i, t, a);
            double w = s->weight[i * f->n + t], g = s->gradient[i * f->n + t];
            for (size_t j = 0; j < d->n; j++) {
                if (a[j] == 0) continue;
                d->gradient[j] += a[j] * g;
                for (size_t k = 0; k < d->n; k++) d->h[j * d->n + k] += w * a[j] * a[k];
            }
        }
    for (size_t k = 0; k < f->n_fixed; k++) {
        double sd = vci_field_fixed_sd(f, k, theta), w = 1 / (sd * sd);
        d->h[k * d->n + k] += w;
        d->gradient[k] -= w * (s->x.root[k] - f->fixed_mean[k]);
    }
    for (size_t g = 0; g < VCI_TERMS; g++)
        add_precision(f, &f->root[g], theta, f->root[g].offset,
                      s->x.root + f->root[g].offset, d);
    for (size_t u = 0; u < tree->n; u++)
        add_precision(f, &f->node[u], theta, d->node_at[u], s->x.node + u * f->n_node, d);
    free(a);
}

void vct_dense_free(vct_dense *d) {
    free(d->h);
    free(d->gradient);
    free(d->node_at);
}
