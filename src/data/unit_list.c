/* Units from units.csv. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/unit_internal.h"
#include "data/word_internal.h"

enum {
    CODE,
    NAME,
    PARENT,
    CLASS,
    SECOND_CLASS,
    VALID_FROM,
    VALID_TO,
    BECAME,
    SHARE,
    FORMER_NAMES,
    COLUMNS
};

static const vci_column_wish wishes[COLUMNS] = {{"code", "代码", true},
                                                {"name", "名称", false},
                                                {"parent", "上级", false},
                                                {"class", "类别", false},
                                                {"second_class", "第二类别", false},
                                                {"valid_from", "启用时间", false},
                                                {"valid_to", "停用时间", false},
                                                {"became", "变更为", false},
                                                {"share", "比例", false},
                                                {"former_names", "曾用名", false}};

typedef struct list_reader {
    const vc_workspace *workspace;
    vc_findings *findings;
    vci_table table;
    vci_unit_drafts drafts;
    vci_text_map codes; /* text i is the code of draft i */
} list_reader;

static const vci_cell *cell_of(const list_reader *r, size_t row, size_t wish) {
    return vci_table_cell(&r->table, row, wish);
}

static vc_status read_validity(list_reader *r, vci_unit_draft *draft) {
    vc_status st = VC_OK;
    vc_frequency frequency = r->workspace->frequency;
    vci_table_period(&r->table, draft->row, VALID_FROM, frequency, r->findings,
                     &draft->valid_from, &st);
    vci_table_period(&r->table, draft->row, VALID_TO, frequency, r->findings,
                     &draft->valid_to, &st);
    VC_TRY(st);
    if (draft->valid_from == VC_NO_PERIOD || draft->valid_to == VC_NO_PERIOD ||
        draft->valid_from <= draft->valid_to)
        goto out;
    VC_TRY(vci_finding_add(r->findings, VC_FAULT, "U07",
                           vci_cell_place(&r->table, cell_of(r, draft->row, VALID_TO)),
                           NULL, VCI_TEXT_UNIT_VALIDITY,
                           vci_quote(draft->code, strlen(draft->code)).text));
    draft->valid_from = draft->valid_to = VC_NO_PERIOD;
out:
    return st;
}

/* A code for the second time: another unit, another parent, or the same row again. */
static vc_status repeat(list_reader *r, size_t row, const vci_unit_draft *first) {
    const vci_cell *code = cell_of(r, row, CODE);
    vci_place place = vci_cell_place(&r->table, code);
    vci_quoted shown = vci_quote(code->text, code->n);
    if (!vci_cells_equal(cell_of(r, row, NAME), cell_of(r, first->row, NAME)))
        return vci_finding_add(r->findings, VC_FAULT, "U02", place, NULL,
                               VCI_TEXT_UNIT_TWO_NAMES, shown.text, first->line);
    if (!vci_cells_equal(cell_of(r, row, PARENT), cell_of(r, first->row, PARENT)))
        return vci_finding_add(r->findings, VC_FAULT, "U04", place, NULL,
                               VCI_TEXT_UNIT_TWO_PARENTS, shown.text, first->line);
    return vci_finding_add(r->findings, VC_WARNING, "U02", place, NULL, VCI_TEXT_UNIT_TWICE,
                           shown.text, first->line);
}

static vc_status read_row(list_reader *r, size_t row) {
    vc_status st = VC_OK;
    const vci_cell *code = cell_of(r, row, CODE);
    size_t number = 0;
    if (!code) goto out;
    if (code->n == 0) {
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "N06",
                               vci_cell_place(&r->table, code), NULL,
                               VCI_TEXT_UNIT_NO_CODE));
        goto out;
    }
    VC_TRY(vci_text_map_add(&r->codes, code->text, code->n, &number));
    if (number < r->drafts.n) {
        VC_TRY(repeat(r, row, &r->drafts.list[number]));
        goto out;
    }
    VC_GROW(r->drafts.list, r->drafts.n, r->drafts.capacity);
    const vci_cell *name = cell_of(r, row, NAME);
    vci_unit_draft *draft = &r->drafts.list[r->drafts.n++];
    *draft = (vci_unit_draft){
        .row = row, .line = code->line, .column = code->column, .parent = VC_NO_UNIT};
    draft->code = vci_cell_copy(code, &st);
    draft->name = vci_cell_copy(name && name->n > 0 ? name : code, &st);
    draft->class_name = vci_cell_copy(cell_of(r, row, CLASS), &st);
    draft->second_class = vci_cell_copy(cell_of(r, row, SECOND_CLASS), &st);
    draft->former_names = vci_cell_copy(cell_of(r, row, FORMER_NAMES), &st);
    VC_TRY(st);
    VC_TRY(read_validity(r, draft));
out:
    return st;
}

/* The nearest code to a text that is none. */
static vci_remedy nearest_code(const list_reader *r, const vci_cell *cell) {
    vci_remedy remedy = {.text = ""};
    const char *nearest =
        vci_nearest(cell->text, cell->n, (const char *const *)r->codes.texts, r->codes.n);
    if (nearest)
        remedy = vci_remedy_make(r->findings, VCI_TEXT_UNIT_MEANT,
                                 vci_quote(nearest, strlen(nearest)).text);
    return remedy;
}

static vc_status find_parents(list_reader *r) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < r->drafts.n; i++) {
        vci_unit_draft *draft = &r->drafts.list[i];
        const vci_cell *cell = cell_of(r, draft->row, PARENT);
        if (!cell || cell->n == 0) continue;
        size_t parent = vci_text_map_find(&r->codes, cell->text, cell->n);
        vci_place place = vci_cell_place(&r->table, cell);
        vci_quoted shown = vci_quote(cell->text, cell->n);
        if (parent == i) {
            VC_TRY(vci_finding_add(r->findings, VC_FAULT, "U04", place, NULL,
                                   VCI_TEXT_UNIT_OWN_PARENT, shown.text));
        } else if (parent == VCI_NO_TEXT) {
            vci_remedy remedy = nearest_code(r, cell);
            VC_TRY(vci_finding_add(r->findings, VC_FAULT, "U04", place,
                                   remedy.text[0] ? remedy.text : NULL,
                                   VCI_TEXT_UNIT_NO_PARENT, shown.text));
        } else {
            draft->parent = parent;
        }
    }
out:
    return st;
}

vc_status vci_units_from_list(const vc_workspace *workspace, vc_findings *findings,
                              vci_units *units) {
    vc_status st = VC_OK;
    static const vci_change_columns changes = {BECAME, SHARE};
    bool present = false;
    list_reader r = {.workspace = workspace, .findings = findings};
    VC_TRY(vci_table_read(workspace, VC_TABLE_UNITS, COLUMNS, wishes, false, findings,
                          &r.table, &present));
    if (!present) goto out;
    r.drafts.file = r.table.file;
    for (size_t row = 0; row < r.table.n_rows; row++) VC_TRY(read_row(&r, row));
    VC_TRY(find_parents(&r));
    VC_TRY(vci_units_arrange(workspace, &r.drafts, findings, units));
    VC_TRY(vci_changes_read(&r.table, &changes, &r.drafts, workspace->frequency, findings,
                            units));
out:
    vci_text_map_free(&r.codes);
    vci_unit_drafts_free(&r.drafts);
    vci_table_free(&r.table);
    return st;
}
