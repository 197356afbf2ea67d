/* Rows of a caterpillar chart: which units, in which order, marked as what. */
#include <math.h>
#include <stdlib.h>

#include "chart/axis_internal.h"
#include "chart/caterpillar_internal.h"
#include "chart/verdict_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/grade.h"

static bool may_be_told(const vc_suppression *s, size_t r, bool relative) {
    return vc_suppression_forecast(s, r) == VC_MARK_SHOWN &&
           (!relative || vc_suppression_bound(s, r) == VC_MARK_SHOWN);
}

/* 1: all of low .. high is on the target's right side, -1: on the wrong one, 0: neither. */
static int side_of(vc_direction direction, const vci_interval *row) {
    double low = row->quantile[VC_Q10], high = row->quantile[VC_Q90];
    bool above = low > row->bound, below = high < row->bound;
    if (isnan(row->bound) || isnan(low)) return 0;
    switch (direction) {
    case VC_AT_MOST:
        return high <= row->bound ? 1 : above ? -1 : 0;
    case VC_AT_LEAST:
        return low >= row->bound ? 1 : below ? -1 : 0;
    case VC_BETWEEN:
        break;
    }
    if (below || low > row->bound_high) return -1;
    return low >= row->bound && high <= row->bound_high ? 1 : 0;
}

/* Services have no grade, and a year that is over has nothing to decide. */
static vc_grade grade_of(const vci_caterpillar *c, const vci_interval *row) {
    vc_grade grade = {.level = VC_GRADE_NONE};
    const vc_result *result = &c->run->results[row->result];
    if (!isnan(result->p_met) && !vci_result_is_known(c->run, result))
        (void)vc_run_grade(c->run, result, &grade); /* false: the level says so too */
    return grade;
}

/* What chance explains is neither right nor wrong. */
static vci_interval_mark mark_of(const vci_caterpillar *c, const vci_interval *row,
                                 const vc_grade *grade) {
    const vc_result *result = &c->run->results[row->result];
    int side = side_of(c->run->targets.list[result->target].direction, row);
    if (grade->level == VC_GRADE_NONE) return VCI_INTERVAL_OPEN;
    if (!vc_grade_coloured(grade))
        return row->undecidable ? VCI_INTERVAL_SMALL : VCI_INTERVAL_OPEN;
    return side > 0   ? VCI_INTERVAL_RIGHT
           : side < 0 ? VCI_INTERVAL_WRONG
                      : VCI_INTERVAL_OPEN;
}

static void fill_row(const vci_caterpillar *c, const vc_suppression *suppression,
                     vci_interval *row) {
    const vc_result *result = &c->run->results[row->result];
    bool bound_told = vc_suppression_bound(suppression, row->result) == VC_MARK_SHOWN;
    double scale = c->relative ? 100 / result->bound : 1;
    row->bound = bound_told ? scale * result->bound : (double)NAN;
    row->bound_high = bound_told ? scale * result->bound_high : (double)NAN;
    for (size_t q = 0; q < VC_QUANTILES; q++)
        row->quantile[q] = scale * result->quantile[q];
    vc_grade grade = grade_of(c, row);
    row->undecidable = grade.level == VC_GRADE_NOT_DECIDABLE;
    row->mark = isnan(result->p_met) || !isfinite(row->quantile[VC_MEDIAN])
                    ? VCI_INTERVAL_NOTHING
                    : mark_of(c, row, &grade);
    if (may_be_told(suppression, row->result, c->relative)) return;
    row->mark = VCI_INTERVAL_HIDDEN;
    for (size_t q = 0; q < VC_QUANTILES; q++) row->quantile[q] = (double)NAN;
}

/* --- order --------------------------------------------------------------------------- */

static bool is_drawn(const vci_interval *row) {
    return row->mark != VCI_INTERVAL_HIDDEN && row->mark != VCI_INTERVAL_NOTHING;
}

/* Hidden rows stand in unit order: any other would tell about their figures. */
static int by_order(const void *a, const void *b, void *context) {
    const vci_interval *x = a, *y = b;
    const vci_caterpillar *c = context;
    size_t unit_x = c->run->results[x->result].unit,
           unit_y = c->run->results[y->result].unit;
    const vc_unit *units = c->run->panel.tree.units;
    if (units[unit_x].level != units[unit_y].level)
        return units[unit_x].level < units[unit_y].level ? -1 : 1;
    if (is_drawn(x) != is_drawn(y)) return is_drawn(x) ? -1 : 1;
    double difference = x->quantile[VC_MEDIAN] - y->quantile[VC_MEDIAN];
    if (c->target->direction == VC_AT_LEAST) difference = -difference;
    if (is_drawn(x) && difference != 0) return difference < 0 ? -1 : 1;
    return unit_x < unit_y ? -1 : 1;
}

/* --- all of it ----------------------------------------------------------------------- */

static bool belongs(const vc_run *run, const vc_target *target, size_t r) {
    const vc_target *other = &run->targets.list[run->results[r].target];
    return vc_target_same_term(target, other) && vci_targets_say_the_same(target, other);
}

static void sum_up(vci_caterpillar *c) {
    c->low = c->high = (double)NAN;
    c->one_bound = true;
    c->shown_bound = c->n > 0 ? c->rows[0].bound : (double)NAN;
    bool whole = c->relative && c->target->direction != VC_BETWEEN;
    for (size_t i = 0; i < c->n; i++) {
        const vci_interval *row = &c->rows[i];
        double p = c->run->results[row->result].p_met;
        c->n_assessed += isnan(p) ? 0 : 1;
        c->n_likely += p > 0.5;
        c->n_undecidable += row->undecidable;
        c->n_small += row->mark == VCI_INTERVAL_SMALL;
        c->n_hidden += row->mark == VCI_INTERVAL_HIDDEN;
        if (row->bound != c->shown_bound) c->one_bound = false; /* NaN: not the same */
        if (!is_drawn(row)) continue;
        vci_range_widen(row->quantile[VC_Q025], &c->low, &c->high);
        vci_range_widen(row->quantile[VC_Q975], &c->low, &c->high);
        vci_range_widen(row->bound, &c->low, &c->high);
        vci_range_widen(row->bound_high, &c->low, &c->high);
    }
    if (!whole) return;
    c->one_bound = true; /* whatever the target is: all of it */
    c->shown_bound = 100;
}

vc_status vci_caterpillar_collect(const vc_run *run, size_t result,
                                  const vc_suppression *suppression, vci_caterpillar *c) {
    vc_status st = VC_OK;
    *c = (vci_caterpillar){.run = run};
    VC_REQUIRE(result < run->n_results, "result %zu of %zu", result, run->n_results);
    c->target = &run->targets.list[run->results[result].target];
    c->relative = vc_run_indicator_kind(run, c->target->indicator) == VC_INDICATOR_COUNT;
    VC_NEW(c->rows, run->n_results);
    for (size_t r = 0; r < run->n_results; r++) {
        if (!belongs(run, c->target, r)) continue;
        c->rows[c->n].result = r;
        fill_row(c, suppression, &c->rows[c->n++]);
    }
    qsort_r(c->rows, c->n, sizeof *c->rows, by_order, c);
    sum_up(c);
out:
    return st;
}

void vci_caterpillar_free(vci_caterpillar *c) {
    vci_free(c->rows);
    *c = (vci_caterpillar){.run = NULL};
}
