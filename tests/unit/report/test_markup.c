#include "report/markup_internal.h"

#include <stdlib.h>

#include "core/memory_internal.h"
#include "support/harness.h"

static void check_text(vci_markup *m, const char *want) {
    char *text = vci_markup_take(m);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, want);
    vci_free(text);
}

START_TEST(markup_is_escaped) {
    vci_markup m = {0};
    vci_markup_escape(&m, "<b onload='x' a=\"y\">&amp;县</b>");
    check_text(&m, "&lt;b onload=&#39;x&#39; a=&quot;y&quot;&gt;&amp;amp;县&lt;/b&gt;");
}
END_TEST

START_TEST(a_json_string_cannot_be_left) {
    vci_markup m = {0};
    vci_markup_quote(&m, "a\"b\\c\nd县");
    check_text(&m, "\"a\\\"b\\\\c\\u000ad县\"");
}
END_TEST

/* RFC 4648, section 10. */
START_TEST(base64_of_the_standard) {
    static const char *const cases[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vci_markup m = {0};
        vci_markup_base64(&m, cases[i][0], strlen(cases[i][0]));
        check_text(&m, cases[i][1]);
    }
}
END_TEST

START_TEST(it_grows) {
    vci_markup m = {0};
    for (int i = 0; i < 10000; i++) vci_markup_add(&m, "%d,", i % 10);
    ck_assert_uint_eq(m.n, 20000);
    ck_assert_uint_eq(strlen(m.text), 20000);
    vci_markup_free(&m);
}
END_TEST

START_TEST(without_memory_it_stays_failed) {
    vci_markup m = {0};
    vci_memory_fail_at(0);
    vci_markup_add(&m, "a");
    vci_markup_add(&m, "b");
    ck_assert_int_eq(vci_markup_check(&m), VC_NO_MEMORY);
    ck_assert_ptr_null(vci_markup_take(&m));
}
END_TEST

int main(void) {
    const vct_test tests[] = {VCT(markup_is_escaped), VCT(a_json_string_cannot_be_left),
                              VCT(base64_of_the_standard), VCT(it_grows),
                              VCT(without_memory_it_stays_failed)};
    return vct_run("report/markup", tests, VCT_COUNT(tests));
}
