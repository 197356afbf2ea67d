#include "chart/script_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "support/harness.h"

static void quoted(const char *text, const char *expected) {
    vci_script script = {0};
    vci_script_text(&script, text);
    ck_assert_int_eq(vci_script_check(&script), VC_OK);
    ck_assert_str_eq(script.text, expected);
    vci_script_free(&script);
}

START_TEST(texts_are_single_quoted) {
    quoted("示例县", "'示例县'");
    quoted("", "''");
    quoted("50% of a_b^c{d} @x `y` $(z) \"q\"", "'50% of a_b^c{d} @x `y` $(z) \"q\"'");
}
END_TEST

#define Q "'.apostrophe.'"

/* Every way out of a string that is known, and a quote at each place of a text. */
START_TEST(no_text_ends_its_string) {
    quoted("'; system('touch x'); '", "'" Q "; system(" Q "touch x" Q "); " Q "'");
    quoted("a\nsystem(x)", "'asystem(x)'");
    quoted("a\r\x01\x1B\u2028"
           "b",
           "'ab'");
    quoted("\\'", "'＼" Q "'");
    quoted("\\", "'＼'");
    quoted("\xE5'", "'" Q "'");
    quoted("''a''", "'" Q Q "a" Q Q "'");
}
END_TEST

START_TEST(tic_labels_double_the_percent_sign) {
    vci_script script = {0};
    vci_script_tic(&script, "80% `s`");
    ck_assert_str_eq(script.text, "'80%% `s`'");
    vci_script_free(&script);
}
END_TEST

START_TEST(texts_are_capped) {
    char text[5001];
    vci_script script = {0};
    memset(text, '\'', 5000);
    text[5000] = '\0';
    vci_script_text(&script, text);
    ck_assert_uint_eq(script.n, 2 + 400 * strlen(Q));
    vci_script_free(&script);
}
END_TEST

START_TEST(data_blocks_hold_numbers) {
    vci_script script = {0};
    double row[] = {1, -0.5, (double)NAN};
    vci_script_begin_data(&script, "bands");
    vci_script_row(&script, 3, row);
    vci_script_end_data(&script);
    ck_assert_str_eq(script.text, "$bands << END_OF_NUMBERS\n1 -0.5 NaN\nEND_OF_NUMBERS\n");
    vci_script_free(&script);
}
END_TEST

START_TEST(lack_of_memory_is_remembered) {
    vci_script script = {0};
    vci_memory_fail_at(0);
    vci_script_set_text(&script, "heading", "x");
    vci_script_set_number(&script, "width", 800);
    ck_assert_int_eq(vci_script_check(&script), VC_NO_MEMORY);
    vci_script_free(&script);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(texts_are_single_quoted),
                                     VCT(no_text_ends_its_string),
                                     VCT(tic_labels_double_the_percent_sign),
                                     VCT(texts_are_capped),
                                     VCT(data_blocks_hold_numbers),
                                     VCT(lack_of_memory_is_remembered)};
    return vct_run("chart/script", tests, VCT_COUNT(tests));
}
