/* The problem list: who is on it, and who is only watched. */
#include "vitalcast/problem.h"

#include <math.h>

#include "support/harness.h"
#include "support/listed_run.h"

static const vc_fraction TARGET = {107, 1};

START_TEST(unlikely_or_on_the_wrong_side) {
    vc_run run;
    vc_problems problems;
    vct_listed_run(&run);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 0, 106, 0.5);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 0, 106, 0.4999);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 0, 108, 0.9);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 0, 107.04, 0.9);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 0, (double)NAN,
                      (double)NAN);
    ck_assert_int_eq(vc_problems_find(&run, NULL, &problems), VC_OK);
    ck_assert_uint_eq(problems.n, 2); /* 107.04 is published as 107.0 */
    ck_assert(problems.list[0].result == 1 && !problems.list[0].wrong_side);
    ck_assert(problems.list[1].result == 2 && problems.list[1].wrong_side);
    ck_assert(!problems.list[0].watch && !problems.list[1].watch);
    vc_problems_free(&problems);
    vc_run_free(&run);
}
END_TEST

/* Boundary 4: what a small record cannot decide is not held against a unit. */
START_TEST(vital_events_of_lower_units_are_watched) {
    const bool decidable[] = {false, true, false};
    vc_run run;
    vc_problems problems;
    vct_listed_run(&run);
    vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 30, 100);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 1, 120, 0.1);
    vct_listed_result(&run, "sex_ratio_at_birth", VC_AT_MOST, TARGET, 2, 120, 0.1);
    vct_listed_result(&run, "孕检完成率", VC_AT_LEAST, TARGET, 2, 30, 0.1);
    ck_assert_int_eq(vc_problems_find(&run, NULL, &problems), VC_OK);
    ck_assert_uint_eq(problems.n, 3);
    ck_assert(problems.list[0].watch && problems.list[1].watch && !problems.list[2].watch);
    vc_problems_free(&problems);
    ck_assert_int_eq(vc_problems_find(&run, decidable, &problems), VC_OK);
    ck_assert(problems.list[0].watch && !problems.list[1].watch);
    vc_problems_free(&problems);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(unlikely_or_on_the_wrong_side),
                                     VCT(vital_events_of_lower_units_are_watched)};
    return vct_run("assess/problem", tests, VCT_COUNT(tests));
}
