/* Eliminating one group of latent values from a quadratic in eta. */
#ifndef VCI_ELIMINATE_INTERNAL_H
#define VCI_ELIMINATE_INTERNAL_H

#include "fit/solver_internal.h"

/* Numbers of scratch that vci_eliminate_leaf needs. */
size_t vci_eliminate_scratch(const vci_field *field);

/*
 * -1/2 delta' M delta + v' delta, with delta gaining E z: maximises over the group's change
 * and leaves the quadratic in what comes from above in m (lower triangle) and v.
 *
 * z        the group's values now
 * m, v     [in,out] [n][n] lower triangle, [n]
 * factor   [out]
 * log_det, decrement  get this group's share added
 */
vc_status vci_eliminate_dense(const vci_field *field, const vci_algebra *algebra,
                              const vci_group *group, const double *theta, const double *z,
                              double *m, double *v, vci_factor *factor, double *log_det,
                              double *decrement);

/*
 * The same for a leaf, whose M is diag(weight) and v = gradient: adds the reduced quadratic
 * to m and v.
 */
vc_status vci_eliminate_leaf(const vci_field *field, const vci_group *group,
                             const double *theta, const double *z, const double *weight,
                             const double *gradient, double *m, double *v,
                             vci_factor *factor, double *scratch, double *log_det,
                             double *decrement);

/*
 * The group's change for a change delta of eta from above: d = L^-T (y - gain delta). Adds
 * it to delta as well (delta becomes the change below the group). weight: leaves only, else
 * NULL.
 */
void vci_group_step(const vci_field *field, const vci_group *group,
                    const vci_factor *factor, const double *weight, double *delta,
                    double *d);

#endif
