/* Zip: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central directory) and 4.3.16 (its end). */
#include "office/container_internal.h"

#include <string.h>
#include <strings.h>

#define END_BYTES 22
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define MAX_COMMENT 65535
#define MAX_ENTRIES 4096
#define MAX_UNPACKED ((uint64_t)256 << 20)
#define FREE_UNPACKED ((uint64_t)16 << 20) /* below it the ratio does not matter */
#define MAX_RATIO 200

typedef struct directory {
    const unsigned char *bytes;
    size_t n, at, left; /* left: entries not yet seen */
    uint64_t unpacked;
    bool encrypted, links, types, book, sheets;
} directory;

static uint32_t number(const unsigned char *bytes, int width) {
    uint32_t value = 0;
    for (int i = width; i > 0; i--) value = value << 8 | bytes[i - 1];
    return value;
}

/* The last record of the file; false if there is none, or it is of another kind. */
static bool find_directory(directory *d) {
    if (d->n < END_BYTES) return false;
    size_t lowest = d->n > END_BYTES + MAX_COMMENT ? d->n - END_BYTES - MAX_COMMENT : 0;
    for (size_t at = d->n - END_BYTES + 1; at-- > lowest;) {
        const unsigned char *end = d->bytes + at;
        if (memcmp(end, "PK\5\6", 4) != 0) continue;
        bool one_disk =
            number(end + 4, 2) == 0 && number(end + 8, 2) == number(end + 10, 2);
        d->left = number(end + 10, 2);
        d->at = number(end + 16, 4);
        return one_disk && d->at < at && d->left > 0 && d->left <= MAX_ENTRIES;
    }
    return false;
}

static bool begins(const char *name, size_t n, const char *part) {
    size_t length = strlen(part);
    return n >= length && strncasecmp(name, part, length) == 0;
}

static bool take_entry(directory *d) {
    const unsigned char *entry = d->bytes + d->at;
    if (d->n - d->at < ENTRY_BYTES || memcmp(entry, "PK\1\2", 4) != 0) return false;
    size_t n_name = number(entry + 28, 2);
    size_t size = ENTRY_BYTES + n_name + number(entry + 30, 2) + number(entry + 32, 2);
    if (d->n - d->at < size) return false;
    const char *name = (const char *)entry + ENTRY_BYTES;
    d->unpacked += number(entry + 24, 4);
    d->encrypted = d->encrypted || (number(entry + 8, 2) & 1);
    d->links = d->links || begins(name, n_name, "xl/externalLinks/");
    d->types = d->types || begins(name, n_name, "[Content_Types].xml");
    d->book = d->book || begins(name, n_name, "xl/workbook");
    d->sheets = d->sheets || begins(name, n_name, "xl/worksheets/");
    d->at += size;
    return true;
}

static bool is_bomb(const directory *d) {
    return d->unpacked > MAX_UNPACKED ||
           (d->unpacked > FREE_UNPACKED && d->unpacked / MAX_RATIO > d->n);
}

vc_status vci_container_check(const char *file, const unsigned char *bytes, size_t n,
                              vc_findings *findings, bool *sound) {
    directory d = {.bytes = bytes, .n = n};
    bool whole = find_directory(&d);
    for (; whole && d.left > 0; d.left--) whole = take_entry(&d);
    const char *kind = "I01";
    vci_text message, remedy = VCI_TEXT_IMPORT_SAVE_AGAIN;
    *sound = false;
    if (!whole) {
        message = VCI_TEXT_IMPORT_ZIP_DAMAGED;
    } else if (d.encrypted) {
        message = VCI_TEXT_IMPORT_ZIP_ENCRYPTED;
        remedy = VCI_TEXT_IMPORT_NO_PASSWORD;
    } else if (is_bomb(&d)) {
        kind = "I02";
        message = VCI_TEXT_IMPORT_ZIP_LARGE;
        remedy = VCI_TEXT_IMPORT_SMALLER;
    } else if (!d.types || !d.book || !d.sheets) {
        message = VCI_TEXT_IMPORT_ZIP_NO_BOOK;
    } else if (d.links) {
        kind = "I03";
        message = VCI_TEXT_IMPORT_LINKS;
        remedy = VCI_TEXT_IMPORT_BREAK_LINKS;
    } else {
        *sound = true;
        return VC_OK;
    }
    return vci_finding_add(findings, VC_FAULT, kind, (vci_place){file, 0, 0},
                           vci_text_get(remedy, findings->language), message);
}

/* Behind the part's own header, whose name and extra field may have other lengths. */
static bool find_bytes(const unsigned char *bytes, size_t n, const unsigned char *entry,
                       vci_part *part) {
    size_t at = number(entry + 42, 4);
    if (n < LOCAL_BYTES || at > n - LOCAL_BYTES || memcmp(bytes + at, "PK\3\4", 4) != 0)
        return false;
    at += LOCAL_BYTES + number(bytes + at + 26, 2) + number(bytes + at + 28, 2);
    *part = (vci_part){bytes + at, number(entry + 20, 4), number(entry + 24, 4),
                       number(entry + 10, 2)};
    return at <= n && part->packed <= n - at && part->size <= MAX_UNPACKED;
}

bool vci_container_part(const unsigned char *bytes, size_t n, const char *name,
                        vci_part *part) {
    directory d = {.bytes = bytes, .n = n};
    if (!find_directory(&d)) return false;
    for (; d.left > 0; d.left--) {
        const unsigned char *entry = bytes + d.at;
        if (!take_entry(&d)) return false;
        size_t length = number(entry + 28, 2);
        if (length == strlen(name) && memcmp(entry + ENTRY_BYTES, name, length) == 0)
            return find_bytes(bytes, n, entry, part);
    }
    return false;
}
