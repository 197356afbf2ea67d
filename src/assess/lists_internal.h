/* The lists of a meeting together: what of a unit may be told goes by its grades. */
#ifndef VCI_LISTS_INTERNAL_H
#define VCI_LISTS_INTERNAL_H

#include "vitalcast/grade.h"
#include "vitalcast/problem.h"
#include "vitalcast/required.h"
#include "vitalcast/task.h"

/* grades[run->n_results]; what was found is the caller's to free, also after a failure. */
vc_status vci_lists_find(const vc_run *run, const vc_grade *grades, vc_tasks *tasks,
                         vc_requireds *required, vc_problems *problems);

#endif
