/* A workspace with all its tables, read for a verb. */
#ifndef VCI_INPUT_INTERNAL_H
#define VCI_INPUT_INTERNAL_H

#include "cli/cli_internal.h"
#include "vitalcast/workspace.h"

typedef struct vci_input {
    vc_workspace workspace;
    vc_findings findings; /* in the language that cli speaks from then on */
    vc_panel panel;
    vc_targets targets;
    vc_period as_of; /* --as-of; VC_NO_PERIOD without */
    bool more;       /* both bases are wanted, and this is the first one */
} vci_input;

/*
 * Reads a workspace, its tables and targets. cli takes the workspace's language.
 *
 * wrong  [out] --as-of has a wrong form (said already): end with 64
 *
 * Returns VC_OK; VC_BAD_INPUT when there are faults; else what failed.
 */
vc_status vci_input_read(vci_cli *cli, const char *dir, vci_input *input, bool *wrong);

/*
 * Makes cli ask for the other basis, which a second vci_input_read then reads; the first
 * one's caller does that when input->more.
 */
void vci_input_next_basis(vci_cli *cli);

/* The words for a basis; "" without one. */
const char *vci_basis_text(const char *basis, vc_language language);

/*
 * What can only be judged as of a period (vc_run_compute does it on its own): cuts the
 * panel and checks the targets. Returns as vci_input_read.
 */
vc_status vci_input_judge(vci_input *input);
void vci_input_free(vci_input *input);

#endif
