/* A few points that stand for many. */
#ifndef VCI_STRATA_INTERNAL_H
#define VCI_STRATA_INTERNAL_H

#include "num/random_internal.h"

/*
 * Cuts n points x[n][d] into k strata of equal size (n a multiple of k, k a power of two):
 * always across the variable that varies most, at the median. Variables should be of one
 * scale. chosen[k] gets one point of each stratum at random, so that the mean over the
 * chosen is unbiased for the mean over all; strata that are close to each other in the list
 * are close in space. order[n] is scratch. The structure is that of Bentley (1975),
 * Communications of the ACM 18, multidimensional binary search trees.
 */
void vci_strata_choose(size_t d, size_t n, const double *x, size_t k,
                       const vci_stream *stream, size_t *order, size_t *chosen);

/*
 * Place of number i in (0, 1) of van der Corput's sequence to a base: any beginning of it
 * is spread evenly (Halton 1960, Numerische Mathematik 2).
 */
double vci_spread(uint64_t i, unsigned base);

#endif
