/* Findings, quoting, and the table of texts that both speak from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/finding_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"

static void add(vc_findings *f, vc_severity severity, const char *kind, size_t line) {
    ck_assert_int_eq(vci_finding_add(f, severity, kind, (vci_place){"a.csv", line, 2},
                                     "do this", VCI_TEXT_FILE_UNREADABLE, "x"),
                     VC_OK);
}

START_TEST(findings_have_their_place) {
    vc_findings f;
    vc_findings_init(&f, VC_ENGLISH);
    add(&f, VC_FAULT, "F02", 7);
    char *text = vc_finding_format(&f.list[0], VC_ENGLISH);
    ck_assert_str_eq(text, "a.csv:7:2: fault F02: the file cannot be read: x — do this");
    free(text);
    text = vc_finding_format(&f.list[0], VC_CHINESE);
    ck_assert_ptr_nonnull(strstr(text, "a.csv:7:2: 错误 F02："));
    free(text);
    vc_findings_free(&f);
}
END_TEST

/* A finding of column 0 with the message "m", as text. */
static void formatted(vc_severity severity, const char *file, size_t line,
                      const char *remedy, const char *want) {
    char own_file[16], own_remedy[16], message[] = "m";
    snprintf(own_file, sizeof own_file, "%s", file);
    snprintf(own_remedy, sizeof own_remedy, "%s", remedy ? remedy : "");
    vc_finding f = {
        severity, "T09", own_file, line, 0, message, remedy ? own_remedy : NULL};
    char *text = vc_finding_format(&f, VC_ENGLISH);
    ck_assert_str_eq(text, want);
    free(text);
}

START_TEST(parts_that_are_missing_leave_no_marks) {
    formatted(VC_INFO, "a.csv", 0, NULL, "a.csv: info T09: m");
    formatted(VC_WARNING, "a.csv", 3, NULL, "a.csv:3: warning T09: m");
    formatted(VC_FAULT, "", 0, "r", "fault T09: m — r");
}
END_TEST

/* Lines to paste keep their own shape: what is set in is set in alike. */
START_TEST(remedies_of_several_lines_are_set_in) {
    formatted(VC_FAULT, "a.csv", 3, "r:\na:\n  b: 1",
              "a.csv:3: fault T09: m\n    r:\n    a:\n      b: 1");
    char file[] = "a.csv", message[] = "m", remedy[] = "r:\nx";
    vc_finding f = {VC_FAULT, "T09", file, 3, 0, message, remedy};
    for (long at = 0; at < 2; at++) {
        vci_memory_fail_at(at);
        char *text = vc_finding_format(&f, VC_ENGLISH);
        vci_memory_fail_at(-1);
        ck_assert_ptr_null(text);
    }
}
END_TEST

START_TEST(each_file_and_kind_has_its_own_room) {
    vc_findings f;
    vc_findings_init(&f, VC_ENGLISH);
    for (size_t i = 0; i < VC_FINDINGS_KEPT; i++) add(&f, VC_FAULT, "F02", i + 1);
    ck_assert_int_eq(vci_finding_add(&f, VC_FAULT, "F02", (vci_place){"b.csv", 1, 1}, NULL,
                                     VCI_TEXT_FILE_MISSING),
                     VC_OK);
    ck_assert_int_eq(vci_finding_add(&f, VC_FAULT, "F02", (vci_place){NULL, 0, 0}, NULL,
                                     VCI_TEXT_FILE_MISSING),
                     VC_OK);
    ck_assert_uint_eq(f.n, VC_FINDINGS_KEPT + 2);
    ck_assert_str_eq(f.list[f.n - 1].file, "");
    ck_assert_uint_eq(f.n_more, 0);
    vc_findings_free(&f);
    ck_assert_uint_eq(f.n_faults, 0);
    vc_findings_free(&f);
}
END_TEST

START_TEST(many_of_a_kind_are_counted) {
    vc_findings f;
    vc_findings_init(&f, VC_ENGLISH);
    for (size_t i = 0; i < 70; i++) add(&f, VC_FAULT, "F02", i + 1);
    add(&f, VC_WARNING, "M09", 3);
    ck_assert_uint_eq(f.n, VC_FINDINGS_KEPT + 1);
    ck_assert_uint_eq(f.n_more, 70 - VC_FINDINGS_KEPT);
    ck_assert_uint_eq(f.n_faults, 70);
    ck_assert_uint_eq(f.n_warnings, 1);
    vc_findings_free(&f);
}
END_TEST

START_TEST(every_failed_allocation_is_survived) {
    for (long at = 0; at < 8; at++) {
        vc_findings f;
        vc_findings_init(&f, VC_ENGLISH);
        vci_memory_fail_at(at);
        vc_status st = vci_finding_add(&f, VC_FAULT, "F02", (vci_place){"a.csv", 1, 1}, "r",
                                       VCI_TEXT_FILE_UNREADABLE, "x");
        vci_memory_fail_at(-1);
        ck_assert(st == VC_OK || st == VC_NO_MEMORY);
        vc_findings_free(&f);
    }
}
END_TEST

START_TEST(quotes_are_safe_to_show) {
    ck_assert_str_eq(vci_quote("a\x1B[31m\nb", 8).text, "a?[31m?b");
    ck_assert_str_eq(vci_quote("\xE2\x80\xAE"
                               "abc",
                               6)
                         .text,
                     "?abc");
    /* U+0085, U+061C, U+200B, U+2029, U+2067, U+FEFF. */
    ck_assert_str_eq(vci_quote("\xC2\x85\xD8\x9C\xE2\x80\x8B\xE2\x80\xA9\xE2\x81\xA7"
                               "\xEF\xBB\xBF",
                               16)
                         .text,
                     "??????");
    ck_assert_str_eq(vci_quote("县\xE5\x8E,\xFF\x80", 8).text, "县??,??");
    ck_assert_str_eq(vci_quote("a\0b", 3).text, "a?b");
    ck_assert_str_eq(vci_quote("，“é”", strlen("，“é”")).text, "，“é”");
    char widest[400];
    for (size_t i = 0; i < sizeof widest; i += 4) memcpy(widest + i, "\xF0\xA0\xAE\xB7", 4);
    ck_assert_uint_eq(strlen(vci_quote(widest, 400).text), 240 + strlen("…"));
    ck_assert_uint_eq(strlen(vci_quote(widest, 240).text), 240);
    char many[400];
    memset(many, 'x', sizeof many);
    ck_assert_uint_eq(strlen(vci_quote(many, sizeof many).text), 60 + strlen("…"));
    char wide[303] = "";
    for (int i = 0; i < 100; i++) strcat(wide, "县");
    ck_assert_uint_eq(strlen(vci_quote(wide, 300).text), 180 + strlen("…"));
}
END_TEST

/*
 * The conversions of a printf text in the order of its arguments ("%1$s" forms sorted by
 * number).
 */
static void conversions(const char *text, char out[256]) {
    char ordered[10][8] = {{0}};
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        if (*c != '%') continue;
        if (*++c == '%') continue;
        size_t place = 0, k = 0;
        if (c[0] >= '1' && c[0] <= '9' && c[1] == '$') {
            place = (size_t)(c[0] - '0');
            c += 2;
        }
        char kind[8] = "";
        for (; *c && strchr("0123456789.-+#*lzjh", *c); c++)
            if (strchr("lzjh", *c) && k < 6) kind[k++] = *c;
        /* A percent sign in a text that is no format. */
        if (!*c || !strchr("sdufgcixXeop", *c)) {
            c--;
            continue;
        }
        kind[k] = *c;
        if (place == 0) place = ++n;
        if (place < 10) memcpy(ordered[place], kind, sizeof kind);
    }
    out[0] = 0;
    for (size_t i = 1; i < 10; i++) {
        strcat(out, ordered[i]);
        strcat(out, " ");
    }
}

START_TEST(both_languages_say_everything_alike) {
    for (int id = 0; id < VCI_TEXTS; id++) {
        const char *en = vci_text_get((vci_text)id, VC_ENGLISH);
        const char *zh = vci_text_get((vci_text)id, VC_CHINESE);
        char a[256], b[256];
        ck_assert_msg(*en && *zh, "text %d is empty", id);
        conversions(en, a);
        conversions(zh, b);
        ck_assert_msg(!strcmp(a, b), "text %d: \"%s\" takes %s, \"%s\" takes %s", id, en, a,
                      zh, b);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(findings_have_their_place),
                                     VCT(parts_that_are_missing_leave_no_marks),
                                     VCT(remedies_of_several_lines_are_set_in),
                                     VCT(each_file_and_kind_has_its_own_room),
                                     VCT(many_of_a_kind_are_counted),
                                     VCT(every_failed_allocation_is_survived),
                                     VCT(quotes_are_safe_to_show),
                                     VCT(both_languages_say_everything_alike)};
    return vct_run("core/finding", tests, VCT_COUNT(tests));
}
