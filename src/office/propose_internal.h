/* What a sheet seems to hold, as settings with their evidence beside them. */
#ifndef VCI_PROPOSE_INTERNAL_H
#define VCI_PROPOSE_INTERNAL_H

#include "office/book_internal.h"
#include "office/layout_internal.h"
#include "office/page_internal.h"
#include "office/service_internal.h"

/* A sheet while its settings are proposed. */
typedef struct vci_proposing {
    const vci_book *source;
    const vci_worksheet *sheet;
    vc_frequency frequency; /* of the workspace */
    vci_layout layout;
    vci_service *services; /* [layout.n_columns] */
    vc_language language;
    vci_page *page;
    vci_when title, tab, name; /* times of the lines above the header, sheet, file */
    vci_reference title_at;    /* where the time of the title stands */
    bool months_in_columns;    /* 1月 … 12月 side by side */
    bool month_column;         /* a column of months or quarters */
    int year;                  /* 0: not known, or in doubt */
    vci_basis basis;           /* of the whole sheet */
    bool cumulative, steady;   /* said so; figures that never fall */
    bool this_period;          /* 本月, 本季: some columns are of that alone */
    vci_to event;              /* of months side by side */
    double times;              /* 单位：万人 */
} vci_proposing;

/* Of which times a file speaks. */
typedef struct vci_seen {
    size_t n_months, n_quarters; /* said to be such */
    size_t n_whole;              /* ranges of months that are whole quarters */
} vci_seen;

/* Adds the times of a sheet. */
vc_status vci_propose_seen(const vci_book *source, const vci_worksheet *sheet,
                           vci_seen *seen);
vc_status vci_propose_times(const vci_proposing *p, vci_seen *seen);

/* Adds settings of a sheet, or a comment why it is not read; *found tells which. */
vc_status vci_propose_sheet(const vci_book *source, const vci_worksheet *sheet,
                            vc_frequency frequency, vc_language language, vci_page *page,
                            bool *found);

/* The settings of its times. */
vc_status vci_propose_time(vci_proposing *p);

/* The time of a sheet that is of one time: that of its title, of its name, or of the
 * file's. *doubt: it is not said, or differently. */
vci_when vci_propose_sheet_time(const vci_proposing *p, bool *doubt);

/* Is a time of whole periods of the workspace? A state is that of the last month, and so is
 * a sum since January. */
bool vci_propose_is_whole(const vci_proposing *p, const vci_when *when, bool state);

/* Is it of several of them? */
bool vci_propose_is_range(const vci_proposing *p, const vci_when *when);

/* The period in which a month is, as import.yaml has it; without its year if that is 0. */
void vci_propose_write_period(vci_proposing *p, int year, int month);

/* The settings of its columns. */
vc_status vci_propose_columns(vci_proposing *p);

/* Do counts never fall from month to month, and grow to at least twice as much? */
bool vci_propose_steady(const vci_proposing *p);

/* The last part of a path. */
const char *vci_base_name(const char *path);

/* A comment to the end of the line. */
void vci_propose_note(vci_proposing *p, vci_text text, ...);

#endif
