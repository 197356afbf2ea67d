/* Small made-up trees with observations, for tests of the engine. */
#ifndef VCT_SMALL_WORLD_H
#define VCT_SMALL_WORLD_H

#include "vitalcast/fit.h"

/*
 * parents[n]: index of each unit's parent, SIZE_MAX for unit 0, the root; parents come
 * before their children. Codes are u0, u1, …
 */
void vct_tree(size_t n, const size_t parents[], vc_unit_tree *tree);

/* A random ragged tree: every unit but the root hangs below an earlier one. */
void vct_random_tree(unsigned seed, size_t n, unsigned deepest, vc_unit_tree *tree);

/*
 * Monthly observations of n periods and h ahead: Poisson-like counts of about `mean` with
 * gaps and late starts; trials of five times that when the model is binomial.
 */
void vct_observations(unsigned seed, const vc_unit_tree *tree, size_t n, size_t h,
                      double mean, bool trials, vc_observations *observations);

/* A model with every component switched on. */
vc_model vct_full_model(vc_family family);

/* The same and what few specifications have: second order, change, seasons of units,
 * events. */
vc_model vct_rich_model(vc_family family);

/* A number in (0, 1) from a small generator of the tests' own. */
double vct_random(unsigned *state);

#endif
