/* Bytes to text: what is accepted, what is refused, and where. Bytes of other encodings by
 * iconv -t. */
#include <string.h>

#include "core/encoding_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"

static vc_findings findings;
static char *text;
static size_t n_text;

static void decode_bytes(const char *bytes, size_t n, const char *declared) {
    vc_findings_init(&findings, VC_ENGLISH);
    ck_assert_int_eq(vci_decode("t.csv", (const unsigned char *)bytes, n, declared,
                                &findings, &text, &n_text),
                     VC_OK);
}

static void accepted(const char *bytes, size_t n, const char *declared, const char *want) {
    decode_bytes(bytes, n, declared);
    ck_assert_uint_eq(findings.n, 0);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(n_text, strlen(want));
    ck_assert_str_eq(text, want);
    vci_free(text);
    vc_findings_free(&findings);
}

static void refused(const char *bytes, size_t n, const char *declared, const char *kind,
                    size_t line, size_t column) {
    decode_bytes(bytes, n, declared);
    ck_assert_ptr_null(text);
    ck_assert_uint_eq(findings.n_faults, 1);
    ck_assert_str_eq(findings.list[0].kind, kind);
    ck_assert_uint_eq(findings.list[0].line, line);
    ck_assert_uint_eq(findings.list[0].column, column);
    vc_findings_free(&findings);
}

#define BYTES(literal) literal, sizeof literal - 1

START_TEST(utf8_with_and_without_mark) {
    accepted(BYTES("单位,月\n"), NULL, "单位,月\n");
    accepted(BYTES("\xEF\xBB\xBF单位\n"), NULL, "单位\n");
    accepted(BYTES("a\n"), "utf-8", "a\n");
}
END_TEST

START_TEST(line_ends_become_one) {
    accepted(BYTES("a\r\nb\rc\n\r\nd"), NULL, "a\nb\nc\n\nd");
    accepted(BYTES("a\n\x1A"), NULL, "a\n");
}
END_TEST

START_TEST(utf16_with_mark) {
    /* 县 is U+53BF. */
    accepted(BYTES("\xFF\xFE\xBF\x53\n\x00"), NULL, "县\n");
    accepted(BYTES("\xFE\xFF\x53\xBF\x00\n"), NULL, "县\n");
}
END_TEST

START_TEST(declared_encodings) {
    /* 示例县 in GB18030: CA BE C0 FD CF D8; 縣 in Big5: BF A4. */
    accepted(BYTES("\xCA\xBE\xC0\xFD\xCF\xD8\n"), "gb18030", "示例县\n");
    accepted(BYTES("\xBF\xA4\n"), "big5", "縣\n");
    refused(BYTES("\xCA\xBE\n"), "no-such", "F06", 0, 0);
    refused(BYTES("\xFF\xFF\xFF\n"), "gb18030", "F06", 0, 0);
}
END_TEST

START_TEST(undeclared_bytes_are_shown_not_guessed) {
    decode_bytes(BYTES("unit\n\xCA\xBE\xC0\xFD\xCF\xD8,1\n"), NULL);
    ck_assert_ptr_null(text);
    ck_assert_str_eq(findings.list[0].kind, "F06");
    ck_assert_uint_eq(findings.list[0].line, 2);
    ck_assert_ptr_nonnull(strstr(findings.list[0].message, "示例县"));
    ck_assert_ptr_nonnull(strstr(findings.list[0].remedy, "encoding: gb18030"));
    vc_findings_free(&findings);
    refused(BYTES("县\nab\xCF\xD8\n"), NULL, "F08", 2, 3);
}
END_TEST

START_TEST(damage_is_found) {
    refused(BYTES(""), NULL, "F01", 0, 0);
    refused(BYTES(" \n\n"), NULL, "F01", 0, 0);
    refused(BYTES("a\nb\x00c\n"), NULL, "F09", 2, 2);
    refused(BYTES("a\n县\x07\n"), NULL, "F09", 2, 2);
    refused(BYTES("a,锟斤拷\n"), NULL, "F07", 1, 3);
    refused(BYTES("a,\xEF\xBF\xBD\n"), NULL, "F07", 1, 3);
}
END_TEST

START_TEST(overlong_and_surrogates_are_not_utf8) {
    refused(BYTES("a\xC0\xAF\n"), NULL, "F06", 1, 2);
    refused(BYTES("\xED\xA0\x80\n"), NULL, "F06", 1, 1);
    refused(BYTES("\xF4\x90\x80\x80\n"), NULL, "F06", 1, 1);
    refused(BYTES("\xE5\x8E"), NULL, "F06", 1, 1);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(utf8_with_and_without_mark),
                                     VCT(line_ends_become_one),
                                     VCT(utf16_with_mark),
                                     VCT(declared_encodings),
                                     VCT(undeclared_bytes_are_shown_not_guessed),
                                     VCT(damage_is_found),
                                     VCT(overlong_and_surrogates_are_not_utf8)};
    return vct_run("core/encoding", tests, VCT_COUNT(tests));
}
