/* Units against their siblings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/learning_internal.h"
#include "core/memory_internal.h"

#define WRONG_SIGNS 0.10

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* g->draws = a unit's value (or change) less the mean of it and its siblings. */
static void against_siblings(vci_learning *g, size_t unit, int which) {
    const vc_unit_tree *tree = g->part->scope.tree;
    size_t parent = tree->units[unit].parent, begin = tree->child_begin[parent];
    size_t end = tree->child_begin[parent + 1];
    memcpy(g->draws, g->node + (unit * 2 + (size_t)which) * VCI_LEARNING_DRAWS,
           VCI_LEARNING_DRAWS * sizeof *g->draws);
    for (size_t c = begin; c < end; c++) {
        const double *x =
            g->node + (tree->children[c] * 2 + (size_t)which) * VCI_LEARNING_DRAWS;
        for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
            g->draws[d] -= x[d] / (double)(end - begin);
    }
}

/* The share of a unit's prior variance that its own data have taken away. */
static double share_of_own(const vci_learning *g, size_t unit) {
    const vc_unit_tree *tree = g->part->scope.tree;
    const vci_group *group = &g->part->sampler.field.node[unit];
    size_t parent = tree->units[unit].parent;
    double siblings = (double)(tree->child_begin[parent + 1] - tree->child_begin[parent]);
    double steps = (double)(g->part->sampler.field.n_blocks - 1), mean = 0, square = 0;
    double prior = vci_learning_mean_square(g, group->sd[VCI_FIRST]) +
                   steps * vci_learning_mean_square(g, group->sd[VCI_STEP]);
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
        mean += g->draws[d] / (double)VCI_LEARNING_DRAWS;
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
        square += (g->draws[d] - mean) * (g->draws[d] - mean) / (double)VCI_LEARNING_DRAWS;
    prior *= 1 - 1 / siblings;
    return prior > 0 ? fmin(fmax(1 - square / prior, 0), 1) : 0;
}

static vc_status mark_units(vc_learned *l) {
    vc_status st = VC_OK;
    double *p = NULL;
    bool *stands = NULL;
    VC_NEW(p, l->n_units + 1);
    VC_NEW(stands, l->n_units + 1);
    for (size_t i = 0; i < l->n_units; i++) p[i] = l->units[i].level.p_above;
    VC_TRY(vci_stand_out(l->n_units, p, WRONG_SIGNS, stands));
    for (size_t i = 0; i < l->n_units; i++)
        l->units[i].level_stands = stands[i] && vc_estimate_clear(&l->units[i].level);
    if (!l->has_change) goto out;
    for (size_t i = 0; i < l->n_units; i++) p[i] = l->units[i].change.p_above;
    VC_TRY(vci_stand_out(l->n_units, p, WRONG_SIGNS, stands));
    for (size_t i = 0; i < l->n_units; i++)
        l->units[i].change_stands = stands[i] && vc_estimate_clear(&l->units[i].change);
out:
    vci_free(p);
    vci_free(stands);
    return st;
}

vc_status vci_learned_units(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = g->part->scope.tree;
    double *shares = NULL;
    size_t n_shares = 0;
    l->own_share = nan("");
    l->has_change = g->changes;
    VC_NEW(l->units, tree->n);
    VC_NEW(shares, tree->n);
    for (size_t u = 0; u < tree->n; u++) {
        size_t parent = tree->units[u].parent;
        if (g->part->sampler.field.node[u].n_values == 0 ||
            tree->child_begin[parent + 1] - tree->child_begin[parent] < 2)
            continue;
        vc_learned_unit *unit = &l->units[l->n_units++];
        unit->unit = g->part->scope.unit[u];
        against_siblings(g, u, 0);
        if (tree->units[u].leaf) shares[n_shares++] = share_of_own(g, u);
        VC_TRY(vci_learning_tell(g, &unit->level));
        if (!g->changes) continue;
        against_siblings(g, u, 1);
        VC_TRY(vci_learning_tell(g, &unit->change));
    }
    qsort(shares, n_shares, sizeof *shares, by_size);
    if (n_shares) l->own_share = shares[n_shares / 2];
    VC_TRY(mark_units(l));
out:
    vci_free(shares);
    return st;
}
