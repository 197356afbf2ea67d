/* Log likelihood of one row of observations and its first two derivatives in eta. */
#ifndef VCI_LIKELIHOOD_INTERNAL_H
#define VCI_LIKELIHOOD_INTERNAL_H

#include "fit/field_internal.h"

/*
 * One leaf. eta[n] is without the offset. gradient[n] = d l / d eta, weight[n] = - d2 l / d
 * eta2, both 0 where y is missing. Returns the log likelihood without the terms that do not
 * depend on eta (those are vci_likelihood_constant). sd: dispersion of the family.
 */
double vci_likelihood_row(const vci_field *field, size_t leaf, double sd, const double *eta,
                          double *gradient, double *weight);

/* The log likelihood alone. */
double vci_likelihood_value(const vci_field *field, size_t leaf, double sd,
                            const double *eta);

/*
 * What the gradient of the marginal needs of one leaf, given the variance of its eta[n].
 * skew[n] = -1/2 variance * d weight / d eta; pull[n] = d gradient / d log sd. Returns the
 * derivative of the log likelihood and of -1/2 sum variance * weight in log sd (0 without
 * dispersion).
 */
double vci_likelihood_slopes(const vci_field *field, size_t leaf, double sd,
                             const double *eta, const double *variance, double *skew,
                             double *pull);

/* The terms that depend on the dispersion alone; those of the data alone are left out. */
double vci_likelihood_constant(const vci_field *field, const double *at_least, size_t n,
                               double sd);

/* Its derivative in log sd. */
double vci_likelihood_constant_slope(const vci_field *field, const double *at_least,
                                     size_t n, double sd);

/*
 * Number of observed counts above k = 0, 1, …: what the negative binomial's normaliser
 * needs. *at_least is NULL for families that do not want it; owned by the caller.
 */
vc_status vci_likelihood_counts(const vci_field *field, double **at_least, size_t *n);

#endif
