/* Encodings: strict, declared, never guessed. UTF-8 by RFC 3629. */
#include "core/encoding_internal.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "core/garbled_internal.h"
#include "core/memory_internal.h"
#include "core/normalise_internal.h"

/* Bytes of the sample that shows how a text reads in another encoding. */
#define SAMPLE_BYTES 48

static vc_status fault_at(vc_findings *findings, const char *kind, const char *file,
                          size_t line, size_t column, vci_text message) {
    return vci_finding_add(findings, VC_FAULT, kind, (vci_place){file, line, column}, NULL,
                           message);
}

/* Length of the well-formed sequence at s, 0 if it is none. */
static size_t well_formed(const unsigned char *s, size_t n) {
    uint32_t c;
    size_t length = vci_code_point((const char *)s, n, &c);
    return length == 1 && c == 0xFFFD ? 0 : length;
}

typedef struct position {
    size_t line, column, at;
    bool utf8_before; /* text before it that is UTF-8 and hardly anything else */
} position;

/* Any of the three line ends: a CR before LF is part of it. */
static bool ends_line(const unsigned char *s, size_t n, size_t at) {
    return s[at] == '\n' || (s[at] == '\r' && (at + 1 == n || s[at + 1] != '\n'));
}

/* Walks well-formed text up to the first bad byte, or the end. */
static position walk(const unsigned char *s, size_t n) {
    position p = {1, 1, 0, false};
    while (p.at < n) {
        size_t length = well_formed(s + p.at, n - p.at);
        if (length == 0) break;
        /* Two bytes of another encoding often look like UTF-8, three hardly ever. */
        p.utf8_before = p.utf8_before || length > 2;
        p.column++;
        if (ends_line(s, n, p.at)) {
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
    /* Some encodings hold the last character back, as an accent may follow. */
    if (iconv(cd, NULL, NULL, &to, &room) == (size_t)-1) goto out;
    *n_text = (size_t)(to - out);
    out[*n_text] = 0;
    *text = out;
    out = NULL;
out:
    if (cd != (iconv_t)-1) iconv_close(cd);
    vci_free(out);
    return st;
}

#define UNREADABLE "?"

/* How the first stretch beyond ASCII reads in an encoding; UNREADABLE when it does not. */
static vci_quoted sample(const char *encoding, const unsigned char *s, size_t n) {
    vci_quoted shown = {UNREADABLE};
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
    const char *remedy = strcmp(gb.text, UNREADABLE)     ? "encoding: gb18030"
                         : strcmp(big5.text, UNREADABLE) ? "encoding: big5"
                                                         : NULL;
    return vci_finding_add(findings, VC_FAULT, "F06",
                           (vci_place){file, bad.line, bad.column}, remedy,
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

/* C0 but for line ends and tabs, DEL, C1. */
static bool is_control(uint32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

/* Control characters and garbled text in well-formed text: the first of each. */
static vc_status inspect(const char *file, const char *s, size_t n, vc_findings *findings) {
    vc_status st = VC_OK;
    size_t garbled = 0;
    vci_place place = {file, 1, 1};
    bool control = false, found = vci_garbled_find(s, n, &garbled);
    const char *rest = s;
    size_t n_rest = n;
    uint32_t c;
    for (size_t i = 0; i < n; place.column++) {
        size_t length = vci_code_point(s + i, n - i, &c);
        if (!control && is_control(c)) {
            control = true;
            VC_TRY(vci_finding_add(findings, VC_FAULT, "F09", place, NULL,
                                   VCI_TEXT_ENCODING_CONTROL, (unsigned)c));
        }
        if (found && i == garbled)
            VC_TRY(vci_finding_add(findings, VC_FAULT, "F07", place, NULL,
                                   VCI_TEXT_ENCODING_MOJIBAKE));
        if (c == '\n') {
            place.line++;
            place.column = 0;
        }
        i += length;
    }
    vci_trim(&rest, &n_rest);
    if (n_rest == 0) VC_TRY(fault_at(findings, "F01", file, 0, 0, VCI_TEXT_ENCODING_EMPTY));
out:
    return st;
}

static bool is_utf8_name(const char *name) {
    return !name || !strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8");
}

/* Names with a slash ask iconv to drop or replace what it cannot read. */
static bool is_known(const char *encoding) {
    iconv_t cd = strchr(encoding, '/') ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
    if (cd == (iconv_t)-1) return false;
    iconv_close(cd);
    return true;
}

/* Text of another encoding is hardly ever UTF-8 for four characters beyond ASCII. */
static bool is_surely_utf8(const unsigned char *s, size_t n) {
    size_t beyond_ascii = 0;
    for (size_t i = 0, length; i < n; i += length) {
        length = well_formed(s + i, n - i);
        if (length == 0) return false;
        beyond_ascii += length > 1;
    }
    return beyond_ascii >= 4;
}

static vc_status decode_declared(const char *file, const unsigned char *s, size_t n,
                                 const char *declared, vc_findings *findings, char **text,
                                 size_t *n_text) {
    vc_status st = VC_OK;
    vci_text message = VCI_TEXT_ENCODING_NOT_DECLARED;
    if (!is_known(declared))
        message = VCI_TEXT_ENCODING_NO_SUCH;
    else if (is_surely_utf8(s, n))
        message = VCI_TEXT_ENCODING_IS_UTF8;
    else
        VC_TRY(convert(declared, s, n, text, n_text));
    if (!*text)
        st = vci_finding_add(findings, VC_FAULT, "F06", (vci_place){file, 0, 0}, NULL,
                             message, vci_quote(declared, strlen(declared)).text);
out:
    return st;
}

static vc_status decode_utf8(const char *file, const unsigned char *s, size_t n,
                             vc_findings *findings, char **text, size_t *n_text) {
    vc_status st = VC_OK;
    position end = walk(s, n);
    if (end.at < n) {
        st = undeclared(file, s, n, end, findings);
        goto out;
    }
    *n_text = n;
    *text = vci_text_copy((const char *)s, n);
    if (!*text) VC_FAIL(VC_NO_MEMORY, "%s", file);
out:
    return st;
}

/* A byte-order mark says more than a declaration. */
static vc_status decode_bytes(const char *file, const unsigned char *s, size_t n,
                              const char *declared, vc_findings *findings, char **text,
                              size_t *n_text) {
    bool utf8_mark = n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3);
    if (utf8_mark) return decode_utf8(file, s + 3, n - 3, findings, text, n_text);
    if (n >= 2 && (!memcmp(s, "\xFF\xFE", 2) || !memcmp(s, "\xFE\xFF", 2)))
        return decode_declared(file, s, n, "UTF-16", findings, text, n_text);
    if (is_utf8_name(declared)) return decode_utf8(file, s, n, findings, text, n_text);
    return decode_declared(file, s, n, declared, findings, text, n_text);
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
