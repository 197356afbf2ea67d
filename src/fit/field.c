/* The latent field's layout. Walks are counted back from the last fitted period. */
#include "fit/field_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/family_internal.h"
#include "model/scale_internal.h"
#include "num/elementary_internal.h"

static int add_component(vci_field *field, const vc_scale *scale, const char *name) {
    if (!vci_scale_present(scale)) return VCI_NONE;
    vci_component *c = &field->components[field->n_components];
    snprintf(c->name, sizeof c->name, "%s", name);
    c->scale = scale;
    c->theta = vci_scale_free(scale) ? (int)field->n_theta++ : VCI_NONE;
    return (int)field->n_components++;
}

/* Blocks of `length` periods counted back from the last one; the oldest may be shorter. */
static size_t count_blocks(size_t n, size_t length) { return (n + length - 1) / length; }

static int block_of(size_t t, size_t n, size_t length) {
    return (int)(count_blocks(n, length) - 1 - (n - 1 - t) / length);
}

static vc_status add_group(vci_field *field, vci_group *group, size_t n_values, int first,
                           int step) {
    vc_status st = VC_OK;
    if (first == VCI_NONE || n_values == 0) goto out;
    group->n_values = n_values;
    group->first = first;
    group->step = step;
    group->iid = step == VCI_NONE;
    group->offset = field->n_root;
    field->n_root += n_values;
    VC_NEW(group->map, field->n);
out:
    return st;
}

/* The oldest trend block is the zero from which the walk starts, so it has no value. */
static vc_status add_root_groups(vci_field *field) {
    vc_status st = VC_OK;
    const vc_model *m = field->model;
    const vc_observations *o = field->observations;
    size_t n = field->n, trend_blocks = count_blocks(n, m->trend_block);
    int season = o->frequency == VC_YEARLY ? VCI_NONE
                                           : add_component(field, &m->season, "season_sd");
    int trend = add_component(field, &m->trend, "trend_sd");
    int shock = add_component(field, &m->shock, "shock_sd");
    VC_TRY(
        add_group(field, &field->root[VCI_SEASON], (size_t)o->frequency, season, VCI_NONE));
    VC_TRY(add_group(field, &field->root[VCI_TREND], trend_blocks - 1, trend, trend));
    VC_TRY(add_group(field, &field->root[VCI_SHOCK], n, shock, VCI_NONE));
    for (size_t t = 0; t < n; t++) {
        if (field->root[VCI_SEASON].map) field->root[VCI_SEASON].map[t] = o->season[t];
        if (field->root[VCI_TREND].map)
            field->root[VCI_TREND].map[t] = block_of(t, n, m->trend_block) - 1;
        if (field->root[VCI_SHOCK].map) field->root[VCI_SHOCK].map[t] = (int)t;
    }
out:
    return st;
}

static void add_fixed(vci_field *field, const double *x, double mean, double sd) {
    size_t length = field->n + field->h, k = field->n_fixed++;
    for (size_t t = 0; t < length; t++) field->design[k * length + t] = x ? x[t] : 1;
    field->fixed_mean[k] = mean;
    field->fixed_sd[k] = sd;
}

static vc_status add_fixed_effects(vci_field *field) {
    vc_status st = VC_OK;
    const vc_model *m = field->model;
    const vc_observations *o = field->observations;
    double mean = m->level_auto ? vci_field_auto_level(m, o) : m->level_mean;
    VC_NEW(field->design, VCI_MAX_FIXED * (field->n + field->h));
    add_fixed(field, NULL, mean, m->level_sd);
    if (m->drift_sd > 0) add_fixed(field, o->years, 0, m->drift_sd);
    for (size_t i = 0; i < VC_CALENDAR_TERMS && o->frequency == VC_MONTHLY; i++)
        if (m->calendar[i])
            add_fixed(field, o->calendar + i * (field->n + field->h), m->calendar_mean[i],
                      m->calendar_sd[i]);
    field->n_root = field->n_fixed;
out:
    return st;
}

static bool level_has_middle(const vc_unit_tree *tree, unsigned level) {
    for (size_t u = 0; u < tree->n; u++)
        if (tree->units[u].level == level && !tree->units[u].leaf) return true;
    return false;
}

/* One pair of standard deviations for the leaves, one for each level of units between. */
static vc_status add_nodes(vci_field *field) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = field->tree;
    const vc_model *m = field->model;
    char name[VC_FIT_NAME];
    int *level = NULL, *step = NULL, leaf_level = VCI_NONE, leaf_step = VCI_NONE;
    VC_NEW(level, tree->n_levels + 1);
    VC_NEW(step, tree->n_levels + 1);
    for (unsigned l = 1; l < tree->n_levels; l++) {
        level[l] = step[l] = VCI_NONE;
        if (!level_has_middle(tree, l)) continue;
        snprintf(name, sizeof name, "middle%u_level_sd", l);
        level[l] = add_component(field, &m->middle_level, name);
        snprintf(name, sizeof name, "middle%u_step_sd", l);
        step[l] = add_component(field, &m->middle_step, name);
    }
    if (tree->n > 1) {
        leaf_level = add_component(field, &m->leaf_level, "leaf_level_sd");
        leaf_step = add_component(field, &m->leaf_step, "leaf_step_sd");
    }
    for (size_t u = 0; u < tree->n; u++) {
        const vc_unit *unit = &tree->units[u];
        vci_group *g = &field->node[u];
        if (u == tree->root) continue;
        g->first = unit->leaf ? leaf_level : level[unit->level];
        g->step = unit->leaf ? leaf_step : step[unit->level];
        if (g->first == VCI_NONE) continue;
        g->n_values = g->step == VCI_NONE ? 1 : field->n_blocks;
        g->map = g->step == VCI_NONE ? field->still_map : field->walk_map;
    }
out:
    vci_free(level);
    vci_free(step);
    return st;
}

vc_status vci_field_build(const vc_model *model, const vc_unit_tree *tree,
                          const vc_observations *observations, vci_field *field) {
    vc_status st = VC_OK;
    size_t n = observations->n;
    *field = (vci_field){.model = model, .tree = tree, .observations = observations};
    field->n = n;
    field->h = observations->h;
    field->n_blocks = count_blocks(n, model->block);
    VC_NEW(field->components, 5 + 2 * ((size_t)tree->n_levels + 1));
    VC_NEW(field->node, tree->n);
    VC_NEW(field->leaf_of, tree->n);
    VC_NEW(field->walk_map, n);
    VC_NEW(field->still_map, n);
    for (size_t t = 0; t < n; t++) field->walk_map[t] = block_of(t, n, model->block);
    for (size_t u = 0; u < tree->n; u++) field->leaf_of[u] = VC_NO_UNIT;
    for (size_t i = 0; i < tree->n_leaves; i++) field->leaf_of[tree->leaves[i]] = i;
    VC_TRY(add_fixed_effects(field));
    VC_TRY(add_root_groups(field));
    VC_TRY(add_nodes(field));
    field->dispersion = vc_family_dispersed(model->family)
                            ? add_component(field, &model->dispersion, "dispersion")
                            : VCI_NONE;
out:
    if (st != VC_OK) vci_field_free(field);
    return st;
}

void vci_field_free(vci_field *field) {
    for (size_t g = 0; g < VCI_ROOT_GROUPS; g++) vci_free(field->root[g].map);
    vci_free(field->design);
    vci_free(field->walk_map);
    vci_free(field->still_map);
    vci_free(field->node);
    vci_free(field->leaf_of);
    vci_free(field->components);
    *field = (vci_field){0};
}

double vci_field_sd(const vci_field *field, int component, const double *theta) {
    const vci_component *c = &field->components[component];
    return c->theta == VCI_NONE ? c->scale->start : vci_exp(theta[c->theta]);
}

double vci_field_auto_level(const vc_model *model, const vc_observations *o) {
    double sum = 0, base = 0;
    const vci_family *family = vci_family_of(model->family);
    for (size_t i = 0; i < o->n_leaves; i++)
        for (size_t t = 0; t < o->n; t++) {
            double y = o->y[i * o->n + t];
            if (isnan(y)) continue;
            double offset = o->log_exposure[i * (o->n + o->h) + t];
            sum += family->plain ? family->plain(y, offset) : y;
            base += family->plain ? 1
                    : o->trials   ? o->trials[i * o->n + t]
                                  : vci_exp(offset);
        }
    if (family->plain) return base > 0 ? sum / base : 0;
    /* A record without events counts as half an event, so that the level stays finite. */
    double rate = base > 0 ? fmax(sum, 0.5) / base : 1;
    return o->trials ? vci_log(rate / fmax(1 - rate, 0.5 / fmax(base, 1))) : vci_log(rate);
}

static void precisions(const vci_field *field, const vci_group *group, const double *theta,
                       double *first, double *step) {
    double sd = vci_field_sd(field, group->first, theta);
    *first = 1 / (sd * sd);
    *step = 0;
    if (group->iid || group->step == VCI_NONE) return;
    sd = vci_field_sd(field, group->step, theta);
    *step = 1 / (sd * sd);
}

void vci_group_precision(const vci_field *field, const vci_group *group,
                         const double *theta, double *q) {
    size_t n = group->n_values;
    double first, step;
    precisions(field, group, theta, &first, &step);
    memset(q, 0, n * n * sizeof *q);
    q[0] = first;
    for (size_t b = 1; b < n; b++) {
        if (group->iid) {
            q[b * n + b] = first;
            continue;
        }
        q[b * n + b] = step;
        q[(b - 1) * n + b - 1] += step;
        q[b * n + b - 1] = q[(b - 1) * n + b] = -step;
    }
}

double vci_group_log_det(const vci_field *field, const vci_group *group,
                         const double *theta) {
    double first, step, n = (double)group->n_values;
    precisions(field, group, theta, &first, &step);
    if (group->iid) return n * vci_log(first);
    return vci_log(first) + (n > 1 ? (n - 1) * vci_log(step) : 0);
}

void vci_group_multiply(const vci_field *field, const vci_group *group, const double *theta,
                        const double *z, double *out) {
    double first, step;
    precisions(field, group, theta, &first, &step);
    out[0] = first * z[0];
    for (size_t b = 1; b < group->n_values; b++) {
        if (group->iid) {
            out[b] = first * z[b];
            continue;
        }
        double pull = step * (z[b] - z[b - 1]);
        out[b] = pull;
        out[b - 1] -= pull;
    }
}
