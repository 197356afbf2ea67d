/* The sheet of verdicts: every target of every unit in one table. */
#include <xlsxwriter.h>

#include "core/status_internal.h"
#include "report/workbook_internal.h"

#define SE_FORMAT "0.00%"

static const vci_text grade_texts[] = {
    [VC_GRADE_NONE] = VCI_TEXT_LISTS_VERDICT_NONE,
    [VC_GRADE_NOT_DECIDABLE] = VCI_TEXT_GRADE_NOT_DECIDABLE,
    [VC_GRADE_WEAK] = VCI_TEXT_GRADE_WEAK,
    [VC_GRADE_DECIDABLE] = VCI_TEXT_GRADE_DECIDABLE,
};

/* Counts change by percent, everything else by points. */
static void add_change(vci_page *page, size_t r) {
    const vci_book *book = page->book;
    const vc_result *result = &book->run->results[r];
    vc_mark mark = vci_book_both(vci_book_mark(book, r, VC_SPAN_TO_DATE),
                                 vci_book_mark(book, r, VC_SPAN_LAST_YEAR));
    bool count = vc_run_indicator_kind(book->run, vci_book_target_of(book, r)->indicator) ==
                 VC_INDICATOR_COUNT;
    if (count && mark == VC_MARK_SHOWN)
        vci_page_number(page, result->change, "+0.0\"%\";-0.0\"%\";0.0\"%\"");
    else
        vci_page_result(page, r, mark, result->change, true);
}

static void add_standing(vci_page *page, size_t r) {
    const vci_book *book = page->book;
    const vc_result *result = &book->run->results[r];
    vci_page_result(page, r, vci_book_mark(book, r, VC_SPAN_PERIOD), result->current,
                    false);
    vci_page_result(page, r, vci_book_mark(book, r, VC_SPAN_TO_DATE), result->to_date,
                    false);
    vci_page_result(page, r, vci_book_mark(book, r, VC_SPAN_LAST_YEAR),
                    result->same_period_last_year, false);
    add_change(page, r);
    vci_page_bound(page, r);
    vci_page_number(page, result->pace, "0.0\"%\"");
    vci_page_result(page, r, vci_book_gap(book, r), result->gap, true);
}

static void add_forecast(vci_page *page, size_t r) {
    static const int order[] = {VC_MEDIAN, VC_Q10, VC_Q90, VC_Q025, VC_Q975};
    const vci_book *book = page->book;
    const vc_result *result = &book->run->results[r];
    vc_mark mark = vc_suppression_forecast(&book->suppression, r);
    vci_page_probability(page, result->p_met, result->settled);
    vci_page_number(page, result->monte_carlo_se, SE_FORMAT);
    vci_page_text(page, vci_book_verdict(book, result));
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        vci_page_result(page, r, mark, result->quantile[order[i]], false);
}

/* A bar as long as P(met), in one colour: a low one is no failure. */
static void set_bars(vci_page *page, unsigned column) {
    lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .bar_color = 0xA9CCE3,
                                   .bar_solid = LXW_TRUE,
                                   .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .min_value = 0,
                                   .max_value = 1};
    if (page->row == page->head + 1) return;
    lxw_error error =
        worksheet_conditional_format_range(page->sheet, page->head + 1, (lxw_col_t)column,
                                           page->row - 1, (lxw_col_t)column, &bars);
    page->book->failed = page->book->failed || error != LXW_NO_ERROR;
}

vc_status vci_book_add_verdict(vci_book *book) {
    vc_status st = VC_OK;
    vc_frequency frequency = book->run->panel.frequency;
    const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 16},
        {VCI_TEXT_CLI_COLUMN_INDICATOR, 24},
        {VCI_TEXT_BOOK_TERM, 19},
        {frequency == VC_MONTHLY     ? VCI_TEXT_CLI_COLUMN_MONTH
         : frequency == VC_QUARTERLY ? VCI_TEXT_CLI_COLUMN_QUARTER
                                     : VCI_TEXT_CLI_COLUMN_YEAR,
         9},
        {VCI_TEXT_CLI_COLUMN_TO_DATE, 9},
        {VCI_TEXT_CLI_COLUMN_LAST_YEAR, 10},
        {VCI_TEXT_CLI_COLUMN_CHANGE, 9},
        {VCI_TEXT_CLI_COLUMN_TARGET, 11},
        {VCI_TEXT_CLI_COLUMN_PACE, 9},
        {VCI_TEXT_CLI_COLUMN_GAP, 9},
        {VCI_TEXT_CLI_COLUMN_P_MET, 11},
        {VCI_TEXT_BOOK_SE, 10},
        {VCI_TEXT_LISTS_COLUMN_VERDICT, 22},
        {VCI_TEXT_CLI_COLUMN_MEDIAN, 9},
        {VCI_TEXT_BOOK_LOW_80, 9},
        {VCI_TEXT_BOOK_HIGH_80, 9},
        {VCI_TEXT_BOOK_LOW_95, 9},
        {VCI_TEXT_BOOK_HIGH_95, 9},
        {VCI_TEXT_GRADE_COLUMN_LEVEL, 15},
    };
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_VERDICT, sizeof columns / sizeof *columns,
                          columns, &page));
    for (size_t i = 0; i < book->run->n_results; i++) {
        size_t r = book->rows[i];
        VC_TRY(vci_page_names(&page, r));
        add_standing(&page, r);
        add_forecast(&page, r);
        vci_page_say(&page, grade_texts[book->grades[r].level]);
        vci_page_next(&page);
    }
    set_bars(&page, 10);
    vci_page_end(&page, 2);
    vci_page_say_note(&page, VCI_TEXT_CLI_NOTE_READING);
    vci_page_say_note(&page, VCI_TEXT_CLI_NOTE_CHANCE);
out:
    return st;
}
