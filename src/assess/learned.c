/* What a fit has learned: draws of its latent values, turned into effects. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/learning_internal.h"
#include "core/memory_internal.h"
#include "fit/family_internal.h"
#include "fit/observations_internal.h"
#include "model/scale_internal.h"

#define B VCI_BATCH

static vci_effect effect_of(const vc_fit *fit) {
    vc_family family = fit->model.family;
    if (vc_role_find(fit->role) == VC_ROLE_SEX) return VCI_EFFECT_RATIO;
    if (vci_family_of(family)->trials || family == VC_LOGIT_NORMAL) return VCI_EFFECT_SHARE;
    return family == VC_NORMAL ? VCI_EFFECT_UNITS : VCI_EFFECT_PERCENT;
}

/* --- draws --------------------------------------------------------------------------- */

/* Blocks of a unit's walk that make up a year; 0 if none do. */
static size_t blocks_of_year(const vci_learning *g) {
    const vci_field *f = &g->part->sampler.field;
    size_t frequency = (size_t)g->part->observations.frequency;
    bool whole = frequency % f->model->block == 0;
    size_t blocks = whole ? frequency / f->model->block : 0;
    return blocks < f->n_blocks ? blocks : 0;
}

static void keep_nodes(vci_learning *g, size_t first, const double *node) {
    const vci_field *f = &g->part->sampler.field;
    size_t year = blocks_of_year(g);
    for (size_t u = 0; u < g->part->scope.tree->n; u++) {
        const vci_group *group = &f->node[u];
        if (group->n_values == 0) continue;
        bool walks = group->sd[VCI_STEP] != VCI_NONE;
        size_t last = walks ? f->n_blocks - 1 : 0;
        const double *x = node + (u * f->n_node + last) * B;
        double *to = g->node + u * 2 * VCI_LEARNING_DRAWS + first;
        memcpy(to, x, B * sizeof *x);
        if (!walks || year == 0) continue;
        g->changes = true;
        for (size_t d = 0; d < B; d++) to[VCI_LEARNING_DRAWS + d] = x[d] - x[d - year * B];
    }
}

static vc_status draw_all(vci_learning *g, double *eta) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    double *root = NULL, *node = NULL;
    VC_NEW(root, f->n_root * B);
    VC_NEW(node, g->part->scope.tree->n * f->n_node * B + 1);
    g->work->root_out = root;
    g->work->node_out = node;
    for (size_t first = 0; first < VCI_LEARNING_DRAWS; first += B) {
        VC_TRY(vci_sampler_draw(&g->part->sampler, g->work, (uint32_t)first, B, eta));
        for (size_t k = 0; k < f->n_root; k++)
            memcpy(g->root + k * VCI_LEARNING_DRAWS + first, root + k * B,
                   B * sizeof *root);
        keep_nodes(g, first, node);
    }
out:
    g->work->root_out = g->work->node_out = NULL;
    vci_free(root);
    vci_free(node);
    return st;
}

/* --- effects ------------------------------------------------------------------------- */

static double share_at(double eta) { return 1 / (1 + exp(-eta)); }

/* What a change x of eta from `eta` on does. */
static double effect_at(const vci_learning *g, double eta, double x) {
    switch (g->effect) {
    case VCI_EFFECT_RATIO:
        return 100 * exp(eta) * expm1(x);
    case VCI_EFFECT_SHARE:
        return 100 * (share_at(eta + x) - share_at(eta));
    case VCI_EFFECT_UNITS:
        return g->unit * x;
    case VCI_EFFECT_PERCENT:
        break;
    }
    return 100 * expm1(x);
}

vc_status vci_learning_tell(vci_learning *g, vc_estimate *estimate) {
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
        g->draws[d] = effect_at(g, g->level[d], g->draws[d]);
    return vci_estimate_make(VCI_LEARNING_DRAWS, g->draws, NULL, estimate);
}

/* The same of changes that have led to the common level. */
static vc_status tell_past(vci_learning *g, vc_estimate *estimate) {
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
        g->draws[d] = effect_at(g, g->level[d] - g->draws[d], g->draws[d]);
    return vci_estimate_make(VCI_LEARNING_DRAWS, g->draws, NULL, estimate);
}

/* draws += factor * the value of a term that enters at period t. */
static void add_term(const vci_learning *g, int term, size_t t, double factor,
                     double *draws) {
    const vci_group *group = &g->part->sampler.field.root[term];
    if (group->n_values == 0 || group->pattern->map[0][t] < 0) return;
    const double *x =
        g->root + (group->offset + (size_t)group->pattern->map[0][t]) * VCI_LEARNING_DRAWS;
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++) draws[d] += factor * x[d];
}

static void find_level(vci_learning *g) {
    size_t now = g->part->sampler.field.n - 1;
    memcpy(g->level, g->root, VCI_LEARNING_DRAWS * sizeof *g->level);
    add_term(g, VCI_TREND, now, 1, g->level);
    add_term(g, VCI_SLOPE, now, 1, g->level);
}

static vc_status find_ratio(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    l->has_ratio = g->effect == VCI_EFFECT_RATIO;
    if (!l->has_ratio) goto out;
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++) {
        g->draws[d] = 100 * exp(g->level[d]);
        l->p_above_usual += (g->draws[d] > VC_USUAL_SEX_RATIO) / (double)VCI_LEARNING_DRAWS;
    }
    VC_TRY(vci_estimate_make(VCI_LEARNING_DRAWS, g->draws, NULL, &l->ratio));
out:
    return st;
}

static vc_status find_trend(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    size_t year = (size_t)g->part->observations.frequency, now = f->n - 1;
    size_t size = VCI_LEARNING_DRAWS * sizeof *g->draws;
    l->has_drift = vci_scale_present(&f->model->drift_sd);
    if (l->has_drift) {
        memcpy(g->draws, g->root + VCI_LEARNING_DRAWS, size);
        VC_TRY(vci_learning_tell(g, &l->drift));
    }
    l->has_last_year =
        f->n > year && (f->root[VCI_TREND].n_values || f->root[VCI_SLOPE].n_values);
    if (!l->has_last_year) goto out;
    memset(g->draws, 0, size);
    if (l->has_drift) memcpy(g->draws, g->root + VCI_LEARNING_DRAWS, size);
    for (int term = VCI_TREND; term <= VCI_SLOPE; term++) {
        add_term(g, term, now, 1, g->draws);
        add_term(g, term, now - year, -1, g->draws);
    }
    VC_TRY(tell_past(g, &l->last_year));
out:
    return st;
}

static vc_status find_season(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_group *group = &g->part->sampler.field.root[VCI_SEASON];
    size_t n = (size_t)g->part->observations.frequency;
    if (group->n_values == 0) goto out;
    const double *x = g->root + (group->offset + group->n_values - n) * VCI_LEARNING_DRAWS;
    l->n_season = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++) {
            double mean = 0;
            for (size_t j = 0; j < n; j++)
                mean += x[j * VCI_LEARNING_DRAWS + d] / (double)n;
            g->draws[d] = x[i * VCI_LEARNING_DRAWS + d] - mean;
        }
        VC_TRY(vci_learning_tell(g, &l->season[i]));
    }
out:
    return st;
}

static vc_status find_shocks(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    if (f->root[VCI_SHOCK].n_values == 0) goto out;
    VC_NEW(l->shock, f->n);
    l->n_shocks = f->n;
    for (size_t t = 0; t < f->n; t++) {
        memset(g->draws, 0, VCI_LEARNING_DRAWS * sizeof *g->draws);
        add_term(g, VCI_SHOCK, t, 1, g->draws);
        VC_TRY(vci_learning_tell(g, &l->shock[t]));
    }
out:
    return st;
}

/* Calendar and events are the last of the fixed effects. */
static vc_status find_fixed(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    size_t at = 1 + (l->has_drift ? 1 : 0), n_events = f->model->n_events;
    for (int k = 0; k < VC_CALENDAR_TERMS; k++) {
        l->has_calendar[k] = vci_observations_calendar_sd(f->model, f->observations,
                                                          (vc_calendar_term)k) > 0;
        if (!l->has_calendar[k]) continue;
        VC_TRY(vci_estimate_make(VCI_LEARNING_DRAWS, g->root + at++ * VCI_LEARNING_DRAWS,
                                 NULL, &l->calendar[k]));
    }
    for (size_t i = 0; i < n_events; i++) {
        memcpy(g->draws, g->root + (at + i) * VCI_LEARNING_DRAWS,
               VCI_LEARNING_DRAWS * sizeof *g->draws);
        VC_TRY(vci_learning_tell(g, &l->event[i]));
    }
    l->n_events = n_events;
out:
    return st;
}

/* --- all of it ----------------------------------------------------------------------- */

static void count_data(const vci_learning *g, vc_learned *l) {
    const vc_observations *o = &g->part->observations;
    l->n_draws = VCI_LEARNING_DRAWS;
    l->first = o->first;
    l->last = o->first + (vc_period)o->n - 1;
    l->n_leaves = o->n_leaves;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (isnan(o->y[i]))
            l->n_missing++;
        else
            l->n_observed++;
}

/* Effect of a small change of eta, per unit of it. */
static double effect_of_sd(const vci_learning *g) {
    double sum = 0, small = 1e-4;
    if (g->effect == VCI_EFFECT_UNITS) return g->unit;
    if (g->effect == VCI_EFFECT_PERCENT) return 100;
    for (size_t d = 0; d < VCI_LEARNING_DRAWS; d++)
        sum += effect_at(g, g->level[d], small) / small;
    return sum / (double)VCI_LEARNING_DRAWS;
}

static vc_status learn(vci_learning *g, double *eta, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    VC_NEW(g->root, f->n_root * VCI_LEARNING_DRAWS);
    VC_NEW(g->node, g->part->scope.tree->n * 2 * VCI_LEARNING_DRAWS);
    VC_NEW(g->level, VCI_LEARNING_DRAWS);
    VC_NEW(g->draws, VCI_LEARNING_DRAWS);
    count_data(g, l);
    VC_TRY(draw_all(g, eta));
    find_level(g);
    l->effect_of_sd = effect_of_sd(g);
    VC_TRY(find_ratio(g, l));
    VC_TRY(find_trend(g, l));
    VC_TRY(find_season(g, l));
    VC_TRY(find_shocks(g, l));
    VC_TRY(find_fixed(g, l));
    VC_TRY(vci_learned_hypers(g, l));
    VC_TRY(vci_learned_units(g, l));
out:
    vci_free(g->root);
    vci_free(g->node);
    vci_free(g->level);
    vci_free(g->draws);
    return st;
}

vc_status vc_learned_find(const vc_run *run, size_t fit, vc_learned *learned) {
    vc_status st = VC_OK;
    vci_simulation s = {0};
    *learned = (vc_learned){0};
    VC_REQUIRE(fit < run->n_fits, "fit %zu of %zu", fit, run->n_fits);
    VC_TRY(vci_simulation_init(&s, &run->panel, run->n_fits, run->fits, &run->population,
                               run->settings.dating, run->seed, run->as_of, run->as_of, 1));
    vci_learning g = {.part = &s.parts[fit], .work = &s.benches[0].work[fit]};
    g.effect = effect_of(&run->fits[fit]);
    g.unit = exp(g.part->observations.log_exposure[0]);
    VC_TRY(learn(&g, s.benches[0].eta[fit], learned));
out:
    vci_simulation_free(&s);
    if (st != VC_OK) vc_learned_free(learned);
    return st;
}

void vc_learned_free(vc_learned *learned) {
    vci_free(learned->shock);
    vci_free(learned->hypers);
    vci_free(learned->units);
    *learned = (vc_learned){0};
}
