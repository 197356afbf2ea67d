/* Blanks, comparison forms, near misses. */
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

START_TEST(broken_bytes_are_one_replacement_each) {
    uint32_t c;
    ck_assert_uint_eq(vci_code_point("\xE5\x8E", 2, &c), 1);
    ck_assert_uint_eq(c, 0xFFFD);
    ck_assert_uint_eq(vci_code_point("县", 3, &c), 3);
    ck_assert_uint_eq(c, 0x53BF);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(blanks_of_every_kind_go), VCT(names_that_look_alike_are_equal),
        VCT(the_nearest_word_is_offered), VCT(broken_bytes_are_one_replacement_each)};
    return vct_run("core/normalise", tests, VCT_COUNT(tests));
}
