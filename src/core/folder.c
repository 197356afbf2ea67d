#include "core/folder_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"

static vc_status failed(const char *path) {
    bool space = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return vci_fail(space ? VC_NO_SPACE : VC_IO_FAILED, __FILE__, __LINE__, "%s: %s", path,
                    strerror(errno));
}

vc_status vci_folder_create(char **folder) {
    vc_status st = VC_OK;
    char *home = NULL;
    const char *above = getenv("TMPDIR");
    *folder = vci_text_format("%s/vitalcast-XXXXXX", above && *above ? above : "/tmp");
    if (!*folder) VC_FAIL(VC_NO_MEMORY, "text");
    if (!mkdtemp(*folder)) {
        st = failed(above && *above ? above : "/tmp");
        vci_free(*folder);
        *folder = NULL;
        goto out;
    }
    home = vci_text_format("%s/home", *folder);
    if (!home) VC_FAIL(VC_NO_MEMORY, "text");
    if (mkdir(home, 0700) != 0) VC_TRY(failed(home));
out:
    vci_free(home);
    return st;
}

vc_status vci_folder_write(const char *folder, const char *name, const void *bytes,
                           size_t n) {
    vc_status st = VC_OK;
    FILE *file = NULL;
    char *path = vci_text_format("%s/%s", folder, name);
    if (!path) VC_FAIL(VC_NO_MEMORY, "text");
    file = fopen(path, "wbe");
    if (!file || (n > 0 && fwrite(bytes, n, 1, file) != 1)) VC_TRY(failed(path));
    int closed = fclose(file);
    file = NULL;
    if (closed != 0) VC_TRY(failed(path));
out:
    if (file) fclose(file);
    vci_free(path);
    return st;
}

vc_status vci_folder_read(const char *path, size_t limit, char **bytes, size_t *n) {
    vc_status st = VC_OK;
    struct stat info;
    FILE *file = fopen(path, "rbe");
    *bytes = NULL;
    *n = 0;
    if (!file || fstat(fileno(file), &info) != 0) VC_TRY(failed(path));
    if (!S_ISREG(info.st_mode) || (uint64_t)info.st_size > limit)
        VC_FAIL(VC_IO_FAILED, "%s: not a file of at most %zu bytes", path, limit);
    VC_NEW(*bytes, (size_t)info.st_size + 1);
    *n = fread(*bytes, 1, (size_t)info.st_size, file);
    if (ferror(file)) VC_TRY(failed(path));
out:
    if (file) fclose(file);
    if (st != VC_OK) {
        vci_free(*bytes);
        *bytes = NULL;
        *n = 0;
    }
    return st;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *place) {
    (void)info, (void)kind, (void)place;
    return remove(path);
}

void vci_folder_remove(const char *folder) {
    if (folder) nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
