#include "data/panel_copy_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

/* A copy of n numbers; NULL stays NULL. */
static vc_status copy_numbers(const double *from, size_t n, double **to) {
    vc_status st = VC_OK;
    *to = NULL;
    if (!from) goto out;
    VC_NEW(*to, n);
    memcpy(*to, from, n * sizeof **to);
out:
    return st;
}

static vc_status copy_tree(const vc_unit_tree *from, vc_unit_tree *to) {
    vc_status st = VC_OK;
    VC_NEW(to->units, from->n);
    for (to->n = 0; to->n < from->n; to->n++) {
        const vc_unit *unit = &from->units[to->n];
        vc_unit *copy = &to->units[to->n];
        *copy = *unit;
        copy->code = copy->name = copy->class_name = NULL;
        VC_COPY_TEXT(copy->code, unit->code);
        VC_COPY_TEXT(copy->name, unit->name);
        VC_COPY_TEXT(copy->class_name, unit->class_name);
    }
    VC_TRY(vci_unit_tree_arrange(to));
out:
    if (st != VC_OK && to->n < from->n) to->n++; /* the one that was begun is freed too */
    return st;
}

static vc_status copy_progress(const vc_progress *from, size_t cells, vc_progress *to) {
    vc_status st = VC_OK;
    to->kind = from->kind;
    VC_COPY_TEXT(to->indicator, from->indicator);
    VC_COPY_TEXT(to->department, from->department);
    VC_TRY(copy_numbers(from->numerator, cells, &to->numerator));
    VC_TRY(copy_numbers(from->denominator, cells, &to->denominator));
    VC_TRY(copy_numbers(from->sample_size, cells, &to->sample_size));
out:
    return st;
}

static vc_status copy_series(const vc_panel *from, size_t cells, vc_panel *to) {
    vc_status st = VC_OK;
    VC_NEW(to->progress, from->n_progress);
    to->n_progress = from->n_progress;
    for (size_t i = 0; i < from->n_progress; i++)
        VC_TRY(copy_progress(&from->progress[i], cells, &to->progress[i]));
    VC_NEW(to->values, from->n_values);
    to->n_values = from->n_values;
    for (size_t i = 0; i < from->n_values; i++) {
        VC_COPY_TEXT(to->values[i].indicator, from->values[i].indicator);
        VC_TRY(copy_numbers(from->values[i].value, cells, &to->values[i].value));
    }
out:
    return st;
}

static vc_status copy_indicators(const vc_panel *from, vc_panel *to) {
    vc_status st = VC_OK;
    VC_NEW(to->indicators, from->n_indicators);
    to->n_indicators = from->n_indicators;
    for (size_t i = 0; i < from->n_indicators; i++) {
        const vc_indicator *indicator = &from->indicators[i];
        vc_indicator *copy = &to->indicators[i];
        copy->declared = indicator->declared;
        copy->formula = indicator->formula;
        copy->cap = indicator->cap;
        copy->margin = indicator->margin;
        copy->line = indicator->line;
        copy->column = indicator->column;
        VC_COPY_TEXT(copy->name, indicator->name);
        VC_COPY_TEXT(copy->department, indicator->department);
        for (int l = 0; l < VC_LANGUAGES; l++)
            VC_COPY_TEXT(copy->label[l], indicator->label[l]);
    }
out:
    return st;
}

vc_status vci_panel_copy(const vc_panel *from, vc_panel *to) {
    vc_status st = VC_OK;
    size_t cells = from->tree.n * from->n_periods;
    *to = (vc_panel){.frequency = from->frequency,
                     .first = from->first,
                     .n_periods = from->n_periods,
                     .year_end_in_year = from->year_end_in_year,
                     .report_delay = from->report_delay,
                     .n_late = from->n_late,
                     .late_corrects = from->late_corrects};
    memcpy(to->late_mean, from->late_mean, sizeof to->late_mean);
    memcpy(to->late_sd, from->late_sd, sizeof to->late_sd);
    memcpy(to->late_removed, from->late_removed, sizeof to->late_removed);
    memcpy(to->digest, from->digest, sizeof to->digest);
    VC_TRY(copy_tree(&from->tree, &to->tree));
    for (int e = 0; e < VC_EVENTS; e++) {
        to->has[e] = from->has[e];
        VC_TRY(copy_numbers(from->count[e], cells, &to->count[e]));
    }
    VC_TRY(copy_numbers(from->population, cells, &to->population));
    if (from->status) {
        VC_NEW(to->status, cells);
        memcpy(to->status, from->status, cells);
    }
    if (from->starts) {
        VC_NEW(to->starts, from->tree.n);
        memcpy(to->starts, from->starts, from->tree.n * sizeof *to->starts);
    }
    VC_TRY(copy_series(from, cells, to));
    VC_TRY(copy_indicators(from, to));
    if (from->n_changes) {
        VC_NEW(to->changes, from->n_changes);
        memcpy(to->changes, from->changes, from->n_changes * sizeof *to->changes);
        to->n_changes = from->n_changes;
    }
    VC_COPY_TEXT(to->changes_file, from->changes_file);
out:
    return st;
}

/* --- masking ---------------------------------------------------------------------------
 */

static void mask(double *array, const vc_panel *panel, size_t known) {
    for (size_t u = 0; array && u < panel->tree.n; u++)
        for (size_t t = known; t < panel->n_periods; t++)
            array[u * panel->n_periods + t] = NAN;
}

void vci_panel_mask(vc_panel *panel, vc_period last) {
    size_t known = last < panel->first ? 0 : (size_t)(last - panel->first) + 1;
    for (int e = 0; e < VC_EVENTS; e++) mask(panel->count[e], panel, known);
    mask(panel->population, panel, known);
    for (size_t u = 0; panel->status && u < panel->tree.n; u++)
        for (size_t t = known; t < panel->n_periods; t++)
            panel->status[u * panel->n_periods + t] = VC_ABSENT;
    for (size_t u = 0; panel->starts && u < panel->tree.n; u++)
        if (panel->starts[u] > last) panel->starts[u] = VC_NO_PERIOD;
    for (size_t i = 0; i < panel->n_progress; i++) {
        mask(panel->progress[i].numerator, panel, known);
        mask(panel->progress[i].denominator, panel, known);
        mask(panel->progress[i].sample_size, panel, known);
    }
    for (size_t i = 0; i < panel->n_values; i++) mask(panel->values[i].value, panel, known);
}

/* --- comparing -------------------------------------------------------------------------
 */

/* An array of a panel's cells with the periods that it covers; NULL: nothing is known. */
typedef struct cells {
    const double *array;
    const vc_panel *panel;
} cells;

static double at(cells c, size_t unit, vc_period period) {
    vc_period t = period - c.panel->first;
    if (!c.array || t < 0 || t >= (vc_period)c.panel->n_periods) return NAN;
    return c.array[unit * c.panel->n_periods + (size_t)t];
}

static vc_period end_of(const vc_panel *panel) {
    return panel->first + (vc_period)panel->n_periods;
}

static bool same(const vc_panel *a, const double *x, const vc_panel *b, const double *y) {
    vc_period first = a->first < b->first ? a->first : b->first;
    vc_period end = end_of(a) > end_of(b) ? end_of(a) : end_of(b);
    for (size_t u = 0; (x || y) && u < a->tree.n; u++)
        for (vc_period p = first; p < end; p++) {
            double one = at((cells){x, a}, u, p), other = at((cells){y, b}, u, p);
            if (one != other && !(isnan(one) && isnan(other))) return false;
        }
    return true;
}

vc_status vci_panel_take_population(vc_panel *panel, const vc_panel *from) {
    vc_status st = VC_OK;
    double *population = NULL;
    if (from->population) {
        VC_TRY(vci_panel_array(panel, &population));
        for (size_t u = 0; u < panel->tree.n; u++)
            for (size_t t = 0; t < panel->n_periods; t++)
                population[u * panel->n_periods + t] =
                    at((cells){from->population, from}, u, panel->first + (vc_period)t);
    }
    vci_free(panel->population);
    panel->population = population;
out:
    return st;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool vci_unit_trees_same(const vc_unit_tree *a, const vc_unit_tree *b) {
    if (a->n != b->n) return false;
    for (size_t u = 0; u < a->n; u++) {
        const vc_unit *x = &a->units[u], *y = &b->units[u];
        if (strcmp(x->code, y->code) != 0 || x->parent != y->parent ||
            !same_text(x->class_name, y->class_name))
            return false;
    }
    return true;
}

bool vci_panel_same_indicators(const vc_panel *a, const vc_panel *b) {
    if (a->n_indicators != b->n_indicators) return false;
    for (size_t i = 0; i < a->n_indicators; i++) {
        const vc_indicator *x = &a->indicators[i], *y = &b->indicators[i];
        const vc_formula *f = &x->formula, *g = &y->formula;
        if (strcmp(x->name, y->name) != 0 || x->declared != y->declared ||
            x->cap != y->cap || f->kind != g->kind || f->plus != g->plus ||
            f->minus != g->minus || f->over != g->over || f->scale != g->scale)
            return false;
    }
    return true;
}

bool vci_panel_same_population(const vc_panel *a, const vc_panel *b) {
    return same(a, a->population, b, b->population);
}

static bool same_series(const vc_panel *a, const vc_panel *b) {
    if (a->n_progress != b->n_progress || a->n_values != b->n_values) return false;
    for (size_t i = 0; i < a->n_progress; i++) {
        const vc_progress *x = &a->progress[i], *y = &b->progress[i];
        if (x->kind != y->kind || strcmp(x->indicator, y->indicator) != 0 ||
            !same(a, x->numerator, b, y->numerator) ||
            !same(a, x->denominator, b, y->denominator) ||
            !same(a, x->sample_size, b, y->sample_size))
            return false;
    }
    for (size_t i = 0; i < a->n_values; i++)
        if (strcmp(a->values[i].indicator, b->values[i].indicator) != 0 ||
            !same(a, a->values[i].value, b, b->values[i].value))
            return false;
    return true;
}

bool vci_panel_same_figures(const vc_panel *a, const vc_panel *b) {
    for (int e = 0; e < VC_EVENTS; e++)
        if (!same(a, a->count[e], b, b->count[e])) return false;
    return same_series(a, b);
}
