/*
 * `indicators:` of workspace.yaml: indicators that are formed from events, and what is said
 * about those that are there anyway. What it takes the tables to judge is judged in
 * panel_indicators.c.
 */
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/panel_internal.h"
#include "data/remedy_internal.h"
#include "data/standard_internal.h"
#include "data/workspace_internal.h"

#define MOST_TIMES 1000000
#define LEAST_CAP 0.01
#define MOST_CAP 10000
#define LEAST_MARGIN 0.1
#define MOST_MARGIN 50
#define USUAL_MARGIN 5

/* Kinds as they are written: those with a formula first, in the order of the public kinds.
 */
enum { COUNT, RATE, RATIO, SHARE, FORMULAS, QUOTA = FORMULAS, STOCK, SURVEY, VALUE, KINDS };
static const char *const KIND_WORDS[KINDS] = {"count", "rate",  "ratio",  "share",
                                              "quota", "stock", "survey", "value"};

/* The keys that an entry of a kind may have. */
static const struct {
    size_t n;
    const char *const keys[8];
} KEYS[KINDS + 1] = {
    [COUNT] = {6, {"kind", "events", "less", "department", "label", "margin"}},
    [RATE] = {7, {"kind", "events", "less", "times", "department", "label", "margin"}},
    [RATIO] = {7, {"kind", "events", "to", "times", "department", "label", "margin"}},
    [SHARE] = {6, {"kind", "events", "of", "department", "label", "margin"}},
    [QUOTA] = {4, {"kind", "cap", "department", "label"}},
    [STOCK] = {4, {"kind", "cap", "department", "label"}},
    [SURVEY] = {3, {"kind", "department", "label"}},
    [VALUE] = {3, {"kind", "department", "label"}},
    [KINDS] = {4, {"kind", "cap", "department", "label"}},
};

static vci_quoted quote(const char *text) { return vci_quote(text, strlen(text)); }

static const char *remedy(const vci_yaml_reader *reader, vci_text text) {
    return vci_text_get(text, reader->findings->language);
}

/* --- formulas ------------------------------------------------------------------------ */

/* An event by its column's name, in either language; VC_EVENTS if there is none. */
static vc_event find_event(const char *name) {
    for (int e = 0; e < VC_EVENTS; e++)
        for (int l = 0; l < VC_LANGUAGES; l++)
            if (strcmp(name,
                       vci_column_word(vci_event_column((vc_event)e), (vc_language)l)) == 0)
                return (vc_event)e;
    return VC_EVENTS;
}

static void unknown_event(vci_yaml_reader *reader, const vci_yaml *at, const char *name) {
    const char *known[VC_EVENTS];
    char list[256] = "", *end = list;
    vc_language language = reader->findings->language;
    for (int e = 0; e < VC_EVENTS; e++) {
        known[e] = vci_column_word(vci_event_column((vc_event)e), language);
        end = stpcpy(stpcpy(end, e > 0 ? vci_list_separator(language) : ""), known[e]);
    }
    const char *near = vci_nearest(name, strlen(name), known, VC_EVENTS);
    vci_remedy shown =
        near ? vci_remedy_make(reader->findings, VCI_TEXT_INDICATOR_EVENT_NEAR, near, list)
             : vci_remedy_make(reader->findings, VCI_TEXT_INDICATOR_EVENTS, list);
    vci_yaml_fault(reader, at, "S01", shown.text, VCI_TEXT_INDICATOR_NO_EVENT, at->key,
                   quote(name).text);
}

/* An event of a formula; false after a fault, or when it is needed and not there. */
static bool read_event(vci_yaml_reader *reader, vci_yaml *at, const char *key, bool needed,
                       vc_event *event) {
    const char *text = NULL;
    bool present = vci_yaml_get(at, key) != NULL;
    *event = VC_EVENTS;
    if (!present && needed)
        vci_yaml_fault(reader, at, "S01", NULL, VCI_TEXT_INDICATOR_LACKS,
                       quote(at->key).text, key);
    if (!present || !vci_yaml_text(reader, at, key, &text)) return !present && !needed;
    *event = find_event(text);
    if (*event == VC_EVENTS) unknown_event(reader, vci_yaml_get(at, key), text);
    return *event != VC_EVENTS;
}

/* A whole that is one, and no event against itself. */
static bool check_formula(vci_yaml_reader *reader, vci_yaml *at, const vc_formula *f) {
    vc_event other = f->over != VC_EVENTS ? f->over : f->minus;
    const vci_yaml *place = vci_yaml_get(at, f->kind == VC_INDICATOR_SHARE   ? "of"
                                             : f->kind == VC_INDICATOR_RATIO ? "to"
                                                                             : "less");
    if (f->kind == VC_INDICATOR_SHARE && !vci_event_within(f->plus, f->over)) {
        vci_yaml_fault(reader, place, "S01",
                       remedy(reader, VCI_TEXT_INDICATOR_NO_PART_REMEDY),
                       VCI_TEXT_INDICATOR_NO_PART, quote(at->key).text,
                       vc_event_name(f->plus), vc_event_name(f->over));
        return false;
    }
    if (other != f->plus) return true;
    vci_yaml_fault(reader, place, "S01", NULL, VCI_TEXT_INDICATOR_SAME, quote(at->key).text,
                   vc_event_name(f->plus));
    return false;
}

static bool read_formula(vci_yaml_reader *reader, vci_yaml *at, size_t kind,
                         vc_formula *f) {
    static const int64_t usual[FORMULAS] = {
        [COUNT] = 1, [RATE] = 1000, [RATIO] = 100, [SHARE] = 100};
    *f =
        (vc_formula){(vc_indicator_kind)kind, VC_EVENTS, VC_EVENTS, VC_EVENTS, usual[kind]};
    size_t before = reader->findings->n_faults;
    bool good = read_event(reader, at, "events", true, &f->plus);
    if (kind == COUNT || kind == RATE)
        good = read_event(reader, at, "less", false, &f->minus) && good;
    if (kind == RATIO) good = read_event(reader, at, "to", true, &f->over) && good;
    if (kind == SHARE) good = read_event(reader, at, "of", true, &f->over) && good;
    if (kind == RATE || kind == RATIO)
        vci_yaml_integer(reader, at, "times", 1, MOST_TIMES, &f->scale);
    return good && check_formula(reader, at, f) && reader->findings->n_faults == before;
}

/* A name that stands for an event, or is a standard indicator's, means that and no more. */
static bool check_name(vci_yaml_reader *reader, const vci_yaml *at, const vc_formula *f) {
    const vci_standard *standard = vci_standard_find(at->key);
    vc_event event = find_event(at->key);
    bool own = event != VC_EVENTS && f->kind == VC_INDICATOR_COUNT && f->plus == event &&
               f->minus == VC_EVENTS;
    if (!standard && (event == VC_EVENTS || own)) return true;
    vci_yaml key = {.line = at->key_line, .column = at->key_column};
    vci_yaml_fault(reader, &key, "V02",
                   remedy(reader, standard ? VCI_TEXT_INDICATOR_STANDARD_REMEDY
                                           : VCI_TEXT_INDICATOR_OTHER_NAME),
                   standard ? VCI_TEXT_INDICATOR_STANDARD : VCI_TEXT_INDICATOR_EVENT_NAME,
                   quote(at->key).text);
    return false;
}

/* --- entries ------------------------------------------------------------------------- */

/* `label: text`, or one for each language; a language without takes the other's. */
static vc_status read_label(vci_yaml_reader *reader, vci_yaml *at, vc_indicator *i) {
    vc_status st = VC_OK;
    static const char *const languages[] = {"en", "zh"};
    vci_yaml *label = vci_yaml_get(at, "label");
    if (!label) goto out;
    if (label->kind == VCI_MAPPING) {
        for (int l = 0; l < VC_LANGUAGES; l++)
            vci_workspace_text(reader, label, languages[l], &i->label[l]);
        vci_yaml_unknown(reader, label, VC_LANGUAGES, languages);
    } else {
        vci_workspace_text(reader, at, "label", &i->label[VC_ENGLISH]);
    }
    if (!i->label[VC_ENGLISH]) VC_COPY_TEXT(i->label[VC_ENGLISH], i->label[VC_CHINESE]);
    if (!i->label[VC_CHINESE]) VC_COPY_TEXT(i->label[VC_CHINESE], i->label[VC_ENGLISH]);
out:
    return st;
}

static vc_status read_entry(vci_yaml_reader *reader, vci_yaml *at, vc_indicator *i) {
    vc_status st = VC_OK;
    size_t kind = KINDS;
    if (at->kind != VCI_MAPPING) {
        vci_yaml_fault(reader, at, "S01", remedy(reader, VCI_TEXT_INDICATOR_ENTRY_REMEDY),
                       VCI_TEXT_YAML_MAPPING, at->key);
        goto out;
    }
    if (vci_yaml_get(at, "kind") &&
        !vci_yaml_choice(reader, at, "kind", KINDS, KIND_WORDS, &kind))
        goto out;
    if (kind < FORMULAS) {
        i->declared = VC_DECLARED_FORMULA;
        if (read_formula(reader, at, kind, &i->formula))
            check_name(reader, at, &i->formula);
        i->margin = USUAL_MARGIN;
        vci_yaml_number(reader, at, "margin", LEAST_MARGIN, MOST_MARGIN, &i->margin);
    } else if (kind < KINDS) {
        i->declared = (vc_declared)(VC_DECLARED_QUOTA + (kind - QUOTA));
    }
    if (kind == QUOTA || kind == STOCK || kind == KINDS)
        vci_yaml_number(reader, at, "cap", LEAST_CAP, MOST_CAP, &i->cap);
    vci_workspace_text(reader, at, "department", &i->department);
    VC_TRY(read_label(reader, at, i));
    vci_yaml_unknown(reader, at, KEYS[kind].n, KEYS[kind].keys);
out:
    return st;
}

static vc_status read_entries(vci_yaml_reader *reader, vci_yaml *list, vc_workspace *w) {
    vc_status st = VC_OK;
    VC_NEW(w->indicators, list->n);
    for (size_t k = 0; k < list->n; k++) {
        vci_yaml *at = &list->items[k];
        vc_indicator *i = &w->indicators[w->n_indicators];
        i->line = at->key_line;
        i->column = at->key_column;
        VC_COPY_TEXT(i->name, at->key);
        w->n_indicators++;
        at->used = true;
        VC_TRY(read_entry(reader, at, i));
    }
out:
    return st;
}

void vci_workspace_indicators_read(vci_yaml_reader *reader, vci_yaml *root,
                                   vc_workspace *w) {
    vci_yaml *list = vci_yaml_mapping(reader, root, "indicators");
    vc_status st = list ? read_entries(reader, list, w) : VC_OK;
    if (reader->st == VC_OK) reader->st = st;
}

void vci_indicators_free(size_t n, vc_indicator *indicators) {
    for (size_t i = 0; indicators && i < n; i++) {
        vci_free(indicators[i].name);
        vci_free(indicators[i].department);
        for (int l = 0; l < VC_LANGUAGES; l++) vci_free(indicators[i].label[l]);
    }
    vci_free(indicators);
}
