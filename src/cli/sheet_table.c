#include <math.h>
#include <string.h>

#include "chart/wording_internal.h"
#include "cli/figure_internal.h"
#include "cli/input_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/table_print_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"

typedef struct span_text {
    char first[VC_PERIOD_TEXT], end[VC_PERIOD_TEXT], as_of[VC_PERIOD_TEXT];
} span_text;

static span_text year_text(const vc_run *run, vc_period year_end) {
    span_text text = {0};
    vc_frequency frequency = run->panel.frequency;
    vc_year year = vc_year_ending(year_end, frequency);
    vc_period_format(year.first, frequency, text.first);
    vc_period_format(year.end, frequency, text.end);
    vc_period_format(run->as_of, frequency, text.as_of);
    return text;
}

static const vc_target *target_of(const vc_run *run, size_t result) {
    return &run->targets.list[run->results[result].target];
}

/* --- cells --------------------------------------------------------------------------- */

/*
 * A figure, or the mark of a small cell: "<10" where the figure is itself a count of
 * events, "*" where it is not or is withheld for another reason. The mark stands for what
 * is no number as well: a ratio's dash would tell a zero.
 */
static vci_figure cell_text(const vci_sheet *sheet, size_t result, vci_cell_state state,
                            double number, bool is_signed) {
    const vc_run *run = sheet->run;
    const vc_target *target = target_of(run, result);
    int digits = vci_indicator_digits(run, target);
    bool count = vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_COUNT;
    vci_figure figure;
    if (state == VCI_SHOWN)
        return is_signed ? vci_figure_format_signed(number, digits)
                         : vci_figure_format(number, digits);
    if (state == VCI_TOO_SMALL && count && !is_signed)
        snprintf(figure.text, sizeof figure.text, "<%.0f", run->settings.min_cell);
    else
        strcpy(figure.text, "*");
    return figure;
}

/* Counts change by percent, everything else by points. */
static vci_figure change_text(const vci_sheet *sheet, size_t r, vci_cell_state state) {
    const vc_target *target = target_of(sheet->run, r);
    double change = sheet->run->results[r].change;
    vci_figure figure = cell_text(sheet, r, state, change, true);
    if (state != VCI_SHOWN || isnan(change) ||
        vc_run_indicator_kind(sheet->run, target->indicator) != VC_INDICATOR_COUNT)
        return figure;
    figure = vci_figure_format_signed(change, 1);
    strcat(figure.text, "%");
    return figure;
}

static vci_figure p_text(const vci_sheet *sheet, size_t r) {
    const vc_result *result = &sheet->run->results[r];
    vci_figure figure = vci_figure_format_probability(result->p_met);
    if (result->settled &&
        (result->p_met >= 1 || result->p_met <= 0)) /* nothing is left to chance */
        snprintf(figure.text, sizeof figure.text, "%s",
                 vci_text_get(result->p_met >= 1 ? VCI_TEXT_CLI_MET : VCI_TEXT_CLI_NOT_MET,
                              sheet->language));
    return figure;
}

vci_figure vci_sheet_figure(const vci_sheet *sheet, size_t result, vci_cell_state state,
                            double number, bool is_signed) {
    return cell_text(sheet, result, state, number, is_signed);
}

vci_figure vci_sheet_p_met(const vci_sheet *sheet, size_t result) {
    return p_text(sheet, result);
}

static vc_status add_names(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    char *indicator = vci_target_text(run, target_of(run, r), sheet->language);
    if (!indicator) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, run->panel.tree.units[run->results[r].unit].name));
    VC_TRY(vci_grid_add(grid, indicator));
out:
    vci_free(indicator);
    return st;
}

static vc_status add_figure(vci_grid *grid, vci_figure figure) {
    return vci_grid_add(grid, figure.text);
}

static vc_status add_row(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_result *result = &run->results[r];
    const unsigned char *state = sheet->cells.state[r];
    vci_cell_state current = (vci_cell_state)state[VCI_CELL_CURRENT];
    vci_cell_state to_date = (vci_cell_state)state[VCI_CELL_TO_DATE];
    vci_cell_state last_year = (vci_cell_state)state[VCI_CELL_LAST_YEAR];
    vci_cell_state bound = (vci_cell_state)state[VCI_CELL_BOUND];
    vci_cell_state change =
        vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_LAST_YEAR);
    vci_cell_state gap =
        vci_small_cells_both(&sheet->cells, r, VCI_CELL_TO_DATE, VCI_CELL_BOUND);
    VC_TRY(add_names(sheet, r, grid));
    VC_TRY(add_figure(grid, cell_text(sheet, r, current, result->current, false)));
    VC_TRY(add_figure(grid, cell_text(sheet, r, to_date, result->to_date, false)));
    VC_TRY(add_figure(
        grid, cell_text(sheet, r, last_year, result->same_period_last_year, false)));
    VC_TRY(add_figure(grid, change_text(sheet, r, change)));
    VC_TRY(add_figure(grid, bound == VCI_SHOWN
                                ? vci_figure_format_target(run, result)
                                : cell_text(sheet, r, bound, result->bound, false)));
    VC_TRY(add_figure(grid, vci_figure_format_percent(result->pace, 1)));
    VC_TRY(add_figure(grid, cell_text(sheet, r, gap, result->gap, true)));
    if (sheet->colour) vci_grid_shade(grid, vci_sheet_shade_gap(sheet, r));
    VC_TRY(add_figure(grid, p_text(sheet, r)));
    if (sheet->colour) vci_grid_shade(grid, vci_sheet_shade_p(sheet, r));
out:
    return st;
}

/* "98 to 113", an interval between two quantiles. */
static vc_status add_interval(const vci_sheet *sheet, size_t r, int low, int high,
                              vci_grid *grid) {
    vc_status st = VC_OK;
    const double *quantile = sheet->run->results[r].quantile;
    vci_cell_state state = (vci_cell_state)sheet->cells.state[r][VCI_CELL_YEAR_END];
    vci_figure from = cell_text(sheet, r, state, quantile[low], false);
    vci_figure to = cell_text(sheet, r, state, quantile[high], false);
    char *text = NULL;
    if (state != VCI_SHOWN || isnan(quantile[low])) return add_figure(grid, from);
    text = vci_text_say(sheet->language, VCI_TEXT_CLI_RANGE, from.text, to.text);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, text));
out:
    vci_free(text);
    return st;
}

static vc_status add_forecast_row(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_result *result = &run->results[r];
    const unsigned char *state = sheet->cells.state[r];
    VC_TRY(add_names(sheet, r, grid));
    VC_TRY(add_figure(grid, state[VCI_CELL_BOUND] == VCI_SHOWN
                                ? vci_figure_format_target(run, result)
                                : cell_text(sheet, r, VCI_WITHHELD, result->bound, false)));
    VC_TRY(add_figure(grid, cell_text(sheet, r, (vci_cell_state)state[VCI_CELL_YEAR_END],
                                      result->quantile[VC_MEDIAN], false)));
    VC_TRY(add_interval(sheet, r, VC_Q25, VC_Q75, grid));
    VC_TRY(add_interval(sheet, r, VC_Q10, VC_Q90, grid));
    VC_TRY(add_interval(sheet, r, VC_Q025, VC_Q975, grid));
    VC_TRY(add_figure(grid, p_text(sheet, r)));
    VC_TRY(vci_grid_add(grid, vci_verdict_text(sheet, r)));
out:
    return st;
}

/* --- tables -------------------------------------------------------------------------- */

/* A kind of table: its columns, which are flush right, how a row is filled. */
typedef struct layout {
    size_t n_columns;
    vci_text columns[10];
    bool forecast;
    vc_status (*add_row)(const vci_sheet *sheet, size_t result, vci_grid *grid);
} layout;

static vc_status print_term_heading(const vci_sheet *sheet, FILE *out,
                                    const vc_target *target, bool forecast) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const char *name = run->settings.name ? run->settings.name : "";
    char *term = vci_term_text(run, target, sheet->language), as_of[VC_PERIOD_TEXT];
    if (!term) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    if (forecast)
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING_FORECAST_TERM, term);
    else
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING_TERM, name, term, as_of);
out:
    vci_free(term);
    return st;
}

static vc_status print_heading(const vci_sheet *sheet, FILE *out, const vc_target *target,
                               bool forecast) {
    const vc_run *run = sheet->run;
    const char *name = run->settings.name ? run->settings.name : "";
    bool yearly = run->panel.frequency == VC_YEARLY;
    span_text year = year_text(run, target->year_end);
    if (target->length > 0) return print_term_heading(sheet, out, target, forecast);
    if (forecast && yearly)
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING_FORECAST_YEARLY, year.end);
    else if (forecast)
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING_FORECAST, year.first,
                     year.end);
    else if (yearly)
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING_YEARLY, name, year.end,
                     year.as_of);
    else
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_HEADING, name, year.first, year.end,
                     year.as_of);
    return VC_OK;
}

/* Has a row something to say in this kind of table? Progress is not projected. */
static bool row_belongs(const vci_sheet *sheet, size_t r, bool forecast) {
    return !forecast || !isnan(sheet->run->results[r].quantile[VC_MEDIAN]);
}

/* Rows begin .. end - 1 are those of one year end; a blank line parts the indicators. */
static vc_status fill(const vci_sheet *sheet, const layout *kind, size_t begin, size_t end,
                      vci_grid *grid) {
    vc_status st = VC_OK;
    const char *indicator = NULL;
    for (size_t c = 0; c < kind->n_columns; c++)
        VC_TRY(vci_grid_add(grid, vci_text_get(kind->columns[c], sheet->language)));
    for (size_t i = begin; i < end; i++) {
        size_t r = sheet->rows[i];
        if (!row_belongs(sheet, r, kind->forecast)) continue;
        const char *next = target_of(sheet->run, r)->indicator;
        if (indicator && strcmp(indicator, next) != 0)
            for (size_t c = 0; c < kind->n_columns; c++) VC_TRY(vci_grid_add(grid, ""));
        indicator = next;
        VC_TRY(kind->add_row(sheet, r, grid));
    }
out:
    return st;
}

static vc_status print_tables(const vci_sheet *sheet, const layout *kind, FILE *out) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    vci_grid grid = {.n_columns = kind->n_columns, .right = ~3u}; /* names flush left */
    for (size_t begin = 0, end; begin < sheet->n_rows; begin = end) {
        const vc_target *first = target_of(run, sheet->rows[begin]);
        for (end = begin; end < sheet->n_rows; end++)
            if (!vc_target_same_term(target_of(run, sheet->rows[end]), first)) break;
        VC_TRY(fill(sheet, kind, begin, end, &grid));
        if (grid.n > kind->n_columns) {
            VC_TRY(print_heading(sheet, out, first, kind->forecast));
            vci_grid_print(&grid, out);
            fputc('\n', out);
        }
        vci_grid_free(&grid);
    }
out:
    vci_grid_free(&grid);
    return st;
}

vc_status vci_sheet_print(const vci_sheet *sheet, FILE *out) {
    vc_frequency frequency = sheet->run->panel.frequency;
    const layout kind = {
        .n_columns = 10,
        .columns = {VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_CLI_COLUMN_INDICATOR,
                    frequency == VC_MONTHLY     ? VCI_TEXT_CLI_COLUMN_MONTH
                    : frequency == VC_QUARTERLY ? VCI_TEXT_CLI_COLUMN_QUARTER
                                                : VCI_TEXT_CLI_COLUMN_YEAR,
                    VCI_TEXT_CLI_COLUMN_TO_DATE, VCI_TEXT_CLI_COLUMN_LAST_YEAR,
                    VCI_TEXT_CLI_COLUMN_CHANGE, VCI_TEXT_CLI_COLUMN_TARGET,
                    VCI_TEXT_CLI_COLUMN_PACE, VCI_TEXT_CLI_COLUMN_GAP,
                    VCI_TEXT_CLI_COLUMN_P_MET},
        .add_row = add_row,
    };
    if (sheet->run->settings.basis)
        vci_say_line(out, sheet->language, VCI_TEXT_CLI_BASIS,
                     vci_basis_text(sheet->run->settings.basis, sheet->language));
    if (sheet->n_rows == 0) vci_say_line(out, sheet->language, VCI_TEXT_CLI_NO_RESULTS);
    return print_tables(sheet, &kind, out);
}

vc_status vci_sheet_print_forecast(const vci_sheet *sheet, FILE *out) {
    const layout kind = {
        .n_columns = 9,
        .columns = {VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_CLI_COLUMN_INDICATOR,
                    VCI_TEXT_CLI_COLUMN_TARGET, VCI_TEXT_CLI_COLUMN_MEDIAN,
                    VCI_TEXT_CLI_COLUMN_HALF, VCI_TEXT_CLI_COLUMN_80,
                    VCI_TEXT_CLI_COLUMN_95, VCI_TEXT_CLI_COLUMN_P_MET,
                    VCI_TEXT_LISTS_COLUMN_VERDICT},
        .forecast = true,
        .add_row = add_forecast_row,
    };
    return print_tables(sheet, &kind, out);
}

/* --- two runs side by side ------------------------------------------------------------ */

/* The row of another run with the same target of the same unit; SIZE_MAX if none has it. */
static size_t counterpart(const vci_sheet *sheet, size_t r, const vci_sheet *other) {
    const vc_run *run = sheet->run;
    const char *code = run->panel.tree.units[run->results[r].unit].code;
    for (size_t i = 0; i < other->n_rows; i++) {
        size_t k = other->rows[i];
        const vc_unit *unit = &other->run->panel.tree.units[other->run->results[k].unit];
        if (strcmp(target_of(other->run, k)->id, target_of(run, r)->id) == 0 &&
            strcmp(unit->code, code) == 0)
            return k;
    }
    return SIZE_MAX;
}

/* To date, year end, P(met). */
static vc_status add_beside(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    if (r == SIZE_MAX) {
        for (int i = 0; i < 3; i++) VC_TRY(vci_grid_add(grid, VCI_NO_FIGURE));
        goto out;
    }
    const vc_result *result = &sheet->run->results[r];
    vci_cell_state to_date = (vci_cell_state)sheet->cells.state[r][VCI_CELL_TO_DATE];
    vci_cell_state year_end = (vci_cell_state)sheet->cells.state[r][VCI_CELL_YEAR_END];
    VC_TRY(add_figure(grid, cell_text(sheet, r, to_date, result->to_date, false)));
    VC_TRY(add_figure(grid,
                      cell_text(sheet, r, year_end, result->quantile[VC_MEDIAN], false)));
    VC_TRY(add_figure(grid, p_text(sheet, r)));
out:
    return st;
}

vc_status vci_sheet_print_beside(const vci_sheet *sheet, const vci_sheet *other,
                                 FILE *out) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,    VCI_TEXT_CLI_COLUMN_INDICATOR,
        VCI_TEXT_CLI_COLUMN_TO_DATE, VCI_TEXT_CLI_COLUMN_MEDIAN,
        VCI_TEXT_CLI_COLUMN_P_MET,   VCI_TEXT_CLI_COLUMN_TO_DATE,
        VCI_TEXT_CLI_COLUMN_MEDIAN,  VCI_TEXT_CLI_COLUMN_P_MET};
    vci_grid grid = {.n_columns = 8, .right = ~3u};
    vci_say_line(out, sheet->language, VCI_TEXT_CLI_BESIDE,
                 vci_basis_text(sheet->run->settings.basis, sheet->language),
                 vci_basis_text(other->run->settings.basis, sheet->language));
    for (size_t c = 0; c < 8; c++)
        VC_TRY(vci_grid_add(&grid, vci_text_get(columns[c], sheet->language)));
    for (size_t i = 0; i < sheet->n_rows; i++) {
        size_t r = sheet->rows[i];
        VC_TRY(add_names(sheet, r, &grid));
        VC_TRY(add_beside(sheet, r, &grid));
        VC_TRY(add_beside(other, counterpart(sheet, r, other), &grid));
    }
    vci_grid_print(&grid, out);
out:
    vci_grid_free(&grid);
    return st;
}
