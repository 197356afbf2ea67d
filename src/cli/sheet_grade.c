/* What the record of each vital-event cell can say, as a table, as JSON and as colours. */
#include <math.h>
#include <string.h>

#include "chart/wording_internal.h"
#include "cli/figure_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/table_print_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"

/* P(met) from and up to which a cell that may be coloured is. */
#define GOOD_FROM 0.8
#define BAD_UP_TO 0.2

static const vc_target *target_of(const vc_run *run, size_t result) {
    return &run->targets.list[run->results[result].target];
}

/*
 * Errors, sizes and p values could be worked back to the counts: they are those of the
 * year to date and of its end.
 */
static bool size_hidden(const vci_sheet *sheet, size_t r) {
    return vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_YEAR_END) !=
           VCI_SHOWN;
}

static bool pooled_hidden(const vci_sheet *sheet, size_t r) {
    return sheet->cells.state[r][VCI_CELL_YEARS] != VCI_SHOWN;
}

/* --- colours ------------------------------------------------------------------------- */

vci_shade vci_sheet_shade_p(const vci_sheet *sheet, size_t r) {
    double p = sheet->run->results[r].p_met;
    if (!vc_grade_coloured(&sheet->grades[r])) return VCI_PLAIN;
    return p >= GOOD_FROM ? VCI_GOOD : p <= BAD_UP_TO ? VCI_BAD : VCI_PLAIN;
}

vci_shade vci_sheet_shade_gap(const vci_sheet *sheet, size_t r) {
    double gap = sheet->run->results[r].gap;
    if (isnan(gap) || !vc_grade_coloured(&sheet->grades[r]) ||
        vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND) !=
            VCI_SHOWN)
        return VCI_PLAIN;
    return gap > 0 ? VCI_BAD : VCI_GOOD;
}

/* --- JSON ---------------------------------------------------------------------------- */

static void figure(vci_json *json, const char *key, bool hidden, double number) {
    vci_json_number(json, key, hidden ? nan("") : number);
}

static void pooled_member(vci_json *json, const char *key, bool hidden, vc_pooled pooled) {
    vci_json_object(json, key, false);
    figure(json, "figure", hidden, pooled.figure);
    figure(json, "n", hidden, pooled.n);
    vci_json_close(json);
}

void vci_sheet_grade_json(const vci_sheet *sheet, size_t r, vci_json *json) {
    const vc_grade *g = &sheet->grades[r];
    bool hidden = size_hidden(sheet, r), pooled = pooled_hidden(sheet, r);
    if (g->level == VC_GRADE_NONE) return;
    vci_json_object(json, "grade", false);
    vci_json_text(json, "level", vc_grade_level_name(g->level));
    figure(json, "normal", hidden, g->normal);
    figure(json, "off", hidden, g->off);
    figure(json, "n", hidden, g->n);
    figure(json, "alpha", hidden, g->alpha);
    figure(json, "beta", hidden, g->beta);
    figure(json, "needed", hidden, g->needed);
    figure(json, "years", hidden, g->years);
    figure(json, "p_value", hidden, g->p_value);
    figure(json, "p_beyond", hidden, g->p_beyond);
    vci_json_flag(json, "beyond_chance", g->beyond_chance);
    vci_json_flag(json, "coloured", vc_grade_coloured(g));
    pooled_member(json, "pooled_3", pooled, g->pooled[0]);
    pooled_member(json, "pooled_5", pooled, g->pooled[1]);
    vci_json_close(json);
}

/* --- the table ----------------------------------------------------------------------- */

static vci_text level_text(vc_grade_level level) {
    return level == VC_GRADE_DECIDABLE ? VCI_TEXT_GRADE_DECIDABLE
           : level == VC_GRADE_WEAK    ? VCI_TEXT_GRADE_WEAK
                                       : VCI_TEXT_GRADE_NOT_DECIDABLE;
}

static vc_status add(vci_grid *grid, bool hidden, vci_figure shown) {
    return vci_grid_add(grid, hidden ? "*" : shown.text);
}

/* A p value has two digits that count. */
static vci_figure p_value_text(double p) {
    vci_figure text = vci_figure_format(p, 3);
    if (p < 0.001) snprintf(text.text, sizeof text.text, "< 0.001");
    return text;
}

static vc_status add_grade(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_target *target = target_of(run, r);
    const vc_grade *g = &sheet->grades[r];
    bool hidden = size_hidden(sheet, r), pooled = pooled_hidden(sheet, r);
    int digits = vci_indicator_digits(run, target);
    vc_language language = sheet->language;
    char *name = vci_target_text(run, target, language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, run->panel.tree.units[run->results[r].unit].name));
    VC_TRY(vci_grid_add(grid, name));
    VC_TRY(add(grid, hidden, vci_figure_format(g->n, 0)));
    VC_TRY(vci_grid_add(grid, vci_text_get(level_text(g->level), language)));
    VC_TRY(add(grid, hidden, vci_figure_format_percent(100 * g->alpha, 0)));
    VC_TRY(add(grid, hidden, vci_figure_format_percent(100 * g->beta, 0)));
    VC_TRY(add(grid, hidden, vci_figure_format(g->needed, 0)));
    VC_TRY(add(grid, hidden, vci_figure_format(g->years, 0)));
    for (int i = 0; i < 2; i++)
        VC_TRY(add(grid, pooled, vci_figure_format(g->pooled[i].figure, digits)));
    VC_TRY(add(grid, hidden, p_value_text(g->p_value)));
    VC_TRY(vci_grid_add(
        grid, g->beyond_chance ? vci_text_get(VCI_TEXT_GRADE_BEYOND, language) : ""));
    if (g->beyond_chance && sheet->colour) vci_grid_shade(grid, VCI_BAD);
out:
    vci_free(name);
    return st;
}

static vc_status print_heading(const vci_sheet *sheet, const vc_target *target, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    vc_frequency frequency = run->panel.frequency;
    vc_year year = vc_year_ending(target->year_end, frequency);
    char first[VC_PERIOD_TEXT], end[VC_PERIOD_TEXT], as_of[VC_PERIOD_TEXT];
    char *term = vci_term_text(run, target, sheet->language);
    if (!term) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(year.first, frequency, first);
    vc_period_format(year.end, frequency, end);
    vc_period_format(run->as_of, frequency, as_of);
    if (target->length > 0)
        vci_say_line(out, sheet->language, VCI_TEXT_GRADE_HEADING_TERM, term, as_of);
    else
        vci_say_line(out, sheet->language, VCI_TEXT_GRADE_HEADING, first, end, as_of);
out:
    vci_free(term);
    return st;
}

static vc_status add_columns(const vci_sheet *sheet, bool year, vci_grid *grid) {
    vc_status st = VC_OK;
    const vci_text columns[] = {VCI_TEXT_CLI_COLUMN_UNIT,
                                VCI_TEXT_CLI_COLUMN_INDICATOR,
                                year ? VCI_TEXT_GRADE_COLUMN_N
                                     : VCI_TEXT_GRADE_COLUMN_N_TERM,
                                VCI_TEXT_GRADE_COLUMN_LEVEL,
                                VCI_TEXT_GRADE_COLUMN_ALPHA,
                                VCI_TEXT_GRADE_COLUMN_BETA,
                                VCI_TEXT_GRADE_COLUMN_NEEDED,
                                VCI_TEXT_GRADE_COLUMN_YEARS,
                                VCI_TEXT_GRADE_COLUMN_POOLED_3,
                                VCI_TEXT_GRADE_COLUMN_POOLED_5,
                                VCI_TEXT_GRADE_COLUMN_P,
                                VCI_TEXT_GRADE_COLUMN_RECORD};
    for (size_t i = 0; i < grid->n_columns; i++)
        VC_TRY(vci_grid_add(grid, vci_text_get(columns[i], sheet->language)));
out:
    return st;
}

/* Rows begin .. end - 1 as far as they have a grade; a blank line parts the indicators. */
static vc_status fill(const vci_sheet *sheet, size_t begin, size_t end, vci_grid *grid) {
    vc_status st = VC_OK;
    const char *indicator = NULL;
    VC_TRY(
        add_columns(sheet, target_of(sheet->run, sheet->rows[begin])->length == 0, grid));
    for (size_t i = begin; i < end; i++) {
        size_t r = sheet->rows[i];
        const char *next = target_of(sheet->run, r)->indicator;
        if (sheet->grades[r].level == VC_GRADE_NONE) continue;
        if (indicator && strcmp(indicator, next) != 0)
            for (size_t c = 0; c < grid->n_columns; c++) VC_TRY(vci_grid_add(grid, ""));
        indicator = next;
        VC_TRY(add_grade(sheet, r, grid));
    }
out:
    return st;
}

vc_status vci_sheet_print_grades(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    /* names, grade and the record are flush left */
    vci_grid grid = {.n_columns = 12, .right = ~(3u | 1u << 3 | 1u << 11)};
    bool any = false;
    for (size_t begin = 0, end; begin < sheet->n_rows; begin = end) {
        const vc_target *first = target_of(run, sheet->rows[begin]);
        for (end = begin; end < sheet->n_rows; end++)
            if (!vc_target_same_term(target_of(run, sheet->rows[end]), first)) break;
        VC_TRY(fill(sheet, begin, end, &grid));
        if (grid.n > grid.n_columns) {
            VC_TRY(print_heading(sheet, first, out));
            vci_grid_print(&grid, out);
            fputc('\n', out);
            any = true;
        }
        vci_grid_free(&grid);
    }
    if (any) vci_say_line(out, sheet->language, VCI_TEXT_GRADE_NOTE);
out:
    vci_grid_free(&grid);
    return st;
}
