#include "report/sentence_internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/memory_internal.h"
#include "support/harness.h"

static vc_datadirs source_tree(void) {
    static const char *dirs[1];
    dirs[0] = vct_source(".");
    return (vc_datadirs){1, dirs};
}

/* --- the files that are shipped ----------------------------------------------------- */

static void read_shipped(vc_language language, vci_sentences *sentences) {
    vc_findings findings;
    vc_datadirs dirs = source_tree();
    vc_findings_init(&findings, language);
    ck_assert_int_eq(vci_sentences_read(&dirs, &findings, sentences), VC_OK);
    ck_assert_uint_eq(findings.n, 0);
    vc_findings_free(&findings);
}

START_TEST(both_languages_are_whole) {
    for (int l = 0; l < VC_LANGUAGES; l++) {
        vci_sentences sentences = {{0}};
        read_shipped((vc_language)l, &sentences);
        for (int i = 0; i < VCI_SENTENCES; i++) ck_assert_str_ne(sentences.text[i], "");
        vci_sentences_free(&sentences);
    }
}
END_TEST

/* The places that a sentence may leave out are those that no file uses. */
START_TEST(no_placeholder_is_idle_in_both_languages) {
    vci_sentences of[VC_LANGUAGES] = {{{0}}};
    for (int l = 0; l < VC_LANGUAGES; l++) read_shipped((vc_language)l, &of[l]);
    for (int i = 0; i < VCI_SENTENCES; i++) {
        char *names = strdup(vci_sentence_placeholders((vci_sentence)i)), *rest = NULL;
        for (char *name = strtok_r(names, " ", &rest); name;
             name = strtok_r(NULL, " ", &rest)) {
            char mark[64];
            snprintf(mark, sizeof mark, "{%s}", name);
            ck_assert_msg(strstr(of[VC_ENGLISH].text[i], mark) ||
                              strstr(of[VC_CHINESE].text[i], mark),
                          "%s: %s is in neither language",
                          vci_sentence_key((vci_sentence)i), mark);
        }
        free(names);
    }
    for (int l = 0; l < VC_LANGUAGES; l++) vci_sentences_free(&of[l]);
}
END_TEST

/* --- faults ------------------------------------------------------------------------- */

/* Every key with its placeholders, as a file; `change` stands in for the line of a key. */
static char *whole_file(const char *key, const char *change) {
    char *text = strdup("# comment\n");
    for (int i = 0; i < VCI_SENTENCES; i++) {
        const char *name = vci_sentence_key((vci_sentence)i);
        bool changed = key && !strcmp(name, key);
        char *longer = changed ? vci_text_format("%s%s\n", text, change)
                               : vci_text_format("%s%s = text\n", text, name);
        free(text);
        text = longer;
    }
    return text;
}

static vc_status parse(char *text, vc_findings *findings) {
    vci_sentences sentences = {{0}};
    vc_findings_init(findings, VC_ENGLISH);
    vc_status st = vci_sentences_parse("f.txt", text, strlen(text), findings, &sentences);
    vci_sentences_free(&sentences);
    return st;
}

/* The first finding is at a place, of kind R01, and mentions a word. */
static void check_fault(const char *key, const char *change, size_t line, size_t column,
                        const char *word) {
    vc_findings findings;
    char *text = whole_file(key, change);
    ck_assert_int_eq(parse(text, &findings), VC_BAD_INPUT);
    ck_assert_uint_ge(findings.n, 1);
    ck_assert_str_eq(findings.list[0].kind, "R01");
    ck_assert_str_eq(findings.list[0].file, "f.txt");
    ck_assert_uint_eq(findings.list[0].line, line);
    ck_assert_uint_eq(findings.list[0].column, column);
    ck_assert_msg(strstr(findings.list[0].message, word), "%s", findings.list[0].message);
    vc_findings_free(&findings);
    free(text);
}

START_TEST(faults_have_their_place) {
    check_fault("title", "title = 关于{plaze}的{period}", 2, 11, "{plaze}");
    check_fault("title", "title = {place", 2, 9, "brace");
    check_fault("title", "title = place}", 2, 14, "brace");
    check_fault("title", "titl = {place}", 2, 1, "nearest is title");
    check_fault("title", "title {place}", 2, 1, "title");
    check_fault("title", "title = a\ntitle = b", 3, 1, "second time");
    check_fault("title", "title = a\n  and {b}", 3, 7, "{b}");
    check_fault("title", "# title", 0, 0, "title");
}
END_TEST

START_TEST(all_faults_are_found_in_one_pass) {
    vc_findings findings;
    char text[] = "title = {a}\nnothing\n";
    ck_assert_int_eq(parse(text, &findings), VC_BAD_INPUT);
    ck_assert_uint_eq(findings.n_faults, 2 + VCI_SENTENCES - 1);
    vc_findings_free(&findings);
}
END_TEST

/* --- filling ------------------------------------------------------------------------ */

static void check_filled(vc_language language, const char *change, const char *want,
                         const char *place) {
    vc_findings findings;
    vci_sentences sentences = {{0}};
    char *text = whole_file("title", change);
    vc_findings_init(&findings, language);
    ck_assert_int_eq(
        vci_sentences_parse("f.txt", text, strlen(text), &findings, &sentences), VC_OK);
    char *filled = vci_sentence_fill(&sentences, VCI_SAID_TITLE, "period", "2013", "place",
                                     place, NULL);
    ck_assert_str_eq(filled, want);
    vci_free(filled);
    vci_sentences_free(&sentences);
    vc_findings_free(&findings);
    free(text);
}

START_TEST(values_are_put_in) {
    check_filled(VC_ENGLISH, "title = In {period}: {place}, {place}.", "In 2013: A, A.",
                 "A");
    check_filled(VC_ENGLISH, "title = one\n   two", "one two", "A");
    check_filled(VC_CHINESE, "title = 一\n   二", "一二", "A");
    check_filled(VC_ENGLISH, "title = {place}!", "—!", NULL);
}
END_TEST

START_TEST(a_value_is_no_template) {
    check_filled(VC_ENGLISH, "title = {place}", "{period} %s", "{period} %s");
}
END_TEST

START_TEST(what_steers_is_left_out_of_values) {
    check_filled(VC_ENGLISH, "title = {place}", "abc d", "a\u202Eb\u200Bc\nd");
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(both_languages_are_whole),
                              VCT(no_placeholder_is_idle_in_both_languages),
                              VCT(faults_have_their_place),
                              VCT(all_faults_are_found_in_one_pass),
                              VCT(values_are_put_in),
                              VCT(a_value_is_no_template),
                              VCT(what_steers_is_left_out_of_values)};
    return vct_run("report/sentence", tests, VCT_COUNT(tests));
}
