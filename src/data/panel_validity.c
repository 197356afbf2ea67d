/* Figures of a unit that did not exist then, and units that ended without a successor
 * (U07). */
#include <math.h>

#include "core/status_internal.h"
#include "data/panel_internal.h"

static bool valid_at(const vc_unit *unit, vc_period period) {
    return (unit->valid_from == VC_NO_PERIOD || unit->valid_from <= period) &&
           (unit->valid_to == VC_NO_PERIOD || unit->valid_to >= period);
}

/* Anything above zero? Zeros are what a sheet is filled up with, and mean nothing here. */
static bool forget_zeros(vc_panel *panel, size_t cell) {
    bool any = panel->population && panel->population[cell] > 0;
    for (size_t event = 0; event < VC_EVENTS; event++) {
        if (!panel->count[event]) continue;
        any = any || panel->count[event][cell] > 0;
        if (panel->count[event][cell] == 0) panel->count[event][cell] = NAN;
    }
    return any;
}

static vc_status check_figures(vci_panel_reader *reader, const uint32_t *row_at,
                               size_t unit) {
    vc_panel *panel = reader->panel;
    const vci_source *source = &reader->monthly;
    size_t n = 0, first = 0;
    for (size_t t = 0; t < panel->n_periods; t++) {
        size_t cell = unit * panel->n_periods + t;
        if (valid_at(&panel->tree.units[unit], panel->first + (vc_period)t)) continue;
        if (forget_zeros(panel, cell) && n++ == 0) first = t;
    }
    if (n == 0) return VC_OK;
    size_t row = row_at[unit * panel->n_periods + first] - 1;
    return vci_finding_add(
        reader->findings, VC_FAULT, "U07",
        vci_cell_place(&source->table, vci_row_unit_cell(source, row)),
        vci_text_get(VCI_TEXT_VALIDITY_OUTSIDE_REMEDY, reader->findings->language),
        VCI_TEXT_VALIDITY_OUTSIDE, vci_unit_label_of(&panel->tree, unit).text, n,
        vci_period_label_of(panel->first + (vc_period)first, panel->frequency).text);
}

static bool any_figure(const vc_panel *panel, size_t unit) {
    size_t begin = unit * panel->n_periods;
    for (size_t event = 0; event < VC_EVENTS; event++)
        for (size_t t = 0; panel->count[event] && t < panel->n_periods; t++)
            if (!isnan(panel->count[event][begin + t])) return true;
    return false;
}

static bool has_heir(const vc_panel *panel, size_t unit) {
    for (size_t i = 0; i < panel->n_changes; i++)
        if (panel->changes[i].from == unit) return true;
    return false;
}

/* Somebody must carry the figures on of a unit that ended before the data do. */
static vc_status check_heir(vci_panel_reader *reader, size_t unit) {
    const vc_panel *panel = reader->panel;
    const vc_unit *u = &panel->tree.units[unit];
    vc_period last = panel->first + (vc_period)panel->n_periods - 1;
    if (u->valid_to == VC_NO_PERIOD || u->valid_to >= last || has_heir(panel, unit) ||
        !any_figure(panel, unit))
        return VC_OK;
    return vci_finding_add(
        reader->findings, VC_FAULT, "U07",
        (vci_place){reader->units.file, reader->units.lines[unit], 0},
        vci_text_get(VCI_TEXT_VALIDITY_NO_HEIR_REMEDY, reader->findings->language),
        VCI_TEXT_VALIDITY_NO_HEIR, vci_unit_label_of(&panel->tree, unit).text,
        vci_period_label_of(u->valid_to, panel->frequency).text);
}

vc_status vci_validity_check(vci_panel_reader *reader, const uint32_t *row_at) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &reader->panel->tree;
    for (size_t k = 0; k < tree->n_leaves; k++) {
        VC_TRY(check_figures(reader, row_at, tree->leaves[k]));
        VC_TRY(check_heir(reader, tree->leaves[k]));
    }
out:
    return st;
}
