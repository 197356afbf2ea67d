/* The hypergeometric distribution. */
#ifndef VCI_HYPERGEOMETRIC_INTERNAL_H
#define VCI_HYPERGEOMETRIC_INTERNAL_H

#include <stdint.h>

/*
 * How many of `marked` among `total` are taken when `taken` are taken at random without
 * putting back: the least x with P(X <= x) >= u, 0 < u < 1. Probabilities by their ratios
 * from the mode outwards (+ - * / only: the same bits everywhere), those below 1e-18 of the
 * mode's left out. 0 <= marked, taken <= total < 2^52. Cost: O(standard deviation).
 */
int64_t vci_hypergeometric(double u, int64_t total, int64_t marked, int64_t taken);

/*
 * P(X <= x) of the same; any x. Relative error below 1e-13, of the smallest tails as well
 * (down to the smallest double). Cost: O(marked or taken).
 */
double vci_hypergeometric_at_most(int64_t x, int64_t total, int64_t marked, int64_t taken);

#endif
