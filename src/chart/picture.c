/*
 * Source: PNG specification (ISO/IEC 15948:2004), 5.3 chunk layout, 11.3.5.3 pHYs, annex D
 * CRC; PDF (ISO 32000-1), 7.5.2 and 7.5.5; [MS-EMF] 2.3.4.2 header, 2.3.4.1 EMR_EOF.
 */
#include "chart/picture_internal.h"

#include <stdio.h>

#include "chart/label_internal.h"
#include "core/crc32_internal.h"
#include "core/memory_internal.h"

#define SIGNATURE "\x89PNG\r\n\x1A\n"
#define SIGNATURE_SIZE 8
#define CHUNK_FRAME 12 /* length, type and CRC around the data of a chunk */
#define EMF_HEADER 100
#define EMF_SIGNATURE_AT 40
#define EMF_SIZE_AT 48
#define EMF_FIRST_RECORD 1
#define EMF_LAST_RECORD 14
#define EMF_END 20               /* bytes of the last record */
#define HEADER_END (8 + 12 + 13) /* signature and IHDR, which is always first */

static uint32_t get_uint32(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
           bytes[3];
}

static uint32_t get_little(const unsigned char *bytes) {
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 |
           bytes[0];
}

static void put_uint32(unsigned char *bytes, uint32_t number) {
    for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(number >> (24 - 8 * i));
}

static bool is_whole_png(const vci_picture *picture) {
    const unsigned char *bytes = (const unsigned char *)picture->bytes;
    size_t n = picture->n, at = SIGNATURE_SIZE;
    if (n < HEADER_END || memcmp(bytes, SIGNATURE, SIGNATURE_SIZE) ||
        memcmp(bytes + SIGNATURE_SIZE + 4, "IHDR", 4))
        return false;
    while (n - at >= CHUNK_FRAME) {
        size_t length = get_uint32(bytes + at);
        if (length > n - at - CHUNK_FRAME) return false;
        if (vci_crc32(bytes + at + 4, length + 4) != get_uint32(bytes + at + 8 + length))
            return false;
        bool last = !memcmp(bytes + at + 4, "IEND", 4);
        at += CHUNK_FRAME + length;
        if (last) return at == n;
    }
    return false;
}

static bool is_whole_svg(const vci_picture *picture) {
    const char *bytes = picture->bytes;
    size_t n = picture->n, tail = strlen("</svg>");
    while (n > 0 && strchr(" \t\r\n", bytes[n - 1])) n--;
    return n > tail && !memchr(bytes, 0, n) && strstr(bytes, "<svg") &&
           !memcmp(bytes + n - tail, "</svg>", tail);
}

static bool is_whole_pdf(const vci_picture *picture) {
    const char *bytes = picture->bytes;
    size_t n = picture->n, tail = strlen("%%EOF");
    while (n > 0 && strchr("\r\n", bytes[n - 1])) n--;
    return n > 2 * tail && !memcmp(bytes, "%PDF-", tail) &&
           !memcmp(bytes + n - tail, "%%EOF", tail);
}

/* The header tells the file's size; the last record repeats its own, 20 bytes. */
static bool is_whole_emf(const vci_picture *picture) {
    const unsigned char *bytes = (const unsigned char *)picture->bytes;
    size_t n = picture->n;
    return n > EMF_HEADER + EMF_END && get_little(bytes) == EMF_FIRST_RECORD &&
           !memcmp(bytes + EMF_SIGNATURE_AT, " EMF", 4) &&
           get_little(bytes + EMF_SIZE_AT) == n &&
           get_little(bytes + n - EMF_END) == EMF_LAST_RECORD &&
           get_little(bytes + n - 4) == EMF_END;
}

vc_status vci_picture_check(const vci_picture *picture, vc_chart_format format) {
    vc_status st = VC_OK;
    static bool (*const is_whole[])(const vci_picture *) = {is_whole_svg, is_whole_png,
                                                            is_whole_pdf, is_whole_emf};
    if (!is_whole[format](picture))
        VC_FAIL(VC_CHART_FAILED, "gnuplot left a damaged picture of %zu bytes", picture->n);
out:
    return st;
}

/* Puts bytes in place of `gone` bytes at a position. */
static vc_status replace(vci_picture *picture, size_t at, size_t gone, const void *bytes,
                         size_t n) {
    vc_status st = VC_OK;
    char *changed = NULL;
    VC_NEW(changed, picture->n - gone + n + 1);
    memcpy(changed, picture->bytes, at);
    memcpy(changed + at, bytes, n);
    memcpy(changed + at + n, picture->bytes + at + gone, picture->n - at - gone);
    vci_free(picture->bytes);
    *picture = (vci_picture){changed, picture->n - gone + n};
out:
    return st;
}

vc_status vci_picture_set_scale(vci_picture *picture, uint32_t pixels_per_metre) {
    unsigned char chunk[21];
    put_uint32(chunk, 9);
    memcpy(chunk + 4, "pHYs", 4);
    put_uint32(chunk + 8, pixels_per_metre);
    put_uint32(chunk + 12, pixels_per_metre);
    chunk[16] = 1; /* the unit is the metre */
    put_uint32(chunk + 17, vci_crc32(chunk + 4, 13));
    return replace(picture, HEADER_END, 0, chunk, sizeof chunk);
}

/* A text as XML; NULL when there is no memory. */
static char *escape(const char *text) {
    size_t n = strlen(text), used = 0;
    char *escaped = vci_alloc(5 * n + 1, 1);
    for (size_t i = 0; escaped && i < n;) {
        uint32_t code;
        size_t length = vci_label_next(text + i, n - i, &code);
        const char *as = code == '<' ? "&lt;" : code == '>' ? "&gt;" : "&amp;";
        if (code == '<' || code == '>' || code == '&') {
            memcpy(escaped + used, as, strlen(as));
            used += strlen(as);
        } else if (code != 0) {
            memcpy(escaped + used, text + i, length);
            used += length;
        }
        i += length;
    }
    return escaped;
}

/* Another gnuplot may write another head: then it keeps it. */
static vc_status set_head(vci_picture *picture, const char *title, const char *alt,
                          const char *font) {
    static const char begin[] = "<title>", end[] = "</desc>";
    vc_status st = VC_OK;
    char *escaped = NULL, *words = NULL, *head = NULL;
    const char *old = strstr(picture->bytes, begin);
    const char *old_end = old ? strstr(old, end) : NULL;
    if (!old_end) goto out;
    escaped = escape(title);
    words = escape(alt);
    if (!escaped || !words) VC_FAIL(VC_NO_MEMORY, "text");
    head = vci_text_format("<title>%s</title>\n<desc>%s</desc>\n"
                           "<style>text { font-family: '%s', 'Microsoft YaHei', "
                           "'PingFang SC', 'SimHei', sans-serif; }</style>",
                           escaped, words, font);
    if (!head) VC_FAIL(VC_NO_MEMORY, "text");
    st = replace(picture, (size_t)(old - picture->bytes),
                 (size_t)(old_end - old) + strlen(end), head, strlen(head));
out:
    vci_free(escaped);
    vci_free(words);
    vci_free(head);
    return st;
}

/* In the order of the text, so that each search begins behind the last find. */
static vc_status set_bold(vci_picture *picture, const char *font) {
    vc_status st = VC_OK;
    char *wrong = vci_text_format(" font-family=\"%s:Bold\" ", font);
    char *right = vci_text_format(" font-family=\"%s\" font-weight=\"bold\" ", font);
    if (!wrong || !right) VC_FAIL(VC_NO_MEMORY, "text");
    const char *found = strstr(picture->bytes, wrong);
    while (found) {
        size_t at = (size_t)(found - picture->bytes);
        VC_TRY(replace(picture, at, strlen(wrong), right, strlen(right)));
        found = strstr(picture->bytes + at + strlen(right), wrong);
    }
out:
    vci_free(wrong);
    vci_free(right);
    return st;
}

vc_status vci_picture_finish(vci_picture *picture, const char *title, const char *alt,
                             const char *font) {
    vc_status st = VC_OK;
    VC_TRY(set_head(picture, title, alt, font));
    VC_TRY(set_bold(picture, font));
out:
    return st;
}

void vci_picture_free(vci_picture *picture) {
    vci_free(picture->bytes);
    *picture = (vci_picture){0};
}
