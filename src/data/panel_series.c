/* What progress.csv and values.csv share: rows sorted by the indicator that they name. */
#include "data/panel_series_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"

vc_status vci_series_open(vci_panel_reader *reader, vci_source *source, vc_table_role role,
                          size_t n_wishes, const vci_column_wish *wishes) {
    vc_status st = VC_OK;
    source->role = role;
    source->options = &reader->workspace->tables[role];
    source->unit_columns = (vci_level_columns){1, VCI_SERIES_UNIT, VCI_NO_COLUMN};
    source->period_wish = VCI_SERIES_PERIOD;
    VC_TRY(vci_table_read(reader->workspace, role, n_wishes, wishes, true, reader->findings,
                          &source->table, &source->present));
    if (source->present) VC_NEW(source->keys, source->table.n_rows);
out:
    return st;
}

static int compare_names(const void *a, const void *b) {
    const vci_series *first = a, *second = b;
    return strcmp(first->name, second->name);
}

/* Numbers in the order of the names, so that nothing depends on the order of rows. */
static vc_status sort_series(vci_series_list *list) {
    vc_status st = VC_OK;
    size_t *place = NULL;
    VC_NEW(place, list->n);
    qsort(list->series, list->n, sizeof *list->series, compare_names);
    for (size_t i = 0; i < list->n; i++) place[list->series[i].number] = i;
    for (size_t row = 0; row < list->n_rows; row++)
        if (list->of_row[row] != VCI_NO_SERIES)
            list->of_row[row] = (uint32_t)place[list->of_row[row]];
out:
    vci_free(place);
    return st;
}

static vc_status add_row(vci_panel_reader *reader, const vci_source *source, size_t row,
                         vci_text_map *names, vci_series_list *list) {
    vc_status st = VC_OK;
    size_t number = 0;
    const vci_cell *cell = vci_table_cell(&source->table, row, VCI_SERIES_INDICATOR);
    if (!cell || source->keys[row].unit >= reader->units.tree.n) goto out;
    if (cell->n == 0) {
        VC_TRY(vci_finding_add(reader->findings, VC_FAULT, "N06",
                               vci_cell_place(&source->table, cell), NULL,
                               VCI_TEXT_PANEL_NO_INDICATOR));
        goto out;
    }
    VC_TRY(vci_text_map_add(names, cell->text, cell->n, &number));
    if (number == list->n) {
        VC_GROW(list->series, list->n, list->capacity);
        vci_series *series = &list->series[list->n++];
        *series = (vci_series){.number = number, .row = row};
        series->name = vci_cell_copy(cell, &st);
        VC_TRY(st);
    }
    list->of_row[row] = (uint32_t)number;
out:
    return st;
}

static vc_status tell_totals(vci_panel_reader *reader, const vci_source *source) {
    size_t n = 0, first = 0;
    for (size_t row = 0; row < source->table.n_rows; row++)
        if (source->keys[row].unit == VCI_ROW_TOTAL && n++ == 0) first = row;
    if (n == 0) return VC_OK;
    const vci_cell *cell = vci_row_unit_cell(source, first);
    return vci_finding_add(reader->findings, VC_WARNING, "T09",
                           vci_cell_place(&source->table, cell), NULL,
                           VCI_TEXT_PANEL_TOTAL_LEFT_OUT, n);
}

/* A name must not stand for two things (V02). */
static vc_status check_name(vci_panel_reader *reader, const vci_source *source,
                            const vci_series *series) {
    const vci_standard *standard = vci_standard_find(series->name);
    bool formed = standard && vci_formula_formed(&standard->formula, reader->panel);
    bool other =
        source->role == VC_TABLE_VALUES && vci_progress_named(reader->panel, series->name);
    if (!formed && !other) return VC_OK;
    const vci_cell *cell =
        vci_table_cell(&source->table, series->row, VCI_SERIES_INDICATOR);
    return vci_finding_add(
        reader->findings, VC_FAULT, "V02", vci_cell_place(&source->table, cell),
        vci_text_get(VCI_TEXT_PANEL_TAKEN_REMEDY, reader->findings->language),
        VCI_TEXT_PANEL_TAKEN, vci_quote(cell->text, cell->n).text,
        formed ? reader->monthly.table.file : reader->progress.table.file);
}

vc_status vci_series_find(vci_panel_reader *reader, const vci_source *source,
                          vci_series_list *list) {
    vc_status st = VC_OK;
    vci_text_map names = {0};
    list->n_rows = source->table.n_rows;
    VC_NEW(list->of_row, list->n_rows);
    for (size_t row = 0; row < list->n_rows; row++) {
        list->of_row[row] = VCI_NO_SERIES;
        VC_TRY(add_row(reader, source, row, &names, list));
    }
    VC_TRY(tell_totals(reader, source));
    if (list->n > 0) VC_TRY(sort_series(list));
    for (size_t i = 0; i < list->n; i++)
        VC_TRY(check_name(reader, source, &list->series[i]));
out:
    vci_text_map_free(&names);
    return st;
}

void vci_series_list_free(vci_series_list *list) {
    for (size_t i = 0; i < list->n; i++) {
        vci_free(list->series[i].name);
        vci_free(list->series[i].row_at);
    }
    vci_free(list->series);
    vci_free(list->of_row);
    *list = (vci_series_list){0};
}

vc_status vci_series_place(vci_panel_reader *reader, const vci_source *source,
                           vci_series *series, size_t row, size_t *cell, size_t *before) {
    vc_status st = VC_OK;
    const vci_row_key *key = &source->keys[row];
    if (!series->row_at)
        VC_NEW(series->row_at, reader->panel->tree.n * reader->panel->n_periods);
    *cell = vci_panel_cell(reader->panel, key->unit, key->period);
    *before = series->row_at[*cell];
    if (*before == 0) series->row_at[*cell] = (uint32_t)row + 1;
out:
    return st;
}

vc_status vci_series_duplicate(vci_panel_reader *reader, const vci_source *source,
                               size_t row, size_t before, bool same) {
    const vci_row_key *key = &source->keys[row];
    vc_findings *findings = reader->findings;
    const vci_cell *cell = vci_row_unit_cell(source, row);
    const char *remedy =
        same ? NULL : vci_text_get(VCI_TEXT_PANEL_SERIES_REMEDY, findings->language);
    return vci_finding_add(
        findings, same ? VC_WARNING : VC_FAULT, same ? "M07" : "M08",
        vci_cell_place(&source->table, cell), remedy,
        same ? VCI_TEXT_PANEL_DUPLICATE : VCI_TEXT_PANEL_CONFLICT,
        vci_unit_label_of(&reader->units.tree, key->unit).text,
        vci_period_label_of(key->period, reader->workspace->frequency).text,
        vci_row_unit_cell(source, before - 1)->line);
}
