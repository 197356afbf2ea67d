/*
 * Quantiles of a stream of values in 4 KB: exact up to 512 values, then 1,024 bins over
 * twice the range of those, half of it on either side. Counts get one bin per whole number
 * as long as they fit, and then stay exact. Values beyond the bins join the outermost ones;
 * quantiles that fall among them are rough. The result depends on the values and their
 * order only.
 */
#ifndef VCI_HISTOGRAM_INTERNAL_H
#define VCI_HISTOGRAM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vitalcast/api.h"

enum { VCI_HISTOGRAM_EXACT = 512, VCI_HISTOGRAM_BINS = 1024 };

typedef struct vci_histogram {
    bool whole; /* values are whole numbers */
    size_t n;
    double least, most; /* seen */
    double low, width;  /* of the bins, once there are bins */
    union {
        double value[VCI_HISTOGRAM_EXACT];
        uint32_t bin[VCI_HISTOGRAM_BINS];
    } u;
} vci_histogram;

void vci_histogram_init(vci_histogram *histogram, bool whole);

/* Finite values only; others are the caller's mistake. At most 2^32 - 1 values in all. */
void vci_histogram_add(vci_histogram *histogram, size_t n, const double *x);

/*
 * The p quantile, p in [0, 1]; NaN without values. Whole numbers: the least k with at least
 * a share p at or below it. Others: linear interpolation (Hyndman and Fan 1996, type 7).
 */
double vci_histogram_quantile(const vci_histogram *histogram, double p);

/* The same of p[m], ascending, into q[m]. */
void vci_histogram_quantiles(const vci_histogram *histogram, size_t m,
                             const double p[VC_DIM(m)], double q[VC_DIM(m)]);

#endif
