/* Estimates from draws or weighted points, and units that stand out. */
#ifndef VCI_LEARNED_INTERNAL_H
#define VCI_LEARNED_INTERNAL_H

#include "vitalcast/learned.h"

/* weights NULL: all alike. */
vc_status vci_estimate_make(size_t n, const double *values, const double *weights,
                            vc_estimate *estimate);

/*
 * stands[n]: is it of the largest set, by rising probability of the wrong sign, whose mean
 * of these is at most `most`?
 */
vc_status vci_stand_out(size_t n, const double *p_above, double most, bool *stands);

#endif
