#include "report/document_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"

static char *copy(const char *text) { return vci_text_copy(text, strlen(text)); }

static void check_shown(const char *text, size_t most, const char *want) {
    char *shown = vci_text_shown(text, most);
    ck_assert_str_eq(shown, want);
    vci_free(shown);
}

START_TEST(what_is_shown_of_a_text) {
    check_shown("县 A", 10, "县 A");
    check_shown("a\r\nb\tc", 10, "a  b c");
    check_shown("a\u202Eb\u2028c\xFF"
                "d\x01",
                10, "abcd");
    check_shown("内蒙古自治区", 3, "内蒙古…");
    check_shown("内蒙古", 3, "内蒙古");
    check_shown("", 3, "");
}
END_TEST

START_TEST(english_begins_with_a_capital) {
    vci_document d = {.language = VC_ENGLISH};
    vci_document_paragraph(&d, 1, copy("births"));
    vci_document_table(&d, 1, 0, copy("a title"));
    vci_document_cell(&d, "head");
    vci_document_cell(&d, "cell");
    ck_assert_str_eq(d.blocks[0].text, "Births");
    ck_assert_str_eq(d.blocks[1].table.cells[0].text, "Head");
    ck_assert_str_eq(d.blocks[1].table.cells[1].text, "cell");
    vci_document_free(&d);
}
END_TEST

START_TEST(after_a_failure_nothing_is_added) {
    vci_document d = {.language = VC_ENGLISH};
    vci_document_paragraph(&d, 1, NULL);
    ck_assert_int_eq(d.st, VC_NO_MEMORY);
    vci_document_paragraph(&d, 1, copy("x"));
    vci_document_item(&d, copy("x"));
    vci_document_page(&d);
    ck_assert_ptr_null(vci_document_table(&d, 1, 0, copy("x")));
    ck_assert_ptr_null(vci_document_figure(&d, copy("x"), copy("y")));
    vci_document_cell(&d, "x");
    ck_assert_uint_eq(d.n, 0);
    vci_document_free(&d);
}
END_TEST

START_TEST(every_allocation_may_fail) {
    bool failed = true;
    for (long i = 0; failed; i++) {
        vci_document d = {.language = VC_CHINESE};
        vci_memory_fail_at(i);
        vci_document_heading(&d, 1, copy("h"));
        vci_document_table(&d, 2, 0, copy("t"));
        for (int k = 0; k < 12; k++) vci_document_cell(&d, "c");
        vci_document_figure(&d, copy("f"), copy("a"));
        vci_memory_fail_at(-1);
        failed = d.st == VC_NO_MEMORY;
        if (!failed) ck_assert_uint_eq(d.n, 3);
        vci_document_free(&d);
    }
}
END_TEST

int main(void) {
    const vct_test tests[] = {
        VCT(what_is_shown_of_a_text), VCT(english_begins_with_a_capital),
        VCT(after_a_failure_nothing_is_added), VCT(every_allocation_may_fail)};
    return vct_run("report/document", tests, VCT_COUNT(tests));
}
