/* Charts with a row for each unit or target: pages, row names, notes beside the rows. */
#ifndef VCI_ROWS_INTERNAL_H
#define VCI_ROWS_INTERNAL_H

#include "chart/kind_internal.h"

#define VCI_ROWS_OF_PAGE 60 /* more are too many for one picture */

typedef struct vci_rows {
    size_t first, n; /* of this page */
    size_t n_pages;
    size_t columns;      /* longest name so far */
    size_t note_columns; /* longest note so far */
} vci_rows;

/* Those of a page, of all of them. */
vci_rows vci_rows_of_page(size_t total, size_t page);

/*
 * Row i of the page (0-based): its name, cut where it is too long, and what stands at the
 * right; strong rows are set in bold. Comes after vci_rows_begin.
 */
void vci_rows_begin(const vci_rows *rows, vci_script *script);
void vci_rows_set(vci_rows *rows, size_t i, const char *name, const char *note, bool strong,
                  vci_script *script);

/* The plate's size by what the rows need: row_height, name_width, note_width in pixels. */
void vci_rows_end(const vci_rows *rows, vci_plate *plate);

#endif
