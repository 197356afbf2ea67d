/* Points that stand for the posterior of the hyper-parameters. */
#ifndef VCI_INTEGRATE_INTERNAL_H
#define VCI_INTEGRATE_INTERNAL_H

#include "fit/search_internal.h"

/*
 * fit->points (n_points of them, arrays allocated) become points of equal purpose: a
 * stratified sample of the posterior of theta with importance weights against its Laplace
 * marginal, each with its mode of the latent field. optimum[n_theta], whose mode the search
 * stands at, is where they start. Also fills surrogate_error, effective_points and
 * evaluations of the fit. Same bits for any thread count.
 *
 * Returns VC_OK; VC_NO_MEMORY; VC_INTERRUPTED; VC_NOT_CONVERGED when too few points have a
 * mode.
 */
vc_status vci_integrate(vci_search *search, const double *optimum, vc_fit *fit);

#endif
