/* Allocation: zeroed, checked for overflow, failing when a test wants it. */
#include "core/memory_internal.h"

#include <stdint.h>

#include "support/harness.h"

START_TEST(memory_is_zeroed) {
    unsigned char *block = vci_alloc(1000, 3);
    ck_assert_ptr_nonnull(block);
    for (size_t i = 0; i < 3000; i++) ck_assert_uint_eq(block[i], 0);
    vci_free(block);
    void *none = vci_alloc(0, 8);
    ck_assert_ptr_nonnull(none);
    vci_free(none);
    vci_free(NULL);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused) {
    /* Times 8 that is 8 once more; volatile, or else the compiler warns. */
    volatile size_t many = SIZE_MAX / 8 + 2;
    ck_assert_ptr_null(vci_alloc(many, 8));
    char *block = vci_alloc(4, 1);
    memcpy(block, "abc", 4);
    ck_assert_ptr_null(vci_realloc(block, many, 8));
    ck_assert_str_eq(block, "abc");
    vci_free(block);
}
END_TEST

START_TEST(the_chosen_call_fails_once) {
    vci_memory_fail_at(1);
    void *first = vci_alloc(1, 1), *second = vci_alloc(1, 1), *third = vci_alloc(1, 1);
    vci_memory_fail_at(-1);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(second);
    ck_assert_ptr_nonnull(third);
    vci_free(first);
    vci_free(third);
    vci_memory_fail_at(0);
    ck_assert_ptr_null(vci_text_format("%d", 1));
    vci_memory_fail_at(0);
    ck_assert_ptr_null(vci_text_copy("a", 1));
    vci_memory_fail_at(-1);
}
END_TEST

START_TEST(texts_are_copied_and_made) {
    char *copy = vci_text_copy("a\0b", 3), *empty = vci_text_copy(NULL, 0);
    ck_assert_mem_eq(copy, "a\0b\0", 4);
    ck_assert_str_eq(empty, "");
    char *made = vci_text_format("%s is %d of %zu", "县", 2, (size_t)3);
    ck_assert_str_eq(made, "县 is 2 of 3");
    vci_free(copy);
    vci_free(empty);
    vci_free(made);
}
END_TEST

/* Fills a list one by one through the macros; the status when a call fails. */
static vc_status fill(size_t wanted, long fail_at, size_t *n, size_t **list) {
    vc_status st = VC_OK;
    size_t capacity = 0;
    *n = 0;
    *list = NULL;
    vci_memory_fail_at(fail_at);
    while (*n < wanted) {
        VC_GROW(*list, *n, capacity);
        (*list)[*n] = *n;
        (*n)++;
    }
out:
    vci_memory_fail_at(-1);
    return st;
}

START_TEST(lists_grow_and_keep_what_they_have) {
    size_t n, *list;
    ck_assert_int_eq(fill(1000, -1, &n, &list), VC_OK);
    for (size_t i = 0; i < n; i++) ck_assert_uint_eq(list[i], i);
    vci_free(list);
    /* 8, 16, 32 fit in three calls; the fourth fails. */
    ck_assert_int_eq(fill(1000, 3, &n, &list), VC_NO_MEMORY);
    ck_assert_uint_eq(n, 32);
    for (size_t i = 0; i < n; i++) ck_assert_uint_eq(list[i], i);
    vci_free(list);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(memory_is_zeroed), VCT(sizes_that_overflow_are_refused),
        VCT(the_chosen_call_fails_once), VCT(texts_are_copied_and_made),
        VCT(lists_grow_and_keep_what_they_have)};
    return vct_run("core/memory", tests, VCT_COUNT(tests));
}
