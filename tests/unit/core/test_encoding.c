/*
 * Bytes to text: what is accepted, what is refused, and where. Bytes of other encodings by
 * iconv -t.
 */
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

START_TEST(a_mark_beats_a_declaration) {
    accepted(BYTES("\xEF\xBB\xBF示例县\n"), "gb18030", "示例县\n");
    accepted(BYTES("\xFF\xFE\xBF\x53\n\x00"), "big5", "县\n");
}
END_TEST

START_TEST(a_wrong_declaration_is_refused) {
    /* UTF-8 read as GB18030 would give names that nobody wrote. */
    refused(BYTES("单位,月份\n"), "gb18030", "F06", 0, 0);
    /* 陆陆 in GB18030 (C2 BD C2 BD) happens to be UTF-8 as well. */
    accepted(BYTES("\xC2\xBD\xC2\xBD\n"), "gb18030", "陆陆\n");
    /* With this ending some iconvs drop what they cannot read. */
    decode_bytes(BYTES("\xCA\xBE\n"), "gb18030//IGNORE");
    ck_assert_ptr_null(text);
    ck_assert_ptr_nonnull(strstr(findings.list[0].message, "not an encoding"));
    vc_findings_free(&findings);
    refused(BYTES("\xFF\xFE\xBF"), NULL, "F06", 0, 0);
}
END_TEST

START_TEST(a_letter_held_back_is_given_out) {
    /* In CP1258 an accent may follow any letter: iconv waits for it. */
    accepted(BYTES("xe"), "CP1258", "xe");
    accepted(BYTES("e\xEC\n"), "CP1258", "é\n");
}
END_TEST

START_TEST(the_remedy_names_what_reads) {
    decode_bytes(BYTES("\xCA\xBE\xC0\xFD\n"), NULL);
    ck_assert_str_eq(findings.list[0].remedy, "encoding: gb18030");
    vc_findings_free(&findings);
    /* A byte that begins nothing in either encoding. */
    decode_bytes(BYTES("\xFF\n"), NULL);
    ck_assert_ptr_null(findings.list[0].remedy);
    vc_findings_free(&findings);
}
END_TEST

START_TEST(control_characters_are_named) {
    static const struct {
        const char *bytes, *name;
    } cases[] = {{"ab\x0B", "U+000B"},
                 {"ab\x7F", "U+007F"},
                 {"ab\xC2\x93", "U+0093"},
                 {"ab\x1A\n", "U+001A"},
                 {"ab\x1A\x1A", "U+001A"}};
    for (size_t i = 0; i < VCT_COUNT(cases); i++) {
        decode_bytes(cases[i].bytes, strlen(cases[i].bytes), NULL);
        ck_assert_ptr_null(text);
        ck_assert_str_eq(findings.list[0].kind, "F09");
        ck_assert_uint_eq(findings.list[0].column, 3);
        ck_assert_ptr_nonnull(strstr(findings.list[0].message, cases[i].name));
        vc_findings_free(&findings);
    }
}
END_TEST

START_TEST(failed_allocations_are_told) {
    static const char *const declared[] = {NULL, "gb18030"};
    for (size_t i = 0; i < 2; i++)
        for (long at = 0; at < 12; at++) {
            vc_findings_init(&findings, VC_ENGLISH);
            vci_memory_fail_at(at);
            vc_status st = vci_decode("t.csv", (const unsigned char *)"\xCA\xBE\n", 3,
                                      declared[i], &findings, &text, &n_text);
            vci_memory_fail_at(-1);
            ck_assert(st == VC_OK || (st == VC_NO_MEMORY && !text));
            if (at == 0) ck_assert(st == VC_NO_MEMORY || !declared[i]);
            vci_free(text);
            vc_findings_free(&findings);
        }
}
END_TEST

START_TEST(damage_is_found) {
    refused(BYTES(""), NULL, "F01", 0, 0);
    refused(BYTES(" \n\n"), NULL, "F01", 0, 0);
    refused(BYTES("\xEF\xBB\xBF\t\xC2\xA0\r\n\xE3\x80\x80"), NULL, "F01", 0, 0);
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
                                     VCT(a_mark_beats_a_declaration),
                                     VCT(a_wrong_declaration_is_refused),
                                     VCT(a_letter_held_back_is_given_out),
                                     VCT(the_remedy_names_what_reads),
                                     VCT(control_characters_are_named),
                                     VCT(failed_allocations_are_told),
                                     VCT(damage_is_found),
                                     VCT(overlong_and_surrogates_are_not_utf8)};
    return vct_run("core/encoding", tests, VCT_COUNT(tests));
}
