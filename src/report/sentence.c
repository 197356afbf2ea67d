/*
 * Form of the file: `key = sentence`, one a line; lines that begin with a blank go on with
 * the sentence before; `#` in the first column begins a comment.
 */
#include "report/sentence_internal.h"

#include <stdarg.h>
#include <stdlib.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "report/document_internal.h"
#include "report/markup_internal.h"

#define LARGEST_FILE (1u << 20)
#define LONGEST_VALUE 2000 /* characters */

static const struct {
    const char *key, *placeholders;
} TABLE[VCI_SENTENCES] = {
#define X(id, key, placeholders) {key, placeholders},
#include "report/sentence.def"
#undef X
};

const char *vci_sentence_key(vci_sentence sentence) { return TABLE[sentence].key; }

const char *vci_sentence_placeholders(vci_sentence sentence) {
    return TABLE[sentence].placeholders;
}

/* --- reading ------------------------------------------------------------------------ */

typedef struct reader {
    const char *file;
    vc_findings *findings;
    vci_sentences *sentences;
    size_t line; /* 1-based */
    vci_sentence last;
    bool known; /* the lines that go on belong to `last` */
} reader;

/* Characters (code points) before a place in a line, and one. */
static size_t column_of(const char *line, const char *at) {
    size_t column = 1;
    for (const char *c = line; c < at; c++) column += (*c & 0xC0) != 0x80;
    return column;
}

static vc_status fault(const reader *r, size_t column, vci_text message, const char *what,
                       const char *expected) {
    return vci_finding_add(r->findings, VC_FAULT, "R01",
                           (vci_place){r->file, r->line, column}, NULL, message,
                           vci_quote(what, strlen(what)).text, expected);
}

/* Is a word of n bytes one of words with blanks between them? */
static bool is_among(const char *word, size_t n, const char *words) {
    while (*words) {
        size_t length = strcspn(words, " ");
        if (length == n && strncmp(words, word, n) == 0) return true;
        words += length + (words[length] == ' ');
    }
    return false;
}

/* Every { opens a placeholder that the sentence may have. */
static vc_status check_placeholders(const reader *r, const char *line, const char *text) {
    vc_status st = VC_OK;
    char *name = NULL;
    const char *may = TABLE[r->last].placeholders;
    for (const char *c = strpbrk(text, "{}"); c; c = strpbrk(c, "{}")) {
        size_t n = strcspn(c + 1, "{}");
        if (*c == '}' || c[1 + n] != '}') {
            VC_TRY(fault(r, column_of(line, c), VCI_TEXT_REPORT_BRACE, TABLE[r->last].key,
                         may));
            break;
        }
        vci_free(name);
        name = vci_text_copy(c + 1, n);
        if (!name) VC_FAIL(VC_NO_MEMORY, "text");
        if (!is_among(c + 1, n, may))
            VC_TRY(fault(r, column_of(line, c), VCI_TEXT_REPORT_PLACEHOLDER, name,
                         *may ? may : "—"));
        c += n + 2;
    }
out:
    vci_free(name);
    return st;
}

static vci_sentence find_key(const char *key) {
    for (int i = 0; i < VCI_SENTENCES; i++)
        if (strcmp(TABLE[i].key, key) == 0) return (vci_sentence)i;
    return VCI_SENTENCES;
}

static const char *nearest_key(const char *key) {
    const char *keys[VCI_SENTENCES];
    for (int i = 0; i < VCI_SENTENCES; i++) keys[i] = TABLE[i].key;
    const char *near = vci_nearest(key, strlen(key), keys, VCI_SENTENCES);
    return near ? near : "—";
}

/* line: "key = text", changed in place. */
static vc_status read_pair(reader *r, char *line) {
    vc_status st = VC_OK;
    char *equals = strchr(line, '='), *end = equals;
    r->known = false;
    if (!equals) return fault(r, 1, VCI_TEXT_REPORT_NO_EQUALS, line, "");
    while (end > line && (end[-1] == ' ' || end[-1] == '\t')) end--;
    const char *text = equals + 1 + strspn(equals + 1, " \t");
    *end = '\0';
    r->last = find_key(line);
    if (r->last == VCI_SENTENCES)
        return fault(r, 1, VCI_TEXT_REPORT_KEY, line, nearest_key(line));
    if (r->sentences->text[r->last]) return fault(r, 1, VCI_TEXT_REPORT_TWICE, line, "");
    r->known = true;
    if (end < equals) *end = ' '; /* columns are those of the line as it stands */
    VC_TRY(check_placeholders(r, line, text));
    VC_COPY_TEXT(r->sentences->text[r->last], text);
out:
    return st;
}

/* A blank joins Latin words, nothing Chinese ones. */
static vc_status read_more(reader *r, const char *line) {
    vc_status st = VC_OK;
    char *longer = NULL;
    if (!r->known) return fault(r, 1, VCI_TEXT_REPORT_NO_EQUALS, line, "");
    const char *text = line + strspn(line, " \t");
    VC_TRY(check_placeholders(r, line, text));
    char **sentence = &r->sentences->text[r->last];
    bool latin = r->findings->language == VC_ENGLISH;
    longer = vci_text_format("%s%s%s", *sentence, latin && **sentence ? " " : "", text);
    if (!longer) VC_FAIL(VC_NO_MEMORY, "text");
    vci_free(*sentence);
    *sentence = longer;
out:
    return st;
}

static vc_status read_line(reader *r, char *line) {
    size_t n = strlen(line);
    while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t')) line[--n] = '\0';
    if (n == 0 || *line == '#') return VC_OK;
    return *line == ' ' || *line == '\t' ? read_more(r, line) : read_pair(r, line);
}

vc_status vci_sentences_parse(const char *file, char *text, size_t n, vc_findings *findings,
                              vci_sentences *sentences) {
    vc_status st = VC_OK;
    reader r = {.file = file, .findings = findings, .sentences = sentences};
    size_t faults = findings->n_faults;
    for (char *line = text; line < text + n;) {
        char *end = strchr(line, '\n');
        if (!end) end = text + n;
        *end = '\0';
        r.line++;
        VC_TRY(read_line(&r, line));
        line = end + 1;
    }
    r.line = 0;
    for (int i = 0; i < VCI_SENTENCES; i++)
        if (!sentences->text[i])
            VC_TRY(
                fault(&r, 0, VCI_TEXT_REPORT_LACKS, TABLE[i].key, TABLE[i].placeholders));
    if (findings->n_faults > faults) VC_FAIL(VC_BAD_INPUT, "%s", file);
out:
    return st;
}

vc_status vci_sentences_read(const vc_datadirs *dirs, vc_findings *findings,
                             vci_sentences *sentences) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    char *path = NULL, *text = NULL;
    size_t n, n_text;
    const char *name =
        findings->language == VC_CHINESE ? "plots/report/zh.txt" : "plots/report/en.txt";
    VC_TRY(vc_datadirs_find(dirs, name, &path));
    if (!path) VC_FAIL(VC_REPORT_FAILED, "%s is not found", name);
    VC_TRY(vci_file_read(path, LARGEST_FILE, findings, &bytes, &n));
    if (bytes) VC_TRY(vci_decode(path, bytes, n, NULL, findings, &text, &n_text));
    if (!text) VC_FAIL(VC_BAD_INPUT, "%s", path);
    VC_TRY(vci_sentences_parse(path, text, n_text, findings, sentences));
out:
    free(path);
    vci_free(bytes);
    vci_free(text);
    return st;
}

void vci_sentences_free(vci_sentences *sentences) {
    for (int i = 0; i < VCI_SENTENCES; i++) vci_free(sentences->text[i]);
    memset(sentences, 0, sizeof *sentences);
}

/* --- filling ------------------------------------------------------------------------ */

/* The value of a placeholder of n bytes; one that nobody gave is a dash. */
static const char *value_of(const char *name, size_t n, va_list pairs) {
    const char *found = "—", *given;
    while ((given = va_arg(pairs, const char *))) {
        const char *value = va_arg(pairs, const char *);
        if (strlen(given) == n && strncmp(given, name, n) == 0 && value) found = value;
    }
    return found;
}

char *vci_sentence_fill(const vci_sentences *sentences, vci_sentence sentence, ...) {
    vci_markup filled = {0};
    const char *text = sentences->text[sentence];
    while (*text) {
        size_t n = strcspn(text, "{");
        vci_markup_raw(&filled, text, n);
        text += n;
        if (*text != '{') break;
        n = strcspn(text, "}");
        va_list pairs;
        va_start(pairs, sentence);
        char *value = vci_text_shown(value_of(text + 1, n - 1, pairs), LONGEST_VALUE);
        va_end(pairs);
        if (!value) filled.failed = true;
        if (value) vci_markup_raw(&filled, value, strlen(value));
        vci_free(value);
        text += n + (text[n] == '}');
    }
    return vci_markup_take(&filled);
}
