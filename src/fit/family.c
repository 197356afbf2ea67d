/* The registry of families. */
#include "fit/family_internal.h"

#include <math.h>

const vci_family *vci_family_of(vc_family family) {
#define ENTRY(constant, name, descriptor, dispersed) [constant] = &descriptor,
    static const vci_family *const families[VC_FAMILIES] = {VC_FAMILY_LIST(ENTRY)};
#undef ENTRY
    return families[family];
}

double vci_family_observed(const vc_observations *o) {
    double n = 0;
    for (size_t i = 0; i < o->n_leaves * o->n; i++) n += !isnan(o->y[i]);
    return n;
}
