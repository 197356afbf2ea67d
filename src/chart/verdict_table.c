/* Rows and columns of the verdict map. */
#include <math.h>

#include "chart/verdict_internal.h"
#include "core/memory_internal.h"

static const vc_target *target_of(const vc_run *run, size_t result) {
    return &run->targets.list[run->results[result].target];
}

static bool same_fraction(vc_fraction a, vc_fraction b) {
    return a.num == b.num && a.den == b.den;
}

static bool same_value(const vc_target_value *a, const vc_target_value *b) {
    if (a->kind != b->kind) return false;
    if (a->kind == VC_FIXED) return same_fraction(a->value, b->value);
    return same_fraction(a->factor, b->factor) && same_fraction(a->summand, b->summand);
}

bool vci_targets_say_the_same(const vc_target *a, const vc_target *b) {
    return !strcmp(a->indicator, b->indicator) && a->direction == b->direction &&
           a->decimals == b->decimals && same_value(&a->value, &b->value) &&
           (a->direction != VC_BETWEEN || same_value(&a->value_high, &b->value_high));
}

/* Takes the rows below the first level away where there are too many. */
static void leave_out(const vc_run *run, vci_verdict_map *v, size_t *row_of) {
    const vc_unit_tree *tree = &run->panel.tree;
    size_t n_above = 0, n_below = 0;
    for (size_t u = 0; u < tree->n; u++)
        if (row_of[u] != VCI_NO_RESULT)
            (*(tree->units[u].level > 1 ? &n_below : &n_above))++;
    if (n_above == 0 || n_above + n_below <= VCI_VERDICT_ROWS) return;
    for (size_t u = 0; u < tree->n; u++)
        if (tree->units[u].level > 1) row_of[u] = VCI_NO_RESULT;
    v->n_left_out = n_below;
}

/* Those of months, quarters or several years have no place under the heading of a year. */
static bool is_of(const vc_run *run, size_t result, vc_period year_end) {
    const vc_target *target = target_of(run, result);
    return target->year_end == year_end && target->length == 0;
}

static vc_status collect_rows(const vc_run *run, vc_period year_end, vci_verdict_map *v,
                              size_t *row_of) {
    vc_status st = VC_OK;
    size_t n_units = run->panel.tree.n;
    VC_NEW(v->unit, n_units);
    for (size_t u = 0; u < n_units; u++) row_of[u] = VCI_NO_RESULT;
    for (size_t r = 0; r < run->n_results; r++)
        if (is_of(run, r, year_end)) row_of[run->results[r].unit] = 0;
    leave_out(run, v, row_of);
    for (size_t u = 0; u < n_units; u++)
        if (row_of[u] != VCI_NO_RESULT) {
            row_of[u] = v->n_rows;
            v->unit[v->n_rows++] = u;
        }
out:
    return st;
}

/* The column in which a result has its place; a new one if there is none. */
static size_t find_column(const vc_run *run, vci_verdict_map *v, size_t result,
                          size_t row) {
    const vc_target *target = target_of(run, result);
    size_t c = 0;
    while (c < v->n_columns &&
           (!vci_targets_say_the_same(target, &run->targets.list[v->target[c]]) ||
            v->result[row * run->targets.n + c] != VCI_NO_RESULT))
        c++;
    if (c == v->n_columns) {
        v->target[c] = run->results[result].target;
        v->validated[c] = true;
        v->n_columns++;
    }
    return c;
}

static void place_results(const vc_run *run, vc_period year_end, vci_verdict_map *v,
                          const size_t *row_of) {
    for (size_t i = 0; i < v->n_rows * run->targets.n; i++) v->result[i] = VCI_NO_RESULT;
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_result *result = &run->results[r];
        size_t row = row_of[result->unit];
        if (!is_of(run, r, year_end) || row == VCI_NO_RESULT) continue;
        size_t column = find_column(run, v, r, row);
        v->result[row * run->targets.n + column] = r;
        if (isnan(result->p_met)) continue;
        v->validated[column] = v->validated[column] && result->validated;
        v->n_assessed++;
        v->n_likely += result->p_met > 0.5;
    }
    /* From as many columns as there are targets to those that were filled. */
    for (size_t row = 0; row < v->n_rows; row++)
        for (size_t c = 0; c < v->n_columns; c++)
            v->result[row * v->n_columns + c] = v->result[row * run->targets.n + c];
}

vc_status vci_verdict_map_collect(const vc_run *run, vc_period year_end,
                                  vci_verdict_map *v) {
    vc_status st = VC_OK;
    size_t *row_of = NULL;
    *v = (vci_verdict_map){0};
    VC_NEW(row_of, run->panel.tree.n);
    VC_TRY(collect_rows(run, year_end, v, row_of));
    VC_NEW(v->target, run->targets.n);
    VC_NEW(v->validated, run->targets.n);
    VC_NEW(v->result, v->n_rows * run->targets.n);
    place_results(run, year_end, v, row_of);
out:
    vci_free(row_of);
    return st;
}

void vci_verdict_map_free(vci_verdict_map *v) {
    vci_free(v->unit);
    vci_free(v->target);
    vci_free(v->result);
    vci_free(v->validated);
    *v = (vci_verdict_map){0};
}
