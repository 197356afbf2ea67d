/* Earlier names of units, and what they became. */
#ifndef VCI_ALIASES_INTERNAL_H
#define VCI_ALIASES_INTERNAL_H

#include "office/reading_internal.h"

/* 甲镇（原甲乡）: cut to the name; returns the earlier one (n is 0 if there is none). */
vci_span vci_alias_earlier(vci_span *name);

/* The name that a name has become; chains are followed, a circle only once round. */
vci_span vci_alias_latest(const vci_reading *r, vci_span name);

/* Takes up the names that `renamed:` says, and those that stand in the sheet itself. */
vc_status vci_aliases_declared(vci_reading *r);
vc_status vci_aliases_read(vci_reading *r);

#endif
