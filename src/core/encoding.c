/* Encodings: strict, declared, never guessed. UTF-8 by RFC 3629. */
#include "core/encoding_internal.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "core/memory_internal.h"

/* Bytes of the sample that shows how a text reads in another encoding. */
#define SAMPLE_BYTES 48

static vc_status fault_at(vc_findings *findings, const char *kind, const char *file,
                          size_t line, size_t column, vci_text message) {
    return vci_finding_add(findings, VC_FAULT, kind, (vci_place){file, line, column}, NULL,
                           message);
}

/* Length of the well-formed sequence at s, 0 if it is none. */
static size_t well_formed(const unsigned char *s, size_t n) {
    if (s[0] < 0x80) return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
    size_t length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    /* Overlong forms, surrogates, beyond U+10FFFF. */
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F)) return 0;
    if ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F)) return 0;
    return length;
}

typedef struct position {
    size_t line, column, at;
    bool utf8_before; /* text before it that is UTF-8 and hardly anything else */
} position;

/* Walks well-formed text up to the first bad byte, or the end. */
static position walk(const unsigned char *s, size_t n) {
    position p = {1, 1, 0, false};
    while (p.at < n) {
        size_t length = well_formed(s + p.at, n - p.at);
        if (length == 0) break;
        /* Two bytes of another encoding often look like UTF-8, three hardly ever. */
        p.utf8_before = p.utf8_before || length > 2;
        p.column++;
        if (s[p.at] == '\n') {
            p.line++;
            p.column = 1;
        }
        p.at += length;
    }
    return p;
}

/* from[n] in an encoding as UTF-8; *text NULL when it is not that encoding (VC_OK). */
static vc_status convert(const char *encoding, const unsigned char *from, size_t n,
                         char **text, size_t *n_text) {
    vc_status st = VC_OK;
    char *out = NULL, *in = (char *)(uintptr_t)from, *to;
    size_t left = n, room = 4 * n + 4;
    iconv_t cd = iconv_open("UTF-8", encoding);
    *text = NULL;
    if (cd == (iconv_t)-1) goto out;
    VC_NEW(out, room + 1);
    to = out;
    if (iconv(cd, &in, &left, &to, &room) == (size_t)-1 || left > 0) goto out;
    *n_text = (size_t)(to - out);
    out[*n_text] = 0;
    *text = out;
    out = NULL;
out:
    if (cd != (iconv_t)-1) iconv_close(cd);
    vci_free(out);
    return st;
}

/* How the first stretch beyond ASCII reads in an encoding; "" when it does not. */
static vci_quoted sample(const char *encoding, const unsigned char *s, size_t n) {
    vci_quoted shown = {{0}};
    size_t begin = 0, length;
    while (begin < n && s[begin] < 0x80) begin++;
    size_t end = begin;
    while (end < n && end - begin < SAMPLE_BYTES && s[end] != '\n' && s[end] != ',') end++;
    /*
     * A cut through a character is not a fault of the encoding: try without the last bytes.
     */
    for (size_t cut = 0; cut < 4 && end - cut > begin; cut++) {
        char *text = NULL;
        if (convert(encoding, s + begin, end - cut - begin, &text, &length) != VC_OK) break;
        if (!text) continue;
        shown = vci_quote(text, length);
        vci_free(text);
        break;
    }
    return shown;
}

static vc_status undeclared(const char *file, const unsigned char *s, size_t n,
                            position bad, vc_findings *findings) {
    vci_quoted gb = sample("GB18030", s, n), big5 = sample("BIG5", s, n);
    if (bad.utf8_before)
        return fault_at(findings, "F08", file, bad.line, bad.column,
                        VCI_TEXT_ENCODING_MIXED);
    return vci_finding_add(findings, VC_FAULT, "F06",
                           (vci_place){file, bad.line, bad.column}, "encoding: gb18030",
                           VCI_TEXT_ENCODING_UNKNOWN, gb.text, big5.text);
}

/* Line ends to LF, in place; a final ^Z goes. */
static size_t normalise_lines(char *s, size_t n) {
    size_t to = 0;
    if (n > 0 && s[n - 1] == 0x1A) n--;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\r' && i + 1 < n && s[i + 1] == '\n') continue;
        s[to++] = s[i] == '\r' ? '\n' : s[i];
    }
    s[to] = 0;
    return to;
}

/* The character U+FFFD, and what UTF-8 looks like after it was read as GBK. */
static bool is_mojibake(const char *s, size_t n) {
    static const char *const signs[] = {"\xEF\xBF\xBD", "锟斤拷", "涓€",   "鐨勬",
                                        "锛屼",         "鍑虹",   "浜哄彛"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        if (length <= n && !memcmp(s, signs[i], length)) return true;
    }
    return false;
}

static bool is_control(unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* Control characters and mojibake in well-formed text: the first of each. */
static vc_status inspect(const char *file, const char *s, size_t n, vc_findings *findings) {
    vc_status st = VC_OK;
    size_t line = 1, column = 1;
    bool control = false, mojibake = false, blank = true;
    for (size_t i = 0; i < n; column++) {
        size_t length = well_formed((const unsigned char *)s + i, n - i);
        if (!control && is_control((unsigned char)s[i])) {
            control = true;
            VC_TRY(
                fault_at(findings, "F09", file, line, column, VCI_TEXT_ENCODING_CONTROL));
        }
        if (!mojibake && length > 1 && is_mojibake(s + i, n - i)) {
            mojibake = true;
            VC_TRY(
                fault_at(findings, "F07", file, line, column, VCI_TEXT_ENCODING_MOJIBAKE));
        }
        blank = blank && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t');
        if (s[i] == '\n') {
            line++;
            column = 0;
        }
        i += length;
    }
    if (blank) VC_TRY(fault_at(findings, "F01", file, 0, 0, VCI_TEXT_ENCODING_EMPTY));
out:
    return st;
}

static bool is_utf8(const char *name) {
    return !name || !strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8");
}

static vc_status decode_declared(const char *file, const unsigned char *s, size_t n,
                                 const char *declared, vc_findings *findings, char **text,
                                 size_t *n_text) {
    vc_status st = VC_OK;
    iconv_t known = iconv_open("UTF-8", declared);
    if (known == (iconv_t)-1) {
        vci_quoted shown = vci_quote(declared, strlen(declared));
        st = vci_finding_add(findings, VC_FAULT, "F06", (vci_place){file, 0, 0}, NULL,
                             VCI_TEXT_ENCODING_NO_SUCH, shown.text);
        goto out;
    }
    iconv_close(known);
    VC_TRY(convert(declared, s, n, text, n_text));
    if (!*text) {
        vci_quoted shown = vci_quote(declared, strlen(declared));
        st = vci_finding_add(findings, VC_FAULT, "F06", (vci_place){file, 0, 0}, NULL,
                             VCI_TEXT_ENCODING_NOT_DECLARED, shown.text);
    }
out:
    return st;
}

static vc_status decode_bytes(const char *file, const unsigned char *s, size_t n,
                              const char *declared, vc_findings *findings, char **text,
                              size_t *n_text) {
    vc_status st = VC_OK;
    if (n >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
        st = decode_declared(file, s, n, "UTF-16", findings, text, n_text);
    } else if (!is_utf8(declared)) {
        st = decode_declared(file, s, n, declared, findings, text, n_text);
    } else {
        size_t mark = n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3) ? 3 : 0;
        position end = walk(s + mark, n - mark);
        if (end.at < n - mark) {
            st = undeclared(file, s + mark, n - mark, end, findings);
            goto out;
        }
        *n_text = n - mark;
        *text = vci_text_copy((const char *)s + mark, n - mark);
        if (!*text) VC_FAIL(VC_NO_MEMORY, "%s", file);
    }
out:
    return st;
}

vc_status vci_decode(const char *file, const unsigned char *bytes, size_t n,
                     const char *declared, vc_findings *findings, char **text,
                     size_t *n_text) {
    vc_status st = VC_OK;
    size_t faults = findings->n_faults;
    *text = NULL;
    *n_text = 0;
    VC_TRY(decode_bytes(file, bytes, n, declared, findings, text, n_text));
    if (!*text) goto out;
    *n_text = normalise_lines(*text, *n_text);
    VC_TRY(inspect(file, *text, *n_text, findings));
out:
    if (st != VC_OK || findings->n_faults > faults) {
        vci_free(*text);
        *text = NULL;
        *n_text = 0;
    }
    return st;
}
