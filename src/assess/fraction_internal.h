/* Exact fractions: targets are decided in integers, never in rounded floating point. */
#ifndef VCI_FRACTION_INTERNAL_H
#define VCI_FRACTION_INTERNAL_H

#include <math.h>

#include "vitalcast/target.h"

/* den == 0: undefined (a ratio without denominator). */
static const vc_fraction VCI_UNDEFINED = {0, 0};

/* NaN if undefined. Here, since it is called for every draw. */
static inline double vci_fraction_value(vc_fraction f) {
    return f.den == 0 ? (double)NAN : (double)f.num / (double)f.den;
}

/* Sign of a - b; both defined. */
int vci_fraction_compare(vc_fraction a, vc_fraction b);

/* 10^decimals; beyond 9 digits, which nobody publishes, 10^9. */
int64_t vci_fraction_scale_of(int decimals);

/* As published with `decimals` digits, halves away from zero; itself for decimals < 0. */
vc_fraction vci_fraction_published(vc_fraction f, int decimals);

/* f * factor + summand; undefined when the result does not fit into 64 bits. */
vc_fraction vci_fraction_scale(vc_fraction f, vc_fraction factor, vc_fraction summand);

#endif
