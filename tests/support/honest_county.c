#include "support/honest_county.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/working_day_internal.h"
#include "num/random_internal.h"
#include "support/small_world.h"

/* STATISTICS.md, section 1: births and deaths by registration, Taiwan. */
static const double SEASON[2][12] = {
    {-.03, .09, .00, -.03, -.09, -.02, -.08, -.06, .01, .06, .06, .08},
    {.06, .24, .10, .04, -.07, -.03, -.04, -.08, -.08, -.05, -.05, -.05}};
static const double TREND[2] = {-.033, .018}, DRIFT[2] = {.034, .016};
static const double SHOCK[2] = {.035, .04}, DAYS[2] = {.69, .67};
#define MALES 0.5187

vct_county_options vct_county_options_default(void) {
    return (vct_county_options){12, 8, 17, 1.1, 1000};
}

typedef struct county {
    const vct_county_options *options;
    unsigned seed;
    vc_panel *panel;
    double *shock; /* [n_periods] */
    double *walk;  /* the same of one township */
} county;

static void normals(const county *c, const char *what, size_t n, double *z) {
    vci_stream stream = vci_stream_make(c->seed, what, 1, 1);
    vci_fill_normal(&stream, 0, n, 1, z);
}

/* Counts of one township and event. */
static void fill_counts(const county *c, int e, size_t unit, double size, double *count) {
    size_t n = c->panel->n_periods;
    char name[32];
    double shape[2] = {c->options->dispersion, 0}, level = 0;
    snprintf(name, sizeof name, "%d walk %zu", e, unit);
    normals(c, name, n, c->walk);
    for (size_t t = 0; t < n; t++) {
        vc_period month = c->panel->first + (vc_period)t;
        double days = vci_weekdays(month) - 5 * vci_festival_share(month), gamma = 1;
        int64_t k;
        level += DRIFT[e] / sqrt(12) * c->walk[t];
        double mean = size * exp(SEASON[e][t % 12] + TREND[e] * (double)t / 12 + level +
                                 c->shock[t] + DAYS[e] * log(days / 21));
        snprintf(name, sizeof name, "%d count %zu", e, unit);
        vci_stream stream = vci_stream_make(c->seed, name, 2, (uint32_t)t);
        if (shape[0] > 0) vci_fill_gamma(&stream, 0, 1, shape, &gamma);
        if (shape[0] > 0) mean *= gamma / shape[0];
        vci_stream other = vci_stream_make(c->seed, name, 3, (uint32_t)t);
        vci_fill_poisson(&other, 0, 1, &mean, &k);
        count[t] = (double)k;
    }
}

static void fill_sexes(const county *c, size_t unit) {
    vc_panel *p = c->panel;
    char name[32];
    snprintf(name, sizeof name, "sex %zu", unit);
    for (size_t t = 0; t < p->n_periods; t++) {
        size_t at = unit * p->n_periods + t;
        int64_t n = (int64_t)p->count[VC_BIRTHS][at], males;
        const double share = MALES;
        vci_stream stream = vci_stream_make(c->seed, name, 4, (uint32_t)t);
        vci_fill_binomial(&stream, 0, 1, &n, &share, &males);
        p->count[VC_BIRTHS_MALE][at] = (double)males;
        p->count[VC_BIRTHS_FEMALE][at] = (double)(n - males);
    }
}

void vct_honest_sum_up(vc_panel *p) {
    static const vc_event events[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS,
                                      VC_DEATHS};
    size_t n = p->n_periods;
    for (size_t i = n; i < p->tree.n * n; i++)
        p->count[VC_BIRTHS][i] =
            p->count[VC_BIRTHS_MALE][i] + p->count[VC_BIRTHS_FEMALE][i];
    for (size_t i = 0; i < 4; i++)
        for (size_t t = 0; t < n; t++) {
            double sum = 0;
            for (size_t u = 1; u < p->tree.n; u++) sum += p->count[events[i]][u * n + t];
            p->count[events[i]][t] = sum;
        }
    for (size_t t = 0; t < n; t++) {
        p->population[t] = 0;
        for (size_t u = 1; u < p->tree.n; u++) p->population[t] += p->population[u * n + t];
    }
}

static void fill_townships(const county *c) {
    vc_panel *p = c->panel;
    size_t n = p->n_periods, m = c->options->townships;
    double *size = calloc(2 * m, sizeof *size);
    normals(c, "size", 2 * m, size);
    for (int e = 0; e < 2; e++) {
        normals(c, e ? "shock deaths" : "shock births", n, c->shock);
        for (size_t t = 0; t < n; t++) c->shock[t] *= SHOCK[e];
        for (size_t u = 1; u <= m; u++) {
            double births = c->options->births * exp(c->options->spread * size[u - 1]);
            fill_counts(c, e, u, births * (e ? 0.7 : 1),
                        p->count[e ? VC_DEATHS : VC_BIRTHS] + u * n);
            /* Birth rates around 12 per 1,000. */
            for (size_t t = 0; t < n; t++)
                p->population[u * n + t] =
                    floor(births * exp(-.12 + .1 * size[m + u - 1]) * 1000);
        }
    }
    for (size_t u = 1; u <= m; u++) fill_sexes(c, u);
    vct_honest_sum_up(p);
    free(size);
}

void vct_honest_county(const vct_county_options *options, unsigned seed, vc_panel *panel) {
    static const vc_event events[] = {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE, VC_BIRTHS,
                                      VC_DEATHS};
    size_t units = options->townships + 1, n = 12 * options->years;
    size_t *parents = calloc(units, sizeof *parents);
    parents[0] = SIZE_MAX;
    *panel = (vc_panel){.frequency = VC_MONTHLY, .first = 2013 * 12, .n_periods = n};
    vct_tree(units, parents, &panel->tree);
    for (size_t i = 0; i < 4; i++) {
        panel->has[events[i]] = true;
        panel->count[events[i]] = calloc(units * n, sizeof(double));
    }
    panel->population = calloc(units * n, sizeof(double));
    panel->status = calloc(units * n, 1);
    panel->starts = calloc(units, sizeof *panel->starts);
    for (size_t u = 0; u < units; u++) panel->starts[u] = panel->first;
    county c = {.options = options,
                .seed = seed,
                .panel = panel,
                .shock = calloc(n, sizeof(double)),
                .walk = calloc(n, sizeof(double))};
    fill_townships(&c);
    free(c.shock);
    free(c.walk);
    free(parents);
}
