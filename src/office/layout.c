#include "office/layout_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/number_internal.h"

#define HEAD_ROWS 30  /* how far the header is looked for */
#define HEAD_LEVELS 3 /* levels of a header */
#define NOTE_BYTES 60 /* a longer text in the column of units is a note */
#define LONGEST_NUMBER 64

vc_status vci_cell_plain(const vci_cell *cell, char **plain) {
    return vci_text_normalise(cell ? cell->text : "", cell ? cell->n : 0, plain);
}

size_t vci_footnote_mark(const char *text, size_t n) {
    static const char *const marks[] = {"*", "＊", "※", "#", "①", "②",   "③",   "④",
                                        "⑤", "⑥",  "⑦", "⑧", "⑨", "[1]", "[2]", "[3]"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (n > length && memcmp(text + n - length, marks[i], length) == 0) return length;
    }
    return 0;
}

vci_figure_text vci_figure_look(const vci_cell *cell) {
    vci_figure_text look = {.number = false};
    char text[LONGEST_NUMBER] = "";
    size_t n = 0, group = 0;
    bool grouped = true;
    if (!cell || cell->n >= LONGEST_NUMBER) return look;
    look.n_mark = vci_footnote_mark(cell->text, cell->n);
    for (size_t i = 0; i < cell->n - look.n_mark; i++) {
        char c = cell->text[i];
        if (c == ',') {
            grouped = grouped && (look.thousands ? group == 3 : group >= 1 && group <= 3);
            look.thousands = true;
            group = 0;
        } else {
            group += c >= '0' && c <= '9';
            if (c == '.') grouped = grouped && (!look.thousands || group == 3);
            text[n++] = c;
        }
    }
    look.number = vci_number_parse(text, n, &look.value);
    if (look.thousands && !(grouped && (memchr(text, '.', n) || group == 3)))
        look.number = false;
    return look;
}

/* --- the header --------------------------------------------------------------------- */

static bool is_key(vci_to to) {
    return to == VCI_TO_UNIT || to == VCI_TO_NAME || to == VCI_TO_PARENT;
}

/* What a cell alone means as a header. */
static vc_status cell_meaning(const vci_cell *cell, vci_meaning *meaning) {
    char *plain = NULL;
    vc_status st = vci_cell_plain(cell, &plain);
    if (st == VC_OK) *meaning = vci_meaning_read(plain);
    vci_free(plain);
    return st;
}

/* The first row with a header of a column of units, beside which something else stands. */
static vc_status find_header(const vci_worksheet *sheet, vci_layout *layout) {
    vc_status st = VC_OK;
    for (size_t row = 0; row < sheet->records.n && row < HEAD_ROWS; row++) {
        size_t n_keys = 0, n_cells = 0;
        for (size_t c = 0; c < sheet->n_columns; c++) {
            const vci_cell *cell = vci_worksheet_cell(sheet, row, c);
            vci_meaning meaning;
            if (!cell) continue;
            VC_TRY(cell_meaning(cell, &meaning));
            n_cells++;
            n_keys += is_key(meaning.to);
        }
        if (n_keys == 0 || n_cells < 2) continue;
        layout->found = true;
        layout->header_first = layout->header_last = row;
        break;
    }
out:
    return st;
}

/* The first column whose header in a row names units. */
static vc_status key_column(const vci_worksheet *sheet, size_t row, size_t *column) {
    vc_status st = VC_OK;
    vci_meaning meaning;
    for (*column = 0; *column < sheet->n_columns; ++*column) {
        VC_TRY(cell_meaning(vci_worksheet_cell(sheet, row, *column), &meaning));
        if (is_key(meaning.to)) break;
    }
out:
    return st;
}

/* Texts and no numbers, with nothing below the column of units: a further level. */
static bool is_level(const vci_worksheet *sheet, size_t row, size_t key) {
    size_t n_texts = 0;
    if (vci_worksheet_cell(sheet, row, key)) return false;
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const vci_cell *cell = vci_worksheet_cell(sheet, row, c);
        if (!cell) continue;
        if (vci_figure_look(cell).number) return false;
        n_texts++;
    }
    return n_texts > 0;
}

/* A row above the one that names units: groups stand right of that column, no title does.
 */
static bool is_group(const vci_worksheet *sheet, size_t row, size_t key) {
    size_t n_texts = 0;
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const vci_cell *cell = vci_worksheet_cell(sheet, row, c);
        if (!cell) continue;
        if (c <= key || memmem(cell->text, cell->n, "单位", strlen("单位"))) return false;
        n_texts++;
    }
    return n_texts > 1;
}

static vc_status find_levels(const vci_worksheet *sheet, vci_layout *layout) {
    size_t key = 0;
    vc_status st = key_column(sheet, layout->header_first, &key);
    if (st != VC_OK) return st;
    while (layout->header_last + 1 < sheet->records.n &&
           layout->header_last + 1 - layout->header_first < HEAD_LEVELS &&
           is_level(sheet, layout->header_last + 1, key))
        layout->header_last++;
    if (layout->header_first > 0 && is_group(sheet, layout->header_first - 1, key))
        layout->header_first--;
    return VC_OK;
}

/*
 * The cell that heads a column at a level: its own, or (merged cells keep their text in the
 * first one) the nearest to the left, if the level below divides both.
 */
static const vci_cell *head_cell(const vci_worksheet *sheet, const vci_layout *layout,
                                 size_t row, size_t column) {
    const vci_cell *own = vci_worksheet_cell(sheet, row, column);
    if (own || row == layout->header_last || !vci_worksheet_cell(sheet, row + 1, column))
        return own;
    for (size_t c = column; c-- > 0;) {
        const vci_cell *cell = vci_worksheet_cell(sheet, row, c);
        bool divided = vci_worksheet_cell(sheet, row + 1, c);
        if (cell) return divided ? cell : NULL;
        if (!divided) return NULL;
    }
    return NULL;
}

/* The levels of a header as one text, and what it means. */
static vc_status read_head(const vci_worksheet *sheet, vci_layout *layout, size_t column) {
    vc_status st = VC_OK;
    char *plain = NULL, *text = NULL;
    layout->head_rows[column] = layout->header_last;
    VC_COPY_TEXT(text, "");
    for (size_t row = layout->header_first; row <= layout->header_last; row++) {
        const vci_cell *cell = head_cell(sheet, layout, row, column);
        if (!cell) continue;
        char *longer = vci_text_format("%s%.*s", text, (int)cell->n, cell->text);
        if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(text);
        text = longer;
        layout->head_rows[column] = row;
    }
    VC_TRY(vci_text_normalise(text, strlen(text), &plain));
    layout->meanings[column] = vci_meaning_read(plain);
    layout->heads[column] = text;
    text = NULL;
out:
    vci_free(plain);
    vci_free(text);
    return st;
}

/* Of several columns of names the last names the unit, the one before it its parent. */
static void order_names(vci_layout *layout, vci_to to) {
    bool unit = false, parent = false;
    for (size_t c = layout->n_columns; c-- > 0;) {
        vci_meaning *meaning = &layout->meanings[c];
        parent = parent || meaning->to == VCI_TO_PARENT;
        if (meaning->to != to) continue;
        if (unit) {
            meaning->to = parent ? VCI_TO_IGNORE : VCI_TO_PARENT;
            parent = true;
        }
        unit = true;
    }
}

static vc_status read_heads(const vci_worksheet *sheet, vci_layout *layout) {
    vc_status st = VC_OK;
    VC_NEW(layout->heads, sheet->n_columns);
    VC_NEW(layout->meanings, sheet->n_columns);
    VC_NEW(layout->head_rows, sheet->n_columns);
    layout->n_columns = sheet->n_columns;
    for (size_t c = 0; c < sheet->n_columns; c++) VC_TRY(read_head(sheet, layout, c));
    order_names(layout, VCI_TO_UNIT);
    order_names(layout, VCI_TO_NAME);
out:
    return st;
}

bool vci_layout_is_key(const vci_layout *layout, size_t column) {
    vci_to to = layout->meanings[column].to;
    return is_key(to) || vci_to_is_time(to) || to == VCI_TO_BASIS;
}

/* --- rows --------------------------------------------------------------------------- */

static size_t count_figures(const vci_worksheet *sheet, const vci_layout *layout,
                            size_t row) {
    size_t n = 0;
    for (size_t c = 0; c < layout->n_columns; c++)
        n += !vci_layout_is_key(layout, c) && layout->meanings[c].to != VCI_TO_IGNORE &&
             vci_figure_look(vci_worksheet_cell(sheet, row, c)).number;
    return n;
}

static vc_status first_text(const vci_worksheet *sheet, size_t row, char **plain) {
    size_t column;
    return vci_cell_plain(vci_worksheet_first(sheet, row, &column), plain);
}

/* A total in any column that names units? */
static vc_status is_total(const vci_worksheet *sheet, const vci_layout *layout, size_t row,
                          bool *total) {
    vc_status st = VC_OK;
    *total = false;
    for (size_t c = 0; c < layout->n_columns && !*total; c++) {
        char *plain = NULL;
        if (!is_key(layout->meanings[c].to)) continue;
        VC_TRY(vci_cell_plain(vci_worksheet_cell(sheet, row, c), &plain));
        *total = vci_words_total(plain);
        vci_free(plain);
    }
out:
    return st;
}

/* The header again, on a further page. */
static bool repeats_header(const vci_worksheet *sheet, const vci_layout *layout,
                           size_t row) {
    for (size_t c = 0; c < layout->n_columns; c++) {
        if (!is_key(layout->meanings[c].to)) continue;
        const vci_cell *cell = vci_worksheet_cell(sheet, row, c);
        const char *head = layout->heads[c];
        if (cell && cell->n == strlen(head) && memcmp(cell->text, head, cell->n) == 0)
            return true;
    }
    return false;
}

static vc_status class_row(const vci_worksheet *sheet, const vci_layout *layout, size_t row,
                           vci_row *class) {
    vc_status st = VC_OK;
    char *plain = NULL;
    bool total = false;
    size_t n_figures = count_figures(sheet, layout, row);
    VC_TRY(first_text(sheet, row, &plain));
    VC_TRY(is_total(sheet, layout, row, &total));
    *class = plain[0] == '\0'                     ? VCI_ROW_BLANK
             : repeats_header(sheet, layout, row) ? VCI_ROW_NOTE
             : vci_words_note(plain)              ? VCI_ROW_NOTE
             : n_figures == 0 && (strlen(plain) > NOTE_BYTES || plain[0] == '*')
                 ? VCI_ROW_NOTE
             : total ? VCI_ROW_TOTAL
                     : VCI_ROW_FIGURES;
out:
    vci_free(plain);
    return st;
}

static vc_status class_rows(const vci_worksheet *sheet, vci_layout *layout) {
    vc_status st = VC_OK;
    VC_NEW(layout->rows, sheet->records.n);
    layout->n_rows = sheet->records.n;
    layout->first_row = layout->last_row = layout->header_last + 1;
    for (size_t row = layout->first_row; row < layout->n_rows; row++) {
        vci_row class = VCI_ROW_BLANK;
        VC_TRY(class_row(sheet, layout, row, &class));
        layout->rows[row] = (unsigned char)class;
        if (class == VCI_ROW_FIGURES || class == VCI_ROW_TOTAL) layout->last_row = row;
    }
    layout->found = layout->first_row < layout->n_rows;
out:
    return st;
}

vc_status vci_layout_find(const vci_worksheet *sheet, vci_layout *layout) {
    vc_status st = VC_OK;
    memset(layout, 0, sizeof *layout);
    VC_TRY(find_header(sheet, layout));
    if (!layout->found) goto out;
    VC_TRY(find_levels(sheet, layout));
    VC_TRY(read_heads(sheet, layout));
    VC_TRY(class_rows(sheet, layout));
out:
    return st;
}

void vci_layout_free(vci_layout *layout) {
    for (size_t c = 0; layout->heads && c < layout->n_columns; c++)
        vci_free(layout->heads[c]);
    vci_free(layout->heads);
    vci_free(layout->meanings);
    vci_free(layout->head_rows);
    vci_free(layout->rows);
    memset(layout, 0, sizeof *layout);
}
