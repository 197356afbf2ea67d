/*
 * HTML: one file that asks for nothing. Style and script are files of plots/report/, every
 * picture stands inside; a content security policy forbids all else.
 */
#include <stdio.h>

#include "core/memory_internal.h"
#include "report/writer_internal.h"

#define POLICY                                                                             \
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "                       \
    "script-src 'unsafe-inline'"

#define SHORT_ROWS 20 /* of a table that printing leaves on one page */

/* A string of CSS: what could end it, or the style element, as a number. */
static void add_css_string(vci_markup *out, const char *text) {
    vci_markup_add(out, "\"");
    for (const char *c = text; *c; c++) {
        if (strchr("\"\\<>&\n", *c))
            vci_markup_add(out, "\\%06x", (unsigned)(unsigned char)*c);
        else
            vci_markup_raw(out, c, 1);
    }
    vci_markup_add(out, "\"");
}

static void add_element(vci_markup *out, const char *tag, const char *attributes,
                        const char *text) {
    vci_markup_add(out, "<%s%s>", tag, attributes);
    vci_markup_escape(out, text);
    vci_markup_add(out, "</%s>\n", tag);
}

/* --- head --------------------------------------------------------------------------- */

static vc_status add_file(const vci_writing *w, const char *name, const char *tag,
                          vci_markup *out) {
    vc_status st = VC_OK;
    char *text = NULL;
    size_t n;
    VC_TRY(vci_report_file(w->options, name, &text, &n));
    vci_markup_add(out, "<%s>\n", tag);
    vci_markup_raw(out, text, n);
    vci_markup_add(out, "</%s>\n", tag);
out:
    vci_free(text);
    return st;
}

static vc_status add_head(const vci_writing *w, vci_markup *out) {
    vc_status st = VC_OK;
    const vci_document *d = w->document;
    vci_markup_add(out,
                   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width\">\n"
                   "<meta name=\"generator\" content=\"vitalcast " VC_VERSION_STRING
                   "\">\n",
                   d->language == VC_CHINESE ? "zh-CN" : "en");
    add_element(out, "title", "", d->title);
    VC_TRY(add_file(w, "report.css", "style", out));
    vci_markup_add(out, "<style>@page { @bottom-center { content: ");
    add_css_string(out, d->boundary);
    vci_markup_add(out, " } }\n%s</style>\n</head>\n<body>\n", w->style ? w->style : "");
out:
    return st;
}

static void add_header(const vci_document *d, vci_markup *out) {
    vci_markup_add(out, "<header>\n");
    add_element(out, "h1", "", d->title);
    add_element(out, "p", " class=\"subtitle\"", d->subtitle);
    if (d->notice) add_element(out, "p", " class=\"notice\"", d->notice);
    vci_markup_add(out, "</header>\n<nav><ul>\n");
    for (size_t i = 0; i < d->n; i++) {
        const vci_block *b = &d->blocks[i];
        if (b->kind != VCI_BLOCK_HEADING || b->level != 1) continue;
        vci_markup_add(out, "<li><a href=\"#s%zu\">", i);
        vci_markup_escape(out, b->text);
        vci_markup_add(out, "</a></li>\n");
    }
    vci_markup_add(out, "</ul></nav>\n<main>\n");
}

/* --- blocks ------------------------------------------------------------------------- */

static const char *class_of(const vci_table *table, size_t cell) {
    static const char *const numbers[] = {[VCI_TONE_PLAIN] = " class=\"number\"",
                                          [VCI_TONE_GOOD] = " class=\"number good\"",
                                          [VCI_TONE_BAD] = " class=\"number bad\""};
    static const char *const words[] = {[VCI_TONE_PLAIN] = "",
                                        [VCI_TONE_GOOD] = " class=\"good\"",
                                        [VCI_TONE_BAD] = " class=\"bad\""};
    bool left = table->left >> (cell % table->n_columns) & 1;
    return (left ? words : numbers)[table->cells[cell].tone];
}

static void add_row(const vci_table *table, size_t begin, bool head, vci_markup *out) {
    vci_markup_add(out, "<tr>");
    for (size_t i = begin; i < begin + table->n_columns && i < table->n; i++) {
        bool first = i == begin;
        const char *scope = head ? " scope=\"col\"" : first ? " scope=\"row\"" : "";
        const char *tag = head || first ? "th" : "td";
        vci_markup_add(out, "<%s%s%s>", tag, scope, class_of(table, i));
        vci_markup_escape(out, table->cells[i].text);
        vci_markup_add(out, "</%s>", tag);
    }
    vci_markup_add(out, "</tr>\n");
}

static void add_table(const vci_table *table, vci_markup *out) {
    bool is_short = table->n <= SHORT_ROWS * table->n_columns;
    vci_markup_add(out, "<div class=\"table%s\"><table>\n<caption>",
                   is_short ? " short" : "");
    vci_markup_escape(out, table->title);
    if (table->unit) {
        vci_markup_add(out, "<span class=\"unit\">");
        vci_markup_escape(out, table->unit);
        vci_markup_add(out, "</span>");
    }
    vci_markup_add(out, "</caption>\n<thead>");
    add_row(table, 0, true, out);
    vci_markup_add(out, "</thead>\n<tbody>\n");
    for (size_t i = table->n_columns; i < table->n; i += table->n_columns)
        add_row(table, i, false, out);
    vci_markup_add(out, "</tbody></table></div>\n");
}

static void add_figure(const vci_drawn *figure, vci_figure_format format, vci_markup *out) {
    vci_markup_add(out, "<figure>\n");
    for (size_t i = 0; i < figure->n_pages[format]; i++) {
        const vci_figure_bytes *page = &figure->page[format][i];
        vci_markup_add(out, "<img alt=\"");
        vci_markup_escape(out, figure->alt);
        vci_markup_add(out, "\" src=\"data:image/%s;base64,",
                       format == VCI_FIGURE_PNG ? "png" : "svg+xml");
        vci_markup_base64(out, page->bytes, page->n);
        vci_markup_add(out, "\">\n");
    }
    add_element(out, "figcaption", "", figure->title);
    vci_markup_add(out, "</figure>\n");
}

static void add_text(const vci_block *block, size_t place, vci_markup *out) {
    char id[40];
    snprintf(id, sizeof id, " id=\"s%zu\"", place);
    if (block->kind == VCI_BLOCK_HEADING)
        add_element(out, block->level == 1 ? "h2" : "h3", id, block->text);
    else if (block->kind == VCI_BLOCK_PARAGRAPH)
        add_element(out, "p", block->level == 2 ? " class=\"note\"" : "", block->text);
    else
        add_element(out, "li", "", block->text);
}

static void add_blocks(const vci_writing *w, vci_markup *out) {
    const vci_document *d = w->document;
    for (size_t i = 0; i < d->n; i++) {
        const vci_block *b = &d->blocks[i];
        bool item = b->kind == VCI_BLOCK_ITEM;
        if (item && (i == 0 || d->blocks[i - 1].kind != VCI_BLOCK_ITEM))
            vci_markup_add(out, "<ol>\n");
        if (b->kind == VCI_BLOCK_TABLE)
            add_table(&b->table, out);
        else if (b->kind == VCI_BLOCK_FIGURE)
            add_figure(&b->figure, w->figures, out);
        else if (b->kind == VCI_BLOCK_PAGE)
            vci_markup_add(out, "<div class=\"page\"></div>\n");
        else
            add_text(b, i, out);
        if (item && (i + 1 == d->n || d->blocks[i + 1].kind != VCI_BLOCK_ITEM))
            vci_markup_add(out, "</ol>\n");
    }
}

vc_status vci_write_html(const vci_writing *w, vci_markup *out) {
    vc_status st = VC_OK;
    VC_TRY(add_head(w, out));
    add_header(w->document, out);
    add_blocks(w, out);
    vci_markup_add(out, "</main>\n<footer>");
    vci_markup_escape(out, w->document->boundary);
    vci_markup_add(out, "</footer>\n");
    VC_TRY(add_file(w, "report.js", "script", out));
    vci_markup_add(out, "</body>\n</html>\n");
out:
    return st;
}
