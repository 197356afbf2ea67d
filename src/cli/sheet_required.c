/* What the average of the remaining periods would have to be. */
#include <math.h>

#include "cli/say_internal.h"
#include "cli/sheet_section_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/boundary.h"

/* --- the rest of the year --------------------------------------------------------------
 */

static const vc_required *required_of(const vci_sheet *sheet, size_t r) {
    for (size_t i = 0; i < sheet->required.n; i++)
        if (sheet->required.list[i].result == r) return &sheet->required.list[i];
    return NULL;
}

static vci_text basis_text(const vci_sheet *sheet, vc_required_basis basis) {
    static const vci_text by_frequency[][2] = {
        {VCI_TEXT_LISTS_PER_MONTH, VCI_TEXT_LISTS_NUMERATOR_MONTH},
        {VCI_TEXT_LISTS_PER_QUARTER, VCI_TEXT_LISTS_NUMERATOR_QUARTER},
        {VCI_TEXT_LISTS_PER_YEAR, VCI_TEXT_LISTS_NUMERATOR_YEAR}};
    vc_frequency f = sheet->run->panel.frequency;
    if (basis == VC_REQUIRED_RATE) return VCI_TEXT_LISTS_ANNUAL_RATE;
    if (basis == VC_REQUIRED_RATIO) return VCI_TEXT_LISTS_RATIO;
    return by_frequency[f == VC_MONTHLY     ? 0
                        : f == VC_QUARTERLY ? 1
                                            : 2][basis == VC_REQUIRED_NUMERATOR];
}

/* An average: counts by period have a digit more than counts. */
static vci_figure average_text(const vci_sheet *sheet, const vc_required *q,
                               double average) {
    vci_cell_state state = vci_small_cells_rest(sheet->run, &sheet->cells, q->result);
    bool counts = q->basis == VC_REQUIRED_COUNT || q->basis == VC_REQUIRED_NUMERATOR;
    if (counts && state == VCI_SHOWN) return vci_figure_format(average, 1);
    return vci_sheet_figure(sheet, q->result, state, average, false);
}

static vc_status add_average(const vci_sheet *sheet, const vc_required *q, vci_grid *grid) {
    vc_status st = VC_OK;
    char *text = NULL;
    vci_figure low = average_text(sheet, q, q->average);
    vci_cell_state shown = vci_small_cells_rest(sheet->run, &sheet->cells, q->result);
    if (shown != VCI_SHOWN) /* whether it is safe tells how many there are */
        return vci_grid_add(grid, "*");
    if (q->state != VC_REQUIRED_OPEN)
        return vci_grid_add(grid,
                            vci_text_get(q->state == VC_REQUIRED_SURE ? VCI_TEXT_LISTS_SURE
                                                                      : VCI_TEXT_LISTS_LOST,
                                         sheet->language));
    if (isnan(q->average_high))
        text = vci_text_format(
            "%s %s",
            vci_section_target(sheet, q->result)->direction == VC_AT_MOST ? "≤" : "≥",
            low.text);
    else
        text = vci_text_say(sheet->language, VCI_TEXT_CLI_RANGE, low.text,
                            average_text(sheet, q, q->average_high).text);
    if (!text) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, text));
out:
    vci_free(text);
    return st;
}

static vc_status add_required(const vci_sheet *sheet, const vc_required *q,
                              vci_grid *grid) {
    vc_status st = VC_OK;
    size_t r = q->result;
    char first[VC_PERIOD_TEXT];
    vc_period_format(q->first, sheet->run->panel.frequency, first);
    VC_TRY(vci_grid_add(grid, vci_section_unit(sheet, r)));
    VC_TRY(vci_section_add_indicator(sheet, r, grid));
    VC_TRY(vci_grid_add(grid, vci_text_get(basis_text(sheet, q->basis), sheet->language)));
    VC_TRY(vci_section_add_target(sheet, r, grid));
    VC_TRY(vci_grid_add(grid, average_text(sheet, q, q->so_far).text));
    VC_TRY(vci_grid_add(grid, first));
    VC_TRY(add_average(sheet, q, grid));
    VC_TRY(vci_section_add_p_met(sheet, r, grid));
out:
    return st;
}

/* Services of lower units stand in the task list. */
static vc_status fill_required(const vci_sheet *sheet, size_t begin, size_t end,
                               vci_grid *grid) {
    vc_status st = VC_OK;
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,       VCI_TEXT_CLI_COLUMN_INDICATOR,
        VCI_TEXT_LISTS_COLUMN_BASIS,    VCI_TEXT_CLI_COLUMN_TARGET,
        VCI_TEXT_LISTS_COLUMN_SO_FAR,   VCI_TEXT_LISTS_COLUMN_FROM,
        VCI_TEXT_LISTS_COLUMN_REQUIRED, VCI_TEXT_CLI_COLUMN_P_MET,
        VCI_TEXT_LISTS_COLUMN_VERDICT};
    grid->n_columns = sizeof columns / sizeof *columns;
    VC_TRY(vci_section_add_words(sheet, grid, grid->n_columns, columns));
    for (size_t i = begin; i < end; i++) {
        size_t r = sheet->rows[i];
        const vc_required *q = required_of(sheet, r);
        if (q && (vc_boundary_vital(sheet->run, vci_section_target(sheet, r)->indicator) ||
                  vci_section_result(sheet, r)->unit == sheet->run->panel.tree.root))
            VC_TRY(add_required(sheet, q, grid));
    }
out:
    return st;
}

vc_status vci_sheet_print_required(const vci_sheet *sheet, FILE *out) {
    static const vci_section kind = {
        .heading = VCI_TEXT_LISTS_REQUIRED_HEADING, .fill = fill_required, .left = 7};
    vc_status st = vci_section_print(sheet, &kind, out);
    if (st != VC_OK || sheet->required.n == 0) return st;
    vci_say_line(out, sheet->language, VCI_TEXT_LISTS_REQUIRED_NOTE);
    fputc('\n', out);
    return st;
}
