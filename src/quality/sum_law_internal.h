/* The exact law of a sum of independent small counts. */
#ifndef VCI_SUM_LAW_INTERNAL_H
#define VCI_SUM_LAW_INTERNAL_H

#include <stddef.h>

#include "core/status_internal.h"

typedef struct vci_sum_law {
    size_t n; /* largest value */
    size_t capacity;
    double *p; /* [n + 1] */
} vci_sum_law;

/* Zeroed is ready for _start: the sum of nothing. */
vc_status vci_sum_law_start(vci_sum_law *law);

/* Adds an independent count with probabilities more[m + 1] of 0 .. m. */
vc_status vci_sum_law_add(vci_sum_law *law, size_t m, const double *more);

double vci_sum_law_mean(const vci_sum_law *law);

/* The least k with P(X <= k) >= level. */
double vci_sum_law_quantile(const vci_sum_law *law, double level);

/*
 * P(X > k) + P(X = k) / 2: the mid-p value, whose mean is 1/2 under the law (Lancaster
 * 1961, Journal of the American Statistical Association 56).
 */
double vci_sum_law_above(const vci_sum_law *law, size_t k);

void vci_sum_law_free(vci_sum_law *law);

#endif
