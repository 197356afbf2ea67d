/* A world against the answer that is expected of the reader. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/spoil.h"

/* One reading of a world. */
typedef struct reading {
    vc_findings findings;
    vc_status st;
    uint8_t digest[32];
} reading;

static const char *file_of(const vct_world *w, int sheet) {
    static const char *const names[] = {"units.csv", "monthly.csv", "targets.csv",
                                        "workspace.yaml"};
    return sheet == VCT_OTHER ? w->other.file : names[sheet];
}

static void write_file(const char *name, const char *bytes, size_t n) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", vct_scratch(), name);
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_other(vct_world *w) {
    const char *text = "";
    if (w->other.n_lines == 0) return;
    for (size_t i = 0; i < w->other.n_lines; i++)
        text = vct_text(w, "%s%s\n", text, w->other.line[i]);
    write_file(w->other.file, text, strlen(text));
}

static void write_world(vct_world *w) {
    const char *settings = vct_settings(w);
    write_file("workspace.yaml", settings, strlen(settings));
    for (int k = 0; k < VCT_SHEETS; k++) {
        vct_sheet *s = &w->sheet[k];
        if (!s->file) continue;
        vct_render(w, s);
        write_file(s->file, s->bytes, s->n);
    }
    write_other(w);
}

/* As `vitalcast check` does: what cannot be judged after a fault is left. */
static void read_world(const vct_world *w, vc_language language, reading *r) {
    vc_workspace workspace;
    vc_panel panel = {0};
    vc_targets targets = {0};
    memset(r, 0, sizeof *r);
    vc_findings_init(&r->findings, language);
    r->st = vc_workspace_read(vct_scratch(), &r->findings, &workspace);
    if (r->st == VC_OK) r->st = vc_panel_read(&workspace, &r->findings, &panel);
    if (r->st == VC_OK) {
        memcpy(r->digest, panel.digest, sizeof r->digest);
        r->st = vc_targets_read(&workspace, &panel, &r->findings, &targets);
    }
    if (r->st == VC_OK && w->as_of != VC_NO_PERIOD)
        r->st = vc_targets_check(&targets, &panel, w->as_of, &r->findings);
    if (r->st == VC_OK && w->other.read) r->st = w->other.read(w, &panel, &r->findings);
    if (r->st == VC_OK && r->findings.n_faults > 0) r->st = VC_BAD_INPUT;
    vc_targets_free(&targets);
    vc_panel_free(&panel);
    vc_workspace_free(&workspace);
}

/* --- what is expected ----------------------------------------------------------------- */

vct_expected *vct_expect(vct_world *w, vc_severity severity, const char *kind, int sheet,
                         size_t row, size_t field) {
    ck_assert_uint_lt(w->n_expected, VCT_MOST_EXPECTED);
    vct_expected *e = &w->expected[w->n_expected++];
    *e = (vct_expected){
        .severity = severity, .kind = kind, .sheet = sheet, .row = row, .field = field};
    return e;
}

vct_expected *vct_expect_at(vct_world *w, vc_severity severity, const char *kind, int sheet,
                            size_t line, size_t column) {
    vct_expected *e = vct_expect(w, severity, kind, sheet, VCT_AT_LINE, 0);
    e->line = line;
    e->column = column;
    return e;
}

vct_expected *vct_expect_count(vct_world *w, vc_severity severity, const char *kind,
                               size_t row, size_t column) {
    return vct_expect(w, severity, kind, VCT_MONTHLY, row, w->at[column]);
}

void vct_remember(vct_world *w) {
    reading r;
    write_world(w);
    read_world(w, VC_ENGLISH, &r);
    ck_assert_msg(r.st == VC_OK, "the data to be remembered are not sound");
    memcpy(w->pasted_digest, r.digest, sizeof r.digest);
    for (int k = 0; k < VCT_SHEETS; k++) w->sheet[k].bytes = NULL;
    vc_findings_free(&r.findings);
}

void vct_pastes(vct_world *w, int sheet, const char *option) {
    w->paste = option;
    w->paste_sheet = sheet;
    w->expected[w->n_expected - 1].remedy = option;
}

/* --- comparing ------------------------------------------------------------------------ */

static void tell(const reading *r, char *why, size_t size, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The reason, with all that was found. */
static void tell(const reading *r, char *why, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int used = vsnprintf(why, size, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < r->findings.n && used >= 0 && (size_t)used < size; i++) {
        char *line = vc_finding_format(&r->findings.list[i], r->findings.language);
        const char *name = strrchr(line, '/');
        used += snprintf(why + used, size - (size_t)used, "\n      %.200s",
                         name ? name + 1 : line);
        free(line);
    }
}

static bool has_chinese(const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c >= 0xE3 && *c <= 0xE9) return true;
    return false;
}

static bool has_control(const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if ((*c < 0x20 && *c != '\n') || *c == 0x7F) return true;
    return false;
}

static void place_of(const vct_world *w, const vct_expected *e, size_t *line,
                     size_t *column) {
    *line = e->line;
    *column = e->column;
    if (e->row == VCT_AT_LINE) return;
    const vct_sheet *s = &w->sheet[e->sheet];
    bool whole = e->field == VCT_WHOLE_ROW;
    *line = s->line[e->row][whole ? 0 : e->field];
    *column = whole ? 0 : s->column[e->row][e->field];
}

static bool matches(const vct_world *w, const vct_expected *e, const vc_finding *f) {
    size_t line = 0, column = 0;
    const char *name = strrchr(f->file, '/');
    place_of(w, e, &line, &column);
    return f->severity == e->severity && strcmp(f->kind, e->kind) == 0 &&
           strcmp(name ? name + 1 : f->file, e->file ? e->file : file_of(w, e->sheet)) ==
               0 &&
           f->line == line && f->column == column;
}

/* The finding that answers an expectation; NULL if none does. */
static const vc_finding *find(const vct_world *w, const vct_expected *e, const reading *r) {
    for (size_t i = 0; i < r->findings.n; i++)
        if (matches(w, e, &r->findings.list[i])) return &r->findings.list[i];
    return NULL;
}

/* The form of a message: in the language, nothing echoed that acts, a remedy for faults. */
static const char *form_of(const vc_finding *f, vc_language language) {
    if (!f->message || !*f->message) return "no message";
    if (has_control(f->message) || (f->remedy && has_control(f->remedy)))
        return "a control character is echoed";
    if (language == VC_CHINESE && !has_chinese(f->message)) return "not in Chinese";
    if (f->severity == VC_FAULT && (!f->remedy || !*f->remedy)) return "no remedy";
    return NULL;
}

/* What should stand in a finding's remedy or message and does not; NULL: all is there. */
static const char *words_lack(const vct_expected *e, const vc_finding *f,
                              vc_language language) {
    const char *said = e->said[language];
    if (said && !strstr(f->message, said)) return said;
    if (e->remedy && (!f->remedy || !strstr(f->remedy, e->remedy))) return e->remedy;
    if (e->message && !strstr(f->message, e->message)) return e->message;
    for (size_t i = 0; i < VCT_COUNT(e->also); i++)
        if (e->also[i] && !strstr(f->message, e->also[i])) return e->also[i];
    return NULL;
}

static bool all_there(const vct_world *w, const reading *r, char *why, size_t size) {
    for (size_t i = 0; i < w->n_expected; i++) {
        const vct_expected *e = &w->expected[i];
        const vc_finding *f = find(w, e, r);
        size_t line = 0, column = 0;
        place_of(w, e, &line, &column);
        if (!f) {
            tell(r, why, size, "want %s %s:%zu:%zu, got %d faults:", e->kind,
                 file_of(w, e->sheet), line, column, (int)r->findings.n_faults);
            return false;
        }
        const char *lacks = words_lack(e, f, r->findings.language);
        if (lacks) {
            tell(r, why, size, "%s: want \"%s\":", e->kind, lacks);
            return false;
        }
    }
    return true;
}

static size_t n_expected(const vct_world *w, vc_severity severity) {
    size_t n = 0;
    for (size_t i = 0; i < w->n_expected; i++) n += w->expected[i].severity == severity;
    return n;
}

static bool agrees(const vct_world *w, const reading *r, char *why, size_t size) {
    size_t faults = n_expected(w, VC_FAULT), warnings = n_expected(w, VC_WARNING);
    vc_language language = r->findings.language;
    if (!all_there(w, r, why, size)) return false;
    for (size_t i = 0; i < r->findings.n; i++) {
        const char *form = form_of(&r->findings.list[i], language);
        if (!form) continue;
        tell(r, why, size, "%s %s in language %d:", r->findings.list[i].kind, form,
             (int)language);
        return false;
    }
    /* What follows from a refused row is no error of the reader: warnings may be more. */
    bool many = faults > 0 || w->more_warnings;
    bool wrong =
        w->more_faults ? r->findings.n_faults < faults : r->findings.n_faults != faults;
    vc_status refusal = w->other.read ? w->other.refusal : VC_BAD_INPUT;
    if (wrong || r->st != (faults ? refusal : VC_OK) ||
        (!many && r->findings.n_warnings != warnings)) {
        tell(r, why, size,
             "want %zu faults, %zu warnings, got %zu, %zu (status %d):", faults, warnings,
             r->findings.n_faults, r->findings.n_warnings, (int)r->st);
        return false;
    }
    if (faults == 0 && !w->other_data && memcmp(r->digest, w->digest, sizeof r->digest)) {
        tell(r, why, size, "the data are others");
        return false;
    }
    return true;
}

bool vct_sound(vct_world *w, char *why, size_t size) {
    reading r;
    write_world(w);
    read_world(w, VC_ENGLISH, &r);
    bool sound = r.st == VC_OK && r.findings.n_warnings == 0;
    if (!sound) tell(&r, why, size, "the clean world is refused or warned of:");
    memcpy(w->digest, r.digest, sizeof r.digest);
    memcpy(w->pasted_digest, r.digest, sizeof r.digest);
    for (int k = 0; k < VCT_SHEETS; k++) w->sheet[k].bytes = NULL;
    vc_findings_free(&r.findings);
    return sound;
}

/* With the pasted line the data are read, and are those that they should be. */
static bool mended(vct_world *w, char *why, size_t size) {
    reading r;
    if (!w->paste) return true;
    vct_option(w, w->paste_sheet, w->paste);
    write_world(w);
    read_world(w, VC_ENGLISH, &r);
    bool good = r.st == VC_OK && !memcmp(r.digest, w->pasted_digest, sizeof r.digest);
    if (!good)
        tell(&r, why, size, "with \"%s\" pasted %s:", w->paste,
             r.st == VC_OK ? "the data are others" : "it is refused still");
    vc_findings_free(&r.findings);
    return good;
}

bool vct_answered(vct_world *w, char *why, size_t size) {
    static const vc_language languages[] = {VC_ENGLISH, VC_CHINESE};
    bool good = true;
    write_world(w);
    for (size_t i = 0; i < 2 && good; i++) {
        reading r;
        read_world(w, languages[i], &r);
        good = agrees(w, &r, why, size);
        vc_findings_free(&r.findings);
    }
    return good && mended(w, why, size);
}
