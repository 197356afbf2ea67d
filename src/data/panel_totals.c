/* Declared total rows of monthly.csv: left out, and compared with the sums (T09). */
#include <math.h>

#include "core/status_internal.h"
#include "data/panel_internal.h"

typedef enum verdict { UNKNOWN, EQUAL, DIFFERENT } verdict;

/* A record against the figures of a unit; *event is the first that differs. */
static verdict compare(const vci_panel_reader *reader, size_t unit, vc_period period,
                       const vci_record *record, vc_event *event) {
    verdict found = UNKNOWN;
    for (size_t e = 0; e < VC_EVENTS; e++) {
        if (!reader->panel->count[e] || isnan(record->count[e])) continue;
        double figure = vci_cumulative_figure(reader, (vc_event)e, unit, period);
        if (isnan(figure)) continue;
        if (figure != record->count[e]) {
            *event = (vc_event)e;
            return DIFFERENT;
        }
        found = EQUAL;
    }
    return found;
}

/* A total may be that of any parent: 小计 stands below each group. */
static verdict compare_any(const vci_panel_reader *reader, vc_period period,
                           const vci_record *record, vc_event *event) {
    const vc_unit_tree *tree = &reader->panel->tree;
    verdict whole = compare(reader, tree->root, period, record, event);
    if (whole != DIFFERENT) return whole;
    for (size_t i = 1; i < tree->n; i++) {
        vc_event other = VC_EVENTS;
        size_t unit = tree->down[i];
        if (!tree->units[unit].leaf &&
            compare(reader, unit, period, record, &other) == EQUAL)
            return EQUAL;
    }
    return DIFFERENT;
}

static vc_status tell_difference(vci_panel_reader *reader, size_t row,
                                 const vci_record *record, vc_event event) {
    const vc_panel *panel = reader->panel;
    const vci_cell *cell = vci_row_unit_cell(&reader->monthly, row);
    vc_period period = reader->monthly.keys[row].period;
    double sum = vci_cumulative_figure(reader, event, panel->tree.root, period);
    return vci_finding_add(
        reader->findings, VC_FAULT, "T09", vci_cell_place(&reader->monthly.table, cell),
        vci_text_get(VCI_TEXT_PANEL_TOTAL_REMEDY, reader->findings->language),
        VCI_TEXT_PANEL_TOTAL_DIFFERS, vci_quote(cell->text, cell->n).text,
        vci_period_label_of(period, panel->frequency).text,
        vci_column_word(vci_event_column(event), reader->findings->language),
        record->count[event], sum, record->count[event] - sum);
}

static vc_status tell_counted(vci_panel_reader *reader, size_t n, size_t row,
                              vci_text text) {
    const vci_cell *cell = n > 0 ? vci_row_unit_cell(&reader->monthly, row) : NULL;
    if (n == 0) return VC_OK;
    return vci_finding_add(reader->findings, VC_WARNING, "T09",
                           vci_cell_place(&reader->monthly.table, cell), NULL, text, n);
}

vc_status vci_totals_check(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    size_t n[2] = {0}, first[2] = {0};
    const vci_source *source = &reader->monthly;
    for (size_t row = 0; row < source->table.n_rows; row++) {
        vci_record record = {0};
        vc_event event = VC_EVENTS;
        if (source->keys[row].unit != VCI_ROW_TOTAL) continue;
        VC_TRY(vci_record_read(reader, row, &record));
        verdict found = compare_any(reader, source->keys[row].period, &record, &event);
        if (found == DIFFERENT)
            VC_TRY(tell_difference(reader, row, &record, event));
        else if (n[found]++ == 0)
            first[found] = row;
    }
    VC_TRY(tell_counted(reader, n[EQUAL], first[EQUAL], VCI_TEXT_PANEL_TOTAL_EQUAL));
    VC_TRY(tell_counted(reader, n[UNKNOWN], first[UNKNOWN], VCI_TEXT_PANEL_TOTAL_UNKNOWN));
out:
    return st;
}
