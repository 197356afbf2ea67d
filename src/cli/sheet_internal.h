/* The results of a run as the meeting's table and as JSON. */
#ifndef VCI_SHEET_INTERNAL_H
#define VCI_SHEET_INTERNAL_H

#include <stdio.h>

#include "cli/colour_internal.h"
#include "cli/figure_internal.h"
#include "cli/json_internal.h"
#include "cli/small_cell_internal.h"
#include "cli/warning_history_internal.h"
#include "store/run_track_internal.h"
#include "vitalcast/grade.h"
#include "vitalcast/problem.h"
#include "vitalcast/required.h"
#include "vitalcast/task.h"

/* A run made ready to be shown. */
typedef struct vci_sheet {
    const vc_run *run; /* borrowed */
    vc_language language;
    vci_small_cells cells;
    vc_grade *grades;  /* [run->n_results] */
    bool all;          /* every unit was asked for */
    bool *news_hidden; /* [run->changes.n_news] counts of new periods not to be shown */
    bool colour;       /* the table may have colours; false after init */
    size_t n_rows;
    size_t *rows; /* [n_rows] results to be shown, by year end, length, indicator, unit */
    size_t n_hidden;              /* results of lower units that the table leaves out */
    vci_warning_history warnings; /* of is NULL where nobody asked for them */
    const vci_run_track *track;   /* borrowed; NULL: nobody asked for it */
    vc_tasks tasks;
    vc_requireds required;
    vc_problems problems;
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

/* Warnings that stand or went, with their reasons; sheet->warnings has been found. */
vc_status vci_sheet_print_warnings(const vci_sheet *sheet, FILE *out);
/* The text of a level. */
const char *vci_warning_level_text(vc_warning_level level, vc_language language);
void vci_sheet_warning_json(const vci_sheet *sheet, size_t result, vci_json *json);
/* Per year end: what the average of the remaining periods would have to be. */
vc_status vci_sheet_print_required(const vci_sheet *sheet, FILE *out);

/* The track record, or that there is none; sheet->track is not NULL. */
vc_status vci_sheet_print_track(const vci_sheet *sheet, FILE *out);

/* What alarms at the levels of the run would have been worth; nothing without a record. */
void vci_sheet_print_alarms(const vci_sheet *sheet, FILE *out);

/* The member "track"; nothing where nobody asked for it. */
vc_status vci_sheet_track_json(const vci_sheet *sheet, vci_json *json);

/* Problems, tasks and responsibilities; the two last of services and records only. */
vc_status vci_sheet_print_lists(const vci_sheet *sheet, FILE *out);

/* The same as members "required", "problems", "tasks", "responsibilities"; every unit. */
void vci_sheet_lists_json(const vci_sheet *sheet, vci_json *json);

/* A figure of a result or the mark of a small cell; P(met) as the tables write them. */
vci_figure vci_sheet_figure(const vci_sheet *sheet, size_t result, vci_cell_state state,
                            double number, bool is_signed);
vci_figure vci_sheet_p_met(const vci_sheet *sheet, size_t result);

/* A verdict in words; a dash for none. */
const char *vci_verdict_text(const vci_sheet *sheet, size_t result);
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
vc_status vci_sheet_json(const vci_sheet *sheet, vci_json *json);

#endif
