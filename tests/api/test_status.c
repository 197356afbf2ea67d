#include "support/harness.h"

#include <string.h>

#include "vitalcast/status.h"

typedef struct listed {
    vc_status status;
    const char *name;
    int exit_code;
} listed;

static const listed all[] = {
#define X(name, value, exit_code, english, chinese) {name, #name, exit_code},
    VC_STATUS_LIST(X)
#undef X
};
enum { N = sizeof all / sizeof *all };

START_TEST(every_code_has_its_name_and_exit_code) {
    for (size_t i = 0; i < N; i++) {
        ck_assert_str_eq(vc_status_name(all[i].status), all[i].name);
        ck_assert_int_eq(vc_status_exit_code(all[i].status), all[i].exit_code);
    }
}
END_TEST

START_TEST(every_code_has_a_text_of_its_own) {
    for (int language = 0; language < VC_LANGUAGES; language++)
        for (size_t i = 0; i < N; i++) {
            const char *text = vc_status_text(all[i].status, (vc_language)language);
            ck_assert(text && text[0]);
            for (size_t j = 0; j < i; j++)
                ck_assert_str_ne(text,
                                 vc_status_text(all[j].status, (vc_language)language));
        }
}
END_TEST

START_TEST(a_strange_number_is_answered_too) {
    ck_assert_str_eq(vc_status_name((vc_status)9999), "unknown status");
    ck_assert_ptr_nonnull(vc_status_text((vc_status)9999, VC_CHINESE));
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_code_has_its_name_and_exit_code),
                                     VCT(every_code_has_a_text_of_its_own),
                                     VCT(a_strange_number_is_answered_too)};
    return vct_run("api/status", tests, VCT_COUNT(tests));
}
