/* How much history of its own stands behind a result. */
#ifndef VCI_METHOD_INTERNAL_H
#define VCI_METHOD_INTERNAL_H

#include "assess/tally_internal.h"

/* Periods in which the unit's indicator was observed, all of them told. */
size_t vci_method_history(const vc_panel *panel, const vci_indicator *indicator,
                          size_t unit);

/* The method of a projection that rests on so many observed periods. */
vc_method vci_method_of(vc_frequency frequency, size_t history);

/* Are all records of a year final, in all leaves under a unit? */
bool vci_method_settled(const vc_panel *panel, size_t unit, vc_year year);

#endif
