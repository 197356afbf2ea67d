/* The names of the steps of a change, for tables, reports and charts alike. */
#ifndef VCI_CHANGE_INTERNAL_H
#define VCI_CHANGE_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/change.h"
#include "vitalcast/period.h"

vci_text vci_change_words(vc_change_step step, vc_frequency frequency);

#endif
