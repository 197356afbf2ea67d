/*
 * Files that appear whole or not at all: written aside, made safe on the disk, then
 * renamed. A crash at any moment leaves at most a temporary file, which the next writer of
 * the folder can tell from one in use.
 */
#ifndef VCI_STAGED_INTERNAL_H
#define VCI_STAGED_INTERNAL_H

#include "core/status_internal.h"

/* A file written aside as dir/.<name>.tmp.<pid>, waiting for its name. */
typedef struct vci_staged {
    char *dir, *path, *temporary; /* owned; temporary is NULL once it has its name */
    int fd;                       /* holds the lock that says `in use` */
} vci_staged;

/*
 * Writes the bytes aside and through to the disk. VC_NO_SPACE, VC_IO_FAILED: then nothing
 * is left behind. staged: zeroed before, vci_staged_free after, also after a failure.
 */
vc_status vci_staged_write(const char *dir, const char *name, const void *bytes, size_t n,
                           vci_staged *staged);

/*
 * Gives the file its name, in place of any file that has it, also across a power failure.
 */
vc_status vci_staged_commit(vci_staged *staged);

/* Removes what has not got its name. */
void vci_staged_free(vci_staged *staged);

/* Makes names in a folder (new, renamed) last through a power failure. */
vc_status vci_folder_sync(const char *dir);

/*
 * Removes the temporary files of a folder whose writers are gone. A folder that is not
 * there has none.
 */
vc_status vci_staged_clean(const char *dir, size_t *removed);

#endif
