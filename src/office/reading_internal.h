/* One sheet while it is read. */
#ifndef VCI_READING_INTERNAL_H
#define VCI_READING_INTERNAL_H

#include "office/figures_internal.h"

typedef struct vci_reading {
    const vci_settings *settings;
    const vci_known_units *known;
    const vci_sheet_settings *sheet_settings;
    const vci_worksheet *sheet;
    const char **filled; /* [n_columns] text above, of columns to be filled down */
    size_t *filled_bytes;
    vci_text_map *aliases; /* earlier names … */
    char ***new_names;     /* … and what they became, by number */
    size_t *new_capacity;
    vc_findings *findings;
    vci_figures *figures;
} vci_reading;

/* What a row is about. */
typedef struct vci_subject {
    size_t unit;
    vci_basis basis;
    vc_period first, last; /* VC_NO_PERIOD: the row does not say */
} vci_subject;

/* A text that something else owns. */
typedef struct vci_span {
    const char *text;
    size_t n;
} vci_span;

bool vci_span_equals(const char *text, vci_span other);

/* A fault at a cell; the message takes its reference and its text. */
vc_status vci_reading_fault(vci_reading *r, size_t row, size_t column, const char *kind,
                            vci_text message, vci_text remedy);

/* Column of the sheet that is read to something; SIZE_MAX if none is. */
size_t vci_reading_column(const vci_sheet_settings *s, vci_to to);

/* A text without a declared footnote mark at its end. */
vci_span vci_reading_without_mark(const vci_sheet_settings *s, vci_span text);

/* Which key says the time of its rows: months or quarters. */
vci_to vci_reading_time_key(const vci_sheet_settings *s);

/* The text of a key column, with that above where it is to be filled down: in the order of
 * the rows. */
vci_span vci_reading_key_text(const vci_reading *r, size_t row, size_t column);
/* The same of the column that is read to a key, without its footnote mark. */
vci_span vci_reading_key(const vci_reading *r, size_t row, vci_to to);

/* What a row of totals, which is not read, leaves to be filled down: the merged cell of a
 * group begins there when its subtotal stands on top. */
vc_status vci_reading_carry(vci_reading *r, size_t row);

/* Is a row read, and does it hold anything that would be read? */
bool vci_reading_takes(const vci_reading *r, size_t row);
bool vci_reading_has_figure(const vci_reading *r, size_t row);

/* The time and basis of a row, if it has columns for them; *good is false after a fault. */
vc_status vci_reading_time(vci_reading *r, size_t row, vci_subject *s, bool *good);
vc_status vci_reading_basis(vci_reading *r, size_t row, vci_subject *s, bool *good);

/* The number of a cell: *good is false after a fault, *blank where there is none. */
vc_status vci_reading_number(vci_reading *r, size_t row, const vci_mapping *m,
                             double *value, bool *blank, bool *good);

#endif
