#include "office/figures_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "office/layout_internal.h"
#include "office/propose_internal.h"

#define LARGEST 9007199254740992.0 /* 2^53 */

/* One sheet while it is read. */
typedef struct reading {
    const vci_settings *settings;
    const vci_known_units *known;
    const vci_sheet_settings *sheet_settings;
    const vci_worksheet *sheet;
    const char **filled; /* [n_columns] text above, of columns to be filled down */
    size_t *filled_bytes;
    vci_text_map *aliases; /* earlier names … */
    char ***new_names;     /* … and what they became, by number */
    size_t *new_capacity;
    vc_findings *findings;
    vci_figures *figures;
} reading;

/* What a row is about. */
typedef struct subject {
    size_t unit;
    vci_basis basis;
    vc_period first, last; /* VC_NO_PERIOD: the row does not say */
} subject;

typedef struct span {
    const char *text;
    size_t n;
} span;

void vci_figures_free(vci_figures *figures) {
    for (size_t i = 0; i < figures->n_units; i++) {
        vci_free(figures->units[i].name);
        vci_free(figures->units[i].parent);
        vci_free(figures->units[i].former);
    }
    vci_free(figures->units);
    vci_text_map_free(&figures->codes);
    vci_text_map_free(&figures->indicators);
    vci_free(figures->list);
    memset(figures, 0, sizeof *figures);
}

static vc_status fault_at(reading *r, size_t row, size_t column, const char *kind,
                          vci_text message, vci_text remedy) {
    const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
    return vci_finding_add(r->findings, VC_FAULT, kind,
                           vci_worksheet_place(r->sheet, row, column),
                           vci_text_get(remedy, r->findings->language), message,
                           vci_worksheet_reference(r->sheet, row, column, true).text,
                           vci_quote(cell ? cell->text : "", cell ? cell->n : 0).text);
}

/* Column of the sheet that is read to something; SIZE_MAX if none is. */
static size_t column_of(const vci_sheet_settings *s, vci_to to) {
    for (size_t i = 0; i < s->n_columns; i++)
        if (s->columns[i].to == to) return s->columns[i].column;
    return SIZE_MAX;
}

/* --- units ------------------------------------------------------------------------------
 */

/* A text without a declared footnote mark at its end. */
static span without_mark(const vci_sheet_settings *s, span text) {
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

/*
 * 甲镇（原甲乡）: cut to the name; returns the earlier one (n is 0 if there is none).
 */
static span earlier_name(span *name) {
    static const char *const opens[] = {"（原名", "(原名", "（原", "(原"};
    static const char *const closes[] = {"）", ")"};
    for (size_t i = 0; i < 4; i++) {
        const char *open = memmem(name->text, name->n, opens[i], strlen(opens[i]));
        if (!open || open == name->text) continue;
        const char *begin = open + strlen(opens[i]);
        size_t n = (size_t)(name->text + name->n - begin);
        for (size_t k = 0; k < 2; k++) {
            size_t length = strlen(closes[k]);
            if (n <= length || memcmp(begin + n - length, closes[k], length) != 0) continue;
            name->n = (size_t)(open - name->text);
            return (span){begin, n - length};
        }
    }
    return (span){name->text, 0};
}

/* Remembers that a name became another one. */
static vc_status add_alias(reading *r, span earlier, span name) {
    vc_status st = VC_OK;
    size_t number = 0, known = r->aliases->n;
    VC_TRY(vci_text_map_add(r->aliases, earlier.text, earlier.n, &number));
    if (r->aliases->n == known) goto out;
    VC_GROW(*r->new_names, number, *r->new_capacity);
    (*r->new_names)[number] = vci_text_copy(name.text, name.n);
    if (!(*r->new_names)[number]) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}

/* The name that a name has become; chains are followed, a circle only once round. */
static span latest_name(const reading *r, span name) {
    for (size_t i = 0; i <= r->aliases->n; i++) {
        size_t number = vci_text_map_find(r->aliases, name.text, name.n);
        if (number == VCI_NO_TEXT) break;
        name = (span){(*r->new_names)[number], strlen((*r->new_names)[number])};
    }
    return name;
}

static bool equals(const char *text, span other) {
    return strlen(text) == other.n && memcmp(text, other.text, other.n) == 0;
}

/* Adds a name to the others, once. */
static vc_status add_former(vci_import_unit *unit, span name) {
    vc_status st = VC_OK;
    char *longer = NULL;
    if (equals(unit->name, name)) goto out;
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

static vc_status set_name(vci_import_unit *unit, span name) {
    char *copy = vci_text_copy(name.text, name.n);
    if (!copy) return vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "text");
    vci_free(unit->name);
    unit->name = copy;
    return VC_OK;
}

/* A name of a unit in a period: the latest one is its name, the others are former ones. */
static vc_status take_name(vci_import_unit *unit, span name, vc_period period) {
    vc_status st = VC_OK;
    if (name.n == 0 || equals(unit->name, name)) {
        if (name.n > 0 && period > unit->named) unit->named = period;
        return VC_OK;
    }
    if (period < unit->named) return add_former(unit, name);
    char *old = unit->name;
    unit->name = NULL;
    VC_TRY(set_name(unit, name));
    unit->named = period;
    VC_TRY(add_former(unit, (span){old, strlen(old)}));
out:
    vci_free(old);
    return st;
}

static vc_status new_unit(reading *r, size_t number, span name, size_t row, size_t column) {
    vc_status st = VC_OK;
    vci_figures *f = r->figures;
    VC_GROW(f->units, number, f->unit_capacity);
    f->units[number] =
        (vci_import_unit){.named = VC_NO_PERIOD,
                          .first = VC_NO_PERIOD,
                          .last = VC_NO_PERIOD,
                          .coded = column_of(r->sheet_settings, VCI_TO_UNIT) != SIZE_MAX,
                          .sheet = r->sheet,
                          .row = row,
                          .column = column};
    f->n_units = number + 1;
    VC_TRY(set_name(&f->units[number], name));
out:
    return st;
}

/* --- cells ------------------------------------------------------------------------------
 */

/* The text of a key column, with that above where it is to be filled down. */
static span key_text(const reading *r, size_t row, size_t column) {
    const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
    span text = {cell ? cell->text : "", cell ? cell->n : 0};
    for (size_t i = 0; i < r->sheet_settings->n_fill; i++) {
        if (r->sheet_settings->fill[i] != column) continue;
        if (cell) {
            r->filled[column] = text.text;
            r->filled_bytes[column] = text.n;
        } else if (r->filled[column]) {
            text = (span){r->filled[column], r->filled_bytes[column]};
        }
    }
    return text;
}

static span key_of(const reading *r, size_t row, vci_to to) {
    size_t column = column_of(r->sheet_settings, to);
    if (column >= r->sheet->n_columns) return (span){"", 0};
    return without_mark(r->sheet_settings, key_text(r, row, column));
}

/* The code in units.csv of a code or name; a text of no bytes if there is none, or several.
 */
static span known_code(const reading *r, span text) {
    const vci_known_units *known = r->known;
    if (known->codes.n == 0 || text.n == 0) return text;
    size_t code = vci_text_map_find(&known->codes, text.text, text.n);
    size_t name = vci_text_map_find(&known->names, text.text, text.n);
    if (code == VCI_NO_TEXT && name != VCI_NO_TEXT) code = known->code_of_name[name];
    if (code == VCI_NO_TEXT) return (span){"", 0};
    return (span){known->codes.texts[code], strlen(known->codes.texts[code])};
}

/* Does a row hold anything that would be read? */
static bool has_figure(const reading *r, size_t row) {
    for (size_t i = 0; i < r->sheet_settings->n_columns; i++) {
        const vci_mapping *m = &r->sheet_settings->columns[i];
        bool read = vci_to_is_monthly(m->to) || m->to == VCI_TO_VALUE;
        if (read && vci_worksheet_cell(r->sheet, row, m->column)) return true;
    }
    return false;
}

/* The unit of a row; *found is false, and a fault added, where it is not said. */
static vc_status read_unit(reading *r, size_t row, size_t *unit, vc_period period,
                           bool *found) {
    vc_status st = VC_OK;
    span code = key_of(r, row, VCI_TO_UNIT), name = key_of(r, row, VCI_TO_NAME);
    span parent = key_of(r, row, VCI_TO_PARENT);
    size_t known = r->figures->codes.n;
    size_t column = column_of(r->sheet_settings, code.n ? VCI_TO_UNIT : VCI_TO_NAME);
    earlier_name(&name);
    span own = name;
    if (code.n == 0 && column_of(r->sheet_settings, VCI_TO_UNIT) == SIZE_MAX) {
        code = latest_name(r, name);
        if (name.n > 0 && !(code.n == name.n && memcmp(code.text, name.text, name.n) == 0))
            period = VC_NO_PERIOD;
    }
    code = known_code(r, code);
    *found = code.n > 0;
    if (!*found && !has_figure(r, row)) goto out;
    if (!*found) {
        VC_TRY(fault_at(r, row, column < r->sheet->n_columns ? column : 0, "I10",
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

/* The time of a row, if it has a column for it. */
static vc_status read_time(reading *r, size_t row, subject *s, bool *good) {
    vc_status st = VC_OK;
    char *plain = NULL;
    vci_when when;
    size_t column = column_of(r->sheet_settings, VCI_TO_MONTH);
    *good = true;
    if (column >= r->sheet->n_columns) goto out;
    span text = key_text(r, row, column);
    VC_TRY(vci_text_normalise(text.text, text.n, &plain));
    *good = vci_when_read(plain, true, &when) && when.last > 0;
    int year = *good && when.year ? when.year : r->sheet_settings->year;
    *good = *good && year > 0;
    if (!*good)
        VC_TRY(fault_at(r, row, column, "I10", VCI_TEXT_IMPORT_NO_TIME,
                        VCI_TEXT_IMPORT_NO_TIME_REMEDY));
    s->first = year * 12 + when.first - 1;
    s->last = year * 12 + when.last - 1;
out:
    vci_free(plain);
    return st;
}

static vc_status read_row_basis(reading *r, size_t row, subject *s, bool *good) {
    vc_status st = VC_OK;
    char *plain = NULL;
    size_t column = column_of(r->sheet_settings, VCI_TO_BASIS);
    if (column >= r->sheet->n_columns) goto out;
    span text = key_text(r, row, column);
    VC_TRY(vci_text_normalise(text.text, text.n, &plain));
    s->basis = vci_basis_find(plain);
    if (s->basis == VCI_BASIS_NONE) {
        *good = false;
        VC_TRY(fault_at(r, row, column, "I10", VCI_TEXT_IMPORT_NO_BASIS,
                        VCI_TEXT_IMPORT_NO_BASIS_REMEDY));
    }
out:
    vci_free(plain);
    return st;
}

/* A mark that means missing or zero? */
static bool is_marked(const vci_sheet_settings *s, const vci_cell *cell, bool *zero) {
    for (size_t i = 0; i < s->n_marks; i++) {
        if (!equals(s->marks[i].text, (span){cell->text, cell->n})) continue;
        *zero = s->marks[i].zero;
        return true;
    }
    return false;
}

/* The number of a cell: *good is false after a fault, *blank where there is none. */
static vc_status read_number(reading *r, size_t row, const vci_mapping *m, double *value,
                             bool *blank, bool *good) {
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
    bare.n = without_mark(s, (span){cell->text, cell->n}).n;
    vci_figure_text look = vci_figure_look(&bare);
    *good = look.number && look.n_mark == 0 && (!look.thousands || s->thousands);
    *value = look.value * m->times;
    if (*good && m->to != VCI_TO_VALUE) {
        double whole = round(*value);
        *good = fabs(*value - whole) <= 1e-9 * (1 + fabs(whole)) && fabs(whole) < LARGEST &&
                (whole >= 0 || m->to != VCI_TO_POPULATION);
        *value = whole;
    }
    if (*good) return VC_OK;
    return fault_at(r, row, m->column, "I09",
                    m->to == VCI_TO_VALUE ? VCI_TEXT_IMPORT_NO_NUMBER
                                          : VCI_TEXT_IMPORT_NO_COUNT,
                    VCI_TEXT_IMPORT_NO_NUMBER_REMEDY);
}

/* What a figure counts: as its column says, or its row, or its sheet. */
static void set_time(const reading *r, const vci_mapping *m, const subject *s,
                     vci_figure *figure) {
    const vci_sheet_settings *sheet = r->sheet_settings;
    figure->first = m->first;
    figure->last = m->last;
    if (figure->last == VC_NO_PERIOD) {
        figure->first = s->first;
        figure->last = s->last;
    }
    if (figure->last == VC_NO_PERIOD) figure->first = figure->last = sheet->period;
    if (figure->last == VC_NO_PERIOD) return;
    bool event = vci_to_is_event(m->to);
    vc_period begun = figure->last - figure->last % 12 + sheet->first_month - 1;
    if (!event) figure->first = figure->last;
    if (event && sheet->cumulative && figure->first == figure->last &&
        begun <= figure->last)
        figure->first = begun;
}

static vc_status add_figure(reading *r, size_t row, const vci_mapping *m, const subject *s,
                            double value) {
    vc_status st = VC_OK;
    vci_figures *f = r->figures;
    vci_import_unit *unit = &f->units[s->unit];
    vci_figure figure = {.unit = s->unit,
                         .to = m->to,
                         .value = value,
                         .sheet = r->sheet,
                         .row = row,
                         .column = m->column,
                         .times = m->times};
    figure.basis = m->basis ? m->basis : s->basis ? s->basis : r->sheet_settings->basis;
    set_time(r, m, s, &figure);
    if (figure.last == VC_NO_PERIOD) {
        VC_TRY(fault_at(r, row, m->column, "I10", VCI_TEXT_IMPORT_NO_TIME,
                        VCI_TEXT_IMPORT_NO_TIME_REMEDY));
        goto out;
    }
    if (m->to == VCI_TO_VALUE) {
        const char *name = m->indicator ? m->indicator : "";
        VC_TRY(vci_text_map_add(&f->indicators, name, strlen(name), &figure.indicator));
    }
    if (unit->first == VC_NO_PERIOD || figure.last < unit->first) unit->first = figure.last;
    if (figure.last > unit->last) unit->last = figure.last;
    VC_GROW(f->list, f->n, f->capacity);
    f->list[f->n++] = figure;
out:
    return st;
}

/* --- rows -------------------------------------------------------------------------------
 */

static bool is_read(const reading *r, size_t row) {
    const vci_sheet_settings *s = r->sheet_settings;
    for (size_t i = 0; i < s->n_skip; i++)
        if (s->skip[i] == row) return false;
    return !vci_record_blank(&r->sheet->records, row);
}

/* The period by which the names of a row are dated. */
static vc_period dated(const reading *r, const subject *s) {
    vc_period latest = s->last != VC_NO_PERIOD ? s->last : r->sheet_settings->period;
    for (size_t i = 0; i < r->sheet_settings->n_columns; i++)
        if (r->sheet_settings->columns[i].last > latest)
            latest = r->sheet_settings->columns[i].last;
    return latest;
}

static vc_status read_row(reading *r, size_t row) {
    vc_status st = VC_OK;
    subject s = {.first = VC_NO_PERIOD, .last = VC_NO_PERIOD};
    bool good = true, found = true, blank = false, number = true;
    VC_TRY(read_time(r, row, &s, &good));
    VC_TRY(read_row_basis(r, row, &s, &good));
    if (!good) goto out;
    VC_TRY(read_unit(r, row, &s.unit, dated(r, &s), &found));
    for (size_t i = 0; found && i < r->sheet_settings->n_columns; i++) {
        const vci_mapping *m = &r->sheet_settings->columns[i];
        double value = 0;
        if (!vci_to_is_monthly(m->to) && m->to != VCI_TO_VALUE) continue;
        VC_TRY(read_number(r, row, m, &value, &blank, &number));
        if (!blank && number) VC_TRY(add_figure(r, row, m, &s, value));
    }
out:
    return st;
}

/* Earlier names that stand in the sheet itself: 甲镇（原甲乡）. */
static vc_status read_aliases(reading *r) {
    vc_status st = VC_OK;
    size_t column = column_of(r->sheet_settings, VCI_TO_NAME);
    if (column_of(r->sheet_settings, VCI_TO_UNIT) != SIZE_MAX) goto out;
    for (size_t row = r->sheet_settings->first_row;
         row <= r->sheet_settings->last_row && row < r->sheet->records.n; row++) {
        const vci_cell *cell = vci_worksheet_cell(r->sheet, row, column);
        if (!cell || !is_read(r, row)) continue;
        span name = without_mark(r->sheet_settings, (span){cell->text, cell->n});
        span earlier = earlier_name(&name);
        if (earlier.n > 0) VC_TRY(add_alias(r, earlier, name));
    }
out:
    return st;
}

static vc_status read_rows(reading *r) {
    vc_status st = VC_OK;
    VC_NEW(r->filled, r->sheet->n_columns);
    VC_NEW(r->filled_bytes, r->sheet->n_columns);
    for (size_t row = r->sheet_settings->first_row;
         row <= r->sheet_settings->last_row && row < r->sheet->records.n; row++)
        if (is_read(r, row)) VC_TRY(read_row(r, row));
out:
    vci_free(r->filled);
    vci_free(r->filled_bytes);
    return st;
}

/* --- sheets -----------------------------------------------------------------------------
 */

static const vci_worksheet *find_sheet(const vci_sheet_settings *s, size_t n,
                                       const vci_book *sources) {
    const char *name = s->sheet ? s->sheet : "";
    for (size_t i = 0; i < n; i++) {
        if (!s->sha256 || strcmp(sources[i].sha256, s->sha256) != 0) continue;
        for (size_t k = 0; k < sources[i].n_sheets; k++)
            if (strcmp(sources[i].sheets[k].name, name) == 0) return &sources[i].sheets[k];
    }
    return NULL;
}

static vc_status no_sheet(const vci_settings *settings, const vci_sheet_settings *s,
                          vc_findings *findings) {
    const char *name = s->file ? s->file : "", *sheet = s->sheet ? s->sheet : "";
    return vci_finding_add(findings, VC_FAULT, "I08",
                           (vci_place){settings->file, s->line, s->at},
                           vci_text_get(VCI_TEXT_IMPORT_CHANGED_REMEDY, findings->language),
                           VCI_TEXT_IMPORT_CHANGED, vci_quote(name, strlen(name)).text,
                           vci_quote(sheet, strlen(sheet)).text);
}

/* The names that `renamed:` says. */
static vc_status declared_aliases(reading *r) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < r->settings->n_renamed; i++) {
        const vci_renamed *pair = &r->settings->renamed[i];
        if (strcmp(pair->earlier, "no") == 0) continue;
        VC_TRY(add_alias(r, (span){pair->earlier, strlen(pair->earlier)},
                         (span){pair->name, strlen(pair->name)}));
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
static vc_status ask_renamed(reading *r, const vci_import_unit *unit,
                             const vci_import_unit *ended) {
    vc_status st = VC_OK;
    char *remedy = vci_text_format("renamed: {%s: %s}  |  renamed: {%s: no}", unit->name,
                                   ended->name, unit->name);
    char month[VC_PERIOD_TEXT];
    if (!remedy) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(unit->first, VC_MONTHLY, month);
    VC_TRY(vci_finding_add(r->findings, VC_FAULT, "I14",
                           vci_worksheet_place(unit->sheet, unit->row, unit->column),
                           remedy, VCI_TEXT_IMPORT_RENAMED,
                           vci_quote(unit->name, strlen(unit->name)).text, month,
                           vci_quote(ended->name, strlen(ended->name)).text));
out:
    vci_free(remedy);
    return st;
}

static vc_status check_renamed(reading *r) {
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

vc_status vci_figures_read(const vci_settings *settings, const vci_known_units *known,
                           size_t n_sources, const vci_book *sources, vc_findings *findings,
                           vci_figures *figures) {
    vc_status st = VC_OK;
    vci_text_map aliases = {0};
    char **new_names = NULL;
    size_t capacity = 0;
    reading r = {.settings = settings,
                 .known = known,
                 .aliases = &aliases,
                 .new_names = &new_names,
                 .new_capacity = &capacity,
                 .findings = findings,
                 .figures = figures};
    VC_TRY(declared_aliases(&r));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < settings->n; i++) {
            r.sheet_settings = &settings->sheets[i];
            r.sheet = find_sheet(r.sheet_settings, n_sources, sources);
            if (r.sheet)
                VC_TRY(pass == 0 ? read_aliases(&r) : read_rows(&r));
            else if (pass == 0)
                VC_TRY(no_sheet(settings, r.sheet_settings, findings));
        }
    VC_TRY(check_renamed(&r));
out:
    for (size_t i = 0; new_names && i < aliases.n; i++) vci_free(new_names[i]);
    vci_free(new_names);
    vci_text_map_free(&aliases);
    return st;
}
