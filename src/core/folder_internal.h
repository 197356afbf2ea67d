/* A private folder in which another program works. */
#ifndef VCI_FOLDER_INTERNAL_H
#define VCI_FOLDER_INTERNAL_H

#include "core/status_internal.h"

/*
 * A new folder below $TMPDIR (or /tmp) that only this user can enter, with an empty folder
 * "home" in it. *folder is owned by the caller; VC_IO_FAILED, VC_NO_SPACE.
 */
vc_status vci_folder_create(char **folder);

/* Writes folder/name. */
vc_status vci_folder_write(const char *folder, const char *name, const void *bytes,
                           size_t n);

/*
 * The bytes of a file of at most `limit` bytes, with an end mark behind them. VC_IO_FAILED
 * if it is not there or larger.
 */
vc_status vci_folder_read(const char *path, size_t limit, char **bytes, size_t *n);

/* Removes the folder with all it holds; NULL is nothing. */
void vci_folder_remove(const char *folder);

#endif
