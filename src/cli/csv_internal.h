/* CSV out: quoted where needed, harmless when a spreadsheet opens it. */
#ifndef VCI_CSV_INTERNAL_H
#define VCI_CSV_INTERNAL_H

#include <stdbool.h>
#include <stdio.h>

typedef struct vci_csv {
    FILE *out;
    bool begun; /* the row has a cell */
} vci_csv;

/*
 * A text; NULL gives an empty cell. What a spreadsheet would take for a formula (=, +, -, @
 * or a control character first) gets an apostrophe in front unless it is a number; what
 * could steer a terminal becomes "?", line ends too.
 */
void vci_csv_text(vci_csv *csv, const char *text);

/* NaN gives an empty cell. */
void vci_csv_number(vci_csv *csv, double number);

void vci_csv_end_row(vci_csv *csv);

#endif
