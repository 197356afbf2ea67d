/* From a fitted run to its results: one pass over the blocks of draws. */
#include <math.h>

#include "assess/class_mean_internal.h"
#include "assess/commendation_internal.h"
#include "assess/joint_internal.h"
#include "assess/method_internal.h"
#include "assess/movement_internal.h"
#include "assess/quota_internal.h"
#include "assess/result_internal.h"
#include "assess/run_internal.h"
#include "assess/run_tallies_internal.h"
#include "core/memory_internal.h"
#include "simulate/effect_internal.h"

/* The periods whose figures a target needs: a quota's sum before its window as well. */
static vc_year needed(const vc_run *run, const vc_target *target) {
    vc_year window = vc_target_window(target, run->panel.frequency);
    vci_indicator form;
    if (vci_indicator_find(&run->panel, target->indicator, &form) &&
        vci_quota_within(&run->panel, &form, target) &&
        !vci_quota_begins(&run->panel, window.first))
        window.first--;
    return window;
}

vc_status vci_run_simulation(const vc_run *run, unsigned threads,
                             vci_simulation *simulation) {
    vc_status st = VC_OK;
    vc_period window = run->as_of + 1, horizon = run->as_of;
    for (size_t i = 0; i < run->targets.n; i++) {
        vc_year year = needed(run, &run->targets.list[i]);
        if (year.first < window) window = year.first;
        if (year.end > horizon) horizon = year.end;
    }
    VC_TRY(vci_simulation_init(simulation, &run->panel, run->n_fits, run->fits,
                               &run->population, run->settings.dating, run->seed, window,
                               horizon, threads));
    VC_TRY(vci_simulation_suppose(simulation, &run->scenario));
out:
    return st;
}

/* Scorecards, and the outcomes that rankings need beside them. */
static vc_status make_joint(const vc_run *run, const vci_simulation *simulation,
                            const vci_commendations *commendations,
                            const vci_classes *classes, vci_run_tallies *all,
                            vci_joint *joint) {
    vc_status st = VC_OK;
    bool *wanted = NULL;
    VC_NEW(wanted, all->n);
    vci_commendations_want(commendations, wanted);
    vci_classes_want(classes, wanted);
    VC_TRY(vci_joint_init(run, &simulation->population, all->n, all->list, wanted,
                          simulation->block, joint));
out:
    vci_free(wanted);
    return st;
}

/* What is made of the draws of a run. */
typedef struct assessment {
    vc_run *run;
    const vc_observer *observer;
    vci_run_tallies all;
    vci_classes classes;
    vci_joint joint;
    vci_commendations commendations;
} assessment;

static vc_status take_block(void *context, const vc_draws *draws) {
    vc_status st = VC_OK;
    assessment *a = context;
    const vc_observer *observer = a->observer;
    size_t at = draws->first_draw, n = draws->n_draws;
    vci_kept_add(draws, &a->run->panel, &a->run->kept);
    vci_run_tallies_add(&a->all, draws);
    vci_classes_add(&a->classes, at, n, a->all.list, &a->joint.outcomes);
    vci_joint_add(&a->joint, at, n);
    VC_TRY(vci_commendations_add(&a->commendations, a->run, &a->joint.outcomes,
                                 a->joint.points));
    if (observer->progress)
        observer->progress(observer->context, "simulate",
                           (double)(at + n) / (double)a->run->n_draws);
    if (at + n < a->run->n_draws && observer->cancelled &&
        observer->cancelled(observer->context))
        VC_FAIL(VC_INTERRUPTED, "after %zu draws", at + n);
out:
    return st;
}

/* Births by sex are drawn as births, of which some are males. */
static bool is_drawn_by(vc_role role, vc_event event) {
    bool by_sex = event == VC_BIRTHS_MALE || event == VC_BIRTHS_FEMALE;
    return (by_sex && (role == VC_ROLE_BIRTHS || role == VC_ROLE_SEX)) ||
           (event == VC_BIRTHS_COMPLIANT && role == VC_ROLE_BIRTHS);
}

/* Does a fit stand behind the figures of a tally? */
static bool is_behind(const vc_fit *fit, const vci_tally *t) {
    const vci_indicator *i = &t->indicator;
    vci_role role = vci_role_fitted(fit);
    if (role.event != VC_EVENTS)
        return role.event == i->plus || role.event == i->minus || role.event == i->over ||
               (role.trials != VC_EVENTS && role.trials == i->over) ||
               is_drawn_by(role.id, i->plus) || is_drawn_by(role.id, i->minus) ||
               is_drawn_by(role.id, i->over);
    bool progress = vci_role_progress(role.id);
    if (progress != (i->kind == VC_INDICATOR_PROGRESS) || i->plus != VC_EVENTS)
        return false;
    if (progress) return fit->series == i->series;
    return fit->unit == t->unit && (fit->series == i->series || fit->series == i->less);
}

static bool is_validated(const vc_run *run, const vci_tally *t) {
    for (size_t i = 0; i < run->n_fits; i++)
        if (is_behind(&run->fits[i], t) && !run->fits[i].model.validated) return false;
    return true;
}

/* Fewest effective hyper-parameter points of the fits behind an indicator. */
static double points_behind(const vc_run *run, const vci_tally *t) {
    double fewest = INFINITY;
    for (size_t i = 0; i < run->n_fits; i++)
        if (is_behind(&run->fits[i], t))
            fewest = fmin(fewest, run->fits[i].effective_points);
    return fewest;
}

static vc_status finish_commendations(const vc_run *run, const vci_run_tallies *all,
                                      vci_commendations *commendations) {
    vc_status st = VC_OK;
    double *effective = NULL, fewest = INFINITY;
    VC_NEW(effective, all->n);
    for (size_t i = 0; i < all->n; i++) {
        effective[i] = points_behind(run, &all->list[i]);
        fewest = fmin(fewest, effective[i]);
    }
    VC_TRY(vci_commendations_finish(commendations, effective, fewest));
out:
    vci_free(effective);
    return st;
}

static void set_method(const vc_run *run, const vci_tally *t, vc_result *r) {
    const vc_panel *panel = &run->panel;
    r->history = vci_method_history(panel, &t->indicator, t->unit);
    if (r->path_n > 0) {
        r->method = vci_method_of(panel->frequency, r->history);
    } else if (!isnan(r->quantile[VC_MEDIAN])) {
        r->method = VC_METHOD_KNOWN;
        r->settled = vci_method_settled(panel, t->unit, t->year) &&
                     (!t->by_class || t->class_settled);
    }
}

static vc_status make_results(const vci_population *population, vci_run_tallies *all,
                              vc_run *run) {
    vc_status st = VC_OK;
    VC_NEW(run->results, all->n + 1);
    for (size_t i = 0; i < all->n; i++) {
        vci_tally *t = &all->list[i];
        vc_result *r = &run->results[run->n_results++];
        r->target = all->target[i];
        r->unit = t->unit;
        r->validated = is_validated(run, t);
        vci_result_observe(&run->settings, &run->panel, population, t, run->as_of, r);
        if (t->drawn && t->n_defined > 0)
            VC_TRY(vci_tally_finish(t, points_behind(run, t), r));
        else
            vci_result_known(&run->settings, &run->panel, population, t, r);
        if (!t->drawn && t->by_class && !isnan(t->mean_bound[0]))
            vci_tally_share(t, points_behind(run, t), r);
        set_method(run, t, r);
    }
out:
    return st;
}

static vc_status begin(const vci_simulation *simulation, size_t keep, assessment *a) {
    vc_status st = VC_OK;
    vc_run *run = a->run;
    VC_TRY(vci_kept_init(simulation, keep, &run->kept));
    VC_TRY(vci_run_tallies_init(run, &simulation->population, simulation, &a->all));
    VC_TRY(vci_commendations_init(run, a->all.n, a->all.list, a->all.target,
                                  simulation->block, &a->commendations));
    VC_TRY(vci_classes_init(&run->panel.tree, a->all.n, a->all.list, simulation->block,
                            &a->classes));
    VC_TRY(make_joint(run, simulation, &a->commendations, &a->classes, &a->all, &a->joint));
out:
    return st;
}

static vc_status finish(const vci_population *population, assessment *a) {
    vc_status st = VC_OK;
    vc_run *run = a->run;
    vci_classes_finish(&a->classes, &run->panel, a->all.list);
    VC_TRY(finish_commendations(run, &a->all, &a->commendations));
    VC_TRY(make_results(population, &a->all, run));
    VC_TRY(vci_joint_finish(&a->joint, run));
    for (size_t i = 0; i < run->n_rankings; i++)
        VC_TRY(vci_movement_find(run, population, &run->rankings[i]));
out:
    return st;
}

vc_status vci_run_assess(const vc_run_options *options, const vc_observer *observer,
                         vc_run *run) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    assessment a = {.run = run, .observer = observer};
    size_t keep = options->keep < run->n_draws ? options->keep : run->n_draws;
    VC_TRY(vci_run_simulation(run, vci_threads(options->threads), &simulation));
    VC_TRY(begin(&simulation, keep, &a));
    if (observer->cancelled && observer->cancelled(observer->context))
        VC_FAIL(VC_INTERRUPTED, "%s", "before the first draw");
    VC_TRY(vci_simulation_run(&simulation, 0, run->n_draws, take_block, &a));
    VC_TRY(finish(&simulation.population, &a));
out:
    vci_classes_free(&a.classes);
    vci_joint_free(&a.joint);
    vci_commendations_free(&a.commendations);
    vci_run_tallies_free(&a.all);
    vci_simulation_free(&simulation);
    return st;
}

/* A population that was projected is good for a forecast, not for the truth. */
static bool population_reported(const vc_run *run, size_t unit, vc_year year) {
    const vc_panel *panel = &run->panel;
    vc_average_population rule = run->settings.average_population;
    vc_period middle = year.first - 1 + (year.end - year.first + 2) / 2;
    for (vc_period p = year.first - 1; p <= year.end; p++) {
        bool end = p == year.first - 1 || p == year.end;
        if (rule == VC_TWO_YEAR_ENDS && !end) continue;
        if (rule == VC_MID_YEAR && p != middle) continue;
        if (rule == VC_MONTHLY_MEAN && p < year.first) continue;
        if (p < panel->first || p >= panel->first + (vc_period)panel->n_periods)
            return false;
        if (isnan(panel->population[unit * panel->n_periods + (size_t)(p - panel->first)]))
            return false;
    }
    return true;
}

static void forget_unreported(vc_run *run) {
    for (size_t i = 0; i < run->n_results; i++) {
        vc_result *r = &run->results[i];
        const vc_target *t = &run->targets.list[r->target];
        vc_year year = vc_target_window(t, run->panel.frequency);
        if (vc_run_indicator_kind(run, t->indicator) != VC_INDICATOR_RATE ||
            population_reported(run, r->unit, year))
            continue;
        r->p_met = NAN;
        for (size_t q = 0; q < VC_QUANTILES; q++) r->quantile[q] = NAN;
    }
}

vc_status vci_run_settle(vc_run *run) {
    vc_status st = VC_OK;
    vci_population population = {0};
    vci_run_tallies all = {0};
    vci_classes classes = {0};
    VC_TRY(vci_population_fill(&run->panel, &run->population, 0, &population));
    VC_TRY(vci_run_tallies_init(run, &population, NULL, &all));
    VC_TRY(vci_classes_init(&run->panel.tree, all.n, all.list, 1, &classes));
    VC_TRY(make_results(&population, &all, run));
    forget_unreported(run);
    vci_classes_settle(&classes, all.list, run);
out:
    vci_classes_free(&classes);
    vci_run_tallies_free(&all);
    vci_population_free(&population);
    return st;
}
