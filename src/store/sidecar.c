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
#include "store/bytes_internal.h"
#include "store/quoted_internal.h"

/* Ours has a few hundred bytes. */
#define LARGEST_SIDECAR ((size_t)64 << 10)

/* The line that marks a scenario; empty for a forecast. */
static char *scenario_member(const vc_run *run) {
    if (run->scenario.n == 0) return vci_text_copy("", 0);
    char *name = vci_quoted(run->scenario.name);
    char *line = name ? vci_text_format("\"scenario\": %s,\n", name) : NULL;
    vci_free(name);
    return line;
}

vc_status vci_sidecar_format(const vc_run *run, const char *sha256, size_t bytes,
                             unsigned threads, double wall_seconds, char **text) {
    vc_status st = VC_OK;
    char created[32], as_of[VC_PERIOD_TEXT], host[256] = "";
    char *workspace = vci_quoted(run->settings.name ? run->settings.name : ""),
         *machine = NULL, *scenario = scenario_member(run);
    unsigned major = 0, minor = 0, release = 0;
    time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    machine = vci_quoted(host);
    if (!workspace || !machine || !scenario) VC_FAIL(VC_NO_MEMORY, "sidecar");
    gmtime_r(&now, &utc);
    strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", &utc);
    vc_period_format(run->as_of, run->panel.frequency, as_of);
    H5get_libversion(&major, &minor, &release);
    *text =
        vci_text_format("{\n\"id\": \"%s\",\n\"sha256\": \"%s\",\n\"bytes\": %zu,\n"
                        "\"created\": \"%s\",\n\"workspace\": %s,\n\"as_of\": \"%s\",\n%s"
                        "\"threads\": %u,\n\"host\": %s,\n\"wall_seconds\": %.3f,\n"
                        "\"version\": \"%s\",\n\"gsl\": \"%s\",\n\"openblas\": \"%s\",\n"
                        "\"hdf5\": \"%u.%u.%u\"\n}\n",
                        run->id, sha256, bytes, created, workspace, as_of, scenario,
                        threads, machine, wall_seconds, VC_VERSION_STRING, GSL_VERSION,
                        openblas_get_config(), major, minor, release);
    if (!*text) VC_FAIL(VC_NO_MEMORY, "sidecar");
out:
    vci_free(workspace);
    vci_free(machine);
    vci_free(scenario);
    return st;
}

/*
 * The value in a line `"key": value,` that ends at `end`: fresh text without quotes and
 * escapes; NULL when there is no memory.
 */
static char *value_of(const char *from, const char *end) {
    char *value = vci_alloc((size_t)(end - from) + 1, 1), *to = value;
    if (end > from && end[-1] == ',') end--;
    if (end - from >= 2 && *from == '"') {
        from++;
        end--;
    }
    for (; value && from < end; from++)
        *to++ = *from == '\\' && from + 1 < end ? vci_unescaped(&from) : *from;
    return value;
}

/* Finds a member; NULL stays where it is not there. */
static vc_status take_if_there(const char *text, const char *key, char **value) {
    vc_status st = VC_OK;
    char start[32];
    snprintf(start, sizeof start, "\n\"%s\": ", key);
    const char *line = strstr(text, start);
    if (!line) goto out;
    line += strlen(start);
    *value = value_of(line, line + strcspn(line, "\n"));
    if (!*value) VC_FAIL(VC_NO_MEMORY, "sidecar");
out:
    return st;
}

/* The same for one that must be there. */
static vc_status take(const char *text, const char *key, char **value) {
    vc_status st = VC_OK;
    VC_TRY(take_if_there(text, key, value));
    if (!*value) VC_FAIL(VC_STORE_DAMAGED, "a sidecar without %s", key);
out:
    return st;
}

vc_status vci_sidecar_read(const char *path, vci_sidecar *sidecar) {
    vc_status st = VC_OK;
    char *text = NULL, *bytes = NULL, *end = NULL;
    size_t n;
    *sidecar = (vci_sidecar){0};
    VC_TRY(vci_bytes_read(path, LARGEST_SIDECAR, &text, &n));
    VC_TRY(take(text, "id", &sidecar->id));
    VC_TRY(take(text, "sha256", &sidecar->sha256));
    VC_TRY(take(text, "bytes", &bytes));
    VC_TRY(take(text, "created", &sidecar->created));
    VC_TRY(take(text, "workspace", &sidecar->workspace));
    VC_TRY(take(text, "version", &sidecar->version));
    VC_TRY(take_if_there(text, "scenario", &sidecar->scenario));
    sidecar->bytes = strtoull(bytes, &end, 10);
    if (strlen(sidecar->sha256) != 64 || end == bytes || *end)
        VC_FAIL(VC_STORE_DAMAGED, "%s: not a sidecar", path);
out:
    if (st == VC_STORE_FOREIGN) st = VC_STORE_DAMAGED;
    vci_free(text);
    vci_free(bytes);
    return st;
}

void vci_sidecar_free(vci_sidecar *sidecar) {
    vci_free(sidecar->id);
    vci_free(sidecar->sha256);
    vci_free(sidecar->created);
    vci_free(sidecar->workspace);
    vci_free(sidecar->version);
    vci_free(sidecar->scenario);
    *sidecar = (vci_sidecar){0};
}
