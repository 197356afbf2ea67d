#include "office/words_internal.h"

#include "core/memory_internal.h"
#include "core/normalise_internal.h"
#include "support/harness.h"

START_TEST(labels_of_totals_say_what_they_stand_for) {
    static const struct {
        const char *text;
        vci_total total;
        size_t n_name;
    } cases[] = {{"合　计", VCI_TOTAL_ALL, 0},        {"总计", VCI_TOTAL_GRAND, 0},
                 {"全县合计", VCI_TOTAL_GRAND, 6},    {"全县", VCI_TOTAL_GRAND, 0},
                 {"小計", VCI_TOTAL_GROUP, 0},        {"东镇小计", VCI_TOTAL_GROUP, 6},
                 {"东镇合计", VCI_TOTAL_NAMED, 6},    {"其中：女", VCI_TOTAL_PART, 0},
                 {"合计（户籍）", VCI_TOTAL_NONE, 0}, {"Subtotal", VCI_TOTAL_GROUP, 0},
                 {"Total", VCI_TOTAL_ALL, 0},         {"东镇", VCI_TOTAL_NONE, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *plain = NULL;
        size_t n_name = 99;
        ck_assert_int_eq(vci_text_normalise(cases[i].text, strlen(cases[i].text), &plain),
                         VC_OK);
        ck_assert_msg(vci_words_total_of(plain, &n_name) == cases[i].total, "%s",
                      cases[i].text);
        ck_assert_uint_eq(n_name, cases[i].n_name);
        vci_free(plain);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(labels_of_totals_say_what_they_stand_for)};
    return vct_run("office/words", tests, VCT_COUNT(tests));
}
