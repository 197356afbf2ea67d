/* What the table_*.c files share: a text cut into records, and the search for columns. */
#ifndef VCI_TABLE_PARTS_INTERNAL_H
#define VCI_TABLE_PARTS_INTERNAL_H

#include "data/table_internal.h"

#define VCI_MAX_ROWS 10000000
#define VCI_MAX_FIELDS 4096
#define VCI_MAX_FIELD_BYTES 1000000

/* All records of a text, one after the other; blank ones too. */
typedef struct vci_records {
    size_t n;
    size_t *begin; /* [n + 1] into cells */
    size_t n_cells;
    vci_cell *cells;
    bool open_end; /* the text ends without a line end */
    size_t capacity, cell_capacity;
} vci_records;

/*
 * Cuts text into records (RFC 4180), starting at a line. Quotes are resolved in place, so
 * text changes and cells borrow from it. Faults: F11, F14, T03; warnings: F12.
 */
vc_status vci_records_read(const char *file, char *text, size_t n, char separator,
                           size_t first_line, vc_findings *findings, vci_records *records);
void vci_records_free(vci_records *records);

size_t vci_record_size(const vci_records *records, size_t record);
bool vci_record_blank(const vci_records *records, size_t record);

/* The text of a line, 1-based; n = 0 and NULL when the text has fewer. */
const char *vci_line_find(const char *text, size_t size, size_t line, size_t *n);

/* Is a cell a period of this frequency? */
bool vci_period_named(const vci_cell *cell, vc_frequency frequency);

/* The separators that occur in a line outside quotes, as a zero-ended text. */
typedef struct vci_separators {
    char found[5];
} vci_separators;
vci_separators vci_separators_find(const char *line, size_t n);

/* Everything that is known while the columns of a table are looked for. */
typedef struct vci_search {
    const vc_workspace *workspace;
    vc_table_role role;
    const vc_table_options *options;
    size_t n_wishes;
    const vci_column_wish *wishes;
    vc_findings *findings;
    vci_table *table; /* header is set; sources are filled in */
} vci_search;

/* T06: periods stand across, in the header; what is below it cannot be read as rows. */
vc_status vci_columns_wide(const vci_search *search, bool *wide);

/* Finds the sources of every wish. Faults: T04 (then *found is false), T05. */
vc_status vci_columns_find(vci_search *search, bool *found);

/* How many of the cells name a column that is asked for. */
size_t vci_columns_count(const vci_search *search, size_t n, const vci_cell *cells);

/* Is the cell the name of a wish, in either language? */
bool vci_wish_named(const vci_column_wish *wish, const vci_cell *cell);

bool vci_cell_is(const vci_cell *cell, const char *text);

/*
 * Tables with one row per person are refused: true and a fault P01 if the header (the first
 * record) names personal data or a cell holds an identity number. Values are never shown.
 */
vc_status vci_person_check(const char *file, const vci_records *records,
                           vc_findings *findings, bool *personal);

/* The key of a role in workspace.yaml. */
const char *vci_role_key(vc_table_role role);

#endif
