#include "cli/datadirs_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory_internal.h"

#define SOURCE_DEPTH 3 /* build/vitalcast, build/sanitize/vitalcast */

static void add(vci_datadirs *datadirs, const char *dir) {
    datadirs->list[datadirs->dirs.n++] = dir;
}

/* Takes the last part off a path; false when there is none left. */
static bool go_up(char *path) {
    char *slash = strrchr(path, '/');
    if (slash) *slash = '\0';
    return slash && *path;
}

static vc_status add_owned(vci_datadirs *datadirs, size_t place, const char *dir,
                           const char *below) {
    vc_status st = VC_OK;
    datadirs->owned[place] = vci_text_format("%s%s", dir, below);
    if (!datadirs->owned[place]) VC_FAIL(VC_NO_MEMORY, "text");
    add(datadirs, datadirs->owned[place]);
out:
    return st;
}

/* The source tree is known by its public header, so that /usr never passes for one. */
static bool is_source_tree(const char *dir) {
    char *header = vci_text_format("%s/include/vitalcast/api.h", dir);
    char *models = vci_text_format("%s/models", dir);
    bool found = header && models && access(header, R_OK) == 0 && access(models, X_OK) == 0;
    vci_free(header);
    vci_free(models);
    return found;
}

vc_status vci_datadirs_find(const char *workspace, vci_datadirs *datadirs) {
    vc_status st = VC_OK;
    char program[PATH_MAX];
    memset(datadirs, 0, sizeof *datadirs);
    datadirs->dirs.dirs = datadirs->list;
    if (workspace) add(datadirs, workspace);
    const char *declared = getenv("VITALCAST_DATADIR");
    if (declared && *declared) add(datadirs, declared);

    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0) return VC_OK;
    program[n] = '\0';
    if (!go_up(program)) return VC_OK;
    char *bin;
    VC_COPY_TEXT(bin, program);
    for (int i = 0; i < SOURCE_DEPTH && go_up(program); i++)
        if (is_source_tree(program)) {
            st = add_owned(datadirs, 0, program, "");
            break;
        }
    if (st == VC_OK) st = add_owned(datadirs, 1, bin, "/../share/vitalcast");
    vci_free(bin);
out:
    return st;
}

void vci_datadirs_free(vci_datadirs *datadirs) {
    for (size_t i = 0; i < VCI_DATADIRS; i++) vci_free(datadirs->owned[i]);
    memset(datadirs, 0, sizeof *datadirs);
}
