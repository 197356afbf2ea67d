/* Population paths, plain values, progress of services and records. */
#include <math.h>

#include "fit/family_internal.h"
#include "num/elementary_internal.h"
#include "simulate/effect_internal.h"

#define B VCI_BATCH

/* One growth-rate deviation per unit and draw, from the last known figure on. */
void vci_draw_population(const vci_batch *b, size_t unit) {
    const vci_population *pop = &b->s->population;
    const vc_panel *panel = b->s->panel;
    double z[B];
    vci_stream stream = vci_stream_make(b->s->seed, panel->tree.units[unit].code,
                                        VCI_PLACE(VCI_POPULATION_ROLE, VCI_FOR_WALK), 0);
    vci_fill_normal(&stream, b->first, b->n, 1, z);
    for (size_t p = 0; p < b->s->n_periods; p++) {
        size_t t = (size_t)(b->s->first - panel->first) + p;
        int64_t *cell = vci_batch_cell(b, b->draws->population, p, unit);
        double level = pop->log_level[unit * (pop->n + pop->h) + t];
        double ahead = t >= pop->known[unit] ? (double)(t + 1 - pop->known[unit]) : 0;
        double spread = b->s->growth_sd * ahead;
        for (size_t d = 0; d < b->n; d++)
            cell[d] =
                isnan(level) ? 0 : (int64_t)floor(vci_exp(level + spread * z[d]) + 0.5);
    }
}

/* Figures of a period from its eta, for families of plain values. */
static void plain_values(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                         size_t p, double *value) {
    const vc_observations *o = &part->observations;
    const vci_family *family = vci_family_of(part->fit->model.family);
    const double *eta = vci_batch_eta(b, part, leaf, p);
    double offset = o->log_exposure[leaf * (o->n + o->h) + part->sampler.first + p];
    double z[B], sd = vci_batch_sd(b, part);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_TOTAL, p);
    vci_fill_normal(&stream, b->first, b->n, 1, z);
    for (size_t d = 0; d < b->n; d++)
        value[d] = family->natural(eta[d] + sd * z[d], offset);
}

void vci_draw_value(const vci_batch *b, const vci_part *part) {
    const vc_panel *panel = b->s->panel;
    size_t series = part->fit->series, unit = part->fit->unit;
    const double *row = panel->values[series].value + unit * panel->n_periods;
    double value[B];
    for (size_t p = 0; p < b->s->n_periods; p++) {
        size_t t = (size_t)(b->s->first - panel->first) + p;
        bool known = t < panel->n_periods && !isnan(row[t]);
        double *cell = b->draws->value[series] +
                       (p * b->draws->n_units + unit) * b->draws->n_draws + b->offset;
        const vc_effect *effect = vci_effect_at(b, part, 0, p);
        plain_values(b, part, 0, unit, p, value);
        for (size_t d = 0; effect && d < b->n; d++)
            value[d] = vci_effect_value(effect, value[d]);
        for (size_t d = 0; d < b->n; d++) cell[d] = known ? row[t] : value[d];
    }
}

/* --- progress ------------------------------------------------------------------------ */

/* A unit's series while it is drawn. */
typedef struct course {
    const vci_batch *b;
    const vci_part *part;
    size_t leaf, unit;
} course;

static double numerator_at(const course *c, size_t t) {
    const vc_panel *panel = c->b->s->panel;
    if (t >= panel->n_periods) return NAN;
    return panel->progress[c->part->fit->series].numerator[c->unit * panel->n_periods + t];
}

static int64_t whole_at(const course *c, size_t p) {
    return c->b->draws
        ->denominator[c->part->fit->series][p * c->b->draws->n_units + c->unit];
}

/* The most that can have been done: the next record of the year, or the model's cap. */
static int64_t most_at(const course *c, size_t p) {
    const vc_panel *panel = c->b->s->panel;
    double cap = c->part->fit->model.cap;
    size_t t = (size_t)(c->b->s->first - panel->first) + p;
    double next = vci_progress_next(panel, c->part->fit->series, c->unit, t);
    if (!isnan(next)) return (int64_t)round(next * c->part->scale);
    return cap > 0 ? (int64_t)(cap * (double)whole_at(c, p)) : INT64_MAX;
}

/* total += the flow of a period. */
static void add_flow(const course *c, size_t p, int64_t *total) {
    double rate[B];
    int64_t flow[B], most = most_at(c, p);
    vci_batch_rates(c->b, c->part, c->leaf, c->unit, p, rate);
    vci_stream stream = vci_batch_stream(c->b, c->part, c->unit, VCI_FOR_TOTAL, p);
    vci_fill_poisson(&stream, c->b->first, c->b->n, rate, flow);
    vci_effect_count(c->b, c->part, c->leaf, c->unit, p, rate, flow);
    int64_t more =
        vci_effect_cases(vci_effect_at(c->b, c->part, c->leaf, p), whole_at(c, p));
    for (size_t d = 0; d < c->b->n; d++) {
        flow[d] = flow[d] + more > 0 ? flow[d] + more : 0;
        if (total[d] + flow[d] > most) flow[d] = total[d] < most ? most - total[d] : 0;
        total[d] += flow[d];
    }
}

/* Quotas add up from the year's first period on. */
static void draw_quota(const course *c, int64_t *numerator) {
    const vci_batch *b = c->b;
    size_t before = (size_t)(b->s->first - b->s->panel->first);
    double start = before > 0 ? numerator_at(c, before - 1) : (double)NAN;
    int64_t total[B];
    vci_batch_constant(b, total, isnan(start) ? 0 : (int64_t)round(start * c->part->scale));
    for (size_t p = 0; p < b->s->n_periods; p++) {
        double known = numerator_at(c, before + p);
        int64_t *cell = vci_batch_cell(b, numerator, p, c->unit);
        if (vci_progress_begins_year(b->s->panel, before + p))
            vci_batch_constant(b, total, 0);
        if (isnan(known))
            add_flow(c, p, total);
        else
            vci_batch_constant(b, total, (int64_t)round(known * c->part->scale));
        for (size_t d = 0; d < b->n; d++) cell[d] = total[d];
    }
}

/* The share is kept off 0 and 1 by half a case, as it was fitted. */
static void draw_stock(const course *c, size_t p, int64_t *cell) {
    double share[B], whole = (double)whole_at(c, p);
    const vc_effect *effect = vci_effect_at(c->b, c->part, c->leaf, p);
    plain_values(c->b, c->part, c->leaf, c->unit, p, share);
    for (size_t d = 0; effect && d < c->b->n; d++)
        share[d] = vci_effect_share(effect, share[d]);
    for (size_t d = 0; d < c->b->n; d++) {
        double part = round(share[d] * (whole + c->part->scale) - c->part->scale / 2);
        cell[d] = (int64_t)fmin(fmax(part, 0), whole);
    }
}

/* The next survey asks as many as the last one. */
static void draw_survey(const course *c, size_t p, int64_t *cell) {
    double share[B];
    int64_t asked[B];
    vci_batch_constant(c->b, asked, whole_at(c, p));
    vci_batch_shares(c->b, c->part, c->leaf, c->unit, p, share);
    vci_stream stream = vci_batch_stream(c->b, c->part, c->unit, VCI_FOR_PART, p);
    vci_fill_binomial(&stream, c->b->first, c->b->n, asked, share, cell);
    vci_effect_among(c->b, c->part, c->leaf, c->unit, p, asked, share, cell);
}

static void draw_ratio(const course *c, bool survey, int64_t *numerator) {
    const vci_batch *b = c->b;
    size_t before = (size_t)(b->s->first - b->s->panel->first);
    for (size_t p = 0; p < b->s->n_periods; p++) {
        double known = numerator_at(c, before + p);
        int64_t *cell = vci_batch_cell(b, numerator, p, c->unit);
        if (!isnan(known))
            vci_batch_constant(b, cell, (int64_t)round(known * c->part->scale));
        else if (survey)
            draw_survey(c, p, cell);
        else
            draw_stock(c, p, cell);
    }
}

void vci_draw_progress(const vci_batch *b, const vci_part *part) {
    const vc_fit *fit = part->fit;
    int64_t *numerator = b->draws->numerator[fit->series];
    course c = {.b = b, .part = part};
    vc_role role = vc_role_find(fit->role);
    for (size_t i = 0; i < part->scope.tree->n_leaves; i++) {
        c.leaf = i;
        c.unit = part->scope.unit[part->scope.tree->leaves[i]];
        if (role == VC_ROLE_QUOTA)
            draw_quota(&c, numerator);
        else
            draw_ratio(&c, role == VC_ROLE_SURVEY, numerator);
    }
}
