/* Findings for people and for programs. */
#ifndef VCI_FINDINGS_PRINT_INTERNAL_H
#define VCI_FINDINGS_PRINT_INTERNAL_H

#include <stdio.h>

#include "cli/json_internal.h"
#include "vitalcast/finding.h"

/*
 * Prints findings from number `first` on, one per line (lines of a remedy are set in),
 * those of at least a severity, and how many were not kept. Returns how many there are now.
 */
size_t vci_findings_print(FILE *out, const vc_findings *findings, size_t first,
                          vc_severity least);

/* The member "findings": an array of objects. */
void vci_findings_json(vci_json *json, const vc_findings *findings);

#endif
