/* What stands where in a sheet: titles, header, rows of figures, totals, notes. */
#ifndef VCI_LAYOUT_INTERNAL_H
#define VCI_LAYOUT_INTERNAL_H

#include "office/words_internal.h"
#include "office/worksheet_internal.h"

typedef enum vci_row {
    VCI_ROW_FIGURES,
    VCI_ROW_BLANK,
    VCI_ROW_TOTAL,
    VCI_ROW_NOTE
} vci_row;

typedef struct vci_layout {
    bool found;                       /* there is a header */
    size_t header_first, header_last; /* rows, from 0 */
    size_t first_row, last_row;       /* of figures and totals */
    size_t n_columns;
    char **heads;          /* [n_columns] header as written, levels joined; "" if none */
    vci_meaning *meanings; /* [n_columns] */
    size_t *head_rows;     /* [n_columns] row of the lowest level that says something */
    size_t n_rows;
    unsigned char *rows; /* [n_rows] vci_row; those before first_row do not count */
} vci_layout;

/* Finds it; found is false where there is no header with a column of units. */
vc_status vci_layout_find(const vci_worksheet *sheet, vci_layout *layout);
void vci_layout_free(vci_layout *layout);

/* Does a column say where or when a row is from? */
bool vci_layout_is_key(const vci_layout *layout, size_t column);

/* Is a cell a number, perhaps with separators of thousands or a mark of a footnote? */
typedef struct vci_figure_text {
    bool number;
    bool thousands;
    size_t n_mark; /* bytes of the mark at its end */
    double value;
} vci_figure_text;
vci_figure_text vci_figure_look(const vci_cell *cell);

/* Bytes of a footnote mark (*, ※, ①, [1]) at the end of a text; 0 if there is none. */
size_t vci_footnote_mark(const char *text, size_t n);

/* The normalised text of a cell; NULL is "" (also for no cell). */
vc_status vci_cell_plain(const vci_cell *cell, char **plain);

#endif
