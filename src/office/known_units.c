/* units.csv of the workspace: which unit a name of a workbook means. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "office/figures_internal.h"

void vci_known_units_free(vci_known_units *known) {
    vci_text_map_free(&known->codes);
    vci_text_map_free(&known->names);
    vci_free(known->code_of_name);
    memset(known, 0, sizeof *known);
}

/* The column with one of two headers; SIZE_MAX if there is none. */
static size_t find_column(const vci_worksheet *sheet, const char *name,
                          const char *chinese) {
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const vci_cell *cell = vci_worksheet_cell(sheet, 0, c);
        if (!cell) continue;
        if (cell->n == strlen(name) && memcmp(cell->text, name, cell->n) == 0) return c;
        if (cell->n == strlen(chinese) && memcmp(cell->text, chinese, cell->n) == 0)
            return c;
    }
    return SIZE_MAX;
}

static vc_status add_name(vci_known_units *known, const char *name, size_t n, size_t code) {
    vc_status st = VC_OK;
    size_t number = 0, before = known->names.n;
    vci_trim(&name, &n);
    if (n == 0) goto out;
    VC_TRY(vci_text_map_add(&known->names, name, n, &number));
    if (known->names.n > before) {
        VC_GROW(known->code_of_name, number, known->capacity);
        known->code_of_name[number] = code;
    } else if (known->code_of_name[number] != code) {
        known->code_of_name[number] = VCI_NO_TEXT;
    }
out:
    return st;
}

/* Names with ; ； or 、 between them. */
static vc_status add_names(vci_known_units *known, const vci_cell *cell, size_t code) {
    static const char *const marks[] = {";", "；", "、"};
    vc_status st = VC_OK;
    const char *at = cell->text, *end = cell->text + cell->n;
    while (at < end) {
        const char *next = end;
        size_t skip = 0;
        for (size_t i = 0; i < 3; i++) {
            const char *mark = memmem(at, (size_t)(end - at), marks[i], strlen(marks[i]));
            if (!mark || mark >= next) continue;
            next = mark;
            skip = strlen(marks[i]);
        }
        VC_TRY(add_name(known, at, (size_t)(next - at), code));
        at = next + skip;
    }
out:
    return st;
}

static vc_status read_rows(const vci_worksheet *sheet, vci_known_units *known) {
    vc_status st = VC_OK;
    size_t codes = find_column(sheet, "code", "代码");
    size_t names = find_column(sheet, "name", "名称");
    size_t former = find_column(sheet, "former_names", "曾用名");
    for (size_t row = 1; row < sheet->records.n && codes != SIZE_MAX; row++) {
        const vci_cell *cell = vci_worksheet_cell(sheet, row, codes);
        size_t code = 0;
        if (!cell) continue;
        VC_TRY(vci_text_map_add(&known->codes, cell->text, cell->n, &code));
        cell = names == SIZE_MAX ? NULL : vci_worksheet_cell(sheet, row, names);
        if (cell) VC_TRY(add_name(known, cell->text, cell->n, code));
        cell = former == SIZE_MAX ? NULL : vci_worksheet_cell(sheet, row, former);
        if (cell) VC_TRY(add_names(known, cell, code));
    }
out:
    return st;
}

vc_status vci_known_units_read(const char *file, vc_findings *findings,
                               vci_known_units *known) {
    vc_status st = VC_OK;
    vci_book source = {0};
    VC_TRY(vci_book_read(file, NULL, findings, &source));
    if (source.n_sheets > 0) VC_TRY(read_rows(&source.sheets[0], known));
out:
    vci_book_free(&source);
    return st;
}
