/* The bytes of stored files. */
#ifndef VCI_BYTES_INTERNAL_H
#define VCI_BYTES_INTERNAL_H

#include "core/status_internal.h"

/*
 * All of a regular file. VC_NO_RUN when there is none, VC_STORE_FOREIGN above the limit.
 * bytes: owned by the caller, with a zero byte behind its end.
 */
vc_status vci_bytes_read(const char *path, size_t limit, char **bytes, size_t *n);

#endif
