/* What another office counts, given what we count and how the definitions differ. */
#ifndef VCI_OTHER_LAW_INTERNAL_H
#define VCI_OTHER_LAW_INTERNAL_H

#include "core/status_internal.h"

/* Its figure over ours; common: share of ours that it counts too, at most the ratio. */
typedef struct vci_other_offset {
    double ratio, sd, common;
} vci_other_offset;

/* P(theirs = first + k) for k < n; nothing else is possible. */
typedef struct vci_other_law {
    int64_t first;
    size_t n;
    double *p;
} vci_other_law;

/*
 * Events that both count, that only we and that only they count are independent Poissons.
 * Given x of ours, C of the common ones ~ Binomial (x, common), and what they have beyond,
 * whose rate is (ratio - common) times ours, is negative binomial with size x + 1/2 and
 * mean (ratio - common) (x + 1/2): Poisson over the posterior of our rate under Jeffreys'
 * prior. Their sum is summed over ratio ~ N (ratio, sd) at 15 equally likely values.
 * Source: Gelman et al. (2013), Bayesian Data Analysis, section 2.6. Checked by:
 * tests/unit/quality/test_other_law.c. Cost: O(sd of common x sd of the rest).
 */
vc_status vci_other_law_make(const vci_other_offset *offset, int64_t ours,
                             vci_other_law *law);

double vci_other_law_at_most(const vci_other_law *law, int64_t k);
double vci_other_law_at_least(const vci_other_law *law, int64_t k);

/* The least k with P(theirs <= k) >= level. */
int64_t vci_other_law_quantile(const vci_other_law *law, double level);

void vci_other_law_free(vci_other_law *law);

#endif
