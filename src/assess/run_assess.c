/* From a fitted run to its results: one pass over the blocks of draws. */
#include <math.h>
#include <omp.h>
#include <string.h>

#include "assess/class_mean_internal.h"
#include "assess/commendation_internal.h"
#include "assess/joint_internal.h"
#include "assess/method_internal.h"
#include "assess/movement_internal.h"
#include "assess/quota_internal.h"
#include "assess/result_internal.h"
#include "assess/run_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"
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

/* One tally per target and unit that has the indicator at all. */
typedef struct tallies {
    size_t n, capacity;
    vci_tally *list;
    size_t *target; /* [n] index of the target */
} tallies;

static void free_tallies(tallies *t) {
    for (size_t i = 0; i < t->n; i++) vci_tally_free(&t->list[i]);
    vci_free(t->list);
    vci_free(t->target);
}

/* A unit has a value or progress indicator when any figure of it is there. */
static bool unit_has(const vc_panel *panel, const vci_indicator *i, size_t unit) {
    if (i->kind != VC_INDICATOR_VALUE && i->kind != VC_INDICATOR_PROGRESS) return true;
    for (size_t t = 0; t < panel->n_periods; t++) {
        vc_period p = panel->first + (vc_period)t;
        double x = i->kind == VC_INDICATOR_VALUE ? vci_value_at(panel, i, unit, p)
                                                 : vci_progress_at(panel, i, unit, p, p);
        if (x == x) return true;
    }
    return false;
}

static bool has_draws(const vci_simulation *s, vc_event event) {
    return event == VC_EVENTS || vci_simulation_draws(s, event);
}

static bool is_projected(const vci_simulation *s, const vci_indicator *i, size_t unit) {
    if (i->kind == VC_INDICATOR_VALUE) return true;
    if (i->kind == VC_INDICATOR_PROGRESS)
        return s->standing[i->series][unit] != VCI_SILENT &&
               s->standing[i->series][unit] != VCI_ABOVE;
    return has_draws(s, i->plus) && has_draws(s, i->minus) && has_draws(s, i->over);
}

/* simulation NULL: nothing is drawn. */
static vc_status make_tallies(const vc_run *run, const vci_population *population,
                              const vci_simulation *simulation, tallies *all) {
    vc_status st = VC_OK;
    const vc_panel *panel = &run->panel;
    VC_NEW(all->list, run->targets.n * panel->tree.n + 1);
    VC_NEW(all->target, run->targets.n * panel->tree.n + 1);
    for (size_t i = 0; i < run->targets.n; i++) {
        const vc_target *target = &run->targets.list[i];
        vci_indicator form;
        if (!vci_indicator_find(panel, target->indicator, &form)) continue;
        for (size_t u = 0; u < panel->tree.n; u++) {
            if (!vc_target_selects(target, &panel->tree, u) || !unit_has(panel, &form, u))
                continue;
            all->target[all->n] = i;
            VC_TRY(vci_tally_init(&all->list[all->n++], &run->settings, panel, population,
                                  target, u,
                                  simulation ? simulation->first : run->as_of + 1,
                                  simulation && is_projected(simulation, &form, u)));
        }
    }
out:
    return st;
}

static void add_block(const vc_draws *draws, tallies *all, double *scratch, size_t stride) {
#pragma omp parallel for schedule(dynamic, 4)
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].drawn)
            vci_tally_add(&all->list[i], draws,
                          scratch + (size_t)omp_get_thread_num() * stride);
}

/* Scorecards, and the outcomes that rankings need beside them. */
static vc_status make_joint(const vc_run *run, const vci_simulation *simulation,
                            const vci_commendations *commendations,
                            const vci_classes *classes, tallies *all, vci_joint *joint) {
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

/* All draws of a run, block by block, into the tallies and the kept draws. */
static vc_status run_blocks(vc_run *run, vci_simulation *simulation,
                            const vc_observer *observer, tallies *all, vci_classes *classes,
                            vci_joint *joint, vci_commendations *commendations) {
    vc_status st = VC_OK;
    vc_draws draws = {0};
    double *scratch = NULL;
    size_t stride = VCI_TALLY_SCRATCH * simulation->block;
    VC_TRY(vci_draws_init(simulation, &draws));
    VC_NEW(scratch, stride * (size_t)omp_get_max_threads());
    for (size_t at = 0; at < run->n_draws;) {
        size_t n =
            run->n_draws - at < simulation->block ? run->n_draws - at : simulation->block;
        if (observer->cancelled && observer->cancelled(observer->context))
            VC_FAIL(VC_INTERRUPTED, "after %zu draws", at);
        VC_TRY(vci_simulation_block(simulation, at, n, &draws));
        vci_kept_add(&draws, &run->panel, &run->kept);
        add_block(&draws, all, scratch, stride);
        vci_classes_add(classes, at, n, all->list, &joint->outcomes);
        vci_joint_add(joint, at, n);
        VC_TRY(vci_commendations_add(commendations, run, &joint->outcomes, joint->points));
        at += n;
        if (observer->progress)
            observer->progress(observer->context, "simulate",
                               (double)at / (double)run->n_draws);
    }
out:
    vc_draws_free(&draws);
    vci_free(scratch);
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

static vc_status finish_commendations(const vc_run *run, const tallies *all,
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

static vc_status make_results(const vci_population *population, tallies *all, vc_run *run) {
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

vc_status vci_run_assess(const vc_run_options *options, const vc_observer *observer,
                         vc_run *run) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    tallies all = {0};
    vci_classes classes = {0};
    vci_joint joint = {0};
    vci_commendations commendations = {0};
    size_t keep = options->keep < run->n_draws ? options->keep : run->n_draws;
    VC_TRY(vci_run_simulation(run, vci_threads(options->threads), &simulation));
    VC_TRY(vci_kept_init(&simulation, keep, &run->kept));
    VC_TRY(make_tallies(run, &simulation.population, &simulation, &all));
    VC_TRY(vci_commendations_init(run, all.n, all.list, all.target, simulation.block,
                                  &commendations));
    VC_TRY(vci_classes_init(&run->panel.tree, all.n, all.list, simulation.block, &classes));
    VC_TRY(make_joint(run, &simulation, &commendations, &classes, &all, &joint));
    VC_TRY(run_blocks(run, &simulation, observer, &all, &classes, &joint, &commendations));
    vci_classes_finish(&classes, &run->panel, all.list);
    VC_TRY(finish_commendations(run, &all, &commendations));
    VC_TRY(make_results(&simulation.population, &all, run));
    VC_TRY(vci_joint_finish(&joint, run));
    for (size_t i = 0; i < run->n_rankings; i++)
        VC_TRY(vci_movement_find(run, &simulation.population, &run->rankings[i]));
out:
    vci_classes_free(&classes);
    vci_joint_free(&joint);
    vci_commendations_free(&commendations);
    free_tallies(&all);
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
    tallies all = {0};
    vci_classes classes = {0};
    VC_TRY(vci_population_fill(&run->panel, &run->population, 0, &population));
    VC_TRY(make_tallies(run, &population, NULL, &all));
    VC_TRY(vci_classes_init(&run->panel.tree, all.n, all.list, 1, &classes));
    VC_TRY(make_results(&population, &all, run));
    forget_unreported(run);
    vci_classes_settle(&classes, all.list, run);
out:
    vci_classes_free(&classes);
    free_tallies(&all);
    vci_population_free(&population);
    return st;
}

/* Tallies of the wanted results alone. */
static vc_status make_wanted(const vc_run *run, const vci_simulation *simulation, size_t m,
                             const size_t *result, tallies *all) {
    vc_status st = VC_OK;
    VC_NEW(all->list, m);
    while (all->n < m) {
        const vc_result *r = &run->results[result[all->n]];
        VC_TRY(vci_tally_init(&all->list[all->n++], &run->settings, &run->panel,
                              &simulation->population, &run->targets.list[r->target],
                              r->unit, simulation->first, r->path_n > 0));
    }
out:
    return st;
}

vc_status vc_run_year_ends(const vc_run *run, size_t m, const size_t result[VC_DIM(m)],
                           size_t n, unsigned threads, double *figure) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vc_draws draws = {0};
    tallies all = {0};
    double *scratch = NULL;
    VC_REQUIRE(n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(make_wanted(run, &simulation, m, result, &all));
    for (size_t i = 0; i < m * n; i++) figure[i] = NAN;
    VC_TRY(vci_draws_init(&simulation, &draws));
    size_t stride = VCI_TALLY_SCRATCH * simulation.block;
    VC_NEW(scratch, stride * (size_t)omp_get_max_threads());
    for (size_t at = 0; at < n;) {
        size_t more = n - at < simulation.block ? n - at : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, at, more, &draws));
        for (size_t i = 0; i < m; i++) all.list[i].figure = figure + i * n + at;
        add_block(&draws, &all, scratch, stride);
        at += more;
    }
out:
    vci_free(scratch);
    vc_draws_free(&draws);
    free_tallies(&all);
    vci_simulation_free(&simulation);
    return st;
}

vc_status vci_run_reassess(const vc_run *run, size_t result, unsigned threads,
                           double *p_met) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vc_draws draws = {0};
    tallies all = {0};
    vc_result again = {0};
    double *scratch = NULL;
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(make_wanted(run, &simulation, 1, &result, &all));
    VC_TRY(vci_draws_init(&simulation, &draws));
    VC_NEW(scratch, VCI_TALLY_SCRATCH * simulation.block);
    for (size_t at = 0; at < run->n_draws; at += draws.n_draws) {
        size_t left = run->n_draws - at;
        size_t n = left < simulation.block ? left : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, at, n, &draws));
        vci_tally_add(&all.list[0], &draws, scratch);
    }
    VC_TRY(vci_tally_finish(&all.list[0], 1, &again));
    *p_met = again.p_met;
out:
    vci_free(again.path);
    vci_free(scratch);
    vc_draws_free(&draws);
    free_tallies(&all);
    vci_simulation_free(&simulation);
    return st;
}

vc_status vc_run_peer_year_ends(const vc_run *run, size_t peer, const char *indicator,
                                vc_period year_end, size_t n, unsigned threads,
                                double *figure) {
    vc_status st = VC_OK;
    vci_peer_draws peers = {0};
    VC_REQUIRE(peer < run->panel.peers.n, "peer %zu", peer);
    VC_REQUIRE(n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_peer_draws_init(run, VCI_BATCH * 8, vci_threads(threads), &peers));
    for (size_t at = 0; at < n;) {
        size_t more = n - at < VCI_BATCH * 8 ? n - at : VCI_BATCH * 8;
        VC_TRY(vci_peer_draws_block(&peers, at, more));
        const double *row = vci_peer_draws_row(&peers, run, peer, indicator, year_end);
        for (size_t d = 0; d < more; d++) figure[at + d] = row ? row[d] : (double)NAN;
        at += more;
    }
out:
    vci_peer_draws_free(&peers);
    return st;
}

vc_status vc_run_replay(const vc_run *run, size_t first_draw, size_t n, unsigned threads,
                        vc_draws_sink sink, void *context) {
    vc_status st = VC_OK;
    vci_simulation simulation = {0};
    vc_draws draws = {0};
    VC_REQUIRE(first_draw + n <= UINT32_MAX, "draws beyond 2^32");
    VC_TRY(vci_run_simulation(run, vci_threads(threads), &simulation));
    VC_TRY(vci_draws_init(&simulation, &draws));
    for (size_t at = 0; at < n;) {
        size_t m = n - at < simulation.block ? n - at : simulation.block;
        VC_TRY(vci_simulation_block(&simulation, first_draw + at, m, &draws));
        VC_TRY(sink(context, &draws));
        at += m;
    }
out:
    vc_draws_free(&draws);
    vci_simulation_free(&simulation);
    return st;
}

const char *vc_run_fit_series(const vc_run *run, const vc_fit *fit) {
    vci_role role = vci_role_fitted(fit);
    if (role.event != VC_EVENTS) return NULL;
    return vci_role_progress(role.id) ? run->panel.progress[fit->series].indicator
                                      : run->panel.values[fit->series].indicator;
}

vc_indicator_kind vc_run_indicator_kind(const vc_run *run, const char *indicator) {
    vci_indicator form;
    return vci_indicator_find(&run->panel, indicator, &form) ? form.kind
                                                             : VC_INDICATOR_VALUE;
}

double vc_run_target_figure(const vc_run *run, size_t result, vc_period last,
                            vc_period back) {
    const vc_target *target = &run->targets.list[run->results[result].target];
    size_t unit = run->results[result].unit;
    vc_period first = vc_target_window(target, run->panel.frequency).first - back;
    vci_indicator form;
    if (!vci_indicator_find(&run->panel, target->indicator, &form)) return NAN;
    if (vci_quota_within(&run->panel, &form, target)) {
        vci_quota q = vci_quota_done(&run->panel, target, form.series, unit, first, last);
        return q.whole > 0 ? 100 * q.done / q.whole : (double)NAN;
    }
    double figure = vc_run_figure(run, target->indicator, unit, first, last);
    vc_fraction per_year = vc_target_per_year(target, run->panel.frequency, back);
    return form.kind == VC_INDICATOR_RATE ? figure * vci_fraction_value(per_year) : figure;
}

const char *vc_run_department(const vc_run *run, const char *indicator) {
    const vc_progress *progress = vci_progress_named(&run->panel, indicator);
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    if (progress && progress->department) return progress->department;
    return declared ? declared->department : NULL;
}

const char *vc_run_label(const vc_run *run, const char *indicator, vc_language language) {
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    return declared ? declared->label[language] : NULL;
}

double vc_run_figure(const vc_run *run, const char *indicator, size_t unit,
                     vc_period year_first, vc_period last) {
    vci_indicator form;
    bool known = false;
    vci_population population = {0};
    vc_fraction f = VCI_UNDEFINED;
    if (!vci_indicator_find(&run->panel, indicator, &form)) return vci_fraction_value(f);
    if (form.kind == VC_INDICATOR_VALUE)
        return vci_value_at(&run->panel, &form, unit, last);
    if (form.kind == VC_INDICATOR_PROGRESS)
        return vci_progress_at(&run->panel, &form, unit, year_first, last);
    if (vci_population_fill(&run->panel, &run->population, 0, &population) == VC_OK)
        f = vci_figure(&run->settings, &run->panel, &population, &form, unit, year_first,
                       last, &known);
    vci_population_free(&population);
    return vci_fraction_value(known ? f : VCI_UNDEFINED);
}
