/* The search for the optimum of the Laplace marginal, and what watches it. */
#ifndef VCI_SEARCH_INTERNAL_H
#define VCI_SEARCH_INTERNAL_H

#include "fit/marginal_internal.h"
#include "num/optimise_internal.h"

typedef struct vci_search {
    const char *stage; /* name under which observers hear of it */
    vci_marginal marginal;
    const vc_observer *observer;
    vc_status st;   /* what cannot be gone around: memory */
    bool confirmed; /* a second start from elsewhere came to the same optimum */
    double second;  /* log marginal where the second start ended */
} vci_search;

/* Progress, for whoever watches: `done` of 1, and no end is promised before 1. */
void vci_search_report(const vci_search *search, double done);

/*
 * theta[n_theta] = optimum, found from the priors' own starts and again from elsewhere; a
 * mixture prior is searched on both of its hills. Returns as vci_minimise.
 */
vc_status vci_search_run(vci_search *search, double *theta, vci_minimum *best);

#endif
