/* Ranks of units among their like: expected values by hand. */
#include "backtest/origin_rank_internal.h"

#include <math.h>
#include <string.h>

#include "support/harness.h"

enum { M = 4, N = 5 };

/* Three draws with everybody, one tie in each end, and two without a figure somewhere. */
static double draws[M][N] = {
    {5, NAN, 1, 2, 9}, {4, 1, 2, 2, 8}, {3, 2, 3, 1, NAN}, {2, 3, 4, 0, 6}};
static const double came[M] = {10, 10, 7, 3};

static void compare(vci_compared out[M], vci_contender c[M]) {
    for (int i = 0; i < M; i++) c[i] = (vci_contender){0, (size_t)i, came[i], draws[i]};
    ck_assert_int_eq(vci_ranks_compare(M, c, N, out), VC_OK);
}

/*
 * Whole draws: (5 4 3 2), (1 2 3 4), (2 2 1 0). Ranks from the lowest: (4 3 2 1),
 * (1 2 3 4), (3.5 3.5 2 1). 30 % of four units is 1.2: two places at each end.
 */
START_TEST(ranks_are_those_by_hand) {
    static const double rank[M][3] = {{4, 1, 3.5}, {3, 2, 3.5}, {2, 3, 2}, {1, 4, 1}};
    static const double p_top[M] = {2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3},
                        p_bottom[M] = {1.0 / 3, 1.0 / 3, 2.0 / 3, 2.0 / 3},
                        ranked[M] = {3.5, 3.5, 2, 1};
    static double kept[M][N];
    vci_compared out[M];
    vci_contender c[M];
    memcpy(kept, draws, sizeof kept);
    compare(out, c);
    for (int i = 0; i < M; i++) {
        ck_assert_uint_eq(out[i].n, 3);
        for (int d = 0; d < 3; d++) CHECK_CLOSE(c[i].draw[d], rank[i][d], 0, 0);
        CHECK_CLOSE(out[i].rank, ranked[i], 0, 0);
        CHECK_CLOSE(out[i].p_top, p_top[i], 1e-15, 0);
        CHECK_CLOSE(out[i].p_bottom, p_bottom[i], 1e-15, 0);
        CHECK_CLOSE(out[i].top, i < 2 ? 1 : 0, 0, 0);
        CHECK_CLOSE(out[i].bottom, i < 2 ? 0 : 1, 0, 0);
    }
    memcpy(draws, kept, sizeof kept);
}
END_TEST

/* Of three units one place: two that tie for it have half of it each. */
START_TEST(ties_share_a_place) {
    double one[3][1] = {{7}, {7}, {1}};
    vci_contender c[3];
    vci_compared out[3];
    for (int i = 0; i < 3; i++) c[i] = (vci_contender){0, (size_t)i, i == 0, one[i]};
    ck_assert_int_eq(vci_ranks_compare(3, c, 1, out), VC_OK);
    CHECK_CLOSE(out[0].p_top, 0.5, 0, 0);
    CHECK_CLOSE(out[1].p_top, 0.5, 0, 0);
    CHECK_CLOSE(out[2].p_bottom, 1, 0, 0);
    CHECK_CLOSE(out[0].top, 1, 0, 0);
    CHECK_CLOSE(out[1].bottom, 0.5, 0, 0);
    CHECK_CLOSE(out[2].bottom, 0.5, 0, 0);
    CHECK_CLOSE(out[1].rank, 1.5, 0, 0);
}
END_TEST

START_TEST(without_a_whole_draw_nothing_is_compared) {
    double none[3][1] = {{NAN}, {1}, {2}};
    vci_contender c[3];
    vci_compared out[3];
    for (int i = 0; i < 3; i++) c[i] = (vci_contender){0, (size_t)i, i, none[i]};
    ck_assert_int_eq(vci_ranks_compare(3, c, 1, out), VC_OK);
    ck_assert_uint_eq(out[2].n, 0);
}
END_TEST

/* Blocks leave no trace: 3,000 draws of one order against its own ranks. */
START_TEST(many_draws_are_ranked_in_blocks) {
    enum { MANY = 3000 };
    static double many[3][MANY];
    vci_contender c[3];
    vci_compared out[3];
    for (int i = 0; i < 3; i++) {
        for (int d = 0; d < MANY; d++) many[i][d] = (i + d) % 3;
        c[i] = (vci_contender){0, (size_t)i, i, many[i]};
    }
    ck_assert_int_eq(vci_ranks_compare(3, c, MANY, out), VC_OK);
    for (int i = 0; i < 3; i++) {
        CHECK_CLOSE(out[i].p_top, 1.0 / 3, 1e-14, 0);
        for (int d = 0; d < MANY; d++) ck_assert(many[i][d] == (i + d) % 3 + 1);
    }
}
END_TEST

/* A class takes units out of their parents' groups, wherever they are. */
START_TEST(classes_come_before_parents) {
    static char class_a[] = "A";
    vc_unit units[6] = {{.parent = VC_NO_UNIT}, {.parent = 0}, {.parent = 0},
                        {.parent = 1},          {.parent = 2}, {.parent = 2}};
    units[3].class_name = units[4].class_name = class_a;
    vc_unit_tree tree = {.n = 6, .units = units};
    size_t group[6];
    ck_assert_int_eq(vci_groups_find(&tree, group), VC_OK);
    ck_assert_uint_eq(group[1], group[2]);
    ck_assert_uint_eq(group[3], group[4]);
    ck_assert_uint_ne(group[4], group[5]);
    ck_assert_uint_ne(group[0], group[1]);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(ranks_are_those_by_hand), VCT(ties_share_a_place),
                                     VCT(without_a_whole_draw_nothing_is_compared),
                                     VCT(many_draws_are_ranked_in_blocks),
                                     VCT(classes_come_before_parents)};
    return vct_run("backtest/origin_rank", tests, VCT_COUNT(tests));
}
