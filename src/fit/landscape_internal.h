/*
 * What is known of a smooth log density of a few variables: values and slopes at points,
 * the profiles through its top along the axes, and an interpolant through all of it.
 */
#ifndef VCI_LANDSCAPE_INTERNAL_H
#define VCI_LANDSCAPE_INTERNAL_H

#include "fit/profile_internal.h"
#include "num/surrogate_internal.h"

enum { VCI_LANDSCAPE_MOST = 32 }; /* variables */

typedef struct vci_landscape {
    size_t d, n, room;
    double *v, *value, *slope; /* [room][d], [room], [room][d] */
    double top;                /* highest value */
    double *low, *high;        /* [d] of the box in which the interpolant is believed */
    double *axis, *to_axes;  /* [d][d] columns: axes in units of v; the inverse, by rows */
    vci_profile *profile;    /* [d] fall from the first point along each axis */
    double *centre, *factor; /* [d], [d][d] lower: of what is one standard deviation */
    double most;             /* largest amount that the profiles leave anywhere */
    vci_surrogate surrogate; /* of what the profiles leave, in factor^-1 (v - centre) */
    size_t n_deep;
    double *deep; /* [n_deep][d] points too far down to be interpolated, likewise */
} vci_landscape;

/* room: points that will be added at most. Variables are not negative. */
vc_status vci_landscape_init(size_t d, size_t room, vci_landscape *landscape);
void vci_landscape_free(vci_landscape *landscape);

/*
 * Axes along which the function is best a sum: the principal axes of a curvature[d][d]
 * (lower triangle; used up), one unit being one standard deviation of the Gaussian that has
 * it, at most 1 in v. Comes before the first point. VC_BUG when LAPACK fails.
 */
vc_status vci_landscape_turn(vci_landscape *landscape, double *curvature);

/*
 * A point with its value and slope[d]; the first one is where the axes cross. Points
 * without a finite value are left out. axis: on which it lies; d for none.
 */
void vci_landscape_add(vci_landscape *landscape, const double *v, double value,
                       const double *slope, size_t axis);

/*
 * Centre and factor from draws[n][d] of the density, so that steps and lengths follow its
 * shape. VC_SINGULAR.
 */
vc_status vci_landscape_adapt(vci_landscape *landscape, size_t n, const double *draws);

/* s = factor^-1 (v - centre). */
void vci_landscape_standardise(const vci_landscape *landscape, const double *v, double *s);

/* Makes the interpolant from all points added so far. */
vc_status vci_landscape_interpolate(vci_landscape *landscape);

/* The interpolant at v; minus infinity far from everything known. context: a landscape. */
double vci_landscape_value(void *context, const double *v);

#endif
