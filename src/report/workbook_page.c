/* One sheet: headings, cells, print set-up; every cell of a workbook is written here. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "chart/label_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"

#define A4 9
#define HEX_DIGITS "0123456789abcdefABCDEF"
#define ESCAPED_LINE "_x005F" /* before the rest of what looks like an escape */
#define LONGEST_CELL 32000    /* characters; the format allows 32,767 */
#define TITLE_COLUMNS 60
#define LINE_HEIGHT 15 /* points */
#define HEAD_ROW 3     /* title, as of, what it is for */
#define MARGIN 0.4     /* inches */
#define FOOT_MARGIN 0.8

/* --- formats -------------------------------------------------------------------------- */

/* Names of styles that are no number formats. */
#define STYLE_TITLE "title"
#define STYLE_LINE "line"
#define STYLE_HEAD "head"
#define STYLE_TEXT "text"
#define STYLE_LONG "long"
#define STYLE_MARK "mark"
#define STYLE_LABEL "label"

static void set_style(vci_book *book, const char *name, lxw_format *format) {
    bool chinese = book->language == VC_CHINESE;
    format_set_font_name(format, chinese ? "宋体" : "Arial");
    format_set_font_size(format, strcmp(name, STYLE_TITLE) == 0 ? 14 : 10);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (strcmp(name, STYLE_TITLE) == 0 || strcmp(name, STYLE_LABEL) == 0) {
        format_set_bold(format);
    } else if (strcmp(name, STYLE_HEAD) == 0) {
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_CENTER);
        format_set_top(format, LXW_BORDER_MEDIUM);
        format_set_bottom(format, LXW_BORDER_THIN);
    } else if (strcmp(name, STYLE_TEXT) == 0) {
        format_set_indent(format, 1);
    } else if (strcmp(name, STYLE_LONG) == 0) {
        format_set_text_wrap(format);
        format_set_indent(format, 1);
    } else if (strcmp(name, STYLE_MARK) == 0) {
        format_set_align(format, LXW_ALIGN_RIGHT);
    } else if (strcmp(name, STYLE_LINE) != 0) {
        format_set_num_format(format, name);
    }
}

lxw_format *vci_book_style(vci_book *book, const char *name) {
    for (size_t i = 0; i < book->n_formats; i++)
        if (strcmp(book->formats[i].name, name) == 0) return book->formats[i].format;
    lxw_format *format = workbook_add_format(book->file);
    if (!format || book->n_formats == VCI_BOOK_FORMATS) {
        book->failed = true;
        return NULL;
    }
    vci_book_format *entry = &book->formats[book->n_formats++];
    snprintf(entry->name, sizeof entry->name, "%s", name);
    entry->format = format;
    set_style(book, name, format);
    return format;
}

const char *vci_page_digits(int digits, bool is_signed) {
    static const char *const plain[] = {"0", "0.0", "0.00", "0.000", "0.0000", "0.00000"};
    static const char *const with_sign[] = {"+0;-0;0",
                                            "+0.0;-0.0;0.0",
                                            "+0.00;-0.00;0.00",
                                            "+0.000;-0.000;0.000",
                                            "+0.0000;-0.0000;0.0000",
                                            "+0.00000;-0.00000;0.00000"};
    size_t at = digits < 0 ? 0 : digits > 5 ? 5 : (size_t)digits;
    return is_signed ? with_sign[at] : plain[at];
}

/* --- cells ---------------------------------------------------------------------------- */

static void check(vci_page *page, lxw_error error) {
    if (error != LXW_NO_ERROR) page->book->failed = true;
}

/* "_x0041_" is an A to whoever reads the file, unless its first sign is written that way.
 */
static bool is_escape(const char *text) {
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, HEX_DIGITS) >= 4 &&
           text[6] == '_';
}

/*
 * Copies what can be shown of a text: no broken bytes, no control characters, nothing that
 * steers; and no more than a cell takes.
 */
static char *shown_text(const char *text) {
    size_t n = strlen(text), used = 0, characters = 0;
    char *copy = vci_alloc(2 * n + 1, 1); /* an escape of 7 bytes gets 6 more */
    for (size_t i = 0; copy && i < n && characters < LONGEST_CELL;) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        if (is_escape(text + i)) {
            memcpy(copy + used, ESCAPED_LINE, strlen(ESCAPED_LINE));
            used += strlen(ESCAPED_LINE);
            characters += strlen(ESCAPED_LINE);
        }
        if (code != 0 || text[i] == '\n') {
            memcpy(copy + used, text + i, length);
            used += length;
            characters += code > 0xFFFF ? 2 : 1;
        }
        i += length;
    }
    return copy;
}

static void write_text(vci_page *page, unsigned row, size_t column, const char *text,
                       const char *style) {
    char *shown = shown_text(text);
    if (!shown) {
        page->book->failed = true;
        return;
    }
    check(page, worksheet_write_string(page->sheet, row, (lxw_col_t)column, shown,
                                       vci_book_style(page->book, style)));
    vci_free(shown);
}

void vci_page_text(vci_page *page, const char *text) {
    write_text(page, page->row, page->column++, text, STYLE_TEXT);
}

void vci_page_long_text(vci_page *page, const char *text, double width) {
    size_t lines = 1 + vci_label_width(text) / (size_t)(width * 0.9);
    check(page, worksheet_set_row(page->sheet, page->row,
                                  LINE_HEIGHT * (double)(lines < 20 ? lines : 20), NULL));
    write_text(page, page->row, page->column++, text, STYLE_LONG);
}

void vci_page_say(vci_page *page, vci_text text) {
    vci_page_text(page, vci_text_get(text, page->book->language));
}

void vci_page_number(vci_page *page, double number, const char *format) {
    if (!isfinite(number)) {
        write_text(page, page->row, page->column++, "—", STYLE_MARK);
        return;
    }
    check(page, worksheet_write_number(page->sheet, page->row, (lxw_col_t)page->column++,
                                       number, vci_book_style(page->book, format)));
}

/* The mark stands for what is no number as well: a ratio's dash would tell a zero. */
void vci_page_figure(vci_page *page, vc_mark mark, double number, const char *format) {
    char below[24];
    if (mark == VC_MARK_SHOWN) {
        vci_page_number(page, number, format);
        return;
    }
    snprintf(below, sizeof below, "<%.0f", page->book->run->settings.min_cell);
    write_text(page, page->row, page->column++, mark == VC_MARK_BELOW ? below : "*",
               STYLE_MARK);
}

void vci_page_skip(vci_page *page) { page->column++; }

void vci_page_next(vci_page *page) {
    page->row++;
    page->column = 0;
}

void vci_page_label(vci_page *page, const char *text) {
    write_text(page, page->row, page->column++, text, STYLE_LABEL);
}

void vci_page_note(vci_page *page, const char *text) {
    write_text(page, page->row++, 0, text, STYLE_LINE);
}

void vci_page_say_note(vci_page *page, vci_text text) {
    vci_page_note(page, vci_text_get(text, page->book->language));
}

/* --- sheets --------------------------------------------------------------------------- */

void vci_page_head(vci_page *page, const char *text, double width) {
    lxw_col_t column = (lxw_col_t)page->n_columns++;
    write_text(page, page->head, column, text, STYLE_HEAD);
    check(page, worksheet_set_column(page->sheet, column, column, width, NULL));
}

/* Title, as-of, what the figures are for: the lines above every table. */
static vc_status write_lines(vci_page *page) {
    vc_status st = VC_OK;
    const vc_run *run = page->book->run;
    vc_language language = page->book->language;
    const char *name = run->settings.name ? run->settings.name : "";
    char as_of[VC_PERIOD_TEXT], *title = NULL, *line = NULL;
    vci_label place = vci_label_fit(name, TITLE_COLUMNS);
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    title = vci_text_say(language, VCI_TEXT_BOOK_TITLE, place.text, page->name);
    line = vci_text_say(language, VCI_TEXT_BOOK_AS_OF, as_of, run->id);
    if (line && run->settings.synthetic) {
        char *longer = vci_text_say(language, VCI_TEXT_BOOK_SYNTHETIC, line);
        vci_free(line);
        line = longer;
    }
    if (line && run->scenario.n > 0) {
        char *longer = vci_text_say(language, VCI_TEXT_BOOK_SUPPOSED, line);
        vci_free(line);
        line = longer;
    }
    if (!title || !line) VC_FAIL(VC_NO_MEMORY, "text");
    write_text(page, 0, 0, title, STYLE_TITLE);
    write_text(page, 1, 0, line, STYLE_LINE);
    write_text(page, 2, 0, vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, language), STYLE_LINE);
out:
    vci_free(title);
    vci_free(line);
    return st;
}

/* The boundary's line stands on every printed page. */
static vc_status set_print(vci_page *page) {
    vc_status st = VC_OK;
    vc_language language = page->book->language;
    char *foot =
        vci_text_format("&L&8%s&R&8%s", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, language),
                        vci_text_get(VCI_TEXT_BOOK_PAGE, language));
    if (!foot) VC_FAIL(VC_NO_MEMORY, "text");
    worksheet_set_landscape(page->sheet);
    worksheet_set_paper(page->sheet, A4);
    worksheet_fit_to_pages(page->sheet, 1, 0);
    worksheet_set_margins(page->sheet, MARGIN, MARGIN, MARGIN, FOOT_MARGIN);
    check(page, worksheet_set_footer(page->sheet, foot));
out:
    vci_free(foot);
    return st;
}

vc_status vci_page_begin(vci_book *book, vci_text name, size_t n,
                         const vci_book_column *columns, vci_page *page) {
    vc_status st = VC_OK;
    *page = (vci_page){.book = book, .head = HEAD_ROW, .row = HEAD_ROW + 1};
    page->name = vci_text_get(name, book->language);
    page->sheet = workbook_add_worksheet(book->file, page->name);
    if (!page->sheet) VC_FAIL(VC_NO_MEMORY, "sheet");
    VC_TRY(write_lines(page));
    VC_TRY(set_print(page));
    int lines = book->language == VC_CHINESE ? 2 : 3; /* English headings are longer */
    if (n > 0)
        check(page, worksheet_set_row(page->sheet, HEAD_ROW, lines * LINE_HEIGHT, NULL));
    for (size_t i = 0; i < n; i++)
        vci_page_head(page, vci_text_get(columns[i].head, book->language),
                      columns[i].width);
out:
    return st;
}

void vci_page_end(vci_page *page, unsigned fixed) {
    if (page->row == page->head + 1) vci_page_say_note(page, VCI_TEXT_BOOK_NOTHING);
    worksheet_freeze_panes(page->sheet, page->head + 1, (lxw_col_t)fixed);
    check(page, worksheet_repeat_rows(page->sheet, page->head, page->head));
    check(page, worksheet_autofilter(page->sheet, page->head, 0, page->row - 1,
                                     (lxw_col_t)(page->n_columns - 1)));
}
