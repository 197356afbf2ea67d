/* Sidecars: flat JSON, one member a line, written and read by these few lines only. */
#include "store/sidecar_internal.h"

#include <cblas.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/memory_internal.h"

/* Text as a JSON string, without what JSON does not allow. */
static char *quoted(const char *text) {
    char *out = vci_alloc(6 * strlen(text) + 3, 1), *to = out;
    if (!out) return NULL;
    *to++ = '"';
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c < 0x20) {
            to += sprintf(to, "\\u%04x", *c);
        } else {
            if (*c == '"' || *c == '\\') *to++ = '\\';
            *to++ = (char)*c;
        }
    }
    *to++ = '"';
    *to = 0;
    return out;
}

vc_status vci_sidecar_format(const vc_run *run, const char *sha256, size_t bytes,
                             unsigned threads, double wall_seconds, char **text) {
    vc_status st = VC_OK;
    char created[32], as_of[VC_PERIOD_TEXT], host[256] = "";
    char *workspace = quoted(run->settings.name ? run->settings.name : ""), *machine = NULL;
    unsigned major = 0, minor = 0, release = 0;
    time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    machine = quoted(host);
    if (!workspace || !machine) VC_FAIL(VC_NO_MEMORY, "sidecar");
    gmtime_r(&now, &utc);
    strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", &utc);
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    H5get_libversion(&major, &minor, &release);
    *text = vci_text_format(
        "{\n\"id\": \"%s\",\n\"sha256\": \"%s\",\n\"bytes\": %zu,\n"
        "\"created\": \"%s\",\n\"workspace\": %s,\n\"as_of\": \"%s\",\n"
        "\"threads\": %u,\n\"host\": %s,\n\"wall_seconds\": %.3f,\n"
        "\"version\": \"%s\",\n\"gsl\": \"%s\",\n\"openblas\": \"%s\",\n"
        "\"hdf5\": \"%u.%u.%u\"\n}\n",
        run->id, sha256, bytes, created, workspace, as_of, threads, machine, wall_seconds,
        VC_VERSION_STRING, GSL_VERSION, openblas_get_config(), major, minor, release);
    if (!*text) VC_FAIL(VC_NO_MEMORY, "sidecar");
out:
    vci_free(workspace);
    vci_free(machine);
    return st;
}

/* The value of a line `"key": value,`: a fresh text without quotes and escapes; NULL if it
 * is another line. */
static char *member(const char *line, const char *key) {
    size_t n = strlen(key);
    if (line[0] != '"' || strncmp(line + 1, key, n) || strncmp(line + 1 + n, "\": ", 3))
        return NULL;
    const char *from = line + n + 4;
    size_t length = strcspn(from, "\n");
    if (length > 0 && from[length - 1] == ',') length--;
    if (length >= 2 && from[0] == '"') {
        from++;
        length -= 2;
    }
    char *value = vci_alloc(length + 1, 1), *to = value;
    for (size_t i = 0; value && i < length; i++) {
        if (from[i] == '\\' && i + 1 < length) i++;
        *to++ = from[i];
    }
    return value;
}

static void take(const char *line, const char *key, char **into) {
    char *value = *into ? NULL : member(line, key);
    if (value) *into = value;
}

vc_status vci_sidecar_read(const char *path, vci_sidecar *sidecar) {
    vc_status st = VC_OK;
    char *line = NULL, *digest = NULL, *bytes = NULL, *end = NULL;
    size_t room = 0;
    FILE *f = fopen(path, "re");
    *sidecar = (vci_sidecar){0};
    if (!f) VC_FAIL(VC_STORE_DAMAGED, "%s: cannot be read", path);
    for (int i = 0; i < 64 && getline(&line, &room, f) > 0; i++) {
        take(line, "sha256", &digest);
        take(line, "bytes", &bytes);
        take(line, "created", &sidecar->created);
        take(line, "workspace", &sidecar->workspace);
    }
    if (!digest || strlen(digest) != 64 || !bytes || !sidecar->created ||
        !sidecar->workspace)
        VC_FAIL(VC_STORE_DAMAGED, "%s: not a sidecar", path);
    memcpy(sidecar->sha256, digest, 65);
    sidecar->bytes = strtoull(bytes, &end, 10);
    if (end == bytes || *end) VC_FAIL(VC_STORE_DAMAGED, "%s: not a sidecar", path);
out:
    if (f) fclose(f);
    free(line);
    vci_free(digest);
    vci_free(bytes);
    return st;
}

void vci_sidecar_free(vci_sidecar *sidecar) {
    vci_free(sidecar->created);
    vci_free(sidecar->workspace);
    *sidecar = (vci_sidecar){0};
}
