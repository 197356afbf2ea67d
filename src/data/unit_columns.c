/* Units from the code columns of a data table: one unit per code, its parent beside it. */
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/unit_internal.h"

typedef struct column_reader {
    const vci_table *table;
    const vc_table_options *options;
    const vci_level_columns *columns;
    vc_findings *findings;
    vci_unit_drafts drafts;
    vci_text_map codes; /* text i is the code of draft i */
} column_reader;

static const vci_cell *code_at(const column_reader *r, size_t row, size_t level) {
    return vci_table_cell(r->table, row, r->columns->first_code + level);
}

static const vci_cell *name_at(const column_reader *r, size_t row, size_t level) {
    if (r->columns->first_name == VCI_NO_COLUMN) return NULL;
    return vci_table_cell(r->table, row, r->columns->first_name + level);
}

/* Sorted tables repeat the units of the row above. */
static bool same_as_above(const column_reader *r, size_t row) {
    if (row == 0) return false;
    for (size_t k = 0; k < r->columns->n; k++)
        if (!vci_cells_equal(code_at(r, row, k), code_at(r, row - 1, k)) ||
            !vci_cells_equal(name_at(r, row, k), name_at(r, row - 1, k)))
            return false;
    return true;
}

static bool is_total(const column_reader *r, size_t row) {
    for (size_t k = 0; k < r->columns->n; k++) {
        const vci_cell *cells[] = {code_at(r, row, k), name_at(r, row, k)};
        for (size_t i = 0; i < 2; i++)
            if (vci_total_declared(r->options, cells[i]) || vci_total_worded(cells[i]))
                return true;
    }
    return false;
}

static unsigned level_below(const column_reader *r, size_t parent) {
    return parent == VC_NO_UNIT ? 0 : r->drafts.list[parent].level + 1;
}

/* What a code's first row and this one say differently; told once for each code. */
static vc_status compare(column_reader *r, size_t row, size_t column, size_t parent,
                         vci_unit_draft *draft) {
    const vci_cell *code = code_at(r, row, column), *name = name_at(r, row, column);
    bool other_level = draft->level != level_below(r, parent);
    bool other_parent = draft->parent != parent;
    bool other_name =
        name && name->n > 0 &&
        (strlen(draft->name) != name->n || memcmp(draft->name, name->text, name->n) != 0);
    if (draft->told || !(other_level || other_parent || other_name)) return VC_OK;
    draft->told = true;
    const char *kind = other_level ? "U10" : other_parent ? "U04" : "U02";
    vci_text text = other_level    ? VCI_TEXT_UNIT_TWO_LEVELS
                    : other_parent ? VCI_TEXT_UNIT_TWO_PARENTS
                                   : VCI_TEXT_UNIT_TWO_NAMES;
    return vci_finding_add(r->findings, VC_FAULT, kind, vci_cell_place(r->table, code),
                           NULL, text, vci_quote(code->text, code->n).text, draft->line);
}

static vc_status add_draft(column_reader *r, size_t row, size_t column, size_t parent) {
    vc_status st = VC_OK;
    const vci_cell *code = code_at(r, row, column), *name = name_at(r, row, column);
    unsigned level = level_below(r, parent);
    VC_GROW(r->drafts.list, r->drafts.n, r->drafts.capacity);
    vci_unit_draft *draft = &r->drafts.list[r->drafts.n++];
    *draft = (vci_unit_draft){.row = row,
                              .line = code->line,
                              .column = code->column,
                              .level = level,
                              .parent = parent,
                              .valid_from = VC_NO_PERIOD,
                              .valid_to = VC_NO_PERIOD};
    draft->code = vci_cell_copy(code, &st);
    draft->name = vci_cell_copy(name && name->n > 0 ? name : code, &st);
    VC_TRY(st);
out:
    return st;
}

/* A code below a level that is blank has no parent. */
static vc_status check_blank(column_reader *r, size_t row, size_t level) {
    for (size_t k = level + 1; k < r->columns->n; k++) {
        const vci_cell *cell = code_at(r, row, k);
        if (cell && cell->n > 0)
            return vci_finding_add(
                r->findings, VC_FAULT, "U04", vci_cell_place(r->table, cell), NULL,
                VCI_TEXT_UNIT_BLANK_PARENT, vci_quote(cell->text, cell->n).text);
    }
    return VC_OK;
}

static vc_status read_row(column_reader *r, size_t row) {
    vc_status st = VC_OK;
    size_t parent = VC_NO_UNIT;
    for (size_t column = 0; column < r->columns->n; column++) {
        const vci_cell *code = code_at(r, row, column);
        size_t number = 0;
        if (!code) goto out;
        if (code->n == 0) {
            VC_TRY(check_blank(r, row, column));
            goto out;
        }
        VC_TRY(vci_text_map_add(&r->codes, code->text, code->n, &number));
        if (number == r->drafts.n)
            VC_TRY(add_draft(r, row, column, parent));
        else
            VC_TRY(compare(r, row, column, parent, &r->drafts.list[number]));
        parent = number;
    }
out:
    return st;
}

/*
 * The order of codes from the top down, so that it does not depend on the order of rows: a
 * unit stands right before the units below it.
 */
static int compare_paths(const void *a, const void *b, void *context) {
    const vci_unit_draft *list = context;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    int deeper = (int)list[i].level - (int)list[k].level;
    for (int up = deeper; up > 0; up--) i = list[i].parent;
    for (int up = -deeper; up > 0; up--) k = list[k].parent;
    if (i == k) return deeper;
    while (list[i].parent != list[k].parent) {
        i = list[i].parent;
        k = list[k].parent;
    }
    return strcmp(list[i].code, list[k].code);
}

static vc_status sort_drafts(vci_unit_drafts *drafts) {
    vc_status st = VC_OK;
    size_t *order = NULL, *place = NULL;
    vci_unit_draft *sorted = NULL;
    VC_NEW(order, drafts->n);
    VC_NEW(place, drafts->n);
    VC_NEW(sorted, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) order[i] = i;
    qsort_r(order, drafts->n, sizeof *order, compare_paths, drafts->list);
    for (size_t i = 0; i < drafts->n; i++) place[order[i]] = i;
    for (size_t i = 0; i < drafts->n; i++) {
        sorted[i] = drafts->list[order[i]];
        if (sorted[i].parent != VC_NO_UNIT) sorted[i].parent = place[sorted[i].parent];
    }
    vci_free(drafts->list);
    drafts->list = sorted;
    drafts->capacity = drafts->n;
    sorted = NULL;
out:
    vci_free(order);
    vci_free(place);
    vci_free(sorted);
    return st;
}

vc_status vci_units_from_columns(const vc_workspace *workspace, const vci_table *table,
                                 const vc_table_options *options,
                                 const vci_level_columns *columns, vc_findings *findings,
                                 vci_units *units) {
    vc_status st = VC_OK;
    column_reader r = {
        .table = table, .options = options, .columns = columns, .findings = findings};
    r.drafts.file = table->file;
    for (size_t row = 0; row < table->n_rows; row++)
        if (!same_as_above(&r, row) && !is_total(&r, row)) VC_TRY(read_row(&r, row));
    if (r.drafts.n > 0) VC_TRY(sort_drafts(&r.drafts));
    VC_TRY(vci_units_arrange(workspace, &r.drafts, findings, units));
out:
    vci_text_map_free(&r.codes);
    vci_unit_drafts_free(&r.drafts);
    return st;
}
