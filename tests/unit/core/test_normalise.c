/* Blanks, comparison forms, near misses. */
#include <iconv.h>
#include <string.h>

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "support/harness.h"

static void trimmed(const char *text, const char *want) {
    size_t n = strlen(text);
    vci_trim(&text, &n);
    ck_assert_uint_eq(n, strlen(want));
    ck_assert_mem_eq(text, want, n);
}

START_TEST(blanks_of_every_kind_go) {
    trimmed("  a b \t", "a b");
    trimmed("\xC2\xA0县\xE3\x80\x80", "县");
    trimmed("\xE2\x80\x8B"
            "12\xC2\xAD\xE2\x80\x8F",
            "12");
    trimmed("\xEF\xBB\xBF", "");
    trimmed("\xE2\x81\xA6" /* U+2066, isolate */ "县\xE2\x81\xA9\xD8\x9C", "县");
    /* Inside, and in other characters' bytes, nothing is touched. */
    trimmed("\xE3\x80\x80\xE3\x80\x81\xE3\x80\x80", "、");
    trimmed("\x80", "\x80");
    trimmed("", "");
}
END_TEST

static void same(const char *a, const char *b) {
    char *x, *y;
    ck_assert_int_eq(vci_text_normalise(a, strlen(a), &x), VC_OK);
    ck_assert_int_eq(vci_text_normalise(b, strlen(b), &y), VC_OK);
    ck_assert_str_eq(x, y);
    vci_free(x);
    vci_free(y);
}

START_TEST(names_that_look_alike_are_equal) {
    same("ＡＢ１２", "ab12");
    same("松河 镇", "松河镇");
    same("（东）", "(东)");
}
END_TEST

START_TEST(the_nearest_word_is_offered) {
    static const char *const words[] = {"births_male", "births_female", "deaths", "月份"};
    ck_assert_str_eq(vci_nearest("birth_male", 10, words, 4), "births_male");
    ck_assert_str_eq(vci_nearest("Deaths", 6, words, 4), "deaths");
    ck_assert_str_eq(vci_nearest("月分", strlen("月分"), words, 4), "月份");
    ck_assert_ptr_null(vci_nearest("population", 10, words, 4));
    ck_assert_ptr_null(vci_nearest("x", 1, words, 4));
    ck_assert_ptr_null(vci_nearest("", 0, words, 4));
}
END_TEST

START_TEST(long_texts_are_near_to_nothing) {
    char a[65], b[66];
    const char *words[] = {b};
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[65] = 0;
    ck_assert_ptr_null(vci_nearest(a, 64, words, 1));
    b[64] = 0;
    ck_assert_ptr_eq(vci_nearest(a, 64, words, 1), b);
    ck_assert_ptr_null(vci_nearest(a, 65, words, 1));
}
END_TEST

START_TEST(the_first_of_equally_near_words_is_taken) {
    static const char *const words[] = {"unit_c", "unit_b", "unit"};
    ck_assert_str_eq(vci_nearest("unit_a", 6, words, 3), "unit_c");
    ck_assert_str_eq(vci_nearest("Ｕｎｉｔ", strlen("Ｕｎｉｔ"), words, 3), "unit");
}
END_TEST

START_TEST(lack_of_memory_is_told) {
    char *plain;
    vci_memory_fail_at(0);
    ck_assert_int_eq(vci_text_normalise("a", 1, &plain), VC_NO_MEMORY);
    vci_memory_fail_at(-1);
    ck_assert_ptr_null(plain);
}
END_TEST

/* Against the C library's converter. */
START_TEST(every_code_point_is_read) {
    iconv_t to_utf8 = iconv_open("UTF-8", "UTF-32LE");
    ck_assert(to_utf8 != (iconv_t)-1);
    for (uint32_t want = 0; want <= 0x10FFFF; want++) {
        char text[8], *in = (char *)&want, *out = text;
        size_t left = 4, room = sizeof text;
        if (want >= 0xD800 && want <= 0xDFFF) continue;
        ck_assert_uint_eq(iconv(to_utf8, &in, &left, &out, &room), 0);
        uint32_t got;
        size_t n = (size_t)(out - text);
        ck_assert_uint_eq(vci_code_point(text, n, &got), n);
        ck_assert_uint_eq(got, want);
        /* Cut off, it is broken. */
        if (n == 1) continue;
        ck_assert_uint_eq(vci_code_point(text, n - 1, &got), 1);
        ck_assert_uint_eq(got, 0xFFFD);
    }
    iconv_close(to_utf8);
}
END_TEST

START_TEST(broken_bytes_are_one_replacement_each) {
    static const char *const broken[] = {"\x80\x80",         /* a continuation first */
                                         "\xC0\x80",         /* overlong NUL */
                                         "\xC1\xBF",         /* overlong DEL */
                                         "\xE0\x9F\xBF",     /* overlong U+07FF */
                                         "\xF0\x8F\xBF\xBF", /* overlong U+FFFF */
                                         "\xED\xA0\x80",     /* surrogates */
                                         "\xED\xBF\xBF",
                                         "\xF4\x90\x80\x80", /* U+110000 */
                                         "\xF8\x88\x80\x80\x80",
                                         "\xE5\x8Ey",
                                         "\xFF"};
    for (size_t i = 0; i < VCT_COUNT(broken); i++) {
        uint32_t c = 0;
        ck_assert_uint_eq(vci_code_point(broken[i], strlen(broken[i]), &c), 1);
        ck_assert_uint_eq(c, 0xFFFD);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(blanks_of_every_kind_go),
                                     VCT(names_that_look_alike_are_equal),
                                     VCT(the_nearest_word_is_offered),
                                     VCT(long_texts_are_near_to_nothing),
                                     VCT(the_first_of_equally_near_words_is_taken),
                                     VCT(lack_of_memory_is_told),
                                     VCT(every_code_point_is_read),
                                     VCT(broken_bytes_are_one_replacement_each)};
    return vct_run("core/normalise", tests, VCT_COUNT(tests));
}
