/* The names of indicators with their units, for tables and workbooks. */
#ifndef VCI_INDICATOR_TEXT_INTERNAL_H
#define VCI_INDICATOR_TEXT_INTERNAL_H

#include "vitalcast/run.h"

/*
 * The name of an indicator for people, with its unit; owned by the caller, release with
 * vci_free; NULL when there is no memory.
 */
char *vci_indicator_text(const vc_run *run, const char *indicator, vc_language language);

/* The same where there is no run to ask: a standard indicator's, or the name itself. */
char *vci_standard_text(const char *indicator, vc_language language);

#endif
