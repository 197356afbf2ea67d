#include "cli/chart_file_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory_internal.h"

vc_status vci_folder_make(const char *path) {
    vc_status st = VC_OK;
    char *copy = NULL;
    VC_COPY_TEXT(copy, path);
    for (char *s = copy; *s; s++) {
        if (*s != '/' || s == copy) continue;
        *s = '\0';
        mkdir(copy, 0777); /* whether it is there now shows below */
        *s = '/';
    }
    if (mkdir(copy, 0777) != 0 && errno != EEXIST)
        VC_FAIL(VC_IO_FAILED, "%s: %s", path, strerror(errno));
out:
    vci_free(copy);
    return st;
}
