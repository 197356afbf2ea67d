/* Names and figures as the sheets of a workbook have them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/verdict_internal.h"
#include "chart/indicator_text_internal.h"
#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"

/* --- names ---------------------------------------------------------------------------- */

char *vci_book_indicator(const vci_book *book, const char *indicator) {
    return vci_indicator_text(book->run, indicator, book->language);
}

char *vci_book_target(const vci_book *book, const vc_target *target) {
    char deadline[VC_PERIOD_TEXT];
    vc_period end = vc_target_window(target, book->run->panel.frequency).end;
    char *indicator = vci_book_indicator(book, target->indicator), *text;
    if (!indicator || end == target->year_end) return indicator;
    vc_period_format(end, book->run->panel.frequency, deadline);
    text = vci_text_say(book->language, VCI_TEXT_CLI_BY_DEADLINE, indicator, deadline);
    vci_free(indicator);
    return text;
}

bool vci_book_has_range(const vci_book *book) {
    const vc_targets *targets = &book->run->targets;
    for (size_t i = 0; i < targets->n; i++)
        if (targets->list[i].direction == VC_BETWEEN) return true;
    return false;
}

void vci_book_term(const vci_book *book, const vc_target *target,
                   char text[VC_DIM(3 * VC_PERIOD_TEXT)]) {
    vc_frequency frequency = book->run->panel.frequency;
    vc_year term = vc_target_term(target, frequency);
    char first[VC_PERIOD_TEXT], end[VC_PERIOD_TEXT];
    vc_period_format(term.first, frequency, first);
    vc_period_format(term.end, frequency, end);
    if (term.first == term.end)
        snprintf(text, 3 * VC_PERIOD_TEXT, "%s", end);
    else
        snprintf(text, 3 * VC_PERIOD_TEXT, "%s – %s", first, end);
}

const char *vci_book_verdict(const vci_book *book, const vc_result *result) {
    return vci_text_get(vci_verdict_words(result), book->language);
}

const vc_target *vci_book_target_of(const vci_book *book, size_t result) {
    return &book->run->targets.list[book->run->results[result].target];
}

const char *vci_book_unit_of(const vci_book *book, size_t result) {
    return book->run->panel.tree.units[book->run->results[result].unit].name;
}

/* --- small cells ---------------------------------------------------------------------- */

vc_mark vci_book_mark(const vci_book *book, size_t result, vc_span span) {
    const vc_target *target = vci_book_target_of(book, result);
    return vc_suppression_shows(&book->suppression, target->indicator,
                                book->run->results[result].unit, span,
                                vc_target_window(target, book->run->panel.frequency));
}

vc_mark vci_book_both(vc_mark one, vc_mark other) {
    return one != VC_MARK_SHOWN ? one : other;
}

vc_mark vci_book_gap(const vci_book *book, size_t result) {
    return vci_book_both(vci_book_mark(book, result, VC_SPAN_TO_DATE),
                         vc_suppression_bound(&book->suppression, result));
}

/* --- cells ---------------------------------------------------------------------------- */

vc_status vci_page_names(vci_page *page, size_t result) {
    vc_status st = VC_OK;
    char term[3 * VC_PERIOD_TEXT], *name = NULL;
    name = vci_book_target(page->book, vci_book_target_of(page->book, result));
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    vci_book_term(page->book, vci_book_target_of(page->book, result), term);
    vci_page_text(page, vci_book_unit_of(page->book, result));
    vci_page_text(page, name);
    vci_page_text(page, term);
out:
    vci_free(name);
    return st;
}

/* That a figure is below min_cell is told of counts themselves only. */
void vci_page_result(vci_page *page, size_t result, vc_mark mark, double number,
                     bool is_signed) {
    const vc_run *run = page->book->run;
    const vc_target *target = vci_book_target_of(page->book, result);
    bool count = vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_COUNT;
    if (mark == VC_MARK_BELOW && (!count || is_signed)) mark = VC_MARK_WITHHELD;
    vci_page_figure(page, mark, number,
                    vci_page_digits(vci_indicator_digits(run, target), is_signed));
}

/* Digits after the point of a number as a person typed it. */
static int typed_digits(double number) {
    char text[40];
    snprintf(text, sizeof text, "%.10g", number);
    const char *point = strchr(text, '.');
    return point && !strchr(text, 'e') ? (int)strlen(point + 1) : 0;
}

/* The bound is a number that its format sets a sign before; `between` has two: a text. */
void vci_page_bound(vci_page *page, size_t r) {
    const vc_run *run = page->book->run;
    const vc_result *result = &run->results[r];
    const vc_target *target = vci_book_target_of(page->book, r);
    vc_mark mark = vc_suppression_bound(&page->book->suppression, r);
    char format[40];
    if (mark == VC_MARK_SHOWN && target->direction == VC_BETWEEN && !isnan(result->bound)) {
        vci_page_text(page, vci_target_signs(run, target, result->bound, result->bound_high,
                                             page->book->language)
                                .text);
        return;
    }
    int digits = target->value.kind != VC_FIXED ? vci_indicator_digits(run, target)
                 : target->decimals >= 0        ? target->decimals
                                                : typed_digits(result->bound);
    snprintf(format, sizeof format, "\"%s \"%s",
             target->direction == VC_AT_MOST ? "≤" : "≥", vci_page_digits(digits, false));
    if (mark != VC_MARK_SHOWN) /* its mark is that of a figure */
        vci_page_result(page, r, mark, result->bound, false);
    else
        vci_page_number(page, result->bound, format);
}

/* As few digits as the draws support; never 0 or 1 where something is simulated. */
void vci_page_probability(vci_page *page, double p, bool settled) {
    double percent = 100 * p;
    const char *format = settled && (p <= 0 || p >= 1)        ? "0%"
                         : percent < 0.1                      ? "\"< 0.1%\""
                         : percent > 99.9                     ? "\"> 99.9%\""
                         : percent < 9.95 || percent >= 90.05 ? "0.0%"
                                                              : "0%";
    vci_page_number(page, p, format);
}
