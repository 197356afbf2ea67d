/* The gradient of the Laplace marginal, exact where the marginal is. */
#ifndef VCI_GRADIENT_INTERNAL_H
#define VCI_GRADIENT_INTERNAL_H

#include "fit/marginal_internal.h"

/*
 * Where a term has heavy tails it is made of differences of values. gradient[n_theta] of
 * vci_marginal_value at theta, whose mode the marginal's solver stands at (that is: right
 * after vci_marginal_value(theta)). The solver's factors are used up. Cost: about two
 * Newton steps.
 */
vc_status vci_marginal_gradient(vci_marginal *marginal, const double *theta,
                                double *gradient);

#endif
