/* Other offices' counts within a panel. */
#ifndef VCI_OTHERS_INTERNAL_H
#define VCI_OTHERS_INTERNAL_H

#include "vitalcast/others.h"

/* The order of the counts, for qsort. */
int vci_others_compare(const void *a, const void *b);

/* Place of the first count that does not stand before the key. */
size_t vci_others_place(const vc_others *others, const vc_other_count *key);

/* Units get the numbers place[unit]; counts of those that have VC_NO_UNIT go. */
void vci_others_keep(vc_others *others, const size_t *place);

#endif
