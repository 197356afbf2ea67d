#include "cli/sheet_section_internal.h"

#include "assess/verdict_internal.h"
#include "cli/say_internal.h"
#include "cli/term_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/verdict.h"

const vc_result *vci_section_result(const vci_sheet *sheet, size_t r) {
    return &sheet->run->results[r];
}

const vc_target *vci_section_target(const vci_sheet *sheet, size_t r) {
    return &sheet->run->targets.list[vci_section_result(sheet, r)->target];
}

const char *vci_section_unit(const vci_sheet *sheet, size_t r) {
    return sheet->run->panel.tree.units[vci_section_result(sheet, r)->unit].name;
}

const char *vci_verdict_text(const vci_sheet *sheet, size_t r) {
    return vci_text_get(vci_verdict_words(vci_section_result(sheet, r)), sheet->language);
}

vc_status vci_section_add_words(const vci_sheet *sheet, vci_grid *grid, size_t n,
                                const vci_text *words) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < n; i++)
        VC_TRY(vci_grid_add(grid, vci_text_get(words[i], sheet->language)));
out:
    return st;
}

vc_status vci_section_add_indicator(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    char *name = vci_target_text(sheet->run, vci_section_target(sheet, r), sheet->language);
    if (!name) VC_FAIL(VC_NO_MEMORY, "text");
    VC_TRY(vci_grid_add(grid, name));
out:
    vci_free(name);
    return st;
}

vc_status vci_section_add_target(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vci_cell_state state = (vci_cell_state)sheet->cells.state[r][VCI_CELL_BOUND];
    const vc_result *result = vci_section_result(sheet, r);
    vci_figure figure = state == VCI_SHOWN
                            ? vci_figure_format_target(sheet->run, result)
                            : vci_sheet_figure(sheet, r, state, result->bound, false);
    return vci_grid_add(grid, figure.text);
}

vc_status vci_section_add_p_met(const vci_sheet *sheet, size_t r, vci_grid *grid) {
    vc_status st = VC_OK;
    VC_TRY(vci_grid_add(grid, vci_sheet_p_met(sheet, r).text));
    VC_TRY(vci_grid_add(grid, vci_verdict_text(sheet, r)));
out:
    return st;
}

/* A whole number of 1/scale. */
vc_status vci_section_add_amount(vci_grid *grid, int64_t amount, int64_t scale) {
    int digits = 0;
    for (int64_t s = scale; s > 1; s /= 10) digits++;
    return vci_grid_add(grid,
                        vci_figure_format((double)amount / (double)scale, digits).text);
}

vc_status vci_section_print(const vci_sheet *sheet, const vci_section *kind, FILE *out) {
    vc_status st = VC_OK;
    vci_grid grid = {.right = ~kind->left};
    char *term = NULL;
    for (size_t begin = 0, end; begin < sheet->n_rows; begin = end) {
        const vc_target *first = vci_section_target(sheet, sheet->rows[begin]);
        for (end = begin; end < sheet->n_rows; end++)
            if (!vc_target_same_term(vci_section_target(sheet, sheet->rows[end]), first))
                break;
        VC_TRY(kind->fill(sheet, begin, end, &grid));
        bool none = grid.n <= grid.n_columns;
        if (!none || kind->always) {
            vci_free(term);
            term = vci_term_text(sheet->run, first, sheet->language);
            if (!term) VC_FAIL(VC_NO_MEMORY, "text");
            vci_say_line(out, sheet->language, kind->heading, term);
            if (none)
                vci_say_line(out, sheet->language, VCI_TEXT_LISTS_NONE);
            else
                vci_grid_print(&grid, out);
            if (kind->after) VC_TRY(kind->after(sheet, begin, end, out));
            fputc('\n', out);
        }
        vci_grid_free(&grid);
    }
out:
    vci_free(term);
    vci_grid_free(&grid);
    return st;
}
