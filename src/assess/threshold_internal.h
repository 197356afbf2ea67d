/*
 * Where figures, as published, begin to be on the right side of a bound. To round millions
 * of figures would cost more than to draw them; the bound is moved once instead.
 */
#ifndef VCI_THRESHOLD_INTERNAL_H
#define VCI_THRESHOLD_INTERNAL_H

#include "assess/fraction_internal.h"

/* Figures beyond `at`; at itself counts when `closed`. */
typedef struct vci_threshold {
    vc_fraction at; /* undefined: it does not fit into 64 bits */
    bool closed;
    double low, high; /* what is outside of them needs no exact comparison */
} vci_threshold;

/*
 * decimals: as in targets.csv, below 0 for figures that are not rounded; bound defined.
 * Halves are rounded away from zero, as by vci_fraction_published.
 */
vci_threshold vci_threshold_at_most(vc_fraction bound, int decimals);
vci_threshold vci_threshold_at_least(vc_fraction bound, int decimals);

/* f defined, value = vci_fraction_value(f), at defined. */
static inline bool vci_threshold_at_most_holds(const vci_threshold *t, vc_fraction f,
                                               double value) {
    if (value < t->low) return true;
    if (value > t->high) return false;
    return vci_fraction_compare(f, t->at) < (t->closed ? 1 : 0);
}

static inline bool vci_threshold_at_least_holds(const vci_threshold *t, vc_fraction f,
                                                double value) {
    if (value > t->high) return true;
    if (value < t->low) return false;
    return vci_fraction_compare(f, t->at) > (t->closed ? -1 : 0);
}

#endif
