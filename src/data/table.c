/* A file to a table of cells: separator, header, rows, columns. */
#include "data/table_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "data/remedy_internal.h"
#include "data/table_parts_internal.h"

#define HEAD_LINES 20 /* how far a misplaced header is looked for */
#define HEAD_BYTES 100000
#define MAX_BYTES ((size_t)2 << 30)

static vci_place line_place(const vci_table *table, size_t line) {
    return (vci_place){table->file, line, 0};
}

/* The separator of a line when it is beyond doubt: a comma if there is none at all. */
static bool sole_separator(const char *line, size_t n, char *separator) {
    vci_separators separators = vci_separators_find(line, n);
    *separator = separators.found[0] ? separators.found[0] : ',';
    return separators.found[0] == '\0' || separators.found[1] == '\0';
}

static vc_status find_separator(vci_search *search, const char *line, size_t n,
                                char *separator, bool *found) {
    vc_language language = search->findings->language;
    vci_place place = line_place(search->table, search->options->header_row);
    *separator = search->options->separator;
    *found = *separator != 0 || sole_separator(line, n, separator);
    if (!*found) {
        vci_remedy remedy = vci_remedy_make(
            search->findings, VCI_TEXT_TABLE_SEPARATOR_PASTE, vci_role_key(search->role));
        return vci_finding_add(search->findings, VC_FAULT, "T01", place, remedy.text,
                               VCI_TEXT_TABLE_SEPARATORS);
    }
    if (search->options->separator != 0 || *separator == ',') return VC_OK;
    const char *name = *separator == '\t'  ? vci_text_get(VCI_TEXT_TABLE_TAB, language)
                       : *separator == ';' ? ";"
                                           : "|";
    return vci_finding_add(search->findings, VC_INFO, "T01", place, NULL,
                           VCI_TEXT_TABLE_SEPARATOR, name);
}

/*
 * The line among the first that names most of our columns, at least two; 0 if none does.
 * *named: so does the line where the header should stand, as far as can be seen.
 */
static vc_status find_header_line(const vci_search *search, const char *text, size_t size,
                                  size_t *best, bool *named) {
    vc_status st = VC_OK;
    vc_findings scratch;
    vci_records records = {0};
    char *copy = NULL;
    size_t most = 1;
    vc_findings_init(&scratch, search->findings->language);
    *best = 0;
    *named = true;
    for (size_t line = 1; line <= HEAD_LINES; line++) {
        size_t n = 0;
        char separator = 0;
        const char *found = vci_line_find(text, size, line, &n);
        if (!found || n > HEAD_BYTES || !sole_separator(found, n, &separator)) continue;
        copy = vci_text_copy(found, n);
        if (!copy) VC_FAIL(VC_NO_MEMORY, "%s", search->table->file);
        VC_TRY(vci_records_read("", copy, n, separator, 1, &scratch, &records));
        size_t n_wanted = vci_columns_count(search, records.n_cells, records.cells);
        if (line == search->options->header_row) *named = n_wanted > 0;
        if (n_wanted > most) {
            most = n_wanted;
            *best = line;
        }
        vci_records_free(&records);
        vci_free(copy);
        copy = NULL;
    }
out:
    vci_records_free(&records);
    vci_free(copy);
    vc_findings_free(&scratch);
    return st;
}

static vc_status no_header(vci_search *search, size_t header_line) {
    char wanted[256] = "";
    const char *key = vci_role_key(search->role), *first = search->wishes[0].name;
    for (size_t i = 0, n = 0; i < search->n_wishes && n + 40 < sizeof wanted; i++) {
        unsigned char required = search->wishes[i].required;
        if (!required) continue;
        if (required == VCI_ONE_OF && search->wishes[i - 1].required == VCI_ONE_OF)
            continue; /* the first of them stands for all */
        n += (size_t)snprintf(wanted + n, sizeof wanted - n, "%s%s", n ? ", " : "",
                              search->wishes[i].name);
    }
    vci_remedy remedy =
        header_line ? vci_remedy_make(search->findings, VCI_TEXT_TABLE_HEADER_PASTE,
                                      header_line, key)
                    : vci_remedy_make(search->findings, VCI_TEXT_TABLE_HEADER_EXPECTED,
                                      wanted[0] ? wanted : first, key, first);
    return vci_finding_add(search->findings, VC_FAULT, "T04",
                           line_place(search->table, search->options->header_row),
                           remedy.text, VCI_TEXT_TABLE_NO_HEADER);
}

/* The header without its blank end (spreadsheets save empty columns too). */
static vc_status copy_header(vci_table *table, const vci_records *records) {
    vc_status st = VC_OK;
    size_t n = vci_record_size(records, 0);
    while (n > 0 && records->cells[n - 1].n == 0) n--;
    VC_NEW(table->header, n);
    VC_NEW(table->told, n);
    memcpy(table->header, records->cells, n * sizeof *table->header);
    table->n_fields = n;
out:
    return st;
}

static bool repeats_header(const vci_table *table, const vci_cell *cells, size_t n) {
    for (size_t i = 0; i < table->n_fields; i++) {
        if (i >= n || cells[i].n != table->header[i].n ||
            memcmp(cells[i].text, table->header[i].text, cells[i].n) != 0)
            return false;
    }
    return true;
}

static bool all_digits(const vci_cell *cell, size_t least, size_t most) {
    if (cell->n < least || cell->n > most) return false;
    for (size_t i = 0; i < cell->n; i++)
        if (cell->text[i] < '0' || cell->text[i] > '9') return false;
    return true;
}

/*
 * Too many fields: the place of what is most likely one number cut in two, else the first
 * too many.
 */
static vc_status too_many(const vci_table *table, const vci_cell *cells, size_t n,
                          vc_findings *findings) {
    const vci_cell *at = &cells[table->n_fields];
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_TABLE_ROW_MORE);
    for (size_t i = 0; i + 1 < n; i++) {
        if (!all_digits(&cells[i], 1, 3) || !all_digits(&cells[i + 1], 3, 3)) continue;
        vci_quoted head = vci_quote(cells[i].text, cells[i].n);
        vci_quoted tail = vci_quote(cells[i + 1].text, cells[i + 1].n);
        at = &cells[i];
        remedy = vci_remedy_make(findings, VCI_TEXT_TABLE_ROW_NUMBER, head.text, tail.text,
                                 head.text, tail.text);
        break;
    }
    return vci_finding_add(findings, VC_FAULT, "T02", vci_cell_place(table, at),
                           remedy.text, VCI_TEXT_TABLE_ROW_SIZE, n, table->n_fields);
}

static vc_status too_few(const vci_table *table, const vci_cell *cells, size_t n,
                         vc_findings *findings) {
    vci_text remedy = VCI_TEXT_TABLE_ROW_FEWER;
    for (size_t i = 0; i < n; i++)
        if (memmem(cells[i].text, cells[i].n, "，", strlen("，")))
            remedy = VCI_TEXT_TABLE_ROW_WIDE;
    return vci_finding_add(findings, VC_FAULT, "T02", vci_cell_place(table, cells),
                           vci_text_get(remedy, findings->language),
                           VCI_TEXT_TABLE_ROW_SIZE, n, table->n_fields);
}

/* The header of another table, or of this one in other words, in the place of a row. */
static bool is_other_header(const vci_search *search, const vci_cell *cells, size_t n) {
    if (vci_columns_count(search, 1, cells) == 0) return false;
    size_t n_wanted = vci_columns_count(search, n, cells);
    return n_wanted >= 2 && 2 * n_wanted >= n;
}

/*
 * A note below the table: a text alone in its row, in the first field, that begins as notes
 * do or has a colon.
 */
static bool is_note(const vci_table *table, const vci_cell *cells, size_t n) {
    static const char *const beginnings[] = {
        "注", "备注", "说明", "数据来源", "资料来源", "来源",   "填报", "制表", "审核",
        "*",  "note", "Note", "NOTE",     "Source",   "source", "End",  "end "};
    for (size_t i = 1; i < n; i++)
        if (cells[i].n > 0) return false;
    if (n == 0 || cells[0].n == 0 || table->n_fields < 2) return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t length = strlen(beginnings[i]);
        if (cells[0].n > length && memcmp(cells[0].text, beginnings[i], length) == 0)
            return true;
    }
    return memchr(cells[0].text, ':', cells[0].n) ||
           memmem(cells[0].text, cells[0].n, "：", strlen("："));
}

/* Is the row one of the table? Says why not. */
static vc_status check_row(const vci_search *search, const vci_records *records,
                           size_t record, bool *good) {
    const vci_table *table = search->table;
    vc_findings *findings = search->findings;
    const vci_cell *cells = &records->cells[records->begin[record]];
    size_t n = vci_record_size(records, record);
    while (n > table->n_fields && cells[n - 1].n == 0) n--;
    vc_language language = findings->language;
    *good = false;
    if (repeats_header(table, cells, n))
        return vci_finding_add(findings, VC_WARNING, "T11", line_place(table, cells->line),
                               NULL, VCI_TEXT_TABLE_REPEATED);
    if (is_other_header(search, cells, n))
        return vci_finding_add(findings, VC_FAULT, "T11", line_place(table, cells->line),
                               NULL, VCI_TEXT_TABLE_OTHER_HEADER);
    if (is_note(table, cells, n))
        return vci_finding_add(findings, VC_FAULT, "T08", vci_cell_place(table, cells),
                               NULL, VCI_TEXT_TABLE_NOTE,
                               vci_quote(cells->text, cells->n).text);
    if (n > table->n_fields) return too_many(table, cells, n, findings);
    *good = n == table->n_fields;
    if (*good) return VC_OK;
    if (record + 1 == records->n && records->open_end)
        return vci_finding_add(findings, VC_FAULT, "F11", vci_cell_place(table, cells),
                               vci_text_get(VCI_TEXT_TABLE_TRUNCATED_REMEDY, language),
                               VCI_TEXT_TABLE_CUT, n, table->n_fields);
    return too_few(table, cells, n, findings);
}

/* Below a blank row another table begins: nothing of it is a row of this one. */
static bool begins_table(const vci_search *search, const vci_records *records,
                         size_t record) {
    if (record < 2 || !vci_record_blank(records, record - 1)) return false;
    const vci_cell *cells = &records->cells[records->begin[record]];
    size_t n = vci_record_size(records, record);
    return !repeats_header(search->table, cells, n) && is_other_header(search, cells, n);
}

/* Moves the cells of the good rows together; the table takes them over from the records. */
static vc_status keep_rows(vci_search *search, vci_records *records) {
    vc_status st = VC_OK;
    vci_table *table = search->table;
    vc_findings *findings = search->findings;
    size_t last = records->n;
    while (last > 1 && vci_record_blank(records, last - 1)) last--;
    for (size_t record = 1; record < last; record++) {
        if (begins_table(search, records, record)) {
            size_t line = records->cells[records->begin[record]].line;
            VC_TRY(vci_finding_add(findings, VC_FAULT, "T13", line_place(table, line), NULL,
                                   VCI_TEXT_TABLE_SECOND));
            break;
        }
        bool good = false;
        const vci_cell *cells = &records->cells[records->begin[record]];
        if (vci_record_blank(records, record))
            VC_TRY(vci_finding_add(findings, VC_WARNING, "T07",
                                   line_place(table, cells->line), NULL,
                                   VCI_TEXT_TABLE_BLANK_ROW));
        else
            VC_TRY(check_row(search, records, record, &good));
        if (!good) continue;
        memmove(&records->cells[table->n_rows * table->n_fields], cells,
                table->n_fields * sizeof *cells);
        table->n_rows++;
    }
    table->cells = records->cells;
    records->cells = NULL;
    if (last <= 1)
        VC_TRY(vci_finding_add(findings, VC_FAULT, "F01", line_place(table, 0), NULL,
                               VCI_TEXT_TABLE_ONLY_HEADER));
out:
    return st;
}

/* The text ends before the line of the header. */
static vc_status no_line(vci_search *search) {
    size_t line = search->options->header_row;
    if (line == 1)
        return vci_finding_add(search->findings, VC_FAULT, "F01",
                               line_place(search->table, 0), NULL, VCI_TEXT_TABLE_EMPTY);
    return vci_finding_add(search->findings, VC_FAULT, "T04",
                           line_place(search->table, line), NULL, VCI_TEXT_TABLE_NO_LINE,
                           line);
}

static vc_status read_text(vci_search *search) {
    vc_status st = VC_OK;
    vci_table *table = search->table;
    vci_records records = {0};
    size_t n = 0, header_line = 0;
    char separator = 0;
    bool found = false, personal = false, wide = false, named = false;
    const char *line =
        vci_line_find(table->text, table->text_size, search->options->header_row, &n);
    if (!line) {
        VC_TRY(no_line(search));
        goto out;
    }
    VC_TRY(find_header_line(search, table->text, table->text_size, &header_line, &named));
    if (header_line && header_line != search->options->header_row &&
        !(named && sole_separator(line, n, &separator))) {
        VC_TRY(no_header(search, header_line));
        goto out;
    }
    VC_TRY(find_separator(search, line, n, &separator, &found));
    if (!found) goto out;
    VC_TRY(vci_records_read(table->file, table->text, table->text_size, separator,
                            search->options->header_row, search->findings, &records));
    VC_TRY(vci_person_check(table->file, &records, search->findings, &personal));
    if (personal) goto out;
    VC_TRY(copy_header(table, &records));
    VC_TRY(vci_columns_wide(search, &wide));
    if (wide) goto out;
    VC_TRY(vci_columns_find(search, &found));
    if (found)
        VC_TRY(keep_rows(search, &records));
    else
        VC_TRY(no_header(search, header_line));
out:
    vci_records_free(&records);
    return st;
}

/* DIR/FILE, or FILE alone when it is absolute. */
static char *table_path(const vc_workspace *workspace, const char *file) {
    if (file[0] == '/') return vci_text_copy(file, strlen(file));
    return vci_text_format("%s/%s", workspace->dir, file);
}

static vc_status prepare(vci_search *search) {
    vc_status st = VC_OK;
    vci_table *table = search->table;
    memset(table, 0, sizeof *table);
    table->role = search->role;
    table->n_wishes = search->n_wishes;
    table->file = table_path(search->workspace, search->options->file);
    if (!table->file) VC_FAIL(VC_NO_MEMORY, "path");
    VC_NEW(table->required, search->n_wishes);
    VC_NEW(table->n_sources, search->n_wishes);
    VC_NEW(table->sources, search->n_wishes);
    for (size_t i = 0; i < search->n_wishes; i++)
        table->required[i] = search->wishes[i].required;
out:
    return st;
}

vc_status vci_table_read(const vc_workspace *workspace, vc_table_role role, size_t n_wishes,
                         const vci_column_wish *wishes, bool absent_ok,
                         vc_findings *findings, vci_table *table, bool *present) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    size_t n = 0;
    vci_search search = {.workspace = workspace,
                         .role = role,
                         .n_wishes = n_wishes,
                         .options = &workspace->tables[role],
                         .wishes = wishes,
                         .findings = findings,
                         .table = table};
    *present = false;
    VC_TRY(prepare(&search));
    if (absent_ok && !search.options->given && access(table->file, F_OK) != 0) goto out;
    *present = true;
    VC_TRY(vci_file_read(table->file, MAX_BYTES, findings, &bytes, &n));
    if (!bytes) goto out;
    VC_TRY(vci_decode(table->file, bytes, n, search.options->encoding, findings,
                      &table->text, &table->text_size));
    if (!table->text) goto out;
    VC_TRY(read_text(&search));
out:
    vci_free(bytes);
    if (st != VC_OK) vci_table_free(table);
    return st;
}

void vci_table_free(vci_table *table) {
    for (size_t i = 0; table->sources && i < table->n_wishes; i++)
        vci_free(table->sources[i]);
    vci_free(table->sources);
    vci_free(table->n_sources);
    vci_free(table->required);
    vci_free(table->told);
    vci_free(table->header);
    vci_free(table->cells);
    vci_free(table->text);
    vci_free(table->file);
    memset(table, 0, sizeof *table);
}

const vci_cell *vci_table_cell(const vci_table *table, size_t row, size_t wish) {
    if (table->n_sources[wish] == 0) return NULL;
    return &table->cells[row * table->n_fields + table->sources[wish][0]];
}

vci_place vci_cell_place(const vci_table *table, const vci_cell *cell) {
    return (vci_place){table->file, cell->line, cell->column};
}
