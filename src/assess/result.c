/* The observed side of a result. */
#include "assess/result_internal.h"

#include <math.h>

#include "assess/quota_internal.h"

static void blank(vc_result *r) {
    r->bound = r->bound_high = r->current = r->to_date = r->annual_basis = NAN;
    r->same_period_last_year = r->change = r->pace = r->gap = NAN;
    r->p_met = r->monte_carlo_se = NAN;
    r->p_undefined = 0;
    for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = NAN;
}

static double progress(const vc_panel *panel, const vci_tally *t, vc_period first,
                       vc_period last) {
    if (!t->within) return vci_progress_at(panel, &t->indicator, t->unit, first, last);
    vci_quota quota =
        vci_quota_done(panel, t->target, t->indicator.series, t->unit, first, last);
    return quota.whole > 0 ? 100 * quota.done / quota.whole : (double)NAN;
}

/* Of first .. last, `back` periods before the window or what of it they are. */
static double figure(const vc_settings *settings, const vc_panel *panel,
                     const vci_population *population, const vci_tally *t, vc_period first,
                     vc_period last, vc_period back) {
    bool known = false;
    if (t->indicator.kind == VC_INDICATOR_VALUE)
        return vci_value_at(panel, &t->indicator, t->unit, last);
    if (t->indicator.kind == VC_INDICATOR_PROGRESS) return progress(panel, t, first, last);
    vc_fraction f = vci_figure(settings, panel, population, &t->indicator, t->unit, first,
                               last, &known);
    f = vci_per_year(&t->indicator, f,
                     vc_target_per_year(t->target, panel->frequency, back));
    return known ? vci_fraction_value(f) : (double)NAN;
}

static double change(vc_indicator_kind kind, double now, double before) {
    if (kind == VC_INDICATOR_COUNT)
        return before > 0 ? 100 * (now / before - 1) : (double)NAN;
    return now - before;
}

/* By how much the right side is missed; negative on the right side. */
static double gap(const vc_target *target, double x, const vc_result *r) {
    switch (target->direction) {
    case VC_AT_MOST:
        return x - r->bound;
    case VC_AT_LEAST:
        return r->bound - x;
    case VC_BETWEEN:
        break;
    }
    return fmax(r->bound - x, x - r->bound_high);
}

/* Counts and rates grow through the year, so they are compared on the annual basis. */
static bool accumulates(vc_indicator_kind kind) {
    return kind == VC_INDICATOR_COUNT || kind == VC_INDICATOR_RATE;
}

void vci_result_observe(const vc_settings *settings, const vc_panel *panel,
                        const vci_population *population, const vci_tally *t,
                        vc_period as_of, vc_result *r) {
    vc_indicator_kind kind = t->indicator.kind;
    vc_period year = (vc_period)panel->frequency, first = t->year.first;
    vc_period last = as_of < t->year.end ? as_of : t->year.end;
    blank(r);
    bool between = t->target->direction == VC_BETWEEN;
    r->bound = t->by_class ? t->mean_bound[0] : vci_fraction_value(t->bound);
    r->bound_high = !between      ? (double)NAN
                    : t->by_class ? t->mean_bound[1]
                                  : vci_fraction_value(t->bound_high);
    /*
     * A plain value has no `to date`: the last one stands for it, also before the year
     * begins.
     */
    if (kind == VC_INDICATOR_VALUE) first = last;
    if (last < first) return;
    if (kind != VC_INDICATOR_PROGRESS)
        r->current = figure(settings, panel, population, t, last, last, 0);
    r->to_date = figure(settings, panel, population, t, first, last, 0);
    r->same_period_last_year =
        figure(settings, panel, population, t, first - year, last - year, year);
    r->change = change(kind, r->to_date, r->same_period_last_year);
    if (last < t->year.first) return;
    int days = vc_period_span_days(t->year.first, t->year.end, panel->frequency);
    int elapsed = vc_period_span_days(t->year.first, last, panel->frequency);
    r->pace = 100.0 * elapsed / days;
    if (accumulates(kind)) r->annual_basis = r->to_date * days / elapsed;
    r->gap = gap(t->target, accumulates(kind) ? r->annual_basis : r->to_date, r);
}

void vci_result_known(const vc_settings *settings, const vc_panel *panel,
                      const vci_population *population, const vci_tally *t, vc_result *r) {
    bool known = true, over = panel->first + (vc_period)panel->n_periods > t->year.end;
    vc_fraction f;
    if (t->indicator.plus == VC_EVENTS) {
        double x =
            over ? figure(settings, panel, population, t, t->year.first, t->year.end, 0)
                 : (double)NAN;
        known = !isnan(x);
        f = isnan(x) ? VCI_UNDEFINED : (vc_fraction){(int64_t)llround(x * 1e6), 1000000};
    } else {
        f = vci_figure(settings, panel, population, &t->indicator, t->unit, t->year.first,
                       t->year.end, &known);
        f = vci_per_year(&t->indicator, f, t->per_year);
    }
    if (!known) return;
    for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = vci_fraction_value(f);
    r->p_undefined = f.den == 0;
    if (t->by_class) return; /* known when the figures of the class are */
    if (t->bound.den == 0) return;
    r->p_met = f.den != 0 && vci_tally_meets(t, f);
    r->monte_carlo_se = 0;
}
