/* Parents are the sums of their children; what was given for them is compared, not used. */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

typedef struct adder {
    vci_panel_reader *reader;
    const uint32_t *row_at;
    size_t n_equal;    /* figures of parents that agree with the sum */
    size_t equal_cell; /* the first of these */
} adder;

bool vci_unit_there(const vc_panel *panel, size_t unit, vc_period period) {
    const vc_unit_tree *tree = &panel->tree;
    const vc_unit *u = &tree->units[unit];
    if (panel->starts[unit] == VC_NO_PERIOD || panel->starts[unit] > period) return false;
    if (u->leaf) return u->valid_to == VC_NO_PERIOD || period <= u->valid_to;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++)
        if (vci_unit_there(panel, tree->children[k], period)) return true;
    return false;
}

/* The children that are there; NaN if one of them is missing or none is there. */
static double sum_at(const vc_panel *panel, const double *count, size_t unit, size_t t) {
    const vc_unit_tree *tree = &panel->tree;
    double sum = 0;
    bool any = false;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++) {
        size_t child = tree->children[k];
        if (!vci_unit_there(panel, child, panel->first + (vc_period)t)) continue;
        sum += count[child * panel->n_periods + t];
        any = true;
    }
    return any ? sum : (double)NAN;
}

static vci_place place_of(const adder *a, size_t cell) {
    const vci_source *source = &a->reader->monthly;
    if (a->row_at[cell] == 0) return (vci_place){source->table.file, 0, 0};
    return vci_cell_place(&source->table, vci_row_unit_cell(source, a->row_at[cell] - 1));
}

static vc_status tell_difference(adder *a, vc_event event, size_t unit, size_t t,
                                 double given, double sum) {
    const vc_panel *panel = a->reader->panel;
    vc_findings *findings = a->reader->findings;
    return vci_finding_add(
        findings, VC_FAULT, "U05", place_of(a, unit * panel->n_periods + t),
        vci_text_get(VCI_TEXT_PANEL_PARENT_REMEDY, findings->language),
        VCI_TEXT_PANEL_PARENT_DIFFERS, vci_unit_label_of(&panel->tree, unit).text,
        vci_period_label_of(panel->first + (vc_period)t, panel->frequency).text,
        vci_column_word(vci_event_column(event), findings->language), given, sum,
        given - sum);
}

/* Compares what was given with the sums, then puts the sums in its place. */
static vc_status add_event(adder *a, vc_event event, size_t unit, size_t *n_unused,
                           size_t *unused_cell) {
    vc_status st = VC_OK;
    vc_panel *panel = a->reader->panel;
    double *own = panel->count[event] + unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = unit * panel->n_periods + t;
        double given = own[t];
        own[t] = sum_at(panel, panel->count[event], unit, t);
        if (isnan(given)) continue;
        if (isnan(own[t])) {
            if ((*n_unused)++ == 0) *unused_cell = cell;
        } else if (given == own[t]) {
            if (a->n_equal++ == 0) a->equal_cell = cell;
        } else {
            VC_TRY(tell_difference(a, event, unit, t, given, own[t]));
        }
    }
out:
    return st;
}

static vc_status tell_unused(adder *a, size_t unit, size_t n_unused, size_t cell) {
    const vc_panel *panel = a->reader->panel;
    vci_unit_label label = vci_unit_label_of(&panel->tree, unit);
    if (n_unused == 0) return VC_OK;
    if (panel->starts[unit] == VC_NO_PERIOD)
        return vci_finding_add(
            a->reader->findings, VC_FAULT, "U05", place_of(a, cell),
            vci_text_get(VCI_TEXT_PANEL_NO_CHILDREN_REMEDY, a->reader->findings->language),
            VCI_TEXT_PANEL_NO_CHILDREN, label.text);
    return vci_finding_add(a->reader->findings, VC_WARNING, "U05", place_of(a, cell), NULL,
                           VCI_TEXT_PANEL_PARENT_UNUSED, n_unused, label.text);
}

double vci_panel_population_sum(const vc_panel *panel, size_t unit, size_t t) {
    const vc_unit_tree *tree = &panel->tree;
    double sum = 0;
    bool any = false;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++) {
        size_t child = tree->children[k];
        double population = panel->population[child * panel->n_periods + t];
        if (isnan(population) && !vci_unit_there(panel, child, panel->first + (vc_period)t))
            continue;
        sum += population;
        any = true;
    }
    return any ? sum : (double)NAN;
}

/* Own population where given, else that of all children that are there. */
static void add_population(vc_panel *panel, size_t unit) {
    double *own = panel->population + unit * panel->n_periods;
    for (size_t t = 0; t < panel->n_periods; t++)
        if (isnan(own[t])) own[t] = vci_panel_population_sum(panel, unit, t);
}

/* A parent starts with its first child. */
static void set_start(vc_panel *panel, size_t unit) {
    const vc_unit_tree *tree = &panel->tree;
    vc_period start = VC_NO_PERIOD;
    for (size_t k = tree->child_begin[unit]; k < tree->child_begin[unit + 1]; k++) {
        vc_period child = panel->starts[tree->children[k]];
        if (child != VC_NO_PERIOD && (start == VC_NO_PERIOD || child < start))
            start = child;
    }
    panel->starts[unit] = start;
    for (size_t t = 0; t < panel->n_periods; t++)
        panel->status[unit * panel->n_periods + t] = VC_ABSENT;
}

static vc_status add_unit(adder *a, size_t unit) {
    vc_status st = VC_OK;
    vc_panel *panel = a->reader->panel;
    size_t n_unused = 0, unused_cell = 0;
    set_start(panel, unit);
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (panel->count[event])
            VC_TRY(add_event(a, (vc_event)event, unit, &n_unused, &unused_cell));
    if (panel->population) add_population(panel, unit);
    VC_TRY(tell_unused(a, unit, n_unused, unused_cell));
out:
    return st;
}

void vci_panel_sum_up(vc_panel *panel) {
    const vc_unit_tree *tree = &panel->tree;
    for (size_t i = tree->n; i-- > 0;) {
        size_t unit = tree->down[i];
        if (tree->units[unit].leaf) continue;
        set_start(panel, unit);
        for (size_t event = 0; event < VC_EVENTS; event++)
            for (size_t t = 0; panel->count[event] && t < panel->n_periods; t++)
                panel->count[event][unit * panel->n_periods + t] =
                    sum_at(panel, panel->count[event], unit, t);
    }
}

vc_status vci_sums_fill(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &reader->panel->tree;
    adder a = {.reader = reader, .row_at = row_at};
    for (size_t i = tree->n; i-- > 0;)
        if (!tree->units[tree->down[i]].leaf) VC_TRY(add_unit(&a, tree->down[i]));
    if (a.n_equal > 0)
        VC_TRY(vci_finding_add(reader->findings, VC_INFO, "U05", place_of(&a, a.equal_cell),
                               NULL, VCI_TEXT_PANEL_PARENT_EQUAL, a.n_equal));
out:
    return st;
}
