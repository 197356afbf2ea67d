/* Priors of standard deviations, on the log scale where the search moves. */
#ifndef VCI_SCALE_INTERNAL_H
#define VCI_SCALE_INTERNAL_H

#include "vitalcast/model.h"

/* Is the component there; is its standard deviation searched for? */
bool vci_scale_present(const vc_scale *scale);
bool vci_scale_free(const vc_scale *scale);

/*
 * Log density of theta = log sd, Jacobian included. Constants are kept, so that densities
 * of different kinds compare. Not defined for absent or fixed scales.
 */
double vci_scale_log_density(const vc_scale *scale, double theta);

/* Its derivative in theta. */
double vci_scale_log_slope(const vc_scale *scale, double theta);

#endif
