#include <math.h>

#include "cli/changes_internal.h"
#include "cli/completeness_internal.h"
#include "cli/figure_internal.h"
#include "cli/quality_print_internal.h"
#include "cli/scenario_words_internal.h"
#include "cli/sheet_internal.h"
#include "cli/sheet_points_internal.h"
#include "cli/sheet_ranks_internal.h"
#include "cli/term_internal.h"
#include "core/status_internal.h"
#include "core/text_internal.h"
#include "vitalcast/precedent.h"
#include "vitalcast/verdict.h"

static const char *direction_name(vc_direction direction) {
    static const char *const names[] = {"at_most", "at_least", "between"};
    return names[direction];
}

/* What a bound is made of. */
static const char *const value_names[] = {"fixed", "previous_year", "class_mean"};

static void period_member(vci_json *json, const char *key, const vc_run *run,
                          vc_period period) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(period, run->panel.frequency, text);
    vci_json_text(json, key, text);
}

/* Figures of a small cell are null; the probability stays. */
static void figure(vci_json *json, const char *key, vci_cell_state state, double number) {
    vci_json_number(json, key, state == VCI_SHOWN ? number : nan(""));
}

/* NULL when there is no probability. */
static const char *verdict_name(const vc_result *result) {
    vc_verdict verdict = vc_verdict_of(result->p_met, result->settled);
    return verdict == VC_VERDICT_NONE ? NULL : vc_verdict_name(verdict);
}

static void result_figures(const vci_sheet *sheet, size_t r, vci_json *json) {
    static const char *const quantile_names[VC_QUANTILES] = {"q025", "q10", "q25", "median",
                                                             "q75",  "q90", "q975"};
    const vc_result *result = &sheet->run->results[r];
    const vci_small_cells *cells = &sheet->cells;
    const unsigned char *state = cells->state[r];
    vci_cell_state current = (vci_cell_state)state[VCI_CELL_CURRENT];
    vci_cell_state to_date = (vci_cell_state)state[VCI_CELL_TO_DATE];
    vci_cell_state last_year = (vci_cell_state)state[VCI_CELL_LAST_YEAR];
    vci_cell_state bound = (vci_cell_state)state[VCI_CELL_BOUND];
    vci_cell_state year_end = (vci_cell_state)state[VCI_CELL_YEAR_END];
    figure(json, "target", bound, result->bound);
    figure(json, "target_high", bound, result->bound_high);
    figure(json, "current", current, result->current);
    figure(json, "to_date", to_date, result->to_date);
    figure(json, "annual_basis", to_date, result->annual_basis);
    figure(json, "same_period_last_year", last_year, result->same_period_last_year);
    figure(json, "change",
           vci_small_cells_both(cells, r, VCI_CELL_TO_DATE, VCI_CELL_LAST_YEAR),
           result->change);
    vci_json_number(json, "pace", result->pace);
    figure(json, "gap", vci_small_cells_both(cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND),
           result->gap);
    vci_json_number(json, "p_met", result->p_met);
    vci_json_number(json, "monte_carlo_se", result->monte_carlo_se);
    vci_json_text(json, "verdict", verdict_name(result));
    figure(json, "p_undefined", to_date, result->p_undefined); /* > 0: no denominator yet */
    figure(json, "median", year_end, result->quantile[VC_MEDIAN]);
    for (int q = 0; q < VC_QUANTILES; q++)
        if (q != VC_MEDIAN) figure(json, quantile_names[q], year_end, result->quantile[q]);
}

/* What is judged: the kind of period, its first and its last; digits of the comparison. */
static void window_members(vci_json *json, const vc_run *run, const vc_target *target) {
    vc_year window = vc_target_window(target, run->panel.frequency);
    vci_json_text(json, "period", vci_term_name(run, target));
    period_member(json, "first", run, window.first);
    period_member(json, "end", run, window.end);
    vci_json_number(json, "decimals",
                    target->decimals < 0 ? nan("") : (double)target->decimals);
    vci_json_text(json, "value", value_names[target->value.kind]);
}

static void result_object(const vci_sheet *sheet, size_t r, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_result *result = &run->results[r];
    const vc_target *target = &run->targets.list[result->target];
    const vc_unit *unit = &run->panel.tree.units[result->unit];
    vci_json_object(json, NULL, false);
    vci_json_text(json, "target_id", target->id);
    vci_json_text(json, "unit", unit->code);
    vci_json_text(json, "name", unit->name);
    vci_json_whole(json, "level", unit->level);
    period_member(json, "year_end", run, target->year_end);
    window_members(json, run, target);
    vci_json_text(json, "indicator", target->indicator);
    vci_json_text(json, "department", vc_run_department(run, target->indicator));
    vci_json_text(json, "direction", direction_name(target->direction));
    result_figures(sheet, r, json);
    vci_json_flag(json, "validated", result->validated);
    vci_json_text(json, "method", vc_method_name(result->method));
    vci_json_whole(json, "history", result->history);
    vci_json_flag(json, "final", result->settled);
    if (sheet->warnings.of) vci_sheet_warning_json(sheet, r, json);
    vci_sheet_grade_json(sheet, r, json);
    if (vci_small_cells_any(&sheet->cells, r)) vci_json_flag(json, "suppressed", true);
    vci_json_close(json);
}

static void model_objects(const vc_run *run, vci_json *json) {
    vci_json_array(json, "models", true);
    for (size_t i = 0; i < run->n_fits; i++) {
        const vc_fit *fit = &run->fits[i];
        vci_json_object(json, NULL, false);
        vci_json_text(json, "role", fit->role);
        if (fit->unit != VC_NO_UNIT) {
            vci_json_text(json, "unit", run->panel.tree.units[fit->unit].code);
        }
        const char *series = vc_run_fit_series(run, fit);
        if (series) vci_json_text(json, "indicator", series);
        vci_json_text(json, "name", fit->model.name);
        vci_json_flag(json, "validated", fit->model.validated);
        vci_json_flag(json, "converged", fit->converged);
        vci_json_close(json);
    }
    vci_json_close(json);
}

static bool told(const vci_sheet *sheet, vc_event event, size_t year_end) {
    const vc_run *run = sheet->run;
    return vc_suppression_shows(&sheet->cells.suppression, vc_event_name(event),
                                run->panel.tree.root, VC_SPAN_TO_DATE,
                                vc_year_ending(run->year_ends[year_end],
                                               run->panel.frequency)) == VC_MARK_SHOWN;
}

/* Top unit, births and deaths: this year's change beside earlier ones. */
static void precedents(const vci_sheet *sheet, vci_json *json) {
    static const vc_event events[] = {VC_BIRTHS, VC_DEATHS};
    const vc_run *run = sheet->run;
    vci_json_array(json, "precedents", true);
    for (size_t y = 0; y < run->n_year_ends; y++)
        for (size_t e = 0; e < 2; e++) {
            vc_precedent p;
            if (!vc_run_precedent(run, events[e], run->panel.tree.root, run->year_ends[y],
                                  &p) ||
                p.fewest < run->settings.min_cell || !told(sheet, events[e], y))
                continue;
            vci_json_object(json, NULL, false);
            period_member(json, "year_end", run, run->year_ends[y]);
            vci_json_text(json, "event", vc_event_name(events[e]));
            vci_json_number(json, "change", p.change);
            vci_json_whole(json, "years", p.n);
            vci_json_number(json, "least", p.least);
            vci_json_number(json, "most", p.most);
            vci_json_number(json, "p_value", p.p);
            vci_json_flag(json, "unlike_the_past", p.unlike);
            vci_json_close(json);
        }
    vci_json_close(json);
}

vc_status vci_sheet_json(const vci_sheet *sheet, vci_json *json) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    vci_looks looks = {0};
    vci_json_object(json, NULL, true);
    VC_TRY(vci_looks_of_run(&sheet->cells.suppression, &looks));
    vci_json_text(json, "run", run->id);
    vci_json_text(json, "file", run->file);
    period_member(json, "as_of", run, run->as_of);
    if (run->settings.basis) vci_json_text(json, "basis", run->settings.basis);
    vci_json_array(json, "year_ends", false);
    for (size_t i = 0; i < run->n_year_ends; i++)
        period_member(json, NULL, run, run->year_ends[i]);
    vci_json_close(json);
    vci_json_whole(json, "seed", run->seed);
    vci_json_whole(json, "draws", run->n_draws);
    vci_json_text(json, "workspace", run->settings.name);
    vci_json_flag(json, "synthetic", run->settings.synthetic);
    vci_completeness_json(json, run);
    vci_json_text(json, "notice",
                  vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, sheet->language));
    if (run->scenario.n > 0) vci_scenario_json(run, sheet->language, json);
    model_objects(run, json);
    vci_json_array(json, "warnings", true);
    for (size_t i = 0; i < run->n_warnings; i++)
        vci_json_text(json, NULL, run->warnings[i].text);
    vci_json_close(json);
    vci_quality_json(json, &run->panel, &looks);
    precedents(sheet, json);
    vci_json_array(json, "results", true);
    for (size_t r = 0; r < run->n_results; r++) result_object(sheet, r, json);
    vci_json_close(json);
    vci_sheet_lists_json(sheet, json);
    vci_sheet_points_json(sheet, json);
    vci_sheet_ranks_json(sheet, json);
    vci_sheet_changes_json(sheet, json);
    VC_TRY(vci_sheet_track_json(sheet, json));
out:
    vci_looks_free(&looks);
    vci_json_close(json);
    return st;
}
