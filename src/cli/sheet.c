#include "cli/sheet_internal.h"

#include <stdlib.h>
#include <string.h>

#include "assess/lists_internal.h"
#include "assess/row_order_internal.h"
#include "cli/changes_internal.h"
#include "core/memory_internal.h"

static unsigned level_of(const vc_run *run, size_t result) {
    return run->panel.tree.units[run->results[result].unit].level;
}

/* The deepest level that is shown. */
static unsigned deepest(const vc_run *run, bool all) {
    unsigned highest = run->panel.tree.n_levels;
    if (all || run->n_results <= VCI_ROWS) return highest;
    for (size_t r = 0; r < run->n_results; r++)
        if (level_of(run, r) < highest) highest = level_of(run, r);
    return highest > 1 ? highest : 1;
}

vc_status vci_sheet_init(const vc_run *run, vc_language language, bool all,
                         vci_sheet *sheet) {
    vc_status st = VC_OK;
    *sheet = (vci_sheet){.run = run, .language = language, .all = all};
    unsigned level = deepest(run, all);
    VC_TRY(vci_small_cells_find(run, &sheet->cells));
    VC_NEW(sheet->grades, run->n_results);
    vc_run_grades(run, sheet->grades);
    VC_TRY(vci_lists_find(run, sheet->grades, &sheet->tasks, &sheet->required,
                          &sheet->problems));
    VC_NEW(sheet->news_hidden, run->changes.n_news);
    vci_changes_hidden_news(run, &sheet->cells.suppression, sheet->news_hidden);
    VC_NEW(sheet->rows, run->n_results);
    for (size_t r = 0; r < run->n_results; r++) {
        if (level_of(run, r) > level)
            sheet->n_hidden++;
        else
            sheet->rows[sheet->n_rows++] = r;
    }
    VC_TRY(vci_row_order(run, sheet->n_rows, sheet->rows));
out:
    return st;
}

void vci_sheet_free(vci_sheet *sheet) {
    vci_small_cells_free(&sheet->cells);
    vci_warning_history_free(&sheet->warnings);
    vc_tasks_free(&sheet->tasks);
    vc_requireds_free(&sheet->required);
    vc_problems_free(&sheet->problems);
    vci_free(sheet->news_hidden);
    vci_free(sheet->grades);
    vci_free(sheet->rows);
    memset(sheet, 0, sizeof *sheet);
}
