/* A run as the bytes of its file, and back. */
#ifndef VCI_IMAGE_INTERNAL_H
#define VCI_IMAGE_INTERNAL_H

#include "vitalcast/run.h"

/* bytes: owned by the caller. */
vc_status vci_image_write(const vc_run *run, unsigned char **bytes, size_t *n);

/* run: release with vc_run_free, also after a failure. bytes is not changed. */
vc_status vci_image_read(void *bytes, size_t n, vc_run *run);

#endif
