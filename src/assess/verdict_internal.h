/* The words of a verdict, for tables, reports and workbooks alike. */
#ifndef VCI_VERDICT_INTERNAL_H
#define VCI_VERDICT_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/run.h"

vci_text vci_verdict_words(const vc_result *result);

#endif
