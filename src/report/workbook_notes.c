/* The last sheet: where the figures come from and how they are to be read. */
#include <math.h>
#include <stdio.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"

#define CONTENT_WIDTH 110 /* characters */

static void add_item(vci_page *page, vci_text item, const char *content) {
    vci_page_say(page, item);
    vci_page_long_text(page, content, CONTENT_WIDTH);
    vci_page_next(page);
}

static void add_provenance(vci_page *page) {
    const vc_run *run = page->book->run;
    char as_of[VC_PERIOD_TEXT], number[32], digest[2 * sizeof run->panel.digest + 1];
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    add_item(page, VCI_TEXT_BOOK_ITEM_RUN, run->id);
    add_item(page, VCI_TEXT_BOOK_ITEM_AS_OF, as_of);
    if (run->settings.name)
        add_item(page, VCI_TEXT_BOOK_ITEM_WORKSPACE, run->settings.name);
    if (run->settings.source)
        add_item(page, VCI_TEXT_BOOK_ITEM_SOURCE, run->settings.source);
    snprintf(number, sizeof number, "%llu", (unsigned long long)run->seed);
    add_item(page, VCI_TEXT_BOOK_ITEM_SEED, number);
    snprintf(number, sizeof number, "%zu", run->n_draws);
    add_item(page, VCI_TEXT_BOOK_ITEM_DRAWS, number);
    add_item(page, VCI_TEXT_BOOK_ITEM_VERSION, VC_VERSION_STRING);
    for (size_t i = 0; i < sizeof run->panel.digest; i++)
        snprintf(digest + 2 * i, 3, "%02x", run->panel.digest[i]);
    add_item(page, VCI_TEXT_BOOK_ITEM_PANEL, digest);
}

/* The role, or the series, that a model was fitted to. */
static vc_status add_model(vci_page *page, const vc_fit *fit) {
    vc_status st = VC_OK;
    const vci_book *book = page->book;
    const char *series = vc_run_fit_series(book->run, fit);
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT], *text = NULL;
    vc_period_format(fit->first, fit->frequency, first);
    vc_period_format(fit->first + (vc_period)fit->n - 1, fit->frequency, last);
    text = vci_text_say(
        book->language, VCI_TEXT_BOOK_MODEL, series ? series : fit->role, fit->model.name,
        first, last,
        vci_text_get(fit->converged ? VCI_TEXT_CLI_CONVERGED : VCI_TEXT_CLI_NOT_CONVERGED,
                     book->language),
        vci_text_get(fit->model.validated ? VCI_TEXT_CLI_VALIDATED
                                          : VCI_TEXT_CLI_NOT_VALIDATED,
                     book->language));
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    add_item(page, VCI_TEXT_BOOK_ITEM_MODEL, text);
out:
    vci_free(text);
    return st;
}

static vc_status add_reading(vci_page *page) {
    vc_status st = VC_OK;
    static const vci_text texts[] = {VCI_TEXT_BOOK_ROUNDING, VCI_TEXT_CLI_NOTE_READING,
                                     VCI_TEXT_CLI_NOTE_CHANCE, VCI_TEXT_CLI_NOTE_NO_P,
                                     VCI_TEXT_GRADE_NOTE};
    const vci_book *book = page->book;
    char *small =
        vci_text_say(book->language, VCI_TEXT_CLI_NOTE_SMALL, book->run->settings.min_cell);
    if (!small) VC_FAIL(VC_NO_MEMORY, "text");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_item(page, VCI_TEXT_BOOK_ITEM_READING, vci_text_get(texts[i], book->language));
    add_item(page, VCI_TEXT_BOOK_ITEM_READING, small);
    add_item(page, VCI_TEXT_BOOK_ITEM_BOUNDARY,
             vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, book->language));
out:
    vci_free(small);
    return st;
}

vc_status vci_book_add_notes(vci_book *book) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {{VCI_TEXT_BOOK_ITEM, 22},
                                              {VCI_TEXT_BOOK_CONTENT, CONTENT_WIDTH}};
    const vc_run *run = book->run;
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_NOTES, 2, columns, &page));
    add_provenance(&page);
    VC_TRY(add_reading(&page));
    for (size_t i = 0; i < run->n_fits; i++) VC_TRY(add_model(&page, &run->fits[i]));
    for (size_t i = 0; i < run->n_warnings; i++)
        add_item(&page, VCI_TEXT_BOOK_ITEM_WARNING, run->warnings[i].text);
    vci_page_end(&page, 0);
out:
    return st;
}
