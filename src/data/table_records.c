/*
 * Text to records and cells. Source: RFC 4180, section 2, with LF line ends only (see
 * encoding.c).
 */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/table_parts_internal.h"

typedef struct scan {
    const char *file;
    char *text;
    size_t n, at;        /* bytes */
    size_t line, column; /* of text[at], 1-based, column in code points */
    char separator;
    bool quotes_closed; /* an unclosed quote was met: later ones are plain text */
    vc_findings *findings;
    vci_records *records;
} scan;

static bool continues_character(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static void step(scan *s) {
    char c = s->text[s->at++];
    if (c == '\n') {
        s->line++;
        s->column = 1;
    } else if (!continues_character(c)) {
        s->column++;
    }
}

static bool field_ends(const scan *s) {
    return s->at == s->n || s->text[s->at] == s->separator || s->text[s->at] == '\n';
}

static vci_place place_here(const scan *s) {
    return (vci_place){s->file, s->line, s->column};
}

static vc_status stray_quote(scan *s, vci_place place) {
    return vci_finding_add(s->findings, VC_FAULT, "T03", place,
                           vci_text_get(VCI_TEXT_TABLE_QUOTE_REMEDY, s->findings->language),
                           VCI_TEXT_TABLE_QUOTE);
}

/* Up to the next separator or line end, as it stands; quotes in it are faults. */
static vc_status read_plain(scan *s, char **end) {
    vc_status st = VC_OK;
    bool told = false;
    for (; !field_ends(s); step(s)) {
        if (s->text[s->at] != '"' || told) continue;
        VC_TRY(stray_quote(s, place_here(s)));
        told = true;
    }
    *end = s->text + s->at;
out:
    return st;
}

/* Is the quote at text[at] closed before the end of the text? */
static bool quote_closes(const scan *s) {
    for (size_t i = s->at + 1; i < s->n; i++) {
        if (s->text[i] != '"') continue;
        if (i + 1 == s->n || s->text[i + 1] != '"') return true;
        i++;
    }
    return false;
}

static vc_status unclosed_quote(scan *s) {
    s->quotes_closed = true;
    return vci_finding_add(
        s->findings, VC_FAULT, "F11", place_here(s),
        vci_text_get(VCI_TEXT_TABLE_TRUNCATED_REMEDY, s->findings->language),
        VCI_TEXT_TABLE_UNCLOSED);
}

/* A quoted field: "" becomes " in place; *end is behind the last byte kept. */
static vc_status read_quoted(scan *s, char **end) {
    vc_status st = VC_OK;
    char *to = s->text + s->at;
    step(s);
    for (;;) {
        char c = s->text[s->at];
        if (c == '"') {
            step(s);
            if (s->at == s->n || s->text[s->at] != '"') break;
        }
        *to++ = c;
        step(s);
    }
    *end = to;
    while (s->at < s->n && s->text[s->at] == ' ' && s->separator != ' ') step(s);
    if (field_ends(s)) goto out;
    VC_TRY(stray_quote(s, place_here(s)));
    while (!field_ends(s)) step(s);
out:
    return st;
}

/* Spaces that are not plain, and characters that cannot be seen. */
static bool is_odd_space(uint32_t c) {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static bool is_invisible(uint32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/*
 * Inside a trimmed cell: odd spaces become plain ones, invisible characters go, in place.
 */
static bool clean_inside(char *text, size_t *n) {
    size_t to = 0;
    bool cleaned = false;
    for (size_t i = 0; i < *n;) {
        uint32_t c = 0;
        size_t length = vci_code_point(text + i, *n - i, &c);
        bool odd = is_odd_space(c), invisible = is_invisible(c);
        if (odd)
            text[to++] = ' ';
        else if (!invisible)
            for (size_t k = 0; k < length; k++) text[to++] = text[i + k];
        cleaned = cleaned || odd || invisible;
        i += length;
    }
    *n = to;
    return cleaned;
}

static size_t count_characters(const char *begin, const char *end) {
    size_t n = 0;
    for (; begin < end; begin++) n += !continues_character(*begin);
    return n;
}

static vc_status add_cell(scan *s, char *text, const char *end, size_t line,
                          size_t column) {
    vc_status st = VC_OK;
    vci_records *records = s->records;
    const char *trimmed = text;
    size_t n = (size_t)(end - text);
    vci_trim(&trimmed, &n);
    column += count_characters(text, trimmed);
    vci_place place = {s->file, line, column};
    if (n > VCI_MAX_FIELD_BYTES)
        VC_TRY(vci_finding_add(s->findings, VC_FAULT, "F14", place, NULL,
                               VCI_TEXT_TABLE_FIELD_SIZE, VCI_MAX_FIELD_BYTES));
    text += trimmed - text;
    if (clean_inside(text, &n))
        VC_TRY(vci_finding_add(s->findings, VC_WARNING, "F12", place, NULL,
                               VCI_TEXT_TABLE_INVISIBLE, vci_quote(text, n).text));
    VC_GROW(records->cells, records->n_cells, records->cell_capacity);
    records->cells[records->n_cells++] = (vci_cell){trimmed, n, line, column};
out:
    return st;
}

static vc_status read_field(scan *s) {
    vc_status st = VC_OK;
    size_t line = s->line, column = s->column;
    char *begin = s->text + s->at, *end = NULL;
    bool quoted = !field_ends(s) && *begin == '"' && !s->quotes_closed;
    if (quoted && !quote_closes(s)) {
        VC_TRY(unclosed_quote(s));
        step(s);
        begin++;
        quoted = false;
    }
    if (quoted)
        VC_TRY(read_quoted(s, &end));
    else
        VC_TRY(read_plain(s, &end));
    VC_TRY(add_cell(s, begin, end, line, column));
out:
    return st;
}

static void skip_line(scan *s) {
    while (s->at < s->n && s->text[s->at] != '\n') step(s);
}

static vc_status limit_fault(scan *s, vci_text message, size_t limit) {
    return vci_finding_add(s->findings, VC_FAULT, "F14", place_here(s), NULL, message,
                           limit);
}

static vc_status read_record(scan *s) {
    vc_status st = VC_OK;
    vci_records *records = s->records;
    VC_GROW(records->begin, records->n + 1, records->capacity);
    for (;;) {
        VC_TRY(read_field(s));
        if (s->at == s->n || s->text[s->at] == '\n') break;
        step(s);
        if (records->n_cells - records->begin[records->n] < VCI_MAX_FIELDS) continue;
        VC_TRY(limit_fault(s, VCI_TEXT_TABLE_FIELDS, VCI_MAX_FIELDS));
        skip_line(s);
        break;
    }
    records->open_end = s->at == s->n;
    if (s->at < s->n) step(s);
    records->begin[++records->n] = records->n_cells;
out:
    return st;
}

vc_status vci_records_read(const char *file, char *text, size_t n, char separator,
                           size_t first_line, vc_findings *findings, vci_records *records) {
    vc_status st = VC_OK;
    scan s = {.file = file,
              .text = text,
              .n = n,
              .line = 1,
              .column = 1,
              .separator = separator,
              .findings = findings,
              .records = records};
    memset(records, 0, sizeof *records);
    records->capacity = 1024;
    VC_NEW(records->begin, records->capacity);
    while (s.line < first_line && s.at < n) step(&s);
    while (s.at < n) {
        if (records->n > VCI_MAX_ROWS) {
            VC_TRY(limit_fault(&s, VCI_TEXT_TABLE_ROWS, VCI_MAX_ROWS));
            break;
        }
        VC_TRY(read_record(&s));
    }
out:
    if (st != VC_OK) vci_records_free(records);
    return st;
}

void vci_records_free(vci_records *records) {
    vci_free(records->begin);
    vci_free(records->cells);
    memset(records, 0, sizeof *records);
}

size_t vci_record_size(const vci_records *records, size_t record) {
    return records->begin[record + 1] - records->begin[record];
}

bool vci_record_blank(const vci_records *records, size_t record) {
    for (size_t i = records->begin[record]; i < records->begin[record + 1]; i++)
        if (records->cells[i].n > 0) return false;
    return true;
}

const char *vci_line_find(const char *text, size_t size, size_t line, size_t *n) {
    const char *at = text, *end = text + size;
    for (size_t i = 1; i < line && at < end; i++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        at = line_end ? line_end + 1 : end;
    }
    *n = 0;
    if (at >= end) return NULL;
    const char *line_end = memchr(at, '\n', (size_t)(end - at));
    *n = (size_t)((line_end ? line_end : end) - at);
    return at;
}

vci_separators vci_separators_find(const char *line, size_t n) {
    static const char candidates[] = {',', '\t', ';', '|'};
    vci_separators separators = {.found = ""};
    bool seen[sizeof candidates] = {false}, quoted = false;
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '"') quoted = !quoted;
        for (size_t c = 0; c < sizeof candidates && !quoted; c++)
            seen[c] = seen[c] || line[i] == candidates[c];
    }
    size_t n_found = 0;
    for (size_t c = 0; c < sizeof candidates; c++)
        if (seen[c]) separators.found[n_found++] = candidates[c];
    return separators;
}
