/* Reading input files with suspicion, writing result files all or nothing. */
#ifndef VCI_FILE_INTERNAL_H
#define VCI_FILE_INTERNAL_H

#include "core/finding_internal.h"

/*
 * The bytes of an input file. What is wrong with it (missing, a folder, a device, of the
 * wrong kind, too large, changing) becomes a finding of kind F02, F03 or F14; then *bytes
 * is NULL and VC_OK is returned. bytes is owned by the caller and has a zero byte behind
 * its end.
 */
vc_status vci_file_read(const char *path, size_t limit, vc_findings *findings,
                        unsigned char **bytes, size_t *n);

/*
 * Writes a file so that it is there whole or not at all, also after a power failure
 * (core/staged_internal.h). VC_NO_SPACE, VC_IO_FAILED.
 */
vc_status vci_file_write_atomic(const char *path, const void *bytes, size_t n);

#endif
