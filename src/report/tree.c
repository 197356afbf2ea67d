/*
 * Source: pandoc 2.17, pandoc-types 1.22 (Text.Pandoc.Definition), as `pandoc -t json`
 * writes it.
 */
#include "report/tree_internal.h"

#include <stdio.h>

#include "chart/label_internal.h"
#include "core/memory_internal.h"

#define SLIDE_ROWS 12      /* rows of a table that a slide can hold */
#define SLIDE_COLUMNS 1600 /* columns of text, with those that its list takes */
#define NARROW 1.20        /* width of a Latin character */
#define MARGINS 1.6        /* of a cell */
#define EN_SPACE "\u2002"  /* before words behind numbers, */
#define DISTANCE 1         /* and its width */
#define GAP 0.4            /* between a Chinese character and a digit */
#define HEADING 1.1        /* bold against plain */
#define FIRST_WIDE 0x1100  /* first character that is two columns wide */
#define WIDEST_CELL 26 /* columns of text that count for the width of a table's column */

char *vci_tree_picture(size_t block, size_t page) {
    return vci_text_format("figure%zu-%zu.png", block, page + 1);
}

/* --- inlines ------------------------------------------------------------------------ */

static void add_string(vci_markup *out, const char *text) {
    vci_markup_add(out, "{\"t\":\"Str\",\"c\":");
    vci_markup_quote(out, text);
    vci_markup_add(out, "}");
}

/* A block of one text: Para or Plain. */
static void add_text(vci_markup *out, const char *kind, const char *text) {
    vci_markup_add(out, "{\"t\":\"%s\",\"c\":[", kind);
    add_string(out, text);
    vci_markup_add(out, "]}");
}

static void begin_style(vci_markup *out, const char *style) {
    vci_markup_add(out, "{\"t\":\"Div\",\"c\":[[\"\",[],[[\"custom-style\",\"%s\"]]],[",
                   style);
}

static void end_style(vci_markup *out) { vci_markup_add(out, "]]}"); }

static void add_styled(vci_markup *out, const char *style, const char *text) {
    begin_style(out, style);
    add_text(out, "Para", text);
    end_style(out);
}

static void add_heading(vci_markup *out, unsigned level, const char *text) {
    vci_markup_add(out, "{\"t\":\"Header\",\"c\":[%u,[\"\",[],[]],[", level);
    add_string(out, text);
    vci_markup_add(out, "]]}");
}

static void add_comma(vci_markup *out) { vci_markup_add(out, ",\n"); }

/* --- tables ------------------------------------------------------------------------- */

/*
 * How wide a text is, in half Chinese characters. Digits of fonts that stand in for others
 * may be wider than half, and office programs part them from Chinese characters.
 */
static double width_of(const char *text) {
    double width = MARGINS;
    size_t n = strlen(text);
    bool wide = false;
    for (size_t i = 0; i < n;) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        bool next = code >= FIRST_WIDE;
        if (i > 0 && next != wide) width += GAP;
        wide = next;
        width += wide ? 2 : NARROW;
        i += length;
    }
    return width;
}

/* Words right behind a column of numbers, which ends where they begin, need a distance. */
static bool follows_numbers(const vci_table *table, size_t k) {
    return k > 0 && table->left >> k & 1 && !(table->left >> (k - 1) & 1);
}

/* Share of the width that each column needs, by its widest cell. */
static void find_widths(const vci_table *table, bool apart, double *share) {
    double sum = 0;
    for (size_t k = 0; k < table->n_columns; k++) share[k] = 3;
    for (size_t i = 0; i < table->n; i++) {
        double width = width_of(table->cells[i].text);
        if (i < table->n_columns) width *= HEADING; /* bold */
        if (apart && follows_numbers(table, i % table->n_columns)) width += DISTANCE;
        double *widest = &share[i % table->n_columns];
        if (width > WIDEST_CELL) width = WIDEST_CELL + (width - WIDEST_CELL) / 4;
        if (width > *widest) *widest = width;
    }
    for (size_t k = 0; k < table->n_columns; k++) sum += share[k];
    for (size_t k = 0; k < table->n_columns; k++) share[k] /= sum;
}

static vc_status add_columns(const vci_table *table, bool apart, vci_markup *out) {
    vc_status st = VC_OK;
    double *share = NULL;
    VC_NEW(share, table->n_columns);
    find_widths(table, apart, share);
    for (size_t k = 0; k < table->n_columns; k++)
        vci_markup_add(out, "%s[{\"t\":\"%s\"},{\"t\":\"ColWidth\",\"c\":%.4f}]",
                       k > 0 ? "," : "", table->left >> k & 1 ? "AlignLeft" : "AlignRight",
                       share[k]);
out:
    vci_free(share);
    return st;
}

/* A number is not broken: its blanks become no-break spaces. */
static char *unbroken(const char *text) {
    vci_markup joined = {0};
    while (*text) {
        size_t n = strcspn(text, " ");
        vci_markup_raw(&joined, text, n);
        text += n;
        if (*text) vci_markup_raw(&joined, "\u00A0", strlen("\u00A0")), text++;
    }
    return vci_markup_take(&joined);
}

static void add_cell(const vci_table_cell *cell, bool number, bool apart, vci_markup *out) {
    static const char *const styles[] = {[VCI_TONE_GOOD] = "Good", [VCI_TONE_BAD] = "Bad"};
    char *joined = number  ? unbroken(cell->text)
                   : apart ? vci_text_format(EN_SPACE "%s", cell->text)
                           : NULL;
    const char *text = joined ? joined : cell->text;
    vci_markup_add(out, "[[\"\",[],[]],{\"t\":\"AlignDefault\"},1,1,[");
    if (cell->tone == VCI_TONE_PLAIN) {
        add_text(out, "Plain", text);
    } else {
        vci_markup_add(out,
                       "{\"t\":\"Plain\",\"c\":[{\"t\":\"Span\",\"c\":[[\"\",[],"
                       "[[\"custom-style\",\"%s\"]]],[",
                       styles[cell->tone]);
        add_string(out, text);
        vci_markup_add(out, "]]}]}");
    }
    vci_markup_add(out, "]]");
    vci_free(joined);
}

/* Rows begin .. end - 1, the heading is row 0. */
static void add_rows(const vci_table *table, size_t begin, size_t end, bool apart,
                     vci_markup *out) {
    for (size_t row = begin; row < end; row++) {
        vci_markup_add(out, "%s[[\"\",[],[]],[", row > begin ? ",\n" : "");
        for (size_t k = 0; k < table->n_columns; k++) {
            vci_markup_add(out, "%s", k > 0 ? "," : "");
            add_cell(&table->cells[row * table->n_columns + k],
                     row > 0 && !(table->left >> k & 1), apart && follows_numbers(table, k),
                     out);
        }
        vci_markup_add(out, "]]");
    }
}

/* apart: see follows_numbers; slides have columns of one width, in which words wrap. */
static vc_status add_table(const vci_table *table, size_t begin, size_t end, bool apart,
                           vci_markup *out) {
    vc_status st = VC_OK;
    vci_markup_add(out, "{\"t\":\"Table\",\"c\":[[\"\",[],[]],[null,[]],[");
    VC_TRY(add_columns(table, apart, out));
    vci_markup_add(out, "],[[\"\",[],[]],[");
    add_rows(table, 0, 1, apart, out);
    vci_markup_add(out, "]],[[[\"\",[],[]],0,[],[\n");
    add_rows(table, begin, end, apart, out);
    vci_markup_add(out, "]]],[[\"\",[],[]],[]]]}");
out:
    return st;
}

static size_t rows_of(const vci_table *table) { return table->n / table->n_columns; }

/* --- figures ------------------------------------------------------------------------ */

/*
 * What it shows for who cannot see it: in documents the text of the image; slides would
 * print that below the picture, and keep its title for it.
 */
static vc_status add_picture(const vci_drawn *figure, size_t block, size_t page, bool slide,
                             vci_markup *out) {
    vc_status st = VC_OK;
    char *name = vci_tree_picture(block, page);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    vci_markup_add(out, "{\"t\":\"Para\",\"c\":[{\"t\":\"Image\",\"c\":[[\"\",[],[]],[");
    if (!slide) add_string(out, figure->alt);
    vci_markup_add(out, "],[\"%s\",", name);
    vci_markup_quote(out, slide ? figure->alt : "");
    vci_markup_add(out, "]]}]}");
out:
    vci_free(name);
    return st;
}

/* --- a document --------------------------------------------------------------------- */

#define BREAK                                                                              \
    "{\"t\":\"RawBlock\",\"c\":[\"openxml\",\"<w:p><w:pPr><w:pStyle "                      \
    "w:val=\\\"Figure\\\"/><w:keepNext w:val=\\\"0\\\"/><w:spacing w:before=\\\"0\\\" "    \
    "w:after=\\\"0\\\" w:line=\\\"20\\\" w:lineRule=\\\"exact\\\"/></w:pPr><w:r>"          \
    "<w:br w:type=\\\"page\\\"/></w:r></w:p>\"]}"

static vc_status add_document_figure(const vci_drawn *figure, size_t block,
                                     vci_markup *out) {
    vc_status st = VC_OK;
    for (size_t page = 0; page < figure->n_pages[VCI_FIGURE_PNG]; page++) {
        begin_style(out, "Figure");
        VC_TRY(add_picture(figure, block, page, false, out));
        end_style(out);
        add_comma(out);
    }
    add_styled(out, "Figure Title", figure->title);
out:
    return st;
}

/* Chinese has no room for a distance, and needs it less. */
static vc_status add_document_table(const vci_table *table, vc_language language,
                                    vci_markup *out) {
    vc_status st = VC_OK;
    add_styled(out, "Table Title", table->title);
    add_comma(out);
    if (table->unit) {
        add_styled(out, "Table Unit", table->unit);
        add_comma(out);
    }
    VC_TRY(add_table(table, 1, rows_of(table), language == VC_ENGLISH, out));
out:
    return st;
}

/* Items are numbered paragraphs, as official documents have them. */
static vc_status add_item(const vci_document *d, size_t block, vci_markup *out) {
    vc_status st = VC_OK;
    size_t number = 1;
    while (number <= block && d->blocks[block - number].kind == VCI_BLOCK_ITEM) number++;
    char *text = vci_text_format("%zu. %s", number, d->blocks[block].text);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    add_styled(out, "Item", text);
out:
    vci_free(text);
    return st;
}

/* The page for leaders: what stands before the first page break. */
static bool is_on_first_page(const vci_document *d, size_t i) {
    while (i > 0 && d->blocks[i - 1].kind != VCI_BLOCK_PAGE) i--;
    return i == 0;
}

static vc_status add_block(const vci_document *d, size_t i, vci_markup *out) {
    const vci_block *b = &d->blocks[i];
    switch (b->kind) {
    case VCI_BLOCK_HEADING:
        add_heading(out, b->level, b->text);
        break;
    case VCI_BLOCK_PARAGRAPH:
        if (b->level == 2)
            add_styled(out, "Note", b->text);
        else if (is_on_first_page(d, i))
            add_styled(out, "Leaders", b->text);
        else
            add_text(out, "Para", b->text);
        break;
    case VCI_BLOCK_ITEM:
        return add_item(d, i, out);
    case VCI_BLOCK_TABLE:
        return add_document_table(&b->table, d->language, out);
    case VCI_BLOCK_FIGURE:
        return add_document_figure(&b->figure, i, out);
    case VCI_BLOCK_PAGE:
        vci_markup_add(out, BREAK);
        break;
    }
    return VC_OK;
}

/* author: what stands below the subtitle of slides; NULL if nothing. */
static void add_meta(const vci_document *d, const char *author, vci_markup *out) {
    vci_markup_add(out, "{\"pandoc-api-version\":[1,22],\"meta\":{\"title\":"
                        "{\"t\":\"MetaInlines\",\"c\":[");
    add_string(out, d->title);
    vci_markup_add(out, "]},\"subtitle\":{\"t\":\"MetaInlines\",\"c\":[");
    add_string(out, d->subtitle);
    if (author) {
        vci_markup_add(out, "]},\"author\":{\"t\":\"MetaInlines\",\"c\":[");
        add_string(out, author);
    }
    vci_markup_add(out, "]}},\"blocks\":[\n");
}

vc_status vci_tree_document(const vci_document *d, vci_markup *out) {
    vc_status st = VC_OK;
    add_meta(d, NULL, out);
    if (d->notice) {
        add_styled(out, "Notice", d->notice);
        if (d->n > 0) add_comma(out);
    }
    for (size_t i = 0; i < d->n; i++) {
        if (i > 0) add_comma(out);
        VC_TRY(add_block(d, i, out));
    }
    vci_markup_add(out, "]}\n");
out:
    return st;
}

/* --- slides ------------------------------------------------------------------------- */

/* Notes are for readers, not for slides. */
static bool is_text(const vci_block *b) {
    return (b->kind == VCI_BLOCK_PARAGRAPH && b->level == 1) || b->kind == VCI_BLOCK_ITEM;
}

/* Texts from i on that belong together, as many as a slide holds. */
static size_t texts_end(const vci_document *d, size_t i) {
    size_t end = i, characters = 0;
    while (end < d->n && is_text(&d->blocks[end])) {
        characters += vci_label_width(d->blocks[end].text) + 40;
        if (end > i && characters > SLIDE_COLUMNS) break;
        end++;
    }
    return end;
}

static void begin_slide(const char *title, bool *begun, vci_markup *out) {
    if (*begun) add_comma(out);
    *begun = true;
    add_heading(out, 2, title);
    add_comma(out);
}

static void add_bullets(const vci_document *d, size_t begin, size_t end, vci_markup *out) {
    vci_markup_add(out, "{\"t\":\"BulletList\",\"c\":[");
    for (size_t i = begin; i < end; i++) {
        vci_markup_add(out, "%s[", i > begin ? "," : "");
        add_text(out, "Plain", d->blocks[i].text);
        vci_markup_add(out, "]");
    }
    vci_markup_add(out, "]}");
}

/* A table that is longer than a slide goes on on the next. */
static vc_status add_table_slides(const vci_table *table, bool *begun, vci_markup *out) {
    vc_status st = VC_OK;
    for (size_t row = 1; row < rows_of(table); row += SLIDE_ROWS) {
        size_t left = rows_of(table) - row;
        begin_slide(table->title, begun, out);
        VC_TRY(add_table(table, row, row + (left < SLIDE_ROWS ? left : SLIDE_ROWS), false,
                         out));
    }
out:
    return st;
}

static vc_status add_figure_slides(const vci_drawn *figure, size_t block, bool *begun,
                                   vci_markup *out) {
    vc_status st = VC_OK;
    for (size_t page = 0; page < figure->n_pages[VCI_FIGURE_PNG]; page++) {
        begin_slide(figure->title, begun, out);
        VC_TRY(add_picture(figure, block, page, true, out));
    }
out:
    return st;
}

/* Charts that a meeting looks at; the others are for readers. */
static bool is_shown_in_slides(vc_chart_kind kind) {
    return kind == VC_CHART_VERDICT || kind == VC_CHART_FAN ||
           kind == VC_CHART_CATERPILLAR || kind == VC_CHART_RANKS ||
           kind == VC_CHART_CHANGES;
}

vc_status vci_tree_slides(const vci_document *d, vci_markup *out) {
    vc_status st = VC_OK;
    const vci_block *heading = NULL;
    bool begun = false;
    add_meta(d, d->notice, out);
    for (size_t i = 0, next; i < d->n; i = next) {
        const vci_block *b = &d->blocks[i];
        next = i + 1;
        if (b->kind == VCI_BLOCK_HEADING) heading = b;
        if (b->kind == VCI_BLOCK_FIGURE && is_shown_in_slides(b->figure.chart.kind))
            VC_TRY(add_figure_slides(&b->figure, i, &begun, out));
        if (!heading || !heading->slide) continue;
        if (b->kind == VCI_BLOCK_TABLE) VC_TRY(add_table_slides(&b->table, &begun, out));
        if (!is_text(b)) continue;
        next = texts_end(d, i);
        begin_slide(heading->text, &begun, out);
        add_bullets(d, i, next, out);
    }
    vci_markup_add(out, "]}\n");
out:
    return st;
}
