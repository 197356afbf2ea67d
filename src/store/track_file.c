/* The digest of a record's text is its last member: one file, which says if it is whole. */
#include "vitalcast/track_file.h"

#include <string.h>

#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "core/staged_internal.h"
#include "store/bytes_internal.h"
#include "store/track_text_internal.h"

/* Larger ones are not ours. */
#define LARGEST_TRACK ((size_t)256 << 20)

/* The last member, before and behind its 64 digits. */
#define DIGEST_BEGIN "\"sha256\": \""
#define DIGEST_END "\"\n}\n"
#define DIGEST_SIZE (sizeof DIGEST_BEGIN - 1 + 64 + sizeof DIGEST_END - 1)

static char *name_of(const char *basis) {
    return basis ? vci_text_format("track-%s.json", basis) : vci_text_format("track.json");
}

static void digest_of(const char *text, size_t n, char hex[VC_TRACK_SHA256]) {
    uint8_t digest[32];
    vci_sha256(text, n, digest);
    vci_sha256_hex(digest, hex);
}

vc_status vc_track_file_save(const char *dir, const vc_track *track) {
    vc_status st = VC_OK;
    vci_staged staged = {0};
    char *name = name_of(track->basis), *text = NULL, *whole = NULL;
    char hex[VC_TRACK_SHA256];
    size_t n;
    if (!name) VC_FAIL(VC_NO_MEMORY, "name");
    VC_TRY(vci_track_text_write(track, &text, &n));
    digest_of(text, n, hex);
    whole = vci_text_format("%s" DIGEST_BEGIN "%s" DIGEST_END, text, hex);
    if (!whole) VC_FAIL(VC_NO_MEMORY, "record");
    VC_TRY(vci_staged_write(dir, name, whole, n + DIGEST_SIZE, &staged));
    VC_TRY(vci_staged_commit(&staged));
out:
    vci_staged_free(&staged);
    vci_free(whole);
    vci_free(text);
    vci_free(name);
    return st;
}

vc_status vc_track_file_load(const char *dir, const char *basis, vc_track *track) {
    vc_status st = VC_OK;
    char *name = name_of(basis), *path = NULL, *text = NULL;
    char hex[VC_TRACK_SHA256];
    size_t n = 0, begin = sizeof VCI_TRACK_BEGIN - 1;
    *track = (vc_track){0};
    if (!name || !(path = vci_text_format("%s/%s", dir, name)))
        VC_FAIL(VC_NO_MEMORY, "path");
    VC_TRY(vci_bytes_read(path, LARGEST_TRACK, &text, &n));
    if (n < begin || memcmp(text, VCI_TRACK_BEGIN, begin) != 0)
        VC_FAIL(VC_STORE_FOREIGN, "%s: not a track record of this format", path);
    if (n < begin + DIGEST_SIZE) VC_FAIL(VC_STORE_DAMAGED, "%s: not whole", path);
    const char *end = text + n - DIGEST_SIZE;
    const char *digits = end + sizeof DIGEST_BEGIN - 1;
    digest_of(text, n - DIGEST_SIZE, hex);
    if (memcmp(end, DIGEST_BEGIN, sizeof DIGEST_BEGIN - 1) != 0 ||
        memcmp(digits, hex, 64) != 0 || strcmp(digits + 64, DIGEST_END) != 0)
        VC_FAIL(VC_STORE_DAMAGED, "%s: its SHA-256 is not the one it names", path);
    VC_TRY(vci_track_text_read(text, end, track));
out:
    vci_free(text);
    vci_free(path);
    vci_free(name);
    return st;
}
