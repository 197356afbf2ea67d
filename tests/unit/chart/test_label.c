#include "chart/label_internal.h"

#include <math.h>
#include <string.h>

#include "support/harness.h"

START_TEST(a_text_keeps_what_can_be_shown) {
    ck_assert_str_eq(vci_label_fit("城关镇 A-1 é😀", 60).text, "城关镇 A-1 é😀");
}
END_TEST

START_TEST(what_steers_is_dropped) {
    ck_assert_str_eq(vci_label_fit("a\nb\tc\x7F"
                                   "d\xC2\x85"
                                   "e",
                                   60)
                         .text,
                     "abcde");
    /* U+202E, U+2066, U+200B, U+2028, U+FEFF, tag U+E0041 */
    ck_assert_str_eq(
        vci_label_fit("a\u202Eb\u2066c\u200Bd\u2028e\uFEFFf\U000E0041g", 60).text,
        "abcdefg");
}
END_TEST

START_TEST(broken_utf8_is_dropped) {
    ck_assert_str_eq(vci_label_fit("a\xFF"
                                   "b\xE5\x9F"
                                   "c",
                                   60)
                         .text,
                     "abc");
    ck_assert_str_eq(vci_label_fit("a\xED\xA0\x80"
                                   "b\xC0\xAF",
                                   60)
                         .text,
                     "ab");
}
END_TEST

START_TEST(chinese_characters_are_two_columns_wide) {
    ck_assert_uint_eq(vci_label_width("示例县 A"), 8);
    ck_assert_uint_eq(vci_label_width("é—"), 2);
}
END_TEST

START_TEST(a_long_text_ends_with_an_ellipsis) {
    ck_assert_str_eq(vci_label_fit("内蒙古自治区鄂尔多斯市", 9).text, "内蒙古自…");
    ck_assert_str_eq(vci_label_fit("exactly", 7).text, "exactly");
    ck_assert_str_eq(vci_label_fit("exactly8", 7).text, "exactl…");
}
END_TEST

START_TEST(the_longest_text_fits) {
    char text[4 * 1000 + 1] = "";
    for (int i = 0; i < 1000; i++) strcat(text, "\U00010348"); /* four bytes, one column */
    vci_label label = vci_label_fit(text, 100000);
    ck_assert_uint_lt(strlen(label.text), sizeof label.text);
    ck_assert_uint_gt(strlen(label.text), 300);
    ck_assert_str_eq(label.text + strlen(label.text) - strlen("…"), "…");
}
END_TEST

START_TEST(lines_break_at_blanks) {
    const char *rest = "natural growth rate";
    ck_assert_str_eq(vci_label_take_line(&rest, 16).text, "natural growth");
    ck_assert_str_eq(vci_label_take_line(&rest, 16).text, "rate");
    rest = "出生人口性别比";
    ck_assert_str_eq(vci_label_take_line(&rest, 8).text, "出生人口");
    ck_assert_str_eq(rest, "性别比");
}
END_TEST

START_TEST(numbers_have_the_digits_asked_for) {
    ck_assert_str_eq(vci_number_format(125.45, 1).text, "125.5");
    ck_assert_str_eq(vci_number_format(61397, 0).text, "61397");
    ck_assert_str_eq(vci_number_format(-1.957, 2).text, "−1.96");
    ck_assert_str_eq(vci_number_format(-0.001, 2).text, "0.00");
    ck_assert_str_eq(vci_number_format(1.02, VCI_FEW_DIGITS).text, "1.02");
    ck_assert_str_eq(vci_number_format((double)NAN, 2).text, "—");
}
END_TEST

START_TEST(numbers_for_gnuplot_are_exact) {
    ck_assert_str_eq(vci_number_exact(0.1).text, "0.10000000000000001");
    ck_assert_str_eq(vci_number_exact(-2e300).text, "-2.0000000000000001e+300");
    ck_assert_str_eq(vci_number_exact((double)INFINITY).text, "NaN");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_text_keeps_what_can_be_shown),
                                     VCT(what_steers_is_dropped),
                                     VCT(broken_utf8_is_dropped),
                                     VCT(chinese_characters_are_two_columns_wide),
                                     VCT(a_long_text_ends_with_an_ellipsis),
                                     VCT(the_longest_text_fits),
                                     VCT(lines_break_at_blanks),
                                     VCT(numbers_have_the_digits_asked_for),
                                     VCT(numbers_for_gnuplot_are_exact)};
    return vct_run("chart/label", tests, VCT_COUNT(tests));
}
