#include "chart/wording_internal.h"

#include <math.h>

#include "sample_run.h"
#include "support/harness.h"

/* The form that docs/CLI.md gives: a chart and the table say the same. */
START_TEST(a_simulated_chance_is_never_0_or_100_percent) {
    static const struct {
        double p;
        const char *cell, *english, *chinese;
    } cases[] = {
        {0, "< 0.1%", "less than 0.1%", "低于0.1%"},
        {0.0009, "< 0.1%", "less than 0.1%", "低于0.1%"},
        {0.002, "0.2%", "0.2%", "0.2%"},
        {0.0994, "9.9%", "9.9%", "9.9%"},
        {0.0996, "10%", "10%", "10%"},
        {0.314, "31%", "31%", "31%"},
        {0.9004, "90%", "90%", "90%"},
        {0.9006, "90.1%", "90.1%", "90.1%"},
        {0.9901, "99.0%", "99.0%", "99.0%"},
        {0.9991, "> 99.9%", "more than 99.9%", "高于99.9%"},
        {1, "> 99.9%", "more than 99.9%", "高于99.9%"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_str_eq(vci_probability_signs(cases[i].p).text, cases[i].cell);
        ck_assert_str_eq(vci_probability_words(cases[i].p, VC_ENGLISH).text,
                         cases[i].english);
        ck_assert_str_eq(vci_probability_words(cases[i].p, VC_CHINESE).text,
                         cases[i].chinese);
    }
    ck_assert_str_eq(vci_probability_signs((double)NAN).text, "—");
}
END_TEST

START_TEST(periods_are_named_in_both_languages) {
    vc_period july = 2013 * 12 + 6;
    ck_assert_str_eq(vci_period_words(july, VC_MONTHLY, VC_ENGLISH).text, "Jul 2013");
    ck_assert_str_eq(vci_period_words(july, VC_MONTHLY, VC_CHINESE).text, "2013年7月");
    ck_assert_str_eq(vci_period_words(2013 * 4 + 2, VC_QUARTERLY, VC_ENGLISH).text,
                     "Q3 2013");
    ck_assert_str_eq(vci_period_words(2013 * 4 + 2, VC_QUARTERLY, VC_CHINESE).text,
                     "2013年三季度");
    ck_assert_str_eq(vci_period_words(2013, VC_YEARLY, VC_CHINESE).text, "2013年");
    ck_assert_str_eq(vci_year_words(2013 * 12 + 8, VC_MONTHLY, VC_ENGLISH).text,
                     "Oct 2012 to Sep 2013");
}
END_TEST

START_TEST(digits_follow_the_indicator) {
    vc_run run;
    sample_run(2, &run);
    static const int digits[] = {0, 2, 1, 2, 1};
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(vci_indicator_digits(&run, &run.targets.list[i]), digits[i]);
    run.targets.list[2].decimals = 3;
    ck_assert_int_eq(vci_indicator_digits(&run, &run.targets.list[2]), 3);
    vc_run_free(&run);
}
END_TEST

START_TEST(targets_are_written_as_declared_or_as_a_rule) {
    vc_run run;
    sample_run(2, &run);
    vc_target *target = &run.targets.list[2];
    ck_assert_str_eq(vci_target_signs(&run, target, 107, (double)NAN, VC_ENGLISH).text,
                     "≤ 107.0");
    target->decimals = -1;
    ck_assert_str_eq(vci_target_signs(&run, target, 107, (double)NAN, VC_ENGLISH).text,
                     "≤ 107");
    target->direction = VC_BETWEEN;
    target->value_high.value.num = 109;
    ck_assert_str_eq(vci_target_signs(&run, target, 107, 109, VC_ENGLISH).text, "107–109");
    target = &run.targets.list[0];
    target->value = (vc_target_value){VC_PREVIOUS_YEAR, {0, 1}, {51, 50}, {-1, 2}};
    ck_assert_str_eq(
        vci_target_signs(&run, target, (double)NAN, (double)NAN, VC_CHINESE).text,
        "≥ 上年×1.02−0.5");
    ck_assert_str_eq(vci_target_signs(&run, target, 5600.4, (double)NAN, VC_CHINESE).text,
                     "≥ 5600");
    target->value.kind = VC_CLASS_MEAN;
    target->value.factor = (vc_fraction){1, 1};
    target->value.summand = (vc_fraction){0, 1};
    ck_assert_str_eq(
        vci_target_signs(&run, target, (double)NAN, (double)NAN, VC_ENGLISH).text,
        "≥ class mean");
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_simulated_chance_is_never_0_or_100_percent),
                                     VCT(periods_are_named_in_both_languages),
                                     VCT(digits_follow_the_indicator),
                                     VCT(targets_are_written_as_declared_or_as_a_rule)};
    return vct_run("chart/wording", tests, VCT_COUNT(tests));
}
