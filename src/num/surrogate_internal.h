/*
 * A smooth function of a few variables, known with its gradient at some points: what it is
 * elsewhere, as the mean of a Gaussian process through all of them.
 */
#ifndef VCI_SURROGATE_INTERNAL_H
#define VCI_SURROGATE_INTERNAL_H

#include <stddef.h>

#include "core/status_internal.h"

typedef struct vci_surrogate {
    size_t d, n;
    double *x;      /* [n][d] the points */
    double *weight; /* [n][1 + d] of the kernel and of its slopes there */
    double length;  /* of the kernel, in the unit of x */
} vci_surrogate;

/*
 * Interpolates value[n] and slope[n][d] at x[n][d]. The variables should be of one scale
 * (one unit = one standard deviation of whatever is of interest); the kernel's length is
 * the likeliest of a few. VC_SINGULAR when points are too close to each other even for a
 * tolerance of 1e-4 of the values' spread.
 *
 * Matern kernel of order 5/2 with derivative observations: Rasmussen and Williams (2006),
 * Gaussian Processes for Machine Learning, equation 4.17, sections 2.2, 5.4 and 9.4. Cost:
 * O((n d)^3).
 */
vc_status vci_surrogate_fit(size_t d, size_t n, const double *x, const double *value,
                            const double *slope, vci_surrogate *surrogate);

/* Its value at x[d]; *distance to the nearest of its points. Cost: O(n d). */
double vci_surrogate_value(const vci_surrogate *surrogate, const double *x,
                           double *distance);

void vci_surrogate_free(vci_surrogate *surrogate);

#endif
