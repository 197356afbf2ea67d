/*
 * Is a workbook whole? The library does not look whether its temporary files could be
 * written: where their disk is full, sheets break off and it says nothing. Every member is
 * unpacked and its tags are counted. Source: PKWARE, APPNOTE 6.3, sections 4.3.7, 4.3.12
 * and 4.3.16.
 */
#include <string.h>
#include <zlib.h>

#include "core/status_internal.h"
#include "report/workbook_internal.h"

#define END_SIZE 22 /* of the record at the end, without a comment */
#define END_MARK 0x06054b50u
#define ENTRY_SIZE 46
#define ENTRY_MARK 0x02014b50u
#define HEADER_SIZE 30
#define CHUNK 16384

typedef struct archive {
    const unsigned char *bytes;
    size_t n;
} archive;

/* Numbers stand with the lowest byte first; 0 beyond the end. */
static size_t number_at(const archive *a, size_t at, size_t size) {
    size_t number = 0;
    if (at > a->n || size > a->n - at) return 0;
    for (size_t i = size; i-- > 0;) number = number << 8 | a->bytes[at + i];
    return number;
}

/* Depth of the elements that are open, while text goes by. */
typedef struct tags {
    long depth, seen;
    bool inside;      /* a tag */
    char first, last; /* its first and last character so far */
    bool broken;
} tags;

static void end_tag(tags *t) {
    t->inside = false;
    if (t->first == '?' || t->first == '!') return;
    t->seen++;
    if (t->first == '/')
        t->depth--;
    else if (t->last != '/')
        t->depth++;
    if (t->depth < 0) t->broken = true;
}

static void count_tags(tags *t, const unsigned char *text, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char c = (char)text[i];
        if (c == '<') {
            t->broken = t->broken || t->inside;
            t->inside = true;
            t->first = t->last = '\0';
        } else if (c == '>' && t->inside) {
            end_tag(t);
        } else if (t->inside) {
            if (!t->first) t->first = c;
            t->last = c;
        }
    }
}

static bool is_whole(const unsigned char *packed, size_t n) {
    unsigned char text[CHUNK];
    tags t = {0};
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (n > UINT32_MAX || inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    stream.next_in = (z_const Bytef *)(uintptr_t)packed;
    stream.avail_in = (uInt)n;
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = text;
        stream.avail_out = sizeof text;
        state = inflate(&stream, Z_NO_FLUSH);
        count_tags(&t, text, sizeof text - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END && !t.broken && !t.inside && t.depth == 0 && t.seen > 0;
}

/* The member that an entry of the directory describes. */
static bool is_member_whole(const archive *a, size_t entry) {
    size_t packed = number_at(a, entry + 20, 4), header = number_at(a, entry + 42, 4);
    size_t begin =
        header + HEADER_SIZE + number_at(a, header + 26, 2) + number_at(a, header + 28, 2);
    return number_at(a, entry, 4) == ENTRY_MARK && begin <= a->n &&
           packed <= a->n - begin && is_whole(a->bytes + begin, packed);
}

vc_status vci_book_check(const unsigned char *bytes, size_t n) {
    vc_status st = VC_OK;
    archive a = {bytes, n};
    if (n < END_SIZE || number_at(&a, n - END_SIZE, 4) != END_MARK)
        VC_FAIL(VC_IO_FAILED, "xlsx: no directory");
    size_t members = number_at(&a, n - END_SIZE + 10, 2);
    size_t entry = number_at(&a, n - END_SIZE + 16, 4);
    for (size_t i = 0; i < members; i++) {
        if (!is_member_whole(&a, entry))
            VC_FAIL(VC_NO_SPACE, "xlsx: temporary files could not be written (TMPDIR)");
        entry += ENTRY_SIZE + number_at(&a, entry + 28, 2) + number_at(&a, entry + 30, 2) +
                 number_at(&a, entry + 32, 2);
    }
out:
    return st;
}
