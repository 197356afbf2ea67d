/*
 * Months that differ less than chance makes them differ. A year of a unit beside that of
 * its siblings is a table of two rows: season, trend and shocks that all share are in the
 * margins, and what is left is hypergeometric if counts are Poisson. Honest counts vary
 * more than that, never less; how much more, as variance / mean = 1 + mean / phi, the units
 * of a level tell together.
 */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "quality/checks_internal.h"
#include "quality/contingency_internal.h"

/* Events a period at least, and chi-square degrees of freedom. */
#define LEAST_MEAN 1
#define LEAST_FREEDOM 9

typedef struct unit_table {
    vci_contingency table;
    double mean;  /* events a period */
    size_t n;     /* periods */
    size_t first; /* period of the earliest */
    bool siblings;
} unit_table;

/* counts[2][f]: the unit and its siblings in a year; false if one is missing. */
static bool fill_year(const double *unit, const double *parent, size_t f, double *counts) {
    double own = vci_check_sum(f, unit), all = vci_check_sum(f, parent);
    for (size_t t = 0; t < f; t++) {
        counts[t] = unit[t];
        counts[f + t] = parent[t] - unit[t];
    }
    return own > 0 && all > own;
}

static void beside_siblings(const vc_panel *panel, vc_event event, size_t unit,
                            unit_table *u) {
    size_t f = (size_t)panel->frequency, parent = panel->tree.units[unit].parent;
    double counts[2 * VC_MONTHLY];
    const double *own = vci_check_series(panel, event, unit);
    const double *all = vci_check_series(panel, event, parent);
    for (size_t b = 0; b < vci_check_years(panel); b++) {
        size_t at = vci_check_year(panel, b);
        if (!fill_year(own + at, all + at, f, counts)) continue;
        vci_contingency year = vci_contingency_make(2, f, counts);
        vci_contingency_add(&u->table, &year);
        u->mean += vci_check_sum(f, own + at);
        u->n += f;
        u->first = at;
    }
    u->siblings = u->n > 0;
}

/* A unit without siblings beside its own other years. */
static vc_status beside_itself(const vc_panel *panel, vc_event event, size_t unit,
                               unit_table *u) {
    vc_status st = VC_OK;
    size_t f = (size_t)panel->frequency, n = 0;
    double *counts = NULL;
    const double *own = vci_check_series(panel, event, unit);
    VC_NEW(counts, vci_check_years(panel) * f);
    for (size_t b = 0; b < vci_check_years(panel); b++) {
        size_t at = vci_check_year(panel, b);
        double sum = vci_check_sum(f, own + at);
        if (isnan(sum)) continue;
        memcpy(counts + n++ * f, own + at, f * sizeof *counts);
        u->mean += sum;
        u->first = at;
    }
    u->n = n * f;
    u->table = vci_contingency_make(n, f, counts);
out:
    vci_free(counts);
    return st;
}

static vc_status make_table(const vc_panel *panel, vc_event event, size_t unit,
                            unit_table *u) {
    vc_status st = VC_OK;
    *u = (unit_table){0};
    if (panel->tree.units[unit].parent != VC_NO_UNIT)
        beside_siblings(panel, event, unit, u);
    if (u->n == 0) VC_TRY(beside_itself(panel, event, unit, u));
    u->mean /= (double)(u->n > 0 ? u->n : 1);
out:
    return st;
}

static bool enough(const unit_table *u) {
    return u->mean >= LEAST_MEAN && u->table.mean >= LEAST_FREEDOM;
}

/* 1 / phi of a level by least squares, from what stands beside siblings. */
static double over_dispersion(const vc_panel *panel, const unit_table *units,
                              unsigned level) {
    double excess = 0, weight = 0;
    for (size_t i = 0; i < panel->tree.n; i++) {
        const unit_table *u = &units[i];
        if (panel->tree.units[i].level != level || !u->siblings || !enough(u)) continue;
        excess += (u->table.chi_square - u->table.mean) * u->mean;
        weight += u->table.mean * u->mean * u->mean;
    }
    return weight > 0 && excess > 0 ? excess / weight : 0;
}

static vc_status add_unit(vci_checks *checks, vc_event event, size_t unit,
                          const unit_table *u, double over) {
    const vc_panel *panel = checks->panel;
    double inflation = 1 + over * u->mean;
    vc_quality_check check = {.kind = VC_QUALITY_EVEN_COUNTS,
                              .unit = unit,
                              .event = event,
                              .first = vci_check_period(panel, u->first),
                              .last = vci_check_period(panel, panel->n_periods - 1),
                              .n = u->n,
                              .limit = NAN,
                              .seen = u->table.chi_square / u->table.mean,
                              .expected = inflation,
                              .low = vci_contingency_quantile(&u->table, inflation, 0.025),
                              .high = vci_contingency_quantile(&u->table, inflation, 0.975),
                              .p = vci_contingency_lower(&u->table, inflation)};
    return vci_check_add(checks, &check);
}

static vc_status check_event(vci_checks *checks, vc_event event, unit_table *units) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    for (size_t i = 0; i < panel->tree.n; i++)
        VC_TRY(make_table(panel, event, i, &units[i]));
    for (unsigned level = 0; level < panel->tree.n_levels; level++) {
        double over = over_dispersion(panel, units, level);
        for (size_t i = 0; i < panel->tree.n; i++)
            if (panel->tree.units[i].level == level && enough(&units[i]))
                VC_TRY(add_unit(checks, event, i, &units[i], over));
    }
out:
    return st;
}

vc_status vci_check_even_counts(vci_checks *checks) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    vc_status st = VC_OK;
    unit_table *units = NULL;
    if (checks->panel->frequency == VC_YEARLY) goto out;
    VC_NEW(units, checks->panel->tree.n);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (checks->panel->count[events[i]]) VC_TRY(check_event(checks, events[i], units));
out:
    vci_free(units);
    return st;
}
