#include "cli/own_input_internal.h"

#include <string.h>
#include <sys/stat.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "store/bytes_internal.h"
#include "vitalcast/workspace.h"

/* Larger files are no workbooks that were imported. */
#define LARGEST ((size_t)64 << 20)

/* All bytes of a file; NULL where there are none to be had. */
static vc_status read_bytes(const char *path, char **bytes, size_t *n) {
    vc_status st = vci_bytes_read(path, LARGEST, bytes, n);
    return st == VC_NO_MEMORY ? st : VC_OK;
}

static bool same_file(const struct stat *a, const char *path) {
    struct stat b;
    return stat(path, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

static vc_status is_table(const char *dir, const struct stat *info, bool *own) {
    vc_status st = VC_OK;
    vc_findings findings;
    vc_workspace workspace;
    vc_findings_init(&findings, VC_ENGLISH);
    st = vc_workspace_read(dir, &findings, &workspace);
    if (st == VC_BAD_INPUT) st = VC_OK;
    for (int t = 0; st == VC_OK && t < VC_TABLES && !*own; t++) {
        const char *file = workspace.tables[t].file;
        char *path = vci_text_format("%s%s%s", *file == '/' ? "" : dir,
                                     *file == '/' ? "" : "/", file);
        if (!path) VC_FAIL(VC_NO_MEMORY, "path");
        *own = same_file(info, path);
        vci_free(path);
    }
out:
    vc_workspace_free(&workspace);
    vc_findings_free(&findings);
    return st;
}

/* import.yaml holds the digest of every workbook that it reads. */
static vc_status was_imported(const char *dir, const char *path, bool *own) {
    vc_status st = VC_OK;
    char *bytes = NULL, *text = NULL, sha256[65];
    uint8_t digest[32];
    size_t n = 0, n_text = 0;
    char *settings = vci_text_format("%s/import.yaml", dir);
    if (!settings) VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(read_bytes(settings, &text, &n_text));
    if (!text) goto out;
    VC_TRY(read_bytes(path, &bytes, &n));
    if (!bytes) goto out;
    vci_sha256(bytes, n, digest);
    vci_sha256_hex(digest, sha256);
    *own = strstr(text, sha256) != NULL;
out:
    vci_free(settings);
    vci_free(bytes);
    vci_free(text);
    return st;
}

vc_status vci_own_input(const char *workspace, const char *path, bool *own) {
    vc_status st = VC_OK;
    struct stat info;
    *own = false;
    if (stat(path, &info) != 0) goto out;
    VC_TRY(is_table(workspace, &info, own));
    if (!*own) VC_TRY(was_imported(workspace, path, own));
out:
    return st;
}
