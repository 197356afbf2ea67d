/*
 * workspace.yaml to struct vc_workspace; every key is documented in docs/FILE_FORMATS.md.
 */
#include "vitalcast/workspace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "data/number_internal.h"
#include "data/remedy_internal.h"
#include "data/workspace_internal.h"

#define MOST_LEVELS 14
#define MOST_COMPLETENESS 6
#define MAX_BYTES ((size_t)2 << 20) /* yaml.c refuses more than 1 MB of text */

/* Version of the form of workspace.yaml; raised when an old program could misread one. */
#define VERSION 1
#define LAST_VERSION 1000000

static void out_of_memory(vci_yaml_reader *reader) {
    if (reader->st == VC_OK)
        reader->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", reader->file);
}

static void quoted_fault(vci_yaml_reader *reader, const vci_yaml *at, vci_text message,
                         const char *key) {
    const char *text = at->kind == VCI_SCALAR ? at->text : "[…]";
    vci_yaml_fault(reader, at, "S01", NULL, message, key,
                   vci_quote(text, strlen(text)).text);
}

bool vci_workspace_text(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                        char **copy) {
    const char *text = NULL;
    if (!vci_yaml_text(reader, mapping, key, &text)) return false;
    if (strchr(text, '\n')) {
        quoted_fault(reader, vci_yaml_get(mapping, key), VCI_TEXT_WORKSPACE_ONE_LINE, key);
        return false;
    }
    vci_free(*copy);
    *copy = vci_text_copy(text, strlen(text));
    if (!*copy) out_of_memory(reader);
    return *copy != NULL;
}

/* One text of a list; NULL after a fault. */
static char *copy_item(vci_yaml_reader *reader, const vci_yaml *item, const char *key,
                       bool blank_ok) {
    bool good = item->kind == VCI_SCALAR && !strchr(item->text, '\n') &&
                (item->text[0] != '\0' || (item->quoted && blank_ok));
    if (!good) {
        quoted_fault(reader, item, VCI_TEXT_WORKSPACE_LIST, key);
        return NULL;
    }
    char *copy = vci_text_copy(item->text, strlen(item->text));
    if (!copy) out_of_memory(reader);
    return copy;
}

bool vci_workspace_texts(vci_yaml_reader *reader, vci_yaml *mapping, const char *key,
                         bool blank_ok, size_t *n, char ***list) {
    vci_yaml *value = vci_yaml_get(mapping, key);
    if (!value) return false;
    size_t n_items = value->kind == VCI_SEQUENCE ? value->n : 1;
    const vci_yaml *items = value->kind == VCI_SEQUENCE ? value->items : value;
    if (value->kind == VCI_MAPPING || n_items == 0) {
        quoted_fault(reader, value, VCI_TEXT_WORKSPACE_LIST, key);
        return false;
    }
    char **texts = vci_alloc(n_items, sizeof *texts);
    if (!texts) {
        out_of_memory(reader);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < n_items; i++) {
        texts[i] = copy_item(reader, &items[i], key, blank_ok);
        good = good && texts[i];
    }
    if (!good) {
        vci_workspace_texts_free(n_items, texts);
        return false;
    }
    *list = texts;
    *n = n_items;
    return true;
}

void vci_workspace_texts_free(size_t n, char **texts) {
    for (size_t i = 0; texts && i < n; i++) vci_free(texts[i]);
    vci_free(texts);
}

static void read_words(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    static const char *const languages[] = {"en", "zh"};
    static const char *const bases[] = {"registered", "resident", "both"};
    static const char *const datings[] = {"registration", "event"};
    static const char *const averages[] = {"two_year_ends", "mid_year", "monthly_mean"};
    size_t word = 0;
    if (vci_yaml_choice(reader, root, "language", 2, languages, &word))
        w->language = (vc_language)word;
    if (vci_yaml_choice(reader, root, "dating", 2, datings, &word))
        w->dating = (vc_dating)word;
    if (vci_yaml_choice(reader, root, "average_population", 3, averages, &word))
        w->average_population = (vc_average_population)word;
    if (vci_yaml_choice(reader, root, "basis", 3, bases, &word)) {
        w->both_bases = word == 2;
        w->basis = word < 2 ? vci_text_copy(bases[word], strlen(bases[word])) : NULL;
        if (word < 2 && !w->basis) out_of_memory(reader);
    }
}

static int compare_periods(const void *a, const void *b) {
    vc_period first = *(const vc_period *)a, second = *(const vc_period *)b;
    return (first > second) - (first < second);
}

const char *vci_period_example(vc_frequency frequency) {
    if (frequency == VC_MONTHLY) return "2013-12";
    return frequency == VC_QUARTERLY ? "2013-Q4" : "2013";
}

static void read_year_ends(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    size_t n = 0;
    char **texts = NULL;
    if (!vci_workspace_texts(reader, root, "year_ends", false, &n, &texts)) return;
    vci_yaml *value = vci_yaml_get(root, "year_ends");
    w->year_ends = vci_alloc(n, sizeof *w->year_ends);
    if (!w->year_ends) out_of_memory(reader);
    for (size_t i = 0; i < n && w->year_ends; i++) {
        const vci_yaml *at = value->kind == VCI_SEQUENCE ? &value->items[i] : value;
        vc_period end = 0;
        bool good = vc_period_parse(texts[i], w->frequency, &end);
        bool twice = false;
        for (size_t k = 0; k < w->n_year_ends && good; k++)
            twice = twice || w->year_ends[k] == end;
        vci_quoted shown = vci_quote(texts[i], strlen(texts[i]));
        if (!good)
            vci_yaml_fault(reader, at, "S01", NULL, VCI_TEXT_WORKSPACE_PERIOD, "year_ends",
                           vci_period_example(w->frequency), shown.text);
        else if (twice)
            vci_yaml_fault(reader, at, "S01", NULL, VCI_TEXT_WORKSPACE_TWICE, "year_ends",
                           shown.text);
        else
            w->year_ends[w->n_year_ends++] = end;
    }
    if (w->n_year_ends > 0)
        qsort(w->year_ends, w->n_year_ends, sizeof *w->year_ends, compare_periods);
    vci_workspace_texts_free(n, texts);
}

static void read_calendar(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    static const char *const periods[] = {"month", "quarter", "year"};
    static const vc_frequency frequencies[] = {VC_MONTHLY, VC_QUARTERLY, VC_YEARLY};
    size_t word = 0;
    int64_t month = 12;
    vci_yaml_choice(reader, root, "period", 3, periods, &word);
    w->frequency = frequencies[word];
    read_year_ends(reader, root, w);
    vci_yaml_integer(reader, root, "year_end_month", 1, 12, &month);
    int months = 12 / (int)w->frequency;
    if (month % months != 0) {
        vci_yaml_fault(reader, vci_yaml_get(root, "year_end_month"), "S01", NULL,
                       VCI_TEXT_WORKSPACE_YEAR_END, (int)month, periods[word]);
        return;
    }
    w->year_end_in_year = (int)month / months - 1;
}

/* A number that stands in a list. */
static bool item_number(vci_yaml_reader *reader, const vci_yaml *item, double low,
                        double high, double *number) {
    bool good = item->kind == VCI_SCALAR && !item->quoted &&
                vci_number_parse(item->text, strlen(item->text), number) &&
                *number >= low && *number <= high;
    if (!good)
        quoted_fault(reader, item, VCI_TEXT_WORKSPACE_SHARE, "reporting_completeness");
    return good;
}

static void read_completeness(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    vci_yaml *value = vci_yaml_get(root, "reporting_completeness");
    if (!value) return;
    bool single =
        value->kind == VCI_SEQUENCE && value->n == 2 && value->items[0].kind == VCI_SCALAR;
    const vci_yaml *pairs = single ? value : value->items;
    size_t n = single ? 1 : value->n;
    if (value->kind != VCI_SEQUENCE || n < 1 || n > MOST_COMPLETENESS) {
        quoted_fault(reader, value, VCI_TEXT_WORKSPACE_COMPLETENESS,
                     "reporting_completeness");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const vci_yaml *pair = &pairs[i];
        if (pair->kind != VCI_SEQUENCE || pair->n != 2) {
            quoted_fault(reader, pair, VCI_TEXT_WORKSPACE_COMPLETENESS,
                         "reporting_completeness");
            continue;
        }
        if (item_number(reader, &pair->items[0], 0.01, 1, &w->completeness_mean[i]) &&
            item_number(reader, &pair->items[1], 0, 1, &w->completeness_sd[i]))
            w->n_completeness = i + 1;
    }
}

/* Does a path lead out of the folder that it is relative to? */
static bool leaves_folder(const char *path) {
    const char *part = path;
    if (*path == '/') return true;
    while (*part) {
        size_t n = strcspn(part, "/");
        if (n == 2 && part[0] == '.' && part[1] == '.') return true;
        part += n + (part[n] == '/');
    }
    return false;
}

/* Specifications are files of models/: those of the workspace, else those installed. */
static void read_models(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    const char *known[VC_ROLES];
    vci_yaml *models = vci_yaml_mapping(reader, root, "models");
    if (!models) return;
    for (int role = 0; role < VC_ROLES; role++) {
        known[role] = vc_role_name((vc_role)role);
        if (vci_workspace_text(reader, models, known[role], &w->models[role]) &&
            leaves_folder(w->models[role]))
            vci_yaml_fault(reader, vci_yaml_get(models, known[role]), "S11", NULL,
                           VCI_TEXT_WORKSPACE_MODEL_OUTSIDE, known[role],
                           vci_quote(w->models[role], strlen(w->models[role])).text);
    }
    vci_yaml_unknown(reader, models, VC_ROLES, known);
}

static void read_units_from(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    static const char *const known[] = {"from_columns", "names"};
    vci_yaml *units = vci_yaml_mapping(reader, root, "units");
    if (!units) return;
    vc_units_from_columns *from = &w->units_from;
    size_t n_names = 0;
    bool has_codes =
        vci_workspace_texts(reader, units, "from_columns", false, &from->n, &from->codes);
    bool has_names =
        vci_workspace_texts(reader, units, "names", false, &n_names, &from->names);
    if (!has_codes)
        vci_yaml_fault(reader, units, "S01", NULL, VCI_TEXT_WORKSPACE_ABSENT,
                       "units: from_columns");
    else if (from->n > MOST_LEVELS)
        vci_yaml_fault(reader, units, "S01", NULL, VCI_TEXT_WORKSPACE_LEVELS, MOST_LEVELS);
    if (has_names && n_names != from->n) {
        if (has_codes)
            vci_yaml_fault(reader, vci_yaml_get(units, "names"), "S01", NULL,
                           VCI_TEXT_WORKSPACE_NAMES, from->n, n_names);
        vci_workspace_texts_free(n_names, from->names);
        from->names = NULL;
    }
    vci_yaml_unknown(reader, units, sizeof known / sizeof *known, known);
}

/* False for settings of a newer program: nothing else in them can be judged. */
static bool read_version(vci_yaml_reader *reader, vci_yaml *root) {
    int64_t version = VERSION;
    vci_yaml_integer(reader, root, "version", 1, LAST_VERSION, &version);
    if (version <= VERSION) return true;
    vci_yaml_fault(reader, vci_yaml_get(root, "version"), "S12", NULL,
                   VCI_TEXT_WORKSPACE_VERSION, (int)version, VERSION);
    return false;
}

static void read_schema(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    static const char *const known[] = {"name",           "synthetic",
                                        "source",         "language",
                                        "period",         "models",
                                        "year_ends",      "basis",
                                        "year_end_month", "average_population",
                                        "units",          "tables",
                                        "dating",         "reporting_completeness",
                                        "min_cell",       "warnings",
                                        "grade",          "scoring",
                                        "total_points",   "commendation",
                                        "indicators",     "sources",
                                        "version"};
    int64_t min_cell = 10;
    if (!read_version(reader, root)) return;
    if (!vci_yaml_get(root, "name"))
        vci_yaml_fault(
            reader, root, "S01",
            vci_text_get(VCI_TEXT_WORKSPACE_NAME_REMEDY, reader->findings->language),
            VCI_TEXT_WORKSPACE_ABSENT, "name");
    vci_workspace_text(reader, root, "name", &w->name);
    vci_workspace_text(reader, root, "source", &w->source);
    vci_yaml_flag(reader, root, "synthetic", &w->synthetic);
    read_words(reader, root, w);
    read_calendar(reader, root, w);
    read_completeness(reader, root, w);
    vci_yaml_integer(reader, root, "min_cell", 1, 1000, &min_cell);
    w->min_cell = (double)min_cell;
    vci_workspace_grade_read(reader, root, w);
    read_models(reader, root, w);
    read_units_from(reader, root, w);
    vci_workspace_indicators_read(reader, root, w);
    vci_workspace_sources_read(reader, root, w);
    vci_workspace_scoring_read(reader, root, w);
    vci_workspace_tables_read(reader, root, w);
    vci_workspace_warnings_read(reader, root, w);
    vci_workspace_commendations_read(reader, root, w);
    vci_yaml_unknown(reader, root, sizeof known / sizeof *known, known);
}

static vc_status set_defaults(const char *dir, vc_workspace *w) {
    vc_status st = VC_OK;
    memset(w, 0, sizeof *w);
    w->frequency = VC_MONTHLY;
    w->year_end_in_year = 11;
    w->min_cell = 10;
    w->grade = vc_grade_rules_default();
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/') n--;
    w->dir = vci_text_copy(dir, n);
    if (!w->dir) VC_FAIL(VC_NO_MEMORY, "%s", dir);
    VC_TRY(vci_workspace_tables_default(w));
out:
    return st;
}

static vc_status tell_missing(const char *dir, const char *path, vc_findings *findings) {
    vci_remedy remedy = vci_remedy_make(findings, VCI_TEXT_WORKSPACE_INIT, dir);
    return vci_finding_add(findings, VC_FAULT, "F02", (vci_place){path, 0, 0}, remedy.text,
                           VCI_TEXT_WORKSPACE_MISSING);
}

/* The text of the file; NULL after a fault. */
static vc_status read_settings(const char *path, vc_findings *findings, vc_workspace *w) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    size_t n = 0;
    VC_TRY(vci_file_read(path, MAX_BYTES, findings, &bytes, &n));
    if (bytes) VC_TRY(vci_decode(path, bytes, n, NULL, findings, &w->text, &w->text_size));
out:
    vci_free(bytes);
    return st;
}

static void read_root(vci_yaml_reader *reader, vci_yaml *root, vc_workspace *w) {
    if (root->kind == VCI_MAPPING) {
        read_schema(reader, root, w);
    } else {
        vci_yaml at = *root;
        if (at.line == 0) at.line = at.column = 1;
        vci_yaml_fault(
            reader, &at, "S01",
            vci_text_get(VCI_TEXT_WORKSPACE_NAME_REMEDY, reader->findings->language),
            VCI_TEXT_WORKSPACE_NO_SETTINGS);
    }
}

vc_status vc_workspace_read(const char *dir, vc_findings *findings,
                            vc_workspace *workspace) {
    vc_status st = VC_OK;
    char *path = NULL;
    vci_yaml root = {0};
    size_t faults = findings->n_faults;
    VC_TRY(set_defaults(dir, workspace));
    path = vci_text_format("%s/workspace.yaml", workspace->dir);
    if (!path) VC_FAIL(VC_NO_MEMORY, "%s", dir);
    if (access(path, F_OK) == 0)
        VC_TRY(read_settings(path, findings, workspace));
    else
        VC_TRY(tell_missing(dir, path, findings));
    if (workspace->text) {
        VC_TRY(
            vci_yaml_parse(path, workspace->text, workspace->text_size, findings, &root));
        vci_yaml_reader reader = {.file = path, .findings = findings, .st = VC_OK};
        if (findings->n_faults == faults) read_root(&reader, &root, workspace);
        VC_TRY(reader.st);
    }
    if (findings->n_faults > 0) VC_FAIL(VC_BAD_INPUT, "%s", path);
out:
    vci_yaml_free(&root);
    vci_free(path);
    return st;
}

void vc_workspace_free(vc_workspace *workspace) {
    vc_units_from_columns *from = &workspace->units_from;
    vci_workspace_tables_free(workspace);
    vci_workspace_scoring_free(workspace);
    vci_indicators_free(workspace->n_indicators, workspace->indicators);
    for (size_t i = 0; i < workspace->n_sources; i++) vci_free(workspace->sources[i].name);
    vci_free(workspace->sources);
    vci_workspace_commendations_free(workspace);
    vci_workspace_texts_free(from->n, from->codes);
    vci_workspace_texts_free(from->n, from->names);
    for (int role = 0; role < VC_ROLES; role++) vci_free(workspace->models[role]);
    vci_free(workspace->dir);
    vci_free(workspace->name);
    vci_free(workspace->source);
    vci_free(workspace->year_ends);
    vci_free(workspace->basis);
    vci_free(workspace->text);
    memset(workspace, 0, sizeof *workspace);
}
