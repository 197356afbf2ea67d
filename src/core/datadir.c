/* Looking for data files in a list of folders. */
#include "vitalcast/datadir.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "core/memory_internal.h"

/* Readable or not: who cannot read the file that was meant must not get another one. */
static bool is_there(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0;
}

vc_status vc_datadirs_find(const vc_datadirs *dirs, const char *name, char **path) {
    vc_status st = VC_OK;
    *path = NULL;
    for (size_t i = 0; i < dirs->n; i++) {
        char *candidate = vci_text_format("%s/%s", dirs->dirs[i], name);
        if (!candidate) VC_FAIL(VC_NO_MEMORY, "%s", name);
        if (is_there(candidate)) {
            *path = candidate;
            goto out;
        }
        vci_free(candidate);
    }
out:
    return st;
}
