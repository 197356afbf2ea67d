/* The latent field's layout. Walks are counted back from the last fitted period. */
#include "fit/field_internal.h"

#include <math.h>
#include <stdio.h>

#include "core/memory_internal.h"
#include "fit/event_internal.h"
#include "fit/family_internal.h"
#include "fit/observations_internal.h"
#include "fit/term_internal.h"
#include "model/scale_internal.h"
#include "num/elementary_internal.h"

/* Below this threads wait for each other longer than they work. */
#define WIDE 100000

int vci_field_component(vci_field *field, const vc_scale *scale, const char *name) {
    if (!vci_scale_present(scale)) return VCI_NONE;
    vci_component *c = &field->components[field->n_components];
    snprintf(c->name, sizeof c->name, "%s", name);
    c->scale = scale;
    c->theta = vci_scale_free(scale) ? (int)field->n_theta++ : VCI_NONE;
    return (int)field->n_components++;
}

static void switch_off(vci_group *group) {
    *group = (vci_group){0};
    for (int k = 0; k < VCI_KINDS; k++) group->sd[k] = VCI_NONE;
}

vc_status vci_field_pattern(vci_field *field, vci_group *group, size_t n_values,
                            size_t n_maps, vci_pattern **pattern) {
    vc_status st = VC_OK;
    *pattern = &field->root_pattern[group - field->root];
    VC_TRY(vci_pattern_init(n_values, field->n, n_maps, *pattern));
    group->pattern = *pattern;
    group->n_values = n_values;
    group->offset = field->n_root;
    field->n_root += n_values;
    field->heavy |= group->tail > 0;
    if (n_values > field->most) field->most = n_values;
out:
    return st;
}

static vc_status add_terms(vci_field *field) {
    vc_status st = VC_OK;
    for (int g = 0; g < VCI_TERMS; g++) {
        switch_off(&field->root[g]);
        VC_TRY(vci_terms[g]->build(field, &field->root[g]));
    }
out:
    return st;
}

static void add_fixed(vci_field *field, const double *x, double mean, double sd) {
    size_t length = field->n + field->h, k = field->n_fixed++;
    for (size_t t = 0; t < length; t++) field->design[k * length + t] = x ? x[t] : 1;
    field->fixed_mean[k] = mean;
    field->fixed_sd[k] = sd;
    field->fixed_component[k] = VCI_NONE;
}

static void add_drift(vci_field *field) {
    const vc_scale *sd = &field->model->drift_sd;
    if (!vci_scale_present(sd)) return;
    add_fixed(field, field->observations->years, 0, sd->start);
    field->fixed_component[field->n_fixed - 1] = vci_field_component(field, sd, "drift_sd");
}

static vc_status add_fixed_effects(vci_field *field) {
    vc_status st = VC_OK;
    const vc_model *m = field->model;
    const vc_observations *o = field->observations;
    double *x = NULL;
    double mean = m->level_auto ? vci_field_auto_level(m, o) : m->level_mean;
    VC_NEW(field->design, VCI_MAX_FIXED * (field->n + field->h));
    add_fixed(field, NULL, mean, m->level_sd);
    add_drift(field);
    for (size_t i = 0; i < VC_CALENDAR_TERMS; i++) {
        double sd = vci_observations_calendar_sd(m, o, (vc_calendar_term)i);
        if (sd > 0)
            add_fixed(field, o->calendar + i * (field->n + field->h),
                      o->by_event ? 0 : m->calendar_mean[i], sd);
    }
    VC_NEW(x, field->n + field->h);
    for (size_t i = 0; i < m->n_events; i++) {
        vci_event_fill(&m->events[i], o->frequency, o->first, field->n + field->h, x);
        add_fixed(field, x, m->events[i].mean, m->events[i].sd);
    }
    field->late = field->n_fixed;
    for (size_t k = 0; k < o->n_late; k++) {
        for (size_t t = 0; t < field->n + field->h; t++) x[t] = t + k + 1 == field->n;
        add_fixed(field, x, 0, o->late_sd[k]);
    }
    field->n_root = field->n_fixed;
out:
    vci_free(x);
    return st;
}

static bool level_has_middle(const vc_unit_tree *tree, unsigned level) {
    for (size_t u = 0; u < tree->n; u++)
        if (tree->units[u].level == level && !tree->units[u].leaf) return true;
    return false;
}

/* A node's own values: a level or a walk, and its deviations from the common season. */
static vc_status node_pattern(const vci_field *field, const vc_scale *level,
                              const vc_scale *step, const vc_scale *season,
                              vci_pattern *p) {
    vc_status st = VC_OK;
    const vc_observations *o = field->observations;
    bool seasonal = vci_scale_present(season) && o->frequency != VC_YEARLY;
    bool walks = vci_scale_present(step);
    size_t f = (size_t)o->frequency, n_walk = walks ? field->n_blocks : 1;
    if (!vci_scale_present(level)) goto out;
    VC_TRY(vci_pattern_init(n_walk + (seasonal ? f : 0), field->n, seasonal ? 2 : 1, p));
    for (size_t b = 1; b < n_walk; b++) vci_pattern_follow(p, b, b - 1, VCI_STEP);
    for (size_t i = n_walk; i < p->n_values; i++) p->kind[i] = VCI_SEASONAL;
    for (size_t t = 0; t < field->n; t++) {
        p->map[0][t] = walks ? vci_pattern_block_of(t, field->n, field->model->block) : 0;
        if (seasonal) p->map[1][t] = (int)n_walk + o->season[t];
    }
out:
    return st;
}

/* Standard deviations of the nodes of one level, or of the leaves. */
static void node_components(vci_field *field, const char *prefix, const vc_scale *level,
                            const vc_scale *step, const vc_scale *season,
                            vci_group *group) {
    char name[VC_FIT_NAME];
    bool yearly = field->observations->frequency == VC_YEARLY;
    switch_off(group);
    snprintf(name, sizeof name, "%s_level_sd", prefix);
    group->sd[VCI_FIRST] = vci_field_component(field, level, name);
    if (group->sd[VCI_FIRST] == VCI_NONE) return;
    snprintf(name, sizeof name, "%s_step_sd", prefix);
    group->sd[VCI_STEP] = vci_field_component(field, step, name);
    snprintf(name, sizeof name, "%s_season_sd", prefix);
    if (!yearly) group->sd[VCI_SEASONAL] = vci_field_component(field, season, name);
}

/* Mean of what a leaf counts in a period: births, or what a share is taken of. */
static double mean_count(const vc_observations *o) {
    const double *count = o->trials ? o->trials : o->y;
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < o->n_leaves * o->n; i++) {
        if (isnan(count[i])) continue;
        sum += count[i];
        n++;
    }
    return n ? sum / (double)n : 0;
}

/* Too few events cannot tell a season of their own from the common one. */
static const vc_scale *leaf_season(const vci_field *field) {
    static const vc_scale absent = {.kind = VC_SCALE_ABSENT};
    const vc_model *m = field->model;
    bool enough = m->season_from <= 0 || mean_count(field->observations) >= m->season_from;
    return enough ? &m->leaf_season : &absent;
}

/* One set of standard deviations for the leaves, one for each level of units between. */
static vc_status add_nodes(vci_field *field) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = field->tree;
    const vc_model *m = field->model;
    char prefix[VC_FIT_NAME / 2];
    vci_group *of_level = NULL, leaf;
    VC_NEW(of_level, tree->n_levels + 1);
    switch_off(&leaf);
    VC_TRY(node_pattern(field, &m->middle_level, &m->middle_step, &m->middle_season,
                        &field->middle_pattern));
    VC_TRY(node_pattern(field, &m->leaf_level, &m->leaf_step, leaf_season(field),
                        &field->leaf_pattern));
    for (unsigned l = 1; l < tree->n_levels; l++) {
        switch_off(&of_level[l]);
        if (!level_has_middle(tree, l)) continue;
        snprintf(prefix, sizeof prefix, "middle%u", l);
        node_components(field, prefix, &m->middle_level, &m->middle_step, &m->middle_season,
                        &of_level[l]);
    }
    if (tree->n > 1)
        node_components(field, "leaf", &m->leaf_level, &m->leaf_step, leaf_season(field),
                        &leaf);
    for (size_t u = 0; u < tree->n; u++) {
        const vc_unit *unit = &tree->units[u];
        vci_group *g = &field->node[u];
        switch_off(g);
        if (u == tree->root) continue;
        *g = unit->leaf ? leaf : of_level[unit->level];
        if (g->sd[VCI_FIRST] == VCI_NONE) continue;
        g->pattern = unit->leaf ? &field->leaf_pattern : &field->middle_pattern;
        g->n_values = g->pattern->n_values;
        if (g->n_values > field->n_node) field->n_node = g->n_values;
    }
    if (field->n_node > field->most) field->most = field->n_node;
out:
    vci_free(of_level);
    return st;
}

vc_status vci_field_build(const vc_model *model, const vc_unit_tree *tree,
                          const vc_observations *observations, vci_field *field) {
    vc_status st = VC_OK;
    *field = (vci_field){.model = model, .tree = tree, .observations = observations};
    field->n = observations->n;
    field->h = observations->h;
    field->wide = tree->n_leaves * observations->n > WIDE;
    field->n_blocks = vci_pattern_blocks(observations->n, model->block);
    VC_NEW(field->components, VCI_TERMS + 3 + 3 * ((size_t)tree->n_levels + 1));
    VC_NEW(field->node, tree->n);
    VC_NEW(field->leaf_of, tree->n);
    for (size_t u = 0; u < tree->n; u++) field->leaf_of[u] = VC_NO_UNIT;
    for (size_t i = 0; i < tree->n_leaves; i++) field->leaf_of[tree->leaves[i]] = i;
    VC_TRY(add_fixed_effects(field));
    VC_TRY(add_terms(field));
    VC_TRY(add_nodes(field));
    field->dispersion = vc_family_dispersed(model->family)
                            ? vci_field_component(field, &model->dispersion, "dispersion")
                            : VCI_NONE;
out:
    if (st != VC_OK) vci_field_free(field);
    return st;
}

void vci_field_free(vci_field *field) {
    for (size_t g = 0; g < VCI_TERMS; g++) vci_pattern_free(&field->root_pattern[g]);
    vci_pattern_free(&field->middle_pattern);
    vci_pattern_free(&field->leaf_pattern);
    vci_free(field->design);
    vci_free(field->node);
    vci_free(field->leaf_of);
    vci_free(field->components);
    *field = (vci_field){0};
}

double vci_field_sd(const vci_field *field, int component, const double *theta) {
    const vci_component *c = &field->components[component];
    return c->theta == VCI_NONE ? c->scale->start : vci_exp(theta[c->theta]);
}

double vci_field_fixed_sd(const vci_field *field, size_t fixed, const double *theta) {
    int component = field->fixed_component[fixed];
    return component == VCI_NONE ? field->fixed_sd[fixed]
                                 : vci_field_sd(field, component, theta);
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
