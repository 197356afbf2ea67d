/* Minimising a smooth function of a few variables. */
#ifndef VCI_OPTIMISE_INTERNAL_H
#define VCI_OPTIMISE_INTERNAL_H

#include "core/status_internal.h"
#include "vitalcast/log.h"

typedef double (*vci_objective)(void *context, const double *x);

/* Gradient at the point where the objective was asked for last; false: use differences. */
typedef bool (*vci_objective_gradient)(void *context, const double *x, double *gradient);

typedef struct vci_minimise_options {
    vci_objective_gradient gradient; /* NULL: central differences */
    unsigned most_iterations;        /* default 100 */
    double difference;               /* step of the numerical gradient, default 1e-3 */
    double gradient_end; /* largest component at which the search ends, default 2e-3 */
    double gain_end; /* a gain below this twice in a row ends it as well, default 1e-7 */
    double longest_step;         /* largest change of a variable at once, default 1 */
    const vc_observer *observer; /* NULL: nobody */
} vci_minimise_options;

vci_minimise_options vci_minimise_options_default(void);

typedef struct vci_minimum {
    double value, gradient_norm; /* largest component of the gradient */
    unsigned iterations;
} vci_minimum;

/*
 * BFGS with central differences and backtracking (Nocedal and Wright 2006,
 * algorithms 6.1, 3.1). Plus infinity is a value like any other, except at the start.
 *
 * x  [in,out] start, then the best point
 *
 * Returns VC_OK; VC_NOT_CONVERGED (x is the best point); VC_INTERRUPTED; VC_NO_MEMORY.
 */
vc_status vci_minimise(size_t n, vci_objective f, void *context, double *x,
                       const vci_minimise_options *options, vci_minimum *minimum);

#endif
