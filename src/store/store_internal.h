/* Run files and their sidecars by name. */
#ifndef VCI_STORE_INTERNAL_H
#define VCI_STORE_INTERNAL_H

#include "store/sidecar_internal.h"

/* "x/y.h5" to "x/y.json"; owned by the caller. */
char *vci_store_sidecar_path(const char *file);

/*
 * Compares a run file's bytes with its sidecar: VC_STORE_DAMAGED, VC_STORE_FOREIGN (no
 * sidecar), VC_NO_RUN, VC_IO_FAILED, VC_NO_MEMORY.
 */
vc_status vci_store_check(const char *file, vci_sidecar *sidecar);

#endif
