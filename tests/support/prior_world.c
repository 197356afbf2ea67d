#include "support/prior_world.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/small_world.h"

const char *const vct_sd_names[VCT_SDS] = {
    "season_sd",     "trend_sd",     "shock_sd",   "middle1_level_sd", "middle1_step_sd",
    "leaf_level_sd", "leaf_step_sd", "dispersion", "drift_sd"};

static vc_scale *scale_in(vc_model *model, int sd) {
    vc_scale *scales[VCT_SDS] = {
        &model->season,       &model->trend,       &model->shock,
        &model->middle_level, &model->middle_step, &model->leaf_level,
        &model->leaf_step,    &model->dispersion,  &model->drift_sd};
    return scales[sd];
}

const vc_scale *vct_scale_of(const vc_model *model, int sd) {
    const vc_scale *scales[VCT_SDS] = {
        &model->season,       &model->trend,       &model->shock,
        &model->middle_level, &model->middle_step, &model->leaf_level,
        &model->leaf_step,    &model->dispersion,  &model->drift_sd};
    return scales[sd];
}

bool vct_is_share(const vct_prior *prior) {
    return prior->model.family == VC_BINOMIAL || prior->model.family == VC_BETA_BINOMIAL;
}

bool vct_is_series(const vct_prior *prior) {
    return prior->model.family == VC_NORMAL || prior->model.family == VC_LOG_NORMAL;
}

/* --- the calendar, by hand --- */

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of(vc_period month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = month / 12, m = month % 12;
    return days[m] + (m == 1 && is_leap(year));
}

/* 0 = Sunday; Zeller's congruence in Sakamoto's form. */
static int weekday_of(int year, int month, int day) {
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (month < 2) year--;
    return (year + year / 4 - year / 100 + year / 400 + shift[month] + day) % 7;
}

static double log_weekdays(vc_period month) {
    int n = 0;
    for (int day = 1; day <= days_of(month); day++) {
        int w = weekday_of(month / 12, month % 12, day);
        n += w != 0 && w != 6;
    }
    return log((double)n / days_of(month));
}

/* Less the mean of that calendar month over the 400 years after which weekdays repeat. */
static double weekday_deviation(vc_period month) {
    double mean = 0;
    for (int year = 1600; year < 2000; year++)
        mean += log_weekdays(year * 12 + month % 12) / 400;
    return log_weekdays(month) - mean;
}

/* --- standard deviations and latent field --- */

static double draw_scale(gsl_rng *rng, const vc_scale *s) {
    switch (s->kind) {
    case VC_SCALE_FIXED:
        return s->start;
    case VC_SCALE_PC:
        return gsl_ran_exponential(rng, s->upper / -log(s->probability));
    case VC_SCALE_HALF_NORMAL:
        return fabs(gsl_ran_gaussian(rng, s->upper));
    case VC_SCALE_MIXTURE:
        return fabs(gsl_ran_gaussian(rng, gsl_rng_uniform_pos(rng) < s->weight ? s->spike
                                                                               : s->upper));
    case VC_SCALE_ABSENT:
        break;
    }
    return (double)NAN;
}

/* Blocks of b months counted from the first future one: …, -2, -1 | 0, 1, … */
static int block_of(size_t t, size_t b) {
    int ahead = (int)t - VCT_FITTED;
    return ahead >= 0 ? ahead / (int)b : -((-ahead + (int)b - 1) / (int)b);
}

/*
 * A walk over blocks, added to x. The step into a future block that the horizon cuts to m
 * of its b months has the variance of a mean over them, unless steps are full.
 */
static void add_walk(gsl_rng *rng, double start, double step, size_t b, bool full,
                     double *x) {
    double value = start;
    for (size_t t = 0; t < VCT_MONTHS; t++) {
        int block = block_of(t, b);
        if (t > 0 && block != block_of(t - 1, b)) {
            size_t left = VCT_MONTHS - t, m = block >= 0 && left < b ? left : b;
            double part = block < 0 || full ? 1 : (double)(b + m) / (double)(2 * b);
            value += gsl_ran_gaussian(rng, step) * sqrt(part);
        }
        x[t] += value;
    }
}

static double present(double sd) { return isnan(sd) ? 0 : sd; }

/* Level, drift, calendar, season, trend and shocks: what all units share. */
static void draw_common(gsl_rng *rng, const vc_model *m, vc_period first, const double *sd,
                        double *fixed, double *x) {
    double season[12];
    fixed[VCT_LEVEL] = m->level_mean + gsl_ran_gaussian(rng, m->level_sd);
    fixed[VCT_DRIFT] = gsl_ran_gaussian(rng, present(sd[VCT_DRIFT_SD]));
    fixed[VCT_WEEKDAYS] = 0;
    if (m->calendar[VC_LOG_WEEKDAYS])
        fixed[VCT_WEEKDAYS] = m->calendar_mean[VC_LOG_WEEKDAYS] +
                              gsl_ran_gaussian(rng, m->calendar_sd[VC_LOG_WEEKDAYS]);
    for (int i = 0; i < 12; i++) season[i] = gsl_ran_gaussian(rng, present(sd[VCT_SEASON]));
    for (size_t t = 0; t < VCT_MONTHS; t++) {
        vc_period month = first + (vc_period)t;
        double years = ((double)t - (VCT_FITTED - 1)) / 12;
        x[t] = fixed[VCT_LEVEL] + fixed[VCT_DRIFT] * years + season[month % 12] +
               gsl_ran_gaussian(rng, present(sd[VCT_SHOCK]));
        if (m->calendar[VC_LOG_WEEKDAYS])
            x[t] += fixed[VCT_WEEKDAYS] * weekday_deviation(month);
    }
    if (!isnan(sd[VCT_TREND])) add_walk(rng, 0, sd[VCT_TREND], m->trend_block, true, x);
    if (isnan(sd[VCT_DRIFT_SD])) fixed[VCT_DRIFT] = (double)NAN;
    if (!m->calendar[VC_LOG_WEEKDAYS]) fixed[VCT_WEEKDAYS] = (double)NAN;
}

static void add_node(gsl_rng *rng, const vc_model *m, double level, double step,
                     double *x) {
    if (isnan(level)) return;
    double start = gsl_ran_gaussian(rng, level);
    add_walk(rng, start, present(step), m->block, m->full_step, x);
}

static void draw_field(gsl_rng *rng, const vc_model *m, vc_period first, double *sd,
                       double *fixed, double eta[VCT_LEAVES][VCT_MONTHS]) {
    double common[VCT_MONTHS], county[VCT_MONTHS];
    for (int i = 0; i < VCT_SDS; i++) sd[i] = draw_scale(rng, vct_scale_of(m, i));
    draw_common(rng, m, first, sd, fixed, common);
    for (size_t i = 0; i < VCT_LEAVES; i++) {
        if (i % (VCT_LEAVES / VCT_COUNTIES) == 0) {
            memcpy(county, common, sizeof county);
            add_node(rng, m, sd[VCT_MIDDLE_LEVEL], sd[VCT_MIDDLE_STEP], county);
        }
        memcpy(eta[i], county, sizeof county);
        add_node(rng, m, sd[VCT_LEAF_LEVEL], sd[VCT_LEAF_STEP], eta[i]);
    }
}

/* --- data --- */

static double draw_count(gsl_rng *rng, const vc_model *m, double dispersion, double mean) {
    if (m->family == VC_NEGATIVE_BINOMIAL) {
        double size = 1 / (dispersion * dispersion);
        mean *= gsl_ran_gamma(rng, size, 1 / size);
    }
    return gsl_ran_poisson(rng, mean);
}

static double draw_part(gsl_rng *rng, const vc_model *m, double dispersion, double p,
                        double trials) {
    if (m->family == VC_BETA_BINOMIAL) {
        double precision = 1 / (dispersion * dispersion);
        p = gsl_ran_beta(rng, p * precision, (1 - p) * precision);
    }
    return gsl_ran_binomial(rng, p, (unsigned)trials);
}

/* People at the end of a month grow by a steady rate, which the last year shows. */
static void draw_people(gsl_rng *rng, double middling, double *people) {
    double start = middling * exp(gsl_ran_gaussian(rng, 0.6));
    double rate = gsl_ran_gaussian(rng, 0.0008);
    for (size_t t = 0; t < VCT_MONTHS; t++) people[t] = start * exp(rate * (double)t);
}

static void draw_counts(gsl_rng *rng, const vc_model *m, double dispersion, vc_period first,
                        const double *people, const double *eta, double *y) {
    for (size_t t = 0; t < VCT_MONTHS; t++) {
        double months = days_of(first + (vc_period)t) / (365.25 / 12);
        y[t] = draw_count(rng, m, dispersion, people[t] * months * exp(eta[t]));
    }
}

static void draw_townships(gsl_rng *rng, const vct_prior *prior, vct_world *w) {
    double people[VCT_MONTHS], sd[VCT_SDS], fixed[VCT_FIXED];
    double rate[VCT_LEAVES][VCT_MONTHS];
    bool share = vct_is_share(prior);
    vc_panel *p = &w->panel;
    if (share) draw_field(rng, &prior->trials, p->first, sd, fixed, rate);
    for (size_t i = 0; i < VCT_LEAVES; i++) {
        draw_people(rng, prior->population, people);
        memcpy(p->population + p->tree.leaves[i] * VCT_FITTED, people,
               VCT_FITTED * sizeof *people);
        if (!share) {
            draw_counts(rng, &prior->model, w->sd[VCT_DISPERSION], p->first, people,
                        w->eta[i], w->y[i]);
            continue;
        }
        draw_counts(rng, &prior->trials, 0, p->first, people, rate[i], w->trials[i]);
        for (size_t t = 0; t < VCT_MONTHS; t++)
            w->y[i][t] = draw_part(rng, &prior->model, w->sd[VCT_DISPERSION],
                                   1 / (1 + exp(-w->eta[i][t])), w->trials[i][t]);
    }
}

/* --- what of it was reported --- */

static void report(vct_world *w, vc_event event, size_t i, size_t t, double x) {
    w->panel.count[event][w->panel.tree.leaves[i] * VCT_FITTED + t] = x;
}

static void report_cell(vct_world *w, bool share, size_t i, size_t t, bool unsplit) {
    if (!share) {
        report(w, VC_BIRTHS, i, t, w->y[i][t]);
        return;
    }
    report(w, VC_BIRTHS, i, t, w->trials[i][t]);
    if (unsplit) return;
    report(w, VC_BIRTHS_MALE, i, t, w->y[i][t]);
    report(w, VC_BIRTHS_FEMALE, i, t, w->trials[i][t] - w->y[i][t]);
}

/* The first month of a row is always reported: with it a township begins. */
static void report_townships(gsl_rng *rng, bool share, bool ragged, vct_world *w) {
    for (size_t i = 0; i < VCT_LEAVES; i++) {
        bool late = ragged && i > 0 && gsl_rng_uniform(rng) < 0.3;
        size_t start = late ? 1 + gsl_rng_uniform_int(rng, VCT_FITTED - 4) : 0;
        for (size_t t = 0; t < start; t++) w->y[i][t] = w->trials[i][t] = 0;
        for (size_t t = start; t < VCT_FITTED; t++) {
            bool gap = ragged && gsl_rng_uniform(rng) < 0.04;
            bool unsplit = ragged && gsl_rng_uniform(rng) < 0.04;
            if (!gap || t == start) report_cell(w, share, i, t, unsplit && t > start);
        }
    }
}

static double *missing(size_t n) {
    double *x = malloc(n * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = (double)NAN;
    return x;
}

static void make_panel(const vct_prior *prior, vc_period first, vc_panel *p) {
    static const size_t parents[] = {SIZE_MAX, 0, 0, 1, 1, 1, 2, 2, 2};
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = first, .n_periods = VCT_FITTED};
    vct_tree(sizeof parents / sizeof *parents, parents, &p->tree);
    size_t cells = p->tree.n * VCT_FITTED;
    if (vct_is_series(prior)) {
        p->n_values = 1;
        p->values = calloc(1, sizeof *p->values);
        p->values[0] = (vc_value_series){strdup("figure"), missing(cells)};
        return;
    }
    p->population = missing(cells);
    for (int e = VC_BIRTHS; e <= VC_BIRTHS_FEMALE; e++) {
        if (e != VC_BIRTHS && !vct_is_share(prior)) continue;
        p->has[e] = true;
        p->count[e] = missing(cells);
    }
}

/* --- plain series --- */

static void draw_series(gsl_rng *rng, const vc_model *m, bool ragged, vct_world *w) {
    double *row = w->panel.values[0].value + w->panel.tree.leaves[0] * VCT_FITTED;
    for (size_t t = 0; t < VCT_MONTHS; t++) {
        double v = w->eta[0][t] + gsl_ran_gaussian(rng, w->sd[VCT_DISPERSION]);
        w->y[0][t] = m->family == VC_LOG_NORMAL ? exp(v) : v;
        bool gap = ragged && t > 0 && gsl_rng_uniform(rng) < 0.08;
        if (t < VCT_FITTED && !gap) row[t] = w->y[0][t];
    }
}

static double spread(const double *x, size_t n) {
    double mean = 0, sum = 0, known = 0;
    for (size_t t = 0; t < n; t++)
        if (!isnan(x[t])) mean += x[t], known += 1;
    mean /= known;
    for (size_t t = 0; t < n; t++)
        if (!isnan(x[t])) sum += (x[t] - mean) * (x[t] - mean);
    return sqrt(sum / (known - 1));
}

static void rescale(vc_scale *s, double unit) {
    s->start /= unit;
    s->upper /= unit;
    s->spike /= unit;
}

/*
 * The normal family is fitted to y / its spread. Priors and truths in that unit are the
 * same statement; priors left as they are would depend on the data.
 */
static void change_unit(vct_world *w) {
    double unit =
        spread(w->panel.values[0].value + w->panel.tree.leaves[0] * VCT_FITTED, VCT_FITTED);
    vc_model *m = &w->model;
    m->level_mean /= unit;
    m->level_sd /= unit;
    m->calendar_mean[VC_LOG_WEEKDAYS] /= unit;
    m->calendar_sd[VC_LOG_WEEKDAYS] /= unit;
    for (int i = 0; i < VCT_SDS; i++) {
        rescale(scale_in(m, i), unit);
        w->sd[i] /= unit;
    }
    for (int i = 0; i < VCT_FIXED; i++) w->fixed[i] /= unit;
    for (size_t t = 0; t < VCT_MONTHS; t++) w->eta[0][t] /= unit;
}

void vct_world_draw(const vct_prior *prior, unsigned long seed, size_t number,
                    vct_world *w) {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed * 1000003UL + number);
    vc_period first = 2009 * 12 + (vc_period)gsl_rng_uniform_int(rng, 120);
    bool ragged = number % 2 == 1;
    *w = (vct_world){.model = prior->model};
    make_panel(prior, first, &w->panel);
    draw_field(rng, &prior->model, first, w->sd, w->fixed, w->eta);
    if (vct_is_series(prior)) {
        draw_series(rng, &prior->model, ragged, w);
    } else {
        draw_townships(rng, prior, w);
        report_townships(rng, vct_is_share(prior), ragged, w);
    }
    if (prior->model.family == VC_NORMAL) change_unit(w);
    gsl_rng_free(rng);
}

void vct_world_reveal_sds(vct_world *w) {
    for (int i = 0; i < VCT_SDS; i++)
        if (!isnan(w->sd[i]))
            *scale_in(&w->model, i) = (vc_scale){.kind = VC_SCALE_FIXED, .start = w->sd[i]};
}

void vct_world_free(vct_world *w) { vc_panel_free(&w->panel); }
