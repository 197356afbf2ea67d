/* Targets against each other, and against the data once the as-of period is known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "data/target_internal.h"

#define MOST_NAMED 5

/* --- S06: bounds that exclude each other ---------------------------------------------- */

/* The targets of one indicator and window; the tightest bounds of each unit so far. */
typedef struct bounds {
    const vc_targets *targets;
    const vc_panel *panel;
    vc_findings *findings;
    size_t *low, *high; /* [n_units] target + 1 that bounds from below, from above */
    size_t told;        /* target + 1 whose contradiction was told last */
} bounds;

const vc_fraction *vci_target_low(const vc_target *target) {
    if (target->direction == VC_AT_MOST || target->value.kind != VC_FIXED) return NULL;
    return &target->value.value;
}

const vc_fraction *vci_target_high(const vc_target *target) {
    const vc_target_value *value =
        target->direction == VC_BETWEEN ? &target->value_high : &target->value;
    if (target->direction == VC_AT_LEAST || value->kind != VC_FIXED) return NULL;
    return &value->value;
}

static vc_status tell_contradiction(bounds *b, size_t at, size_t other, size_t unit) {
    const vc_target *target = &b->targets->list[at], *first = &b->targets->list[other];
    if (b->told == at + 1) return VC_OK;
    b->told = at + 1;
    return vci_finding_add(
        b->findings, VC_FAULT, "S06", (vci_place){b->targets->file, target->line, 0}, NULL,
        VCI_TEXT_TARGET_CONTRADICTION, vci_quote(target->id, strlen(target->id)).text,
        vci_quote(first->id, strlen(first->id)).text, first->line,
        vci_unit_label_of(&b->panel->tree, unit).text);
}

/* Tightens the bounds of a unit by a target. */
static vc_status bound_unit(bounds *b, size_t at, size_t unit) {
    vc_status st = VC_OK;
    const vc_target *list = b->targets->list;
    const vc_fraction *low = vci_target_low(&list[at]), *high = vci_target_high(&list[at]);
    size_t other_high = b->high[unit], other_low = b->low[unit];
    if (low && other_high &&
        vci_bounds_compare(*low, *vci_target_high(&list[other_high - 1])) > 0)
        VC_TRY(tell_contradiction(b, at, other_high - 1, unit));
    if (high && other_low &&
        vci_bounds_compare(*vci_target_low(&list[other_low - 1]), *high) > 0)
        VC_TRY(tell_contradiction(b, at, other_low - 1, unit));
    if (low &&
        (!other_low || vci_bounds_compare(*low, *vci_target_low(&list[other_low - 1])) > 0))
        b->low[unit] = at + 1;
    if (high && (!other_high ||
                 vci_bounds_compare(*high, *vci_target_high(&list[other_high - 1])) < 0))
        b->high[unit] = at + 1;
out:
    return st;
}

bool vci_target_whole(const vc_target *target) {
    return target->id && target->indicator && target->year_end != VC_NO_PERIOD &&
           (target->selector != VC_ONE_UNIT || target->unit != VC_NO_UNIT);
}

static int compare_keys(const void *a, const void *b, void *context) {
    const vc_target *list = context;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    int order = strcmp(list[i].indicator, list[k].indicator);
    if (order != 0) return order;
    if (list[i].year_end != list[k].year_end)
        return list[i].year_end < list[k].year_end ? -1 : 1;
    if (list[i].length != list[k].length) return list[i].length < list[k].length ? -1 : 1;
    if (list[i].deadline != list[k].deadline)
        return list[i].deadline < list[k].deadline ? -1 : 1;
    return (i > k) - (i < k);
}

static vc_status bound_all(bounds *b, size_t n, const size_t *order) {
    vc_status st = VC_OK;
    const vc_target *list = b->targets->list;
    const vc_unit_tree *tree = &b->panel->tree;
    for (size_t i = 0; i < n; i++) {
        const vc_target *target = &list[order[i]];
        if (i == 0 || !vc_target_same_figure(target, &list[order[i - 1]])) {
            memset(b->low, 0, tree->n * sizeof *b->low);
            memset(b->high, 0, tree->n * sizeof *b->high);
        }
        if (target->selector == VC_ONE_UNIT) {
            VC_TRY(bound_unit(b, order[i], target->unit));
            continue;
        }
        for (size_t unit = 0; unit < tree->n; unit++)
            if (vc_target_selects(target, tree, unit))
                VC_TRY(bound_unit(b, order[i], unit));
    }
out:
    return st;
}

vc_status vci_targets_compare(const vc_targets *targets, const vc_panel *panel,
                              vc_findings *findings) {
    vc_status st = VC_OK;
    size_t *order = NULL, n = 0;
    bounds b = {.targets = targets, .panel = panel, .findings = findings};
    VC_NEW(order, targets->n);
    VC_NEW(b.low, panel->tree.n);
    VC_NEW(b.high, panel->tree.n);
    for (size_t i = 0; i < targets->n; i++)
        if (vci_target_whole(&targets->list[i])) order[n++] = i;
    qsort_r(order, n, sizeof *order, compare_keys, targets->list);
    VC_TRY(bound_all(&b, n, order));
out:
    vci_free(order);
    vci_free(b.low);
    vci_free(b.high);
    return st;
}

/*
 * --- what depends on the as-of period --------------------------------------------------
 */

static bool known_at(const vc_panel *panel, const double *array, size_t unit,
                     vc_period period) {
    return period >= panel->first && period < panel->first + (vc_period)panel->n_periods &&
           !isnan(array[vci_panel_cell(panel, unit, period)]);
}

/* Every event of every period, and for a rate some population. */
static bool sums_known(const vc_panel *panel, const vc_formula *formula, size_t unit,
                       vc_year year) {
    const vc_event events[] = {formula->plus, formula->minus, formula->over};
    bool populated = formula->kind != VC_INDICATOR_RATE;
    for (vc_period period = year.first; period <= year.end; period++) {
        for (size_t i = 0; i < 3; i++)
            if (events[i] != VC_EVENTS &&
                !known_at(panel, panel->count[events[i]], unit, period))
                return false;
        populated = populated || known_at(panel, panel->population, unit, period);
    }
    return populated;
}

/* Is an indicator's figure of a window known? */
static bool figure_known(const vc_panel *panel, const char *indicator, size_t unit,
                         vc_year year) {
    vc_period end = year.end;
    const vc_formula *formula = vci_formula_find(panel, indicator);
    const char *plus, *minus;
    const vc_value_series *values = vci_values_named(panel, indicator);
    const vc_progress *progress = vci_progress_named(panel, indicator);
    if (vci_rates_behind(panel, indicator, &plus, &minus))
        return figure_known(panel, plus, unit, year) &&
               figure_known(panel, minus, unit, year);
    if (values) return known_at(panel, values->value, unit, end);
    if (progress)
        return known_at(panel, progress->numerator, unit, end) &&
               (progress->kind == VC_SURVEY ||
                known_at(panel, progress->denominator, unit, end));
    return formula && vci_formula_formed(formula, panel) &&
           sums_known(panel, formula, unit, year);
}

static bool needs_previous(const vc_target *target) {
    return target->value.kind == VC_PREVIOUS_YEAR ||
           (target->direction == VC_BETWEEN && target->value_high.kind == VC_PREVIOUS_YEAR);
}

/* Units whose figure of last year is not known, the first few by name. */
static vc_status check_previous(const vc_target *target, const char *file,
                                const vc_panel *panel, vc_period as_of,
                                vc_findings *findings) {
    const vc_unit_tree *tree = &panel->tree;
    vc_period year = (vc_period)panel->frequency;
    vc_year window = vc_target_window(target, panel->frequency);
    vc_year before = {window.first - year, window.end - year};
    char names[MOST_NAMED * (sizeof(vci_unit_label) + 3) + 8] = "";
    char *at = names;
    size_t n = 0;
    for (size_t unit = 0; unit < tree->n; unit++) {
        if (!vc_target_selects(target, tree, unit)) continue;
        if (before.end <= as_of && figure_known(panel, target->indicator, unit, before))
            continue;
        if (n < MOST_NAMED)
            at = stpcpy(stpcpy(at, n > 0 ? vci_list_separator(findings->language) : ""),
                        vci_unit_label_of(tree, unit).text);
        else if (n == MOST_NAMED)
            at = stpcpy(stpcpy(at, vci_list_separator(findings->language)), "…");
        n++;
    }
    if (n == 0) return VC_OK;
    return vci_finding_add(
        findings, VC_WARNING, "M10", (vci_place){file, target->line, 0}, NULL,
        VCI_TEXT_TARGET_NO_PREVIOUS, vci_quote(target->id, strlen(target->id)).text,
        vci_period_label_of(before.end, panel->frequency).text, n, names);
}

/* A month or quarter of the last twelve that is over is a result like any other. */
static vc_status check_past(const vc_target *target, const char *file,
                            const vc_panel *panel, vc_period as_of, vc_findings *findings) {
    vc_period year = (vc_period)panel->frequency;
    bool part = target->length > 0 && target->length < year;
    if (target->year_end >= as_of || (part && target->year_end > as_of - year))
        return VC_OK;
    vci_period_label end = vci_period_label_of(target->year_end, panel->frequency);
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_TARGET_PAST_REMEDY, end.text);
    return vci_finding_add(findings, VC_FAULT, "S04", (vci_place){file, target->line, 0},
                           remedy.text, VCI_TEXT_TARGET_PAST,
                           vci_quote(target->id, strlen(target->id)).text, end.text,
                           vci_period_label_of(as_of, panel->frequency).text);
}

/* Records after the as-of period (M02), or none up to it (M10). */
static vc_status check_as_of(const vc_panel *panel, vc_period as_of,
                             vc_findings *findings) {
    vc_period last = vc_panel_last(panel);
    vci_period_label end = vci_period_label_of(as_of, panel->frequency);
    vci_place place = {NULL, 0, 0};
    size_t n_later = 0;
    if (last == VC_NO_PERIOD || last == as_of) return VC_OK;
    vci_period_label last_label = vci_period_label_of(last, panel->frequency);
    if (last < as_of)
        return vci_finding_add(findings, VC_WARNING, "M10", place, NULL,
                               VCI_TEXT_TARGET_NOT_COVERED, last_label.text, end.text);
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        for (vc_period period = as_of + 1; period <= last; period++) {
            if (panel->status[vci_panel_cell(panel, unit, period)] != VC_ABSENT) n_later++;
            for (size_t i = 0; i < panel->n_progress; i++)
                n_later += known_at(panel, panel->progress[i].numerator, unit, period);
            for (size_t i = 0; i < panel->n_values; i++)
                n_later += known_at(panel, panel->values[i].value, unit, period);
        }
    return vci_finding_add(findings, VC_WARNING, "M02", place, NULL, VCI_TEXT_TARGET_LATER,
                           n_later, end.text, last_label.text);
}

vc_status vc_targets_check(const vc_targets *targets, const vc_panel *panel,
                           vc_period as_of, vc_findings *findings) {
    vc_status st = VC_OK;
    size_t n_before = findings->n_faults;
    VC_REQUIRE(as_of >= panel->first, "as-of lies before the first period of the panel");
    VC_TRY(check_as_of(panel, as_of, findings));
    VC_TRY(vci_history_check(panel, as_of, findings));
    for (size_t i = 0; i < targets->n; i++) {
        const vc_target *target = &targets->list[i];
        VC_TRY(check_past(target, targets->file, panel, as_of, findings));
        if (needs_previous(target))
            VC_TRY(check_previous(target, targets->file, panel, as_of, findings));
    }
    if (findings->n_faults > n_before)
        VC_FAIL(VC_BAD_INPUT, "%zu", findings->n_faults - n_before);
out:
    return st;
}
