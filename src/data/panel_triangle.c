/*
 * Reporting triangles. Of a unit and period that was reported once the figure stands from
 * that month on; of one that was reported several times each figure stands until the next.
 * Periods before the first revised one do not count: it is not known whether nothing was
 * revised then, or revisions were not kept.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_reports_internal.h"

/* A zero that becomes this or more was no figure but a late upload (C08). */
#define LATE_UPLOAD 7

static vc_status begin(vc_panel *panel, vc_event event) {
    vc_status st = VC_OK;
    vc_triangle *triangle = &panel->triangle[event];
    size_t n = panel->n_periods * VC_DELAYS;
    VC_NEW(triangle->seen, n);
    VC_NEW(triangle->next, n);
    VC_NEW(triangle->seen_square, n);
    VC_NEW(triangle->seen_change, n);
    VC_NEW(triangle->change_square, n);
    for (size_t i = 0; i < n; i++) {
        triangle->seen[i] = triangle->next[i] = triangle->seen_square[i] = NAN;
        triangle->seen_change[i] = triangle->change_square[i] = NAN;
    }
out:
    return st;
}

static void add(double *sum, double number) { *sum = isnan(*sum) ? number : *sum + number; }

/* A unit's figure of a period at one age, and a month later. */
static void add_step(vc_triangle *triangle, size_t t, vc_period age, double seen,
                     double next) {
    size_t at = t * VC_DELAYS + (size_t)age;
    if (isnan(seen) || isnan(next) || (seen == 0 && next >= LATE_UPLOAD)) return;
    add(&triangle->seen[at], seen);
    add(&triangle->next[at], next);
    add(&triangle->seen_square[at], seen * seen);
    add(&triangle->seen_change[at], seen * (next - seen));
    add(&triangle->change_square[at], (next - seen) * (next - seen));
}

/* The reports of one unit and period in their order; n 0: a single one, of a month. */
typedef struct history {
    const vc_vintage *reports;
    size_t n;
    vc_period reported;
} history;

static void add_history(vc_panel *panel, vc_event event, size_t unit, size_t t,
                        const history *h) {
    vc_period end = vci_last_month(panel->first + (vc_period)t, panel->frequency);
    vc_period first = h->n > 0 ? h->reports[0].reported : h->reported;
    double single = panel->count[event][unit * panel->n_periods + t];
    size_t i = 0;
    for (vc_period month = first; month < panel->reported_until; month++) {
        vc_period age = month - end;
        double seen = h->n > 0 ? h->reports[i].count[event] : single;
        if (i + 1 < h->n && h->reports[i + 1].reported == month + 1) i++;
        double next = h->n > 0 ? h->reports[i].count[event] : single;
        if (age >= 0 && age < VC_DELAYS)
            add_step(&panel->triangle[event], t, age, seen, next);
    }
}

static vc_period first_revised(const vc_panel *panel) {
    vc_period first = panel->reports[0].period;
    for (size_t i = 1; i < panel->n_reports; i++)
        if (panel->reports[i].period < first) first = panel->reports[i].period;
    return first;
}

static vc_period latest_report(const vc_panel *panel, const vc_period *report_at) {
    vc_period latest = VC_NO_PERIOD;
    for (size_t i = 0; i < panel->tree.n * panel->n_periods; i++)
        if (report_at[i] > latest) latest = report_at[i];
    return latest;
}

/* reports: those from the unit on; returns those behind it. */
static const vc_vintage *add_unit(vc_panel *panel, const vc_period *report_at, size_t unit,
                                  size_t begin, const vc_vintage *reports) {
    const vc_vintage *end = panel->reports + panel->n_reports;
    while (reports < end && reports->unit < unit) reports++;
    for (size_t t = begin; t < panel->n_periods; t++) {
        history h = {.reports = reports,
                     .reported = report_at[unit * panel->n_periods + t]};
        while (reports < end && reports->unit == unit &&
               reports->period == panel->first + (vc_period)t) {
            reports++;
            h.n++;
        }
        if (h.reported == VC_NO_PERIOD) continue;
        for (size_t event = 0; event < VC_EVENTS; event++)
            if (panel->triangle[event].seen)
                add_history(panel, (vc_event)event, unit, t, &h);
    }
    return reports;
}

vc_status vci_triangles_fill(vc_panel *panel, const vc_period *report_at, vc_period until) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
    vc_status st = VC_OK;
    const vc_vintage *reports = panel->reports;
    if (panel->n_reports == 0) goto out;
    panel->reported_until = until == VC_NO_PERIOD ? latest_report(panel, report_at) : until;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (panel->count[events[i]]) VC_TRY(begin(panel, events[i]));
    size_t first = (size_t)(first_revised(panel) - panel->first);
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        if (panel->tree.units[unit].leaf)
            reports = add_unit(panel, report_at, unit, first, reports);
out:
    return st;
}
