/* What a store holds, whether it is sound, and what killed processes left behind. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory_internal.h"
#include "core/staged_internal.h"
#include "store/store_internal.h"
#include "vitalcast/store.h"

static int by_id(const void *a, const void *b) {
    return strcmp(((const vc_store_entry *)a)->id, ((const vc_store_entry *)b)->id);
}

/* "<as-of>-<12 hexadecimal digits>.h5"; *n is the length of the id. */
static bool is_run_name(const char *name, size_t *n) {
    const char *dash = strrchr(name, '-');
    if (name[0] == '.' || !dash || dash == name) return false;
    *n = (size_t)(dash - name) + 13;
    return *n < VC_RUN_ID && strspn(dash + 1, "0123456789abcdef") == 12 &&
           !strcmp(name + *n, ".h5");
}

/*
 * Do name, size and sidecar tell the same story? An id ends in the digest's first digits.
 */
static bool agrees(const vc_store_entry *entry, const vci_sidecar *sidecar) {
    return !strcmp(entry->id, sidecar->id) && entry->bytes == sidecar->bytes &&
           !strncmp(strrchr(entry->id, '-') + 1, sidecar->sha256, 12);
}

/* Fills an entry as far as its sidecar tells; state says how far that is. */
static vc_status read_entry(const char *dir, const char *name, size_t n,
                            vc_store_entry *entry) {
    vc_status st = VC_OK;
    struct stat s;
    vci_sidecar sidecar = {0};
    char *json = NULL;
    memcpy(entry->id, name, n);
    entry->file = vci_text_format("%s/%s", dir, name);
    if (!entry->file || !(json = vci_store_sidecar_path(entry->file)))
        VC_FAIL(VC_NO_MEMORY, "path");
    entry->bytes = stat(entry->file, &s) == 0 ? (uint64_t)s.st_size : 0;
    entry->state = vci_sidecar_read(json, &sidecar);
    if (entry->state == VC_NO_MEMORY) VC_TRY(entry->state);
    if (entry->state == VC_NO_RUN) entry->state = VC_STORE_FOREIGN;
    entry->created = sidecar.created;
    entry->workspace = sidecar.workspace;
    entry->version = sidecar.version;
    entry->scenario = sidecar.scenario;
    sidecar.created = sidecar.workspace = sidecar.version = sidecar.scenario = NULL;
    if (entry->state == VC_OK && !agrees(entry, &sidecar)) entry->state = VC_STORE_DAMAGED;
out:
    vci_sidecar_free(&sidecar);
    vci_free(json);
    return st;
}

static void free_entry(vc_store_entry *entry) {
    vci_free(entry->file);
    vci_free(entry->created);
    vci_free(entry->workspace);
    vci_free(entry->version);
    vci_free(entry->scenario);
    *entry = (vc_store_entry){0};
}

/* Every run file, or only those that agree with their sidecars. */
static vc_status list_files(const char *dir, bool every, vc_store_list *list) {
    vc_status st = VC_OK;
    size_t capacity = 0, n;
    DIR *folder = opendir(dir);
    *list = (vc_store_list){0};
    if (!folder && errno == ENOENT) goto out;
    if (!folder) VC_FAIL(VC_IO_FAILED, "%s: %s", dir, strerror(errno));
    for (struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        if (!is_run_name(d->d_name, &n)) continue;
        VC_GROW(list->entries, list->n, capacity);
        vc_store_entry *entry = &list->entries[list->n++];
        *entry = (vc_store_entry){0};
        VC_TRY(read_entry(dir, d->d_name, n, entry));
        if (entry->state == VC_OK || every) continue;
        free_entry(entry);
        list->n--;
    }
    if (list->n > 0) qsort(list->entries, list->n, sizeof *list->entries, by_id);
out:
    if (folder) closedir(folder);
    return st;
}

vc_status vc_store_runs(const char *dir, vc_store_list *list) {
    return list_files(dir, false, list);
}

vc_status vc_store_verify(const char *dir, vc_store_list *list) {
    vc_status st = VC_OK;
    VC_TRY(list_files(dir, true, list));
    for (size_t i = 0; i < list->n; i++) {
        vci_sidecar sidecar;
        vc_store_entry *entry = &list->entries[i];
        if (entry->state != VC_OK) continue;
        entry->state = vci_store_check(entry->file, &sidecar);
        vci_sidecar_free(&sidecar);
        if (entry->state == VC_NO_MEMORY) VC_TRY(VC_NO_MEMORY);
    }
out:
    return st;
}

vc_status vc_store_clean(const char *dir, size_t *removed) {
    return vci_staged_clean(dir, removed);
}

void vc_store_list_free(vc_store_list *list) {
    for (size_t i = 0; i < list->n; i++) free_entry(&list->entries[i]);
    vci_free(list->entries);
    *list = (vc_store_list){0};
}
