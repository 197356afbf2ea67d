/*
 * Effects of a scenario. Every draw is first drawn as if there were none, with the random
 * numbers that it has without one; then it is changed with random numbers of its own. For
 * counts and shares the change is the coupling of Poisson (binomial) variables that leaves
 * both exactly distributed and one never below the other (Lindvall 1992, section IV.1).
 */
#include "simulate/effect_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/scenario_internal.h"

#define B VCI_BATCH

/* --- who is meant -------------------------------------------------------------------- */

static bool concerns_part(const vci_simulation *s, const vc_effect *e,
                          const vci_part *part) {
    vci_effect_target target = vci_effect_find(s->panel, e->indicator);
    vc_role role = vc_role_find(part->fit->role);
    if (target.role != role) return false;
    return target.series == SIZE_MAX || part->fit->series == target.series;
}

/* Services: the unit and those under it; the root's: everybody. */
static vc_status place_effect(const vci_simulation *s, const vc_effect *e, vci_part *part) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = part->scope.tree;
    if (!part->effects) VC_NEW(part->effects, tree->n_leaves * s->n_periods);
    for (size_t leaf = 0; leaf < tree->n_leaves; leaf++) {
        size_t unit = part->scope.unit[tree->leaves[leaf]];
        if (!vci_unit_within(&s->panel->tree, unit, e->unit)) continue;
        for (size_t p = 0; p < s->n_periods; p++) {
            vc_period period = s->first + (vc_period)p;
            if (period >= e->first && period <= e->last)
                part->effects[leaf * s->n_periods + p] = e;
        }
    }
out:
    return st;
}

vc_status vci_simulation_suppose(vci_simulation *s, const vc_scenario *scenario) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < scenario->n; i++)
        for (size_t k = 0; k < s->n_parts; k++)
            if (concerns_part(s, &scenario->effects[i], &s->parts[k]))
                VC_TRY(place_effect(s, &scenario->effects[i], &s->parts[k]));
out:
    return st;
}

const vc_effect *vci_effect_at(const vci_batch *b, const vci_part *part, size_t leaf,
                               size_t period) {
    return part->effects ? part->effects[leaf * b->s->n_periods + period] : NULL;
}

/* --- what becomes of what is behind a figure ------------------------------------------ */

double vci_effect_rate(const vc_effect *e, double rate) { return rate * e->amount; }

double vci_effect_share(const vc_effect *e, double share) {
    double other = e->kind == VC_EFFECT_TIMES ? share * e->amount : share + e->amount / 100;
    return fmin(fmax(other, 0), 1);
}

/*
 * Odds o = p / (1 - p) of a boy times f, or plus a; written as p + change, so that f = 1
 * and a = 0 give the same p to the last bit.
 */
double vci_effect_boys(const vc_effect *e, double p) {
    double q = 1 - p, more, other;
    if (e->kind == VC_EFFECT_TIMES) {
        more = e->amount - 1;
        other = p + p * q * more / (1 + more * p);
        return e->amount > 0 ? other : 0;
    }
    more = e->amount / 100;
    if (p + more * q <= 0) return 0;
    return p + more * q * q / (1 + more * q);
}

double vci_effect_value(const vc_effect *e, double value) {
    return e->kind == VC_EFFECT_TIMES ? value * e->amount : value + e->amount;
}

int64_t vci_effect_cases(const vc_effect *e, int64_t whole) {
    if (!e || e->kind != VC_EFFECT_ADD) return 0;
    return (int64_t)round(e->amount / 100 * (double)whole);
}

/* --- coupling ------------------------------------------------------------------------- */

void vci_couple_poisson(const vci_stream *stream, uint32_t first_draw, size_t n,
                        const double *rate, const double *other, int64_t *cell) {
    double more[B] = {0}, keep[B] = {0};
    int64_t extra[B];
    for (size_t d = 0; d < n; d++) {
        more[d] = fmax(other[d] - rate[d], 0);
        keep[d] = rate[d] > other[d] ? other[d] / rate[d] : 1;
    }
    vci_fill_poisson(stream, first_draw, n, more, extra);
    vci_fill_binomial(stream, first_draw, n, cell, keep, cell);
    for (size_t d = 0; d < n; d++) cell[d] += extra[d];
}

void vci_couple_binomial(const vci_stream *stream, uint32_t first_draw, size_t n,
                         const int64_t *trials, const double *p, const double *other,
                         int64_t *cell) {
    double gain[B] = {0}, keep[B] = {0};
    int64_t rest[B] = {0}, extra[B];
    for (size_t d = 0; d < n; d++) {
        gain[d] = other[d] > p[d] ? (other[d] - p[d]) / (1 - p[d]) : 0;
        keep[d] = p[d] > other[d] ? other[d] / p[d] : 1;
        rest[d] = trials[d] - cell[d];
    }
    vci_fill_binomial(stream, first_draw, n, rest, gain, extra);
    vci_fill_binomial(stream, first_draw, n, cell, keep, cell);
    for (size_t d = 0; d < n; d++) cell[d] += extra[d];
}

/* --- figures of a period -------------------------------------------------------------- */

void vci_effect_count(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                      size_t period, const double *rate, int64_t *cell) {
    const vc_effect *e = vci_effect_at(b, part, leaf, period);
    double other[B];
    if (!e || e->kind != VC_EFFECT_TIMES) return;
    for (size_t d = 0; d < b->n; d++) other[d] = vci_effect_rate(e, rate[d]);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_CHANGE, period);
    vci_couple_poisson(&stream, b->first, b->n, rate, other, cell);
}

void vci_effect_among(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                      size_t period, const int64_t *trials, const double *share,
                      int64_t *cell) {
    const vc_effect *e = vci_effect_at(b, part, leaf, period);
    double other[B];
    if (!e) return;
    for (size_t d = 0; d < b->n; d++) other[d] = vci_effect_share(e, share[d]);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_CHANGE, period);
    vci_couple_binomial(&stream, b->first, b->n, trials, share, other, cell);
}

/* Rates of boys and girls under effects on births and on their share; either may be NULL.
 */
static void other_sexes(const vc_effect *births, const vc_effect *sex, size_t n,
                        double *boys, double *girls) {
    for (size_t d = 0; d < n; d++) {
        double rate = boys[d] + girls[d];
        if (sex && rate > 0) {
            boys[d] += rate * (vci_effect_boys(sex, boys[d] / rate) - boys[d] / rate);
            girls[d] = fmax(rate - boys[d], 0);
        }
        if (births) {
            boys[d] = vci_effect_rate(births, boys[d]);
            girls[d] = vci_effect_rate(births, girls[d]);
        }
    }
}

void vci_effect_sexes(const vci_batch *b, size_t leaf, size_t unit, size_t period,
                      const double *boys, const double *girls, int64_t *male,
                      int64_t *female) {
    const vci_part *births = b->s->role[VC_ROLE_BIRTHS], *sex = b->s->role[VC_ROLE_SEX];
    const vc_effect *of_births = vci_effect_at(b, births, leaf, period);
    const vc_effect *of_sex = vci_effect_at(b, sex, leaf, period);
    double other_boys[B], other_girls[B];
    if (of_sex && vc_effect_neutral(of_sex)) of_sex = NULL; /* boys + girls is rounded */
    if (!of_births && !of_sex) return;
    memcpy(other_boys, boys, b->n * sizeof *boys);
    memcpy(other_girls, girls, b->n * sizeof *girls);
    other_sexes(of_births, of_sex, b->n, other_boys, other_girls);
    vci_stream first = vci_batch_stream(b, births, unit, VCI_FOR_CHANGE, period);
    vci_stream second = vci_batch_stream(b, births, unit, VCI_FOR_CHANGE_REST, period);
    vci_couple_poisson(&first, b->first, b->n, boys, other_boys, male);
    vci_couple_poisson(&second, b->first, b->n, girls, other_girls, female);
}
