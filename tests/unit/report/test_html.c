#include <stdlib.h>

#include "core/memory_internal.h"
#include "report/writer_internal.h"
#include "support/harness.h"

static vc_datadirs source_tree(void) {
    static const char *dirs[1];
    dirs[0] = vct_source(".");
    return (vc_datadirs){1, dirs};
}

static char *copy(const char *text) { return vci_text_copy(text, strlen(text)); }

/* A document with a text in every place that has one. */
static void fill(vci_document *d, const char *text) {
    *d = (vci_document){.language = VC_CHINESE};
    d->title = copy(text);
    d->subtitle = copy(text);
    d->boundary = copy(text);
    d->notice = copy(text);
    vci_document_heading(d, 1, copy(text));
    vci_document_heading(d, 2, copy(text));
    vci_document_paragraph(d, 1, copy(text));
    vci_document_paragraph(d, 2, copy(text));
    vci_document_item(d, copy(text));
    vci_table *table = vci_document_table(d, 2, 1, copy(text));
    table->unit = copy(text);
    for (int i = 0; i < 4; i++) vci_document_cell(d, text);
    vci_drawn *figure = vci_document_figure(d, copy(text), copy(text));
    figure->page[VCI_FIGURE_SVG][0] = (vci_figure_bytes){copy("<svg/>"), 6};
    figure->n_pages[VCI_FIGURE_SVG] = 1;
    ck_assert_int_eq(d->st, VC_OK);
}

static char *html_of(const vci_document *d) {
    vc_report_options options = vc_report_options_default();
    options.dirs = source_tree();
    vci_writing writing = {.document = d, .options = &options};
    vci_markup out = {0};
    ck_assert_int_eq(vci_write_html(&writing, &out), VC_OK);
    char *text = vci_markup_take(&out);
    ck_assert_ptr_nonnull(text);
    return text;
}

static size_t count(const char *text, const char *part) {
    size_t n = 0;
    for (const char *c = text; (c = strstr(c, part)); c += strlen(part)) n++;
    return n;
}

/* The page of a plain text has as many of each mark as that of any other text. */
static void check_marks(const char *hostile) {
    static const char *const marks[] = {"<",    "<script", "</script", "<style",
                                        "<img", ">",       "onload",   "<!--",
                                        "src=", "href=",   "\"",       "javascript"};
    vci_document plain, document;
    fill(&plain, "县");
    fill(&document, hostile);
    char *one = html_of(&plain), *other = html_of(&document);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool letters = marks[i][0] >= 'a';
        if (letters && strstr(hostile, marks[i])) continue; /* letters are no markup */
        ck_assert_msg(count(one, marks[i]) == count(other, marks[i]), "%s: %zu, not %zu",
                      marks[i], count(other, marks[i]), count(one, marks[i]));
    }
    free(one);
    free(other);
    vci_document_free(&plain);
    vci_document_free(&document);
}

START_TEST(no_text_becomes_markup) {
    check_marks("<script>canary()</script>");
    check_marks("\"><img src=x onerror=canary()>");
    check_marks("' onload='canary()");
    check_marks("</title><script>canary()</script>");
    check_marks("</style><script>canary()</script>");
    check_marks("--><script>canary()</script><!--");
    check_marks("<!--#exec cmd=\"touch canary\"-->");
    check_marks("]]><script>canary()</script>");
    check_marks("&lt;script&gt;canary()&lt;/script&gt;");
    check_marks("`$(touch canary)` {boundary} %s %n");
}
END_TEST

/* The line of the page's foot is a string of CSS: it must not end before its end. */
START_TEST(no_text_ends_the_style) {
    vci_document d;
    fill(&d, "a\"; } } body { background: url(//canary) } \\22 </style>");
    char *html = html_of(&d);
    const char *content = strstr(html, "@bottom-center { content: \"");
    while (strstr(content + 1, "@bottom-center { content: \""))
        content = strstr(content + 1, "@bottom-center { content: \"");
    const char *end = strchr(content + strlen("@bottom-center { content: \""), '"');
    ck_assert(!strncmp(end, "\" } }\n</style>", strlen("\" } }\n</style>")));
    free(html);
    vci_document_free(&d);
}
END_TEST

START_TEST(texts_appear_literally) {
    vci_document d;
    fill(&d, "a<b & c");
    char *html = html_of(&d);
    /* title and h1, subtitle, notice, contents, 2 headings, 2 paragraphs, item, caption
       with unit, 4 cells, figure with words, foot */
    ck_assert_uint_eq(count(html, "a&lt;b &amp; c"), 19);
    free(html);
    vci_document_free(&d);
}
END_TEST

START_TEST(it_says_its_language_and_asks_for_nothing) {
    vci_document d;
    fill(&d, "县");
    char *html = html_of(&d);
    ck_assert_ptr_nonnull(strstr(html, "<html lang=\"zh-CN\">"));
    ck_assert_ptr_nonnull(strstr(html, "default-src 'none'"));
    ck_assert_uint_eq(count(html, "http:") + count(html, "https:"), 0);
    ck_assert_uint_eq(count(html, "<img alt=\""), 1);
    ck_assert_ptr_nonnull(strstr(html, "src=\"data:image/svg+xml;base64,PHN2Zy8+\""));
    free(html);
    vci_document_free(&d);
}
END_TEST

START_TEST(items_that_follow_each_other_are_one_list) {
    vci_document d = {.language = VC_ENGLISH,
                      .title = copy("t"),
                      .subtitle = copy("s"),
                      .boundary = copy("b")};
    vci_document_item(&d, copy("one"));
    vci_document_item(&d, copy("two"));
    vci_document_paragraph(&d, 1, copy("between"));
    vci_document_item(&d, copy("three"));
    char *html = html_of(&d);
    ck_assert_uint_eq(count(html, "<ol>"), 2);
    ck_assert_uint_eq(count(html, "</ol>"), 2);
    ck_assert_ptr_nonnull(strstr(html, "<li>One</li>\n<li>Two</li>\n</ol>"));
    free(html);
    vci_document_free(&d);
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(no_text_becomes_markup), VCT(no_text_ends_the_style),
                              VCT(texts_appear_literally),
                              VCT(it_says_its_language_and_asks_for_nothing),
                              VCT(items_that_follow_each_other_are_one_list)};
    return vct_run("report/html", tests, VCT_COUNT(tests));
}
