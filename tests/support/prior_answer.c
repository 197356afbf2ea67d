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
    if (place == VCT_SDS + VCT_DRIFT && m->drift_sd.kind == VC_SCALE_ABSENT) return NULL;
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
static vc_status fit_role(posterior *p, vci_role role, const vc_model *model) {
    vc_observations o = {0};
    vci_scope scope = {0};
    const vc_panel *panel = &p->world->panel;
    vc_fit *fit = &p->fits[p->n_fits];
    vc_status st = vci_observations_build(panel, role, model, &p->population,
                                          VC_BY_REGISTRATION, 0, &o);
    if (st == VC_OK) st = vci_scope_init(panel, &role, &scope);
    if (st == VC_OK) {
        p->n_fits++;
        st = vc_fit_run(vc_role_name(role.id), model, scope.tree, &o, NULL, NULL, fit);
        if (st == VC_NOT_CONVERGED) st = VC_OK;
        if (st == VC_OK) st = vc_fit_weigh(fit, scope.tree, &o, NULL);
        fit->series = role.series;
        fit->unit = role.unit;
    }
    vci_scope_free(&scope);
    vc_observations_free(&o);
    return st;
}

static vc_status fit_all(posterior *p, const vct_prior *prior) {
    const vct_world *w = p->world;
    vci_role value = vci_role_series(VC_ROLE_VALUE, 0, w->panel.tree.leaves[0]);
    if (p->series) return fit_role(p, value, &w->model);
    if (!p->share) return fit_role(p, vci_role_of(VC_ROLE_BIRTHS), &w->model);
    vc_status st = fit_role(p, vci_role_of(VC_ROLE_BIRTHS), &prior->trials);
    return st == VC_OK ? fit_role(p, vci_role_of(VC_ROLE_SEX), &w->model) : st;
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

/* The sum over months from .. to - 1 of a unit: what happened, or a draw of it. */
typedef double sum_of(const posterior *p, vc_event event,
                      const double y[VCT_LEAVES][VCT_MONTHS], size_t unit, size_t from,
                      size_t to);

static double happened(const posterior *p, vc_event event,
                       const double y[VCT_LEAVES][VCT_MONTHS], size_t unit, size_t from,
                       size_t to) {
    const vc_unit_tree *tree = &p->world->panel.tree;
    double sum = 0;
    (void)event; /* y is that already */
    for (size_t i = 0; i < VCT_LEAVES; i++)
        for (size_t t = from; t < to; t++)
            if (is_below(tree, tree->leaves[i], unit)) sum += y[i][t];
    return sum;
}

/* Drawn where it was not reported. */
static double drawn(const posterior *p, vc_event event,
                    const double y[VCT_LEAVES][VCT_MONTHS], size_t unit, size_t from,
                    size_t to) {
    const vc_draws *draws = &p->draws;
    size_t known = (size_t)(draws->first - p->world->panel.first);
    double sum = from < known ? happened(p, event, y, unit, from, known) : 0;
    for (size_t t = from < known ? known : from; t < to; t++)
        sum += (double)draws->count[event][(t - known) * draws->n_units + unit];
    return sum;
}

static double series_happened(const posterior *p, vc_event event,
                              const double y[VCT_LEAVES][VCT_MONTHS], size_t unit,
                              size_t from, size_t to) {
    double sum = 0;
    (void)p, (void)event, (void)unit;
    for (size_t t = from; t < to; t++) sum += y[0][t];
    return sum;
}

static double series_drawn(const posterior *p, vc_event event,
                           const double y[VCT_LEAVES][VCT_MONTHS], size_t unit, size_t from,
                           size_t to) {
    const vc_draws *draws = &p->draws;
    size_t known = (size_t)(draws->first - p->world->panel.first);
    double sum = 0;
    (void)event, (void)y;
    for (size_t t = from; t < to; t++)
        sum += draws->value[0][(t - known) * draws->n_units + unit];
    return sum;
}

/* Counts: the number; shares: boys for one girl. */
static double count_figure(const posterior *p, size_t figure, sum_of *sum) {
    const vct_world *w = p->world;
    size_t unit = unit_of(&w->panel.tree, figure);
    size_t from = figure == NEXT ? VCT_FITTED : VCT_MONTHS - 12;
    size_t to = figure == NEXT ? VCT_FITTED + 1 : VCT_MONTHS;
    double y = sum(p, p->share ? VC_BIRTHS_MALE : VC_BIRTHS, w->y, unit, from, to);
    if (!p->share) return y;
    return y / (sum(p, VC_BIRTHS, w->trials, unit, from, to) - y);
}

static double series_figure(const posterior *p, size_t figure, sum_of *sum) {
    const vct_world *w = p->world;
    size_t from = figure == 1 ? VCT_MONTHS - 1 : VCT_FITTED;
    size_t to = figure == NEXT ? VCT_FITTED + 1 : VCT_MONTHS;
    return sum(p, VC_EVENTS, w->y, w->panel.tree.leaves[0], from, to) / (double)(to - from);
}

/* --- truths and draws of fixed effects, eta and figures --- */

enum { VALUES = VCT_PLACES - VCT_SDS, FIGURES_AT = VCT_FIGURES - VCT_SDS };

static void truths(const posterior *p, size_t n_figures, double x[VALUES]) {
    const vct_world *w = p->world;
    for (size_t i = 0; i < VCT_FIXED; i++) x[i] = w->fixed[i];
    x[VCT_ETA_NEXT - VCT_SDS] = w->eta[0][VCT_FITTED];
    x[VCT_ETA_LAST - VCT_SDS] = w->eta[0][VCT_MONTHS - 1];
    for (size_t i = 0; i < n_figures; i++)
        x[FIGURES_AT + i] =
            p->series ? series_figure(p, i, series_happened) : count_figure(p, i, happened);
}

/*
 * Draw d. The engine draws in groups that share one point of the hyper-parameters; one draw
 * of each of many groups visits many points. What the block leaves on the bench of its one
 * thread are the latent values of that draw.
 */
static vc_status draw(posterior *p, size_t d, size_t n_figures, double x[VALUES]) {
    vci_simulation *s = &p->simulation;
    size_t part = p->n_fits - 1, column = 0;
    const vci_sampler *sampler = &s->parts[part].sampler;
    const double *eta = s->benches[0].eta[part], *fixed = s->benches[0].work[part].fixed;
    vc_status st = vci_simulation_block(s, d * VCI_BATCH, 1, &p->draws);
    for (size_t i = 0; i < VCT_FIXED; i++)
        x[i] = isnan(p->world->fixed[i]) ? 0 : fixed[column++ * VCI_BATCH];
    x[VCT_ETA_NEXT - VCT_SDS] = eta[(VCT_FITTED - sampler->first) * VCI_BATCH];
    x[VCT_ETA_LAST - VCT_SDS] = eta[(sampler->n_periods - 1) * VCI_BATCH];
    for (size_t i = 0; i < n_figures; i++)
        x[FIGURES_AT + i] =
            p->series ? series_figure(p, i, series_drawn) : count_figure(p, i, drawn);
    return st;
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

static vc_status place_values(posterior *p, size_t n_figures, gsl_rng *rng,
                              vct_answer_to *answer) {
    double truth[VALUES] = {0}, one[VALUES] = {0}, all[VALUES][VCT_DRAWS];
    truths(p, n_figures, truth);
    for (size_t d = 0; d < VCT_DRAWS; d++) {
        vc_status st = draw(p, d, n_figures, one);
        if (st != VC_OK) return st;
        for (size_t i = 0; i < VALUES; i++) all[i][d] = one[i];
    }
    for (size_t i = 0; i < VALUES; i++)
        answer->place[VCT_SDS + i] =
            vct_place(VCT_DRAWS, all[i], truth[i], gsl_rng_uniform(rng));
    for (size_t i = FIRST_TARGET; i < n_figures; i++)
        set_target(all[FIGURES_AT + i], truth[FIGURES_AT + i], rng, &answer->p[i],
                   &answer->met[i]);
    return VC_OK;
}

void vct_prior_answer(const vct_prior *prior, unsigned long seed, size_t number,
                      bool known_sds, vct_answer_to *answer) {
    vct_world world;
    vct_world_draw(prior, seed, number, &world);
    if (known_sds) vct_world_reveal_sds(&world);
    posterior p = {.world = &world, .series = vct_is_series(prior)};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    p.share = vct_is_share(prior);
    *answer = (vct_answer_to){.failed = true};
    gsl_rng_set(rng, seed + number + 1);
    if (compute(&p, prior, seed + number) == VC_OK) {
        place_sds(&p, rng, answer);
        answer->failed = place_values(&p, vct_figures(prior), rng, answer) != VC_OK;
    }
    gsl_rng_free(rng);
    drop(&p);
    vct_world_free(&world);
}
