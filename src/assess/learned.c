/* What a fit has learned: draws of its latent values, turned into effects. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/learned_internal.h"
#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "fit/family_internal.h"

#define B VCI_BATCH
#define DRAWS ((size_t)4096)
#define WRONG_SIGNS 0.10

/* How eta's effects are told. */
typedef enum effect { EFFECT_PERCENT, EFFECT_POINTS, EFFECT_UNITS } effect;

typedef struct learning {
    const vci_part *part;
    vci_sampler_work *work;
    effect effect;
    double unit;   /* EFFECT_UNITS: of the series, what eta is 1 of */
    double *root;  /* [n_root][DRAWS] */
    double *node;  /* [n_units][2][DRAWS] value in the latest block, change in a year */
    double *level; /* [DRAWS] eta that all units share now, without season and shocks */
    double *draws; /* [DRAWS] scratch */
    bool changes;  /* the units' walks take steps that make up a year */
} learning;

static effect effect_of(vc_family family) {
    if (family == VC_BINOMIAL || family == VC_BETA_BINOMIAL) return EFFECT_POINTS;
    return family == VC_NORMAL ? EFFECT_UNITS : EFFECT_PERCENT;
}

static const vci_field *field_of(const learning *g) { return &g->part->sampler.field; }

/* --- draws --------------------------------------------------------------------------- */

/* Blocks of a unit's walk that make up a year; 0 if none do. */
static size_t blocks_of_year(const learning *g) {
    const vci_field *f = field_of(g);
    size_t frequency = (size_t)g->part->observations.frequency;
    bool whole = frequency % f->model->block == 0;
    size_t blocks = whole ? frequency / f->model->block : 0;
    return blocks < f->n_blocks ? blocks : 0;
}

static void keep_nodes(learning *g, size_t first, const double *node) {
    const vci_field *f = field_of(g);
    size_t year = blocks_of_year(g);
    for (size_t u = 0; u < g->part->scope.tree->n; u++) {
        const vci_group *group = &f->node[u];
        if (group->n_values == 0) continue;
        bool walks = group->sd[VCI_STEP] != VCI_NONE;
        size_t last = walks ? f->n_blocks - 1 : 0;
        const double *x = node + (u * f->n_node + last) * B;
        double *to = g->node + u * 2 * DRAWS + first;
        memcpy(to, x, B * sizeof *x);
        if (!walks || year == 0) continue;
        g->changes = true;
        for (size_t d = 0; d < B; d++) to[DRAWS + d] = x[d] - x[d - year * B];
    }
}

static vc_status draw_all(learning *g, double *eta) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    double *root = NULL, *node = NULL;
    VC_NEW(root, f->n_root * B);
    VC_NEW(node, g->part->scope.tree->n * f->n_node * B + 1);
    g->work->root_out = root;
    g->work->node_out = node;
    for (size_t first = 0; first < DRAWS; first += B) {
        VC_TRY(vci_sampler_draw(&g->part->sampler, g->work, (uint32_t)first, B, eta));
        for (size_t k = 0; k < f->n_root; k++)
            memcpy(g->root + k * DRAWS + first, root + k * B, B * sizeof *root);
        keep_nodes(g, first, node);
    }
out:
    g->work->root_out = g->work->node_out = NULL;
    vci_free(root);
    vci_free(node);
    return st;
}

/* --- effects ------------------------------------------------------------------------- */

/* An estimate of g->draws, changes of eta, as an effect. */
static vc_status tell(learning *g, vc_estimate *estimate) {
    for (size_t d = 0; d < DRAWS; d++) {
        double x = g->draws[d], ratio = 100 * expm1(x);
        if (g->effect == EFFECT_POINTS) ratio *= exp(g->level[d]);
        g->draws[d] = g->effect == EFFECT_UNITS ? g->unit * x : ratio;
    }
    return vci_estimate_make(DRAWS, g->draws, NULL, estimate);
}

/* draws += factor * the value of a term that enters at period t. */
static void add_term(const learning *g, int term, size_t t, double factor, double *draws) {
    const vci_group *group = &field_of(g)->root[term];
    if (group->n_values == 0 || group->pattern->map[0][t] < 0) return;
    const double *x = g->root + (group->offset + (size_t)group->pattern->map[0][t]) * DRAWS;
    for (size_t d = 0; d < DRAWS; d++) draws[d] += factor * x[d];
}

static void find_level(learning *g) {
    size_t now = field_of(g)->n - 1;
    memcpy(g->level, g->root, DRAWS * sizeof *g->level);
    add_term(g, VCI_TREND, now, 1, g->level);
    add_term(g, VCI_SLOPE, now, 1, g->level);
}

static vc_status find_trend(learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    size_t year = (size_t)g->part->observations.frequency, now = f->n - 1;
    size_t size = DRAWS * sizeof *g->draws;
    l->has_drift = f->model->drift_sd > 0;
    if (l->has_drift) {
        memcpy(g->draws, g->root + DRAWS, size);
        VC_TRY(tell(g, &l->drift));
    }
    l->has_last_year =
        f->n > year && (f->root[VCI_TREND].n_values || f->root[VCI_SLOPE].n_values);
    if (!l->has_last_year) goto out;
    memset(g->draws, 0, size);
    if (l->has_drift) memcpy(g->draws, g->root + DRAWS, size);
    for (int term = VCI_TREND; term <= VCI_SLOPE; term++) {
        add_term(g, term, now, 1, g->draws);
        add_term(g, term, now - year, -1, g->draws);
    }
    for (size_t d = 0; d < DRAWS && g->effect == EFFECT_POINTS; d++) {
        /* Points against the ratio a year ago: level now (1 - exp(-x)). */
        g->draws[d] = -g->draws[d];
    }
    VC_TRY(tell(g, &l->last_year));
    if (g->effect != EFFECT_POINTS) goto out;
    for (size_t d = 0; d < DRAWS; d++) g->draws[d] = -g->draws[d];
    VC_TRY(vci_estimate_make(DRAWS, g->draws, NULL, &l->last_year));
out:
    return st;
}

static vc_status find_season(learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_group *group = &field_of(g)->root[VCI_SEASON];
    size_t n = (size_t)g->part->observations.frequency;
    if (group->n_values == 0) goto out;
    const double *x = g->root + (group->offset + group->n_values - n) * DRAWS;
    l->n_season = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t d = 0; d < DRAWS; d++) {
            double mean = 0;
            for (size_t j = 0; j < n; j++) mean += x[j * DRAWS + d] / (double)n;
            g->draws[d] = x[i * DRAWS + d] - mean;
        }
        VC_TRY(tell(g, &l->season[i]));
    }
out:
    return st;
}

static vc_status find_shocks(learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    if (f->root[VCI_SHOCK].n_values == 0) goto out;
    VC_NEW(l->shock, f->n);
    l->n_shocks = f->n;
    for (size_t t = 0; t < f->n; t++) {
        memset(g->draws, 0, DRAWS * sizeof *g->draws);
        add_term(g, VCI_SHOCK, t, 1, g->draws);
        VC_TRY(tell(g, &l->shock[t]));
    }
out:
    return st;
}

/* Calendar and events are the last of the fixed effects. */
static vc_status find_fixed(learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    size_t at = 1 + (l->has_drift ? 1 : 0), n_events = f->model->n_events;
    l->has_calendar = f->n_fixed - at > n_events;
    if (l->has_calendar)
        VC_TRY(vci_estimate_make(DRAWS, g->root + at++ * DRAWS, NULL, &l->calendar));
    for (size_t i = 0; i < n_events; i++) {
        memcpy(g->draws, g->root + (at + i) * DRAWS, DRAWS * sizeof *g->draws);
        VC_TRY(tell(g, &l->event[i]));
    }
    l->n_events = n_events;
out:
    return st;
}

/* --- hyper-parameters ---------------------------------------------------------------- */

static double half_normal(double x, double sd) {
    return exp(-0.5 * x * x / (sd * sd)) / sd;
}

/* Probability that an sd came from the wide part of a mixture prior. */
static double wide_part(const vc_scale *s, double sd) {
    double wide = (1 - s->weight) * half_normal(sd, s->upper);
    return wide / (wide + s->weight * half_normal(sd, s->spike));
}

static vc_status find_hypers(const learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    const vc_fit *fit = g->part->fit;
    double *values = NULL, *weights = NULL;
    l->p_between = nan("");
    VC_NEW(l->hypers, f->n_components + 1);
    VC_NEW(values, fit->n_points);
    VC_NEW(weights, fit->n_points);
    for (size_t c = 0; c < f->n_components; c++) {
        const vci_component *component = &f->components[c];
        const vc_scale *scale = component->scale;
        if (component->theta == VCI_NONE) continue;
        vc_learned_hyper *hyper = &l->hypers[l->n_hypers++];
        double p = 0;
        for (size_t i = 0; i < fit->n_points; i++) {
            values[i] = exp(fit->points[i].theta[component->theta]);
            weights[i] = fit->points[i].weight;
            if (scale->kind == VC_SCALE_MIXTURE)
                p += weights[i] * wide_part(scale, values[i]);
        }
        memcpy(hyper->name, component->name, sizeof hyper->name);
        VC_TRY(vci_estimate_make(fit->n_points, values, weights, &hyper->sd));
        hyper->prior_upper = scale->kind == VC_SCALE_PC
                                 ? scale->upper * log(0.05) / log(scale->probability)
                                 : nan("");
        if (scale->kind == VC_SCALE_MIXTURE && !strcmp(component->name, "leaf_level_sd"))
            l->p_between = p;
    }
out:
    vci_free(values);
    vci_free(weights);
    return st;
}

/* Mean square of a component over the points; 0 if there is none. */
static double mean_square(const learning *g, int component) {
    const vc_fit *fit = g->part->fit;
    double sum = 0;
    if (component == VCI_NONE) return 0;
    for (size_t i = 0; i < fit->n_points; i++) {
        double sd = vci_field_sd(field_of(g), component, fit->points[i].theta);
        sum += fit->points[i].weight * sd * sd;
    }
    return sum;
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* d^2 mu for the negative binomial, (n - 1) d^2 / (1 + d^2) for the beta-binomial. */
static vc_status find_extra_variance(learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    const vc_observations *o = &g->part->observations;
    double *means = NULL, square = mean_square(g, f->dispersion);
    bool binomial = f->model->family == VC_BETA_BINOMIAL;
    size_t n_means = 0;
    l->extra_variance = nan("");
    if (!binomial && f->model->family != VC_NEGATIVE_BINOMIAL) goto out;
    VC_NEW(means, o->n_leaves);
    for (size_t i = 0; i < o->n_leaves; i++) {
        double sum = 0, n = 0;
        for (size_t t = 0; t < o->n; t++) {
            if (isnan(o->y[i * o->n + t])) continue;
            sum += binomial ? o->trials[i * o->n + t] : o->y[i * o->n + t];
            n++;
        }
        if (n > 0) means[n_means++] = sum / n;
    }
    qsort(means, n_means, sizeof *means, by_size);
    double typical = n_means ? means[n_means / 2] : 0;
    l->extra_variance =
        100 * (binomial ? fmax(typical - 1, 0) * square / (1 + square) : typical * square);
out:
    vci_free(means);
    return st;
}

/* --- units --------------------------------------------------------------------------- */

/* g->draws = a unit's value (or change) less the mean of it and its siblings. */
static void against_siblings(learning *g, size_t unit, int which) {
    const vc_unit_tree *tree = g->part->scope.tree;
    size_t parent = tree->units[unit].parent, begin = tree->child_begin[parent];
    size_t end = tree->child_begin[parent + 1];
    memcpy(g->draws, g->node + (unit * 2 + (size_t)which) * DRAWS,
           DRAWS * sizeof *g->draws);
    for (size_t c = begin; c < end; c++) {
        const double *x = g->node + (tree->children[c] * 2 + (size_t)which) * DRAWS;
        for (size_t d = 0; d < DRAWS; d++) g->draws[d] -= x[d] / (double)(end - begin);
    }
}

/* The share of a unit's prior variance that its own data have taken away. */
static double share_of_own(const learning *g, size_t unit) {
    const vc_unit_tree *tree = g->part->scope.tree;
    const vci_group *group = &field_of(g)->node[unit];
    size_t parent = tree->units[unit].parent;
    double siblings = (double)(tree->child_begin[parent + 1] - tree->child_begin[parent]);
    double steps = (double)(field_of(g)->n_blocks - 1), mean = 0, square = 0;
    double prior =
        mean_square(g, group->sd[VCI_FIRST]) + steps * mean_square(g, group->sd[VCI_STEP]);
    for (size_t d = 0; d < DRAWS; d++) mean += g->draws[d] / (double)DRAWS;
    for (size_t d = 0; d < DRAWS; d++)
        square += (g->draws[d] - mean) * (g->draws[d] - mean) / (double)DRAWS;
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

static vc_status find_units(learning *g, vc_learned *l) {
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
        if (field_of(g)->node[u].n_values == 0 ||
            tree->child_begin[parent + 1] - tree->child_begin[parent] < 2)
            continue;
        vc_learned_unit *unit = &l->units[l->n_units++];
        unit->unit = g->part->scope.unit[u];
        against_siblings(g, u, 0);
        if (tree->units[u].leaf) shares[n_shares++] = share_of_own(g, u);
        VC_TRY(tell(g, &unit->level));
        if (!g->changes) continue;
        against_siblings(g, u, 1);
        VC_TRY(tell(g, &unit->change));
    }
    qsort(shares, n_shares, sizeof *shares, by_size);
    if (n_shares) l->own_share = shares[n_shares / 2];
    VC_TRY(mark_units(l));
out:
    vci_free(shares);
    return st;
}

/* --- all of it ----------------------------------------------------------------------- */

static void count_data(const learning *g, vc_learned *l) {
    const vc_observations *o = &g->part->observations;
    l->n_draws = DRAWS;
    l->first = o->first;
    l->last = o->first + (vc_period)o->n - 1;
    l->n_leaves = o->n_leaves;
    for (size_t i = 0; i < o->n_leaves * o->n; i++)
        if (isnan(o->y[i]))
            l->n_missing++;
        else
            l->n_observed++;
}

static vc_status learn(learning *g, double *eta, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = field_of(g);
    double mean = 0;
    VC_NEW(g->root, f->n_root * DRAWS);
    VC_NEW(g->node, g->part->scope.tree->n * 2 * DRAWS);
    VC_NEW(g->level, DRAWS);
    VC_NEW(g->draws, DRAWS);
    count_data(g, l);
    VC_TRY(draw_all(g, eta));
    find_level(g);
    for (size_t d = 0; d < DRAWS; d++) mean += exp(g->level[d]) / (double)DRAWS;
    l->effect_of_sd = g->effect == EFFECT_UNITS    ? g->unit
                      : g->effect == EFFECT_POINTS ? 100 * mean
                                                   : 100;
    VC_TRY(find_trend(g, l));
    VC_TRY(find_season(g, l));
    VC_TRY(find_shocks(g, l));
    VC_TRY(find_fixed(g, l));
    VC_TRY(find_hypers(g, l));
    VC_TRY(find_extra_variance(g, l));
    VC_TRY(find_units(g, l));
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
    learning g = {.part = &s.parts[fit], .work = &s.benches[0].work[fit]};
    g.effect = effect_of(run->fits[fit].model.family);
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
