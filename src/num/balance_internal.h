/* Weights of a few points that have the means of many. */
#ifndef VCI_BALANCE_INTERNAL_H
#define VCI_BALANCE_INTERNAL_H

#include <stddef.h>

#include "core/status_internal.h"

/*
 * Changes weight[n] (positive, adding to 1) as little as possible in relative entropy so
 * that the weighted means of f[n][q] are mean[q]: entropy balancing, Hainmueller (2012),
 * Political Analysis 20, section 3.2. Features should be of unit scale.
 *
 * Returns VC_OK; VC_NOT_CONVERGED or VC_SINGULAR when no such weights are near: weight is
 * then as it was.
 */
vc_status vci_balance(size_t n, size_t q, const double *f, const double *mean,
                      double *weight);

#endif
