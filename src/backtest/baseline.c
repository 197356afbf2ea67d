/*
 * Rules of thumb with the least randomness that makes a forecast of them: counts of the
 * rest of the year are Poisson around what the rule says. Rules for one event:
 *
 *   pace            the rest goes on as the year so far
 *   own_share       the year so far has the share of the year that it had last year
 *   shared_share    the same with the share of the whole area; the level is uncertain
 *   persistence     the year ends as last year did
 *   seasonal_naive  the rest is that of last year, as far off as such guesses were before
 *   climatology     the year ends as one of the earlier years did
 *   drift           plain values: the mean change of the past goes on
 *
 * Indicators are formed from events that are drawn one by one; services and records have
 * rules of their own (baseline_progress.c).
 */
#include "backtest/baseline_internal.h"

#include <math.h>

#include "backtest/baseline_progress_internal.h"
#include "core/memory_internal.h"

/* Jeffreys' prior of a Poisson mean adds half an event. */
#define HALF_EVENT 0.5

vc_status vci_baseline_init(const vc_run *run, vc_year year, size_t n,
                            vci_baseline *baseline) {
    vc_status st = VC_OK;
    *baseline = (vci_baseline){.run = run, .year = year, .n = n};
    size_t h = year.end > run->as_of ? (size_t)(year.end - run->as_of) : 0;
    if (run->panel.population)
        VC_TRY(
            vci_population_fill(&run->panel, &run->population, h, &baseline->population));
    for (size_t i = 0; i < 3; i++) VC_NEW(baseline->total[i], n);
    VC_NEW(baseline->mean, n);
    VC_NEW(baseline->uniform, n);
out:
    return st;
}

void vci_baseline_free(vci_baseline *baseline) {
    vci_population_free(&baseline->population);
    for (size_t i = 0; i < 3; i++) vci_free(baseline->total[i]);
    vci_free(baseline->mean);
    vci_free(baseline->uniform);
    *baseline = (vci_baseline){0};
}

/* What the rules know of one event of a unit. */
typedef struct history {
    double so_far, last_year, last_so_far;
    double share; /* of the whole area's last year that the same months made up */
    size_t elapsed, left;
} history;

static bool sum(const vc_panel *panel, vc_event event, size_t unit, vc_period first,
                vc_period last, double *total) {
    int64_t s = 0;
    bool known = last < first || vci_event_sum(panel, event, unit, first, last, &s);
    *total = (double)s;
    return known;
}

static bool look_back(const vci_baseline *b, vc_event event, size_t unit, history *h) {
    const vc_panel *panel = &b->run->panel;
    vc_period f = (vc_period)panel->frequency, first = b->year.first, end = b->year.end;
    vc_period as_of = b->run->as_of;
    double all = 0, part = 0;
    h->elapsed = (size_t)(as_of - first + 1);
    h->left = (size_t)(end - as_of);
    if (!sum(panel, event, unit, first, as_of, &h->so_far) ||
        !sum(panel, event, unit, first - f, end - f, &h->last_year) ||
        !sum(panel, event, unit, first - f, as_of - f, &h->last_so_far))
        return false;
    bool known = sum(panel, event, panel->tree.root, first - f, end - f, &all) &&
                 sum(panel, event, panel->tree.root, first - f, as_of - f, &part);
    h->share = known && all > 0 ? part / all : (double)NAN;
    return true;
}

vci_stream vci_baseline_stream(const vci_baseline *b, vc_forecaster rule, const char *name,
                               size_t unit, uint32_t purpose) {
    uint64_t seed = vci_mix_text(b->run->seed, vc_forecaster_name(rule));
    return vci_stream_make(vci_mix_text(seed, name), b->run->panel.tree.units[unit].code,
                           VCI_PLACE(0, purpose), (uint32_t)b->run->as_of);
}

void vci_baseline_poisson(vci_baseline *b, vci_stream s, double so_far, int64_t *total) {
    vci_fill_poisson(&s, 0, b->n, b->mean, total);
    for (size_t d = 0; d < b->n; d++) total[d] += (int64_t)so_far;
}

static void by_rate(vci_baseline *b, vci_stream s, double so_far, double rest,
                    int64_t *total) {
    for (size_t d = 0; d < b->n; d++) b->mean[d] = rest;
    vci_baseline_poisson(b, s, so_far, total);
}

void vci_baseline_gamma(vci_baseline *b, vci_stream s, vci_stream level, double seen,
                        double factor, double so_far, int64_t *total) {
    for (size_t d = 0; d < b->n; d++) b->uniform[d] = seen + HALF_EVENT;
    vci_fill_gamma(&level, 0, b->n, b->uniform, b->mean);
    for (size_t d = 0; d < b->n; d++) b->mean[d] *= factor;
    vci_baseline_poisson(b, s, so_far, total);
}

/* Root mean square of the differences to a year before. */
static double usual_change(const double *y, size_t n, size_t year) {
    double squares = 0;
    size_t pairs = 0;
    for (size_t t = year; t < n; t++) {
        double change = y[t] - y[t - year];
        if (isnan(change)) continue;
        squares += change * change;
        pairs++;
    }
    return pairs ? sqrt(squares / (double)pairs) : (double)NAN;
}

static bool by_last_year(vci_baseline *b, vci_stream s, vc_event event, size_t unit,
                         const history *h, int64_t *total) {
    const vc_panel *panel = &b->run->panel;
    double sd = usual_change(panel->count[event] + unit * panel->n_periods,
                             panel->n_periods, (size_t)panel->frequency);
    double rest = h->last_year - h->last_so_far;
    if (isnan(sd)) return false;
    sd *= sqrt((double)h->left);
    vci_fill_normal(&s, 0, b->n, 1, b->mean);
    for (size_t d = 0; d < b->n; d++) {
        double x = floor(rest + sd * b->mean[d] + 0.5);
        total[d] = (int64_t)(h->so_far + (x > 0 ? x : 0));
    }
    return true;
}

static bool by_earlier_years(vci_baseline *b, vc_event event, size_t unit, double so_far,
                             int64_t *total) {
    const vc_panel *panel = &b->run->panel;
    vc_period f = (vc_period)panel->frequency;
    size_t n = 0;
    double year[VC_PIT_BINS * 4];
    for (vc_period back = f; n < sizeof year / sizeof *year; back += f)
        if (!sum(panel, event, unit, b->year.first - back, b->year.end - back,
                 &year[n++])) {
            n--;
            break;
        }
    for (size_t d = 0; n && d < b->n; d++) total[d] = (int64_t)fmax(year[d % n], so_far);
    return n > 0;
}

static bool draw_event(vci_baseline *b, vc_forecaster rule, vc_event event, size_t unit,
                       int64_t *total) {
    history h;
    vci_stream s = vci_baseline_stream(b, rule, vc_event_name(event), unit, VCI_FOR_REST);
    vci_stream level =
        vci_baseline_stream(b, rule, vc_event_name(event), unit, VCI_FOR_GAMMA);
    if (!look_back(b, event, unit, &h)) return false;
    switch (rule) {
    case VC_BY_PACE:
        if (h.elapsed == 0) return false;
        by_rate(b, s, h.so_far, h.so_far * (double)h.left / (double)h.elapsed, total);
        return true;
    case VC_BY_OWN_SHARE: {
        double share = h.last_year > 0 ? h.last_so_far / h.last_year : 0;
        share = fmin(fmax(share, VCI_LEAST_SHARE), 1 - VCI_LEAST_SHARE);
        if (h.elapsed == 0) return false;
        by_rate(b, s, h.so_far, h.so_far * (1 - share) / share, total);
        return true;
    }
    case VC_BY_SHARED_SHARE:
        if (!(h.share > 0)) return false;
        vci_baseline_gamma(b, s, level, h.so_far, (1 - h.share) / h.share, h.so_far, total);
        return true;
    case VC_BY_PERSISTENCE:
        vci_baseline_gamma(b, s, level, h.last_year, 1, 0, total);
        for (size_t d = 0; d < b->n; d++)
            if ((double)total[d] < h.so_far) total[d] = (int64_t)h.so_far;
        return true;
    case VC_BY_SEASONAL_NAIVE:
        return by_last_year(b, s, event, unit, &h, total);
    case VC_BY_CLIMATOLOGY:
        return by_earlier_years(b, event, unit, h.so_far, total);
    case VC_BY_DRIFT:
    case VC_BY_VITALCAST:
    case VC_FORECASTERS:
        break;
    }
    return false;
}

/* Plain values: as a year before, give or take the usual change; or as they ever were. */
static bool draw_value(vci_baseline *b, vc_forecaster rule, const vci_indicator *form,
                       size_t unit, double *figure) {
    const vc_panel *panel = &b->run->panel;
    size_t year = (size_t)panel->frequency, n = 0;
    vci_stream s =
        vci_baseline_stream(b, rule, vc_event_name(VC_BIRTHS), unit, VCI_FOR_REST);
    double squares = 0, changes = 0, last = NAN;
    double *known = b->uniform;
    size_t pairs = 0;
    for (vc_period p = b->year.end - (vc_period)year; p >= panel->first;
         p -= (vc_period)year) {
        double x = vci_value_at(panel, form, unit, p), y;
        if (isnan(x)) continue;
        if (isnan(last)) last = x;
        if (n < b->n) known[n++] = x;
        y = vci_value_at(panel, form, unit, p - (vc_period)year);
        if (isnan(y)) continue;
        squares += (x - y) * (x - y);
        changes += x - y;
        pairs++;
    }
    if (rule == VC_BY_CLIMATOLOGY && n > 0) {
        for (size_t d = 0; d < b->n; d++) figure[d] = known[d % n];
        return true;
    }
    bool drifts = rule == VC_BY_DRIFT;
    if ((rule != VC_BY_PERSISTENCE && !drifts) || pairs < (drifts ? 2 : 1)) return false;
    double ahead = fmax((double)(b->year.end - b->run->as_of) / (double)year, 1);
    double size = (double)pairs, drift = drifts ? changes / size : 0;
    double variance = (squares - size * drift * drift) / (drifts ? size - 1 : size);
    /* The drift itself is known from so many changes only. */
    double sd = sqrt(fmax(variance, 0) * ahead * (drifts ? 1 + ahead / size : 1));
    vci_fill_normal(&s, 0, b->n, 1, b->mean);
    for (size_t d = 0; d < b->n; d++) figure[d] = last + drift * ahead + sd * b->mean[d];
    return true;
}

/* The indicator from its events' totals; rates over the population as it is projected. */
static void form_figures(const vci_baseline *b, const vci_indicator *form, size_t unit,
                         double *figure) {
    vci_mean mean = {1, 1};
    if (form->kind == VC_INDICATOR_RATE)
        mean = vci_mean_population(b->run->settings.average_population, &b->run->panel,
                                   &b->population, unit, b->year.first, b->year.end);
    for (size_t d = 0; d < b->n; d++) {
        int64_t plus = b->total[0][d];
        int64_t minus = form->minus == VC_EVENTS ? 0 : b->total[1][d];
        int64_t over = form->over == VC_EVENTS ? 1 : b->total[2][d];
        double whole = (double)over * (double)mean.sum / (double)mean.count;
        figure[d] =
            whole > 0 ? (double)((plus - minus) * form->scale) / whole : (double)NAN;
    }
}

vc_status vci_baseline_draw(vci_baseline *b, vc_forecaster rule, const char *indicator,
                            size_t unit, double *figure, bool *made) {
    vc_status st = VC_OK;
    vci_indicator form;
    *made = false;
    if (!vci_indicator_find(&b->run->panel, indicator, &form)) goto out;
    if (form.kind == VC_INDICATOR_PROGRESS) {
        *made = vci_baseline_progress(b, rule, &form, unit, figure);
        goto out;
    }
    if (form.kind == VC_INDICATOR_VALUE) {
        *made = draw_value(b, rule, &form, unit, figure);
        goto out;
    }
    const vc_event events[3] = {form.plus, form.minus, form.over};
    for (size_t i = 0; i < 3; i++)
        if (events[i] != VC_EVENTS && !draw_event(b, rule, events[i], unit, b->total[i]))
            goto out;
    form_figures(b, &form, unit, figure);
    *made = true;
out:
    return st;
}
