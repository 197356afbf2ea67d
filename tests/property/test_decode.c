/*
 * Whatever bytes a file holds: either clean text comes out of it and nothing is at fault,
 * or nothing comes out and the fault is told.
 */
#include <stdlib.h>
#include <string.h>

#include "core/encoding_internal.h"
#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define LONGEST 300

static unsigned rounds(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return 20000 * (unsigned)(factor > 0 ? factor : 1);
}

static size_t below(unsigned *state, size_t n) {
    return (size_t)(vct_random(state) * (double)n) % n;
}

/* Pieces that meet in real files, then some bytes changed. */
static size_t make_bytes(unsigned *state, unsigned char *bytes) {
    static const char *const pieces[] = {"unit,month\n",
                                         "县,3\r\n",
                                         "\xCF\xD8,3\n",
                                         "\xBF\xA4,3\n",
                                         "\xEF\xBB\xBF",
                                         "\xFF\xFE",
                                         "é",
                                         "\r",
                                         "𠮷",
                                         "\x1A",
                                         "鍑虹敓",
                                         " \t",
                                         "\xE3\x80\x80",
                                         "a",
                                         "\xED\xA0\x80"};
    size_t n = 0, parts = below(state, 12);
    for (size_t i = 0; i < parts; i++) {
        const char *piece = pieces[below(state, VCT_COUNT(pieces))];
        size_t length = strlen(piece);
        if (n + length > LONGEST) break;
        memcpy(bytes + n, piece, length);
        n += length;
    }
    for (size_t i = below(state, 4); i > 0 && n > 0; i--)
        bytes[below(state, n)] = (unsigned char)below(state, 256);
    return n;
}

static void check_clean(const char *text, size_t n, unsigned seed) {
    ck_assert_msg(text[n] == 0, "seed %u: no end mark", seed);
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t length = vci_code_point(text + i, n - i, &c);
        ck_assert_msg(c != 0xFFFD, "seed %u: byte %zu is not UTF-8", seed, i);
        bool plain = c >= 0x20 && (c < 0x7F || c > 0x9F);
        ck_assert_msg(plain || c == '\n' || c == '\t', "seed %u: U+%04X", seed, c);
        i += length;
    }
}

static void check_bytes(unsigned seed) {
    static const char *const declared[] = {NULL,   "utf-8",  "gb18030", "gbk",
                                           "big5", "utf-16", "cp1252",  "shift_jis"};
    unsigned state = seed * 2654435761u;
    unsigned char bytes[LONGEST + 1];
    size_t n = make_bytes(&state, bytes), n_text, n_again;
    char *text, *again;
    vc_findings findings;
    vc_findings_init(&findings, VC_CHINESE);
    vc_status st =
        vci_decode("t.csv", bytes, n, declared[below(&state, VCT_COUNT(declared))],
                   &findings, &text, &n_text);
    ck_assert_msg(st == VC_OK, "seed %u: %s", seed, vc_status_detail());
    ck_assert_msg((text != NULL) == (findings.n_faults == 0), "seed %u", seed);
    if (text) check_clean(text, n_text, seed);
    /* Clean text is its own decoding, unless a second mark stands at its beginning. */
    if (text && strncmp(text, "\xEF\xBB\xBF", 3) != 0) {
        st = vci_decode("t.csv", (unsigned char *)text, n_text, NULL, &findings, &again,
                        &n_again);
        ck_assert_msg(st == VC_OK && again && n_again == n_text, "seed %u", seed);
        ck_assert_msg(!memcmp(text, again, n_text), "seed %u", seed);
        vci_free(again);
    }
    vci_free(text);
    vc_findings_free(&findings);
}

START_TEST(any_bytes_are_text_or_a_fault) {
    for (unsigned seed = 1; seed <= rounds(); seed++) check_bytes(seed);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(any_bytes_are_text_or_a_fault)};
    return vct_run("property/decode", tests, VCT_COUNT(tests));
}
