/* A goal of services and records in words and as JSON. */
#include <math.h>

#include "chart/indicator_text_internal.h"
#include "cli/say_internal.h"
#include "cli/scenario_words_internal.h"
#include "cli/sheet_section_internal.h"
#include "cli/what_if_sheet_internal.h"
#include "core/memory_internal.h"
#include "data/scenario_internal.h"

static void say_records(const vc_run *run, vc_language language, const vc_goal *goal,
                        FILE *out) {
    bool quota = vci_effect_find(&run->panel, goal->effect.indicator).role == VC_ROLE_QUOTA;
    if (isnan(goal->records)) return;
    vci_say_line(out, language, quota ? VCI_TEXT_GOAL_RECORDS_EACH : VCI_TEXT_GOAL_RECORDS,
                 vci_figure_format_signed(goal->records, 0).text);
}

static const vc_target *target_of(const vc_run *run, const vc_goal *goal) {
    return &run->targets.list[run->results[goal->result].target];
}

static const vc_unit *unit_of(const vc_run *run, const vc_goal *goal) {
    return &run->panel.tree.units[run->results[goal->result].unit];
}

vc_status vci_goal_print(const vc_run *run, vc_language language, const vc_goal *goal,
                         FILE *out) {
    vc_status st = VC_OK;
    const vc_target *target = target_of(run, goal);
    char *words = NULL, *name = vci_indicator_text(run, target->indicator, language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, language, VCI_TEXT_GOAL_AS_EXPECTED, target->id,
                 unit_of(run, goal)->name, name,
                 vci_figure_format_probability(goal->p_expected).text,
                 vci_figure_format_probability(goal->probability).text);
    if (goal->state == VC_GOAL_FOUND) {
        words = vci_effect_words(run, &goal->effect, language);
        if (!words) VC_FAIL(VC_NO_MEMORY, "text");
        vci_say_line(out, language, VCI_TEXT_GOAL_FOUND,
                     vci_figure_format_probability(goal->p_met).text, words);
        say_records(run, language, goal, out);
    } else {
        vci_say_line(out, language,
                     goal->state == VC_GOAL_ALREADY ? VCI_TEXT_GOAL_ALREADY
                                                    : VCI_TEXT_GOAL_LOST);
    }
    vci_say_line(out, language, VCI_TEXT_SCENARIO_NOTE);
    if (run->settings.synthetic) vci_say_line(out, language, VCI_TEXT_CLI_NOTE_SYNTHETIC);
    vci_say_line(out, language, VCI_TEXT_CLI_NOTE_BOUNDARY);
out:
    vci_free(name);
    vci_free(words);
    return st;
}

vc_status vci_goal_json(const vc_run *run, vc_language language, const vc_goal *goal,
                        vci_json *json) {
    vc_status st = VC_OK;
    const vc_target *target = target_of(run, goal);
    char first[VC_PERIOD_TEXT], last[VC_PERIOD_TEXT], *words = NULL;
    vc_period_format(goal->effect.first, run->panel.frequency, first);
    vc_period_format(goal->effect.last, run->panel.frequency, last);
    if (goal->state == VC_GOAL_FOUND) {
        words = vci_effect_words(run, &goal->effect, language);
        if (!words) VC_FAIL(VC_NO_MEMORY, "text");
    }
    vci_json_object(json, NULL, true);
    vci_json_text(json, "run", run->id);
    vci_json_text(json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, language));
    vci_json_text(json, "note", vci_text_get(VCI_TEXT_SCENARIO_NOTE, language));
    vci_json_object(json, "goal", true);
    vci_json_text(json, "target_id", target->id);
    vci_json_text(json, "unit", unit_of(run, goal)->code);
    vci_json_text(json, "name", unit_of(run, goal)->name);
    vci_json_text(json, "indicator", target->indicator);
    vci_json_number(json, "probability", goal->probability);
    vci_json_number(json, "p_met_base", goal->p_expected);
    vci_json_text(json, "state", vc_goal_state_name(goal->state));
    vci_json_number(json, "add", goal->effect.amount);
    vci_json_text(json, "from", first);
    vci_json_text(json, "to", last);
    vci_json_number(json, "p_met", goal->p_met);
    vci_json_number(json, "records", goal->records);
    vci_json_text(json, "words", words);
    vci_json_close(json);
    vci_json_close(json);
out:
    vci_free(words);
    return st;
}
