/* What a store holds, whether it is sound, and what killed processes left behind. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "store/store_internal.h"
#include "vitalcast/store.h"

static int by_id(const void *a, const void *b) {
    return strcmp(((const vc_store_entry *)a)->id, ((const vc_store_entry *)b)->id);
}

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n > m && !strcmp(text + n - m, end);
}

/* Fills an entry when the run file and its sidecar are both there and agree in size. */
static vc_status read_entry(const char *dir, const char *name, vc_store_entry *entry,
                            bool *listed) {
    vc_status st = VC_OK;
    struct stat s;
    vci_sidecar sidecar = {0};
    size_t n = strlen(name) - strlen(".h5");
    char *file = vci_text_format("%s/%s", dir, name), *json = NULL;
    *listed = false;
    *entry = (vc_store_entry){0};
    if (!file || !(json = vci_store_sidecar_path(file))) VC_FAIL(VC_NO_MEMORY, "path");
    if (n >= sizeof entry->id || access(json, F_OK) != 0 || stat(file, &s) != 0) goto out;
    if (vci_sidecar_read(json, &sidecar) != VC_OK || sidecar.bytes != (uint64_t)s.st_size)
        goto out;
    memcpy(entry->id, name, n);
    entry->bytes = sidecar.bytes;
    entry->file = file;
    entry->created = sidecar.created;
    entry->workspace = sidecar.workspace;
    file = sidecar.created = sidecar.workspace = NULL;
    *listed = true;
out:
    vci_sidecar_free(&sidecar);
    vci_free(file);
    vci_free(json);
    return st;
}

vc_status vc_store_runs(const char *dir, vc_store_list *list) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    DIR *folder = opendir(dir);
    *list = (vc_store_list){0};
    if (!folder && errno == ENOENT) goto out;
    if (!folder) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    for (struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        bool listed;
        if (d->d_name[0] == '.' || !ends_with(d->d_name, ".h5")) continue;
        VC_GROW(list->entries, list->n, capacity);
        VC_TRY(read_entry(dir, d->d_name, &list->entries[list->n], &listed));
        if (listed) list->n++;
    }
    if (list->n > 0) qsort(list->entries, list->n, sizeof *list->entries, by_id);
out:
    if (folder) closedir(folder);
    return st;
}

/* An id ends in the first digits of the digest: a renamed run is not the run it says it is.
 */
static vc_status verify_entry(const vc_store_entry *entry) {
    vci_sidecar sidecar = {0};
    vc_status st = vci_store_check(entry->file, &sidecar);
    const char *dash = strrchr(entry->id, '-');
    if (st == VC_OK && (!dash || strncmp(dash + 1, sidecar.sha256, 12)))
        st = vci_fail(VC_STORE_DAMAGED, __FILE__, __LINE__, "%s: renamed", entry->file);
    vci_sidecar_free(&sidecar);
    return st;
}

vc_status vc_store_verify(const char *dir, vc_store_list *list) {
    vc_status st = VC_OK;
    VC_TRY(vc_store_runs(dir, list));
    for (size_t i = 0; i < list->n; i++) {
        list->entries[i].state = verify_entry(&list->entries[i]);
        if (list->entries[i].state == VC_NO_MEMORY) VC_TRY(VC_NO_MEMORY);
    }
out:
    return st;
}

/* ".<name>.tmp.<pid>" of a process that is gone. */
static bool is_abandoned(const char *name) {
    const char *mark = strstr(name, ".tmp.");
    char *end;
    if (name[0] != '.' || !mark || !isdigit((unsigned char)mark[5])) return false;
    long pid = strtol(mark + 5, &end, 10);
    return *end == 0 && pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

vc_status vc_store_clean(const char *dir, size_t *removed) {
    vc_status st = VC_OK;
    DIR *folder = opendir(dir);
    *removed = 0;
    if (!folder && errno == ENOENT) goto out;
    if (!folder) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    for (struct dirent *d = readdir(folder); d; d = readdir(folder))
        if (is_abandoned(d->d_name) && unlinkat(dirfd(folder), d->d_name, 0) == 0)
            (*removed)++;
out:
    if (folder) closedir(folder);
    return st;
}

void vc_store_list_free(vc_store_list *list) {
    for (size_t i = 0; i < list->n; i++) {
        vci_free(list->entries[i].file);
        vci_free(list->entries[i].created);
        vci_free(list->entries[i].workspace);
    }
    vci_free(list->entries);
    *list = (vc_store_list){0};
}
