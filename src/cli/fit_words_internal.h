/* What a fit is called. */
#ifndef VCI_FIT_WORDS_INTERNAL_H
#define VCI_FIT_WORDS_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/run.h"

/* What a fit describes: births, deaths, sex ratio, or the series of values. */
const char *vci_fit_subject(const vc_run *run, const vc_fit *fit, vc_language language);

#endif
