/*
 * Events moved over the end of an assessment year: a dip before it with an excess after it,
 * or the reverse. Both move the log ratio of the two figures, and what touches both alike
 * leaves it. It is compared with the same two months of other years: regression on the
 * place in the year and the offices' open days, variance from all pairs of neighbouring
 * periods (so that over-dispersion is in it), studentised without the pair itself:
 * Student's t. Cook and Weisberg (1982), Residuals and Influence in Regression,
 * section 2.2.2.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "core/memory_internal.h"
#include "core/working_day_internal.h"
#include "quality/checks_internal.h"

/* Events a period, pairs of the same place in the year, degrees of freedom: at least. */
#define LEAST_MEAN 10
#define LEAST_PAIRS 4
#define LEAST_FREEDOM 12
#define WEEKDAYS 5

typedef struct pairs {
    size_t n;     /* of neighbouring periods, some of them missing */
    size_t f;     /* places in the year */
    double *y;    /* [n] log ratio, then less the mean of its place; NaN missing */
    double *x;    /* [n] change of log open days, the same */
    double *open; /* [n + 1] log open days */
    double mean_y[VC_MONTHLY], mean_x[VC_MONTHLY], count[VC_MONTHLY];
    double slope, xx, squares, freedom;
} pairs;

static size_t place_of(const vc_panel *panel, size_t t) {
    return (size_t)vc_period_in_year(vci_check_period(panel, t), panel->frequency);
}

static void fill_open(const vc_panel *panel, double *open) {
    for (size_t t = 0; t < panel->n_periods; t++) {
        vc_period period = vci_check_period(panel, t);
        double days = panel->frequency == VC_MONTHLY
                          ? vci_weekdays(period) - WEEKDAYS * vci_festival_share(period)
                          : 1;
        open[t] = log(days);
    }
}

/* Ratios of a series less the means of their places. Half an event more: none is log 0. */
static void fill_ratios(const vc_panel *panel, const double *figure, pairs *p) {
    for (size_t m = 0; m < p->f; m++) p->mean_y[m] = p->mean_x[m] = p->count[m] = 0;
    for (size_t t = 0; t < p->n; t++) {
        size_t m = place_of(panel, t);
        p->y[t] = log((figure[t + 1] + 0.5) / (figure[t] + 0.5));
        p->x[t] = p->open[t + 1] - p->open[t];
        if (isnan(p->y[t])) continue;
        p->mean_y[m] += p->y[t];
        p->mean_x[m] += p->x[t];
        p->count[m]++;
    }
    for (size_t t = 0; t < p->n; t++) {
        size_t m = place_of(panel, t);
        if (isnan(p->y[t])) continue;
        p->y[t] -= p->mean_y[m] / p->count[m];
        p->x[t] -= p->mean_x[m] / p->count[m];
    }
}

static void regress(pairs *p) {
    double xy = 0, n = 0;
    p->xx = p->squares = 0;
    for (size_t t = 0; t < p->n; t++) {
        if (isnan(p->y[t])) continue;
        p->xx += p->x[t] * p->x[t];
        xy += p->x[t] * p->y[t];
        n++;
    }
    p->slope = p->xx > 0 ? xy / p->xx : 0;
    for (size_t t = 0; t < p->n; t++) {
        double rest = p->y[t] - p->slope * p->x[t];
        if (!isnan(rest)) p->squares += rest * rest;
    }
    p->freedom = n - (p->xx > 0);
    for (size_t m = 0; m < p->f; m++) p->freedom -= p->count[m] > 0;
}

/* The pair that begins with period t against all others. */
static vc_status add_pair(vci_checks *checks, vc_event event, size_t unit, const pairs *p,
                          size_t t) {
    size_t m = place_of(checks->panel, t);
    double lever = 1 / p->count[m] + (p->xx > 0 ? p->x[t] * p->x[t] / p->xx : 0);
    double rest = p->y[t] - p->slope * p->x[t], freedom = p->freedom - 1;
    double squares = p->squares - rest * rest / (1 - lever);
    double off = rest / (1 - lever), sd = sqrt(squares / freedom / (1 - lever));
    double ratio = p->y[t] + p->mean_y[m] / p->count[m], reach;
    if (!(p->count[m] >= LEAST_PAIRS) || !(freedom >= LEAST_FREEDOM) || !(sd > 0))
        return VC_OK;
    reach = sd * gsl_cdf_tdist_Qinv(0.025, freedom);
    vc_quality_check check = {.kind = VC_QUALITY_SHIFT,
                              .unit = unit,
                              .event = event,
                              .first = vci_check_period(checks->panel, t),
                              .last = vci_check_period(checks->panel, t + 1),
                              .n = (size_t)p->count[m],
                              .limit = NAN,
                              .seen = exp(ratio),
                              .expected = exp(ratio - off),
                              .low = exp(ratio - off - reach),
                              .high = exp(ratio - off + reach),
                              .p = 2 * gsl_cdf_tdist_Q(fabs(off) / sd, freedom)};
    return vci_check_add(checks, &check);
}

static vc_status check_series(vci_checks *checks, vc_event event, size_t unit, pairs *p) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    const double *figure = vci_check_series(panel, event, unit);
    double sum = 0, n = 0;
    for (size_t t = 0; t < panel->n_periods; t++) {
        sum += isnan(figure[t]) ? 0 : figure[t];
        n += !isnan(figure[t]);
    }
    if (sum < LEAST_MEAN * n) goto out;
    fill_ratios(panel, figure, p);
    regress(p);
    for (size_t t = 0; t < p->n; t++)
        if (checks->year_end[place_of(panel, t)] && !isnan(p->y[t]))
            VC_TRY(add_pair(checks, event, unit, p, t));
out:
    return st;
}

vc_status vci_check_shifts(vci_checks *checks) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    pairs p = {.n = panel->n_periods - 1, .f = (size_t)panel->frequency};
    if (panel->frequency == VC_YEARLY || panel->n_periods < 2) goto out;
    VC_NEW(p.y, p.n);
    VC_NEW(p.x, p.n);
    VC_NEW(p.open, panel->n_periods);
    fill_open(panel, p.open);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        for (size_t unit = 0; unit < panel->tree.n; unit++)
            if (panel->count[events[i]]) VC_TRY(check_series(checks, events[i], unit, &p));
out:
    vci_free(p.y);
    vci_free(p.x);
    vci_free(p.open);
    return st;
}
