/* What the sheets of a workbook share: pages, cells, words. */
#ifndef VCI_WORKBOOK_INTERNAL_H
#define VCI_WORKBOOK_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/grade.h"
#include "vitalcast/required.h"
#include "vitalcast/suppression.h"
#include "vitalcast/task.h"

/* xlsxwriter.h stands in the sources only. */
struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

#define VCI_BOOK_FORMATS 40

/* A number format, or a style by its name, and what the library made of it. */
typedef struct vci_book_format {
    char name[40];
    struct lxw_format *format;
} vci_book_format;

typedef struct vci_book {
    const vc_run *run; /* borrowed */
    vc_language language;
    vc_suppression suppression;
    vc_grade *grades; /* [run->n_results] */
    size_t *rows;     /* [run->n_results] by year end, length, indicator, unit */
    struct lxw_workbook *file;
    size_t n_formats;
    vci_book_format formats[VCI_BOOK_FORMATS];
    bool failed; /* some cell could not be written */
} vci_book;

/* --- pages (workbook_page.c) -------------------------------------------------------- */

typedef struct vci_book_column {
    vci_text head;
    double width; /* in characters */
} vci_book_column;

/* A sheet that is being filled from the left to the right and downwards. */
typedef struct vci_page {
    vci_book *book;
    struct lxw_worksheet *sheet;
    const char *name; /* of the sheet */
    size_t n_columns;
    unsigned head, row; /* row of the headings; row that is filled next */
    size_t column;
} vci_page;

/* A sheet with its headings; more columns may follow by vci_page_head. */
vc_status vci_page_begin(vci_book *book, vci_text name, size_t n,
                         const vci_book_column *columns, vci_page *page);
void vci_page_head(vci_page *page, const char *text, double width);

/*
 * Cells. A text is a text, whatever it begins with; what cannot be shown of it is left out.
 * NaN is a dash; what is not VC_MARK_SHOWN is the mark alone.
 */
void vci_page_text(vci_page *page, const char *text);
/* In as many lines as it takes in a column of a width. */
void vci_page_long_text(vci_page *page, const char *text, double width);
void vci_page_say(vci_page *page, vci_text text);
void vci_page_number(vci_page *page, double number, const char *format);
void vci_page_figure(vci_page *page, vc_mark mark, double number, const char *format);
void vci_page_skip(vci_page *page);
void vci_page_next(vci_page *page);

/* A text that may reach over the cells to its right. */
void vci_page_label(vci_page *page, const char *text);

/* A line of text below the table. */
void vci_page_note(vci_page *page, const char *text);
void vci_page_say_note(vci_page *page, vci_text text);

/* Filter, frozen headings, print set-up; fixed: columns that stay at the left. */
void vci_page_end(vci_page *page, unsigned fixed);

/* Format of a figure with so many digits; is_signed: with its sign. */
const char *vci_page_digits(int digits, bool is_signed);

/* A format of the workbook, made once. */
struct lxw_format *vci_book_style(vci_book *book, const char *name);

/* --- words and figures (workbook_words.c) -------------------------------------------- */

/* "出生率（‰）" and where there is one "， by 2013-10"; release with vci_free. */
char *vci_book_indicator(const vci_book *book, const char *indicator);
char *vci_book_target(const vci_book *book, const vc_target *target);

/* Is any target between two ends? Without one there is no column of upper ends. */
bool vci_book_has_range(const vci_book *book);

/* "2013-12" of a year, "2013-07 – 2013-09" of any other period. */
void vci_book_term(const vci_book *book, const vc_target *target,
                   char text[VC_DIM(3 * VC_PERIOD_TEXT)]);

const char *vci_book_verdict(const vci_book *book, const vc_result *result);

const vc_target *vci_book_target_of(const vci_book *book, size_t result);
const char *vci_book_unit_of(const vci_book *book, size_t result);

/* May these figures of a result be told? */
vc_mark vci_book_mark(const vci_book *book, size_t result, vc_span span);
vc_mark vci_book_both(vc_mark one, vc_mark other);
vc_mark vci_book_gap(const vci_book *book, size_t result);

/* Cells that several sheets have. */
vc_status vci_page_names(vci_page *page, size_t result);
void vci_page_bound(vci_page *page, size_t result);
void vci_page_result(vci_page *page, size_t result, vc_mark mark, double number,
                     bool is_signed);
void vci_page_probability(vci_page *page, double p, bool settled);

/* Is an archive of XML whole? VC_NO_SPACE if a member breaks off. */
vc_status vci_book_check(const unsigned char *bytes, size_t n);

/* --- sheets -------------------------------------------------------------------------- */

vc_status vci_book_add_verdict(vci_book *book);
vc_status vci_book_add_periods(vci_book *book);
vc_status vci_book_add_ranks(vci_book *book);
vc_status vci_book_add_lists(vci_book *book);
vc_status vci_book_add_required(vci_book *book, const vc_requireds *required);
vc_status vci_book_add_paths(vci_book *book); /* and charts */
vc_status vci_book_add_notes(vci_book *book);

#endif
