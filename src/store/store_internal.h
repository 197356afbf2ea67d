#ifndef VCI_STORE_INTERNAL_H
#define VCI_STORE_INTERNAL_H

#include "store/sidecar_internal.h"

/* "x/y.h5" to "x/y.json"; owned by the caller. */
char *vci_store_sidecar_path(const char *file);

/* Compares a run file's bytes with its sidecar. */
vc_status vci_store_check(const char *file, vci_sidecar *sidecar);

#endif
