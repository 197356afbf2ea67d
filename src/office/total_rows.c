#include "office/total_rows_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "office/layout_internal.h"

enum { PARENT, TIME, BASIS, CODE, NAME, KEYS };

static bool same(vci_span a, vci_span b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.text, b.text, a.n) == 0);
}

/* --- rows -------------------------------------------------------------------------------
 */

static bool has_count(const vci_reading *r, size_t row) {
    const vci_sheet_settings *s = r->sheet_settings;
    for (size_t i = 0; i < s->n_columns; i++) {
        const vci_cell *cell = vci_worksheet_cell(r->sheet, row, s->columns[i].column);
        if (vci_mapping_is_count(&s->columns[i]) && vci_figure_look(cell).number)
            return true;
    }
    return false;
}

/* Which total is a row that is skipped, by the first of its keys that has such a word? */
static vc_status read_total(const vci_reading *r, size_t row, vci_total_row *own) {
    static const vci_to keys[] = {VCI_TO_NAME, VCI_TO_UNIT, VCI_TO_PARENT};
    vc_status st = VC_OK;
    char *plain = NULL;
    bool word = false;
    for (size_t i = 0; i < 3 && !word; i++) {
        size_t n = 0, column = vci_reading_column(r->sheet_settings, keys[i]);
        if (column >= r->sheet->n_columns) continue;
        VC_TRY(vci_cell_plain(vci_worksheet_cell(r->sheet, row, column), &plain));
        word = vci_words_total(plain);
        own->total = word ? vci_words_total_of(plain, &n) : VCI_TOTAL_NONE;
        own->column = column;
        if (n > 0) own->label = vci_text_copy(plain, n);
        if (n > 0 && !own->label) VC_FAIL(VC_NO_MEMORY, "text");
        vci_free(plain);
        plain = NULL;
    }
    own->stranger = !word && has_count(r, row);
out:
    vci_free(plain);
    return st;
}

/* The keys of a row, with those above where they are to be filled down. */
static void read_keys(const vci_reading *r, size_t row, const vci_cell *above[KEYS],
                      vci_total_row *own) {
    const vci_sheet_settings *s = r->sheet_settings;
    const vci_to tos[KEYS] = {VCI_TO_PARENT, vci_reading_time_key(s), VCI_TO_BASIS,
                              VCI_TO_UNIT, VCI_TO_NAME};
    vci_span *spans[KEYS] = {&own->parent, &own->time, &own->basis, &own->code, &own->name};
    for (size_t k = 0; k < KEYS; k++) {
        size_t column = vci_reading_column(s, tos[k]);
        const vci_cell *cell =
            column < r->sheet->n_columns ? vci_worksheet_cell(r->sheet, row, column) : NULL;
        if (k == PARENT) own->own_parent = cell;
        for (size_t i = 0; i < s->n_fill && !cell; i++)
            if (s->fill[i] == column) cell = above[k];
        above[k] = cell;
        if (cell) *spans[k] = vci_reading_without_mark(s, (vci_span){cell->text, cell->n});
    }
}

void vci_total_rows_free(vci_total_rows *rows) {
    for (size_t i = 0; rows->list && i < rows->n; i++) vci_free(rows->list[i].label);
    vci_free(rows->list);
    memset(rows, 0, sizeof *rows);
}

/* --- layout -----------------------------------------------------------------------------
 */

/* Is a code that of the unit above another one: its beginning, but for zeros at the end? */
static bool is_above(vci_span a, vci_span b) {
    while (a.n > 6 && memcmp(a.text + a.n - 3, "000", 3) == 0) a.n -= 3;
    while (b.n > 6 && memcmp(b.text + b.n - 3, "000", 3) == 0) b.n -= 3;
    return a.n >= 6 && a.n < b.n && memcmp(a.text, b.text, a.n) == 0;
}

static bool ends(vci_span text, const char *const *words) {
    for (size_t i = 0; words[i]; i++) {
        size_t n = strlen(words[i]);
        if (text.n > n && memcmp(text.text + text.n - n, words[i], n) == 0) return true;
    }
    return false;
}

/* Towns and their villages in one list: by their codes, or the words at their ends. */
static void find_levels(vci_total_rows *rows) {
    static const char *const upper[] = {"镇", "乡", "街道", "办事处", NULL};
    static const char *const lower[] = {"村", "社区", "居委会", "村委会", NULL};
    const vci_total_row *last = NULL;
    bool town = false, village = false;
    for (size_t i = 0; i < rows->n; i++) {
        const vci_total_row *own = &rows->list[i];
        if (!own->unit) continue;
        town = town || ends(own->name, upper);
        village = village || ends(own->name, lower);
        if (last && (is_above(last->code, own->code) || is_above(own->code, last->code)))
            rows->mixed = true;
        last = own;
    }
    rows->mixed = rows->mixed || (town && village);
}

static bool is_group_total(vci_total total) {
    return total == VCI_TOTAL_GROUP || total == VCI_TOTAL_NAMED;
}

/* Groups with their subtotals below them: the first row is a unit, the last a subtotal. */
static void find_direction(vci_total_rows *rows) {
    const vci_total_row *first = NULL, *last = NULL;
    for (size_t i = 0; i < rows->n; i++) {
        const vci_total_row *own = &rows->list[i];
        if (!own->unit && !is_group_total(own->total)) continue;
        if (!first) first = own;
        last = own;
    }
    rows->downward = first && first->unit && is_group_total(last->total);
}

vc_status vci_total_rows_read(const vci_reading *r, size_t begin, vci_total_rows *rows) {
    vc_status st = VC_OK;
    const vci_sheet_settings *s = r->sheet_settings;
    const vci_cell *above[KEYS] = {NULL};
    size_t end = s->last_row + 1;
    if (end > r->sheet->records.n) end = r->sheet->records.n;
    rows->first = s->first_row;
    rows->n = end > s->first_row ? end - s->first_row : 0;
    rows->parent_column = vci_reading_column(s, VCI_TO_PARENT);
    VC_NEW(rows->list, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        read_keys(r, rows->first + i, above, &rows->list[i]);
        if (!vci_reading_takes(r, rows->first + i))
            VC_TRY(read_total(r, rows->first + i, &rows->list[i]));
    }
    for (size_t i = begin; i < r->figures->n; i++)
        rows->list[r->figures->list[i].row - rows->first].unit = true;
    find_levels(rows);
    find_direction(rows);
out:
    return st;
}

/* --- what a total stands for ------------------------------------------------------------
 */

/* Of months or bases down the sheet only the rows of the same one belong to a total. */
static bool same_subject(const vci_total_row *a, const vci_total_row *b) {
    return same(a->time, b->time) && same(a->basis, b->basis);
}

/* Another total beside which it is not certain that a total stands for all. */
static bool is_rival(vci_total own, vci_total other) {
    if (own == VCI_TOTAL_GRAND) return other == VCI_TOTAL_GRAND;
    if (own == VCI_TOTAL_ALL) return other == VCI_TOTAL_ALL || other == VCI_TOTAL_GRAND;
    return other >= VCI_TOTAL_GROUP;
}

/* It stands before or behind all units of its subject, and is the only one. */
static bool is_of_all(const vci_total_rows *rows, size_t total) {
    const vci_total_row *own = &rows->list[total];
    bool before = false, behind = false;
    if (own->total == VCI_TOTAL_GROUP || rows->mixed) return false;
    for (size_t i = 0; i < rows->n; i++) {
        const vci_total_row *other = &rows->list[i];
        if (i == total || !same_subject(other, own)) continue;
        if (other->stranger || is_rival(own->total, other->total)) return false;
        before = before || (other->unit && i < total);
        behind = behind || (other->unit && i > total);
    }
    return before != behind;
}

/* The parent whose units it says it stands for: in its own row, or by its label. */
static vci_span parent_of(const vci_total_rows *rows, size_t total) {
    const vci_total_row *own = &rows->list[total];
    bool said = own->total == VCI_TOTAL_GROUP || own->own_parent;
    if (own->label) return (vci_span){own->label, strlen(own->label)};
    if (said && own->column != rows->parent_column) return own->parent;
    return (vci_span){"", 0};
}

static bool is_of_parent(const vci_total_rows *rows, size_t total) {
    vci_span parent = parent_of(rows, total);
    bool found = false;
    if (parent.n == 0 || rows->parent_column == SIZE_MAX) return false;
    for (size_t i = 0; i < rows->n; i++) {
        const vci_total_row *other = &rows->list[i];
        if (i == total || !same_subject(other, &rows->list[total])) continue;
        if (other->total >= VCI_TOTAL_GROUP && same(parent_of(rows, i), parent))
            return false;
        if (other->stranger && same(other->parent, parent)) return false;
        found = found || (other->unit && same(other->parent, parent));
    }
    return found;
}

/* The first row behind the subtotal before this one. */
static size_t group_begin(const vci_total_rows *rows, size_t total) {
    while (total > 0 && !is_group_total(rows->list[total - 1].total)) total--;
    return total;
}

/* The rows since the last subtotal are of one time and, where parents are said, one parent
 * that no other row has. */
static bool is_of_above(const vci_total_rows *rows, size_t total) {
    const vci_total_row *own = &rows->list[total], *first = NULL;
    const size_t begin = group_begin(rows, total);
    if (!rows->downward || rows->mixed || !is_group_total(own->total)) return false;
    for (size_t i = begin; i < total; i++) {
        const vci_total_row *other = &rows->list[i];
        if (other->stranger) return false;
        if (!other->unit) continue;
        if (!first) first = other;
        if (!same_subject(other, own) || !same(other->parent, first->parent)) return false;
    }
    for (size_t i = 0; first && first->parent.n > 0 && i < rows->n; i++)
        if ((i < begin || i > total) && rows->list[i].unit &&
            same(rows->list[i].parent, first->parent))
            return false;
    return first;
}

vci_scope vci_total_rows_scope(const vci_total_rows *rows, size_t total) {
    if (is_of_parent(rows, total)) return VCI_SCOPE_PARENT;
    if (is_of_all(rows, total)) return VCI_SCOPE_ALL;
    return is_of_above(rows, total) ? VCI_SCOPE_ABOVE : VCI_SCOPE_UNSURE;
}

size_t vci_total_rows_begin(const vci_total_rows *rows, size_t total, vci_scope scope) {
    return scope == VCI_SCOPE_ABOVE ? group_begin(rows, total) : 0;
}

bool vci_total_rows_has(const vci_total_rows *rows, size_t total, vci_scope scope,
                        size_t row) {
    const vci_total_row *own = &rows->list[total], *other = &rows->list[row];
    if (!other->unit || !same_subject(own, other)) return false;
    if (scope == VCI_SCOPE_PARENT) return same(other->parent, parent_of(rows, total));
    return scope == VCI_SCOPE_ALL || row < total;
}
