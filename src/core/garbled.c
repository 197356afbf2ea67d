/*
 * Garbled text. "出生" in UTF-8, read as GBK, is "鍑虹敓"; the way back gives UTF-8 again.
 * Names that really are Chinese give UTF-8 on that way about once in 100,000 names of three
 * characters (lead and continuation bytes would have to alternate as in UTF-8), so that
 * most stretches of a table never do.
 */
#include "core/garbled_internal.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "core/normalise_internal.h"

#define TRIED_BYTES ((size_t)64 * 1024)
/* A longer stretch is judged by its beginning, also one that GBK has no characters for. */
#define STRETCH_BYTES 192

/* Are bytes UTF-8 of three-byte characters, at least two, apart from a cut-off end? */
static bool is_utf8_chinese(const char *bytes, size_t n) {
    size_t characters = 0;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t length = vci_code_point(bytes + i, n - i, &c);
        if (length == 1 && c == 0xFFFD) return n - i < 3 && characters >= 2;
        characters += length == 3;
        i += length;
    }
    return characters >= 2;
}

static bool is_garbled(iconv_t to_gbk, const char *stretch, size_t n) {
    char bytes[STRETCH_BYTES], *in = (char *)(uintptr_t)stretch, *out = bytes;
    size_t left = n < STRETCH_BYTES ? n : STRETCH_BYTES, room = sizeof bytes;
    iconv(to_gbk, NULL, NULL, NULL, NULL);
    iconv(to_gbk, &in, &left, &out, &room);
    return is_utf8_chinese(bytes, (size_t)(out - bytes));
}

/* Where the stretch beyond ASCII that begins at `begin` ends; begin itself if none does. */
static size_t stretch_end(const char *text, size_t n, size_t begin) {
    size_t end = begin;
    while (end < n && (unsigned char)text[end] >= 0x80) end++;
    return end;
}

static bool find_gbk(const char *text, size_t n, size_t *at) {
    size_t garbled = 0, sound = 0;
    iconv_t to_gbk = iconv_open("GBK", "UTF-8");
    if (to_gbk == (iconv_t)-1) return false;
    for (size_t i = 0; i < n;) {
        size_t end = stretch_end(text, n, i);
        /* A single character says nothing. */
        if (end - i > 4) {
            bool bad = is_garbled(to_gbk, text + i, end - i);
            if (bad && garbled == 0) *at = i;
            garbled += bad;
            sound += !bad;
        }
        i = end > i ? end : i + 1;
    }
    iconv_close(to_gbk);
    return garbled > sound;
}

bool vci_garbled_find(const char *text, size_t n, size_t *at) {
    const char *replacement = memmem(text, n, "\xEF\xBF\xBD", 3);
    if (replacement) {
        *at = (size_t)(replacement - text);
        return true;
    }
    return find_gbk(text, n < TRIED_BYTES ? n : TRIED_BYTES, at);
}
