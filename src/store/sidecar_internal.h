/* The sidecar of a run file: its digest, and whatever may differ between identical runs. */
#ifndef VCI_SIDECAR_INTERNAL_H
#define VCI_SIDECAR_INTERNAL_H

#include <stdint.h>

#include "vitalcast/run.h"

typedef struct vci_sidecar {
    char *id;
    char *sha256; /* 64 hexadecimal digits */
    uint64_t bytes;
    char *created; /* ISO 8601, UTC */
    char *workspace;
    char *version;  /* of vitalcast */
    char *scenario; /* name; NULL: a forecast */
} vci_sidecar;

/* The JSON text; owned by the caller. */
vc_status vci_sidecar_format(const vc_run *run, const char *sha256, size_t bytes,
                             unsigned threads, double wall_seconds, char **text);

/*
 * VC_NO_RUN when there is none, VC_STORE_DAMAGED when it is not one of ours. sidecar:
 * release with vci_sidecar_free, also after a failure.
 */
vc_status vci_sidecar_read(const char *path, vci_sidecar *sidecar);
void vci_sidecar_free(vci_sidecar *sidecar);

#endif
