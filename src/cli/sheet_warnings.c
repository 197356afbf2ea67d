/* Warnings of the shown rows: those that stand, and those that went. */
#include "cli/figure_internal.h"
#include "cli/input_internal.h"
#include "cli/say_internal.h"
#include "cli/sheet_internal.h"
#include "cli/table_print_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"

static const vci_text COLUMNS[] = {
    VCI_TEXT_CLI_COLUMN_UNIT,         VCI_TEXT_CLI_COLUMN_INDICATOR,
    VCI_TEXT_WARNING_COLUMN_YEAR_END, VCI_TEXT_CLI_COLUMN_P_MET,
    VCI_TEXT_WARNING_COLUMN_LEVEL,    VCI_TEXT_WARNING_COLUMN_SINCE,
    VCI_TEXT_WARNING_COLUMN_BEFORE,   VCI_TEXT_WARNING_COLUMN_REASON};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

const char *vci_warning_level_text(vc_warning_level level, vc_language language) {
    static const vci_text texts[VC_WARNING_LEVELS] = {
        [VC_WARNING_NONE] = VCI_TEXT_WARNING_LEVEL_NONE,
        [VC_WARNING_YELLOW] = VCI_TEXT_WARNING_LEVEL_YELLOW,
        [VC_WARNING_ORANGE] = VCI_TEXT_WARNING_LEVEL_ORANGE,
        [VC_WARNING_RED] = VCI_TEXT_WARNING_LEVEL_RED};
    return vci_text_get(texts[level], language);
}

/* Owned by the caller; NULL when there is no memory. */
static char *reason_text(const vci_sheet *sheet, const vc_warning *w) {
    static const vci_text texts[] = {[VC_WARNING_FIRST] = VCI_TEXT_WARNING_FIRST,
                                     [VC_WARNING_STAYS] = VCI_TEXT_WARNING_STAYS,
                                     [VC_WARNING_FELL] = VCI_TEXT_WARNING_FELL,
                                     [VC_WARNING_ROSE] = VCI_TEXT_WARNING_ROSE,
                                     [VC_WARNING_MARGIN] = VCI_TEXT_WARNING_MARGIN,
                                     [VC_WARNING_TIME] = VCI_TEXT_WARNING_TIME};
    return vci_text_say(sheet->language, texts[w->reason],
                        (int)sheet->run->settings.warnings.stands_for);
}

static vc_status add_row(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    const vc_run *run = sheet->run;
    const vc_target *target = &run->targets.list[run->results[r].target];
    const vc_warning *w = &sheet->warnings.of[r];
    char since[VC_PERIOD_TEXT];
    char *end = vci_term_short(run, target, sheet->language);
    char *indicator = vci_target_text(run, target, sheet->language);
    char *reason = reason_text(sheet, w);
    if (!end || !indicator || !reason) VC_FAIL(VC_NO_MEMORY, "text");
    vc_period_format(w->since, run->panel.frequency, since);
    const char *cells[N_COLUMNS] = {
        run->panel.tree.units[run->results[r].unit].name,
        indicator,
        end,
        vci_figure_format_probability(w->p_met).text,
        vci_warning_level_text(w->level, sheet->language),
        since,
        w->n > 1 ? vci_warning_level_text(w->before, sheet->language) : VCI_NO_FIGURE,
        reason};
    for (size_t c = 0; c < N_COLUMNS; c++) VC_TRY(vci_grid_add(grid, cells[c]));
out:
    vci_free(end);
    vci_free(indicator);
    vci_free(reason);
    return st;
}

vc_status vci_sheet_print_warnings(const vci_sheet *sheet, FILE *out) {
    vc_status st = VC_OK;
    vci_grid grid = {.n_columns = N_COLUMNS, .right = 1u << 3};
    size_t n_watched = 0;
    for (size_t c = 0; c < N_COLUMNS; c++)
        VC_TRY(vci_grid_add(&grid, vci_text_get(COLUMNS[c], sheet->language)));
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const vc_warning *w = &sheet->warnings.of[sheet->rows[i]];
        n_watched += w->reason == VC_WARNING_WATCH;
        if (w->level != VC_WARNING_NONE || w->before != VC_WARNING_NONE)
            VC_TRY(add_row(sheet, sheet->rows[i], &grid));
    }
    if (grid.n > N_COLUMNS) {
        vci_say_line(out, sheet->language, VCI_TEXT_WARNING_HEADING,
                     sheet->warnings.n_runs);
        vci_grid_print(&grid, out);
    } else {
        vci_say_line(out, sheet->language, VCI_TEXT_WARNING_NOBODY);
    }
    if (n_watched > 0)
        vci_say_line(out, sheet->language, VCI_TEXT_WARNING_WATCH, n_watched);
    vci_sheet_print_alarms(sheet, out);
    fputc('\n', out);
out:
    vci_grid_free(&grid);
    return st;
}

void vci_sheet_warning_json(const vci_sheet *sheet, size_t result, vci_json *json) {
    const vc_run *run = sheet->run;
    const vc_warning *w = &sheet->warnings.of[result];
    char since[VC_PERIOD_TEXT];
    vc_period_format(w->since, run->panel.frequency, since);
    vci_json_object(json, "warning", false);
    vci_json_text(json, "level", vc_warning_level_name(w->level));
    vci_json_text(json, "before", w->n > 1 ? vc_warning_level_name(w->before) : NULL);
    vci_json_text(json, "since", since);
    vci_json_text(json, "reason", vc_warning_reason_name(w->reason));
    vci_json_number(json, "p_before", w->p_before);
    vci_json_close(json);
}
