/* The error idiom and the detail that goes with it. */
#include "core/status_internal.h"

#include <pthread.h>
#include <string.h>

#include "core/memory_internal.h"
#include "support/harness.h"

/* 1 to 3: where it leaves; counts what the way out has freed. */
static vc_status leave_at(int place, int *freed) {
    vc_status st = VC_OK;
    VC_REQUIRE(place != 1, "place must not be %d", place);
    if (place == 2) VC_FAIL(VC_NO_SPACE, "runs/x.h5: %s", "full");
    VC_TRY(place == 3 ? VC_INTERRUPTED : VC_OK);
    *freed += 10;
out:
    (*freed)++;
    return st;
}

START_TEST(every_way_out_frees) {
    int freed = 0;
    ck_assert_int_eq(leave_at(0, &freed), VC_OK);
    ck_assert_int_eq(freed, 11);
    ck_assert_int_eq(leave_at(1, &freed), VC_BAD_ARGUMENT);
    ck_assert_int_eq(leave_at(2, &freed), VC_NO_SPACE);
    ck_assert_int_eq(leave_at(3, &freed), VC_INTERRUPTED);
    ck_assert_int_eq(freed, 14);
}
END_TEST

START_TEST(the_detail_is_that_of_the_last_failure) {
    int freed = 0;
    leave_at(2, &freed);
    ck_assert_str_eq(vc_status_detail(), "runs/x.h5: full");
    leave_at(0, &freed);
    ck_assert_str_eq(vc_status_detail(), "runs/x.h5: full");
    /* Only our own mistakes tell their place in the source. */
    leave_at(1, &freed);
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "place must not be 1 ("));
    ck_assert_ptr_nonnull(strstr(vc_status_detail(), "test_status.c:"));
}
END_TEST

START_TEST(long_details_are_cut) {
    char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    vci_fail(VC_BUG, "file.c", 1, "%s", longer);
    ck_assert_uint_eq(strlen(vc_status_detail()), 511);
    vci_fail(VC_BUG, longer, 1, "short");
    ck_assert_uint_eq(strlen(vc_status_detail()), 511);
}
END_TEST

static void *fail_there(void *detail) {
    ck_assert_str_eq(vc_status_detail(), "");
    vci_fail(VC_IO_FAILED, __FILE__, __LINE__, "there");
    memcpy(detail, vc_status_detail(), sizeof "there");
    return NULL;
}

START_TEST(threads_do_not_mix_their_details) {
    pthread_t thread;
    char there[sizeof "there"];
    vci_fail(VC_IO_FAILED, __FILE__, __LINE__, "here");
    ck_assert_int_eq(pthread_create(&thread, NULL, fail_there, there), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_str_eq(there, "there");
    ck_assert_str_eq(vc_status_detail(), "here");
}
END_TEST

START_TEST(unknown_numbers_are_survived) {
    const int numbers[] = {-1, 19, 9999};
    for (size_t i = 0; i < VCT_COUNT(numbers); i++) {
        vc_status odd = (vc_status)numbers[i];
        ck_assert_str_eq(vc_status_name(odd), "unknown status");
        ck_assert_str_eq(vc_status_text(odd, VC_CHINESE), "unknown status");
        ck_assert_int_eq(vc_status_exit_code(odd), 1);
    }
    /* A language that is none is English. */
    ck_assert_str_eq(vc_status_text(VC_OK, VC_LANGUAGES), "done");
}
END_TEST

START_TEST(language_words) {
    vc_language language = VC_LANGUAGES;
    ck_assert(!vc_language_parse("EN", &language) && language == VC_LANGUAGES);
    ck_assert(!vc_language_parse("", &language) && language == VC_LANGUAGES);
    ck_assert(vc_language_parse("zh", &language) && language == VC_CHINESE);
    ck_assert(vc_language_parse("en", &language) && language == VC_ENGLISH);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(every_way_out_frees),          VCT(the_detail_is_that_of_the_last_failure),
        VCT(long_details_are_cut),         VCT(threads_do_not_mix_their_details),
        VCT(unknown_numbers_are_survived), VCT(language_words)};
    return vct_run("core/status", tests, VCT_COUNT(tests));
}
