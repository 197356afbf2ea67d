/* The standard error of P(met) when draws come in groups from one point. */
#include <math.h>

#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "simulate/sampler_internal.h"
#include "support/harness.h"

#define GROUPS 200

/* hits[g] of the 32 draws of group g are on the right side. */
static double error_of(const size_t hits[GROUPS], double points) {
    vci_histogram path;
    vci_tally t = {.path = &path, .path_n = 1, .bound = {1, 1}};
    vc_result r = {0};
    vci_histogram_init(&path, true);
    for (size_t g = 0; g < GROUPS; g++) {
        if (g > 0) vci_tally_end_group(&t);
        t.n += VCI_BATCH;
        t.n_defined += VCI_BATCH;
        t.n_met += hits[g];
        t.group_met = hits[g];
    }
    double one = 1;
    vci_histogram_add(&path, 1, &one);
    ck_assert_int_eq(vci_tally_finish(&t, points, &r), VC_OK);
    vci_free(r.path);
    return r.monte_carlo_se;
}

/* Exact: p = 1/2 in every group, so that only the draws' own noise is left. */
START_TEST(equal_groups_are_independent_draws) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = 16;
    CHECK_CLOSE(error_of(hits, 50), sqrt(0.25 / (GROUPS * 32)), 1e-12, 0);
}
END_TEST

/* All draws of a point agree: as good as one draw per point, and there are 50 points. */
START_TEST(groups_that_agree_count_once) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = g % 2 ? 32 : 0;
    CHECK_CLOSE(error_of(hits, 50), sqrt(0.25 / 50), 1e-12, 0);
    CHECK_CLOSE(error_of(hits, 1e9), sqrt(0.25 / GROUPS), 1e-12, 0);
}
END_TEST

/*
 * Half of the points say 1/4, half 3/4 (8 and 24 of 32): variance between them 1/16 *
 * 200/199 as estimated, less the 1/4 / 32 that noise would make, over 1 - 1/32.
 */
START_TEST(points_that_differ_are_told_from_noise) {
    size_t hits[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) hits[g] = g % 2 ? 24 : 8;
    double between = (200.0 / 199 / 16 - 0.25 / 32) / (1 - 1.0 / 32);
    double want = sqrt(between / 50 + (0.25 - between) / (GROUPS * 32));
    CHECK_CLOSE(error_of(hits, 50), want, 1e-12, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(equal_groups_are_independent_draws),
                                     VCT(groups_that_agree_count_once),
                                     VCT(points_that_differ_are_told_from_noise)};
    return vct_run("assess/tally", tests, VCT_COUNT(tests));
}
