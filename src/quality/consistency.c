/*
 * What does not add up although the tables were accepted: a parent's own population against
 * its children's, and the change of the population against the events that make it.
 */
#include <math.h>

#include "data/panel_internal.h"
#include "quality/checks_internal.h"

/* Differences of a unit's periods: how many there are, and the largest. */
typedef struct difference {
    size_t n, at;
    double seen, expected;
} difference;

static void compare(difference *d, size_t t, double seen, double expected) {
    double off = fabs(seen - expected);
    if (!(off > 0)) return;
    if (d->n++ > 0 && off <= fabs(d->seen - d->expected)) return;
    d->at = t;
    d->seen = seen;
    d->expected = expected;
}

static vc_status add_difference(vci_checks *checks, vc_quality_kind kind, size_t unit,
                                const difference *d) {
    vc_period at = vci_check_period(checks->panel, d->at);
    vc_quality_check check = {.kind = kind,
                              .unit = unit,
                              .event = VC_EVENTS,
                              .first = at,
                              .last = at,
                              .n = d->n,
                              .limit = NAN,
                              .seen = d->seen,
                              .expected = d->expected,
                              .low = d->expected,
                              .high = d->expected,
                              .p = NAN,
                              .q = NAN};
    return d->n == 0 ? VC_OK : vci_check_add(checks, &check);
}

vc_status vci_check_populations(vci_checks *checks) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    for (size_t unit = 0; panel->population && unit < panel->tree.n; unit++) {
        difference d = {0};
        if (panel->tree.units[unit].leaf) continue;
        for (size_t t = 0; t < panel->n_periods; t++)
            compare(&d, t, panel->population[unit * panel->n_periods + t],
                    vci_panel_population_sum(panel, unit, t));
        VC_TRY(add_difference(checks, VC_QUALITY_POPULATION_SUM, unit, &d));
    }
out:
    return st;
}

vc_status vci_check_flows(vci_checks *checks) {
    static const vc_event flows[] = {VC_BIRTHS, VC_DEATHS, VC_ARRIVALS, VC_DEPARTURES};
    static const int sign[] = {1, -1, 1, -1};
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
        if (!panel->count[flows[i]] || !panel->population) goto out;
    for (size_t unit = 0; unit < panel->tree.n; unit++) {
        const double *people = panel->population + unit * panel->n_periods;
        difference d = {0};
        for (size_t t = 1; t < panel->n_periods; t++) {
            double flow = 0;
            for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
                flow += sign[i] * vci_check_series(panel, flows[i], unit)[t];
            compare(&d, t, people[t] - people[t - 1], flow);
        }
        VC_TRY(add_difference(checks, VC_QUALITY_STOCK_FLOW, unit, &d));
    }
out:
    return st;
}
