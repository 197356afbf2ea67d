/* Words for probabilities: the edges after rounding to 5 %, as the table has them.
 */
#include "vitalcast/verdict.h"

#include <math.h>
#include <string.h>

#include "support/harness.h"

START_TEST(edges_belong_to_the_word_above_them) {
    static const struct {
        int percent;
        vc_verdict verdict;
    } want[] = {{100, VC_VERDICT_CERTAIN},
                {95, VC_VERDICT_CERTAIN},
                {90, VC_VERDICT_LIKELY},
                {80, VC_VERDICT_LIKELY},
                {75, VC_VERDICT_RATHER_LIKELY},
                {60, VC_VERDICT_RATHER_LIKELY},
                {55, VC_VERDICT_OPEN},
                {40, VC_VERDICT_OPEN},
                {35, VC_VERDICT_RATHER_UNLIKELY},
                {20, VC_VERDICT_RATHER_UNLIKELY},
                {15, VC_VERDICT_UNLIKELY},
                {5, VC_VERDICT_UNLIKELY},
                {0, VC_VERDICT_OUT_OF_REACH}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        double p = want[i].percent / 100.0;
        ck_assert_int_eq(vc_verdict_of(p, false), want[i].verdict);
        ck_assert_int_eq(vc_verdict_of(fmin(p + 0.0249, 1), false), want[i].verdict);
        ck_assert_int_eq(vc_verdict_of(fmax(p - 0.0249, 0), false), want[i].verdict);
    }
}
END_TEST

START_TEST(halves_are_rounded_upwards) {
    ck_assert_int_eq(vc_verdict_of(0.925, false), VC_VERDICT_CERTAIN);
    ck_assert_int_eq(vc_verdict_of(0.92499, false), VC_VERDICT_LIKELY);
    ck_assert_int_eq(vc_verdict_of(0.025, false), VC_VERDICT_UNLIKELY);
    ck_assert_int_eq(vc_verdict_of(0.02499, false), VC_VERDICT_OUT_OF_REACH);
}
END_TEST

START_TEST(only_settled_years_are_met_or_not) {
    ck_assert_int_eq(vc_verdict_of(1, true), VC_VERDICT_MET);
    ck_assert_int_eq(vc_verdict_of(0, true), VC_VERDICT_NOT_MET);
    ck_assert_int_eq(vc_verdict_of(1, false), VC_VERDICT_CERTAIN);
    ck_assert_int_eq(vc_verdict_of(0, false), VC_VERDICT_OUT_OF_REACH);
    ck_assert_int_eq(vc_verdict_of((double)NAN, false), VC_VERDICT_NONE);
}
END_TEST

START_TEST(every_verdict_has_a_name_of_its_own) {
    for (int i = 0; i < VC_VERDICTS; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(vc_verdict_name((vc_verdict)i),
                             vc_verdict_name((vc_verdict)j));
    ck_assert_str_eq(vc_verdict_name(VC_VERDICT_LIKELY), "likely");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(edges_belong_to_the_word_above_them), VCT(halves_are_rounded_upwards),
        VCT(only_settled_years_are_met_or_not), VCT(every_verdict_has_a_name_of_its_own)};
    return vct_run("assess/verdict", tests, VCT_COUNT(tests));
}
