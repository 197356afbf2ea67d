/* What was found in the input: every fault of a file in one pass, each with its place. */
#ifndef VITALCAST_FINDING_H
#define VITALCAST_FINDING_H

#include "vitalcast/api.h"
#include "vitalcast/status.h"
#include "vitalcast/text.h"

VC_BEGIN_DECLS

/*
 * VC_INFO    accepted, worth knowing
 * VC_WARNING accepted, stored in the run
 * VC_FAULT   refused: exit code 2
 */
typedef enum vc_severity { VC_INFO, VC_WARNING, VC_FAULT } vc_severity;

typedef struct vc_finding {
    vc_severity severity;
    char kind[8];  /* catalogue number such as "C02" (docs/FILE_FORMATS.md); stable */
    char *file;    /* path as the user would write it; "" when no file is meant */
    size_t line;   /* physical line where the record starts, 1-based; 0 = whole file */
    size_t column; /* character (code point) in the line, 1-based; 0 = whole line */
    char *message; /* what was found and what was expected, in the list's language */
    char *remedy;  /* how to fix it; may hold lines to paste; NULL if none */
} vc_finding;

/* At most VC_FINDINGS_KEPT of one kind and file are kept; n_more counts the rest. */
#define VC_FINDINGS_KEPT 50

typedef struct vc_findings {
    vc_language language;
    size_t n;
    vc_finding *list;
    size_t n_faults; /* all, also those not kept */
    size_t n_warnings;
    size_t n_more; /* findings counted but not kept */
    size_t capacity;
} vc_findings;

VC_API void vc_findings_init(vc_findings *findings, vc_language language);
VC_API void vc_findings_free(vc_findings *findings);

/**
 * A finding as one text "file:line:column: fault C02: message — remedy"; a remedy of
 * several lines follows on lines of its own, set in by four blanks. Owned by the caller,
 * release with free(). NULL when there is no memory.
 */
VC_API char *vc_finding_format(const vc_finding *finding, vc_language language);

VC_END_DECLS

#endif
