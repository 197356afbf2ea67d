/*
 * Hyper-parameters at the optimum of their Laplace marginal posterior, on the log scale of
 * the standard deviations, by BFGS with numerical gradients.
 */
#include "vitalcast/fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/gradient_internal.h"
#include "fit/marginal_internal.h"
#include "num/linear_internal.h"
#include "num/optimise_internal.h"

/* Standard deviations below exp(-12) or above exp(5) are never meant. */
#define THETA_LOW (-12.0)
#define THETA_HIGH 5.0

typedef struct search {
    const char *stage;
    vci_marginal marginal;
    const vc_observer *observer;
    vc_status st; /* what cannot be gone around: memory, interruption */
} search;

/* The names under which observers hear of fits; texts that outlive the call. */
static const char *stage_of(const char *role) {
    static const char *const stages[] = {"fit births", "fit deaths", "fit sex"};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (!strcmp(stages[i] + strlen("fit "), role)) return stages[i];
    return "fit value";
}

/* Nobody knows how long a search takes; the share nears 1 at the pace of a usual one. */
static void report(const search *s, bool done) {
    const vc_observer *o = s->observer;
    double usual = 20, n = s->marginal.evaluations;
    if (o && o->progress) o->progress(o->context, s->stage, done ? 1 : n / (n + usual));
}

/* What the optimiser minimises; out of reach is +infinity. */
static double objective(void *context, const double *theta) {
    search *s = context;
    double value = -INFINITY;
    for (size_t i = 0; i < s->marginal.field->n_theta; i++)
        if (!(theta[i] > THETA_LOW && theta[i] < THETA_HIGH)) return INFINITY;
    vc_status st = vci_marginal_value(&s->marginal, theta, &value);
    if (st == VC_NO_MEMORY) s->st = st;
    report(s, false);
    return -value;
}

/* Minus the marginal's gradient; differences take over where it has none. */
static bool objective_gradient(void *context, const double *theta, double *gradient) {
    search *s = context;
    if (vci_marginal_gradient(&s->marginal, theta, gradient) != VC_OK) return false;
    for (size_t i = 0; i < s->marginal.field->n_theta; i++) gradient[i] = -gradient[i];
    return true;
}

static void start_theta(const vci_field *field, bool spike, double *theta) {
    for (size_t c = 0; c < field->n_components; c++) {
        const vci_component *part = &field->components[c];
        if (part->theta == VCI_NONE) continue;
        double start = spike && part->scale->kind == VC_SCALE_MIXTURE
                           ? part->scale->spike / 2
                           : part->scale->start;
        theta[part->theta] = log(start);
    }
}

static bool has_mixture(const vci_field *field) {
    for (size_t c = 0; c < field->n_components; c++)
        if (field->components[c].scale->kind == VC_SCALE_MIXTURE) return true;
    return false;
}

static vc_status run_search(search *s, double *theta, vci_minimum *result) {
    vc_status st = VC_OK;
    vci_minimise_options options = vci_minimise_options_default();
    options.observer = s->observer;
    options.gradient = objective_gradient;
    st = vci_minimise(s->marginal.field->n_theta, objective, s, theta, &options, result);
    if (s->st != VC_OK) return s->st;
    return st;
}

/* A mixture prior has two hills: both are climbed and the higher one is taken. */
static vc_status find_optimum(search *s, double *theta, vci_minimum *best) {
    vc_status st = VC_OK;
    size_t n = s->marginal.field->n_theta;
    double *other = NULL;
    vci_minimum second = {0};
    VC_NEW(other, n + 1);
    start_theta(s->marginal.field, false, theta);
    st = run_search(s, theta, best);
    if (st != VC_OK && st != VC_NOT_CONVERGED) goto out;
    if (!has_mixture(s->marginal.field)) goto out;
    start_theta(s->marginal.field, true, other);
    vc_status second_st = run_search(s, other, &second);
    if (second_st == VC_OK && (st != VC_OK || second.value < best->value)) {
        memcpy(theta, other, n * sizeof *theta);
        *best = second;
        st = VC_OK;
    }
out:
    vci_free(other);
    return st;
}

static vc_status allocate_fit(const char *role, const vc_model *model,
                              const vci_field *field, vc_fit *fit) {
    vc_status st = VC_OK;
    const vc_observations *o = field->observations;
    snprintf(fit->role, sizeof fit->role, "%s", role);
    VC_TRY(vc_model_copy(model, &fit->model));
    fit->frequency = o->frequency;
    fit->first = o->first;
    fit->n = o->n;
    fit->h = o->h;
    fit->unit = VC_NO_UNIT;
    fit->n_units = field->tree->n;
    fit->n_blocks = field->n_blocks;
    fit->n_theta = field->n_theta;
    fit->n_root = field->n_root;
    VC_NEW(fit->theta_names, field->n_theta);
    for (size_t c = 0; c < field->n_components; c++)
        if (field->components[c].theta != VCI_NONE)
            memcpy(fit->theta_names[field->components[c].theta], field->components[c].name,
                   VC_FIT_NAME);
    VC_NEW(fit->points, 1);
    fit->n_points = 1;
    fit->points[0].weight = 1;
    VC_NEW(fit->points[0].theta, field->n_theta);
    VC_NEW(fit->points[0].root, field->n_root);
    VC_NEW(fit->points[0].node, fit->n_units * fit->n_blocks);
out:
    return st;
}

/* The mode of the latent field at the optimum, and the figures that judge the search. */
static vc_status keep_optimum(search *s, const vci_minimum *best, vc_fit *fit) {
    vc_status st = VC_OK;
    vc_fit_point *point = &fit->points[0];
    double value;
    VC_TRY(vci_marginal_value(&s->marginal, point->theta, &value));
    memcpy(point->root, s->marginal.solver.x.root, fit->n_root * sizeof(double));
    memcpy(point->node, s->marginal.solver.x.node,
           fit->n_units * fit->n_blocks * sizeof(double));
    fit->log_marginal = value;
    fit->gradient_norm = best->gradient_norm;
    fit->iterations = best->iterations;
    fit->evaluations = s->marginal.evaluations;
out:
    return st;
}

vc_status vc_fit_run(const char *role, const vc_model *model, const vc_unit_tree *tree,
                     const vc_observations *observations, const vc_observer *observer,
                     vc_fit *fit) {
    vc_status st = VC_OK;
    vci_field field = {0};
    search s = {.stage = stage_of(role), .observer = observer};
    vci_minimum best = {0};
    *fit = (vc_fit){0};
    vci_one_blas_thread();
    VC_TRY(vci_field_build(model, tree, observations, &field));
    VC_TRY(allocate_fit(role, model, &field, fit));
    VC_TRY(vci_marginal_init(&s.marginal, &field));
    vc_status searched = find_optimum(&s, fit->points[0].theta, &best);
    if (searched != VC_OK && searched != VC_NOT_CONVERGED) VC_TRY(searched);
    VC_TRY(keep_optimum(&s, &best, fit));
    report(&s, true);
    fit->converged = searched == VC_OK;
    st = searched;
out:
    vci_marginal_free(&s.marginal);
    vci_field_free(&field);
    return st;
}

void vc_fit_free(vc_fit *fit) {
    for (size_t i = 0; fit->points && i < fit->n_points; i++) {
        vci_free(fit->points[i].theta);
        vci_free(fit->points[i].root);
        vci_free(fit->points[i].node);
    }
    vci_free(fit->points);
    vci_free(fit->theta_names);
    vc_model_free(&fit->model);
    *fit = (vc_fit){0};
}
