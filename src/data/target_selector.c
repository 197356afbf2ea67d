/* Which units a row of targets.csv means: a code, *, level:N or class:NAME. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/target_internal.h"

/* The code that was meant by a text: that of a unit of this name, or the nearest. */
static vci_remedy suggest_unit(const vci_target_reader *r, const vci_cell *cell) {
    const vc_unit_tree *tree = &r->panel->tree;
    const char *code = NULL;
    for (size_t i = 0; i < tree->n && !code; i++)
        if (strlen(tree->units[i].name) == cell->n &&
            memcmp(tree->units[i].name, cell->text, cell->n) == 0)
            code = tree->units[i].code;
    if (!code)
        code = vci_nearest(cell->text, cell->n, (const char *const *)r->codes.texts,
                           r->codes.n);
    if (code)
        return vci_remedy_make(r->findings, VCI_TEXT_TARGET_USE,
                               vci_quote(code, strlen(code)).text);
    return vci_remedy_make(r->findings, VCI_TEXT_TARGET_UNIT_REMEDY);
}

static vc_status read_level(vci_target_reader *r, vc_target *target, const char *text,
                            size_t n) {
    size_t level = 0;
    bool good = n > 0 && n <= 3;
    for (size_t i = 0; i < n && good; i++) {
        good = text[i] >= '0' && text[i] <= '9';
        level = 10 * level + (size_t)(text[i] - '0');
    }
    target->selector = VC_LEVEL;
    target->level = (unsigned)level;
    if (good && level < r->panel->tree.n_levels) return VC_OK;
    return vci_finding_add(
        r->findings, VC_FAULT, "S05", vci_target_place(r, VCI_TARGET_UNIT), NULL,
        VCI_TEXT_TARGET_NO_LEVEL, r->id.text, vci_target_quoted(r, VCI_TARGET_UNIT).text,
        r->panel->tree.n_levels - 1);
}

static vc_status read_class(vci_target_reader *r, vc_target *target, const char *text,
                            size_t n) {
    vc_status st = VC_OK;
    vci_text_map classes = {0};
    vci_remedy remedy = {.text = ""};
    size_t number = 0;
    target->selector = VC_CLASS;
    target->class_name = vci_text_copy(text, n);
    if (!target->class_name) VC_FAIL(VC_NO_MEMORY, "class");
    for (size_t i = 0; i < r->panel->tree.n; i++) {
        const char *class_name = r->panel->tree.units[i].class_name;
        if (class_name)
            VC_TRY(vci_text_map_add(&classes, class_name, strlen(class_name), &number));
    }
    if (vci_text_map_find(&classes, text, n) != VCI_NO_TEXT) goto out;
    const char *near = vci_nearest(text, n, (const char *const *)classes.texts, classes.n);
    if (near)
        remedy = vci_remedy_make(r->findings, VCI_TEXT_TARGET_USE,
                                 vci_quote(near, strlen(near)).text);
    VC_TRY(vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_UNIT), near ? remedy.text : NULL,
                           VCI_TEXT_TARGET_NO_CLASS, r->id.text,
                           vci_target_quoted(r, VCI_TARGET_UNIT).text));
out:
    vci_text_map_free(&classes);
    return st;
}

vc_status vci_target_read_unit(vci_target_reader *r, vc_target *target) {
    static const char level[] = "level:", class_name[] = "class:";
    const vci_cell *cell = vci_target_cell(r, VCI_TARGET_UNIT);
    target->unit = VC_NO_UNIT;
    if (vci_target_blank(r, VCI_TARGET_UNIT)) return VC_OK;
    if (cell->n == 1 && cell->text[0] == '*') {
        target->selector = VC_ALL_UNITS;
        return VC_OK;
    }
    if (cell->n > strlen(level) && memcmp(cell->text, level, strlen(level)) == 0)
        return read_level(r, target, cell->text + strlen(level), cell->n - strlen(level));
    if (cell->n > strlen(class_name) &&
        memcmp(cell->text, class_name, strlen(class_name)) == 0)
        return read_class(r, target, cell->text + strlen(class_name),
                          cell->n - strlen(class_name));
    size_t unit = vci_text_map_find(&r->codes, cell->text, cell->n);
    target->selector = VC_ONE_UNIT;
    target->unit = unit == VCI_NO_TEXT ? VC_NO_UNIT : unit;
    if (unit != VCI_NO_TEXT) return VC_OK;
    return vci_finding_add(r->findings, VC_FAULT, "S05",
                           vci_target_place(r, VCI_TARGET_UNIT), suggest_unit(r, cell).text,
                           VCI_TEXT_TARGET_NO_UNIT, r->id.text,
                           vci_target_quoted(r, VCI_TARGET_UNIT).text);
}
