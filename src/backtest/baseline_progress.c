/*
 * Quotas are counted from the year's beginning on: pace, own share and last year's
 * completion say what is still to come. Stocks and surveys stand where they stood, as far
 * off as they used to move.
 */
#include "backtest/baseline_progress_internal.h"

#include <math.h>

#include "fit/progress_internal.h"

/* The last record of some periods. */
typedef struct record {
    vc_period at;
    double numerator, denominator;
} record;

static bool record_at(const vc_panel *panel, size_t series, size_t unit, vc_period p,
                      record *r) {
    const vc_progress *progress = &panel->progress[series];
    if (p < panel->first || p >= panel->first + (vc_period)panel->n_periods) return false;
    size_t at = unit * panel->n_periods + (size_t)(p - panel->first);
    *r = (record){p, progress->numerator[at], progress->denominator[at]};
    return !isnan(r->numerator) && r->denominator > 0;
}

static bool last_record(const vc_panel *panel, size_t series, size_t unit, vc_period first,
                        vc_period last, record *r) {
    for (vc_period p = last; p >= first && p >= panel->first; p--)
        if (record_at(panel, series, unit, p, r)) return true;
    return false;
}

static double percent(const record *r) { return 100 * r->numerator / r->denominator; }

/* --- quotas -------------------------------------------------------------------------- */

/* figure = 100 (done + what is drawn) / quota; counts are in the series' smallest unit. */
static void form_quota(const vci_baseline *b, double scale, double quota, double least,
                       double *figure) {
    for (size_t d = 0; d < b->n; d++)
        figure[d] = 100 * fmax((double)b->total[0][d], scale * least) / (scale * quota);
}

static void add_rest(vci_baseline *b, vci_stream s, double scale, const record *now,
                     double rest, double *figure) {
    for (size_t d = 0; d < b->n; d++) b->mean[d] = scale * rest;
    vci_baseline_poisson(b, s, round(scale * now->numerator), b->total[0]);
    form_quota(b, scale, now->denominator, now->numerator, figure);
}

/* What the same months made up of last year, kept off its ends. */
static bool share_of_last_year(const vci_baseline *b, size_t series, size_t unit,
                               vc_period at, double *share) {
    const vc_panel *panel = &b->run->panel;
    vc_period f = (vc_period)panel->frequency;
    record then, whole;
    if (!record_at(panel, series, unit, at - f, &then) ||
        !last_record(panel, series, unit, b->year.first - f, b->year.end - f, &whole))
        return false;
    *share = whole.numerator > 0 ? then.numerator / whole.numerator : 0;
    *share = fmin(fmax(*share, VCI_LEAST_SHARE), 1 - VCI_LEAST_SHARE);
    return true;
}

static bool draw_quota(vci_baseline *b, vc_forecaster rule, const vci_indicator *form,
                       size_t unit, double *figure) {
    const vc_panel *panel = &b->run->panel;
    size_t series = form->series;
    const char *name = panel->progress[series].indicator;
    vc_period f = (vc_period)panel->frequency;
    double scale = vci_progress_scale(panel, series), share;
    vci_stream s = vci_baseline_stream(b, rule, name, unit, VCI_FOR_REST);
    vci_stream level = vci_baseline_stream(b, rule, name, unit, VCI_FOR_GAMMA);
    record now, before;
    bool begun = last_record(panel, series, unit, b->year.first, b->run->as_of, &now);
    if (rule == VC_BY_PACE && begun) {
        double passed = now.at - b->year.first + 1, left = b->year.end - now.at;
        add_rest(b, s, scale, &now, now.numerator * left / passed, figure);
        return true;
    }
    if (rule == VC_BY_OWN_SHARE && begun &&
        share_of_last_year(b, series, unit, now.at, &share)) {
        add_rest(b, s, scale, &now, now.numerator * (1 - share) / share, figure);
        return true;
    }
    if (rule == VC_BY_PERSISTENCE &&
        last_record(panel, series, unit, b->year.first - f, b->year.end - f, &before)) {
        double quota = begun ? now.denominator : before.denominator;
        double seen = scale * quota * before.numerator / before.denominator;
        vci_baseline_gamma(b, s, level, seen, 1, 0, b->total[0]);
        form_quota(b, scale, quota, begun ? now.numerator : 0, figure);
        return true;
    }
    return false;
}

/* --- stocks and surveys --------------------------------------------------------------- */

/*
 * Mean squared change per period between records that follow each other, the last one at
 * `last`; 0 where there is only one.
 */
static double usual_change(const vc_panel *panel, size_t series, size_t unit,
                           const record *last) {
    record later = *last, r;
    double squares = 0;
    size_t pairs = 0;
    for (vc_period p = last->at - 1; p >= panel->first; p--) {
        if (!record_at(panel, series, unit, p, &r)) continue;
        double change = percent(&later) - percent(&r);
        squares += change * change / (later.at - r.at);
        pairs++;
        later = r;
    }
    return pairs ? squares / (double)pairs : 0;
}

static bool draw_last(vci_baseline *b, const vci_indicator *form, size_t unit,
                      double *figure) {
    const vc_panel *panel = &b->run->panel;
    size_t series = form->series;
    vci_stream s = vci_baseline_stream(
        b, VC_BY_PERSISTENCE, panel->progress[series].indicator, unit, VCI_FOR_REST);
    record now;
    if (!last_record(panel, series, unit, panel->first, b->run->as_of, &now)) return false;
    double sd = sqrt(usual_change(panel, series, unit, &now) * (b->year.end - now.at));
    vci_fill_normal(&s, 0, b->n, 1, b->mean);
    for (size_t d = 0; d < b->n; d++)
        figure[d] = fmin(fmax(percent(&now) + sd * b->mean[d], 0), 100);
    return true;
}

/* --- all ----------------------------------------------------------------------------- */

/* The figures with which earlier years ended, in turn. */
static bool draw_earlier(vci_baseline *b, const vci_indicator *form, size_t unit,
                         double *figure) {
    const vc_panel *panel = &b->run->panel;
    vc_period f = (vc_period)panel->frequency;
    size_t n = 0;
    for (vc_period back = f; n < b->n && b->year.end - back >= panel->first; back += f) {
        double x =
            vci_progress_at(panel, form, unit, b->year.first - back, b->year.end - back);
        if (!isnan(x)) b->uniform[n++] = x;
    }
    for (size_t d = 0; n && d < b->n; d++) figure[d] = b->uniform[d % n];
    return n > 0;
}

bool vci_baseline_progress(vci_baseline *b, vc_forecaster rule, const vci_indicator *form,
                           size_t unit, double *figure) {
    bool quota = b->run->panel.progress[form->series].kind == VC_QUOTA;
    if (rule == VC_BY_CLIMATOLOGY) return draw_earlier(b, form, unit, figure);
    if (quota) return draw_quota(b, rule, form, unit, figure);
    return rule == VC_BY_PERSISTENCE && draw_last(b, form, unit, figure);
}
