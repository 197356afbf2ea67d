#include "vitalcast/problem.h"

#include <math.h>

#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/boundary.h"

/* Below this a target is more likely missed than met. */
#define EVEN 0.5

static bool on_wrong_side(const vc_target *target, const vc_result *r) {
    double figure = isnan(r->annual_basis) ? r->to_date : r->annual_basis;
    if (isnan(r->gap)) return false; /* the year has not begun, or a figure is missing */
    return !vci_target_met(target, r->bound, r->bound_high, figure);
}

vc_status vc_problems_find(const vc_run *run, const bool *decidable,
                           vc_problems *problems) {
    vc_status st = VC_OK;
    *problems = (vc_problems){0};
    VC_NEW(problems->list, run->n_results);
    for (size_t i = 0; i < run->n_results; i++) {
        const vc_result *r = &run->results[i];
        bool wrong = on_wrong_side(&run->targets.list[r->target], r);
        if (!wrong && !(r->p_met < EVEN)) continue;
        problems->list[problems->n++] =
            (vc_problem){i, wrong, !vc_boundary_decidable(run, decidable, i)};
    }
out:
    return st;
}

void vc_problems_free(vc_problems *problems) {
    vci_free(problems->list);
    *problems = (vc_problems){0};
}
