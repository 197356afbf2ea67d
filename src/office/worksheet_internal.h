/* A sheet of a workbook, or a text file of values: cells by row and column, as text. */
#ifndef VCI_WORKSHEET_INTERNAL_H
#define VCI_WORKSHEET_INTERNAL_H

#include "data/table_parts_internal.h"

typedef struct vci_worksheet {
    char *file; /* as the user wrote it */
    char *name; /* of the sheet; "" of a text file */
    char *text; /* what the cells borrow from */
    vci_records records;
    size_t n_columns; /* of the widest row */
} vci_worksheet;

void vci_worksheet_free(vci_worksheet *sheet);

/* A cell by row and column from 0; NULL where there is none or it is blank. */
const vci_cell *vci_worksheet_cell(const vci_worksheet *sheet, size_t row, size_t column);

/* The first cell of a row that is not blank, and its column; NULL if there is none. */
const vci_cell *vci_worksheet_first(const vci_worksheet *sheet, size_t row, size_t *column);

/* Place of a cell: that of the text file, or row and column of the sheet. */
vci_place vci_worksheet_place(const vci_worksheet *sheet, size_t row, size_t column);

/* "C5", with the name of the sheet before it ("7月!C5") when `whole`. */
typedef struct vci_reference {
    char text[320];
} vci_reference;
vci_reference vci_worksheet_reference(const vci_worksheet *sheet, size_t row, size_t column,
                                      bool whole);

/* "A", "AB": the letters of a column from 0; false if a text is none. */
void vci_letters_write(size_t column, char letters[8]);
bool vci_letters_read(const char *letters, size_t *column);

#endif
