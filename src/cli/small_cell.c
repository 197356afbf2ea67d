#include "cli/small_cell_internal.h"

#include <string.h>

#include "core/memory_internal.h"
#include "vitalcast/role.h"

static vc_mark mark_of(const vc_suppression *s, size_t r, vci_cell cell) {
    static const vc_span spans[VCI_CELLS] = {
        [VCI_CELL_CURRENT] = VC_SPAN_PERIOD,
        [VCI_CELL_TO_DATE] = VC_SPAN_TO_DATE,
        [VCI_CELL_LAST_YEAR] = VC_SPAN_LAST_YEAR,
        [VCI_CELL_YEARS] = VC_SPAN_YEARS,
    };
    const vc_result *result = &s->run->results[r];
    const vc_target *target = &s->run->targets.list[result->target];
    if (cell == VCI_CELL_BOUND) return vc_suppression_bound(s, r);
    if (cell == VCI_CELL_YEAR_END) return vc_suppression_forecast(s, r);
    return vc_suppression_shows(s, target->indicator, result->unit, spans[cell],
                                vc_target_window(target, s->run->panel.frequency));
}

vc_status vci_small_cells_find(const vc_run *run, vci_small_cells *cells) {
    vc_status st = VC_OK;
    memset(cells, 0, sizeof *cells);
    VC_TRY(vc_suppression_find(run, &cells->suppression));
    VC_NEW(cells->state, run->n_results);
    cells->n = run->n_results;
    for (size_t r = 0; r < run->n_results; r++)
        for (int cell = 0; cell < VCI_CELLS; cell++)
            cells->state[r][cell] =
                (unsigned char)mark_of(&cells->suppression, r, (vci_cell)cell);
out:
    return st;
}

void vci_small_cells_free(vci_small_cells *cells) {
    vc_suppression_free(&cells->suppression);
    vci_free(cells->state);
    memset(cells, 0, sizeof *cells);
}

bool vci_small_cells_any(const vci_small_cells *cells, size_t result) {
    for (int cell = 0; cell < VCI_CELLS; cell++)
        if (cells->state[result][cell] != VCI_SHOWN) return true;
    return false;
}

vci_cell_state vci_small_cells_both(const vci_small_cells *cells, size_t result,
                                    vci_cell one, vci_cell other) {
    vci_cell_state state = (vci_cell_state)cells->state[result][one];
    return state != VCI_SHOWN ? state : (vci_cell_state)cells->state[result][other];
}

vci_cell_state vci_small_cells_rest(const vc_run *run, const vci_small_cells *cells,
                                    size_t result) {
    const vc_result *r = &run->results[result];
    vci_cell_state state =
        vci_small_cells_both(cells, result, VCI_CELL_TO_DATE, VCI_CELL_BOUND);
    if (state != VCI_SHOWN || r->path_n == 0 || r->path_first > run->as_of) return state;
    return (vci_cell_state)cells->state[result][VCI_CELL_CURRENT];
}

/* The group whose figures a role models; VC_CELL_GROUPS for series. */
static vc_cell_group group_of(vc_role role) {
    switch (role) {
    case VC_ROLE_BIRTHS:
        return VC_CELLS_BIRTHS;
    case VC_ROLE_SEX:
        return VC_CELLS_SEX;
    case VC_ROLE_DEATHS:
        return VC_CELLS_DEATHS;
    case VC_ROLE_COMPLIANCE:
        return VC_CELLS_COMPLIANCE;
    case VC_ROLE_ARRIVALS:
        return VC_CELLS_ARRIVALS;
    case VC_ROLE_DEPARTURES:
        return VC_CELLS_DEPARTURES;
    default:
        return VC_CELL_GROUPS;
    }
}

vc_status vci_small_units_find(const vc_run *run, const char *role, bool *hidden) {
    vc_status st = VC_OK;
    vc_suppression suppression = {0};
    vc_cell_group which = group_of(vc_role_find(role));
    if (which == VC_CELL_GROUPS) return VC_OK;
    VC_TRY(vc_suppression_find(run, &suppression));
    for (size_t u = 0; u < run->panel.tree.n; u++)
        hidden[u] = !vc_suppression_group(&suppression, which, u, VC_DETAIL_YEARS);
out:
    vc_suppression_free(&suppression);
    return st;
}
