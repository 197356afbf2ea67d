/*
 * Hyper-parameters integrated as the best-known program of this kind does by default: a
 * central composite design around the optimum. For comparison only.
 */
#ifndef VCT_CCD_H
#define VCT_CCD_H

#include "vitalcast/fit.h"

/*
 * Replaces the one point of a fit at its optimum (vc_fit_options.points = 1) by the points
 * of the design: centre, axes and corners at radius 1.1 sqrt(d) of the Gaussian that has
 * the marginal's curvature there, weighted for its integral (Rue, Martino and Chopin 2009,
 * section 6.5). Five hyper-parameters.
 */
void vct_ccd(const vc_unit_tree *tree, const vc_observations *observations, vc_fit *fit);

#endif
