#include "report/tree_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"

static char *copy(const char *text) { return vci_text_copy(text, strlen(text)); }

/* A document with a text in every place that has one, and slides for all of it. */
static void fill(vci_document *d, const char *text, size_t n_rows) {
    *d = (vci_document){.language = VC_CHINESE};
    d->title = copy(text);
    d->subtitle = copy(text);
    d->boundary = copy(text);
    d->notice = copy(text);
    vci_document_heading(d, 1, copy(text));
    d->blocks[0].slide = true;
    vci_document_paragraph(d, 1, copy(text));
    vci_document_paragraph(d, 2, copy(text));
    vci_document_item(d, copy(text));
    vci_document_item(d, copy(text));
    vci_table *table = vci_document_table(d, 2, 1, copy(text));
    table->unit = copy(text);
    for (size_t i = 0; i < 2 * n_rows; i++)
        vci_document_toned(d, text, i % 2 ? VCI_TONE_BAD : VCI_TONE_PLAIN);
    vci_drawn *figure = vci_document_figure(d, copy(text), copy(text));
    figure->n_pages[VCI_FIGURE_PNG] = 2;
    vci_document_page(d);
    ck_assert_int_eq(d->st, VC_OK);
}

static char *tree_of(const vci_document *d, bool slides) {
    vci_markup out = {0};
    ck_assert_int_eq((slides ? vci_tree_slides : vci_tree_document)(d, &out), VC_OK);
    return vci_markup_take(&out);
}

static size_t count(const char *text, const char *part) {
    size_t n = 0;
    for (const char *c = text; (c = strstr(c, part)); c += strlen(part)) n++;
    return n;
}

/*
 * Structure of JSON text: what stands outside of strings, each string as a pair of quotes.
 * Brackets must match.
 */
static void structure_of(const char *json, char *structure) {
    char open[64];
    size_t depth = 0, n = 0;
    bool inside = false;
    for (const char *c = json; *c; c++) {
        if (inside && *c == '\\' && c[1]) {
            c++;
            continue;
        }
        if (*c == '"') inside = !inside;
        if (inside || *c == '\n') continue;
        structure[n++] = *c;
        if (*c == '{' || *c == '[') open[depth++] = *c == '{' ? '}' : ']';
        if (*c == '}' || *c == ']') ck_assert(depth > 0 && open[--depth] == *c);
        ck_assert_uint_lt(depth, sizeof open);
    }
    ck_assert(!inside);
    ck_assert_uint_eq(depth, 0);
    structure[n] = '\0';
}

/* Widths of columns differ with the text; all else is the same. */
static void without_widths(char *structure) {
    char *to = structure;
    for (const char *c = structure; *c; c++)
        if (!strchr("0123456789.", *c)) *to++ = *c;
    *to = '\0';
}

static void check_structure(const char *hostile, bool slides) {
    static char one[1 << 16], other[1 << 16];
    vci_document plain, document;
    fill(&plain, "县", 3);
    fill(&document, hostile, 3);
    char *a = tree_of(&plain, slides), *b = tree_of(&document, slides);
    structure_of(a, one);
    structure_of(b, other);
    without_widths(one);
    without_widths(other);
    ck_assert_str_eq(one, other);
    vci_free(a);
    vci_free(b);
    vci_document_free(&plain);
    vci_document_free(&document);
}

START_TEST(no_text_becomes_structure) {
    static const char *const texts[] = {
        "\"}]},{\"t\":\"RawBlockX\",\"c\":[\"openxml\",\"<w:p/>\"]}",
        "\\",
        "\\\"",
        "ends with \\",
        "</w:t></w:r><w:r>",
        "`touch canary`",
        "![x](http://canary)",
        "{boundary}",
        "%s%n",
        "=cmd|x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check_structure(texts[i], false);
        check_structure(texts[i], true);
    }
}
END_TEST

START_TEST(items_are_numbered) {
    vci_document d;
    fill(&d, "县", 2);
    char *tree = tree_of(&d, false);
    ck_assert_ptr_nonnull(strstr(tree, "\"1. 县\""));
    ck_assert_ptr_nonnull(strstr(tree, "\"2. 县\""));
    ck_assert_ptr_null(strstr(tree, "\"3. 县\""));
    vci_free(tree);
    vci_document_free(&d);
}
END_TEST

START_TEST(pictures_are_named_by_us) {
    vci_document d;
    fill(&d, "x.png", 2);
    char *tree = tree_of(&d, false);
    ck_assert_ptr_nonnull(strstr(tree, "[\"figure6-1.png\",\"\"]"));
    ck_assert_ptr_nonnull(strstr(tree, "[\"figure6-2.png\",\"\"]"));
    vci_free(tree);
    vci_document_free(&d);
}
END_TEST

/* 30 rows below the heading are three slides of at most 12. */
START_TEST(a_long_table_goes_on_on_the_next_slide) {
    vci_document d;
    fill(&d, "县", 31);
    char *tree = tree_of(&d, true);
    ck_assert_uint_eq(count(tree, "\"t\":\"Table\""), 3);
    /* the paragraph, the items behind the note, three of the table, two of pictures */
    ck_assert_uint_eq(count(tree, "\"t\":\"Header\""), 7);
    vci_free(tree);
    vci_document_free(&d);
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(no_text_becomes_structure), VCT(items_are_numbered),
                              VCT(pictures_are_named_by_us),
                              VCT(a_long_table_goes_on_on_the_next_slide)};
    return vct_run("report/tree", tests, VCT_COUNT(tests));
}
