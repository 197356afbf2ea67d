/*
 * What a page of results is about, in words: the year that ends then, or another period;
 * and which of its targets are to be met before it is over.
 */
#ifndef VCI_TERM_INTERNAL_H
#define VCI_TERM_INTERNAL_H

#include "vitalcast/run.h"

/* All are owned by the caller, release with vci_free; NULL when there is no memory. */

/* "year ending 2013-12", "period 2013-07 to 2013-09", "period 2013-07". */
char *vci_term_text(const vc_run *run, const vc_target *target, vc_language language);

/* "2013-12" of a year, "2013-07 to 2013-09" or "2013-07" of any other period. */
char *vci_term_short(const vc_run *run, const vc_target *target, vc_language language);

/* The indicator with its unit; "births, by 2013-10" where there is a deadline. */
char *vci_target_text(const vc_run *run, const vc_target *target, vc_language language);

/* "year", "month", "quarter", "half", "years" for programs. */
const char *vci_term_name(const vc_run *run, const vc_target *target);

#endif
