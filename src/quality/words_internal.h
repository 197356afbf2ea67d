/* A check in words and figures, for whoever prints it. */
#ifndef VCI_QUALITY_WORDS_INTERNAL_H
#define VCI_QUALITY_WORDS_INTERNAL_H

#include "vitalcast/quality.h"

/* What it looks at; owned by the caller, NULL without memory. */
char *vci_quality_words(const vc_quality_check *check, vc_language language);

typedef struct vci_quality_figures {
    char period[2 * VC_PERIOD_TEXT + 4];
    char seen[32];
    char honest[96]; /* "1.00 (0.75–1.28)" */
    char p[32], q[32];
} vci_quality_figures;

vci_quality_figures vci_quality_figures_make(const vc_quality_check *check,
                                             vc_frequency frequency);

#endif
