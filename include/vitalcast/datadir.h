/* Where models, plots and templates are found. */
#ifndef VITALCAST_DATADIR_H
#define VITALCAST_DATADIR_H

#include "vitalcast/api.h"
#include "vitalcast/status.h"

VC_BEGIN_DECLS

/* Folders that may hold models/, plots/ and datasets/; the first that has a file wins. */
typedef struct vc_datadirs {
    size_t n;
    const char *const *dirs; /* borrowed */
} vc_datadirs;

/**
 * The path of "models/births.yaml", "plots/fan.gp" … in the first folder that has it,
 * whether it can be read or not.
 *
 * path [out] owned by the caller, release with free(); NULL (and VC_OK) if no folder has it
 */
VC_API VC_CHECKED vc_status vc_datadirs_find(const vc_datadirs *dirs, const char *name,
                                             char **path);

VC_END_DECLS

#endif
