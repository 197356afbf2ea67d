/* What a workspace reads, which nothing may be written over. */
#ifndef VCI_OWN_INPUT_INTERNAL_H
#define VCI_OWN_INPUT_INTERNAL_H

#include "vitalcast/status.h"

/*
 * Is the file at a path one of the workspace's tables, or a workbook that it was imported
 * from (by its digest in import.yaml)? A path where nothing is, and a workspace that cannot
 * be read, have none.
 */
vc_status vci_own_input(const char *workspace, const char *path, bool *own);

#endif
