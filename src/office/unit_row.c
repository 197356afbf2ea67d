/* The unit of a row: its code, its name as of the latest figures, its parent. */
#include "office/unit_row_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "office/aliases_internal.h"

/* Adds a name to the others, once. */
static vc_status add_former(vci_import_unit *unit, vci_span name) {
    vc_status st = VC_OK;
    char *longer = NULL;
    if (vci_span_equals(unit->name, name)) goto out;
    if (unit->former && memmem(unit->former, strlen(unit->former), name.text, name.n))
        goto out;
    longer = vci_text_format("%s%s%.*s", unit->former ? unit->former : "",
                             unit->former ? ";" : "", (int)name.n, name.text);
    if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
    vci_free(unit->former);
    unit->former = longer;
out:
    return st;
}

static vc_status set_name(vci_import_unit *unit, vci_span name) {
    char *copy = vci_text_copy(name.text, name.n);
    if (!copy) return vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "text");
    vci_free(unit->name);
    unit->name = copy;
    return VC_OK;
}

/* A name of a unit in a period: the latest one is its name, the others are former ones. */
static vc_status take_name(vci_import_unit *unit, vci_span name, vc_period period) {
    vc_status st = VC_OK;
    if (name.n == 0 || vci_span_equals(unit->name, name)) {
        if (name.n > 0 && period > unit->named) unit->named = period;
        return VC_OK;
    }
    if (period < unit->named) return add_former(unit, name);
    char *old = unit->name;
    unit->name = NULL;
    VC_TRY(set_name(unit, name));
    unit->named = period;
    VC_TRY(add_former(unit, (vci_span){old, strlen(old)}));
out:
    vci_free(old);
    return st;
}

static vc_status new_unit(vci_reading *r, size_t number, vci_span name, size_t row,
                          size_t column) {
    vc_status st = VC_OK;
    vci_figures *f = r->figures;
    VC_GROW(f->units, number, f->unit_capacity);
    f->units[number] = (vci_import_unit){
        .named = VC_NO_PERIOD,
        .first = VC_NO_PERIOD,
        .last = VC_NO_PERIOD,
        .coded = vci_reading_column(r->sheet_settings, VCI_TO_UNIT) != SIZE_MAX,
        .sheet = r->sheet,
        .row = row,
        .column = column};
    f->n_units = number + 1;
    VC_TRY(set_name(&f->units[number], name));
out:
    return st;
}

/* The code in units.csv of a code or name; a text of no bytes if there is none, or several.
 */
static vci_span known_code(const vci_reading *r, vci_span text) {
    const vci_known_units *known = r->known;
    if (known->codes.n == 0 || text.n == 0) return text;
    size_t code = vci_text_map_find(&known->codes, text.text, text.n);
    size_t name = vci_text_map_find(&known->names, text.text, text.n);
    if (code == VCI_NO_TEXT && name != VCI_NO_TEXT) code = known->code_of_name[name];
    if (code == VCI_NO_TEXT) return (vci_span){"", 0};
    return (vci_span){known->codes.texts[code], strlen(known->codes.texts[code])};
}

/* The unit of a row; *found is false, and a fault added, where it is not said. */
vc_status vci_unit_row_read(vci_reading *r, size_t row, size_t *unit, vc_period period,
                            bool *found) {
    vc_status st = VC_OK;
    vci_span code = vci_reading_key(r, row, VCI_TO_UNIT),
             name = vci_reading_key(r, row, VCI_TO_NAME);
    vci_span parent = vci_reading_key(r, row, VCI_TO_PARENT);
    size_t known = r->figures->codes.n;
    size_t column =
        vci_reading_column(r->sheet_settings, code.n ? VCI_TO_UNIT : VCI_TO_NAME);
    vci_alias_earlier(&name);
    vci_span own = name;
    if (code.n == 0 && vci_reading_column(r->sheet_settings, VCI_TO_UNIT) == SIZE_MAX) {
        code = vci_alias_latest(r, name);
        if (name.n > 0 && !(code.n == name.n && memcmp(code.text, name.text, name.n) == 0))
            period = VC_NO_PERIOD;
    }
    code = known_code(r, code);
    *found = code.n > 0;
    if (!*found && !vci_reading_has_figure(r, row)) goto out;
    if (!*found) {
        VC_TRY(vci_reading_fault(r, row, column < r->sheet->n_columns ? column : 0, "I10",
                                 VCI_TEXT_IMPORT_NO_UNIT, VCI_TEXT_IMPORT_NO_UNIT_REMEDY));
        goto out;
    }
    VC_TRY(vci_text_map_add(&r->figures->codes, code.text, code.n, unit));
    if (r->figures->codes.n > known)
        VC_TRY(new_unit(r, *unit, own.n ? own : code, row, column));
    VC_TRY(take_name(&r->figures->units[*unit], own, period));
    if (parent.n > 0 && !r->figures->units[*unit].parent) {
        r->figures->units[*unit].parent = vci_text_copy(parent.text, parent.n);
        if (!r->figures->units[*unit].parent) VC_FAIL(VC_NO_MEMORY, "text");
    }
out:
    return st;
}

static bool same_parent(const vci_import_unit *a, const vci_import_unit *b) {
    if (!a->parent || !b->parent) return a->parent == b->parent;
    return strcmp(a->parent, b->parent) == 0;
}

static bool is_answered(const vci_settings *settings, const char *name) {
    for (size_t i = 0; i < settings->n_renamed; i++)
        if (strcmp(settings->renamed[i].name, name) == 0) return true;
    return false;
}

/* A name that begins in the month after another one ended, without codes: renamed? */
static vc_status ask_renamed(vci_reading *r, const vci_import_unit *unit,
                             const vci_import_unit *ended) {
    vc_status st = VC_OK;
    char *remedy = vci_text_format("renamed: {%s: %s}  |  renamed: {%s: no}", unit->name,
                                   ended->name, unit->name);
    char month[VC_PERIOD_TEXT];
    if (!remedy) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(unit->first, r->figures->frequency, month);
    VC_TRY(vci_finding_add(r->findings, VC_FAULT, "I14",
                           vci_worksheet_place(unit->sheet, unit->row, unit->column),
                           remedy, VCI_TEXT_IMPORT_RENAMED,
                           vci_quote(unit->name, strlen(unit->name)).text, month,
                           vci_quote(ended->name, strlen(ended->name)).text));
out:
    vci_free(remedy);
    return st;
}

vc_status vci_unit_rows_check_renamed(vci_reading *r) {
    vc_status st = VC_OK;
    const vci_figures *f = r->figures;
    for (size_t i = 0; i < f->n_units; i++)
        for (size_t k = 0; k < f->n_units; k++) {
            const vci_import_unit *a = &f->units[k], *b = &f->units[i];
            if (a->coded || b->coded || r->known->codes.n > 0 || b->first == VC_NO_PERIOD)
                continue;
            if (a->last == b->first - 1 && same_parent(a, b) &&
                !is_answered(r->settings, b->name))
                VC_TRY(ask_renamed(r, b, a));
        }
out:
    return st;
}
