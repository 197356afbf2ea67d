/* The Laplace approximation of the hyper-parameters' marginal posterior. */
#ifndef VCI_MARGINAL_INTERNAL_H
#define VCI_MARGINAL_INTERNAL_H

#include "fit/solver_internal.h"

typedef struct vci_marginal {
    const vci_field *field; /* borrowed */
    vci_solver solver;      /* its x is where the next mode search starts */
    double *at_least;       /* of vci_likelihood_counts */
    size_t n_at_least;
    unsigned evaluations;
} vci_marginal;

vc_status vci_marginal_init(vci_marginal *marginal, const vci_field *field);
void vci_marginal_free(vci_marginal *marginal);

/*
 * log p(theta | y) up to a constant. VC_NOT_CONVERGED and VC_SINGULAR mean that theta is
 * out of reach: *value is then minus infinity.
 */
vc_status vci_marginal_value(vci_marginal *marginal, const double *theta, double *value);

#endif
