#include "vitalcast/panel.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/workspace_internal.h"

const char *vc_event_name(vc_event event) {
    static const char *const names[] = {
#define X(name, column) column,
        VC_EVENT_LIST(X)
#undef X
    };
    return (unsigned)event < VC_EVENTS ? names[event] : "";
}

void vc_panel_free(vc_panel *panel) {
    if (!panel) return;
    for (size_t event = 0; event < VC_EVENTS; event++) vci_free(panel->count[event]);
    vci_free(panel->population);
    vci_free(panel->status);
    vci_free(panel->starts);
    for (size_t i = 0; panel->progress && i < panel->n_progress; i++) {
        vci_free(panel->progress[i].indicator);
        vci_free(panel->progress[i].department);
        vci_free(panel->progress[i].numerator);
        vci_free(panel->progress[i].denominator);
        vci_free(panel->progress[i].sample_size);
    }
    vci_free(panel->progress);
    for (size_t i = 0; panel->values && i < panel->n_values; i++) {
        vci_free(panel->values[i].indicator);
        vci_free(panel->values[i].value);
    }
    vci_free(panel->values);
    vci_indicators_free(panel->n_indicators, panel->indicators);
    vci_free(panel->reports);
    for (size_t event = 0; event < VC_EVENTS; event++) {
        vci_free(panel->triangle[event].seen);
        vci_free(panel->triangle[event].next);
        vci_free(panel->triangle[event].seen_square);
        vci_free(panel->triangle[event].seen_change);
        vci_free(panel->triangle[event].change_square);
    }
    vci_free(panel->changes);
    vci_free(panel->changes_file);
    vci_free(panel->events_file);
    vc_peers_free(&panel->peers);
    vc_others_free(&panel->others);
    vc_unit_tree_free(&panel->tree);
    *panel = (vc_panel){0};
}

/* Is any unit's figure of a period known? */
static bool any_at(const vc_panel *panel, const double *array, size_t period) {
    for (size_t unit = 0; array && unit < panel->tree.n; unit++)
        if (!isnan(array[unit * panel->n_periods + period])) return true;
    return false;
}

static bool reported_at(const vc_panel *panel, size_t period) {
    for (size_t event = 0; event < VC_EVENTS; event++)
        if (any_at(panel, panel->count[event], period)) return true;
    for (size_t i = 0; i < panel->n_progress; i++)
        if (any_at(panel, panel->progress[i].numerator, period)) return true;
    for (size_t i = 0; i < panel->n_values; i++)
        if (any_at(panel, panel->values[i].value, period)) return true;
    return false;
}

vc_period vc_panel_last(const vc_panel *panel) {
    for (size_t period = panel->n_periods; period-- > 0;)
        if (reported_at(panel, period)) return panel->first + (vc_period)period;
    return VC_NO_PERIOD;
}

/* Keeps the first n periods of each unit, in place: the array only gets shorter. */
static void cut(double *array, size_t n_units, size_t n_periods, size_t n) {
    for (size_t unit = 1; array && unit < n_units; unit++)
        memmove(array + unit * n, array + unit * n_periods, n * sizeof *array);
}

/* An event without a figure that is left is as if it had no column. */
static void forget_empty(const vc_panel *panel, bool *has, double **array) {
    size_t n = panel->tree.n * panel->n_periods;
    for (size_t i = 0; *array && i < n; i++)
        if (!isnan((*array)[i])) return;
    vci_free(*array);
    *array = NULL;
    *has = false;
}

vc_status vc_panel_truncate(vc_panel *panel, vc_period as_of) {
    vc_status st = VC_OK;
    bool has_population = true;
    VC_REQUIRE(as_of >= panel->first, "as-of lies before the first period of the panel");
    size_t before = panel->n_periods, n_units = panel->tree.n;
    size_t n = (size_t)(as_of - panel->first) + 1;
    size_t published = panel->peers.n_figures + panel->others.n_counts;
    vc_peers_truncate(&panel->peers, as_of);
    vc_others_truncate(&panel->others, as_of);
    if (n >= before) {
        if (panel->peers.n_figures + panel->others.n_counts < published)
            VC_TRY(vci_panel_digest(panel));
        goto out;
    }
    for (size_t event = 0; event < VC_EVENTS; event++)
        cut(panel->count[event], n_units, before, n);
    cut(panel->population, n_units, before, n);
    for (size_t unit = 1; panel->status && unit < n_units; unit++)
        memmove(panel->status + unit * n, panel->status + unit * before, n);
    for (size_t unit = 0; panel->starts && unit < n_units; unit++)
        if (panel->starts[unit] > as_of) panel->starts[unit] = VC_NO_PERIOD;
    for (size_t i = 0; i < panel->n_progress; i++) {
        cut(panel->progress[i].numerator, n_units, before, n);
        cut(panel->progress[i].denominator, n_units, before, n);
        cut(panel->progress[i].sample_size, n_units, before, n);
    }
    for (size_t i = 0; i < panel->n_values; i++)
        cut(panel->values[i].value, n_units, before, n);
    panel->n_periods = n;
    for (size_t event = 0; event < VC_EVENTS; event++)
        forget_empty(panel, &panel->has[event], &panel->count[event]);
    forget_empty(panel, &has_population, &panel->population);
    VC_TRY(vci_panel_digest(panel));
out:
    return st;
}

size_t vci_panel_cell(const vc_panel *panel, size_t unit, vc_period period) {
    return unit * panel->n_periods + (size_t)(period - panel->first);
}

size_t vci_renamed_from(const vc_panel *panel, size_t unit) {
    const vc_unit *units = panel->tree.units;
    size_t from = VC_NO_UNIT;
    for (size_t i = 0; i < panel->n_changes; i++) {
        const vc_change *change = &panel->changes[i];
        if (change->to != unit) continue;
        if (from != VC_NO_UNIT || change->share != 1 ||
            units[unit].valid_from != units[change->from].valid_to + 1)
            return VC_NO_UNIT;
        from = change->from;
    }
    return from;
}

vc_status vci_panel_array(const vc_panel *panel, double **array) {
    vc_status st = VC_OK;
    size_t n = panel->tree.n * panel->n_periods;
    VC_NEW(*array, n);
    for (size_t i = 0; i < n; i++) (*array)[i] = NAN;
out:
    return st;
}

vci_unit_label vci_unit_label_of(const vc_unit_tree *tree, size_t unit) {
    const vc_unit *u = &tree->units[unit];
    vci_unit_label label = {.text = ""};
    vci_quoted code = vci_quote(u->code, strlen(u->code));
    vci_quoted name = vci_quote(u->name, strlen(u->name));
    if (strcmp(u->code, u->name) == 0)
        stpcpy(label.text, code.text);
    else
        stpcpy(stpcpy(stpcpy(stpcpy(label.text, code.text), " ("), name.text), ")");
    return label;
}

vci_period_label vci_period_label_of(vc_period period, vc_frequency frequency) {
    vci_period_label label = {.text = ""};
    vc_period_format(period, frequency, label.text);
    return label;
}
