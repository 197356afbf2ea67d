/* A run under a scenario: the same draws, changed where the scenario says so. */
#include "vitalcast/what_if.h"

#include <omp.h>
#include <string.h>

#include "assess/indicator_internal.h"
#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "data/scenario_internal.h"
#include "data/standard_internal.h"
#include "fit/role_internal.h"

vc_period vc_run_horizon(const vc_run *run) {
    vc_period last = run->as_of;
    for (size_t i = 0; i < run->n_year_ends; i++)
        if (run->year_ends[i] > last) last = run->year_ends[i];
    for (size_t i = 0; i < run->targets.n; i++) {
        vc_year window = vc_target_window(&run->targets.list[i], run->panel.frequency);
        if (window.end > last) last = window.end;
    }
    return last;
}

/* What the draws gave; rankings keep their units and are filled again. */
static void forget_results(vc_run *run) {
    for (size_t i = 0; i < run->n_results; i++) vci_free(run->results[i].path);
    vci_free(run->results);
    run->results = NULL;
    run->n_results = 0;
    vc_scorecards_free(run->n_scorecards, run->scorecards);
    run->scorecards = NULL;
    run->n_scorecards = 0;
    vci_kept_free(&run->kept);
    vci_free(run->file);
    run->file = NULL;
    run->id[0] = '\0';
}

vc_status vc_run_what_if(vc_run *run, vc_scenario *scenario, unsigned threads,
                         const vc_observer *observer) {
    vc_status st = VC_OK;
    static const vc_observer nobody = {0};
    vc_run_options options = vc_run_options_default();
    vc_scenario taken = *scenario;
    int before = omp_get_max_threads();
    *scenario = (vc_scenario){0};
    VC_REQUIRE(run->scenario.n == 0, "run %s is a scenario itself", run->id);
    run->scenario = taken;
    taken = (vc_scenario){0};
    VC_REQUIRE(run->scenario.n > 0 && vci_scenario_sound(&run->scenario, &run->panel,
                                                         run->as_of, vc_run_horizon(run)),
               "a scenario that reading would have refused");
    memcpy(run->scenario.base, run->id, sizeof run->scenario.base);
    options.threads = threads;
    options.draws = run->n_draws;
    options.keep = run->kept.n_draws;
    forget_results(run);
    omp_set_num_threads((int)vci_threads(threads));
    VC_TRY(vci_run_assess(&options, observer ? observer : &nobody, run));
out:
    omp_set_num_threads(before);
    vc_scenario_free(&taken);
    return st;
}

/* Do the numbers of an event hang on a role? */
static bool touches(vc_role role, vc_event event) {
    if (event == VC_EVENTS) return false;
    if (role == VC_ROLE_SEX) return event == VC_BIRTHS_MALE || event == VC_BIRTHS_FEMALE;
    return event == vci_role_of(role).event ||
           (role == VC_ROLE_BIRTHS && vci_event_within(event, VC_BIRTHS));
}

/* Is an indicator formed from what the effect changes? */
static bool rests_on(const vci_indicator *form, vci_effect_target target) {
    bool progress = form->kind == VC_INDICATOR_PROGRESS;
    if (target.series != SIZE_MAX)
        return form->plus == VC_EVENTS && progress == vci_role_progress(target.role) &&
               (form->series == target.series ||
                (!progress && form->less == target.series));
    return touches(target.role, form->plus) || touches(target.role, form->minus) ||
           touches(target.role, form->over);
}

bool vc_scenario_concerns(const vc_run *run, size_t result) {
    const vc_result *r = &run->results[result];
    const vc_unit_tree *tree = &run->panel.tree;
    vci_indicator form;
    if (!vci_indicator_find(&run->panel, run->targets.list[r->target].indicator, &form))
        return false;
    for (size_t i = 0; i < run->scenario.n; i++) {
        const vc_effect *e = &run->scenario.effects[i];
        vci_effect_target target = vci_effect_find(&run->panel, e->indicator);
        if (r->path_n > 0 && rests_on(&form, target) &&
            (vc_target_by_class(&run->targets.list[r->target]) ||
             vci_unit_within(tree, r->unit, e->unit) ||
             vci_unit_within(tree, e->unit, r->unit)))
            return true;
    }
    return false;
}
