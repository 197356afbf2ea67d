#include "cli/small_cell_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "vitalcast/role.h"

/*
 * A level at depth 2 or more whose median unit has fewer events a year than this many times
 * min_cell is taken to be below the township.
 */
#define TOWNSHIP_CELLS 5

#define EVENT(event) (1u << (event))
/* Births that are not in line with policy: no event of the panel's, but a count of people.
 */
#define OTHER_BIRTHS (1u << VC_EVENTS)

/*
 * The events that an indicator counts; 0 when it is not made of the panel's events. One sex
 * gives the other away beside the births, so that both count.
 */
static unsigned events_of(const vc_run *run, const char *indicator) {
    const unsigned sexes = EVENT(VC_BIRTHS_MALE) | EVENT(VC_BIRTHS_FEMALE);
    vc_indicator_kind kind = vc_run_indicator_kind(run, indicator);
    const vc_formula *f = vci_formula_find(&run->panel, indicator);
    if (!f || kind == VC_INDICATOR_VALUE || kind == VC_INDICATOR_PROGRESS) return 0;
    unsigned events = EVENT(f->plus);
    if (f->minus != VC_EVENTS) events |= EVENT(f->minus);
    if (f->over != VC_EVENTS) events |= EVENT(f->over);
    if (f->plus == VC_BIRTHS && f->minus == VC_BIRTHS_COMPLIANT) events |= OTHER_BIRTHS;
    return events & sexes ? (events | sexes) & ~EVENT(VC_BIRTHS) : events;
}

/* As far as it is known; NaN if nothing is. */
static double known_sum(const vc_panel *panel, int event, size_t unit, vc_period first,
                        vc_period last) {
    double sum = nan("");
    for (vc_period t = first; t <= last && panel->has[event]; t++) {
        if (t < panel->first || t - panel->first >= (vc_period)panel->n_periods) continue;
        double y =
            panel->count[event][unit * panel->n_periods + (size_t)(t - panel->first)];
        if (!isnan(y)) sum = (isnan(sum) ? 0 : sum) + y;
    }
    return sum;
}

/*
 * The fewest events of one kind of a unit from first to last, as far as they are known; NaN
 * if none is.
 */
static double fewest(const vc_run *run, unsigned events, size_t unit, vc_period first,
                     vc_period last) {
    double least = nan("");
    for (int e = 0; e < VC_EVENTS; e++) {
        if (!(events & EVENT(e))) continue;
        double sum = known_sum(&run->panel, e, unit, first, last);
        if (!isnan(sum) && !(least <= sum)) least = sum;
    }
    if (events & OTHER_BIRTHS)
        least =
            fmin(least, known_sum(&run->panel, VC_BIRTHS, unit, first, last) -
                            known_sum(&run->panel, VC_BIRTHS_COMPLIANT, unit, first, last));
    return least;
}

/* The periods whose events a cell shows. */
static vc_year cell_span(const vc_run *run, const vc_target *target, vci_cell cell) {
    vc_frequency frequency = run->panel.frequency;
    vc_period length = (vc_period)frequency;
    vc_year year = vc_target_window(target, frequency);
    vc_year span = {year.first, run->as_of < year.end ? run->as_of : year.end};
    switch (cell) {
    case VCI_CELL_CURRENT:
        span.first = span.end;
        break;
    case VCI_CELL_LAST_YEAR:
        span.first -= length;
        span.end -= length;
        break;
    case VCI_CELL_BOUND:
        span.first = year.first - length;
        span.end = year.end - length;
        break;
    case VCI_CELL_YEAR_END: /* itself when it is over, else as many periods up to now */
        span.end = run->as_of < year.end ? run->as_of : year.end;
        span.first = span.end - (year.end - year.first);
        break;
    case VCI_CELL_TO_DATE:
    case VCI_CELLS:
        break;
    }
    return span;
}

/* A mean tells of every unit that it is made of: the fewest events of any. */
static double class_events(const vc_run *run, const vc_result *result, unsigned events) {
    const vc_target *target = &run->targets.list[result->target];
    vc_year span = cell_span(run, target, VCI_CELL_YEAR_END);
    double least = nan("");
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_result *other = &run->results[r];
        if (!vc_target_peers(&run->panel.tree, result->unit, other->unit) ||
            !vc_target_same_figure(target, &run->targets.list[other->target]))
            continue;
        double n = fewest(run, events, other->unit, span.first, span.end);
        if (!(least <= n)) least = n;
    }
    return least;
}

static double cell_events(const vc_run *run, const vc_result *result, vci_cell cell) {
    const vc_target *target = &run->targets.list[result->target];
    unsigned events = events_of(run, target->indicator);
    bool declared = target->value.kind == VC_FIXED && (target->direction != VC_BETWEEN ||
                                                       target->value_high.kind == VC_FIXED);
    if (!events || (cell == VCI_CELL_BOUND && declared)) return nan("");
    if (cell == VCI_CELL_BOUND && vc_target_by_class(target))
        return class_events(run, result, events);
    vc_year span = cell_span(run, target, cell);
    return fewest(run, events, result->unit, span.first, span.end);
}

/* --- the township level -------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The first level below the township; n_levels if there is none. */
static vc_status find_villages(const vc_run *run, unsigned *first_hidden) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &run->panel.tree;
    vc_period from = run->as_of - (vc_period)run->panel.frequency + 1;
    unsigned events = run->panel.has[VC_BIRTHS] ? EVENT(VC_BIRTHS) : EVENT(VC_DEATHS);
    double *sums = NULL;
    VC_NEW(sums, tree->n);
    *first_hidden = tree->n_levels;
    for (unsigned level = 2; level<tree->n_levels && * first_hidden> level; level++) {
        size_t n = 0;
        for (size_t u = 0; u < tree->n; u++) {
            if (tree->units[u].level != level) continue;
            double sum = fewest(run, events, u, from, run->as_of);
            if (!isnan(sum)) sums[n++] = sum;
        }
        qsort(sums, n, sizeof *sums, by_size);
        if (n > 0 && sums[n / 2] < TOWNSHIP_CELLS * run->settings.min_cell)
            *first_hidden = level;
    }
out:
    vci_free(sums);
    return st;
}

/* The events that a role counts; 0 for series. */
static unsigned events_of_role(vc_role role) {
    static const unsigned events[VC_ROLES] = {
        [VC_ROLE_BIRTHS] = EVENT(VC_BIRTHS),
        [VC_ROLE_SEX] = EVENT(VC_BIRTHS_MALE) | EVENT(VC_BIRTHS_FEMALE),
        [VC_ROLE_DEATHS] = EVENT(VC_DEATHS),
        [VC_ROLE_COMPLIANCE] = EVENT(VC_BIRTHS) | EVENT(VC_BIRTHS_COMPLIANT),
        [VC_ROLE_ARRIVALS] = EVENT(VC_ARRIVALS),
        [VC_ROLE_DEPARTURES] = EVENT(VC_DEPARTURES),
    };
    return role < VC_ROLES ? events[role] : 0;
}

vc_status vci_small_units_find(const vc_run *run, const char *role, bool *hidden) {
    vc_status st = VC_OK;
    vc_period from = run->as_of - (vc_period)run->panel.frequency + 1;
    unsigned villages = 0;
    unsigned events = events_of_role(vc_role_find(role));
    if (!events) goto out;
    VC_TRY(find_villages(run, &villages));
    for (size_t u = 0; u < run->panel.tree.n; u++)
        hidden[u] = run->panel.tree.units[u].level >= villages ||
                    fewest(run, events, u, from, run->as_of) < run->settings.min_cell;
out:
    return st;
}

/*
 * --- complementary suppression ---------------------------------------------------------
 */

/*
 * Figures of one indicator over one span, by unit: 1 + a result that shows it, 0 where none
 * does. Several targets may show the same figure.
 */
typedef struct family {
    const vc_run *run;
    vci_small_cells *cells;
    vci_cell cell;
    size_t *of_unit; /* [n_units] */
} family;

static bool shown(const family *f, size_t unit) {
    size_t r = f->of_unit[unit];
    return r == 0 || f->cells->state[r - 1][f->cell] == VCI_SHOWN;
}

/*
 * A parent is the sum of its children. When exactly one of them all is left out, it could
 * be worked out from the rest: the smallest child that is shown is withheld too. Where a
 * child's figure is shown nowhere the sum is open anyway.
 */
static void protect(const family *f, size_t parent) {
    const vc_unit_tree *tree = &f->run->panel.tree;
    size_t n_hidden = shown(f, parent) ? 0 : 1, smallest = 0;
    double least = nan("");
    for (size_t i = tree->child_begin[parent]; i < tree->child_begin[parent + 1]; i++) {
        size_t child = tree->children[i], r = f->of_unit[child];
        if (r == 0) return;
        double events = cell_events(f->run, &f->run->results[r - 1], f->cell);
        if (!shown(f, child)) {
            n_hidden++;
        } else if (!(least <= events)) {
            least = events;
            smallest = r;
        }
    }
    if (n_hidden == 1 && smallest > 0)
        f->cells->state[smallest - 1][f->cell] = VCI_WITHHELD;
}

/* Do two names stand for the same events, counted or set against each other alike? */
static bool same_events(const vc_run *run, const char *a, const char *b) {
    unsigned events = events_of(run, a);
    if (strcmp(a, b) == 0) return true;
    if (!events || events != events_of(run, b)) return false;
    vc_indicator_kind x = vc_run_indicator_kind(run, a), y = vc_run_indicator_kind(run, b);
    bool ratio = x == VC_INDICATOR_RATIO || x == VC_INDICATOR_SHARE;
    return x == y || (ratio && (y == VC_INDICATOR_RATIO || y == VC_INDICATOR_SHARE));
}

static bool same_figure(const vc_run *run, size_t target, size_t other, vci_cell cell) {
    const vc_target *a = &run->targets.list[target], *b = &run->targets.list[other];
    vc_year x = cell_span(run, a, cell), y = cell_span(run, b, cell);
    return x.first == y.first && x.end == y.end &&
           same_events(run, a->indicator, b->indicator);
}

/* Protects the figures that a target shows in a cell, wherever else they are shown. */
static void protect_figure(const family *f, size_t target) {
    const vc_run *run = f->run;
    const vc_unit_tree *tree = &run->panel.tree;
    memset(f->of_unit, 0, tree->n * sizeof *f->of_unit);
    for (size_t r = 0; r < run->n_results; r++)
        if (same_figure(run, run->results[r].target, target, f->cell) &&
            !isnan(cell_events(run, &run->results[r], f->cell)))
            f->of_unit[run->results[r].unit] = r + 1;
    for (size_t i = 0; i < tree->n; i++) /* parents first: a withheld child may be one */
        if (!tree->units[tree->down[i]].leaf) protect(f, tree->down[i]);
    for (size_t r = 0; r < run->n_results; r++) {
        size_t unit = run->results[r].unit;
        if (same_figure(run, run->results[r].target, target, f->cell) && !shown(f, unit) &&
            f->cells->state[r][f->cell] == VCI_SHOWN)
            f->cells->state[r][f->cell] = VCI_WITHHELD;
    }
}

static void protect_all(family *f) {
    const vc_run *run = f->run;
    for (int cell = 0; cell < VCI_CELLS; cell++)
        for (size_t i = 0; i < run->targets.n; i++) {
            bool done = false;
            f->cell = (vci_cell)cell;
            for (size_t j = 0; j < i && !done; j++) done = same_figure(run, i, j, f->cell);
            if (!done) protect_figure(f, i);
        }
}

/*
 * --- parts of a year -------------------------------------------------------------------
 */

static bool is_part(const vc_run *run, const vc_target *target) {
    vc_year window = vc_target_window(target, run->panel.frequency);
    return window.end - window.first + 1 < (vc_period)run->panel.frequency;
}

/* Cells that show figures of this year; of last year. */
static const vci_cell this_year[] = {VCI_CELL_CURRENT, VCI_CELL_TO_DATE, VCI_CELL_YEAR_END};
static const vci_cell last_year[] = {VCI_CELL_LAST_YEAR, VCI_CELL_BOUND};

static bool any_hidden(const vci_small_cells *cells, size_t r, size_t n,
                       const vci_cell *kinds) {
    bool hidden = false;
    for (size_t i = 0; i < n; i++)
        hidden = hidden || cells->state[r][kinds[i]] != VCI_SHOWN;
    return hidden;
}

/*
 * Months add up to quarters and the year: what is left out of one of them could be worked
 * out from the others. Where a figure of a unit is hidden, all of its parts of a year are.
 */
static void protect_parts(const vc_run *run, vci_small_cells *cells, size_t n,
                          const vci_cell *kinds) {
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_result *part = &run->results[r];
        const vc_target *target = &run->targets.list[part->target];
        if (!events_of(run, target->indicator) || !is_part(run, target)) continue;
        bool hidden = false;
        for (size_t k = 0; k < run->n_results && !hidden; k++)
            hidden = run->results[k].unit == part->unit && any_hidden(cells, k, n, kinds) &&
                     strcmp(run->targets.list[run->results[k].target].indicator,
                            target->indicator) == 0;
        for (size_t i = 0; hidden && i < n; i++)
            if (cells->state[r][kinds[i]] == VCI_SHOWN &&
                !isnan(cell_events(run, part, kinds[i])))
                cells->state[r][kinds[i]] = VCI_WITHHELD;
    }
}

vc_status vci_small_cells_find(const vc_run *run, vci_small_cells *cells) {
    vc_status st = VC_OK;
    family f = {.run = run, .cells = cells};
    unsigned villages = 0;
    memset(cells, 0, sizeof *cells);
    VC_TRY(find_villages(run, &villages));
    VC_NEW(cells->state, run->n_results);
    VC_NEW(f.of_unit, run->panel.tree.n);
    cells->n = run->n_results;
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_result *result = &run->results[r];
        bool village = run->panel.tree.units[result->unit].level >= villages;
        for (int cell = 0; cell < VCI_CELLS; cell++) {
            double events = cell_events(run, result, (vci_cell)cell);
            if (village && !isnan(events))
                cells->state[r][cell] = VCI_WITHHELD;
            else if (events < run->settings.min_cell)
                cells->state[r][cell] = VCI_TOO_SMALL;
        }
    }
    protect_parts(run, cells, sizeof this_year / sizeof *this_year, this_year);
    protect_parts(run, cells, sizeof last_year / sizeof *last_year, last_year);
    protect_all(&f);
out:
    vci_free(f.of_unit);
    return st;
}

void vci_small_cells_free(vci_small_cells *cells) {
    vci_free(cells->state);
    memset(cells, 0, sizeof *cells);
}

bool vci_small_cells_any(const vci_small_cells *cells, size_t result) {
    for (int cell = 0; cell < VCI_CELLS; cell++)
        if (cells->state[result][cell] != VCI_SHOWN) return true;
    return false;
}

vci_cell_state vci_small_cells_both(const vci_small_cells *cells, size_t result,
                                    vci_cell one, vci_cell other) {
    vci_cell_state state = (vci_cell_state)cells->state[result][one];
    return state != VCI_SHOWN ? state : (vci_cell_state)cells->state[result][other];
}

vci_cell_state vci_small_cells_rest(const vc_run *run, const vci_small_cells *cells,
                                    size_t result) {
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    vc_year year = vc_target_window(target, run->panel.frequency);
    vci_cell_state state =
        vci_small_cells_both(cells, result, VCI_CELL_TO_DATE, VCI_CELL_BOUND);
    if (state != VCI_SHOWN || r->path_n == 0 || r->path_first > run->as_of) return state;
    if (fewest(run, events_of(run, target->indicator), r->unit, year.first,
               r->path_first - 1) < run->settings.min_cell)
        return VCI_TOO_SMALL;
    return (vci_cell_state)cells->state[result][VCI_CELL_CURRENT];
}
