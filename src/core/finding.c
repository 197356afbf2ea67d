/* The list of findings. */
#include "core/finding_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"

/* Characters of a cell that a message shows. */
#define QUOTED_CHARACTERS 60
/* Before each line of a remedy that has several. */
#define SET_IN "    "

void vc_findings_init(vc_findings *findings, vc_language language) {
    *findings = (vc_findings){.language = language};
}

static void free_finding(vc_finding *f) {
    vci_free(f->file);
    vci_free(f->message);
    vci_free(f->remedy);
}

void vc_findings_free(vc_findings *findings) {
    for (size_t i = 0; i < findings->n; i++) free_finding(&findings->list[i]);
    vci_free(findings->list);
    vc_findings_init(findings, findings->language);
}

static size_t count_alike(const vc_findings *findings, const char *kind, const char *file) {
    size_t n = 0;
    for (size_t i = 0; i < findings->n; i++)
        n += !strcmp(findings->list[i].kind, kind) && !strcmp(findings->list[i].file, file);
    return n;
}

static char *format_message(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = n < 0 ? NULL : vci_alloc((size_t)n + 1, 1);
    if (text) vsnprintf(text, (size_t)n + 1, format, arguments);
    return text;
}

static vc_status keep(vc_findings *findings, vc_finding *f) {
    vc_status st = VC_OK;
    VC_GROW(findings->list, findings->n, findings->capacity);
    findings->list[findings->n++] = *f;
out:
    return st;
}

vc_status vci_finding_add(vc_findings *findings, vc_severity severity, const char *kind,
                          vci_place place, const char *remedy, vci_text message, ...) {
    vc_status st = VC_OK;
    vc_finding f = {.severity = severity, .line = place.line, .column = place.column};
    const char *file = place.file ? place.file : "";
    findings->n_faults += severity == VC_FAULT;
    findings->n_warnings += severity == VC_WARNING;
    if (count_alike(findings, kind, file) >= VC_FINDINGS_KEPT) {
        findings->n_more++;
        return VC_OK;
    }
    if (!remedy && severity == VC_FAULT)
        remedy = vci_text_remedy(message, findings->language);
    snprintf(f.kind, sizeof f.kind, "%s", kind);
    VC_COPY_TEXT(f.file, file);
    VC_COPY_TEXT(f.remedy, remedy);
    va_list arguments;
    va_start(arguments, message);
    f.message = format_message(vci_text_get(message, findings->language), arguments);
    va_end(arguments);
    if (!f.message) VC_FAIL(VC_NO_MEMORY, "message");
    VC_TRY(keep(findings, &f));
out:
    if (st != VC_OK) free_finding(&f);
    return st;
}

/* C0, DEL, C1, direction marks and line separators: they act instead of being seen. */
static bool is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

vci_quoted vci_quote(const char *text, size_t n) {
    vci_quoted quoted = {{0}};
    size_t at = 0, characters = 0;
    for (size_t i = 0; i < n; characters++) {
        uint32_t c;
        size_t length = vci_code_point(text + i, n - i, &c);
        if (characters == QUOTED_CHARACTERS) {
            memcpy(quoted.text + at, "…", strlen("…"));
            return quoted;
        }
        if (is_control(c) || (c == 0xFFFD && length == 1)) {
            quoted.text[at++] = '?';
        } else {
            memcpy(quoted.text + at, text + i, length);
            at += length;
        }
        i += length;
    }
    return quoted;
}

static const char *severity_word(vc_severity severity, vc_language language) {
    static const vci_text words[] = {VCI_TEXT_INFO, VCI_TEXT_WARNING, VCI_TEXT_FAULT};
    return vci_text_get(words[severity], language);
}

static void place_text(const vc_finding *f, size_t size, char *text) {
    *text = 0;
    if (f->line && f->column)
        snprintf(text, size, "%zu:%zu:", f->line, f->column);
    else if (f->line)
        snprintf(text, size, "%zu:", f->line);
}

/*
 * What follows the message: a remedy of one line behind a dash; one with lines to paste on
 * lines of its own, all set in alike.
 */
static char *remedy_text(const char *remedy) {
    size_t lines = 1, to = 0;
    if (!remedy) return vci_text_copy("", 0);
    if (!strchr(remedy, '\n')) return vci_text_format(" — %s", remedy);
    for (const char *c = remedy; *c; c++) lines += *c == '\n';
    char *text = vci_alloc(strlen(remedy) + lines * strlen(SET_IN) + 2, 1);
    if (!text) return NULL;
    text[to++] = '\n';
    for (const char *c = remedy; *c; c++) {
        if (c == remedy || c[-1] == '\n') to = (size_t)(stpcpy(text + to, SET_IN) - text);
        text[to++] = *c;
    }
    return text;
}

char *vc_finding_format(const vc_finding *f, vc_language language) {
    char place[64];
    bool file = f->file && *f->file;
    place_text(f, sizeof place, place);
    const char *colon = language == VC_CHINESE ? "：" : ": ";
    char *remedy = remedy_text(f->remedy);
    if (!remedy) return NULL;
    char *text = vci_text_format(
        "%s%s%s%s%s %s%s%s%s", file ? f->file : "", file ? ":" : "", place, file ? " " : "",
        severity_word(f->severity, language), f->kind, colon, f->message, remedy);
    vci_free(remedy);
    return text;
}
