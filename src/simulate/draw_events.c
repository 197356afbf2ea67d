/*
 * The events of a leaf: what was reported, what of incomplete periods is still to come, and
 * the future. Counts are exact: given its rate a month is Poisson; boys and girls are
 * independent Poissons (thinning); what is a share of the births is binomial among them.
 */
#include <math.h>

#include "num/elementary_internal.h"
#include "simulate/effect_internal.h"

#define B VCI_BATCH

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

/*
 * How many periods before the last one, if this one was reported and is incomplete; VC_LATE
 * else.
 */
static size_t late_place(const vci_batch *b, vc_event event, size_t unit, size_t period) {
    const vc_panel *panel = b->s->panel;
    size_t n = panel->n_periods, t = (size_t)(b->s->first - panel->first) + period;
    if (t >= n || n - t > panel->n_late || isnan(panel->count[event][unit * n + t]))
        return VC_LATE;
    size_t place = n - 1 - t;
    bool complete = panel->late_mean[event][place] == 1 &&
                    panel->late_sd[event][place] == 0 &&
                    panel->late_removed[event][place] == 0;
    return complete ? VC_LATE : place;
}

/*
 * Rates of what is not reported yet, of which `seen` is, and what share of that goes again:
 * with c the share reported, the exposure times exp(eta) is c times the whole rate, so that
 * the rest has (1 - c) / c times it, and as much more as goes. The gamma factor of a
 * negative binomial is known better for what was seen: it is Gamma(size + seen) / (size +
 * rate of the seen).
 */
static void unseen_rates(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                         size_t period, size_t place, double seen, vc_event event,
                         double *rate, double *removed) {
    const vci_sampler *s = &part->sampler;
    const vci_sampler_work *w = &b->bench->work[part - b->s->parts];
    const vc_observations *o = &part->observations;
    const double *eta = vci_batch_eta(b, part, leaf, period);
    const double *log_share = w->fixed + (s->field.late + place) * B;
    double off = o->log_exposure[leaf * (o->n + o->h) + s->first + period];
    double mean = b->s->panel->late_mean[event][place], size = 1 / (w->sd * w->sd);
    double least = b->s->panel->late_removed[event][place];
    bool corrects = b->s->panel->late_corrects;
    double shape[B], factor[B];
    for (size_t d = 0; d < b->n; d++) {
        rate[d] = vci_exp(off + eta[d]);
        shape[d] = size + seen;
    }
    if (part->fit->model.family == VC_NEGATIVE_BINOMIAL) {
        vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_GAMMA, period);
        vci_fill_gamma(&stream, b->first, b->n, shape, factor);
        for (size_t d = 0; d < b->n; d++) rate[d] *= factor[d] / (size + rate[d]);
    }
    for (size_t d = 0; d < b->n; d++) {
        double share = mean * vci_exp(log_share[d]);
        double rest = (1 - share) / share;
        removed[d] = corrects ? fmin(fmax(least, -rest), 1) : 0;
        rate[d] *= fmax(rest + removed[d], 0);
    }
}

/* Corrections downwards: of the events seen each goes with the probability `removed`. */
static void draw_stays(const vci_batch *b, const vci_part *part, size_t unit, size_t period,
                       double seen, const double *removed, int64_t *stays) {
    int64_t all[B];
    double share[B];
    for (size_t d = 0; d < b->n; d++) {
        all[d] = (int64_t)seen;
        share[d] = 1 - removed[d];
    }
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_PART, period);
    vci_fill_binomial(&stream, b->first, b->n, all, share, stays);
}

/* cell[n] = seen, or what stays of it, + what comes later of an incomplete period. */
static void draw_late(const vci_batch *b, const vci_part *part, vc_event event, size_t leaf,
                      size_t unit, size_t period, size_t place, double seen,
                      int64_t *cell) {
    double rate[B], removed[B];
    int64_t stays[B];
    unseen_rates(b, part, leaf, unit, period, place, seen, event, rate, removed);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_TOTAL, period);
    vci_fill_poisson(&stream, b->first, b->n, rate, cell);
    for (size_t d = 0; d < b->n; d++) stays[d] = (int64_t)seen;
    if (b->s->panel->late_corrects) draw_stays(b, part, unit, period, seen, removed, stays);
    for (size_t d = 0; d < b->n; d++) cell[d] += stays[d];
}

/* A period of which nothing was reported. */
static void draw_total(const vci_batch *b, const vci_part *part, size_t leaf, size_t unit,
                       size_t period, int64_t *cell) {
    double rate[B];
    vci_batch_rates(b, part, leaf, unit, period, rate);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_TOTAL, period);
    vci_fill_poisson(&stream, b->first, b->n, rate, cell);
    vci_effect_count(b, part, leaf, unit, period, rate, cell);
}

/* Events that stand alone: deaths, arrivals, departures, births that are not by sex. */
static void leaf_count(const vci_batch *b, vc_role role, vc_event event, size_t leaf,
                       size_t unit, size_t p) {
    const vci_part *part = b->s->role[role];
    double total = reported(b->s->panel, event, unit, b->s->first + (vc_period)p);
    size_t place = late_place(b, event, unit, p);
    int64_t *cell = vci_batch_cell(b, b->draws->count[event], p, unit);
    if (isnan(total))
        draw_total(b, part, leaf, unit, p, cell);
    else if (place < VC_LATE)
        draw_late(b, part, event, leaf, unit, p, place, total, cell);
    else
        vci_batch_constant(b, cell, (int64_t)total);
}

/* --- births and what is a share of them ---------------------------------------------- */

/* Boys and girls of a period of which nothing was reported. */
static void draw_by_sex(const vci_batch *b, size_t leaf, size_t unit, size_t period) {
    const vci_part *births = b->s->role[VC_ROLE_BIRTHS];
    double rate[B], boy[B], girl[B];
    int64_t *total = vci_batch_cell(b, b->draws->count[VC_BIRTHS], period, unit);
    int64_t *male = vci_batch_cell(b, b->draws->count[VC_BIRTHS_MALE], period, unit);
    int64_t *female = vci_batch_cell(b, b->draws->count[VC_BIRTHS_FEMALE], period, unit);
    vci_batch_rates(b, births, leaf, unit, period, rate);
    vci_batch_shares(b, b->s->role[VC_ROLE_SEX], leaf, unit, period, boy);
    for (size_t d = 0; d < b->n; d++) {
        boy[d] *= rate[d];
        girl[d] = rate[d] - boy[d];
    }
    vci_stream boys = vci_batch_stream(b, births, unit, VCI_FOR_PART, period);
    vci_fill_poisson(&boys, b->first, b->n, boy, male);
    vci_stream girls = vci_batch_stream(b, births, unit, VCI_FOR_REST, period);
    vci_fill_poisson(&girls, b->first, b->n, girl, female);
    vci_effect_sexes(b, leaf, unit, period, boy, girl, male, female);
    for (size_t d = 0; d < b->n; d++) total[d] = male[d] + female[d];
}

/*
 * Where corrections leave fewer births than were reported, as many of those left are what
 * the role counts as were among those reported; there are no others then.
 */
static void draw_among_fewer(const vci_batch *b, const vci_part *part, size_t unit,
                             size_t period, double total_seen, double seen, int64_t *others,
                             int64_t *stays) {
    int64_t left[B], among[B];
    double share[B];
    for (size_t d = 0; d < b->n; d++) {
        left[d] = others[d] < 0 ? others[d] + (int64_t)total_seen : 0;
        share[d] = total_seen > 0 ? seen / total_seen : 0;
    }
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_REST, period);
    vci_fill_binomial(&stream, b->first, b->n, left, share, among);
    for (size_t d = 0; d < b->n; d++) {
        if (others[d] >= 0) continue;
        stays[d] = among[d];
        others[d] = 0;
    }
}

/*
 * What among the births, of which `total_seen` were reported with `seen` among them, the
 * role counts: those seen and a share of the others.
 */
static void draw_among(const vci_batch *b, const vci_part *part, vc_event event,
                       size_t leaf, size_t unit, size_t period, double total_seen,
                       double seen) {
    const int64_t *births = vci_batch_cell(b, b->draws->count[VC_BIRTHS], period, unit);
    int64_t *cell = vci_batch_cell(b, b->draws->count[event], period, unit);
    int64_t others[B], stays[B];
    double share[B];
    vci_batch_shares(b, part, leaf, unit, period, share);
    for (size_t d = 0; d < b->n; d++) {
        others[d] = births[d] - (int64_t)total_seen;
        stays[d] = (int64_t)seen;
    }
    if (b->s->panel->late_corrects)
        draw_among_fewer(b, part, unit, period, total_seen, seen, others, stays);
    vci_stream stream = vci_batch_stream(b, part, unit, VCI_FOR_PART, period);
    vci_fill_binomial(&stream, b->first, b->n, others, share, cell);
    vci_effect_among(b, part, leaf, unit, period, others, share, cell);
    for (size_t d = 0; d < b->n; d++) cell[d] += stays[d];
}

/*
 * The births of a period are there; how many of them are what the role counts? Where that
 * was not reported the births were nonetheless born.
 */
static void leaf_among(const vci_batch *b, vc_role role, vc_event event, size_t leaf,
                       size_t unit, size_t p) {
    const vc_panel *panel = b->s->panel;
    size_t n = panel->n_periods, t = (size_t)(b->s->first - panel->first) + p;
    double total = reported(panel, VC_BIRTHS, unit, b->s->first + (vc_period)p);
    double seen = t < n ? panel->count[event][unit * n + t] : (double)NAN;
    bool late = late_place(b, VC_BIRTHS, unit, p) < VC_LATE;
    if (isnan(total) || isnan(seen) || seen > total)
        draw_among(b, b->s->role[role], event, leaf, unit, p, 0, 0);
    else if (late)
        draw_among(b, b->s->role[role], event, leaf, unit, p, total, seen);
    else
        vci_batch_constant(b, vci_batch_cell(b, b->draws->count[event], p, unit),
                           (int64_t)seen);
}

static void fill_girls(const vci_batch *b, size_t unit, size_t p) {
    const int64_t *births = vci_batch_cell(b, b->draws->count[VC_BIRTHS], p, unit);
    const int64_t *male = vci_batch_cell(b, b->draws->count[VC_BIRTHS_MALE], p, unit);
    int64_t *female = vci_batch_cell(b, b->draws->count[VC_BIRTHS_FEMALE], p, unit);
    for (size_t d = 0; d < b->n; d++) female[d] = births[d] - male[d];
}

static void leaf_births(const vci_batch *b, size_t leaf, size_t unit, size_t p) {
    double total = reported(b->s->panel, VC_BIRTHS, unit, b->s->first + (vc_period)p);
    bool by_sex = b->s->role[VC_ROLE_SEX] != NULL;
    if (isnan(total) && by_sex) {
        draw_by_sex(b, leaf, unit, p);
    } else {
        leaf_count(b, VC_ROLE_BIRTHS, VC_BIRTHS, leaf, unit, p);
        if (by_sex) {
            leaf_among(b, VC_ROLE_SEX, VC_BIRTHS_MALE, leaf, unit, p);
            fill_girls(b, unit, p);
        }
    }
    if (b->s->role[VC_ROLE_COMPLIANCE])
        leaf_among(b, VC_ROLE_COMPLIANCE, VC_BIRTHS_COMPLIANT, leaf, unit, p);
}

void vci_draw_events(const vci_batch *b, size_t leaf, size_t unit) {
    static const struct {
        vc_role role;
        vc_event event;
    } alone[] = {{VC_ROLE_DEATHS, VC_DEATHS},
                 {VC_ROLE_ARRIVALS, VC_ARRIVALS},
                 {VC_ROLE_DEPARTURES, VC_DEPARTURES}};
    for (size_t p = 0; p < b->s->n_periods; p++) {
        if (b->s->role[VC_ROLE_BIRTHS]) leaf_births(b, leaf, unit, p);
        for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
            if (b->s->role[alone[i].role])
                leaf_count(b, alone[i].role, alone[i].event, leaf, unit, p);
    }
}
