#include "assess/lists_internal.h"

#include "core/memory_internal.h"
#include "core/status_internal.h"

vc_status vci_lists_find(const vc_run *run, const vc_grade *grades, vc_tasks *tasks,
                         vc_requireds *required, vc_problems *problems) {
    vc_status st = VC_OK;
    bool *decidable = NULL, *told = NULL;
    VC_NEW(decidable, run->n_results);
    VC_NEW(told, run->n_results);
    for (size_t r = 0; r < run->n_results; r++) {
        decidable[r] = grades[r].level == VC_GRADE_DECIDABLE;
        told[r] = vc_grade_coloured(&grades[r]);
    }
    VC_TRY(vc_tasks_find(run, tasks));
    VC_TRY(vc_requireds_find(run, decidable, tasks, required));
    VC_TRY(vc_problems_find(run, told, problems));
out:
    vci_free(decidable);
    vci_free(told);
    return st;
}
