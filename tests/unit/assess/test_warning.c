/*
 * Warnings with memory. Expected levels are read off the rules by hand: yellow below 0.60,
 * orange below 0.40, red below 0.20; margin 0.05; two periods.
 */
#include "vitalcast/warning.h"

#include <math.h>

#include "support/harness.h"

#define JULY (2013 * 12 + 6)

static vc_warning after(size_t n, const double *p) {
    vc_warning_rules rules = vc_warning_rules_default();
    vc_warning w = {0};
    for (size_t i = 0; i < n; i++)
        vc_warning_next(&rules, JULY + (vc_period)i, p[i], true, &w);
    return w;
}

static void expect(size_t n, const double *p, vc_warning_level level,
                   vc_warning_reason reason) {
    vc_warning w = after(n, p);
    ck_assert_int_eq(w.level, level);
    ck_assert_int_eq(w.reason, reason);
}

START_TEST(the_first_run_takes_its_level_from_p_alone) {
    expect(1, (double[]){0.60}, VC_WARNING_NONE, VC_WARNING_FIRST);
    expect(1, (double[]){0.5999}, VC_WARNING_YELLOW, VC_WARNING_FIRST);
    expect(1, (double[]){0.40}, VC_WARNING_YELLOW, VC_WARNING_FIRST);
    expect(1, (double[]){0.39}, VC_WARNING_ORANGE, VC_WARNING_FIRST);
    expect(1, (double[]){0.0}, VC_WARNING_RED, VC_WARNING_FIRST);
}
END_TEST

START_TEST(a_worse_level_comes_at_once) {
    vc_warning w = after(2, (double[]){0.9, 0.1});
    ck_assert_int_eq(w.level, VC_WARNING_RED);
    ck_assert_int_eq(w.before, VC_WARNING_NONE);
    ck_assert_int_eq(w.reason, VC_WARNING_FELL);
    ck_assert_int_eq(w.since, JULY + 1);
    CHECK_CLOSE(w.p_before, 0.9, 0, 0);
}
END_TEST

START_TEST(a_level_goes_only_with_the_margin) {
    expect(4, (double[]){0.5, 0.5, 0.5, 0.64}, VC_WARNING_YELLOW, VC_WARNING_MARGIN);
    expect(4, (double[]){0.5, 0.5, 0.5, 0.66}, VC_WARNING_NONE, VC_WARNING_ROSE);
    expect(4, (double[]){0.5, 0.5, 0.5, 0.55}, VC_WARNING_YELLOW, VC_WARNING_STAYS);
}
END_TEST

START_TEST(a_level_goes_only_after_its_time) {
    expect(2, (double[]){0.1, 0.9}, VC_WARNING_RED, VC_WARNING_TIME);
    expect(3, (double[]){0.1, 0.9, 0.9}, VC_WARNING_NONE, VC_WARNING_ROSE);
    /* Time counts from the level's own beginning. */
    expect(4, (double[]){0.5, 0.5, 0.1, 0.9}, VC_WARNING_RED, VC_WARNING_TIME);
}
END_TEST

START_TEST(a_level_goes_no_further_than_the_margin_allows) {
    /* 0.42 is yellow, but 0.42 - 0.05 is still orange. */
    expect(3, (double[]){0.1, 0.1, 0.42}, VC_WARNING_ORANGE, VC_WARNING_ROSE);
    expect(3, (double[]){0.1, 0.1, 0.62}, VC_WARNING_YELLOW, VC_WARNING_ROSE);
}
END_TEST

START_TEST(noise_around_a_limit_does_not_flicker) {
    vc_warning_rules rules = vc_warning_rules_default();
    vc_warning w = {0};
    size_t changes = 0;
    for (int i = 0; i < 12; i++) {
        vc_warning_level before = w.level;
        vc_warning_next(&rules, JULY + i, i % 2 ? 0.57 : 0.63, true, &w);
        changes += i > 0 && w.level != before;
    }
    ck_assert_uint_eq(changes, 1);
}
END_TEST

/* Boundary 4: what the record cannot tell is watched, never warned of. */
START_TEST(a_cell_that_tells_nothing_has_no_level) {
    vc_warning_rules rules = vc_warning_rules_default();
    vc_warning w = {0};
    vc_warning_next(&rules, JULY, 0.01, true, &w);
    vc_warning_next(&rules, JULY + 1, 0.01, false, &w);
    ck_assert_int_eq(w.level, VC_WARNING_NONE);
    ck_assert_int_eq(w.reason, VC_WARNING_WATCH);
    vc_warning_next(&rules, JULY + 2, 0.3, true, &w);
    ck_assert_int_eq(w.reason, VC_WARNING_FIRST);
    ck_assert_int_eq(w.level, VC_WARNING_ORANGE);
    vc_warning_next(&rules, JULY + 3, NAN, true, &w);
    ck_assert_int_eq(w.reason, VC_WARNING_UNKNOWN);
    ck_assert_int_eq(w.level, VC_WARNING_NONE);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(the_first_run_takes_its_level_from_p_alone),
                                     VCT(a_worse_level_comes_at_once),
                                     VCT(a_level_goes_only_with_the_margin),
                                     VCT(a_level_goes_only_after_its_time),
                                     VCT(a_level_goes_no_further_than_the_margin_allows),
                                     VCT(noise_around_a_limit_does_not_flicker),
                                     VCT(a_cell_that_tells_nothing_has_no_level)};
    return vct_run("assess/warning", tests, VCT_COUNT(tests));
}
