/*
 * Goal seek for services and records: bisection over the points added in the periods left,
 * the same random numbers at every step. Draws of stocks and quotas never fall when more is
 * added, so P(met) has one crossing.
 */
#include <math.h>
#include <string.h>

#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "fit/progress_internal.h"
#include "vitalcast/boundary.h"
#include "vitalcast/what_if.h"

#define MOST_STEPS ((int)(VC_GOAL_MOST / VC_GOAL_STEP + 0.5))

const char *vc_goal_state_name(vc_goal_state state) {
    static const char *const names[] = {"already", "found", "out_of_reach"};
    return names[state];
}

vc_goal_refusal vc_goal_open(const vc_run *run, size_t result) {
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    if (!vc_boundary_service(run, target->indicator)) return VC_GOAL_BOUNDARY;
    if (target->direction == VC_BETWEEN) return VC_GOAL_TWO_ENDS;
    if (vc_target_by_class(target)) return VC_GOAL_CLASS_MEAN;
    return r->path_n == 0 || isnan(r->p_met) ||
                   vc_target_window(target, run->panel.frequency).end <= run->as_of
               ? VC_GOAL_OVER
               : VC_GOAL_OPEN;
}

/* A run that looks at one series only; what it borrows is the run's. */
static vc_status narrow(const vc_run *run, const vc_progress *progress, vc_run *view) {
    vc_status st = VC_OK;
    *view = *run;
    view->n_fits = 0;
    view->fits = NULL;
    VC_NEW(view->fits, run->n_fits);
    for (size_t i = 0; i < run->n_fits; i++) {
        const char *series = vc_run_fit_series(run, &run->fits[i]);
        if (series && vci_role_progress(vc_role_find(run->fits[i].role)) &&
            strcmp(series, progress->indicator) == 0)
            view->fits[view->n_fits++] = run->fits[i];
    }
out:
    return st;
}

/* P(met) when `steps` times the smallest change is added. */
static vc_status try(vc_run *view, vc_goal *goal, int steps, unsigned threads, double *p) {
    double sign =
        view->targets.list[view->results[goal->result].target].direction == VC_AT_MOST ? -1
                                                                                       : 1;
    goal->effect.amount = sign * steps / (1 / VC_GOAL_STEP);
    return vci_run_reassess(view, goal->result, threads, p);
}

static vc_status search(vc_run *view, vc_goal *goal, unsigned threads) {
    vc_status st = VC_OK;
    int low = 0, high = MOST_STEPS;
    VC_TRY(try(view, goal, high, threads, &goal->p_met));
    goal->state = goal->p_met >= goal->probability ? VC_GOAL_FOUND : VC_GOAL_OUT_OF_REACH;
    while (goal->state == VC_GOAL_FOUND && high - low > 1) {
        int middle = low + (high - low) / 2;
        double p;
        VC_TRY(try(view, goal, middle, threads, &p));
        if (p >= goal->probability) {
            high = middle;
            goal->p_met = p;
        } else {
            low = middle;
        }
    }
    goal->effect.amount = copysign(high / (1 / VC_GOAL_STEP), goal->effect.amount);
out:
    return st;
}

static const vc_progress *series_of(const vc_run *run, size_t result) {
    const char *name = run->targets.list[run->results[result].target].indicator;
    size_t i = 0;
    while (strcmp(run->panel.progress[i].indicator, name) != 0) i++;
    return &run->panel.progress[i];
}

/* Surveys have no records to count. */
static double records(const vc_run *run, const vc_progress *progress, const vc_goal *goal) {
    if (progress->kind == VC_SURVEY) return NAN;
    double whole = vci_progress_whole(&run->panel, (size_t)(progress - run->panel.progress),
                                      goal->effect.unit, run->panel.n_periods);
    return goal->effect.amount / 100 * whole;
}

vc_status vc_goal_seek(const vc_run *run, size_t result, double probability,
                       unsigned threads, vc_goal *goal) {
    vc_status st = VC_OK;
    vc_run view = {0};
    VC_REQUIRE(run->scenario.n == 0, "run %s is a scenario", run->id);
    VC_REQUIRE(result < run->n_results && probability > 0 && probability < 1,
               "result %zu, %g", result, probability);
    VC_REQUIRE(vc_goal_open(run, result) == VC_GOAL_OPEN, "no goal for result %zu", result);
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    const vc_progress *progress = series_of(run, result);
    *goal = (vc_goal){.result = result, .probability = probability, .p_expected = r->p_met};
    goal->effect = (vc_effect){.indicator = target->indicator,
                               .unit = r->unit,
                               .first = run->as_of + 1,
                               .last = vc_target_window(target, run->panel.frequency).end,
                               .kind = VC_EFFECT_ADD};
    goal->p_met = r->p_met;
    if (r->p_met >= probability) goto out;
    VC_TRY(narrow(run, progress, &view));
    view.scenario = (vc_scenario){.n = 1, .effects = &goal->effect};
    VC_TRY(search(&view, goal, threads));
    if (goal->state == VC_GOAL_OUT_OF_REACH) goal->p_met = goal->effect.amount = NAN;
    goal->records = records(run, progress, goal);
out:
    vci_free(view.fits);
    return st;
}
