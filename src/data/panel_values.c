/* values.csv: plain numbers per unit and period. */
#include <math.h>

#include "core/memory_internal.h"
#include "data/panel_series_internal.h"

enum { VALUE = VCI_SERIES_OWN, COLUMNS };

static const vci_column_wish wishes[COLUMNS] = {
    [VCI_SERIES_UNIT] = {"unit", "单位", true},
    [VCI_SERIES_PERIOD] = {"period", "时期", true},
    [VCI_SERIES_INDICATOR] = {"indicator", "指标", true},
    [VALUE] = {"value", "数值", true}};

vc_status vci_values_open(vci_panel_reader *reader) {
    return vci_series_open(reader, &reader->values, VC_TABLE_VALUES, COLUMNS, wishes);
}

static vc_status fill_row(vci_panel_reader *reader, vci_series *series, double *array,
                          size_t row) {
    vc_status st = VC_OK;
    const vci_source *source = &reader->values;
    double value = NAN;
    size_t cell = 0, before = 0;
    vci_table_number(&source->table, source->options, row, VALUE, reader->findings, &value,
                     &st);
    VC_TRY(st);
    VC_TRY(vci_series_place(reader, source, series, row, &cell, &before));
    if (before == 0) {
        array[cell] = value;
        goto out;
    }
    bool same = array[cell] == value || (isnan(array[cell]) && isnan(value));
    VC_TRY(vci_series_duplicate(reader, source, row, before, same));
out:
    return st;
}

vc_status vci_values_fill(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    vc_panel *panel = reader->panel;
    vci_series_list list = {0};
    VC_TRY(vci_series_find(reader, &reader->values, &list));
    VC_NEW(panel->values, list.n);
    panel->n_values = list.n;
    for (size_t i = 0; i < list.n; i++) {
        VC_COPY_TEXT(panel->values[i].indicator, list.series[i].name);
        VC_TRY(vci_panel_array(panel, &panel->values[i].value));
    }
    for (size_t row = 0; row < list.n_rows; row++) {
        uint32_t i = list.of_row[row];
        if (i != VCI_NO_SERIES)
            VC_TRY(fill_row(reader, &list.series[i], panel->values[i].value, row));
    }
out:
    vci_series_list_free(&list);
    return st;
}
