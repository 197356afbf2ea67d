/*
 *   log p(theta | y) ~ log p(y | x*, theta) + log p(x* | theta) - 1/2 log |H| + log
 * p(theta), x* the mode of x given theta (Rue, Martino and Chopin 2009, equation 3; Tierney
 * and Kadane 1986).
 */
#include "fit/marginal_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "fit/likelihood_internal.h"
#include "model/scale_internal.h"
#include "num/elementary_internal.h"

vc_status vci_marginal_init(vci_marginal *marginal, const vci_field *field) {
    vc_status st = VC_OK;
    *marginal = (vci_marginal){.field = field};
    VC_TRY(vci_likelihood_counts(field, &marginal->at_least, &marginal->n_at_least));
    VC_TRY(vci_solver_init(&marginal->solver, field, &vci_algebra_lapack));
out:
    if (st != VC_OK) vci_marginal_free(marginal);
    return st;
}

void vci_marginal_free(vci_marginal *marginal) {
    vci_free(marginal->at_least);
    vci_solver_free(&marginal->solver);
    *marginal = (vci_marginal){0};
}

static double prior_log_det(const vci_field *field, const double *theta) {
    double sum = 0;
    for (size_t k = 0; k < field->n_fixed; k++)
        if (field->fixed_component[k] != VCI_NONE)
            sum -= 2 * vci_log(vci_field_fixed_sd(field, k, theta));
    for (size_t g = 0; g < VCI_TERMS; g++)
        if (field->root[g].n_values)
            sum += vci_group_log_det(field, &field->root[g], theta);
    for (size_t u = 0; u < field->tree->n; u++)
        if (field->node[u].n_values)
            sum += vci_group_log_det(field, &field->node[u], theta);
    return sum;
}

static double hyper_prior(const vci_field *field, const double *theta) {
    double sum = 0;
    for (size_t c = 0; c < field->n_components; c++)
        if (field->components[c].theta != VCI_NONE)
            sum += vci_scale_log_density(field->components[c].scale,
                                         theta[field->components[c].theta]);
    return sum;
}

vc_status vci_marginal_value(vci_marginal *marginal, const double *theta, double *value) {
    vc_status st = VC_OK;
    const vci_field *f = marginal->field;
    vci_solver *s = &marginal->solver;
    *value = -INFINITY;
    marginal->evaluations++;
    VC_TRY(vci_solver_mode(s, theta));
    double sd = f->dispersion == VCI_NONE ? 0 : vci_field_sd(f, f->dispersion, theta);
    *value = s->loglik - 0.5 * s->quadratic + 0.5 * (prior_log_det(f, theta) - s->log_det) +
             hyper_prior(f, theta) +
             vci_likelihood_constant(f, marginal->at_least, marginal->n_at_least, sd);
out:
    return st;
}
