/*
 * Sex ratios at birth that differ less than chance makes them differ: of a unit's periods,
 * and of the years of the units below a parent. Given the births, males are binomial (in
 * honest data nothing more can be told: STATISTICS.md), so that given their total as well
 * the table males, females is hypergeometric.
 */
#include <math.h>

#include "core/memory_internal.h"
#include "quality/checks_internal.h"
#include "quality/contingency_internal.h"

/* Births in a column on average at least, and chi-square degrees of freedom. */
#define LEAST_MEAN 2
#define LEAST_FREEDOM 9

/* Columns of a table with two rows, males and females, on its way. */
typedef struct sexes {
    size_t n, room;
    double *counts; /* [2][room], then [2][n] */
    size_t first, last;
} sexes;

static void add_column(sexes *s, double males, double females, size_t first, size_t last) {
    if (!(males + females > 0)) return;
    if (s->n == 0 || first < s->first) s->first = first;
    if (s->n == 0 || last > s->last) s->last = last;
    s->counts[s->n] = males;
    s->counts[s->room + s->n++] = females;
}

static vc_status add_check(vci_checks *checks, vc_quality_kind kind, size_t unit,
                           sexes *s) {
    for (size_t i = 0; i < s->n; i++) s->counts[s->n + i] = s->counts[s->room + i];
    vci_contingency table = vci_contingency_make(2, s->n, s->counts);
    double births = vci_check_sum(2 * s->n, s->counts);
    if (table.mean < LEAST_FREEDOM || births < LEAST_MEAN * (double)s->n) return VC_OK;
    vc_quality_check check = {.kind = kind,
                              .unit = unit,
                              .event = VC_EVENTS,
                              .first = vci_check_period(checks->panel, s->first),
                              .last = vci_check_period(checks->panel, s->last),
                              .n = s->n,
                              .limit = NAN,
                              .seen = table.chi_square / table.mean,
                              .expected = 1,
                              .low = vci_contingency_quantile(&table, 1, 0.025),
                              .high = vci_contingency_quantile(&table, 1, 0.975),
                              .p = vci_contingency_lower(&table, 1)};
    return vci_check_add(checks, &check);
}

static vc_status check_periods(vci_checks *checks, size_t unit, sexes *s) {
    const vc_panel *panel = checks->panel;
    const double *males = vci_check_series(panel, VC_BIRTHS_MALE, unit);
    const double *females = vci_check_series(panel, VC_BIRTHS_FEMALE, unit);
    s->n = 0;
    for (size_t t = 0; t < panel->n_periods; t++) add_column(s, males[t], females[t], t, t);
    return add_check(checks, VC_QUALITY_EVEN_SEX_RATIO, unit, s);
}

static vc_status check_children(vci_checks *checks, size_t unit, sexes *s) {
    const vc_panel *panel = checks->panel;
    const vc_unit_tree *tree = &panel->tree;
    size_t f = (size_t)panel->frequency;
    s->n = 0;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++)
        for (size_t b = 0; b < vci_check_years(panel); b++) {
            size_t child = tree->children[k], at = vci_check_year(panel, b);
            add_column(
                s, vci_check_sum(f, vci_check_series(panel, VC_BIRTHS_MALE, child) + at),
                vci_check_sum(f, vci_check_series(panel, VC_BIRTHS_FEMALE, child) + at), at,
                at + f - 1);
        }
    return add_check(checks, VC_QUALITY_EVEN_UNIT_RATIOS, unit, s);
}

vc_status vci_check_even_ratios(vci_checks *checks) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    size_t n = panel->tree.n;
    sexes s = {.room = n * vci_check_years(panel) + panel->n_periods};
    if (!panel->count[VC_BIRTHS_MALE] || !panel->count[VC_BIRTHS_FEMALE]) goto out;
    VC_NEW(s.counts, 2 * s.room);
    for (size_t unit = 0; unit < n; unit++) VC_TRY(check_periods(checks, unit, &s));
    for (size_t unit = 0; unit < n; unit++) VC_TRY(check_children(checks, unit, &s));
out:
    vci_free(s.counts);
    return st;
}
