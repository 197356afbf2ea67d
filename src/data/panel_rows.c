/* The first pass over a table: which unit and which period each row is about. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/word_internal.h"

/* A unit text that is no unit, with the rows that hold it. */
typedef struct stranger {
    size_t row, n_rows;
} stranger;

typedef struct row_reader {
    vci_panel_reader *reader;
    vci_source *source;
    vci_text_map texts; /* of strangers */
    stranger *strangers;
    size_t n_strangers, capacity;
    bool *misnamed;                  /* [n_units] told already */
    bool merged_unit, merged_period; /* blanks of these columns were told together */
    size_t previous_row, previous_unit;
} row_reader;

void vci_source_free(vci_source *source) {
    vci_table_free(&source->table);
    vci_free(source->keys);
    source->keys = NULL;
}

/* The deepest code that is given. */
static const vci_cell *unit_cell(const vci_source *source, size_t row, size_t *level) {
    const vci_level_columns *columns = &source->unit_columns;
    const vci_cell *deepest = vci_table_cell(&source->table, row, columns->first_code);
    *level = 0;
    for (size_t k = 1; k < columns->n; k++) {
        const vci_cell *cell = vci_table_cell(&source->table, row, columns->first_code + k);
        if (!cell || cell->n == 0) continue;
        deepest = cell;
        *level = k;
    }
    return deepest;
}

static const vci_cell *name_cell(const vci_source *source, size_t row, size_t level) {
    if (source->unit_columns.first_name == VCI_NO_COLUMN) return NULL;
    return vci_table_cell(&source->table, row, source->unit_columns.first_name + level);
}

/* Every cell that may say that a row is a total. */
static bool any_level(const vci_source *source, size_t row,
                      bool (*says)(const vc_table_options *, const vci_cell *)) {
    for (size_t k = 0; k < source->unit_columns.n; k++)
        if (says(source->options, vci_table_cell(&source->table, row,
                                                 source->unit_columns.first_code + k)) ||
            says(source->options, name_cell(source, row, k)))
            return true;
    return false;
}

const vci_cell *vci_row_unit_cell(const vci_source *source, size_t row) {
    size_t level = 0;
    const vci_cell *cell = unit_cell(source, row, &level);
    for (size_t k = 0; k < source->unit_columns.n && cell && cell->n == 0; k++)
        if (vci_total_worded(name_cell(source, row, k))) cell = name_cell(source, row, k);
    return cell;
}

static bool worded(const vc_table_options *options, const vci_cell *cell) {
    (void)options;
    return vci_total_worded(cell);
}

/* Is a name one of a unit's former ones ("甲村；乙村")? */
static bool was_named(const char *former_names, const vci_cell *name) {
    static const char *const marks[] = {";", "；", "、", "|", "/"};
    const char *found =
        former_names ? memmem(former_names, strlen(former_names), name->text, name->n)
                     : NULL;
    if (!found) return false;
    const char *end = found + name->n;
    bool begins = found == former_names, ends = *end == '\0';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        ends = ends || strncmp(end, marks[i], n) == 0;
        begins = begins || ((size_t)(found - former_names) >= n &&
                            memcmp(found - n, marks[i], n) == 0);
    }
    return begins && ends;
}

/* Code and name of a row must belong together (U02); told once for each unit. */
static vc_status check_name(row_reader *r, size_t row, size_t level, size_t unit) {
    const vci_units *units = &r->reader->units;
    const vci_cell *name = name_cell(r->source, row, level);
    const char *known = units->tree.units[unit].name;
    if (!name || name->n == 0 || r->misnamed[unit]) return VC_OK;
    if (strlen(known) == name->n && memcmp(known, name->text, name->n) == 0) return VC_OK;
    if (strcmp(known, units->tree.units[unit].code) == 0) return VC_OK;
    if (was_named(units->former_names[unit], name)) return VC_OK;
    r->misnamed[unit] = true;
    const char *code = units->tree.units[unit].code;
    return vci_finding_add(
        r->reader->findings, VC_FAULT, "U02", vci_cell_place(&r->source->table, name),
        vci_text_get(VCI_TEXT_PANEL_NAME_REMEDY, r->reader->findings->language),
        VCI_TEXT_PANEL_NAME, vci_quote(code, strlen(code)).text,
        vci_quote(known, strlen(known)).text, units->file, units->lines[unit],
        vci_quote(name->text, name->n).text);
}

/* Remembers a unit text that is none, to tell each once with its number of rows. */
static vc_status note_stranger(row_reader *r, size_t row, const vci_cell *cell) {
    vc_status st = VC_OK;
    size_t number = 0;
    VC_TRY(vci_text_map_add(&r->texts, cell->text, cell->n, &number));
    if (number == r->n_strangers) {
        VC_GROW(r->strangers, r->n_strangers, r->capacity);
        r->strangers[r->n_strangers++] = (stranger){.row = row};
    }
    r->strangers[number].n_rows++;
out:
    return st;
}

/* Same code as the row before: the usual case in a sorted table. */
static size_t find_unit(row_reader *r, size_t row, const vci_cell *cell) {
    size_t level = 0;
    if (r->previous_unit != VC_NO_UNIT &&
        vci_cells_equal(cell, unit_cell(r->source, r->previous_row, &level)))
        return r->previous_unit;
    size_t unit = vci_text_map_find(&r->reader->units.codes, cell->text, cell->n);
    if (unit == VCI_NO_TEXT) return VC_NO_UNIT;
    r->previous_row = row;
    r->previous_unit = unit;
    return unit;
}

static vc_status resolve_unit(row_reader *r, size_t row, uint32_t *key) {
    vc_status st = VC_OK;
    size_t level = 0;
    const vci_cell *cell = unit_cell(r->source, row, &level);
    *key = VCI_ROW_SKIPPED;
    if (!cell) goto out;
    if (any_level(r->source, row, vci_total_declared)) {
        *key = VCI_ROW_TOTAL;
        goto out;
    }
    const vci_cell *telling = vci_row_unit_cell(r->source, row);
    if (telling->n == 0) {
        if (r->merged_unit) goto out;
        VC_TRY(vci_finding_add(r->reader->findings, VC_FAULT, "N06",
                               vci_cell_place(&r->source->table, cell), NULL,
                               VCI_TEXT_PANEL_NO_UNIT));
        goto out;
    }
    size_t unit = find_unit(r, row, cell);
    if (unit == VC_NO_UNIT) {
        VC_TRY(note_stranger(r, row, telling));
        goto out;
    }
    *key = (uint32_t)unit;
    VC_TRY(check_name(r, row, level, unit));
out:
    return st;
}

static vc_status resolve_period(row_reader *r, size_t row, vc_period *period, bool *good) {
    vc_status st = VC_OK;
    vci_source *source = r->source;
    *good =
        vci_table_period(&source->table, row, source->period_wish,
                         r->reader->workspace->frequency, r->reader->findings, period, &st);
    const vci_cell *cell = vci_table_cell(&source->table, row, source->period_wish);
    VC_TRY(st);
    if (!*good || !cell || *period != VC_NO_PERIOD || r->merged_period) goto out;
    VC_TRY(vci_finding_add(r->reader->findings, VC_FAULT, "N06",
                           vci_cell_place(&source->table, cell), NULL,
                           VCI_TEXT_PANEL_NO_PERIOD));
out:
    *good = *good && *period != VC_NO_PERIOD;
    return st;
}

/*
 * T14: cells that were merged in a spreadsheet hold their text in the first row alone. That
 * most of a column is blank is told once.
 */
static vc_status tell_merged(row_reader *r, size_t wish, bool *merged) {
    const vci_table *table = &r->source->table;
    const vci_cell *first = NULL;
    size_t n = 0;
    *merged = false;
    if (r->source->unit_columns.n > 1 || table->n_rows == 0) return VC_OK;
    const vci_cell *top = vci_table_cell(table, 0, wish);
    if (!top || top->n == 0) return VC_OK;
    for (size_t row = 1; row < table->n_rows; row++) {
        const vci_cell *cell = vci_table_cell(table, row, wish);
        if (cell->n > 0) continue;
        if (n++ == 0) first = cell;
    }
    *merged = n >= 2 && 2 * n >= table->n_rows;
    if (!*merged) return VC_OK;
    return vci_finding_add(r->reader->findings, VC_FAULT, "T14",
                           vci_cell_place(table, first), NULL, VCI_TEXT_PANEL_MERGED, n);
}

/* T09: the wording of a total, with the lines that declare it. */
static vc_status tell_total(row_reader *r, size_t number, const vci_cell *cell) {
    vci_quoted shown = vci_quote(cell->text, cell->n);
    const char *role = r->source->role == VC_TABLE_MONTHLY    ? "monthly"
                       : r->source->role == VC_TABLE_PROGRESS ? "progress"
                                                              : "values";
    vci_remedy remedy =
        vci_remedy_make(r->reader->findings, VCI_TEXT_PANEL_TOTAL_PASTE, role, shown.text);
    return vci_finding_add(r->reader->findings, VC_FAULT, "T09",
                           vci_cell_place(&r->source->table, cell), remedy.text,
                           VCI_TEXT_PANEL_TOTAL, shown.text, r->strangers[number].n_rows);
}

/* The unit whose code is a text with zeros in front; VC_NO_UNIT if none or several. */
static size_t zeros_lost(const vc_unit_tree *tree, const vci_cell *cell) {
    size_t found = VC_NO_UNIT;
    for (size_t i = 0; i < tree->n; i++) {
        const char *code = tree->units[i].code;
        size_t n_zeros = strspn(code, "0");
        if (n_zeros == 0 || strlen(code + n_zeros) != cell->n ||
            memcmp(code + n_zeros, cell->text, cell->n) != 0)
            continue;
        if (found != VC_NO_UNIT) return VC_NO_UNIT;
        found = i;
    }
    return found;
}

/* A code that a spreadsheet took for a number: 1.1E+05. */
static bool is_scientific(const vci_cell *cell) {
    const char *e = memchr(cell->text, 'E', cell->n);
    if (!e || e == cell->text || (size_t)(e - cell->text) + 2 >= cell->n || e[1] != '+')
        return false;
    for (size_t i = 0; i < cell->n; i++)
        if (!strchr("0123456789.E+", cell->text[i])) return false;
    return true;
}

/* The unit of a name, or the only one whose name begins so; *n of them at all. */
static size_t named(const vc_unit_tree *tree, const vci_cell *cell, size_t *n) {
    size_t whole = VC_NO_UNIT, begun = VC_NO_UNIT, n_whole = 0, n_begun = 0;
    for (size_t i = 0; i < tree->n; i++) {
        const char *name = tree->units[i].name;
        if (strncmp(name, cell->text, cell->n) != 0) continue;
        begun = i;
        n_begun++;
        if (name[cell->n] != '\0') continue;
        if (n_whole++ == 0) whole = i;
    }
    *n = n_whole;
    return n_whole > 0 ? whole : n_begun == 1 ? begun : VC_NO_UNIT;
}

/* U08: a name that several units have; their codes are offered. */
static vc_status tell_namesakes(row_reader *r, size_t number, const vci_cell *cell) {
    const vc_unit_tree *tree = &r->reader->units.tree;
    vc_findings *findings = r->reader->findings;
    char list[512] = "";
    char *end = list;
    for (size_t i = 0; i < tree->n; i++) {
        const char *name = tree->units[i].name, *code = tree->units[i].code;
        vci_quoted shown = vci_quote(code, strlen(code));
        if (strlen(name) != cell->n || memcmp(name, cell->text, cell->n) != 0) continue;
        if ((size_t)(end - list) + strlen(shown.text) + 4 > sizeof list) break;
        end = stpcpy(stpcpy(end, end > list ? vci_list_separator(findings->language) : ""),
                     shown.text);
    }
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_PANEL_USE_CODES, list);
    return vci_finding_add(findings, VC_FAULT, "U08",
                           vci_cell_place(&r->source->table, cell), remedy.text,
                           VCI_TEXT_PANEL_NAMESAKES, vci_quote(cell->text, cell->n).text,
                           r->strangers[number].n_rows);
}

/* What may have been meant by a unit text: its code is offered. */
static vci_remedy suggest(const row_reader *r, const vci_cell *cell) {
    const vc_findings *findings = r->reader->findings;
    const vci_units *units = &r->reader->units;
    size_t n = 0, unit = named(&units->tree, cell, &n);
    if (unit != VC_NO_UNIT) {
        const char *code = units->tree.units[unit].code;
        return vci_remedy_make(findings, VCI_TEXT_PANEL_USE_CODE,
                               vci_quote(code, strlen(code)).text);
    }
    const char *near = vci_nearest(cell->text, cell->n,
                                   (const char *const *)units->codes.texts, units->codes.n);
    if (!near) return vci_remedy_make(findings, VCI_TEXT_PANEL_ADD_UNIT, units->file);
    return vci_remedy_make(findings, VCI_TEXT_PANEL_MEANT_UNIT,
                           vci_quote(near, strlen(near)).text, units->file);
}

/* U01 or U03. Looking for what was meant costs a walk over all units: only while shown. */
static vc_status tell_stranger(row_reader *r, size_t number, const vci_cell *cell) {
    vc_findings *findings = r->reader->findings;
    const vc_unit_tree *tree = &r->reader->units.tree;
    vci_place place = vci_cell_place(&r->source->table, cell);
    vci_quoted shown = vci_quote(cell->text, cell->n);
    bool shows = number < VC_FINDINGS_KEPT;
    size_t unit = shows ? zeros_lost(tree, cell) : VC_NO_UNIT;
    if (unit != VC_NO_UNIT) {
        const char *code = tree->units[unit].code;
        return vci_finding_add(
            findings, VC_FAULT, "U03", place,
            vci_text_get(VCI_TEXT_PANEL_ZEROS_REMEDY, findings->language),
            VCI_TEXT_PANEL_ZEROS, shown.text, vci_quote(code, strlen(code)).text,
            r->strangers[number].n_rows);
    }
    if (shows && is_scientific(cell))
        return vci_finding_add(
            findings, VC_FAULT, "U03", place,
            vci_text_get(VCI_TEXT_PANEL_ZEROS_REMEDY, findings->language),
            VCI_TEXT_PANEL_CODE_NUMBER, shown.text, r->strangers[number].n_rows);
    size_t n_named = 0;
    if (shows) named(tree, cell, &n_named);
    if (n_named > 1) return tell_namesakes(r, number, cell);
    vci_remedy remedy = {.text = ""};
    if (shows) remedy = suggest(r, cell);
    return vci_finding_add(findings, VC_FAULT, "U01", place, shows ? remedy.text : NULL,
                           VCI_TEXT_PANEL_STRANGER, shown.text, r->reader->units.file,
                           r->strangers[number].n_rows);
}

static vc_status tell_strangers(row_reader *r) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < r->n_strangers; i++) {
        size_t row = r->strangers[i].row;
        const vci_cell *cell = vci_row_unit_cell(r->source, row);
        if (any_level(r->source, row, worded))
            VC_TRY(tell_total(r, i, cell));
        else
            VC_TRY(tell_stranger(r, i, cell));
    }
out:
    return st;
}

/* The range of periods of rows that count. */
static void widen(vci_source *source, size_t row, vc_period period) {
    if (source->first == VC_NO_PERIOD || period < source->first) {
        source->first = period;
        source->first_row = row;
    }
    if (source->last == VC_NO_PERIOD || period > source->last) {
        source->last = period;
        source->last_row = row;
    }
}

vc_status vci_rows_resolve(vci_panel_reader *reader, vci_source *source) {
    vc_status st = VC_OK;
    row_reader r = {.reader = reader, .source = source, .previous_unit = VC_NO_UNIT};
    VC_NEW(r.misnamed, reader->units.tree.n);
    source->first = source->last = VC_NO_PERIOD;
    VC_TRY(tell_merged(&r, source->unit_columns.first_code, &r.merged_unit));
    VC_TRY(tell_merged(&r, source->period_wish, &r.merged_period));
    for (size_t row = 0; row < source->table.n_rows; row++) {
        vci_row_key *key = &source->keys[row];
        bool good = false;
        if (key->unit == VCI_ROW_SKIPPED) continue;
        VC_TRY(resolve_unit(&r, row, &key->unit));
        VC_TRY(resolve_period(&r, row, &key->period, &good));
        if (!good) key->unit = VCI_ROW_SKIPPED;
        if (key->unit != VCI_ROW_SKIPPED) widen(source, row, key->period);
    }
    /* A figure that is to be divided reaches back to the beginning of its year. */
    if (source->role == VC_TABLE_MONTHLY && source->options->joint == VC_JOINT_SPLIT &&
        source->options->cumulative_from > 0 && source->first != VC_NO_PERIOD)
        source->first = vci_year_start(reader->workspace, source->first);
    VC_TRY(tell_strangers(&r));
out:
    vci_text_map_free(&r.texts);
    vci_free(r.strangers);
    vci_free(r.misnamed);
    return st;
}
