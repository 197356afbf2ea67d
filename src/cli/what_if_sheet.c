#include "cli/what_if_sheet_internal.h"

#include <math.h>

#include "cli/say_internal.h"
#include "cli/scenario_words_internal.h"
#include "cli/sheet_section_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"
#include "core/status_internal.h"
#include "vitalcast/boundary.h"

/* Vital events: of the top unit, and where the record can decide (boundary 2). */
static vc_status find_told(vci_what_if *both) {
    vc_status st = VC_OK;
    const vc_run *run = both->other.run;
    bool *decidable = NULL;
    VC_NEW(decidable, run->n_results);
    VC_NEW(both->told, run->n_results);
    for (size_t r = 0; r < run->n_results; r++)
        decidable[r] = both->base.grades[r].level == VC_GRADE_DECIDABLE;
    for (size_t r = 0; r < run->n_results; r++)
        both->told[r] =
            vc_scenario_concerns(run, r) && vc_boundary_decidable(run, decidable, r);
out:
    vci_free(decidable);
    return st;
}

/* Only rows that are told; those of lower units that the table leaves out are counted. */
static void keep_told(const bool *told, vci_sheet *sheet) {
    size_t n = 0, all = 0;
    for (size_t r = 0; r < sheet->run->n_results; r++) all += told[r];
    for (size_t i = 0; i < sheet->n_rows; i++)
        if (told[sheet->rows[i]]) sheet->rows[n++] = sheet->rows[i];
    sheet->n_rows = n;
    sheet->n_hidden = all - n;
}

vc_status vci_what_if_init(const vc_run *base, const vc_run *other, vc_language language,
                           bool all, vci_what_if *both) {
    vc_status st = VC_OK;
    *both = (vci_what_if){0};
    if (base->n_results != other->n_results)
        VC_FAIL(VC_BUG, "%zu results of %zu", other->n_results, base->n_results);
    VC_TRY(vci_sheet_init(base, language, all, &both->base));
    VC_TRY(vci_sheet_init(other, language, all, &both->other));
    VC_TRY(find_told(both));
    keep_told(both->told, &both->other);
out:
    return st;
}

void vci_what_if_free(vci_what_if *both) {
    vci_sheet_free(&both->base);
    vci_sheet_free(&both->other);
    vci_free(both->told);
}

/* --- table ---------------------------------------------------------------------------- */

/* A figure is left out where it would be left out of either run. */
static vci_cell_state state_of(const vci_what_if *both, size_t r) {
    vci_cell_state base = (vci_cell_state)both->base.cells.state[r][VCI_CELL_YEAR_END];
    vci_cell_state other = (vci_cell_state)both->other.cells.state[r][VCI_CELL_YEAR_END];
    return base == VCI_SHOWN ? other : base;
}

static const vc_result *base_of(const vci_what_if *both, size_t r) {
    return &both->base.run->results[r];
}

static const vc_result *other_of(const vci_what_if *both, size_t r) {
    return &both->other.run->results[r];
}

static vc_status add_row(const vci_what_if *both, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vci_sheet *sheet = &both->other;
    vci_cell_state state = state_of(both, r);
    double base = base_of(both, r)->quantile[VC_MEDIAN];
    double other = other_of(both, r)->quantile[VC_MEDIAN];
    double p = 100 * (other_of(both, r)->p_met - base_of(both, r)->p_met);
    VC_TRY(vci_grid_add(grid, vci_section_unit(sheet, r)));
    VC_TRY(vci_section_add_indicator(sheet, r, grid));
    VC_TRY(vci_section_add_target(sheet, r, grid));
    VC_TRY(vci_grid_add(grid, vci_sheet_figure(sheet, r, state, base, false).text));
    VC_TRY(vci_grid_add(grid, vci_sheet_figure(sheet, r, state, other, false).text));
    VC_TRY(vci_grid_add(grid, vci_sheet_figure(sheet, r, state, other - base, true).text));
    VC_TRY(vci_grid_add(grid, vci_sheet_p_met(&both->base, r).text));
    VC_TRY(vci_grid_add(grid, vci_sheet_p_met(sheet, r).text));
    VC_TRY(vci_grid_add(grid, vci_figure_format_signed(p, 1).text));
out:
    return st;
}

/* Rows begin .. end - 1 are those of one term. */
static vc_status print_table(const vci_what_if *both, size_t begin, size_t end, FILE *out) {
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,       VCI_TEXT_CLI_COLUMN_INDICATOR,
        VCI_TEXT_CLI_COLUMN_TARGET,     VCI_TEXT_SCENARIO_COLUMN_BASE_MEDIAN,
        VCI_TEXT_SCENARIO_COLUMN_SO,    VCI_TEXT_SCENARIO_COLUMN_CHANGE,
        VCI_TEXT_CLI_COLUMN_P_MET,      VCI_TEXT_SCENARIO_COLUMN_SO,
        VCI_TEXT_SCENARIO_COLUMN_CHANGE};
    vc_status st = VC_OK;
    const vci_sheet *sheet = &both->other;
    vci_grid grid = {.n_columns = sizeof columns / sizeof *columns, .right = ~3u};
    char *term = NULL;
    VC_TRY(vci_section_add_words(sheet, &grid, grid.n_columns, columns));
    for (size_t i = begin; i < end; i++) VC_TRY(add_row(both, sheet->rows[i], &grid));
    term = vci_term_text(sheet->run, vci_section_target(sheet, sheet->rows[begin]),
                         sheet->language);
    if (!term) VC_FAIL(VC_NO_MEMORY, "text");
    vci_say_line(out, sheet->language, VCI_TEXT_SCENARIO_TABLE, term);
    vci_grid_print(&grid, out);
    fputc('\n', out);
out:
    vci_free(term);
    vci_grid_free(&grid);
    return st;
}

vc_status vci_what_if_print(const vci_what_if *both, FILE *out) {
    vc_status st = VC_OK;
    const vci_sheet *sheet = &both->other;
    VC_TRY(vci_scenario_print(sheet->run, sheet->language, out));
    if (sheet->n_rows == 0) vci_say_line(out, sheet->language, VCI_TEXT_SCENARIO_NOTHING);
    for (size_t begin = 0, end; begin < sheet->n_rows; begin = end) {
        const vc_target *first = vci_section_target(sheet, sheet->rows[begin]);
        for (end = begin; end < sheet->n_rows; end++)
            if (!vc_target_same_term(vci_section_target(sheet, sheet->rows[end]), first))
                break;
        VC_TRY(print_table(both, begin, end, out));
    }
    VC_TRY(vci_sheet_print_notes(sheet, out));
out:
    return st;
}

/* --- JSON ----------------------------------------------------------------------------- */

static void result_object(const vci_what_if *both, size_t r, vci_json *json) {
    const vci_sheet *sheet = &both->other;
    const vc_target *target = vci_section_target(sheet, r);
    const vc_result *base = base_of(both, r), *other = other_of(both, r);
    const vc_unit *unit = &sheet->run->panel.tree.units[other->unit];
    bool shown = state_of(both, r) == VCI_SHOWN;
    char year_end[VC_PERIOD_TEXT];
    double base_median = shown ? base->quantile[VC_MEDIAN] : (double)NAN;
    double median = shown ? other->quantile[VC_MEDIAN] : (double)NAN;
    vc_period_format(target->year_end, sheet->run->panel.frequency, year_end);
    vci_json_object(json, NULL, false);
    vci_json_text(json, "target_id", target->id);
    vci_json_text(json, "unit", unit->code);
    vci_json_text(json, "name", unit->name);
    vci_json_text(json, "year_end", year_end);
    vci_json_text(json, "indicator", target->indicator);
    vci_json_number(json, "median_base", base_median);
    vci_json_number(json, "median", median);
    vci_json_number(json, "median_difference", median - base_median);
    vci_json_number(json, "p_met_base", base->p_met);
    vci_json_number(json, "p_met", other->p_met);
    vci_json_number(json, "p_met_difference", other->p_met - base->p_met);
    if (!shown) vci_json_flag(json, "suppressed", true);
    vci_json_close(json);
}

void vci_what_if_json(const vci_what_if *both, vci_json *json) {
    const vc_run *run = both->other.run;
    vc_language language = both->other.language;
    char as_of[VC_PERIOD_TEXT];
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    vci_json_object(json, NULL, true);
    vci_json_text(json, "run", *run->id ? run->id : NULL);
    vci_json_text(json, "file", run->file);
    vci_json_text(json, "as_of", as_of);
    vci_json_whole(json, "seed", run->seed);
    vci_json_whole(json, "draws", run->n_draws);
    vci_json_text(json, "workspace", run->settings.name);
    vci_json_flag(json, "synthetic", run->settings.synthetic);
    vci_json_text(json, "notice", vci_text_get(VCI_TEXT_CLI_NOTE_BOUNDARY, language));
    vci_scenario_json(run, language, json);
    vci_json_array(json, "results", true);
    for (size_t r = 0; r < run->n_results; r++)
        if (both->told[r]) result_object(both, r, json);
    vci_json_close(json);
    vci_json_close(json);
}
