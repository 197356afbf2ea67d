/*
 * The models that simulation-based calibration draws its worlds from, one for each family.
 * Their priors are proper and narrow enough that a drawn world looks like a county or a
 * large city: about 45 or 150 births a month in a township, months that differ by a tenth,
 * units by a quarter. Every component and every kind of prior is in one of them.
 */
#ifndef VCT_PRIOR_MODELS_H
#define VCT_PRIOR_MODELS_H

#include "support/prior_world.h"

enum { VCT_PRIORS = 6 };
extern const vct_prior vct_priors[VCT_PRIORS];

#endif
