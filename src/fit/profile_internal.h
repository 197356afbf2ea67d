/* A function of one variable through values and slopes. */
#ifndef VCI_PROFILE_INTERNAL_H
#define VCI_PROFILE_INTERNAL_H

#include <stddef.h>

enum { VCI_PROFILE_MOST = 16 };

typedef struct vci_profile {
    size_t n;
    double x[VCI_PROFILE_MOST], value[VCI_PROFILE_MOST], slope[VCI_PROFILE_MOST];
} vci_profile;

/* Adds a knot, in order of x; beyond VCI_PROFILE_MOST knots it is left out. */
void vci_profile_add(vci_profile *profile, double x, double value, double slope);

/*
 * Cubic Hermite interpolation (Fritsch and Carlson 1980, SIAM Journal on Numerical Analysis
 * 17, equation 1). Outside the knots it goes on with the end's slope where that rises
 * outwards, and half the squared distance, as a Gaussian's log density would fall; *slope
 * gets the derivative.
 */
double vci_profile_value(const vci_profile *profile, double x, double *slope);

#endif
