/* What a sheet seems to hold, as settings with their evidence beside them. */
#ifndef VCI_PROPOSE_INTERNAL_H
#define VCI_PROPOSE_INTERNAL_H

#include "office/book_internal.h"
#include "office/layout_internal.h"
#include "office/page_internal.h"

/* A sheet while its settings are proposed. */
typedef struct vci_proposing {
    const vci_book *source;
    const vci_worksheet *sheet;
    vci_layout layout;
    vc_language language;
    vci_page *page;
    vci_when title, tab, name; /* times of the lines above the header, sheet, file */
    vci_reference title_at;    /* where the time of the title stands */
    bool months_in_columns;    /* 1月 … 12月 side by side */
    bool month_column;         /* a column of months */
    int year;                  /* 0: not known, or in doubt */
    vci_basis basis;           /* of the whole sheet */
    bool cumulative, steady;   /* said so; figures that never fall */
    bool this_period;          /* 本月: some columns are of the month alone */
    vci_to event;              /* of months side by side */
    double times;              /* 单位：万人 */
} vci_proposing;

/* Adds settings of a sheet, or a comment why it is not read; *found tells which. */
vc_status vci_propose_sheet(const vci_book *source, const vci_worksheet *sheet,
                            vc_language language, vci_page *page, bool *found);

/* The settings of its columns. */
vc_status vci_propose_columns(vci_proposing *p);

/* Do counts never fall from month to month, and grow to at least twice as much? */
bool vci_propose_steady(const vci_proposing *p);

/* The last part of a path. */
const char *vci_base_name(const char *path);

/* A comment to the end of the line. */
void vci_propose_note(vci_proposing *p, vci_text text, ...);

#endif
