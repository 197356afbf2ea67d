/*
 * One block of joint draws. Counts are exact: given its rate a month is Poisson; boys and
 * girls are independent Poissons (thinning); the extra variance of the negative binomial is
 * a gamma factor on the rate. Parents are sums, so children always add up.
 */
#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/elementary_internal.h"
#include "simulate/simulation_internal.h"

#define B VCI_BATCH

void vc_draws_free(vc_draws *draws) {
    for (int e = 0; e < VC_EVENTS; e++) vci_free(draws->count[e]);
    for (size_t i = 0; draws->value && i < draws->n_values; i++) vci_free(draws->value[i]);
    vci_free(draws->population);
    vci_free(draws->value);
    *draws = (vc_draws){0};
}

vc_status vci_draws_init(const vci_simulation *s, vc_draws *draws) {
    vc_status st = VC_OK;
    const vc_panel *panel = s->panel;
    size_t cells = s->n_periods * panel->tree.n * s->block;
    *draws = (vc_draws){.capacity = s->block, .n_units = panel->tree.n};
    draws->n_periods = s->n_periods;
    draws->first = s->first;
    if (s->births) VC_NEW(draws->count[VC_BIRTHS], cells);
    if (s->births && s->sex) {
        VC_NEW(draws->count[VC_BIRTHS_MALE], cells);
        VC_NEW(draws->count[VC_BIRTHS_FEMALE], cells);
    }
    if (s->deaths) VC_NEW(draws->count[VC_DEATHS], cells);
    if (panel->population) VC_NEW(draws->population, cells);
    if (panel->n_values) VC_NEW(draws->value, panel->n_values);
    draws->n_values = panel->n_values;
    for (size_t i = 0; i < panel->n_values; i++) VC_NEW(draws->value[i], cells);
out:
    if (st != VC_OK) vc_draws_free(draws);
    return st;
}

/* What a thread is doing: draws first .. first + n - 1, at `offset` in the block. */
typedef struct batch {
    const vci_simulation *s;
    vci_bench *bench;
    vc_draws *draws;
    uint32_t first;
    size_t n, offset;
} batch;

static int64_t *cell_of(const batch *b, int64_t *array, size_t period, size_t unit) {
    return array + (period * b->draws->n_units + unit) * b->draws->n_draws + b->offset;
}

static void constant(const batch *b, int64_t *cell, int64_t value) {
    for (size_t d = 0; d < b->n; d++) cell[d] = value;
}

static vci_stream stream_of(const batch *b, size_t unit, unsigned role, unsigned purpose,
                            size_t period) {
    return vci_stream_make(b->s->seed, b->s->panel->tree.units[unit].code,
                           VCI_PLACE(role, purpose),
                           (uint32_t)b->s->first + (uint32_t)period);
}

static unsigned role_number(const batch *b, const vci_part *part) {
    return (unsigned)(part - b->s->parts);
}

static const double *eta_of(const batch *b, const vci_part *part, size_t leaf,
                            size_t period) {
    return b->bench->eta[part - b->s->parts] + (leaf * b->s->n_periods + period) * B;
}

/* The rate of each draw: exposure * exp(eta) * gamma factor. */
static void rates(const batch *b, const vci_part *part, size_t leaf, size_t unit,
                  size_t period, double *rate) {
    const vc_observations *o = &part->observations;
    const double *eta = eta_of(b, part, leaf, period);
    double off = o->log_exposure[leaf * (o->n + o->h) + part->sampler.first + period];
    for (size_t d = 0; d < b->n; d++) rate[d] = vci_exp(off + eta[d]);
    if (part->fit->model.family != VC_NEGATIVE_BINOMIAL) return;
    double sd = b->bench->work[part - b->s->parts].sd, size = 1 / (sd * sd);
    double shape[B], factor[B];
    for (size_t d = 0; d < b->n; d++) shape[d] = size;
    vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_GAMMA, period);
    vci_fill_gamma(&stream, b->first, b->n, shape, factor);
    for (size_t d = 0; d < b->n; d++) rate[d] *= factor[d] / size;
}

/*
 * The share of each draw: logistic(eta), or where the family is beta-binomial a beta around
 * it, the ratio of two gammas.
 */
static void shares(const batch *b, const vci_part *part, size_t leaf, size_t unit,
                   size_t period, double *p) {
    const double *eta = eta_of(b, part, leaf, period);
    for (size_t d = 0; d < b->n; d++) p[d] = 1 / (1 + vci_exp(-eta[d]));
    if (part->fit->model.family != VC_BETA_BINOMIAL) return;
    double sd = b->bench->work[part - b->s->parts].sd, size = 1 / (sd * sd);
    double up[B], down[B], yes[B], no[B];
    unsigned role = role_number(b, part);
    for (size_t d = 0; d < b->n; d++) {
        up[d] = size * p[d];
        down[d] = size - up[d];
    }
    vci_stream first = stream_of(b, unit, role, VCI_FOR_GAMMA, period);
    vci_stream second = stream_of(b, unit, role, VCI_FOR_TOTAL, period);
    vci_fill_gamma(&first, b->first, b->n, up, yes);
    vci_fill_gamma(&second, b->first, b->n, down, no);
    /* Both vanish only where the shapes are tiny; then the share is 0 or 1 as p says. */
    for (size_t d = 0; d < b->n; d++)
        if (yes[d] + no[d] > 0) p[d] = yes[d] / (yes[d] + no[d]);
}

static void draw_births(const batch *b, size_t leaf, size_t unit, size_t period) {
    const vci_simulation *s = b->s;
    double rate[B], part[B];
    int64_t *births = cell_of(b, b->draws->count[VC_BIRTHS], period, unit);
    unsigned role = role_number(b, s->births);
    rates(b, s->births, leaf, unit, period, rate);
    if (!s->sex) {
        vci_stream stream = stream_of(b, unit, role, VCI_FOR_TOTAL, period);
        vci_fill_poisson(&stream, b->first, b->n, rate, births);
        return;
    }
    int64_t *male = cell_of(b, b->draws->count[VC_BIRTHS_MALE], period, unit);
    int64_t *female = cell_of(b, b->draws->count[VC_BIRTHS_FEMALE], period, unit);
    shares(b, s->sex, leaf, unit, period, part);
    for (size_t d = 0; d < b->n; d++) part[d] *= rate[d];
    vci_stream boys = stream_of(b, unit, role, VCI_FOR_MALES, period);
    vci_fill_poisson(&boys, b->first, b->n, part, male);
    for (size_t d = 0; d < b->n; d++) part[d] = rate[d] - part[d];
    vci_stream girls = stream_of(b, unit, role, VCI_FOR_FEMALES, period);
    vci_fill_poisson(&girls, b->first, b->n, part, female);
    for (size_t d = 0; d < b->n; d++) births[d] = male[d] + female[d];
}

static void draw_deaths(const batch *b, size_t leaf, size_t unit, size_t period) {
    double rate[B];
    const vci_part *part = b->s->deaths;
    rates(b, part, leaf, unit, period, rate);
    vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_TOTAL, period);
    vci_fill_poisson(&stream, b->first, b->n, rate,
                     cell_of(b, b->draws->count[VC_DEATHS], period, unit));
}

/* Totals are there, their split by sex is not. */
static void split_births(const batch *b, size_t leaf, size_t unit, size_t period) {
    double p[B];
    const vci_part *part = b->s->sex;
    const int64_t *total = cell_of(b, b->draws->count[VC_BIRTHS], period, unit);
    int64_t *male = cell_of(b, b->draws->count[VC_BIRTHS_MALE], period, unit);
    int64_t *female = cell_of(b, b->draws->count[VC_BIRTHS_FEMALE], period, unit);
    shares(b, part, leaf, unit, period, p);
    vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_MALES, period);
    vci_fill_binomial(&stream, b->first, b->n, total, p, male);
    for (size_t d = 0; d < b->n; d++) female[d] = total[d] - male[d];
}

/*
 * How many periods before the last one, if this one was reported and is incomplete; VC_LATE
 * else.
 */
static size_t late_place(const batch *b, vc_event event, size_t unit, size_t period) {
    const vc_panel *panel = b->s->panel;
    size_t n = panel->n_periods, t = (size_t)(b->s->first - panel->first) + period;
    if (t >= n || n - t > panel->n_late) return VC_LATE;
    return isnan(panel->count[event][unit * n + t]) ? VC_LATE : n - 1 - t;
}

/*
 * Rates of what is not reported yet, of which `seen` is: with c the share reported, the
 * exposure times exp(eta) is c times the whole rate, so that the rest has (1 - c) / c times
 * it. The gamma factor of a negative binomial is known better for what was seen: it is
 * Gamma(size + seen) / (size + rate of the seen).
 */
static void unseen_rates(const batch *b, const vci_part *part, size_t leaf, size_t unit,
                         size_t period, size_t place, double seen, double *rate) {
    const vci_sampler *s = &part->sampler;
    const vci_sampler_work *w = &b->bench->work[part - b->s->parts];
    const vc_observations *o = &part->observations;
    const double *eta = eta_of(b, part, leaf, period);
    const double *log_share = w->fixed + (s->field.late + place) * B;
    double off = o->log_exposure[leaf * (o->n + o->h) + s->first + period];
    double mean = b->s->panel->late_mean[place], size = 1 / (w->sd * w->sd);
    double shape[B], factor[B];
    for (size_t d = 0; d < b->n; d++) {
        rate[d] = vci_exp(off + eta[d]);
        shape[d] = size + seen;
    }
    if (part->fit->model.family == VC_NEGATIVE_BINOMIAL) {
        vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_GAMMA, period);
        vci_fill_gamma(&stream, b->first, b->n, shape, factor);
        for (size_t d = 0; d < b->n; d++) rate[d] *= factor[d] / (size + rate[d]);
    }
    for (size_t d = 0; d < b->n; d++) {
        double share = fmin(mean * vci_exp(log_share[d]), 1);
        rate[d] *= (1 - share) / share;
    }
}

/* cell[n] = seen + what comes later of an incomplete period. */
static void draw_late(const batch *b, const vci_part *part, size_t leaf, size_t unit,
                      size_t period, size_t place, double seen, int64_t *cell) {
    double rate[B];
    unseen_rates(b, part, leaf, unit, period, place, seen, rate);
    vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_TOTAL, period);
    vci_fill_poisson(&stream, b->first, b->n, rate, cell);
    for (size_t d = 0; d < b->n; d++) cell[d] += (int64_t)seen;
}

/*
 * A leaf's figure: what was reported; 0 before its series begins or when it has none; NaN
 * unknown.
 */
static double reported(const vc_panel *panel, vc_event event, size_t unit,
                       vc_period period) {
    size_t n = panel->n_periods;
    const double *row = panel->count[event] + unit * n;
    size_t t = (size_t)(period - panel->first), begin = 0;
    while (begin < n && isnan(row[begin])) begin++;
    if (begin == n || t < begin) return 0;
    return t < n ? row[t] : (double)NAN;
}

/* Births that were seen by sex, and the sexes of those that were not. */
static void split_late_births(const batch *b, size_t leaf, size_t unit, size_t p,
                              double male_seen, double female_seen) {
    const int64_t *births = cell_of(b, b->draws->count[VC_BIRTHS], p, unit);
    int64_t *male = cell_of(b, b->draws->count[VC_BIRTHS_MALE], p, unit);
    int64_t *female = cell_of(b, b->draws->count[VC_BIRTHS_FEMALE], p, unit);
    const vci_part *part = b->s->sex;
    int64_t later[B];
    double share[B];
    shares(b, part, leaf, unit, p, share);
    for (size_t d = 0; d < b->n; d++)
        later[d] = births[d] - (int64_t)male_seen - (int64_t)female_seen;
    vci_stream stream = stream_of(b, unit, role_number(b, part), VCI_FOR_MALES, p);
    vci_fill_binomial(&stream, b->first, b->n, later, share, male);
    for (size_t d = 0; d < b->n; d++) {
        female[d] = (int64_t)female_seen + later[d] - male[d];
        male[d] += (int64_t)male_seen;
    }
}

static void leaf_births(const batch *b, size_t leaf, size_t unit, size_t p) {
    const vc_panel *panel = b->s->panel;
    vc_period period = b->s->first + (vc_period)p;
    double total = reported(panel, VC_BIRTHS, unit, period);
    if (isnan(total)) {
        draw_births(b, leaf, unit, p);
        return;
    }
    size_t place = late_place(b, VC_BIRTHS, unit, p);
    int64_t *births = cell_of(b, b->draws->count[VC_BIRTHS], p, unit);
    constant(b, births, (int64_t)total);
    if (place < VC_LATE) draw_late(b, b->s->births, leaf, unit, p, place, total, births);
    if (!b->s->sex) return;
    double male = reported(panel, VC_BIRTHS_MALE, unit, period);
    double female = reported(panel, VC_BIRTHS_FEMALE, unit, period);
    if (isnan(male) || isnan(female) || male + female != total)
        split_births(b, leaf, unit, p);
    else if (place < VC_LATE)
        split_late_births(b, leaf, unit, p, male, female);
    else {
        constant(b, cell_of(b, b->draws->count[VC_BIRTHS_MALE], p, unit), (int64_t)male);
        constant(b, cell_of(b, b->draws->count[VC_BIRTHS_FEMALE], p, unit),
                 (int64_t)female);
    }
}

static void leaf_deaths(const batch *b, size_t leaf, size_t unit, size_t p) {
    double total = reported(b->s->panel, VC_DEATHS, unit, b->s->first + (vc_period)p);
    size_t place = late_place(b, VC_DEATHS, unit, p);
    int64_t *deaths = cell_of(b, b->draws->count[VC_DEATHS], p, unit);
    if (isnan(total))
        draw_deaths(b, leaf, unit, p);
    else if (place < VC_LATE)
        draw_late(b, b->s->deaths, leaf, unit, p, place, total, deaths);
    else
        constant(b, deaths, (int64_t)total);
}

/* One growth-rate deviation per unit and draw, from the last known figure on. */
static void draw_population(const batch *b, size_t unit) {
    const vci_population *pop = &b->s->population;
    const vc_panel *panel = b->s->panel;
    double z[B];
    vci_stream stream = vci_stream_make(b->s->seed, panel->tree.units[unit].code,
                                        VCI_PLACE(VCI_POPULATION_ROLE, VCI_FOR_WALK), 0);
    vci_fill_normal(&stream, b->first, b->n, 1, z);
    for (size_t p = 0; p < b->s->n_periods; p++) {
        size_t t = (size_t)(b->s->first - panel->first) + p;
        int64_t *cell = cell_of(b, b->draws->population, p, unit);
        double level = pop->log_level[unit * (pop->n + pop->h) + t];
        double ahead = t >= pop->known[unit] ? (double)(t + 1 - pop->known[unit]) : 0;
        double spread = b->s->growth_sd * ahead;
        for (size_t d = 0; d < b->n; d++)
            cell[d] =
                isnan(level) ? 0 : (int64_t)floor(vci_exp(level + spread * z[d]) + 0.5);
    }
}

static void sum_up(const batch *b, int64_t *array, const bool *only) {
    const vc_unit_tree *tree = &b->s->panel->tree;
    for (size_t p = 0; array && p < b->s->n_periods; p++)
        for (size_t i = tree->n; i-- > 0;) {
            size_t u = tree->down[i];
            if (tree->units[u].leaf || (only && !only[u])) continue;
            int64_t *sum = cell_of(b, array, p, u);
            constant(b, sum, 0);
            for (size_t c = tree->child_begin[u]; c < tree->child_begin[u + 1]; c++) {
                const int64_t *child = cell_of(b, array, p, tree->children[c]);
                for (size_t d = 0; d < b->n; d++) sum[d] += child[d];
            }
        }
}

static void draw_value(const batch *b, const vci_part *part) {
    const vc_panel *panel = b->s->panel;
    const vc_fit *fit = part->fit;
    const vc_observations *o = &part->observations;
    const double *row = panel->values[fit->series].value + fit->unit * panel->n_periods;
    uint64_t seed = vci_mix_text(b->s->seed, panel->values[fit->series].indicator);
    double z[B], sd = b->bench->work[part - b->s->parts].sd;
    for (size_t p = 0; p < b->s->n_periods; p++) {
        vc_period period = b->s->first + (vc_period)p;
        size_t t = (size_t)(period - panel->first), at = part->sampler.first + p;
        double *cell = b->draws->value[fit->series] +
                       (p * b->draws->n_units + fit->unit) * b->draws->n_draws + b->offset;
        const double *eta = eta_of(b, part, 0, p);
        vci_stream stream =
            vci_stream_make(seed, panel->tree.units[fit->unit].code,
                            VCI_PLACE(VCI_VALUE_ROLE, VCI_FOR_TOTAL), (uint32_t)period);
        vci_fill_normal(&stream, b->first, b->n, 1, z);
        for (size_t d = 0; d < b->n; d++) {
            double v = eta[d] + sd * z[d];
            v = fit->model.family == VC_LOG_NORMAL ? vci_exp(v)
                                                   : v * vci_exp(o->log_exposure[at]);
            cell[d] = t < panel->n_periods && !isnan(row[t]) ? row[t] : v;
        }
    }
}

static void draw_events(const batch *b) {
    const vc_unit_tree *tree = &b->s->panel->tree;
    for (size_t i = 0; i < tree->n_leaves; i++)
        for (size_t p = 0; p < b->s->n_periods; p++) {
            if (b->s->births) leaf_births(b, i, tree->leaves[i], p);
            if (b->s->deaths) leaf_deaths(b, i, tree->leaves[i], p);
        }
    for (int e = 0; e < VC_EVENTS; e++) sum_up(b, b->draws->count[e], NULL);
}

static vc_status do_batch(const batch *b) {
    vc_status st = VC_OK;
    const vci_simulation *s = b->s;
    for (size_t i = 0; i < s->n_parts; i++)
        VC_TRY(vci_sampler_draw(&s->parts[i].sampler, &b->bench->work[i], b->first, b->n,
                                b->bench->eta[i]));
    draw_events(b);
    for (size_t u = 0; b->draws->population && u < s->panel->tree.n; u++)
        if (!s->population.summed[u]) draw_population(b, u);
    if (b->draws->population) sum_up(b, b->draws->population, s->population.summed);
    for (size_t i = 0; i < s->n_parts; i++)
        if (s->parts[i].fit->unit != VC_NO_UNIT) draw_value(b, &s->parts[i]);
out:
    return st;
}

static void blank_values(vc_draws *draws) {
    size_t cells = draws->n_periods * draws->n_units * draws->n_draws;
    for (size_t i = 0; i < draws->n_values; i++)
        for (size_t c = 0; c < cells; c++) draws->value[i][c] = NAN;
}

/* Where batch i of a block begins: batches end where the samplers' groups end. */
static size_t batch_begin(size_t first_draw, size_t n, size_t i) {
    size_t at = i == 0 ? first_draw : (first_draw / B + i) * B;
    return at < first_draw + n ? at - first_draw : n;
}

vc_status vci_simulation_block(vci_simulation *s, size_t first_draw, size_t n,
                               vc_draws *draws) {
    vc_status st = VC_OK;
    int worst = VC_OK; /* the highest of the batches' codes, whatever their order */
    VC_REQUIRE(n > 0 && n <= draws->capacity, "%zu draws in a block of %zu", n,
               draws->capacity);
    size_t batches = (first_draw + n - 1) / B - first_draw / B + 1;
    draws->first_draw = first_draw;
    draws->n_draws = n;
    blank_values(draws);
#pragma omp parallel for schedule(dynamic) num_threads((int)s->n_benches)                  \
    reduction(max                                                                          \
              : worst)
    for (size_t i = 0; i < batches; i++) {
        size_t from = batch_begin(first_draw, n, i);
        batch b = {s,
                   &s->benches[omp_get_thread_num()],
                   draws,
                   (uint32_t)(first_draw + from),
                   batch_begin(first_draw, n, i + 1) - from,
                   from};
        int status = (int)do_batch(&b);
        if (status > worst) worst = status;
    }
    if (worst != VC_OK) VC_FAIL((vc_status)worst, "draws from %zu on", first_draw);
out:
    return st;
}
