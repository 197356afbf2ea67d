/* How many of a few classes are left empty when events fall into them at random. */
#ifndef VCI_EMPTY_INTERNAL_H
#define VCI_EMPTY_INTERNAL_H

#include <stddef.h>

enum { VCI_EMPTY_MOST = 12 };

/*
 * `taken` events are drawn without putting back from classes of size[n], whole numbers, n
 * <= 12: p[n + 1] of 0 .. n classes from which none is drawn. 0 <= taken <= sum of size. By
 * inclusion and exclusion over all sets of classes: Feller (1968), An Introduction to
 * Probability Theory 1, section IV.3. Cost: O(2^n). Checked by:
 * tests/unit/quality/test_empty.c
 */
void vci_empty_law(size_t n, const double *size, double taken, double *p);

#endif
