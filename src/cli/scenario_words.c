#include "cli/scenario_words_internal.h"

#include <math.h>

#include "chart/indicator_text_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "core/memory_internal.h"
#include "data/scenario_internal.h"

/* Whose level it is: everybody's, a unit's with those under it, or a leaf's. */
static char *whose(const vc_run *run, const vc_effect *e, vc_language language) {
    const vc_unit_tree *tree = &run->panel.tree;
    const vc_unit *unit = &tree->units[e->unit];

    vci_effect_target target = vci_effect_find(&run->panel, e->indicator);
    bool service = target.series != SIZE_MAX && target.role != VC_ROLE_VALUE;
    if (!service && tree->n > 1) return vci_text_say(language, VCI_TEXT_SCENARIO_ALL_UNITS);
    if (!unit->leaf)
        return vci_text_say(language, VCI_TEXT_SCENARIO_WITH_UNITS_UNDER, unit->name);
    return vci_text_copy(unit->name, strlen(unit->name));
}

/* The unit of an amount: percent of a factor, points of a share, nothing else. */
static const char *measure(vci_effect_target target, const vc_effect *e,
                           vc_language language) {
    bool points = target.role == VC_ROLE_COMPLIANCE ||
                  (target.series != SIZE_MAX && target.role != VC_ROLE_VALUE);
    if (e->kind == VC_EFFECT_TIMES)
        return vci_text_get(VCI_TEXT_SCENARIO_PERCENT, language);
    return points ? vci_text_get(VCI_TEXT_SCENARIO_POINTS, language) : "";
}

static vci_text frame_of(vci_effect_target target, const vc_effect *e, double amount) {
    bool quota = target.role == VC_ROLE_QUOTA, more = amount > 0;
    if (amount == 0) return VCI_TEXT_SCENARIO_SAME;
    if (!quota) return more ? VCI_TEXT_SCENARIO_HIGHER : VCI_TEXT_SCENARIO_LOWER;
    if (e->kind == VC_EFFECT_TIMES)
        return more ? VCI_TEXT_SCENARIO_FLOW_MORE : VCI_TEXT_SCENARIO_FLOW_LESS;
    return more ? VCI_TEXT_SCENARIO_MORE_DONE : VCI_TEXT_SCENARIO_LESS_DONE;
}

char *vci_effect_words(const vc_run *run, const vc_effect *e, vc_language language) {
    char size[32], first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT], *words = NULL;
    vci_effect_target target = vci_effect_find(&run->panel, e->indicator);
    double amount = e->kind == VC_EFFECT_TIMES ? 100 * (e->amount - 1) : e->amount;
    char *name = vci_indicator_text(run, e->indicator, language);
    char *unit = whose(run, e, language);
    vci_text frame = frame_of(target, e, amount);
    snprintf(size, sizeof size, "%.6g", fabs(amount));
    vc_period_format(e->first, run->panel.frequency, first);
    vc_period_format(e->last, run->panel.frequency, last);
    if (name && unit)
        words = frame == VCI_TEXT_SCENARIO_SAME
                    ? vci_text_say(language, frame, name, unit, first, last)
                    : vci_text_say(language, frame, name, unit, size,
                                   measure(target, e, language), first, last);
    vci_free(name);
    vci_free(unit);
    return words;
}

vc_status vci_scenario_print(const vc_run *run, vc_language language, FILE *out) {
    vc_status st = VC_OK;
    const vc_scenario *s = &run->scenario;
    vci_say_line(out, language, VCI_TEXT_SCENARIO_HEADING, s->name);
    if (s->description) {
        vci_say_plain(out, s->description);
        fputc('\n', out);
    }
    for (size_t i = 0; i < s->n; i++) {
        char *words = vci_effect_words(run, &s->effects[i], language);
        if (!words) VC_FAIL(VC_NO_MEMORY, "text");
        fputs("  ", out);
        vci_say_plain(out, words);
        fputc('\n', out);
        vci_free(words);
    }
    vci_say_line(out, language, VCI_TEXT_SCENARIO_BASE, s->base);
    vci_say_line(out, language, VCI_TEXT_SCENARIO_NOTE);
    fputc('\n', out);
out:
    return st;
}

static void period_member(vci_json *json, const char *key, const vc_run *run,
                          vc_period period) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(period, run->panel.frequency, text);
    vci_json_text(json, key, text);
}

void vci_scenario_json(const vc_run *run, vc_language language, vci_json *json) {
    const vc_scenario *s = &run->scenario;
    vci_json_object(json, "scenario", true);
    vci_json_text(json, "name", s->name);
    vci_json_text(json, "description", s->description);
    vci_json_text(json, "base", s->base);
    vci_json_text(json, "note", vci_text_get(VCI_TEXT_SCENARIO_NOTE, language));
    vci_json_array(json, "effects", true);
    for (size_t i = 0; i < s->n; i++) {
        const vc_effect *e = &s->effects[i];
        char *words = vci_effect_words(run, e, language);
        vci_json_object(json, NULL, false);
        vci_json_text(json, "indicator", e->indicator);
        vci_json_text(json, "unit", run->panel.tree.units[e->unit].code);
        period_member(json, "from", run, e->first);
        period_member(json, "to", run, e->last);
        vci_json_number(json, e->kind == VC_EFFECT_TIMES ? "times" : "add", e->amount);
        vci_json_text(json, "words", words);
        vci_json_close(json);
        vci_free(words);
    }
    vci_json_close(json);
    vci_json_close(json);
}
