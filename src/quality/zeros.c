/*
 * Periods without any event where some are to be expected. Given a unit's year and the
 * periods of its parent, honest events are drawn from the parent's at random: the law of
 * the number of empty periods is exact, years add up as independent. Zeros where seven are
 * usual were told by the reading of the tables (C08) and, unless final, are missing here.
 */
#include <math.h>

#include "quality/checks_internal.h"
#include "quality/empty_internal.h"
#include "quality/sum_law_internal.h"

/*
 * Above so many events in a year an empty period is left to C08; its law would cost more
 * than it tells.
 */
#define MOST_EVENTS 84

typedef struct zeros {
    vci_sum_law law;
    size_t seen, n, first;
} zeros;

static vc_status add_year(const vc_panel *panel, size_t at, const double *own,
                          const double *all, zeros *z) {
    vc_status st = VC_OK;
    size_t f = (size_t)panel->frequency;
    double p[VCI_EMPTY_MOST + 1];
    double taken = vci_check_sum(f, own + at), total = vci_check_sum(f, all + at);
    if (!(taken > 0 && taken <= MOST_EVENTS && total > taken)) goto out;
    vci_empty_law(f, all + at, taken, p);
    VC_TRY(vci_sum_law_add(&z->law, f, p));
    for (size_t t = at; t < at + f; t++) z->seen += own[t] == 0;
    z->n += f;
    z->first = at;
out:
    return st;
}

static vc_status check_unit(vci_checks *checks, vc_event event, size_t unit, zeros *z) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    size_t parent = panel->tree.units[unit].parent;
    z->seen = z->n = 0;
    VC_TRY(vci_sum_law_start(&z->law));
    for (size_t b = 0; b < vci_check_years(panel); b++)
        VC_TRY(add_year(panel, vci_check_year(panel, b),
                        vci_check_series(panel, event, unit),
                        vci_check_series(panel, event, parent), z));
    if (z->n == 0) goto out;
    vc_quality_check check = {.kind = VC_QUALITY_ZEROS,
                              .unit = unit,
                              .event = event,
                              .first = vci_check_period(panel, z->first),
                              .last = vci_check_period(panel, panel->n_periods - 1),
                              .n = z->n,
                              .limit = NAN,
                              .seen = (double)z->seen,
                              .expected = vci_sum_law_mean(&z->law),
                              .low = vci_sum_law_quantile(&z->law, 0.025),
                              .high = vci_sum_law_quantile(&z->law, 0.975),
                              .p = vci_sum_law_above(&z->law, z->seen)};
    VC_TRY(vci_check_add(checks, &check));
out:
    return st;
}

vc_status vci_check_zeros(vci_checks *checks) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &checks->panel->tree;
    zeros z = {0};
    if (checks->panel->frequency == VC_YEARLY) goto out;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        for (size_t k = 0; checks->panel->count[events[i]] && k < tree->n_leaves; k++)
            if (tree->units[tree->leaves[k]].parent != VC_NO_UNIT)
                VC_TRY(check_unit(checks, events[i], tree->leaves[k], &z));
out:
    vci_sum_law_free(&z.law);
    return st;
}
