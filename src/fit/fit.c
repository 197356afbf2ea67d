/*
 * One fit: the optimum of the hyper-parameters' Laplace marginal, then points that stand
 * for their posterior.
 */
#include "vitalcast/fit.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/integrate_internal.h"
#include "num/linear_internal.h"
#include "vitalcast/role.h"

#define MOST_POINTS 256
#define FEWEST_POINTS 32
#define POINT_BYTES ((size_t)32 << 20)

vc_fit_options vc_fit_options_default(void) { return (vc_fit_options){.points = 0}; }

/* The names under which observers hear of fits; texts that outlive the call. */
static const char *stage_of(const char *role) {
    static const char *const stages[VC_ROLES + 1] = {
#define X(constant, name, file) "fit " name,
        VC_ROLE_LIST(X)
#undef X
            "fit"};
    return stages[vc_role_find(role)];
}

/*
 * The more units there are, the less is uncertain about what they have in common, and the
 * more a mode takes to keep.
 */
static size_t default_points(const vci_field *field) {
    size_t bytes = (field->tree->n * field->n_node + field->n_root) * sizeof(double);
    size_t n = MOST_POINTS;
    while (n > FEWEST_POINTS && n * bytes > POINT_BYTES) n /= 2;
    return n;
}

static vc_status count_points(const vc_fit_options *options, const vci_field *field,
                              size_t *n) {
    vc_status st = VC_OK;
    *n = options && options->points ? options->points : default_points(field);
    if (field->n_theta == 0) *n = 1;
    VC_REQUIRE(*n <= 4096 && (*n & (*n - 1)) == 0,
               "points must be a power of two up to 4096, got %zu", *n);
out:
    return st;
}

static void free_point(vc_fit_point *point) {
    vci_free(point->theta);
    vci_free(point->root);
    vci_free(point->node);
    *point = (vc_fit_point){0};
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
    fit->n_node = field->n_node;
    fit->n_theta = field->n_theta;
    fit->n_root = field->n_root;
    VC_NEW(fit->theta_names, field->n_theta);
    for (size_t c = 0; c < field->n_components; c++)
        if (field->components[c].theta != VCI_NONE)
            memcpy(fit->theta_names[field->components[c].theta], field->components[c].name,
                   VC_FIT_NAME);
    VC_NEW(fit->optimum, field->n_theta);
    VC_NEW(fit->points, fit->n_points);
    for (size_t i = 0; i < fit->n_points; i++) {
        VC_NEW(fit->points[i].theta, field->n_theta);
        VC_NEW(fit->points[i].root, field->n_root);
        VC_NEW(fit->points[i].node, fit->n_units * fit->n_node);
    }
out:
    return st;
}

/* The optimum as the only point. */
static void keep_optimum(const vci_search *s, vc_fit *fit) {
    vc_fit_point *point = &fit->points[0];
    memcpy(point->theta, fit->optimum, fit->n_theta * sizeof(double));
    memcpy(point->root, s->marginal.solver.x.root, fit->n_root * sizeof(double));
    memcpy(point->node, s->marginal.solver.x.node,
           fit->n_units * fit->n_node * sizeof(double));
    point->weight = 1;
    fit->effective_points = 1;
    while (fit->n_points > 1) free_point(&fit->points[--fit->n_points]);
}

/* The search, with the solver left at the mode of the optimum. */
static vc_status find_optimum(vci_search *s, vc_fit *fit) {
    vc_status st = VC_OK, searched;
    vci_minimum best = {0};
    searched = vci_search_run(s, fit->optimum, &best);
    if (searched != VC_OK && searched != VC_NOT_CONVERGED) return searched;
    VC_TRY(vci_marginal_value(&s->marginal, fit->optimum, &fit->log_marginal));
    fit->gradient_norm = best.gradient_norm;
    fit->iterations = best.iterations;
    fit->evaluations = s->marginal.evaluations;
    fit->second_start = s->second;
    fit->confirmed = s->confirmed;
    st = searched;
out:
    return st;
}

vc_status vc_fit_run(const char *role, const vc_model *model, const vc_unit_tree *tree,
                     const vc_observations *observations, const vc_fit_options *options,
                     const vc_observer *observer, vc_fit *fit) {
    vc_status st = VC_OK;
    vci_field field = {0};
    vci_search s = {.stage = stage_of(role), .observer = observer};
    *fit = (vc_fit){0};
    vci_one_blas_thread();
    VC_TRY(vci_field_build(model, tree, observations, &field));
    VC_TRY(count_points(options, &field, &fit->n_points));
    VC_TRY(allocate_fit(role, model, &field, fit));
    VC_TRY(vci_marginal_init(&s.marginal, &field));
    st = find_optimum(&s, fit);
    if (st == VC_NOT_CONVERGED || (st == VC_OK && fit->n_points == 1))
        keep_optimum(&s, fit);
    VC_TRY(st);
    if (fit->n_points > 1) VC_TRY(vci_integrate(&s, fit->optimum, fit));
    vci_search_report(&s, 1);
    fit->converged = true;
out:
    vci_marginal_free(&s.marginal);
    vci_field_free(&field);
    return st;
}

void vc_fit_free(vc_fit *fit) {
    for (size_t i = 0; fit->points && i < fit->n_points; i++) free_point(&fit->points[i]);
    vci_free(fit->points);
    vci_free(fit->optimum);
    vci_free(fit->pool);
    vci_free(fit->theta_names);
    vc_model_free(&fit->model);
    *fit = (vc_fit){0};
}
