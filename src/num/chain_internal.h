/* A Markov chain on a density that is cheap to evaluate. */
#ifndef VCI_CHAIN_INTERNAL_H
#define VCI_CHAIN_INTERNAL_H

#include "num/random_internal.h"

/* Log density up to a constant at x[d]; minus infinity where there is none. */
typedef double (*vci_log_density)(void *context, const double *x);

enum { VCI_CHAIN_MOST = 32 };

typedef struct vci_chain {
    size_t d;             /* at most VCI_CHAIN_MOST */
    const double *factor; /* [d][d] lower; one step moves by factor * normal */
    size_t keep, thin;    /* keep every thin-th of keep * thin steps */
    size_t burn;          /* steps before those */
    vci_stream stream;    /* its draws 0, 1, … are the steps */
} vci_chain;

/*
 * Random-walk Metropolis (Metropolis et al. 1953); the usual step 2.4 / sqrt(d) (Gelman,
 * Roberts and Gilks 1996) with shorter and longer ones mixed in.
 *
 * x     [in,out] start, then the last point
 * kept  [keep][d]
 *
 * Returns the share of steps that were taken.
 */
double vci_chain_run(const vci_chain *chain, vci_log_density density, void *context,
                     double *x, double *kept);

#endif
