#ifndef VCI_FINDING_INTERNAL_H
#define VCI_FINDING_INTERNAL_H

#include "core/text_internal.h"
#include "vitalcast/finding.h"

typedef struct vci_place {
    const char *file; /* NULL when no file is meant */
    size_t line, column;
} vci_place;

/*
 * Adds a finding. message is the id of a printf text and takes the arguments that follow;
 * remedy is a plain text made by the caller (copied) or NULL: for a fault then what
 * vci_text_remedy has. User text among the arguments
 * must have gone through vci_quote. Returns VC_NO_MEMORY or VC_OK; a full list (see
 * VC_FINDINGS_KEPT) only counts.
 */
vc_status vci_finding_add(vc_findings *findings, vc_severity severity, const char *kind,
                          vci_place place, const char *remedy, vci_text message, ...);

/*
 * A cell's text made safe to show: control characters, direction marks, invisible ones and
 * broken bytes as ?, at most 60 characters, then "…".
 */
typedef struct vci_quoted {
    char text[256];
} vci_quoted;
vci_quoted vci_quote(const char *text, size_t n);

#endif
