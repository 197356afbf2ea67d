/* The sheet of events by period, with their change on a year and on the period before. */
#include <math.h>

#include "core/memory_internal.h"
#include "report/workbook_internal.h"

#define CHANGE_FORMAT "+0.0;-0.0;0.0"

/* The first period of the earliest year that is still judged, else the last twelve. */
static vc_period first_period(const vc_run *run) {
    vc_frequency frequency = run->panel.frequency;
    vc_period first = run->as_of;
    for (size_t i = 0; i < run->n_year_ends; i++) {
        vc_year year = vc_year_ending(run->year_ends[i], frequency);
        if (year.end >= run->as_of && year.first < first) first = year.first;
    }
    if (run->n_year_ends == 0) first -= (vc_period)frequency - 1;
    return first > run->panel.first ? first : run->panel.first;
}

static char *event_text(const vci_book *book, vc_event event) {
    static const vci_text texts[VC_EVENTS] = {
        [VC_BIRTHS_MALE] = VCI_TEXT_BOOK_BOYS,
        [VC_BIRTHS_FEMALE] = VCI_TEXT_BOOK_GIRLS,
        [VC_BIRTHS_COMPLIANT] = VCI_TEXT_BOOK_COMPLIANT,
    };
    if (event == VC_BIRTHS_MALE || event == VC_BIRTHS_FEMALE ||
        event == VC_BIRTHS_COMPLIANT)
        return vci_text_say(book->language, texts[event]);
    return vci_book_indicator(book, vc_event_name(event));
}

/* The number of events of one period, and whether it may be told. */
typedef struct count {
    double number;
    vc_mark mark;
} count;

static count count_of(const vci_book *book, vc_event event, size_t unit, vc_period period) {
    const vc_panel *panel = &book->run->panel;
    size_t t = (size_t)(period - panel->first);
    count c = {(double)NAN, VC_MARK_SHOWN};
    if (period < panel->first || t >= panel->n_periods) return c;
    c.number = panel->count[event][unit * panel->n_periods + t];
    if (!vc_suppression_tells(&book->suppression, vc_event_name(event), unit, period,
                              period))
        c.mark = VC_MARK_WITHHELD;
    return c;
}

/* A period with its change on another one, in percent. */
static void add_compared(vci_page *page, count now, count before) {
    double change =
        before.number > 0 ? 100 * (now.number / before.number - 1) : (double)NAN;
    vci_page_figure(page, before.mark, before.number, "0");
    vci_page_figure(page, vci_book_both(now.mark, before.mark), change, CHANGE_FORMAT);
}

static bool lies_below(const vc_unit_tree *tree, size_t unit, size_t other) {
    while (other != VC_NO_UNIT && other != unit) other = tree->units[other].parent;
    return other == unit;
}

/* A sum is provisional when the record of one of its leaves is. */
static void add_status(vci_page *page, size_t unit, vc_period period) {
    const vc_panel *panel = &page->book->run->panel;
    const vc_unit_tree *tree = &panel->tree;
    size_t t = (size_t)(period - panel->first);
    bool provisional = false;
    for (size_t i = 0; panel->status && i < tree->n_leaves && !provisional; i++) {
        size_t leaf = tree->leaves[i];
        provisional = panel->status[leaf * panel->n_periods + t] == VC_PROVISIONAL &&
                      lies_below(tree, unit, leaf);
    }
    vci_page_say(page, provisional ? VCI_TEXT_BOOK_PROVISIONAL : VCI_TEXT_BOOK_FINAL);
}

static void add_row(vci_page *page, const char *event_name, vc_event event, size_t unit,
                    vc_period period) {
    const vci_book *book = page->book;
    vc_frequency frequency = book->run->panel.frequency;
    char text[VC_PERIOD_TEXT];
    count now = count_of(book, event, unit, period);
    vc_period_format(period, frequency, text);
    vci_page_text(page, book->run->panel.tree.units[unit].name);
    vci_page_text(page, event_name);
    vci_page_text(page, text);
    vci_page_figure(page, now.mark, now.number, "0");
    add_compared(page, now, count_of(book, event, unit, period - (vc_period)frequency));
    if (frequency != VC_YEARLY)
        add_compared(page, now, count_of(book, event, unit, period - 1));
    add_status(page, unit, period);
    vci_page_next(page);
}

static bool is_told(const vci_book *book, vc_event event, size_t unit, vc_year span) {
    for (vc_period p = span.first; p <= span.end; p++)
        if (count_of(book, event, unit, p).mark == VC_MARK_SHOWN) return true;
    return false;
}

static bool is_any_told(const vci_book *book, size_t unit, vc_year span) {
    for (int e = 0; e < VC_EVENTS; e++)
        if (book->run->panel.has[e] && is_told(book, (vc_event)e, unit, span)) return true;
    return false;
}

static vc_status add_event(vci_page *page, vc_event event, size_t unit, vc_year span) {
    vc_status st = VC_OK;
    char *name = event_text(page->book, event);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    for (vc_period p = span.first; p <= span.end; p++) add_row(page, name, event, unit, p);
out:
    vci_free(name);
    return st;
}

/* Series without a single number have no rows; units without any are counted. */
static vc_status add_units(vci_page *page, vc_year span) {
    vc_status st = VC_OK;
    const vc_run *run = page->book->run;
    size_t n_left_out = 0;
    char *note = NULL;
    for (size_t u = 0; u < run->panel.tree.n; u++) {
        bool told = is_any_told(page->book, u, span);
        n_left_out += !told;
        for (int e = 0; e < VC_EVENTS && told; e++)
            if (run->panel.has[e] && is_told(page->book, (vc_event)e, u, span))
                VC_TRY(add_event(page, (vc_event)e, u, span));
    }
    vci_page_end(page, 3);
    vci_page_say_note(page, VCI_TEXT_BOOK_PERIODS_NOTE);
    if (n_left_out == 0) goto out;
    note = vci_text_say(page->book->language, VCI_TEXT_BOOK_LEFT_OUT, n_left_out);
    if (!note) VC_FAIL(VC_NO_MEMORY, "text");
    vci_page_note(page, note);
out:
    vci_free(note);
    return st;
}

vc_status vci_book_add_periods(vci_book *book) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_CLI_COLUMN_UNIT, 18},    {VCI_TEXT_CLI_COLUMN_INDICATOR, 24},
        {VCI_TEXT_BOOK_PERIOD, 19},        {VCI_TEXT_BOOK_COUNT, 10},
        {VCI_TEXT_BOOK_YEAR_BEFORE, 12},   {VCI_TEXT_BOOK_ON_YEAR, 12},
        {VCI_TEXT_BOOK_PERIOD_BEFORE, 12}, {VCI_TEXT_BOOK_ON_PERIOD, 14},
        {VCI_TEXT_BOOK_STATUS, 12},
    };
    const vc_run *run = book->run;
    bool yearly = run->panel.frequency == VC_YEARLY;
    vc_year span = {first_period(run), run->as_of};
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_PERIODS, yearly ? 6 : 8, columns, &page));
    vci_page_head(&page, vci_text_get(VCI_TEXT_BOOK_STATUS, book->language), 12);
    VC_TRY(add_units(&page, span));
out:
    return st;
}
