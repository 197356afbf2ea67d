/* How to mend a fault, in words: a printf text in the language of the findings. */
#ifndef VCI_REMEDY_INTERNAL_H
#define VCI_REMEDY_INTERNAL_H

#include "core/finding_internal.h"

typedef struct vci_remedy {
    char text[1024]; /* cut at a character, so that it stays valid UTF-8 */
} vci_remedy;

vci_remedy vci_remedy_make(const vc_findings *findings, vci_text id, ...);

#endif
