/* targets.csv against a panel: every row a target, nothing in it guessed. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_internal.h"
#include "data/target_internal.h"
#include "data/workspace_internal.h"

#define MOST_DECIMALS 9

/*
 * The first six are needed, but told as S03 so that one message names all that is missing.
 */
static const vci_column_wish wishes[VCI_TARGET_COLUMNS] = {
    [VCI_TARGET_ID] = {"id", "编号", false},
    [VCI_TARGET_YEAR_END] = {"year_end", "考核年度", false},
    [VCI_TARGET_UNIT] = {"unit", "单位", false},
    [VCI_TARGET_INDICATOR] = {"indicator", "指标", false},
    [VCI_TARGET_DIRECTION] = {"direction", "方向", false},
    [VCI_TARGET_VALUE] = {"value", "目标值", false},
    [VCI_TARGET_VALUE_HIGH] = {"value_high", "目标上限", false},
    [VCI_TARGET_DECIMALS] = {"decimals", "小数位数", false},
    [VCI_TARGET_POINTS] = {"points", "分值", false},
    [VCI_TARGET_SCORING] = {"scoring", "计分办法", false},
    [VCI_TARGET_VETO] = {"veto", "一票否决", false},
    [VCI_TARGET_DEADLINE] = {"deadline", "完成时限", false},
    [VCI_TARGET_PERIOD] = {"period", "期间", false},
    [VCI_TARGET_BASIS] = {"basis", "口径", false}};

static const char *const directions[][2] = {
    {"at_most", "不高于"}, {"at_least", "不低于"}, {"between", "介于"}};
static const char *const flags[][2] = {{"yes", "是"}, {"no", "否"}};

const vci_cell *vci_target_cell(const vci_target_reader *r, size_t wish) {
    return vci_table_cell(&r->table, r->row, wish);
}

bool vci_target_blank(const vci_target_reader *r, size_t wish) {
    const vci_cell *cell = vci_target_cell(r, wish);
    return !cell || cell->n == 0;
}

vci_place vci_target_place(const vci_target_reader *r, size_t wish) {
    return vci_cell_place(&r->table, vci_target_cell(r, wish));
}

vci_quoted vci_target_quoted(const vci_target_reader *r, size_t wish) {
    const vci_cell *cell = vci_target_cell(r, wish);
    return vci_quote(cell->text, cell->n);
}

static const char *words_of(const vci_target_reader *r, vci_text text) {
    return vci_text_get(text, r->findings->language);
}

/* S03: everything that a row lacks, in one message. */
static vc_status check_complete(vci_target_reader *r, bool *complete) {
    char list[256] = "";
    char *end = list;
    vc_language language = r->findings->language;
    vci_place place = {r->table.file, r->table.cells[r->row * r->table.n_fields].line, 0};
    const vci_cell *direction = vci_target_cell(r, VCI_TARGET_DIRECTION);
    bool between = direction && vci_word_find(direction, 3, directions) == VC_BETWEEN;
    for (size_t wish = VCI_TARGET_ID;
         wish <= (between ? VCI_TARGET_VALUE_HIGH : VCI_TARGET_VALUE); wish++)
        if (vci_target_blank(r, wish))
            end = stpcpy(stpcpy(end, end > list ? vci_list_separator(language) : ""),
                         vci_column_word(&wishes[wish], language));
    *complete = end == list;
    if (*complete) return VC_OK;
    return vci_finding_add(r->findings, VC_FAULT, "S03", place,
                           words_of(r, VCI_TEXT_TARGET_LACKS_REMEDY), VCI_TEXT_TARGET_LACKS,
                           r->id.text, list);
}

static vc_status read_id(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    size_t number = 0;
    const vci_cell *cell = vci_target_cell(r, VCI_TARGET_ID);
    if (vci_target_blank(r, VCI_TARGET_ID)) goto out;
    target->id = vci_cell_copy(cell, &st);
    VC_TRY(st);
    size_t n_before = r->ids.n;
    VC_TRY(vci_text_map_add(&r->ids, cell->text, cell->n, &number));
    if (r->ids.n > n_before) goto out;
    for (size_t i = 0; i < r->targets->n; i++) {
        const vc_target *other = &r->targets->list[i];
        if (!other->id || strcmp(other->id, target->id) != 0) continue;
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S06",
                               vci_target_place(r, VCI_TARGET_ID),
                               words_of(r, VCI_TEXT_TARGET_DUPLICATE_REMEDY),
                               VCI_TEXT_TARGET_DUPLICATE, r->id.text, other->line));
        break;
    }
out:
    return st;
}

static vc_status read_words(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    const vci_cell *direction = vci_target_cell(r, VCI_TARGET_DIRECTION),
                   *veto = vci_target_cell(r, VCI_TARGET_VETO);
    if (!vci_target_blank(r, VCI_TARGET_DIRECTION)) {
        size_t word = vci_word_find(direction, 3, directions);
        target->direction = word < 3 ? (vc_direction)word : VC_AT_MOST;
        if (word == 3)
            VC_TRY(vci_word_fault(&r->table, direction, &wishes[VCI_TARGET_DIRECTION], 3,
                                  directions, r->findings));
    }
    if (!vci_target_blank(r, VCI_TARGET_VETO)) {
        size_t word = vci_word_find(veto, 2, flags);
        target->veto = word == 0;
        if (word == 2)
            VC_TRY(vci_word_fault(&r->table, veto, &wishes[VCI_TARGET_VETO], 2, flags,
                                  r->findings));
    }
    target->scoring = vci_cell_copy(vci_target_cell(r, VCI_TARGET_SCORING), &st);
out:
    return st;
}

static vc_status read_value(vci_target_reader *r, size_t wish, vc_target_value *value) {
    vc_status st = VC_OK;
    const vci_cell *cell = vci_target_cell(r, wish);
    *value = (vc_target_value){.value = {0, 1}, .factor = {1, 1}, .summand = {0, 1}};
    if (vci_target_blank(r, wish)) goto out;
    if (!vci_target_value_parse(cell->text, cell->n, value)) {
        bool sign = memchr(cell->text, '%', cell->n) ||
                    memmem(cell->text, cell->n, "‰", strlen("‰")) ||
                    memmem(cell->text, cell->n, "％", strlen("％"));
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, sign ? "N13" : "N12",
                               vci_target_place(r, wish),
                               words_of(r, sign ? VCI_TEXT_TARGET_PERCENT_REMEDY
                                                : VCI_TEXT_TARGET_VALUE_REMEDY),
                               sign ? VCI_TEXT_TARGET_PERCENT : VCI_TEXT_TARGET_VALUE,
                               vci_target_quoted(r, wish).text));
    }
out:
    return st;
}

static vc_status read_numbers(vci_target_reader *r, vc_target *target) {
    vc_status st = VC_OK;
    double decimals = NAN;
    VC_TRY(read_value(r, VCI_TARGET_VALUE, &target->value));
    VC_TRY(read_value(r, VCI_TARGET_VALUE_HIGH, &target->value_high));
    if (target->direction == VC_BETWEEN && target->value.kind == VC_FIXED &&
        target->value_high.kind == VC_FIXED &&
        !vci_target_blank(r, VCI_TARGET_VALUE_HIGH) &&
        vci_bounds_compare(target->value.value, target->value_high.value) > 0)
        VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S06",
                               vci_target_place(r, VCI_TARGET_VALUE_HIGH), NULL,
                               VCI_TEXT_TARGET_ORDER, r->id.text));
    VC_TRY(vci_target_check_cap(r, target));
    vci_table_number(&r->table, r->options, r->row, VCI_TARGET_POINTS, r->findings,
                     &target->points, &st);
    bool good = vci_table_number(&r->table, r->options, r->row, VCI_TARGET_DECIMALS,
                                 r->findings, &decimals, &st);
    VC_TRY(st);
    target->decimals = -1;
    if (!good || isnan(decimals)) goto out;
    if (decimals >= 0 && decimals <= MOST_DECIMALS && decimals == floor(decimals))
        target->decimals = (int)decimals;
    else
        VC_TRY(vci_finding_add(
            r->findings, VC_FAULT, "N12", vci_target_place(r, VCI_TARGET_DECIMALS), NULL,
            VCI_TEXT_TARGET_DECIMALS, vci_target_quoted(r, VCI_TARGET_DECIMALS).text));
out:
    return st;
}

static vc_status read_row(vci_target_reader *r) {
    vc_status st = VC_OK;
    bool complete = false, elsewhere = false;
    const vci_cell *first = &r->table.cells[r->row * r->table.n_fields];
    size_t n_before = r->findings->n_faults;
    VC_GROW(r->targets->list, r->targets->n, r->capacity);
    vc_target *target = &r->targets->list[r->targets->n];
    *target = (vc_target){.unit = VC_NO_UNIT,
                          .year_end = VC_NO_PERIOD,
                          .deadline = VC_NO_PERIOD,
                          .decimals = -1,
                          .points = NAN,
                          .line = first->line};
    const vci_cell *id = vci_target_cell(r, VCI_TARGET_ID);
    r->id = vci_quote(id ? id->text : "", id ? id->n : 0);
    VC_TRY(vci_target_read_basis(r, &wishes[VCI_TARGET_BASIS], &elsewhere));
    if (elsewhere) {
        r->n_elsewhere++;
        goto out;
    }
    VC_TRY(check_complete(r, &complete));
    st = read_id(r, target);
    r->targets->n++;
    VC_TRY(st);
    VC_TRY(vci_target_read_period(r, target));
    VC_TRY(vci_target_read_unit(r, target));
    VC_TRY(vci_target_read_indicator(r, target));
    VC_TRY(vci_target_check_begin(r, target));
    VC_TRY(read_words(r, target));
    VC_TRY(read_numbers(r, target));
    VC_TRY(vci_target_read_scoring(r, target));
    /* What is wrong in itself is compared with nothing: vci_target_whole. */
    if (r->findings->n_faults > n_before) target->year_end = VC_NO_PERIOD;
out:
    return st;
}

/* Rows of the other basis belong to a run of their own. */
static vc_status note_elsewhere(const vci_target_reader *r) {
    if (r->n_elsewhere == 0) return VC_OK;
    return vci_finding_add(r->findings, VC_INFO, "V04", (vci_place){r->table.file, 0, 0},
                           NULL, VCI_TEXT_TARGET_ELSEWHERE, r->n_elsewhere);
}

static vc_status read_rows(vci_target_reader *r) {
    vc_status st = VC_OK;
    size_t number = 0;
    const vc_unit_tree *tree = &r->panel->tree;
    VC_COPY_TEXT(r->targets->file, r->table.file);
    for (size_t i = 0; i < tree->n; i++)
        VC_TRY(vci_text_map_add(&r->codes, tree->units[i].code, strlen(tree->units[i].code),
                                &number));
    for (r->row = 0; r->row < r->table.n_rows; r->row++) VC_TRY(read_row(r));
    VC_TRY(note_elsewhere(r));
    VC_TRY(vci_targets_compare(r->targets, r->panel, r->findings));
    VC_TRY(vci_targets_compare_family(r->targets, r->panel, r->findings));
    VC_TRY(vci_targets_check_class(r->targets, r->panel, r->findings));
    VC_TRY(vci_targets_total(r->workspace, r->targets, r->panel, r->findings));
out:
    return st;
}

vc_status vc_targets_read(const vc_workspace *workspace, const vc_panel *panel,
                          vc_findings *findings, vc_targets *targets) {
    vc_status st = VC_OK;
    bool present = false;
    size_t n_before = findings->n_faults;
    vci_target_reader r = {.workspace = workspace,
                           .panel = panel,
                           .findings = findings,
                           .options = &workspace->tables[VC_TABLE_TARGETS],
                           .targets = targets};
    *targets = (vc_targets){0};
    VC_TRY(vci_table_read(workspace, VC_TABLE_TARGETS, VCI_TARGET_COLUMNS, wishes, false,
                          findings, &r.table, &present));
    if (present) VC_TRY(read_rows(&r));
    VC_TRY(vci_commendations_check(workspace, panel, targets, findings));
    if (findings->n_faults > n_before)
        VC_FAIL(VC_BAD_INPUT, "%s: %zu", workspace->dir, findings->n_faults - n_before);
out:
    vci_text_map_free(&r.codes);
    vci_text_map_free(&r.ids);
    vci_table_free(&r.table);
    return st;
}
