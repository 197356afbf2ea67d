/*
 * A delimited text table, read strictly: RFC 4180 quoting, every fault with its place,
 * columns by our names through the column map of workspace.yaml.
 */
#ifndef VCI_TABLE_INTERNAL_H
#define VCI_TABLE_INTERNAL_H

#include "core/finding_internal.h"
#include "vitalcast/workspace.h"

#define VCI_NO_COLUMN SIZE_MAX

typedef struct vci_cell {
    const char *text; /* trimmed, not zero-ended; borrowed from the table */
    size_t n;
    size_t line, column; /* where it starts, 1-based, column in code points */
} vci_cell;

/* One column that a reader asks for. */
typedef struct vci_column_wish {
    const char *name;
    const char *chinese;    /* alternative header text, or NULL */
    unsigned char required; /* false, true, or VCI_ONE_OF */
} vci_column_wish;

/* One of the wishes that bear it must be there; they stand together, not at the front. */
#define VCI_ONE_OF 2

typedef struct vci_table {
    char *file; /* as shown in messages */
    vc_table_role role;
    char *text; /* decoded content; owns */
    size_t text_size;
    size_t n_rows, n_fields; /* without the header; every row has n_fields cells */
    vci_cell *cells;         /* [n_rows][n_fields] */
    vci_cell *header;        /* [n_fields] */
    unsigned char *told;     /* [n_fields] what was told once for the whole column */
    size_t n_wishes;
    bool *required;    /* [n_wishes] */
    size_t *n_sources; /* [n_wishes]; 0: column absent */
    size_t **sources;  /* [n_wishes][n_sources] field indices to be summed */
} vci_table;

/*
 * Reads a table by its options. absent_ok: a missing default file (not named in
 * workspace.yaml) is no fault; then *present is false. Faults go to findings (F, T kinds);
 * returns VC_OK even then, with as many rows as could be read, so that one pass finds
 * everything; only VC_NO_MEMORY and the like are failures.
 */
vc_status vci_table_read(const vc_workspace *workspace, vc_table_role role, size_t n_wishes,
                         const vci_column_wish *wishes, bool absent_ok,
                         vc_findings *findings, vci_table *table, bool *present);
void vci_table_free(vci_table *table);

/* What `columns:` says of one of our columns; NULL if nothing. */
const vc_column_map *vci_column_map(const vc_table_options *options, const char *column);

/*
 * The cell of a wished column in a row (first source when summed); NULL if the column is
 * absent.
 */
const vci_cell *vci_table_cell(const vci_table *table, size_t row, size_t wish);

vci_place vci_cell_place(const vci_table *table, const vci_cell *cell);

/*
 * Typed cells. Each adds its own finding (N kinds) and answers false when the text is not
 * of the type; an empty or declared-missing cell gives NaN / VC_NO_PERIOD and true. Counts:
 * whole numbers 0 .. 2^53, summed over the sources (missing if any is missing).
 */
bool vci_table_count(const vci_table *table, const vc_table_options *options, size_t row,
                     size_t wish, vc_findings *findings, double *count, vc_status *st);
bool vci_table_number(const vci_table *table, const vc_table_options *options, size_t row,
                      size_t wish, vc_findings *findings, double *number, vc_status *st);
bool vci_table_period(const vci_table *table, size_t row, size_t wish,
                      vc_frequency frequency, vc_findings *findings, vc_period *period,
                      vc_status *st);

#endif
