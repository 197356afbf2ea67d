/* How much history stands behind a result, and whether a year is settled. */
#include <math.h>

#include "assess/method_internal.h"
#include "core/memory_internal.h"
#include "support/hand_panel.h"
#include "support/harness.h"

START_TEST(three_years_are_enough) {
    ck_assert_int_eq(vci_method_of(VC_MONTHLY, 36), VC_METHOD_FITTED);
    ck_assert_int_eq(vci_method_of(VC_MONTHLY, 35), VC_METHOD_SHORT);
    ck_assert_int_eq(vci_method_of(VC_MONTHLY, 12), VC_METHOD_SHORT);
    ck_assert_int_eq(vci_method_of(VC_MONTHLY, 11), VC_METHOD_BRIEF);
    ck_assert_int_eq(vci_method_of(VC_QUARTERLY, 12), VC_METHOD_FITTED);
    ck_assert_int_eq(vci_method_of(VC_YEARLY, 9), VC_METHOD_SHORT);
    ck_assert_int_eq(vci_method_of(VC_YEARLY, 4), VC_METHOD_BRIEF);
    ck_assert_str_eq(vc_method_name(VC_METHOD_BRIEF), "brief");
}
END_TEST

START_TEST(missing_months_are_not_history) {
    vc_panel panel;
    vci_indicator growth;
    vct_hand_panel(24, &panel);
    ck_assert(vci_indicator_find(&panel, "natural_growth_rate", &growth));
    ck_assert_uint_eq(vci_method_history(&panel, &growth, 1), 24);
    panel.count[VC_DEATHS][24 + 3] = NAN;
    ck_assert_uint_eq(vci_method_history(&panel, &growth, 1), 23);
    vc_panel_free(&panel);
}
END_TEST

START_TEST(one_provisional_record_unsettles_the_year) {
    vc_panel panel;
    vct_hand_panel(24, &panel);
    vc_year year = {panel.first + 12, panel.first + 23};
    vci_free(panel.status);
    panel.status = vci_alloc(panel.tree.n * 24, 1);
    for (size_t i = 0; i < panel.tree.n * 24; i++) panel.status[i] = VC_FINAL;
    ck_assert(vci_method_settled(&panel, 0, year));
    panel.status[2 * 24 + 5] = VC_PROVISIONAL; /* the year before */
    ck_assert(vci_method_settled(&panel, 0, year));
    panel.status[2 * 24 + 23] = VC_PROVISIONAL;
    ck_assert(!vci_method_settled(&panel, 0, year));
    ck_assert(vci_method_settled(&panel, 1, year));
    vc_panel_free(&panel);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(three_years_are_enough),
                                     VCT(missing_months_are_not_history),
                                     VCT(one_provisional_record_unsettles_the_year)};
    return vct_run("assess/method", tests, VCT_COUNT(tests));
}
