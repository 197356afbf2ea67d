/*
 * Saving and loading. The sidecar is renamed into place first, the run file second: a run
 * is listed iff both are there and agree, so that a kill at any moment leaves a whole run
 * or none.
 */
#include "vitalcast/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "core/staged_internal.h"
#include "store/bytes_internal.h"
#include "store/image_internal.h"
#include "store/sidecar_internal.h"
#include "store/store_internal.h"

/* Larger files are not ours: kept draws are capped at 256 MiB. */
#define LARGEST_FILE ((size_t)4 << 30)

static vc_status make_folder(const char *dir);

/* Parents first, as far as they are not there. */
static vc_status make_parents(const char *dir) {
    vc_status st = VC_OK;
    const char *slash = strrchr(dir, '/');
    char *parent = slash && slash > dir ? vci_text_copy(dir, (size_t)(slash - dir)) : NULL;
    if (parent && access(parent, F_OK) != 0) st = make_folder(parent);
    vci_free(parent);
    return st;
}

static vc_status make_folder(const char *dir) {
    vc_status st = VC_OK;
    struct stat s;
    char *parent = NULL;
    VC_TRY(make_parents(dir));
    if (mkdir(dir, 0755) == 0) {
        parent = vci_text_format("%s/..", dir);
        if (!parent) VC_FAIL(VC_NO_MEMORY, "path");
        VC_TRY(vci_folder_sync(parent));
    } else if (errno != EEXIST || stat(dir, &s) != 0 || !S_ISDIR(s.st_mode)) {
        VC_FAIL(errno == ENOSPC || errno == EDQUOT ? VC_NO_SPACE : VC_IO_FAILED, "%s: %s",
                dir, strerror(errno));
    }
out:
    vci_free(parent);
    return st;
}

static void set_id(vc_run *run, const char *sha256) {
    char as_of[VC_PERIOD_TEXT];
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    snprintf(run->id, sizeof run->id, "%.10s-%.12s", as_of, sha256);
}

/* Both files are there and the stored bytes are the ones we would write. */
static bool is_stored(const char *dir, const char *id, const char *sha256) {
    char *file = vci_text_format("%s/%s.h5", dir, id);
    vci_sidecar sidecar = {0};
    bool same = file && vci_store_check(file, &sidecar) == VC_OK &&
                !strcmp(sidecar.id, id) && !strcmp(sidecar.sha256, sha256);
    vci_sidecar_free(&sidecar);
    vci_free(file);
    return same;
}

/* Both are on the disk before either gets its name: a full disk changes nothing. */
static vc_status write_both(const char *dir, const vc_run *run, const char *sidecar,
                            const unsigned char *bytes, size_t n) {
    vc_status st = VC_OK;
    vci_staged small = {0}, large = {0};
    char *json = vci_text_format("%s.json", run->id),
         *h5 = vci_text_format("%s.h5", run->id);
    if (!json || !h5) VC_FAIL(VC_NO_MEMORY, "name");
    VC_TRY(vci_staged_write(dir, h5, bytes, n, &large));
    VC_TRY(vci_staged_write(dir, json, sidecar, strlen(sidecar), &small));
    VC_TRY(vci_staged_commit(&small));
    VC_TRY(vci_staged_commit(&large));
out:
    vci_staged_free(&small);
    vci_staged_free(&large);
    vci_free(json);
    vci_free(h5);
    return st;
}

vc_status vc_store_save(const char *dir, vc_run *run, unsigned threads, double wall_seconds,
                        bool *already) {
    vc_status st = VC_OK;
    unsigned char *bytes = NULL;
    char *sidecar = NULL, sha256[65];
    uint8_t digest[32];
    size_t n = 0, removed;
    *already = false;
    VC_TRY(make_folder(dir));
    VC_TRY(vc_store_clean(dir, &removed));
    VC_TRY(vci_image_write(run, &bytes, &n));
    vci_sha256(bytes, n, digest);
    vci_sha256_hex(digest, sha256);
    set_id(run, sha256);
    vci_free(run->file);
    run->file = vci_text_format("%s/%s.h5", dir, run->id);
    if (!run->file) VC_FAIL(VC_NO_MEMORY, "path");
    *already = is_stored(dir, run->id, sha256);
    if (*already) goto out;
    VC_TRY(vci_sidecar_format(run, sha256, n, threads, wall_seconds, &sidecar));
    VC_TRY(write_both(dir, run, sidecar, bytes, n));
out:
    vci_free(sidecar);
    vci_free(bytes);
    return st;
}

char *vci_store_sidecar_path(const char *file) {
    size_t n = strlen(file);
    if (n > 3 && !strcmp(file + n - 3, ".h5")) n -= 3;
    return vci_text_format("%.*s.json", (int)n, file);
}

/* Bytes whose digest and size are those of the sidecar. */
static vc_status read_checked(const char *file, vci_sidecar *sidecar, char **bytes,
                              size_t *n) {
    vc_status st = VC_OK;
    char *path = vci_store_sidecar_path(file), sha256[65];
    uint8_t digest[32];
    if (!path) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(vci_bytes_read(file, LARGEST_FILE, bytes, n));
    st = vci_sidecar_read(path, sidecar);
    if (st == VC_NO_RUN) VC_FAIL(VC_STORE_FOREIGN, "%s: there is no %s", file, path);
    VC_TRY(st);
    vci_sha256(*bytes, *n, digest);
    vci_sha256_hex(digest, sha256);
    if (*n != sidecar->bytes || strcmp(sha256, sidecar->sha256))
        VC_FAIL(VC_STORE_DAMAGED, "%s: its SHA-256 is not that of %s", file, path);
out:
    vci_free(path);
    return st;
}

vc_status vci_store_check(const char *file, vci_sidecar *sidecar) {
    char *bytes = NULL;
    size_t n = 0;
    *sidecar = (vci_sidecar){0};
    vc_status st = read_checked(file, sidecar, &bytes, &n);
    vci_free(bytes);
    return st;
}

/* A name with a slash or our ending is a path, anything else an id. */
static char *path_of(const char *dir, const char *name) {
    size_t n = strlen(name);
    bool path = strchr(name, '/') || (n > 3 && !strcmp(name + n - 3, ".h5"));
    return path ? vci_text_format("%s", name) : vci_text_format("%s/%s.h5", dir, name);
}

vc_status vc_store_load(const char *dir, const char *name, vc_run *run) {
    vc_status st = VC_OK;
    vci_sidecar sidecar = {0};
    size_t n = 0;
    char *bytes = NULL, *file = path_of(dir, name);
    *run = (vc_run){0};
    if (!file) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(read_checked(file, &sidecar, &bytes, &n));
    VC_TRY(vci_image_read(bytes, n, run));
    set_id(run, sidecar.sha256);
    run->file = file;
    file = NULL;
out:
    vci_sidecar_free(&sidecar);
    vci_free(bytes);
    vci_free(file);
    return st;
}
