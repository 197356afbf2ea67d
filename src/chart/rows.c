#include "chart/rows_internal.h"

#include "chart/axis_internal.h"

#define NAME_COLUMNS 30
#define NOTE_COLUMNS 44
#define PIXELS_PER_COLUMN 6.3
#define MANY_ROWS 30
#define ROW_HEIGHT 26
#define LOW_ROW_HEIGHT 18 /* of many rows */
#define HEAD 104
#define FOOT 116
#define WIDTH 800

vci_rows vci_rows_of_page(size_t total, size_t page) {
    vci_rows rows = {.n_pages = 1};
    if (total > 0) rows.n_pages = (total + VCI_ROWS_OF_PAGE - 1) / VCI_ROWS_OF_PAGE;
    rows.first = page * VCI_ROWS_OF_PAGE;
    rows.n = total > rows.first ? total - rows.first : 0;
    if (rows.n > VCI_ROWS_OF_PAGE) rows.n = VCI_ROWS_OF_PAGE;
    return rows;
}

void vci_rows_begin(const vci_rows *rows, vci_script *script) {
    size_t n = rows->n > 0 ? rows->n : 1;
    vci_script_add(script,
                   "n_rows = %zu\narray row_text[%zu]\narray row_note[%zu]\n"
                   "array row_strong[%zu]\n",
                   rows->n, n, n, n);
}

void vci_rows_set(vci_rows *rows, size_t i, const char *name, const char *note, bool strong,
                  vci_script *script) {
    vci_label text = vci_label_fit(name, NAME_COLUMNS),
              more = vci_label_fit(note, NOTE_COLUMNS);
    size_t columns = vci_label_width(text.text), note_columns = vci_label_width(more.text);
    if (columns > rows->columns) rows->columns = columns;
    if (note_columns > rows->note_columns) rows->note_columns = note_columns;
    vci_axis_set_element(script, "row_text", i, text.text);
    vci_axis_set_element(script, "row_note", i, more.text);
    vci_script_add(script, "row_strong[%zu] = %d\n", i + 1, strong);
}

void vci_rows_end(const vci_rows *rows, vci_plate *plate) {
    int height = rows->n > MANY_ROWS ? LOW_ROW_HEIGHT : ROW_HEIGHT;
    int n = rows->n > 1 ? (int)rows->n : 2; /* one row alone stands in the middle of two */
    plate->n_pages = rows->n_pages;
    plate->width = WIDTH;
    plate->height = HEAD + n * height + FOOT;
    vci_script_add(&plate->body,
                   "name_width = %d\nnote_width = %d\nrow_head = %d\nrow_foot = %d\n",
                   (int)(PIXELS_PER_COLUMN * (double)rows->columns),
                   (int)(PIXELS_PER_COLUMN * (double)rows->note_columns), HEAD, FOOT);
}
