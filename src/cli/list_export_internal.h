/* vitalcast runs export RUN --what LIST. */
#ifndef VCI_LIST_EXPORT_INTERNAL_H
#define VCI_LIST_EXPORT_INTERNAL_H

#include "cli/cli_internal.h"

/* Writes a list of a stored run as CSV to stdout; returns the exit code. */
int vci_list_export(vci_cli *cli);

#endif
