/* Rows of progress.csv and values.csv, sorted by the indicator that they name. */
#ifndef VCI_PANEL_SERIES_INTERNAL_H
#define VCI_PANEL_SERIES_INTERNAL_H

#include "data/panel_internal.h"

#define VCI_NO_SERIES UINT32_MAX

/* The first wishes of both tables. */
enum { VCI_SERIES_UNIT, VCI_SERIES_PERIOD, VCI_SERIES_INDICATOR, VCI_SERIES_OWN };

typedef struct vci_series {
    char *name;
    size_t number;    /* order in which it came */
    size_t row;       /* that names it first */
    uint32_t *row_at; /* [n_units][n_periods] row + 1; NULL before the first row */
} vci_series;

typedef struct vci_series_list {
    size_t n, capacity;
    vci_series *series; /* by name */
    size_t n_rows;
    uint32_t *of_row; /* [n_rows] place in series, or VCI_NO_SERIES */
} vci_series_list;

vc_status vci_series_open(vci_panel_reader *reader, vci_source *source, vc_table_role role,
                          size_t n_wishes, const vci_column_wish *wishes);

/* The indicators of a table. Faults: N06 blank, V02 name taken; warning T09. */
vc_status vci_series_find(vci_panel_reader *reader, const vci_source *source,
                          vci_series_list *list);
void vci_series_list_free(vci_series_list *list);

/*
 * Where a row belongs in the arrays of its series; *before is the earlier row + 1 that
 * stands there, or 0: then the row has taken the place.
 */
vc_status vci_series_place(vci_panel_reader *reader, const vci_source *source,
                           vci_series *series, size_t row, size_t *cell, size_t *before);

/* Warning M07 or fault M08 for a second row. */
vc_status vci_series_duplicate(vci_panel_reader *reader, const vci_source *source,
                               size_t row, size_t before, bool same);

#endif
