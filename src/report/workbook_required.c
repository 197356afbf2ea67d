/* The sheet of averages that the rest of the year would have to reach. */
#include <math.h>
#include <stdio.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"
#include "vitalcast/boundary.h"
#include "vitalcast/required.h"

static vci_text basis_text(const vci_book *book, vc_required_basis basis) {
    static const vci_text by_frequency[][2] = {
        {VCI_TEXT_LISTS_PER_MONTH, VCI_TEXT_LISTS_NUMERATOR_MONTH},
        {VCI_TEXT_LISTS_PER_QUARTER, VCI_TEXT_LISTS_NUMERATOR_QUARTER},
        {VCI_TEXT_LISTS_PER_YEAR, VCI_TEXT_LISTS_NUMERATOR_YEAR}};
    vc_frequency f = book->run->panel.frequency;
    if (basis == VC_REQUIRED_RATE) return VCI_TEXT_LISTS_ANNUAL_RATE;
    if (basis == VC_REQUIRED_RATIO) return VCI_TEXT_LISTS_RATIO;
    return by_frequency[f == VC_MONTHLY     ? 0
                        : f == VC_QUARTERLY ? 1
                                            : 2][basis == VC_REQUIRED_NUMERATOR];
}

/*
 * The rest of the year tells what came before it; where the last periods are incomplete,
 * it tells those by difference. Whether it is safe would tell how many there are.
 */
static vc_mark mark_of(const vci_book *book, size_t r) {
    const vc_result *result = &book->run->results[r];
    vc_mark mark = vci_book_gap(book, r);
    if (mark == VC_MARK_SHOWN && result->path_n > 0 &&
        result->path_first <= book->run->as_of)
        mark = vci_book_mark(book, r, VC_SPAN_PERIOD);
    return mark == VC_MARK_SHOWN ? VC_MARK_SHOWN : VC_MARK_WITHHELD;
}

/* Counts by period have a digit more than counts. */
static int digits_of(const vci_book *book, const vc_required *q) {
    bool counts = q->basis == VC_REQUIRED_COUNT || q->basis == VC_REQUIRED_NUMERATOR;
    return counts ? 1
                  : vci_indicator_digits(book->run, vci_book_target_of(book, q->result));
}

/* At most or at least an average, or from it on. */
static void add_average(vci_page *page, const vc_required *q) {
    const vci_book *book = page->book;
    vc_mark mark = mark_of(book, q->result);
    const char *plain = vci_page_digits(digits_of(book, q), false);
    char format[40];
    bool at_most = vci_book_target_of(book, q->result)->direction == VC_AT_MOST;
    if (mark == VC_MARK_SHOWN && q->state != VC_REQUIRED_OPEN) {
        vci_page_say(page, q->state == VC_REQUIRED_SURE ? VCI_TEXT_LISTS_SURE
                                                        : VCI_TEXT_LISTS_LOST);
        return;
    }
    snprintf(format, sizeof format, "\"%s \"%s", at_most ? "≤" : "≥", plain);
    vci_page_figure(page, mark, q->average, isnan(q->average_high) ? format : plain);
}

static void add_upper_end(vci_page *page, const vc_required *q) {
    vc_mark mark = mark_of(page->book, q->result);
    bool known = mark != VC_MARK_SHOWN || q->state == VC_REQUIRED_OPEN;
    if (known && !isnan(q->average_high))
        vci_page_figure(page, mark, q->average_high,
                        vci_page_digits(digits_of(page->book, q), false));
}

static vc_status add_row(vci_page *page, const vc_required *q) {
    vc_status st = VC_OK;
    const vci_book *book = page->book;
    const vc_result *result = &book->run->results[q->result];
    char first[VC_PERIOD_TEXT];
    vc_period_format(q->first, book->run->panel.frequency, first);
    VC_TRY(vci_page_names(page, q->result));
    vci_page_say(page, basis_text(book, q->basis));
    vci_page_bound(page, q->result);
    vci_page_figure(page, mark_of(book, q->result), q->so_far,
                    vci_page_digits(digits_of(book, q), false));
    vci_page_text(page, first);
    add_average(page, q);
    vci_page_probability(page, result->p_met, result->settled);
    vci_page_text(page, vci_book_verdict(book, result));
    add_upper_end(page, q);
    vci_page_next(page);
out:
    return st;
}

/* Services of lower units stand in the list of tasks. */
static bool belongs(const vci_book *book, size_t r) {
    return vc_boundary_vital(book->run, vci_book_target_of(book, r)->indicator) ||
           book->run->results[r].unit == book->run->panel.tree.root;
}

static const vc_required *required_of(const vc_requireds *required, size_t r) {
    for (size_t i = 0; i < required->n; i++)
        if (required->list[i].result == r) return &required->list[i];
    return NULL;
}

vc_status vci_book_add_required(vci_book *book, const vc_requireds *required) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 18},   {VCI_TEXT_CLI_COLUMN_INDICATOR, 28},
        {VCI_TEXT_BOOK_TERM, 20},         {VCI_TEXT_LISTS_COLUMN_BASIS, 16},
        {VCI_TEXT_CLI_COLUMN_TARGET, 12}, {VCI_TEXT_LISTS_COLUMN_SO_FAR, 11},
        {VCI_TEXT_LISTS_COLUMN_FROM, 10}, {VCI_TEXT_LISTS_COLUMN_REQUIRED, 14},
        {VCI_TEXT_CLI_COLUMN_P_MET, 12},  {VCI_TEXT_LISTS_COLUMN_VERDICT, 22},
        {VCI_TEXT_BOOK_TARGET_HIGH, 12},
    };
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_REQUIRED,
                          sizeof columns / sizeof *columns - !vci_book_has_range(book),
                          columns, &page));
    for (size_t i = 0; i < book->run->n_results; i++) {
        const vc_required *q = required_of(required, book->rows[i]);
        if (q && belongs(book, q->result)) VC_TRY(add_row(&page, q));
    }
    vci_page_end(&page, 2);
    vci_page_say_note(&page, VCI_TEXT_LISTS_REQUIRED_NOTE);
out:
    return st;
}
