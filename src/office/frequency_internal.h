/* Months or quarters: what the workspace says, or else the files. */
#ifndef VCI_FREQUENCY_INTERNAL_H
#define VCI_FREQUENCY_INTERNAL_H

#include "office/propose_internal.h"

/*
 * `period` of a workspace.yaml; *declared is false where there is no such file. Fault I17:
 * a workspace of years. *frequency: VC_MONTHLY where the file says nothing.
 */
vc_status vci_frequency_read(const char *file, vc_findings *findings, bool *declared,
                             vc_frequency *frequency);

/*
 * Adds the line `period:` of the proposal, if there is to be one: from the workspace where
 * it is declared, else from the times that the sheets speak of. *frequency is what the
 * sheets are to be proposed for; of months where it is asked.
 */
vc_status vci_frequency_propose(size_t n_sources, const vci_book *sources, bool declared,
                                vc_language language, vci_page *page,
                                vc_frequency *frequency);

#endif
