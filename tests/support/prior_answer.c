#include "support/prior_answer.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulation_internal.h"
#include "support/calibration.h"

enum { NEXT, FIRST_TARGET };

size_t vct_figures(const vct_prior *prior) { return vct_is_series(prior) ? 3 : 4; }

static bool is_free(const vc_scale *scale) {
    return scale->kind != VC_SCALE_ABSENT && scale->kind != VC_SCALE_FIXED;
}

const char *vct_place_name(const vct_prior *prior, bool known_sds, size_t place) {
    static const char *const others[] = {"level", "drift", "log_weekdays", "eta_next",
                                         "eta_last"};
    static const char *const counts[] = {"next_month", "year_of_township", "year_of_county",
                                         "year_of_all"};
    static const char *const series[] = {"next_month", "year_end", "months_ahead"};
    const vc_model *m = &prior->model;
    if (place < VCT_SDS)
        return !known_sds && is_free(vct_scale_of(m, (int)place)) ? vct_sd_names[place]
                                                                  : NULL;
    if (place == VCT_SDS + VCT_DRIFT && !(m->drift_sd > 0)) return NULL;
    if (place == VCT_SDS + VCT_WEEKDAYS && !m->calendar[VC_LOG_WEEKDAYS]) return NULL;
    if (place < VCT_FIGURES) return others[place - VCT_SDS];
    place -= VCT_FIGURES;
    if (place >= vct_figures(prior)) return NULL;
    return vct_is_series(prior) ? series[place] : counts[place];
}

/* --- the engine's work on one world --- */

typedef struct posterior {
    const vct_world *world;
    bool series, share;
    vci_population population;
    size_t n_fits; /* the one in question is the last */
    vc_fit fits[2];
    vci_simulation simulation;
    vc_draws draws;
} posterior;

/* Hyper-parameters short of their optimum are an answer too; the ranks judge it. */
static vc_status fit_role(posterior *p, const vci_role *role, const vc_model *model) {
    vc_observations o = {0};
    vc_unit_tree single = {0};
    const vc_panel *panel = &p->world->panel;
    vc_fit *fit = &p->fits[p->n_fits];
    vc_status st = vci_observations_build(panel, role, model, &p->population,
                                          VC_BY_REGISTRATION, 0, &o);
    if (st == VC_OK && p->series)
        st = vci_single_unit_tree(&panel->tree, role->unit, &single);
    if (st == VC_OK) {
        p->n_fits++;
        st = vc_fit_run(role->name, model, p->series ? &single : &panel->tree, &o, NULL,
                        fit);
        if (st == VC_NOT_CONVERGED) st = VC_OK;
        fit->series = role->series;
        fit->unit = role->unit;
    }
    vc_unit_tree_free(&single);
    vc_observations_free(&o);
    return st;
}

static vc_status fit_all(posterior *p, const vct_prior *prior) {
    const vct_world *w = p->world;
    vci_role value = vci_role_value(0, w->panel.tree.leaves[0]);
    if (p->series) return fit_role(p, &value, &w->model);
    if (!p->share) return fit_role(p, &vci_role_births, &w->model);
    vc_status st = fit_role(p, &vci_role_births, &prior->trials);
    return st == VC_OK ? fit_role(p, &vci_role_sex, &w->model) : st;
}

/* The assessment year ends with the last month ahead. */
static vc_status compute(posterior *p, const vct_prior *prior, uint64_t seed) {
    /* People go on as in their last year, and nobody doubts it. */
    static const vc_model steady = {.history_years = 1};
    const vc_panel *panel = &p->world->panel;
    vc_period horizon = panel->first + VCT_MONTHS - 1;
    vc_status st = vci_population_fill(panel, &steady, 0, &p->population);
    if (st == VC_OK) st = fit_all(p, prior);
    if (st == VC_OK)
        st = vci_simulation_init(&p->simulation, panel, p->n_fits, p->fits, &steady,
                                 VC_BY_REGISTRATION, seed, horizon - 11, horizon, 1);
    if (st == VC_OK) st = vci_draws_init(&p->simulation, &p->draws);
    return st;
}

static void drop(posterior *p) {
    vc_draws_free(&p->draws);
    vci_simulation_free(&p->simulation);
    for (size_t i = 0; i < p->n_fits; i++) vc_fit_free(&p->fits[i]);
    vci_population_free(&p->population);
}

/* --- figures: next month and the year, for a township, a county and all --- */

static bool is_below(const vc_unit_tree *tree, size_t unit, size_t above) {
    while (unit != above && unit != tree->root) unit = tree->units[unit].parent;
    return unit == above;
}

static size_t unit_of(const vc_unit_tree *tree, size_t figure) {
    size_t township = tree->leaves[0], county = tree->n - VCT_LEAVES - 1;
    return figure == 1 ? township : figure == 2 ? county : tree->root;
}

/* What happened in the months from .. to - 1 of a unit. */
static double happened(const vct_world *w, const double y[VCT_LEAVES][VCT_MONTHS],
                       size_t unit, size_t from, size_t to) {
    double sum = 0;
    for (size_t i = 0; i < VCT_LEAVES; i++)
        for (size_t t = from; t < to; t++)
            if (is_below(&w->panel.tree, w->panel.tree.leaves[i], unit)) sum += y[i][t];
    return sum;
}

/* The sum of an event over months from .. to - 1, as drawn where it was not reported. */
static double drawn(const posterior *p, vc_event event,
                    const double y[VCT_LEAVES][VCT_MONTHS], size_t unit, size_t from,
                    size_t to, size_t d) {
    const vc_draws *draws = &p->draws;
    size_t known = (size_t)(draws->first - p->world->panel.first);
    double sum = from < known ? happened(p->world, y, unit, from, known) : 0;
    for (size_t t = from < known ? known : from; t < to; t++)
        sum +=
            (double)draws
                ->count[event][((t - known) * draws->n_units + unit) * draws->n_draws + d];
    return sum;
}

/* Counts: the number; shares: boys for one girl. */
static double count_figure(const posterior *p, size_t figure, const size_t *draw) {
    const vct_world *w = p->world;
    size_t unit = unit_of(&w->panel.tree, figure);
    size_t from = figure == NEXT ? VCT_FITTED : VCT_MONTHS - 12;
    size_t to = figure == NEXT ? VCT_FITTED + 1 : VCT_MONTHS;
    vc_event event = p->share ? VC_BIRTHS_MALE : VC_BIRTHS;
    double y = draw ? drawn(p, event, w->y, unit, from, to, *draw)
                    : happened(w, w->y, unit, from, to);
    if (!p->share) return y;
    double births = draw ? drawn(p, VC_BIRTHS, w->trials, unit, from, to, *draw)
                         : happened(w, w->trials, unit, from, to);
    return y / (births - y);
}

static double series_month(const posterior *p, size_t t, const size_t *draw) {
    const vc_draws *draws = &p->draws;
    size_t known = (size_t)(draws->first - p->world->panel.first);
    size_t unit = p->world->panel.tree.leaves[0];
    if (!draw) return p->world->y[0][t];
    return draws->value[0][((t - known) * draws->n_units + unit) * draws->n_draws + *draw];
}

static double series_figure(const posterior *p, size_t figure, const size_t *draw) {
    size_t from = figure == 1 ? VCT_MONTHS - 1 : VCT_FITTED;
    size_t to = figure == NEXT ? VCT_FITTED + 1 : VCT_MONTHS;
    double sum = 0;
    for (size_t t = from; t < to; t++) sum += series_month(p, t, draw);
    return sum / (double)(to - from);
}

/* draw NULL: the truth. */
static double figure_of(const posterior *p, size_t figure, const size_t *draw) {
    return p->series ? series_figure(p, figure, draw) : count_figure(p, figure, draw);
}

/* --- places --- */

static void place_sds(const posterior *p, gsl_rng *rng, vct_answer_to *answer) {
    const vc_fit *fit = &p->fits[p->n_fits - 1];
    double *theta = malloc(2 * fit->n_points * sizeof *theta);
    double *weight = theta + fit->n_points;
    for (size_t k = 0; k < fit->n_theta; k++)
        for (int i = 0; i < VCT_SDS; i++) {
            if (strcmp(fit->theta_names[k], vct_sd_names[i]) != 0) continue;
            for (size_t j = 0; j < fit->n_points; j++) {
                theta[j] = fit->points[j].theta[k];
                weight[j] = fit->points[j].weight;
            }
            answer->place[i] = vct_place_among(fit->n_points, theta, weight,
                                               log(p->world->sd[i]), gsl_rng_uniform(rng));
        }
    free(theta);
}

/* Places of the latent values that the sampler shows: fixed effects and eta. */
static void place_latent(posterior *p, gsl_rng *rng, vct_answer_to *answer) {
    const vct_world *w = p->world;
    vci_simulation *s = &p->simulation;
    size_t part = p->n_fits - 1, n = VCT_FIGURES - VCT_SDS;
    const vci_sampler *sampler = &s->parts[part].sampler;
    vci_sampler_work *work = &s->benches[0].work[part];
    size_t next = VCT_FITTED - sampler->first, last = sampler->n_periods - 1;
    double drawn_values[VCT_FIGURES - VCT_SDS][VCT_DRAWS];
    const double truth[] = {w->fixed[0], w->fixed[1], w->fixed[2], w->eta[0][VCT_FITTED],
                            w->eta[0][VCT_MONTHS - 1]};
    for (uint32_t at = 0; at < VCT_DRAWS; at += VCI_BATCH) {
        double *eta = s->benches[0].eta[part];
        vci_sampler_draw(sampler, work, at, VCI_BATCH, eta);
        for (size_t d = 0; d < VCI_BATCH; d++) {
            size_t column = 0;
            for (size_t i = 0; i < VCT_FIXED; i++)
                drawn_values[i][at + d] =
                    isnan(truth[i]) ? 0 : work->fixed[column++ * VCI_BATCH + d];
            drawn_values[VCT_FIXED][at + d] = eta[next * VCI_BATCH + d];
            drawn_values[VCT_FIXED + 1][at + d] = eta[last * VCI_BATCH + d];
        }
    }
    for (size_t i = 0; i < n; i++)
        answer->place[VCT_SDS + i] =
            vct_place(VCT_DRAWS, drawn_values[i], truth[i], gsl_rng_uniform(rng));
}

/*
 * A target near what is expected, from the first draws; its probability from the others, so
 * that a share of draws is an unbiased one.
 */
static void set_target(const double *x, double truth, gsl_rng *rng, double *p, bool *met) {
    double mean = 0, square = 0, below = 0;
    for (size_t d = 0; d < VCT_TARGET_DRAWS; d++) {
        mean += x[d] / VCT_TARGET_DRAWS;
        square += x[d] * x[d] / VCT_TARGET_DRAWS;
    }
    double target = mean + gsl_ran_gaussian(rng, 1) * sqrt(fmax(square - mean * mean, 0));
    for (size_t d = VCT_TARGET_DRAWS; d < VCT_DRAWS; d++) below += x[d] <= target;
    *p = below / (VCT_DRAWS - VCT_TARGET_DRAWS);
    *met = truth <= target;
}

static void place_figures(const posterior *p, size_t n, gsl_rng *rng,
                          vct_answer_to *answer) {
    double x[VCT_DRAWS];
    for (size_t i = 0; i < n; i++) {
        double truth = figure_of(p, i, NULL);
        for (size_t d = 0; d < VCT_DRAWS; d++) x[d] = figure_of(p, i, &d);
        answer->place[VCT_FIGURES + i] =
            vct_place(VCT_DRAWS, x, truth, gsl_rng_uniform(rng));
        if (i >= FIRST_TARGET) set_target(x, truth, rng, &answer->p[i], &answer->met[i]);
    }
}

void vct_prior_answer(const vct_prior *prior, unsigned long seed, size_t number,
                      bool known_sds, vct_answer_to *answer) {
    vct_world world;
    vct_world_draw(prior, seed, number, &world);
    if (known_sds) vct_world_reveal_sds(&world);
    posterior p = {.world = &world, .series = vct_is_series(prior)};
    p.share = prior->model.family == VC_BINOMIAL;
    *answer = (vct_answer_to){.failed = compute(&p, prior, seed + number) != VC_OK};
    if (!answer->failed)
        answer->failed = p.simulation.block < VCT_DRAWS ||
                         vci_simulation_block(&p.simulation, 0, VCT_DRAWS, &p.draws);
    if (!answer->failed) {
        gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
        gsl_rng_set(rng, seed + number + 1);
        place_sds(&p, rng, answer);
        place_latent(&p, rng, answer);
        place_figures(&p, vct_figures(prior), rng, answer);
        gsl_rng_free(rng);
    }
    drop(&p);
    vct_world_free(&world);
}
