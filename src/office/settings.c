#include "office/settings_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/workspace_internal.h"
#include "office/worksheet_internal.h"

#define MOST_ROWS 10000000

typedef struct reading {
    vci_yaml_reader reader;
    vci_settings *settings;
} reading;

bool vci_mapping_is_count(const vci_mapping *m) {
    return vci_to_is_monthly(m->to) ||
           (vci_to_is_progress(m->to) && m->kind != VCI_KIND_SURVEY);
}

static void sheet_free(vci_sheet_settings *s) {
    vci_free(s->file);
    vci_free(s->sha256);
    vci_free(s->sheet);
    vci_free(s->encoding);
    vci_free(s->skip);
    vci_free(s->fill);
    vci_workspace_texts_free(s->n_foot, s->foot);
    for (size_t i = 0; i < s->n_marks; i++) vci_free(s->marks[i].text);
    vci_free(s->marks);
    for (size_t i = 0; i < s->n_columns; i++) vci_free(s->columns[i].indicator);
    vci_free(s->columns);
}

void vci_settings_free(vci_settings *settings) {
    for (size_t i = 0; i < settings->n; i++) sheet_free(&settings->sheets[i]);
    vci_free(settings->sheets);
    for (size_t i = 0; i < settings->n_renamed; i++) {
        vci_free(settings->renamed[i].name);
        vci_free(settings->renamed[i].earlier);
    }
    vci_free(settings->renamed);
    vci_free(settings->file);
    memset(settings, 0, sizeof *settings);
}

static void *take(reading *r, size_t n, size_t size) {
    void *block = vci_alloc(n, size);
    if (!block && r->reader.st == VC_OK)
        r->reader.st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", r->reader.file);
    return block;
}

/* Is the value of a key still a question? Then its possible answers are said. */
static bool is_asked(reading *r, vci_yaml *mapping, const char *key, const char *answers) {
    vci_yaml *value = vci_yaml_get(mapping, key);
    if (!value || value->kind != VCI_SCALAR || strcmp(value->text, "?") != 0) return false;
    char *remedy = vci_text_format("%s: %s", key, answers);
    vci_yaml_fault(&r->reader, value, "I07", remedy, VCI_TEXT_IMPORT_QUESTION, key);
    vci_free(remedy);
    r->settings->n_questions++;
    return true;
}

/* One of n words; n where there is none, or a question. */
static size_t read_choice(reading *r, vci_yaml *mapping, const char *key, size_t n,
                          const char *const *words, const char *answers) {
    size_t word = n;
    if (!is_asked(r, mapping, key, answers))
        vci_yaml_choice(&r->reader, mapping, key, n, words, &word);
    return word;
}

static vci_basis read_basis(reading *r, vci_yaml *mapping) {
    static const char *const words[] = {"registered", "resident"};
    size_t word = read_choice(r, mapping, "basis", 2, words, "registered | resident");
    return word == 2 ? VCI_BASIS_NONE : (vci_basis)(word + 1);
}

static bool read_flag(reading *r, vci_yaml *mapping, const char *key) {
    bool flag = false;
    if (!is_asked(r, mapping, key, "yes | no"))
        vci_yaml_flag(&r->reader, mapping, key, &flag);
    return flag;
}

/* 2013-07, or 2013-Q3: the months that it is made of. 07 and Q3 are of the year, if it is
 * known. */
static void read_period(reading *r, vci_yaml *mapping, const char *key, int year,
                        vc_period *first, vc_period *last) {
    vc_period period = VC_NO_PERIOD;
    char whole[VC_PERIOD_TEXT];
    const char *text = NULL;
    vci_yaml *value = vci_yaml_get(mapping, key);
    *first = *last = VC_NO_PERIOD;
    if (!value || is_asked(r, mapping, key, "2013-07 | 2013-Q3")) return;
    if (!vci_yaml_text(&r->reader, mapping, key, &text)) return;
    if (strlen(text) == 2 && year > 0) {
        snprintf(whole, sizeof whole, "%04d-%s", year, text);
        text = whole;
    } else if (strlen(text) == 2 && r->settings->n_questions > 0) {
        return; /* the year is still to be said */
    }
    if (vc_period_parse(text, VC_MONTHLY, &period)) {
        *first = *last = period;
    } else if (vc_period_parse(text, VC_QUARTERLY, &period)) {
        *first = 3 * period;
        *last = *first + 2;
    } else {
        vci_yaml_fault(&r->reader, value, "S01", NULL, VCI_TEXT_IMPORT_NO_MONTH, key);
    }
}

/* A list of rows (numbers from 1), kept from 0. */
static void read_rows(reading *r, vci_yaml *mapping, const char *key, size_t *n,
                      size_t **rows) {
    vci_yaml *list = vci_yaml_get(mapping, key);
    if (!list || list->kind != VCI_SEQUENCE || list->n == 0) return;
    *rows = take(r, list->n, sizeof **rows);
    if (!*rows) return;
    for (size_t i = 0; i < list->n; i++) {
        const vci_yaml *item = &list->items[i];
        char *end = NULL;
        unsigned long row = item->text ? strtoul(item->text, &end, 10) : 0;
        if (row < 1 || row > MOST_ROWS || !end || *end)
            vci_yaml_fault(&r->reader, item, "S01", NULL, VCI_TEXT_IMPORT_NO_ROW);
        else
            (*rows)[(*n)++] = row - 1;
    }
}

static void read_range(reading *r, vci_yaml *mapping, vci_sheet_settings *s) {
    size_t n = 0, *rows = NULL;
    read_rows(r, mapping, "rows", &n, &rows);
    if (n == 2 && rows[0] <= rows[1]) {
        s->first_row = rows[0];
        s->last_row = rows[1];
    } else {
        vci_yaml_fault(&r->reader, mapping, "S01", "rows: [5, 20]", VCI_TEXT_IMPORT_NO_ROW);
    }
    vci_free(rows);
}

static void read_fill(reading *r, vci_yaml *mapping, vci_sheet_settings *s) {
    size_t n = 0;
    char **letters = NULL;
    if (!vci_workspace_texts(&r->reader, mapping, "fill_down", false, &n, &letters)) return;
    s->fill = take(r, n, sizeof *s->fill);
    for (size_t i = 0; s->fill && i < n; i++) {
        if (vci_letters_read(letters[i], &s->fill[s->n_fill]))
            s->n_fill++;
        else
            vci_yaml_fault(&r->reader, mapping, "S01", NULL, VCI_TEXT_IMPORT_NO_COLUMN,
                           vci_quote(letters[i], strlen(letters[i])).text);
    }
    vci_workspace_texts_free(n, letters);
}

static void read_marks(reading *r, vci_yaml *mapping, vci_sheet_settings *s) {
    static const char *const words[] = {"missing", "zero"};
    vci_yaml *marks = vci_yaml_mapping(&r->reader, mapping, "marks");
    if (!marks || marks->n == 0) return;
    s->marks = take(r, marks->n, sizeof *s->marks);
    for (size_t i = 0; s->marks && i < marks->n; i++) {
        const char *key = marks->items[i].key;
        size_t word = read_choice(r, marks, key, 2, words, "missing | zero");
        char *text = vci_text_copy(key, strlen(key));
        s->marks[s->n_marks++] = (vci_mark){text, word == 1};
        if (!text) r->reader.st = VC_NO_MEMORY;
    }
}

static vci_to read_to(reading *r, const vci_yaml *at, const char *word) {
    if (strcmp(word, "?") == 0) {
        vci_yaml_fault(
            &r->reader, at, "I07",
            vci_text_get(VCI_TEXT_IMPORT_COLUMN_ANSWERS, r->reader.findings->language),
            VCI_TEXT_IMPORT_QUESTION, at->key ? at->key : "to");
        r->settings->n_questions++;
        return VCI_TO_UNKNOWN;
    }
    vci_to to = vci_to_find(word);
    if (to == VCI_TOS)
        vci_yaml_fault(
            &r->reader, at, "S01",
            vci_text_get(VCI_TEXT_IMPORT_COLUMN_ANSWERS, r->reader.findings->language),
            VCI_TEXT_IMPORT_NO_TO, vci_quote(word, strlen(word)).text);
    return to;
}

/* The indicator of a column, and of a numerator what kind it is and how it adds up. */
static void read_indicator(reading *r, vci_yaml *item, vci_mapping *m) {
    static const char *const kinds[] = {"quota", "stock", "survey"};
    const bool progress = vci_to_is_progress(m->to);
    if (!progress || !is_asked(r, item, "indicator", "孕检完成率"))
        vci_workspace_text(&r->reader, item, "indicator", &m->indicator);
    if (progress && !vci_yaml_get(item, "indicator"))
        vci_yaml_fault(&r->reader, item, "I07", "indicator: 孕检完成率",
                       VCI_TEXT_IMPORT_QUESTION, "indicator");
    if (m->to != VCI_TO_NUMERATOR) return;
    size_t word = read_choice(r, item, "kind", 3, kinds, "quota | stock | survey");
    m->kind = word == 3 ? VCI_KIND_NONE : (vci_kind)(word + 1);
    if (!vci_yaml_get(item, "kind"))
        vci_yaml_fault(&r->reader, item, "I07", "kind: quota | stock | survey",
                       VCI_TEXT_IMPORT_QUESTION, "kind");
    vci_yaml *cumulative = vci_yaml_get(item, "cumulative");
    if (m->kind != VCI_KIND_QUOTA) return;
    if (cumulative)
        m->cumulative = read_flag(r, item, "cumulative");
    else
        vci_yaml_fault(&r->reader, item, "I07", "cumulative: yes | no",
                       VCI_TEXT_IMPORT_QUESTION, "cumulative");
}

/* {to: births, basis: …, from: …, period: …, times: 10000, indicator: …, kind: …} */
static void read_details(reading *r, vci_yaml *item, int year, vci_mapping *m) {
    static const char *const known[] = {"to",    "basis",     "from", "period",
                                        "times", "indicator", "kind", "cumulative"};
    const char *word = NULL;
    if (vci_yaml_text(&r->reader, item, "to", &word))
        m->to = read_to(r, vci_yaml_get(item, "to"), word);
    m->basis = read_basis(r, item);
    vc_period from, until;
    read_period(r, item, "period", year, &m->first, &m->last);
    read_period(r, item, "from", year, &from, &until);
    if (from != VC_NO_PERIOD) m->first = from;
    if (!is_asked(r, item, "times", "1 | 100"))
        vci_yaml_number(&r->reader, item, "times", 1, 1e6, &m->times);
    read_indicator(r, item, m);
    vci_yaml_unknown(&r->reader, item, sizeof known / sizeof *known, known);
}

static void read_columns(reading *r, vci_yaml *mapping, vci_sheet_settings *s) {
    vci_yaml *columns = vci_yaml_mapping(&r->reader, mapping, "columns");
    if (!columns || columns->n == 0) return;
    s->columns = take(r, columns->n, sizeof *s->columns);
    for (size_t i = 0; s->columns && i < columns->n; i++) {
        vci_yaml *item = &columns->items[i];
        vci_mapping m = {.to = VCI_TO_IGNORE,
                         .first = VC_NO_PERIOD,
                         .last = VC_NO_PERIOD,
                         .times = 1,
                         .line = item->line,
                         .at = item->column};
        vci_yaml_get(columns, item->key);
        if (!vci_letters_read(item->key, &m.column))
            vci_yaml_fault(&r->reader, item, "S01", NULL, VCI_TEXT_IMPORT_NO_COLUMN,
                           vci_quote(item->key, strlen(item->key)).text);
        if (item->kind == VCI_MAPPING)
            read_details(r, item, s->year, &m);
        else if (item->kind == VCI_SCALAR)
            m.to = read_to(r, item, item->text);
        s->columns[s->n_columns++] = m;
    }
}

static void read_sheet(reading *r, vci_yaml *item, vci_sheet_settings *s) {
    static const char *const known[] = {
        "file",  "sha256",         "sheet",      "encoding", "rows",      "skip",
        "year",  "footnote_marks", "marks",      "period",   "thousands", "fill_down",
        "basis", "cumulative",     "from_month", "columns"};
    vci_yaml_reader *reader = &r->reader;
    int64_t number = 0;
    s->line = item->line;
    s->at = item->column;
    s->first_month = 1;
    vci_workspace_text(reader, item, "file", &s->file);
    vci_workspace_text(reader, item, "sha256", &s->sha256);
    vci_workspace_text(reader, item, "sheet", &s->sheet);
    vci_workspace_text(reader, item, "encoding", &s->encoding);
    read_range(r, item, s);
    read_rows(r, item, "skip", &s->n_skip, &s->skip);
    read_fill(r, item, s);
    vci_workspace_texts(reader, item, "footnote_marks", false, &s->n_foot, &s->foot);
    read_marks(r, item, s);
    s->thousands = read_flag(r, item, "thousands");
    if (!is_asked(r, item, "year", "2013") &&
        vci_yaml_integer(reader, item, "year", 1900, 2199, &number))
        s->year = (int)number;
    read_period(r, item, "period", s->year, &s->first, &s->last);
    s->cumulative = read_flag(r, item, "cumulative");
    if (vci_yaml_integer(reader, item, "from_month", 1, 12, &number))
        s->first_month = (int)number;
    s->basis = read_basis(r, item);
    read_columns(r, item, s);
    vci_yaml_unknown(reader, item, sizeof known / sizeof *known, known);
}

static void read_sheets(reading *r, vci_yaml *root) {
    vci_settings *settings = r->settings;
    vci_yaml *sheets = vci_yaml_get(root, "sheets");
    if (!sheets || sheets->kind != VCI_SEQUENCE || sheets->n == 0) {
        vci_yaml_fault(&r->reader, root, "S01", NULL, VCI_TEXT_IMPORT_NO_SHEETS);
        return;
    }
    settings->sheets = take(r, sheets->n, sizeof *settings->sheets);
    for (size_t i = 0; settings->sheets && i < sheets->n; i++) {
        vci_yaml *item = &sheets->items[i];
        settings->n = i + 1;
        if (item->kind == VCI_MAPPING)
            read_sheet(r, item, &settings->sheets[i]);
        else
            vci_yaml_fault(&r->reader, item, "S01", NULL, VCI_TEXT_IMPORT_NO_SHEETS);
    }
}

/* renamed: {new name: earlier name, or no} */
static void read_renamed(reading *r, vci_yaml *root) {
    vci_settings *settings = r->settings;
    vci_yaml *renamed = vci_yaml_mapping(&r->reader, root, "renamed");
    if (!renamed || renamed->n == 0) return;
    settings->renamed = take(r, renamed->n, sizeof *settings->renamed);
    for (size_t i = 0; settings->renamed && i < renamed->n; i++) {
        const char *key = renamed->items[i].key, *earlier = NULL;
        if (!vci_yaml_text(&r->reader, renamed, key, &earlier)) continue;
        vci_renamed pair = {vci_text_copy(key, strlen(key)),
                            vci_text_copy(earlier, strlen(earlier))};
        settings->renamed[settings->n_renamed++] = pair;
        if (!pair.name || !pair.earlier) r->reader.st = VC_NO_MEMORY;
    }
}

/* The numerator of an indicator, in any sheet; NULL if there is none. */
static const vci_mapping *numerator_of(const vci_settings *settings,
                                       const char *indicator) {
    for (size_t i = 0; i < settings->n; i++)
        for (size_t k = 0; k < settings->sheets[i].n_columns; k++) {
            const vci_mapping *m = &settings->sheets[i].columns[k];
            if (m->to == VCI_TO_NUMERATOR && m->indicator &&
                strcmp(m->indicator, indicator) == 0)
                return m;
        }
    return NULL;
}

/* An indicator is of one kind in all sheets, and no denominator stands without numerator.
 */
static vc_status settle_kinds(reading *r) {
    vc_status st = VC_OK;
    vci_settings *settings = r->settings;
    for (size_t i = 0; i < settings->n; i++)
        for (size_t k = 0; k < settings->sheets[i].n_columns; k++) {
            vci_mapping *m = &settings->sheets[i].columns[k];
            if (!vci_to_is_progress(m->to) || !m->indicator) continue;
            const vci_mapping *first = numerator_of(settings, m->indicator);
            vci_quoted name = vci_quote(m->indicator, strlen(m->indicator));
            if (m->to == VCI_TO_DENOMINATOR) m->kind = first ? first->kind : m->kind;
            if (first && m->kind == first->kind) continue;
            VC_TRY(vci_finding_add(r->reader.findings, VC_FAULT, "V02",
                                   (vci_place){settings->file, m->line, m->at}, NULL,
                                   first ? VCI_TEXT_IMPORT_TWO_KINDS
                                         : VCI_TEXT_IMPORT_NO_NUMERATOR,
                                   name.text));
        }
out:
    return st;
}

static void read_root(reading *r, vci_yaml *root) {
    static const char *const known[] = {"accepted", "period",  "joint_months",
                                        "negative", "renamed", "sheets"};
    static const char *const periods[] = {"month", "quarter"};
    static const char *const joints[] = {"leave_out", "split"};
    static const char *const negatives[] = {"earlier_months"};
    vci_settings *settings = r->settings;
    settings->accepted = read_flag(r, root, "accepted");
    size_t word = read_choice(r, root, "period", 2, periods, "month | quarter");
    settings->frequency = word == 1 ? VC_QUARTERLY : VC_MONTHLY;
    word = read_choice(r, root, "joint_months", 2, joints, "leave_out | split");
    settings->joint = word == 2 ? VCI_JOINT_ASK : (vci_joint)(word + 1);
    word = read_choice(r, root, "negative", 1, negatives, "earlier_months");
    settings->negative = word == 1 ? VCI_NEGATIVE_ASK : VCI_NEGATIVE_EARLIER;
    read_renamed(r, root);
    read_sheets(r, root);
    vci_yaml_unknown(&r->reader, root, sizeof known / sizeof *known, known);
}

vc_status vci_settings_read(const char *file, const char *text, size_t n,
                            vc_findings *findings, vci_settings *settings) {
    vc_status st = VC_OK;
    vci_yaml root = {.kind = VCI_SCALAR};
    reading r = {.reader = {.file = file, .findings = findings}, .settings = settings};
    size_t faults = findings->n_faults;
    VC_COPY_TEXT(settings->file, file);
    VC_TRY(vci_yaml_parse(file, text, n, findings, &root));
    if (root.kind == VCI_MAPPING)
        read_root(&r, &root);
    else if (findings->n_faults == faults)
        vci_yaml_fault(&r.reader, &root, "S01", NULL, VCI_TEXT_IMPORT_NO_SHEETS);
    VC_TRY(r.reader.st);
    if (findings->n_faults == faults) VC_TRY(settle_kinds(&r));
out:
    vci_yaml_free(&root);
    return st;
}
