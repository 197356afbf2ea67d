/* The results of a run as the meeting's table and as JSON. */
#ifndef VCI_SHEET_INTERNAL_H
#define VCI_SHEET_INTERNAL_H

#include <stdio.h>

#include "cli/colour_internal.h"
#include "cli/json_internal.h"
#include "cli/small_cell_internal.h"
#include "vitalcast/grade.h"

/* A run made ready to be shown. */
typedef struct vci_sheet {
    const vc_run *run; /* borrowed */
    vc_language language;
    vci_small_cells cells;
    vc_grade *grades; /* [run->n_results] */
    bool colour;      /* the table may have colours; false after init */
    size_t n_rows;
    size_t *rows;    /* [n_rows] results to be shown, by year end, indicator, unit */
    size_t n_hidden; /* results of lower units that the table leaves out */
} vci_sheet;

/*
 * all: every unit. Else, where there are more than VCI_ROWS results, those of the top unit
 * and the level below it (or of the highest units that have any).
 */
#define VCI_ROWS 60
vc_status vci_sheet_init(const vc_run *run, vc_language language, bool all,
                         vci_sheet *sheet);
/* Figures of two runs beside each other, such as those of two bases of population. */
vc_status vci_sheet_print_beside(const vci_sheet *sheet, const vci_sheet *other, FILE *out);

void vci_sheet_free(vci_sheet *sheet);

/* One table per year end: the columns of the meeting. */
vc_status vci_sheet_print(const vci_sheet *sheet, FILE *out);

/* One table per year end: median and prediction intervals of the year-end figure. */
vc_status vci_sheet_print_forecast(const vci_sheet *sheet, FILE *out);

/* One table per year end: what the records of vital events can say. */
vc_status vci_sheet_print_grades(const vci_sheet *sheet, FILE *out);

/* The member `grade` of a result's object; nothing where there is no grade. */
void vci_sheet_grade_json(const vci_sheet *sheet, size_t result, vci_json *json);

/* Shades of the cells P(met) and gap: plain where chance explains what they say. */
vci_shade vci_sheet_shade_p(const vci_sheet *sheet, size_t result);
vci_shade vci_sheet_shade_gap(const vci_sheet *sheet, size_t result);

/* What a reader must know: small cells, models without a back-test, boundary 5, ... */
vc_status vci_sheet_print_notes(const vci_sheet *sheet, FILE *out);

/*
 * The object of `project --json` and `show --json`; every result, in the run's order. The
 * fields are described in docs/CLI.md; none may be renamed.
 */
void vci_sheet_json(const vci_sheet *sheet, vci_json *json);

#endif
