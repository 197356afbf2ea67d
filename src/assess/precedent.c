#include "vitalcast/precedent.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "assess/indicator_internal.h"
#include "num/elementary_internal.h"

#define FEWEST_CHANGES 4
#define MOST_CHANGES 64
/* A year in ten is called unlike the past when none is: better told once too often. */
#define UNLIKELY 0.10

/* Log change of first .. last against the same periods a year before; NaN if not known. */
static double log_change(const vc_panel *panel, vc_event event, size_t unit,
                         vc_period first, vc_period last) {
    int64_t now = 0, before = 0;
    vc_period f = (vc_period)panel->frequency;
    if (!vci_event_sum(panel, event, unit, first, last, &now) ||
        !vci_event_sum(panel, event, unit, first - f, last - f, &before))
        return NAN;
    if (now <= 0 || before <= 0) return NAN;
    return vci_log((double)now / (double)before);
}

static double percent(double log_change) { return 100 * (vci_exp(log_change) - 1); }

/* Two-sided p value of one more observation beside n. */
static double tail(size_t n, const double *x, double y) {
    double mean = 0, squares = 0, size = (double)n;
    for (size_t i = 0; i < n; i++) mean += x[i] / size;
    for (size_t i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
    double sd = sqrt(squares / (size - 1) * (1 + 1 / size));
    return sd > 0 ? 2 * gsl_cdf_tdist_Q(fabs(y - mean) / sd, size - 1) : (double)NAN;
}

bool vc_run_precedent(const vc_run *run, vc_event event, size_t unit, vc_period year_end,
                      vc_precedent *p) {
    const vc_panel *panel = &run->panel;
    vc_period f = (vc_period)panel->frequency, last = run->as_of;
    vc_year year = vc_year_ending(year_end, panel->frequency);
    double x[MOST_CHANGES], now;
    int64_t to_date = 0, last_year = 0;
    *p = (vc_precedent){0, 0, NAN, NAN, NAN, NAN, false, NAN};
    if (!panel->has[event] || last < year.first || last >= year.end) return false;
    now = log_change(panel, event, unit, year.first, last);
    if (isnan(now)) return false;
    for (vc_period back = f; p->n < MOST_CHANGES; back += f) {
        x[p->n] = log_change(panel, event, unit, year.first - back, last - back);
        if (isnan(x[p->n])) break;
        if (!(p->least <= x[p->n])) p->least = x[p->n];
        if (!(p->most >= x[p->n])) p->most = x[p->n];
        p->n++;
    }
    if (p->n >= FEWEST_CHANGES) p->p = tail(p->n, x, now);
    p->unlike = p->p < UNLIKELY && (now < p->least || now > p->most);
    p->change = percent(now);
    p->least = percent(p->least);
    p->most = percent(p->most);
    if (!vci_event_sum(panel, event, unit, year.first, last, &to_date) ||
        !vci_event_sum(panel, event, unit, year.first - f, last - f, &last_year))
        return false;
    p->fewest = (double)(to_date < last_year ? to_date : last_year);
    p->straight_line = (double)to_date *
                       vc_period_span_days(year.first, year.end, panel->frequency) /
                       vc_period_span_days(year.first, last, panel->frequency);
    return true;
}
