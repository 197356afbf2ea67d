/*
 * Coordinates in which the posterior of the standard deviations has no long tails:
 *
 *   v = log(1 + sd / c),  c a quarter of the sd at the optimum,
 *
 * is log sd where the sd is large and ends at 0 where the sd vanishes. On the log scale
 * alone a small sd has an endless left tail, which points or parabolas miss.
 */
#ifndef VCI_HYPER_INTERNAL_H
#define VCI_HYPER_INTERNAL_H

#include "fit/field_internal.h"

typedef struct vci_hyper {
    size_t d;
    double *scale; /* [d] c */
} vci_hyper;

vc_status vci_hyper_init(size_t d, const double *optimum, vci_hyper *hyper);
void vci_hyper_free(vci_hyper *hyper);

/* v[d] of theta[d] = log sd, and back; v near 0 stands for a thousandth of c. */
void vci_hyper_from_theta(const vci_hyper *hyper, const double *theta, double *v);
void vci_hyper_to_theta(const vci_hyper *hyper, const double *v, double *theta);

/* What the log density of theta gains when it becomes that of v, at theta. */
double vci_hyper_log_jacobian(const vci_hyper *hyper, const double *theta);

/* Turns the gradient of the log density of theta into that of v's, at theta. */
void vci_hyper_slope(const vci_hyper *hyper, const double *theta, double *slope);

#endif
