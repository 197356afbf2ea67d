#include "office/worksheet_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"

void vci_worksheet_free(vci_worksheet *sheet) {
    vci_free(sheet->file);
    vci_free(sheet->name);
    vci_free(sheet->text);
    vci_records_free(&sheet->records);
    memset(sheet, 0, sizeof *sheet);
}

static const vci_cell *any_cell(const vci_worksheet *sheet, size_t row, size_t column) {
    const vci_records *records = &sheet->records;
    if (row >= records->n || column >= vci_record_size(records, row)) return NULL;
    return &records->cells[records->begin[row] + column];
}

const vci_cell *vci_worksheet_cell(const vci_worksheet *sheet, size_t row, size_t column) {
    const vci_cell *cell = any_cell(sheet, row, column);
    return cell && cell->n > 0 ? cell : NULL;
}

const vci_cell *vci_worksheet_first(const vci_worksheet *sheet, size_t row,
                                    size_t *column) {
    const vci_cell *cell = NULL;
    for (*column = 0; *column < sheet->n_columns; ++*column) {
        cell = vci_worksheet_cell(sheet, row, *column);
        if (cell) break;
    }
    return cell;
}

vci_place vci_worksheet_place(const vci_worksheet *sheet, size_t row, size_t column) {
    const vci_cell *cell = any_cell(sheet, row, column);
    if (sheet->name[0] || !cell) return (vci_place){sheet->file, row + 1, column + 1};
    return (vci_place){sheet->file, cell->line, cell->column};
}

void vci_letters_write(size_t column, char letters[8]) {
    char reversed[8];
    size_t n = 0;
    for (size_t rest = column + 1; rest > 0 && n < 7; rest = (rest - 1) / 26)
        reversed[n++] = (char)('A' + (rest - 1) % 26);
    for (size_t i = 0; i < n; i++) letters[i] = reversed[n - 1 - i];
    letters[n] = '\0';
}

bool vci_letters_read(const char *letters, size_t *column) {
    size_t value = 0, n = strlen(letters);
    if (n == 0 || n > 3) return false;
    for (size_t i = 0; i < n; i++) {
        if (letters[i] < 'A' || letters[i] > 'Z') return false;
        value = value * 26 + (size_t)(letters[i] - 'A') + 1;
    }
    *column = value - 1;
    return true;
}

vci_reference vci_worksheet_reference(const vci_worksheet *sheet, size_t row, size_t column,
                                      bool whole) {
    vci_reference reference;
    char letters[8];
    vci_letters_write(column, letters);
    vci_quoted name = vci_quote(sheet->name, strlen(sheet->name));
    bool named = whole && sheet->name[0];
    snprintf(reference.text, sizeof reference.text, "%s%s%s%zu", named ? name.text : "",
             named ? "!" : "", letters, row + 1);
    return reference;
}
