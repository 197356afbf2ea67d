/*
 * Normal forms and distances. UTF-8: RFC 3629, section 4. Distance: Wagner and Fischer
 * (1974), one row at a time.
 */
#include "core/normalise_internal.h"

#include <stdint.h>
#include <string.h>

#include "core/memory_internal.h"

/* Longer texts are not compared: no name that people mistype is that long. */
#define MOST_POINTS 64

/* Length that a lead byte announces; 0 if no sequence begins with it. */
static size_t announced(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static size_t broken(uint32_t *code) {
    *code = 0xFFFD;
    return 1;
}

size_t vci_code_point(const char *text, size_t n, uint32_t *code) {
    const unsigned char *s = (const unsigned char *)text;
    size_t length = announced(s[0]);
    if (length == 0 || length > n) return broken(code);
    uint32_t c = length == 1 ? s[0] : s[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) return broken(code);
        c = c << 6 | (s[i] & 0x3F);
    }
    bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return broken(code);
    *code = c;
    return length;
}

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0xAD || c == 0x61C ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

static size_t last_start(const char *text, size_t n) {
    size_t at = n - 1;
    while (at > 0 && n - at < 4 && ((unsigned char)text[at] & 0xC0) == 0x80) at--;
    return at;
}

void vci_trim(const char **text, size_t *n) {
    uint32_t c;
    while (*n > 0) {
        size_t length = vci_code_point(*text, *n, &c);
        if (!is_blank(c)) break;
        *text += length;
        *n -= length;
    }
    while (*n > 0) {
        size_t at = last_start(*text, *n);
        vci_code_point(*text + at, *n - at, &c);
        if (!is_blank(c)) break;
        *n = at;
    }
}

/* Full-width ASCII to ASCII, then letters to lower case. */
static uint32_t fold(uint32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Letters of Latin-1 with an accent: the letter in lower case and the combining accent. */
static bool take_apart(uint32_t c, char *letter, uint32_t *accent) {
    static const char letters[] = "aaaaaa_ceeeeiiii_nooooo__uuuuy";
    static const uint16_t accents[] = {
        0x300, 0x301, 0x302, 0x303, 0x308, 0x30A, 0,     0x327, 0x300, 0x301,
        0x302, 0x308, 0x300, 0x301, 0x302, 0x308, 0,     0x303, 0x300, 0x301,
        0x302, 0x303, 0x308, 0,     0,     0x300, 0x301, 0x302, 0x308, 0x301};
    if (c < 0xC0 || c > 0xFD) return false;
    size_t at = (c - 0xC0) % 0x20; /* capitals first */
    if (at >= sizeof accents / sizeof *accents || accents[at] == 0) return false;
    *letter = letters[at];
    *accent = accents[at];
    return true;
}

vc_status vci_text_normalise(const char *text, size_t n, char **plain) {
    vc_status st = VC_OK;
    size_t to = 0;
    *plain = NULL;
    VC_NEW(*plain, 2 * n + 1); /* two bytes can become three */
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t length = vci_code_point(text + i, n - i, &c);
        uint32_t folded = fold(c), accent = 0;
        char letter = 0;
        if (take_apart(c, &letter, &accent)) {
            (*plain)[to++] = letter;
            (*plain)[to++] = (char)(0xC0 | accent >> 6);
            (*plain)[to++] = (char)(0x80 | (accent & 0x3F));
        } else if (folded < 0x80 && !is_blank(c)) {
            (*plain)[to++] = (char)folded;
        } else if (!is_blank(c)) {
            memcpy(*plain + to, text + i, length);
            to += length;
        }
        i += length;
    }
out:
    return st;
}

/* Folded code points of text[n]; MOST_POINTS + 1 if there are more than MOST_POINTS. */
static size_t decode(const char *text, size_t n, uint32_t points[MOST_POINTS]) {
    size_t count = 0;
    for (size_t i = 0; i < n; count++) {
        if (count == MOST_POINTS) return MOST_POINTS + 1;
        i += vci_code_point(text + i, n - i, &points[count]);
        points[count] = fold(points[count]);
    }
    return count;
}

static size_t distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    size_t row[MOST_POINTS + 1];
    for (size_t j = 0; j <= m; j++) row[j] = j;
    for (size_t i = 0; i < n; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < m; j++) {
            size_t swap = corner + (a[i] != b[j]);
            size_t edit = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            corner = row[j + 1];
            row[j + 1] = swap < edit ? swap : edit;
        }
    }
    return row[m];
}

const char *vci_nearest(const char *text, size_t n, const char *const *words,
                        size_t n_words) {
    uint32_t mine[MOST_POINTS], theirs[MOST_POINTS];
    size_t length = decode(text, n, mine), best = length / 3 > 1 ? length / 3 : 1;
    const char *nearest = NULL;
    if (length > MOST_POINTS) return NULL;
    for (size_t i = 0; i < n_words; i++) {
        size_t m = decode(words[i], strlen(words[i]), theirs);
        if (m > MOST_POINTS) continue;
        size_t edits = distance(mine, length, theirs, m);
        /* One edit turns any single character into any other: that is not near. */
        if (edits > best || edits >= (length > m ? length : m)) continue;
        if (nearest && edits == best) continue;
        nearest = words[i];
        best = edits;
    }
    return nearest;
}
