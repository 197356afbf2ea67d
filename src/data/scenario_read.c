/* A scenario file against the data of a run: every fault in one pass. */
#include <math.h>
#include <string.h>

#include "core/encoding_internal.h"
#include "core/file_internal.h"
#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "data/remedy_internal.h"
#include "data/scenario_internal.h"
#include "data/standard_internal.h"
#include "data/workspace_internal.h"

#define MOST_BYTES ((size_t)2 << 20) /* yaml.c refuses more than 1 MB of text */

typedef struct reading {
    vci_yaml_reader *yaml;
    const vc_panel *panel;
    vc_period as_of, horizon;
    vc_scenario *scenario;
} reading;

static vci_quoted quote(const char *text) { return vci_quote(text, strlen(text)); }

static const char *say(const reading *r, vci_text text) {
    return vci_text_get(text, r->yaml->findings->language);
}

/* A word that was meant instead: the remedy, or NULL. */
static const char *use_nearest(const reading *r, const char *text, size_t n,
                               const char *const *words, vci_remedy *remedy) {
    const char *near = vci_nearest(text, strlen(text), words, n);
    if (!near) return NULL;
    *remedy = vci_remedy_make(r->yaml->findings, VCI_TEXT_TARGET_USE, quote(near).text);
    return remedy->text;
}

static void forget_memory(const reading *r) {
    r->yaml->st = vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "%s", r->yaml->file);
}

static void tell_unknown_unit(const reading *r, const vci_yaml *at, const char *code) {
    const vc_unit_tree *tree = &r->panel->tree;
    vci_remedy remedy;
    const char **codes = vci_alloc(tree->n, sizeof *codes), *known = NULL;
    if (!codes) {
        forget_memory(r);
        return;
    }
    for (size_t u = 0; u < tree->n; u++) {
        codes[u] = tree->units[u].code;
        if (strcmp(tree->units[u].name, code) == 0) known = codes[u];
    }
    const char *remedy_text = known ? use_nearest(r, known, 1, &known, &remedy)
                                    : use_nearest(r, code, tree->n, codes, &remedy);
    vci_yaml_fault(r->yaml, at, "S14", remedy_text, VCI_TEXT_SCENARIO_NO_UNIT,
                   quote(code).text);
    vci_free(codes);
}

/* Absent: the top unit. */
static void read_unit(const reading *r, vci_yaml *item, vc_effect *effect) {
    const char *code = NULL;
    effect->unit = r->panel->tree.root;
    if (!vci_yaml_text(r->yaml, item, "unit", &code)) return;
    effect->unit = vc_unit_find(&r->panel->tree, code);
    if (effect->unit == VC_NO_UNIT) tell_unknown_unit(r, vci_yaml_get(item, "unit"), code);
}

static void tell_unknown_indicator(const reading *r, const vci_yaml *at, const char *name) {
    const vc_panel *panel = r->panel;
    size_t n = 0;
    vci_remedy remedy;
    const char **names =
        vci_alloc(VCI_STANDARDS + panel->n_indicators + panel->n_progress + panel->n_values,
                  sizeof *names);
    if (!names) {
        forget_memory(r);
        return;
    }
    for (size_t i = 0; i < VCI_STANDARDS; i++)
        if (vci_indicator_available(panel, vci_standards[i].name))
            names[n++] = vci_standards[i].name;
    for (size_t i = 0; i < panel->n_indicators; i++)
        if (vci_indicator_available(panel, panel->indicators[i].name))
            names[n++] = panel->indicators[i].name;
    for (size_t i = 0; i < panel->n_progress; i++)
        names[n++] = panel->progress[i].indicator;
    for (size_t i = 0; i < panel->n_values; i++) names[n++] = panel->values[i].indicator;
    vci_yaml_fault(r->yaml, at, "S14", use_nearest(r, name, n, names, &remedy),
                   VCI_TEXT_SCENARIO_NO_INDICATOR, quote(name).text);
    vci_free(names);
}

static void read_indicator(const reading *r, vci_yaml *item, vc_effect *effect) {
    const char *name = NULL;
    if (!vci_yaml_text(r->yaml, item, "indicator", &name)) {
        if (!vci_yaml_get(item, "indicator"))
            vci_yaml_fault(r->yaml, item, "S14", NULL, VCI_TEXT_SCENARIO_ABSENT,
                           "indicator");
        return;
    }
    const char *known = vci_effect_indicator(r->panel, name);
    const vci_yaml *at = vci_yaml_get(item, "indicator");
    if (!known) {
        tell_unknown_indicator(r, at, name);
    } else if (vci_effect_find(r->panel, known).formed) {
        vci_yaml_fault(r->yaml, at, "S14", say(r, VCI_TEXT_SCENARIO_FORMED_REMEDY),
                       VCI_TEXT_SCENARIO_FORMED, quote(name).text);
    } else {
        effect->indicator = vci_text_copy(known, strlen(known));
        if (!effect->indicator) forget_memory(r);
    }
}

/* A period that lies after the data and not after the last year end. */
static vc_period read_period(const reading *r, vci_yaml *item, const char *key) {
    const char *text = NULL;
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT];
    vc_frequency frequency = r->panel->frequency;
    vc_period period = VC_NO_PERIOD;
    const vci_yaml *at = vci_yaml_get(item, key);
    if (!at) vci_yaml_fault(r->yaml, item, "S14", NULL, VCI_TEXT_SCENARIO_ABSENT, key);
    if (!vci_yaml_text(r->yaml, item, key, &text)) return VC_NO_PERIOD;
    if (!vc_period_parse(text, frequency, &period)) {
        vci_yaml_fault(r->yaml, at, "S01", NULL, VCI_TEXT_WORKSPACE_PERIOD, key,
                       vci_period_example(frequency), quote(text).text);
        return VC_NO_PERIOD;
    }
    if (period > r->as_of && period <= r->horizon) return period;
    vc_period_format(r->as_of + 1, frequency, first);
    vc_period_format(r->horizon, frequency, last);
    vci_yaml_fault(r->yaml, at, "S14", NULL, VCI_TEXT_SCENARIO_OUTSIDE, key, text, first,
                   last);
    return VC_NO_PERIOD;
}

static void read_periods(const reading *r, vci_yaml *item, vc_effect *effect) {
    effect->first = read_period(r, item, "from");
    effect->last = read_period(r, item, "to");
    if (effect->first != VC_NO_PERIOD && effect->last != VC_NO_PERIOD &&
        effect->first > effect->last)
        vci_yaml_fault(r->yaml, vci_yaml_get(item, "to"), "S14", NULL,
                       VCI_TEXT_SCENARIO_BACKWARDS);
}

/* `times` or `add`, one of them. */
static void read_amount(const reading *r, vci_yaml *item, vc_effect *effect) {
    static const char *const keys[] = {"times", "add"};
    vci_yaml *times = vci_yaml_get(item, keys[0]), *add = vci_yaml_get(item, keys[1]);
    if (!times == !add) {
        vci_yaml_fault(r->yaml, times ? times : item, "S14",
                       say(r, VCI_TEXT_SCENARIO_SIZE_REMEDY),
                       times ? VCI_TEXT_SCENARIO_TWO_SIZES : VCI_TEXT_SCENARIO_NO_SIZE);
        return;
    }
    effect->kind = times ? VC_EFFECT_TIMES : VC_EFFECT_ADD;
    if (!vci_yaml_number(r->yaml, item, keys[effect->kind], -INFINITY, INFINITY,
                         &effect->amount) ||
        !effect->indicator)
        return;
    vci_effect_target target = vci_effect_find(r->panel, effect->indicator);
    if (vci_effect_amount_sound(target, effect->kind, effect->amount)) return;
    bool counted = add && !vci_effect_amount_sound(target, VC_EFFECT_ADD, 0);
    vci_yaml_fault(r->yaml, times ? times : add, "S14", NULL,
                   counted ? VCI_TEXT_SCENARIO_TIMES_ONLY
                   : times ? VCI_TEXT_SCENARIO_TIMES_RANGE
                           : VCI_TEXT_SCENARIO_ADD_RANGE,
                   effect->indicator);
}

/* The boundary, and whether there is anything to change. */
static void check_unit(const reading *r, vci_yaml *item, const vc_effect *effect) {
    if (!effect->indicator || effect->unit == VC_NO_UNIT) return;
    const vci_yaml *at = vci_yaml_get(item, "unit");
    const char *name = r->panel->tree.units[effect->unit].name;
    if (!vci_scenario_permits(r->panel, effect->indicator, effect->unit))
        vci_yaml_fault(r->yaml, at, "S14", say(r, VCI_TEXT_SCENARIO_BOUNDARY_REMEDY),
                       VCI_TEXT_SCENARIO_BOUNDARY, effect->indicator, quote(name).text);
    else if (!vci_effect_reported(r->panel, vci_effect_find(r->panel, effect->indicator),
                                  effect->unit))
        vci_yaml_fault(r->yaml, at ? at : item, "S14", NULL, VCI_TEXT_SCENARIO_SILENT,
                       quote(name).text, effect->indicator);
}

static bool is_whole(const vc_effect *e) {
    return e->indicator && e->unit != VC_NO_UNIT && e->first != VC_NO_PERIOD &&
           e->last != VC_NO_PERIOD;
}

/* list[i] is where effect i stands; both places are named. */
static void check_overlap(const reading *r, const vci_yaml *list, size_t last) {
    const vc_effect *effects = r->scenario->effects;
    for (size_t i = 0; i < last; i++)
        if (is_whole(&effects[i]) && is_whole(&effects[last]) &&
            vci_effects_overlap(r->panel, &effects[i], &effects[last]))
            vci_yaml_fault(r->yaml, &list[last], "S14", NULL, VCI_TEXT_SCENARIO_OVERLAP,
                           effects[last].indicator, list[i].line, list[i].column);
}

static void read_effect(const reading *r, vci_yaml *item, vc_effect *effect) {
    static const char *const known[] = {"indicator", "unit", "from", "to", "times", "add"};
    effect->first = effect->last = VC_NO_PERIOD;
    effect->unit = VC_NO_UNIT;
    if (item->kind != VCI_MAPPING) {
        vci_yaml_fault(r->yaml, item, "S01", NULL, VCI_TEXT_SCENARIO_LIST);
        return;
    }
    read_indicator(r, item, effect);
    read_unit(r, item, effect);
    read_periods(r, item, effect);
    read_amount(r, item, effect);
    check_unit(r, item, effect);
    vci_yaml_unknown(r->yaml, item, sizeof known / sizeof *known, known);
}

static void read_effects(const reading *r, vci_yaml *root) {
    vci_yaml *list = vci_yaml_get(root, "effects");
    if (!list || list->kind != VCI_SEQUENCE || list->n == 0) {
        vci_yaml_fault(r->yaml, list ? list : root, "S01", NULL, VCI_TEXT_SCENARIO_LIST);
        return;
    }
    r->scenario->effects = vci_alloc(list->n, sizeof *r->scenario->effects);
    if (!r->scenario->effects) {
        forget_memory(r);
        return;
    }
    for (; r->scenario->n < list->n; r->scenario->n++) {
        size_t i = r->scenario->n;
        read_effect(r, &list->items[i], &r->scenario->effects[i]);
        check_overlap(r, list->items, i);
    }
}

static void read_root(const reading *r, vci_yaml *root) {
    static const char *const known[] = {"name", "description", "effects"};
    if (root->kind != VCI_MAPPING) {
        vci_yaml at = *root;
        if (at.line == 0) at.line = at.column = 1;
        vci_yaml_fault(r->yaml, &at, "S01", NULL, VCI_TEXT_SCENARIO_LIST);
        return;
    }
    if (!vci_yaml_get(root, "name"))
        vci_yaml_fault(r->yaml, root, "S14", NULL, VCI_TEXT_SCENARIO_ABSENT, "name");
    vci_workspace_text(r->yaml, root, "name", &r->scenario->name);
    vci_workspace_text(r->yaml, root, "description", &r->scenario->description);
    read_effects(r, root);
    vci_yaml_unknown(r->yaml, root, sizeof known / sizeof *known, known);
}

vc_status vc_scenario_read(const char *file, const vc_panel *panel, vc_period as_of,
                           vc_period horizon, vc_findings *findings,
                           vc_scenario *scenario) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    size_t n = 0, n_text = 0, faults = findings->n_faults;
    vci_yaml root = {0};
    vci_yaml_reader yaml = {.file = file, .findings = findings, .st = VC_OK};
    reading r = {&yaml, panel, as_of, horizon, scenario};
    *scenario = (vc_scenario){0};
    VC_TRY(vci_file_read(file, MOST_BYTES, findings, &bytes, &n));
    if (bytes) VC_TRY(vci_decode(file, bytes, n, NULL, findings, &scenario->text, &n_text));
    if (scenario->text)
        VC_TRY(vci_yaml_parse(file, scenario->text, n_text, findings, &root));
    if (findings->n_faults == faults) read_root(&r, &root);
    VC_TRY(yaml.st);
    if (findings->n_faults > faults) VC_FAIL(VC_BAD_INPUT, "%s", file);
out:
    vci_yaml_free(&root);
    vci_free(bytes);
    return st;
}
