/* The cells of a sheet while it is read: keys with those above, times, numbers, marks. */
#include "office/reading_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "office/layout_internal.h"

#define LARGEST 9007199254740992.0 /* 2^53 */

bool vci_span_equals(const char *text, vci_span other) {
    return strlen(text) == other.n && memcmp(text, other.text, other.n) == 0;
}

vc_status vci_reading_fault(vci_reading *r, size_t row, size_t column, const char *kind,
                            vci_text message, vci_text remedy) {
    const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
    return vci_finding_add(r->findings, VC_FAULT, kind,
                           vci_worksheet_place(r->sheet, row, column),
                           vci_text_get(remedy, r->findings->language), message,
                           vci_worksheet_reference(r->sheet, row, column, true).text,
                           vci_quote(cell ? cell->text : "", cell ? cell->n : 0).text);
}

/* Column of the sheet that is read to something; SIZE_MAX if none is. */
size_t vci_reading_column(const vci_sheet_settings *s, vci_to to) {
    for (size_t i = 0; i < s->n_columns; i++)
        if (s->columns[i].to == to) return s->columns[i].column;
    return SIZE_MAX;
}

/* A text without a declared footnote mark at its end. */
vci_span vci_reading_without_mark(const vci_sheet_settings *s, vci_span text) {
    for (size_t i = 0; i < s->n_foot; i++) {
        size_t n = strlen(s->foot[i]);
        if (text.n > n && memcmp(text.text + text.n - n, s->foot[i], n) == 0) {
            text.n -= n;
            vci_trim(&text.text, &text.n);
            break;
        }
    }
    return text;
}

/* The text of a key column, with that above where it is to be filled down. */
vci_span vci_reading_key_text(const vci_reading *r, size_t row, size_t column) {
    const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
    vci_span text = {cell ? cell->text : "", cell ? cell->n : 0};
    for (size_t i = 0; i < r->sheet_settings->n_fill; i++) {
        if (r->sheet_settings->fill[i] != column) continue;
        if (cell) {
            r->filled[column] = text.text;
            r->filled_bytes[column] = text.n;
        } else if (r->filled[column]) {
            text = (vci_span){r->filled[column], r->filled_bytes[column]};
        }
    }
    return text;
}

vci_span vci_reading_key(const vci_reading *r, size_t row, vci_to to) {
    size_t column = vci_reading_column(r->sheet_settings, to);
    if (column >= r->sheet->n_columns) return (vci_span){"", 0};
    return vci_reading_without_mark(r->sheet_settings,
                                    vci_reading_key_text(r, row, column));
}

vci_to vci_reading_time_key(const vci_sheet_settings *s) {
    bool quarter = vci_reading_column(s, VCI_TO_QUARTER) != SIZE_MAX;
    return quarter ? VCI_TO_QUARTER : VCI_TO_MONTH;
}

vc_status vci_reading_carry(vci_reading *r, size_t row) {
    vc_status st = VC_OK;
    char *plain = NULL;
    bool total = false, own[3] = {false};
    static const vci_to keys[3] = {VCI_TO_NAME, VCI_TO_UNIT, VCI_TO_PARENT};
    for (size_t i = 0; i < 3; i++) {
        size_t column = vci_reading_column(r->sheet_settings, keys[i]);
        if (column >= r->sheet->n_columns) continue;
        VC_TRY(vci_cell_plain(vci_worksheet_cell(r->sheet, row, column), &plain));
        own[i] = vci_words_total(plain);
        total = total || own[i];
        vci_free(plain);
        plain = NULL;
    }
    for (size_t i = 0; i < 3 && total; i++)
        if (!own[i]) vci_reading_key(r, row, keys[i]);
    if (total) vci_reading_key(r, row, vci_reading_time_key(r->sheet_settings));
out:
    vci_free(plain);
    return st;
}

/* Does a row hold anything that would be read? */
bool vci_reading_has_figure(const vci_reading *r, size_t row) {
    for (size_t i = 0; i < r->sheet_settings->n_columns; i++) {
        const vci_mapping *m = &r->sheet_settings->columns[i];
        if (vci_to_is_figure(m->to) && vci_worksheet_cell(r->sheet, row, m->column))
            return true;
    }
    return false;
}

bool vci_reading_takes(const vci_reading *r, size_t row) {
    const vci_sheet_settings *s = r->sheet_settings;
    for (size_t i = 0; i < s->n_skip; i++)
        if (s->skip[i] == row) return false;
    return !vci_record_blank(&r->sheet->records, row);
}

/* The time of a row, if it has a column for it. */
vc_status vci_reading_time(vci_reading *r, size_t row, vci_subject *s, bool *good) {
    vc_status st = VC_OK;
    char *plain = NULL;
    vci_when when;
    vci_to key = vci_reading_time_key(r->sheet_settings);
    size_t column = vci_reading_column(r->sheet_settings, key);
    *good = true;
    if (column >= r->sheet->n_columns) goto out;
    vci_span text = vci_reading_key_text(r, row, column);
    VC_TRY(vci_text_normalise(text.text, text.n, &plain));
    *good = vci_when_read(plain, key == VCI_TO_QUARTER ? VCI_BARE_QUARTER : VCI_BARE_MONTH,
                          &when) &&
            when.last > 0;
    int year = *good && when.year ? when.year : r->sheet_settings->year;
    *good = *good && year > 0;
    if (!*good)
        VC_TRY(vci_reading_fault(r, row, column, "I10", VCI_TEXT_IMPORT_NO_TIME,
                                 VCI_TEXT_IMPORT_NO_TIME_REMEDY));
    s->first = year * 12 + when.first - 1;
    s->last = year * 12 + when.last - 1;
out:
    vci_free(plain);
    return st;
}

vc_status vci_reading_basis(vci_reading *r, size_t row, vci_subject *s, bool *good) {
    vc_status st = VC_OK;
    char *plain = NULL;
    size_t column = vci_reading_column(r->sheet_settings, VCI_TO_BASIS);
    if (column >= r->sheet->n_columns) goto out;
    vci_span text = vci_reading_key_text(r, row, column);
    VC_TRY(vci_text_normalise(text.text, text.n, &plain));
    s->basis = vci_basis_find(plain);
    if (s->basis == VCI_BASIS_NONE) {
        *good = false;
        VC_TRY(vci_reading_fault(r, row, column, "I10", VCI_TEXT_IMPORT_NO_BASIS,
                                 VCI_TEXT_IMPORT_NO_BASIS_REMEDY));
    }
out:
    vci_free(plain);
    return st;
}

/* A mark that means missing or zero? */
static bool is_marked(const vci_sheet_settings *s, const vci_cell *cell, bool *zero) {
    for (size_t i = 0; i < s->n_marks; i++) {
        if (!vci_span_equals(s->marks[i].text, (vci_span){cell->text, cell->n})) continue;
        *zero = s->marks[i].zero;
        return true;
    }
    return false;
}

/* The number of a cell: *good is false after a fault, *blank where there is none. */
vc_status vci_reading_number(vci_reading *r, size_t row, const vci_mapping *m,
                             double *value, bool *blank, bool *good) {
    const vci_sheet_settings *s = r->sheet_settings;
    const vci_cell *cell = vci_worksheet_cell(r->sheet, row, m->column);
    bool zero = false;
    *value = 0;
    *good = true;
    *blank = !cell;
    if (!cell) return VC_OK;
    if (is_marked(s, cell, &zero)) {
        *blank = !zero;
        return VC_OK;
    }
    vci_cell bare = *cell;
    bare.n = vci_reading_without_mark(s, (vci_span){cell->text, cell->n}).n;
    vci_figure_text look = vci_figure_look(&bare);
    *good = look.number && look.n_mark == 0 && (!look.thousands || s->thousands);
    *value = look.value * m->times;
    if (*good && vci_mapping_is_count(m)) {
        double whole = round(*value);
        *good = fabs(*value - whole) <= 1e-9 * (1 + fabs(whole)) && fabs(whole) < LARGEST &&
                (whole >= 0 || vci_to_is_event(m->to));
        *value = whole;
    }
    if (*good) return VC_OK;
    return vci_reading_fault(r, row, m->column, "I09",
                             vci_mapping_is_count(m) ? VCI_TEXT_IMPORT_NO_COUNT
                                                     : VCI_TEXT_IMPORT_NO_NUMBER,
                             VCI_TEXT_IMPORT_NO_NUMBER_REMEDY);
}
