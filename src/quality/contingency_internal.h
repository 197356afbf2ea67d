/* Is a table of counts more even than chance makes it? */
#ifndef VCI_CONTINGENCY_INTERNAL_H
#define VCI_CONTINGENCY_INTERNAL_H

#include <stddef.h>

/* Pearson's chi-square with the mean and variance that it has given the margins. */
typedef struct vci_contingency {
    double chi_square, mean, variance;
} vci_contingency;

/*
 * Of counts[rows][columns] under independence, given both margins. Empty rows and columns
 * do not count; a table without two of each, or of fewer than four events, has mean 0.
 * Exact: Haldane (1940), Biometrika 31; Dawson (1954), Biometrika 41. Checked by:
 * tests/unit/quality/test_contingency.c
 */
vci_contingency vci_contingency_make(size_t rows, size_t columns, const double *counts);

/* Adds an independent table. */
void vci_contingency_add(vci_contingency *sum, const vci_contingency *more);

/*
 * P(chi-square as small) when honest tables have `inflation` (>= 1) times the mean: gamma
 * law with the exact mean and variance.
 */
double vci_contingency_lower(const vci_contingency *table, double inflation);

/* The level quantile of chi-square over its mean. */
double vci_contingency_quantile(const vci_contingency *table, double inflation,
                                double level);

#endif
