/*
 * Sampling down the tree. A group's change given the change delta of eta above it is
 * L^-T (eps - gain delta), eps standard normal: the factors of the elimination are those of
 * the conditional distributions (Rue and Held 2005, algorithm 2.4).
 */
#include "simulate/sampler_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/likelihood_internal.h"
#include "num/elementary_internal.h"
#include "num/strata_internal.h"

#define B VCI_BATCH
#define PROPOSAL_SEED UINT64_C(20260731)

static size_t future_blocks(const vci_sampler *s) {
    unsigned block = s->field.model->block;
    return (s->field.h + block - 1) / block;
}

vc_status vci_sampler_init(vci_sampler *s, const vc_fit *fit, const vc_unit_tree *tree,
                           const vc_observations *observations, uint64_t seed,
                           unsigned role, vc_period wanted_first) {
    vc_status st = VC_OK;
    double sum = 0;
    *s =
        (vci_sampler){.fit = fit, .tree = tree, .observations = observations, .seed = seed};
    s->role = role;
    VC_TRY(vci_field_build(&fit->model, tree, observations, &s->field));
    VC_REQUIRE(s->field.n_root == fit->n_root && s->field.n_node == fit->n_node &&
                   s->field.n_theta == fit->n_theta && tree->n == fit->n_units,
               "fit and observations do not belong together");
    s->first = (size_t)(wanted_first - observations->first);
    s->n_periods = observations->n + observations->h - s->first;
    VC_NEW(s->up_to, fit->n_points);
    for (size_t i = 0; i < fit->n_points; i++) s->up_to[i] = sum += fit->points[i].weight;
out:
    if (st != VC_OK) vci_sampler_free(s);
    return st;
}

void vci_sampler_free(vci_sampler *s) {
    vci_field_free(&s->field);
    vci_free(s->up_to);
    *s = (vci_sampler){0};
}

vc_status vci_sampler_work_init(const vci_sampler *s, vci_sampler_work *w) {
    vc_status st = VC_OK;
    const vci_field *f = &s->field;
    size_t most = f->most + f->h + f->n_fixed + 2;
    *w = (vci_sampler_work){0};
    VC_TRY(vci_solver_init(&w->solver, f, &vci_algebra_portable));
    VC_NEW(w->row, f->n);
    if (f->heavy) VC_NEW(w->precision, f->most * f->most);
    VC_NEW(w->normals, most * B);
    VC_NEW(w->change, most * B);
    VC_NEW(w->delta, s->tree->n_levels * f->n * B);
    VC_NEW(w->values, most * B);
    VC_NEW(w->future, s->tree->n_levels * f->h * B);
    VC_NEW(w->fixed, VCI_MAX_FIXED * B);
out:
    if (st != VC_OK) vci_sampler_work_free(w);
    return st;
}

void vci_sampler_work_free(vci_sampler_work *w) {
    vci_solver_free(&w->solver);
    vci_free(w->row);
    vci_free(w->precision);
    vci_free(w->normals);
    vci_free(w->change);
    vci_free(w->delta);
    vci_free(w->future);
    vci_free(w->values);
    vci_free(w->fixed);
    *w = (vci_sampler_work){0};
}

/*
 * Every role has a sequence of its own: with one for all, the points of births and deaths
 * would come in pairs.
 */
size_t vci_sampler_point(const vci_sampler *s, uint32_t draw) {
    static const unsigned bases[16] = {2,  3,  5,  7,  11, 13, 17, 19,
                                       23, 29, 31, 37, 41, 43, 47, 53};
    size_t low = 0, high = s->fit->n_points - 1;
    double at = vci_spread(draw / B, bases[s->role]) * s->up_to[high];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->up_to[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Factors at the mode of a point, unless they are there already. */
static vc_status go_to_point(const vci_sampler *s, vci_sampler_work *w, size_t number) {
    vc_status st = VC_OK;
    const vc_fit *fit = s->fit;
    const vc_fit_point *point = &fit->points[number];
    if (w->point == point) goto out;
    w->point = NULL;
    memcpy(w->solver.x.root, point->root, fit->n_root * sizeof(double));
    memcpy(w->solver.x.node, point->node, fit->n_units * fit->n_node * sizeof(double));
    vci_solver_evaluate(&w->solver, point->theta);
    VC_TRY(vci_solver_factor(&w->solver, point->theta));
    w->sd = s->field.dispersion == VCI_NONE
                ? 0
                : vci_field_sd(&s->field, s->field.dispersion, point->theta);
    w->point = point;
out:
    return st;
}

/* Proposals of all points have numbers of their own. */
static uint32_t proposal_number(size_t point, uint32_t number) {
    return (uint32_t)point << 16 | (number & 0xFFFF);
}

/* Proposals belong to the fit, not to a run: their seed is the fit's. */
static void use_proposals(const vci_sampler *s, vci_latent *latent) {
    char name[VC_FIT_NAME + 32];
    snprintf(name, sizeof name, "%s %zu", s->fit->role, s->fit->series);
    latent->seed = vci_mix_text(PROPOSAL_SEED, name);
    latent->role = 0;
}

/* The draws' own latent values, or at random one of the pool of their point. */
static void choose_latent(const vci_sampler *s, size_t point, uint32_t first_draw, size_t n,
                          vci_latent *latent) {
    const vc_fit *fit = s->fit;
    double u[B];
    latent->seed = s->seed;
    latent->role = s->role;
    for (size_t d = 0; d < n; d++) latent->draw[d] = first_draw + (uint32_t)d;
    if (fit->pool_size == 0) return;
    vci_stream stream = vci_stream_make(s->seed, s->tree->units[s->tree->root].code,
                                        VCI_PLACE(s->role, VCI_FOR_HYPER), 0);
    vci_fill_uniform(&stream, first_draw, n, u);
    use_proposals(s, latent);
    for (size_t d = 0; d < n; d++) {
        size_t entry = (size_t)(u[d] * (double)fit->pool_size);
        latent->draw[d] =
            proposal_number(point, (uint32_t)fit->pool[point * fit->pool_size + entry]);
    }
}

/* change[k][B] = standard normals behind a unit's latent values; part: which of them. */
static void latent_normals(const vci_sampler *s, vci_sampler_work *w, size_t unit,
                           unsigned purpose, uint32_t part, size_t n, size_t k) {
    vci_stream stream = vci_stream_make(w->latent.seed, s->tree->units[unit].code,
                                        VCI_PLACE(w->latent.role, purpose), part);
    for (size_t d = 0; d < n; d++) {
        vci_fill_normal(&stream, w->latent.draw[d], 1, k, w->normals);
        for (size_t i = 0; i < k; i++) w->change[i * B + d] = w->normals[i];
    }
    for (size_t i = 0; i < k; i++)
        for (size_t d = n; d < B; d++) w->change[i * B + d] = 0;
}

/* change[k][B] = standard normals of a unit's future. */
static void normals(const vci_sampler *s, vci_sampler_work *w, size_t unit,
                    unsigned purpose, uint32_t first_draw, size_t n, size_t k) {
    vci_stream stream =
        vci_stream_make(s->seed, s->tree->units[unit].code, VCI_PLACE(s->role, purpose), 0);
    vci_fill_normal(&stream, first_draw, n, k, w->normals);
    for (size_t i = 0; i < k; i++) {
        for (size_t d = 0; d < n; d++) w->change[i * B + d] = w->normals[d * k + i];
        for (size_t d = n; d < B; d++) w->change[i * B + d] = 0;
    }
}

/* change = L^-T change, all draws at once. */
static void backward(size_t k, const double *l, double *change) {
    for (size_t i = k; i-- > 0;) {
        double *row = change + i * B, pivot = l[i * k + i];
        for (size_t d = 0; d < B; d++) row[d] /= pivot;
        for (size_t j = 0; j < i; j++) {
            double factor = l[i * k + j], *other = change + j * B;
            for (size_t d = 0; d < B; d++) other[d] -= factor * row[d];
        }
    }
}

/* delta += E change. */
static void spread(const vci_group *group, const double *change, double *delta) {
    const vci_pattern *p = group->pattern;
    for (size_t m = 0; m < p->n_maps; m++)
        for (size_t t = 0; t < p->n_periods; t++) {
            if (p->map[m][t] < 0) continue;
            const double *row = change + (size_t)p->map[m][t] * B;
            for (size_t d = 0; d < B; d++) delta[t * B + d] += row[d];
        }
}

/* change = L^-T (change - gain delta) for a group with a dense gain. */
static void draw_dense(const vci_sampler *s, const vci_group *group,
                       const vci_factor *factor, double *delta, double *change) {
    size_t n = s->field.n;
    for (size_t b = 0; b < group->n_values; b++) {
        double *row = change + b * B;
        for (size_t t = 0; t < n; t++) {
            double g = factor->gain[b * n + t];
            for (size_t d = 0; d < B; d++) row[d] -= g * delta[t * B + d];
        }
    }
    backward(group->n_values, factor->l, change);
    spread(group, change, delta);
}

/* The same for a leaf: gain delta = L^-1 E' (weight * delta). normals is scratch. */
static void draw_leaf(const vci_group *group, const vci_factor *factor,
                      const double *weight, double *delta, double *pull, double *change) {
    const vci_pattern *p = group->pattern;
    size_t k = group->n_values;
    memset(pull, 0, k * B * sizeof *pull);
    for (size_t m = 0; m < p->n_maps; m++)
        for (size_t t = 0; t < p->n_periods; t++) {
            double *row = pull + (size_t)p->map[m][t] * B, w = weight[t];
            for (size_t d = 0; d < B; d++) row[d] += w * delta[t * B + d];
        }
    for (size_t i = 0; i < k; i++) {
        double *row = pull + i * B, pivot = factor->l[i * k + i];
        for (size_t j = 0; j < i; j++) {
            double l = factor->l[i * k + j], *other = pull + j * B;
            for (size_t d = 0; d < B; d++) row[d] -= l * other[d];
        }
        for (size_t d = 0; d < B; d++) {
            row[d] /= pivot;
            change[i * B + d] -= row[d];
        }
    }
    backward(k, factor->l, change);
    spread(group, change, delta);
}

/* out[k][B] = mode + change; nothing when nobody wants it. */
static void hand_out(const vci_sampler_work *w, size_t k, const double *mode, double *out) {
    for (size_t i = 0; out && i < k; i++)
        for (size_t d = 0; d < B; d++) out[i * B + d] = mode[i] + w->change[i * B + d];
}

static void draw_fixed(const vci_sampler *s, vci_sampler_work *w, size_t n, double *delta) {
    const vci_field *f = &s->field;
    size_t length = f->n + f->h, k = f->n_fixed;
    latent_normals(s, w, s->tree->root, VCI_FOR_FIXED, 0, n, k);
    backward(k, w->solver.fixed_l, w->change);
    hand_out(w, k, w->solver.x.root, w->root_out);
    for (size_t t = 0; t < f->n; t++)
        for (size_t d = 0; d < B; d++) {
            double sum = 0;
            for (size_t a = 0; a < k; a++)
                sum += f->design[a * length + t] * w->change[a * B + d];
            delta[t * B + d] = sum;
        }
    for (size_t a = 0; a < k; a++)
        for (size_t d = 0; d < B; d++)
            w->fixed[a * B + d] = w->solver.x.root[a] + w->change[a * B + d];
}

/* What a heavy-tailed prior has beyond its second order at the mode, at mode + change. */
static void add_heavy_remainder(const vci_sampler *s, vci_sampler_work *w,
                                const vci_group *group, size_t n) {
    const vci_field *f = &s->field;
    const double *theta = w->point->theta, *mode = w->solver.x.root + group->offset;
    size_t k = group->n_values;
    double *x = w->normals, *out = x + k, *pull = out + k, *q = w->precision;
    double there = vci_group_pull(f, group, theta, mode, pull);
    vci_group_precision(f, group, theta, mode, q);
    for (size_t d = 0; d < n; d++) {
        double parabola = there;
        for (size_t i = 0; i < k; i++) {
            double c = w->change[i * B + d];
            x[i] = mode[i] + c;
            parabola += c * (2 * pull[i] + q[i * k + i] * c);
        }
        w->log_weight[d] -= 0.5 * (vci_group_pull(f, group, theta, x, out) - parabola);
    }
}

static void draw_term(const vci_sampler *s, vci_sampler_work *w, int term,
                      uint32_t first_draw, size_t n, double *delta) {
    const vci_field *f = &s->field;
    const vci_group *group = &f->root[term];
    const double *mode = w->solver.x.root + group->offset;
    vci_future future = {.seed = s->seed,
                         .code = s->tree->units[s->tree->root].code,
                         .role = s->role,
                         .first_draw = first_draw,
                         .n = n};
    latent_normals(s, w, s->tree->root, VCI_FOR_TERM, (uint32_t)term, n, group->n_values);
    draw_dense(s, group, &w->solver.root[term], delta, w->change);
    hand_out(w, group->n_values, mode,
             w->root_out ? w->root_out + group->offset * B : NULL);
    if (w->log_weight && group->tail) add_heavy_remainder(s, w, group, n);
    if (w->log_weight) return;
    for (size_t i = 0; i < group->n_values; i++)
        for (size_t d = 0; d < B; d++)
            w->values[i * B + d] = mode[i] + w->change[i * B + d];
    vci_terms[term]->future(f, group, w->point->theta, w->values, &future, w->future);
}

static double group_sd(const vci_sampler *s, const vci_sampler_work *w, int component) {
    return component == VCI_NONE ? 0 : vci_field_sd(&s->field, component, w->point->theta);
}

/* The fixed effects in the future. */
static void fixed_future(const vci_sampler *s, vci_sampler_work *w) {
    const vci_field *f = &s->field;
    for (size_t j = 0; j < f->h; j++)
        for (size_t d = 0; d < B; d++) {
            double sum = 0;
            for (size_t a = 0; a < f->n_fixed; a++)
                sum += f->design[a * (f->n + f->h) + f->n + j] * w->fixed[a * B + d];
            w->future[j * B + d] = sum;
        }
}

/*
 * A unit's walk goes on: one step per future block. A block of m periods that follows a
 * block of b is a mean of a walk over them, so its step has variance step^2 (b + m) / (2
 * b). future[h][B] gains the walk and the unit's season.
 */
static void node_future(const vci_sampler *s, vci_sampler_work *w, size_t unit,
                        const vci_group *group, uint32_t first_draw, size_t n,
                        double *future) {
    const vci_field *f = &s->field;
    const double *mode = w->solver.x.node + unit * f->n_node, *season = NULL;
    size_t b = f->model->block, blocks = future_blocks(s), last = group->n_values - 1;
    double value[B], step_sd = group_sd(s, w, group->sd[VCI_STEP]);
    for (size_t i = 0; i < group->n_values; i++)
        for (size_t d = 0; d < B; d++)
            w->values[i * B + d] = mode[i] + w->change[i * B + d];
    if (group->sd[VCI_SEASONAL] != VCI_NONE) {
        last -= (size_t)s->observations->frequency;
        season = w->values + (last + 1) * B;
    }
    memcpy(value, w->values + last * B, sizeof value);
    if (step_sd > 0) normals(s, w, unit, VCI_FOR_WALK, first_draw, n, blocks);
    for (size_t j = 0; j < f->h; j++) {
        size_t k = j / b, m = f->h - k * b < b ? f->h - k * b : b;
        double part = f->model->full_step ? 1 : (double)(b + m) / (double)(2 * b);
        double sd = j % b == 0 ? step_sd * sqrt(part) : 0;
        const double *of_month =
            season ? season + s->observations->season[f->n + j] * B : NULL;
        for (size_t d = 0; d < B; d++) {
            if (sd > 0) value[d] += sd * w->change[k * B + d];
            future[j * B + d] += value[d] + (of_month ? of_month[d] : 0);
        }
    }
}

static void fill_leaf(const vci_sampler *s, const vci_sampler_work *w, size_t leaf,
                      const double *delta, const double *future, double *eta) {
    const vci_field *f = &s->field;
    const double *mode = w->solver.eta + leaf * f->n;
    for (size_t p = 0; p < s->n_periods; p++) {
        size_t t = s->first + p;
        double *row = eta + (leaf * s->n_periods + p) * B;
        for (size_t d = 0; d < B; d++)
            row[d] = t < f->n ? mode[t] + delta[t * B + d] : future[(t - f->n) * B + d];
    }
}

/* What the leaf's likelihood has beyond its second order at the mode, at mode + delta. */
static void add_remainder(const vci_sampler *s, vci_sampler_work *w, size_t leaf, size_t n,
                          const double *delta) {
    const vci_solver *solver = &w->solver;
    size_t length = s->field.n;
    const double *mode = solver->eta + leaf * length;
    const double *gradient = solver->gradient + leaf * length;
    const double *weight = solver->weight + leaf * length;
    double *eta = w->row;
    for (size_t d = 0; d < n; d++) {
        double parabola = solver->row_loglik[leaf];
        for (size_t t = 0; t < length; t++) {
            double x = delta[t * B + d];
            eta[t] = mode[t] + x;
            parabola += x * (gradient[t] - 0.5 * weight[t] * x);
        }
        w->log_weight[d] += vci_likelihood_value(&s->field, leaf, w->sd, eta) - parabola;
    }
}

static void draw_unit(const vci_sampler *s, vci_sampler_work *w, size_t unit,
                      uint32_t first_draw, size_t n, double *eta) {
    const vci_field *f = &s->field;
    const vci_group *group = &f->node[unit];
    unsigned level = s->tree->units[unit].level;
    size_t size = f->n * B, ahead = f->h * B, leaf = f->leaf_of[unit];
    double *delta = w->delta + level * size, *future = w->future + level * ahead;
    memcpy(delta, w->delta + (level - 1) * size, size * sizeof *delta);
    memcpy(future, w->future + (level - 1) * ahead, ahead * sizeof *future);
    if (group->n_values) {
        latent_normals(s, w, unit, VCI_FOR_NODE, 0, n, group->n_values);
        if (leaf == VC_NO_UNIT)
            draw_dense(s, group, &w->solver.node[unit], delta, w->change);
        else
            draw_leaf(group, &w->solver.node[unit], w->solver.weight + leaf * f->n, delta,
                      w->normals, w->change);
        size_t place = unit * f->n_node;
        hand_out(w, group->n_values, w->solver.x.node + place,
                 w->node_out ? w->node_out + place * B : NULL);
        if (!w->log_weight) node_future(s, w, unit, group, first_draw, n, future);
    }
    if (leaf == VC_NO_UNIT) return;
    if (w->log_weight)
        add_remainder(s, w, leaf, n, delta);
    else
        fill_leaf(s, w, leaf, delta, future, eta);
}

/*
 * Depth first, so that one delta per level is enough; `level` never runs deeper than the
 * tree.
 */
static void draw_below(const vci_sampler *s, vci_sampler_work *w, size_t unit,
                       uint32_t first_draw, size_t n, double *eta) {
    for (size_t c = s->tree->child_begin[unit]; c < s->tree->child_begin[unit + 1]; c++) {
        size_t child = s->tree->children[c];
        draw_unit(s, w, child, first_draw, n, eta);
        draw_below(s, w, child, first_draw, n, eta);
    }
}

static void draw_tree(const vci_sampler *s, vci_sampler_work *w, uint32_t first_draw,
                      size_t n, double *eta) {
    size_t root = s->tree->root, leaf = s->field.leaf_of[root];
    draw_fixed(s, w, n, w->delta);
    fixed_future(s, w);
    for (int g = 0; g < VCI_TERMS; g++)
        if (s->field.root[g].n_values) draw_term(s, w, g, first_draw, n, w->delta);
    if (leaf != VC_NO_UNIT && w->log_weight)
        add_remainder(s, w, leaf, n, w->delta);
    else if (leaf != VC_NO_UNIT)
        fill_leaf(s, w, leaf, w->delta, w->future, eta);
    draw_below(s, w, root, first_draw, n, eta);
}

vc_status vci_sampler_draw(const vci_sampler *s, vci_sampler_work *w, uint32_t first_draw,
                           size_t n, double *eta) {
    vc_status st = VC_OK;
    VC_REQUIRE(first_draw / B == (first_draw + n - 1) / B, "draws of two groups");
    size_t point = vci_sampler_point(s, first_draw);
    VC_TRY(go_to_point(s, w, point));
    choose_latent(s, point, first_draw, n, &w->latent);
    w->log_weight = NULL;
    draw_tree(s, w, first_draw, n, eta);
out:
    return st;
}

vc_status vci_sampler_propose(const vci_sampler *s, vci_sampler_work *w, size_t point,
                              uint32_t first, size_t n, double *log_weight) {
    vc_status st = VC_OK;
    VC_REQUIRE(n <= B && first + n <= 0x10000, "proposals %u + %zu", first, n);
    VC_TRY(go_to_point(s, w, point));
    use_proposals(s, &w->latent);
    for (size_t d = 0; d < n; d++)
        w->latent.draw[d] = proposal_number(point, first + (uint32_t)d);
    memset(log_weight, 0, n * sizeof *log_weight);
    w->log_weight = log_weight;
    draw_tree(s, w, 0, n, NULL);
out:
    w->log_weight = NULL;
    return st;
}
