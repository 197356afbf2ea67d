/* Which rows a row of totals stands for. */
#ifndef VCI_TOTAL_ROWS_INTERNAL_H
#define VCI_TOTAL_ROWS_INTERNAL_H

#include "office/reading_internal.h"

typedef enum vci_scope {
    VCI_SCOPE_UNSURE,
    VCI_SCOPE_ALL,    /* every unit of its time and basis */
    VCI_SCOPE_PARENT, /* the units below one parent */
    VCI_SCOPE_ABOVE   /* those since the last subtotal */
} vci_scope;

/* A row of the sheet, as far as totals are concerned. */
typedef struct vci_total_row {
    bool unit;       /* its figures were read */
    bool stranger;   /* it is skipped, has figures, and no word says what it is */
    bool own_parent; /* its cell of the parent is not blank */
    vci_total total; /* what it says that it stands for, if it is skipped */
    char *label;     /* of a total: its name before the word; NULL if none; owned */
    size_t column;   /* of a total: where its label stands */
    vci_span parent, time, basis, code, name;
} vci_total_row;

typedef struct vci_total_rows {
    size_t first, n;     /* rows of the sheet */
    vci_total_row *list; /* [n] */
    size_t parent_column;
    bool mixed;    /* units of two levels in one list */
    bool downward; /* every unit stands above the subtotal of its group */
} vci_total_rows;

/* Looks at the rows of a sheet that was read; its figures are those from begin on. */
vc_status vci_total_rows_read(const vci_reading *r, size_t begin, vci_total_rows *rows);
void vci_total_rows_free(vci_total_rows *rows);

/* What a total (a number in the list) stands for. */
vci_scope vci_total_rows_scope(const vci_total_rows *rows, size_t total);

/* Where the rows begin that a total of this scope may stand for, and is one of them among
 * those that it does? */
size_t vci_total_rows_begin(const vci_total_rows *rows, size_t total, vci_scope scope);
bool vci_total_rows_has(const vci_total_rows *rows, size_t total, vci_scope scope,
                        size_t row);

#endif
