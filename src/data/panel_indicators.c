/* What the workspace declares about indicators, against the tables. */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"

/* What one entry is judged with. */
typedef struct judge {
    vci_panel_reader *reader;
    const char *file; /* path of workspace.yaml */
    const vc_indicator *entry;
    vc_progress *progress; /* the series of its name, if it is one */
    const vc_value_series *values;
} judge;

static vci_quoted quote(const char *text) { return vci_quote(text, strlen(text)); }

static vci_place place_of(const judge *j) {
    return (vci_place){j->file, j->entry->line, j->entry->column};
}

static const char *words(const judge *j, vci_text text) {
    return vci_text_get(text, j->reader->findings->language);
}

/* V02: a name that is formed from events and stands in a table too. */
static vc_status tell_taken(const judge *j) {
    const vci_source *source = j->progress ? &j->reader->progress : &j->reader->values;
    return vci_finding_add(j->reader->findings, VC_FAULT, "V02", place_of(j),
                           words(j, VCI_TEXT_INDICATOR_OTHER_NAME),
                           VCI_TEXT_INDICATOR_TAKEN, quote(j->entry->name).text,
                           source->table.file);
}

/* S05: neither a formula nor anything that the tables hold. */
static vc_status tell_absent(const judge *j) {
    vc_status st = VC_OK;
    const vc_panel *panel = j->reader->panel;
    const char **names = NULL;
    size_t n = 0;
    VC_NEW(names, VCI_STANDARDS + panel->n_progress + panel->n_values);
    for (size_t i = 0; i < VCI_STANDARDS; i++) names[n++] = vci_standards[i].name;
    for (size_t i = 0; i < panel->n_progress; i++)
        names[n++] = panel->progress[i].indicator;
    for (size_t i = 0; i < panel->n_values; i++) names[n++] = panel->values[i].indicator;
    const char *near = vci_nearest(j->entry->name, strlen(j->entry->name), names, n);
    vci_remedy remedy =
        near ? vci_remedy_make(j->reader->findings, VCI_TEXT_YAML_UNKNOWN_NEAR, near)
             : vci_remedy_make(j->reader->findings, VCI_TEXT_INDICATOR_ABSENT_REMEDY);
    VC_TRY(vci_finding_add(j->reader->findings, VC_FAULT, "S05", place_of(j), remedy.text,
                           VCI_TEXT_INDICATOR_ABSENT, quote(j->entry->name).text));
out:
    vci_free(names);
    return st;
}

static bool kind_agrees(const judge *j) {
    switch (j->entry->declared) {
    case VC_DECLARED_NAME:
    case VC_DECLARED_FORMULA:
        return true;
    case VC_DECLARED_QUOTA:
        return j->progress && j->progress->kind == VC_QUOTA;
    case VC_DECLARED_STOCK:
        return j->progress && j->progress->kind == VC_STOCK;
    case VC_DECLARED_SURVEY:
        return j->progress && j->progress->kind == VC_SURVEY;
    case VC_DECLARED_VALUE:
        break;
    }
    return j->values;
}

static vc_status tell_kind(const judge *j) {
    const vci_source *source = j->progress ? &j->reader->progress : &j->reader->values;
    return vci_finding_add(j->reader->findings, VC_FAULT, "V02", place_of(j), NULL,
                           VCI_TEXT_INDICATOR_KIND, quote(j->entry->name).text,
                           source->table.file);
}

static vc_status check_cap(const judge *j) {
    bool capped = j->progress && j->progress->kind != VC_SURVEY;
    if (!(j->entry->cap > 0) || capped) return VC_OK;
    return vci_finding_add(j->reader->findings, VC_FAULT, "S01", place_of(j), NULL,
                           VCI_TEXT_INDICATOR_CAP, quote(j->entry->name).text);
}

/* The department stands in one place, or in two that agree. */
static vc_status join_department(const judge *j) {
    vc_status st = VC_OK;
    const char *declared = j->entry->department;
    if (!declared || !j->progress) goto out;
    if (!j->progress->department) VC_COPY_TEXT(j->progress->department, declared);
    if (strcmp(j->progress->department, declared) != 0)
        VC_TRY(vci_finding_add(j->reader->findings, VC_FAULT, "V02", place_of(j),
                               words(j, VCI_TEXT_INDICATOR_DEPARTMENT_REMEDY),
                               VCI_TEXT_INDICATOR_DEPARTMENT, quote(j->entry->name).text,
                               quote(declared).text, quote(j->progress->department).text,
                               j->reader->progress.table.file));
out:
    return st;
}

/* The series that an entry is about; without one a standard name goes by its English form.
 */
static void look(judge *j, const char **name) {
    vc_panel *panel = j->reader->panel;
    const vci_standard *standard = vci_standard_find(*name);
    for (size_t i = 0; i < panel->n_progress; i++)
        if (strcmp(panel->progress[i].indicator, *name) == 0)
            j->progress = &panel->progress[i];
    j->values = vci_values_named(panel, *name);
    if (standard && !j->progress && !j->values && strcmp(*name, standard->name) != 0) {
        *name = standard->name;
        look(j, name);
    }
}

static vc_status check_entry(judge *j, const char *name) {
    bool formula = j->entry->declared == VC_DECLARED_FORMULA;
    bool series = j->progress || j->values;
    /* As the tables once stood, a series may not have been there yet. */
    bool past = j->reader->workspace->known_period != 0;
    if (formula) return series ? tell_taken(j) : VC_OK;
    if (!series && (!vci_standard_find(name) || j->entry->declared != VC_DECLARED_NAME))
        return past ? VC_OK : tell_absent(j);
    if (!kind_agrees(j)) return tell_kind(j);
    vc_status st = check_cap(j);
    return st == VC_OK ? join_department(j) : st;
}

/* Two entries that come to one name: both languages of a standard indicator. */
static vc_status check_twice(const judge *j, const char *name) {
    const vc_indicator *other = vci_declared_find(j->reader->panel, name);
    if (!other) return VC_OK;
    return vci_finding_add(j->reader->findings, VC_FAULT, "V02", place_of(j),
                           words(j, VCI_TEXT_YAML_DUPLICATE_REMEDY),
                           VCI_TEXT_YAML_DUPLICATE, name, other->line);
}

static vc_status copy_entry(const vc_indicator *from, const char *name, vc_indicator *to) {
    vc_status st = VC_OK;
    *to = *from;
    to->name = to->department = to->label[VC_ENGLISH] = to->label[VC_CHINESE] = NULL;
    VC_COPY_TEXT(to->name, name);
    VC_COPY_TEXT(to->department, from->department);
    for (int l = 0; l < VC_LANGUAGES; l++) VC_COPY_TEXT(to->label[l], from->label[l]);
out:
    return st;
}

vc_status vci_panel_indicators(vci_panel_reader *reader) {
    vc_status st = VC_OK;
    const vc_workspace *w = reader->workspace;
    vc_panel *panel = reader->panel;
    char *file = vci_text_format("%s/workspace.yaml", w->dir);
    if (!file) VC_FAIL(VC_NO_MEMORY, "path");
    if (w->n_indicators > 0) VC_NEW(panel->indicators, w->n_indicators);
    for (size_t i = 0; i < w->n_indicators; i++) {
        judge j = {.reader = reader, .file = file, .entry = &w->indicators[i]};
        const char *name = j.entry->name;
        look(&j, &name);
        VC_TRY(check_entry(&j, name));
        VC_TRY(check_twice(&j, name));
        panel->n_indicators++;
        VC_TRY(copy_entry(j.entry, name, &panel->indicators[i]));
    }
out:
    vci_free(file);
    return st;
}
