/* The tables of a workspace become a panel; all faults of all tables in one pass. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"

/* Largest panel: 40,000 units over 120 months are 4.8 million cells. */
#define MOST_CELLS 100000000

static vc_status open_tables(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    VC_TRY(vci_monthly_open(reader));
    VC_TRY(vci_progress_open(reader));
    VC_TRY(vci_values_open(reader));
    VC_TRY(vci_others_open(reader));
    bool any =
        reader->monthly.present || reader->progress.present || reader->values.present;
    if (!any && reader->findings->n_faults == 0)
        VC_TRY(vci_finding_add(reader->findings, VC_FAULT, "F02",
                               (vci_place){reader->workspace->dir, 0, 0}, NULL,
                               VCI_TEXT_PANEL_NO_TABLE));
out:
    return st;
}

static vc_status read_units(vci_panel_reader *reader) {
    const vc_workspace *workspace = reader->workspace;
    const vci_source *monthly = &reader->monthly;
    if (workspace->units_from.n == 0)
        return vci_units_from_list(workspace, reader->findings, &reader->units);
    if (!monthly->present) return VC_OK;
    return vci_units_from_columns(workspace, &monthly->table, monthly->options,
                                  &monthly->unit_columns, reader->findings, &reader->units);
}

static vc_status tell_too_long(vci_panel_reader *reader, const vci_source *earliest,
                               const vci_source *latest) {
    vc_frequency frequency = reader->workspace->frequency;
    const vci_cell *cell = vci_row_unit_cell(latest, latest->last_row);
    vci_place place =
        vci_cell_place(&earliest->table, vci_row_unit_cell(earliest, earliest->first_row));
    return vci_finding_add(
        reader->findings, VC_FAULT, "F14", place,
        vci_text_get(VCI_TEXT_PANEL_AXIS_REMEDY, reader->findings->language),
        VCI_TEXT_PANEL_AXIS, vci_period_label_of(earliest->first, frequency).text,
        vci_period_label_of(latest->last, frequency).text, latest->table.file, cell->line,
        VCI_MOST_YEARS);
}

/* From the first to the last period of anything. */
static vc_status make_axis(vci_panel_reader *reader, bool *good) {
    const vci_source *sources[] = {&reader->monthly, &reader->progress, &reader->values};
    const vci_source *earliest = NULL, *latest = NULL;
    vc_panel *panel = reader->panel;
    *good = false;
    for (size_t i = 0; i < 3; i++) {
        if (!sources[i]->present || sources[i]->first == VC_NO_PERIOD) continue;
        if (!earliest || sources[i]->first < earliest->first) earliest = sources[i];
        if (!latest || sources[i]->last > latest->last) latest = sources[i];
    }
    if (!earliest) return VC_OK;
    panel->frequency = reader->workspace->frequency;
    panel->first = earliest->first;
    panel->n_periods = (size_t)(latest->last - earliest->first) + 1;
    if (panel->n_periods > (size_t)VCI_MOST_YEARS * (size_t)panel->frequency ||
        panel->n_periods * reader->units.tree.n > MOST_CELLS)
        return tell_too_long(reader, earliest, latest);
    *good = true;
    return VC_OK;
}

/* Moves the tree and makes what every panel has. */
static vc_status begin_panel(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vc_panel *panel = reader->panel;
    size_t n = reader->units.tree.n;
    VC_NEW(panel->status, n * panel->n_periods);
    VC_NEW(panel->starts, n);
    for (size_t unit = 0; unit < n; unit++) panel->starts[unit] = VC_NO_PERIOD;
    if (reader->units.n_changes > 0) VC_COPY_TEXT(panel->changes_file, reader->units.file);
    panel->n_changes = reader->units.n_changes;
    panel->changes = reader->units.changes;
    reader->units.changes = NULL;
    /* Lent: the reader goes on using it for messages and gives it away at the end. */
    panel->tree = reader->units.tree;
out:
    return st;
}

static vc_status fill_panel(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    VC_TRY(begin_panel(reader));
    if (reader->monthly.present) VC_TRY(vci_monthly_fill(reader));
    if (reader->progress.present) VC_TRY(vci_progress_fill(reader));
    if (reader->values.present) VC_TRY(vci_values_fill(reader));
    VC_TRY(vci_panel_indicators(reader));
    VC_TRY(vci_peers_fill(reader));
    VC_TRY(vci_others_fill(reader));
    VC_TRY(vci_panel_digest(reader->panel));
out:
    return st;
}

static vc_status read_all(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vci_source *sources[] = {&reader->monthly, &reader->progress, &reader->values,
                             &reader->others};
    bool good = false;
    VC_TRY(open_tables(reader));
    VC_TRY(read_units(reader));
    if (reader->units.tree.n == 0) goto out;
    for (size_t i = 0; i < 4; i++)
        if (sources[i]->present) VC_TRY(vci_rows_resolve(reader, sources[i]));
    VC_TRY(make_axis(reader, &good));
    if (good) VC_TRY(fill_panel(reader));
out:
    return st;
}

vc_status vc_panel_read(const vc_workspace *workspace, vc_findings *findings,
                        vc_panel *panel) {
    vc_status st = VC_OK;
    size_t n_before = findings->n_faults;
    vci_panel_reader reader = {
        .workspace = workspace, .findings = findings, .panel = panel};
    *panel = (vc_panel){0};
    VC_TRY(read_all(&reader));
    if (findings->n_faults > n_before)
        VC_FAIL(VC_BAD_INPUT, "%s: %zu", workspace->dir, findings->n_faults - n_before);
out:
    if (panel->tree.n > 0) reader.units.tree = (vc_unit_tree){0};
    vci_source_free(&reader.monthly);
    vci_source_free(&reader.progress);
    vci_source_free(&reader.values);
    vci_source_free(&reader.others);
    vci_units_free(&reader.units);
    return st;
}
