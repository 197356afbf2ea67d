/*
 * Ranks of a class: against counting by brute force, places that add up to the quota in
 * every draw, a simultaneous set that covers as often as it says.
 */
#include "assess/ranking_internal.h"

#include <malloc.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/random_internal.h"
#include "support/harness.h"

/* Scores and vetoes of m units in n draws, as rows. */
typedef struct world {
    size_t m, n;
    double *score;
    unsigned char *out;
    const double **scores;
    const unsigned char **outs;
} world;

static void world_init(size_t m, size_t n, world *w) {
    *w = (world){m,
                 n,
                 calloc(m * n, sizeof(double)),
                 calloc(m * n, 1),
                 calloc(m, sizeof(double *)),
                 calloc(m, sizeof(char *))};
    for (size_t u = 0; u < m; u++) {
        w->scores[u] = w->score + u * n;
        w->outs[u] = w->out + u * n;
    }
}

static void world_free(world *w) {
    free(w->score);
    free(w->out);
    free(w->scores);
    free(w->outs);
}

static void fill_normal(const char *name, size_t n, double *z) {
    vci_stream stream = vci_stream_make(1, name, VCI_PLACE(3, 0), 0);
    vci_fill_normal(&stream, 0, n, 1, z);
}

/* Whole scores from few values: full of ties; some undefined, some vetoed. */
static void fill_with_ties(const char *name, world *w) {
    double *z = calloc(w->n, sizeof *z);
    for (size_t u = 0; u < w->m; u++) {
        char own[32];
        snprintf(own, sizeof own, "%s%zu", name, u);
        fill_normal(own, w->n, z);
        for (size_t d = 0; d < w->n; d++) {
            w->score[u * w->n + d] = z[d] > 1.6 ? (double)NAN : floor(2.385 * z[d]);
            w->out[u * w->n + d] = z[d] < -1.3 || (z[d] > 0.4 && z[d] < 0.6);
        }
    }
    free(z);
}

static vc_ranked *rank_all(const world *w, size_t quota, bool low, size_t block) {
    vci_ranks r;
    vc_ranked *units = calloc(w->m, sizeof *units);
    const double **score = calloc(w->m, sizeof *score);
    const unsigned char **out = calloc(w->m, sizeof *out);
    ck_assert_int_eq(vci_ranks_init(w->m, quota, low, w->n, block, &r), VC_OK);
    for (size_t d = 0, n; d < w->n; d += n) {
        n = w->n - d < block ? w->n - d : block;
        for (size_t u = 0; u < w->m; u++) {
            score[u] = w->scores[u] + d;
            out[u] = w->outs[u] + d;
        }
        ck_assert_int_eq(vci_ranks_add(&r, d, n, score, out), VC_OK);
    }
    ck_assert_int_eq(vci_ranks_finish(&r, INFINITY, units), VC_OK);
    vci_ranks_free(&r);
    free(score);
    free(out);
    return units;
}

/* --- brute force ---------------------------------------------------------------------- */

/* Is a better than b (1), as good (0), or worse (-1)? */
static int compare(double a, double b, bool low) {
    return low ? (a < b) - (a > b) : (a > b) - (a < b);
}

/* Mean of the ranks that unit u shares. */
static double count_rank(const world *w, size_t u, size_t d, bool low) {
    double rank = 1;
    for (size_t v = 0; v < w->m; v++) {
        int c = compare(w->scores[v][d], w->scores[u][d], low);
        if (v != u && !isnan(w->scores[v][d])) rank += c > 0 ? 1 : c == 0 ? 0.5 : 0;
    }
    return rank;
}

/* Its share of `quota` places: those left by the better ones over those that tie. */
static double count_place(const world *w, size_t u, size_t d, bool low, size_t quota) {
    double better = 0, tied = 0;
    if (isnan(w->scores[u][d]) || w->outs[u][d]) return 0;
    for (size_t v = 0; v < w->m; v++) {
        if (isnan(w->scores[v][d]) || w->outs[v][d]) continue;
        int c = compare(w->scores[v][d], w->scores[u][d], low);
        better += c > 0;
        tied += c == 0;
    }
    return fmin(fmax(((double)quota - better) / tied, 0), 1);
}

static void check_unit(const world *w, size_t u, size_t quota, bool low,
                       const vc_ranked *got) {
    double rank = 0, place = 0, first = 0, ranked = 0, vetoed = 0, n = (double)w->n;
    for (size_t d = 0; d < w->n; d++) {
        place += count_place(w, u, d, low, quota) / n;
        first += count_place(w, u, d, low, 1) / n;
        vetoed += w->outs[u][d];
        if (isnan(w->scores[u][d])) continue;
        rank += count_rank(w, u, d, low);
        ranked++;
    }
    CHECK_CLOSE(got->mean, rank / ranked, 1e-12, 0);
    CHECK_CLOSE(got->p_ranked, ranked / n, 1e-12, 0);
    CHECK_CLOSE(got->p_quota, place, 1e-12, 1e-12);
    CHECK_CLOSE(got->p_first, first, 1e-12, 1e-12);
    CHECK_CLOSE(got->p_veto, vetoed / n, 1e-12, 0);
}

START_TEST(ranks_and_places_are_those_of_counting) {
    for (int low = 0; low < 2; low++)
        for (size_t quota = 1; quota <= 7; quota += 2) {
            world w;
            world_init(7, 611, &w);
            fill_with_ties("brute", &w);
            vc_ranked *units = rank_all(&w, quota, low, 200);
            for (size_t u = 0; u < w.m; u++) check_unit(&w, u, quota, low, &units[u]);
            free(units);
            world_free(&w);
        }
}
END_TEST

/* 3 places: 9 has one, the three 7s that may share two: 2/3 each. 8 is vetoed. */
START_TEST(ties_at_the_edge_share_the_places) {
    static const double score[] = {7, 8, 7, 9, 5, 7};
    world w;
    world_init(6, 1, &w);
    memcpy(w.score, score, sizeof score);
    w.out[1] = 1;
    vc_ranked *units = rank_all(&w, 3, false, 1);
    static const double quota[] = {2.0 / 3, 0, 2.0 / 3, 1, 0, 2.0 / 3},
                        rank[] = {4, 2, 4, 1, 6, 4};
    for (size_t u = 0; u < 6; u++) {
        CHECK_CLOSE(units[u].p_quota, quota[u], 1e-15, 0);
        CHECK_CLOSE(units[u].mean, rank[u], 0, 0);
        CHECK_CLOSE(units[u].set_low, rank[u], 0, 0);
        CHECK_CLOSE(units[u].p_first, u == 3, 0, 0);
    }
    free(units);
    world_free(&w);
}
END_TEST

/* --- properties ----------------------------------------------------------------------- */

START_TEST(places_add_up_to_the_quota_in_every_draw) {
    for (size_t m = 2; m <= 402; m += 50) {
        world w;
        vci_ranks r;
        size_t quota = (3 * m + 9) / 10;
        world_init(m, 64, &w);
        fill_with_ties("quota", &w);
        ck_assert_int_eq(vci_ranks_init(m, quota, true, 64, 64, &r), VC_OK);
        ck_assert_int_eq(vci_ranks_add(&r, 0, 64, w.scores, w.outs), VC_OK);
        for (size_t d = 0; d < 64; d++) {
            double places = 0, first = 0, eligible = 0;
            for (size_t u = 0; u < m; u++) {
                places += r.place[u * 64 + d];
                first += r.first[u * 64 + d];
                eligible += !isnan(w.scores[u][d]) && !w.outs[u][d];
            }
            CHECK_CLOSE(places, fmin((double)quota, eligible), 1e-12, 0);
            CHECK_CLOSE(first, fmin(1, eligible), 1e-12, 0);
        }
        vci_ranks_free(&r);
        world_free(&w);
    }
}
END_TEST

START_TEST(one_thread_or_four_and_any_block_give_the_same_bits) {
    world w;
    int threads = omp_get_max_threads();
    world_init(53, 1000, &w);
    fill_with_ties("threads", &w);
    omp_set_num_threads(1);
    vc_ranked *one = rank_all(&w, 16, true, 1000);
    omp_set_num_threads(4);
    vc_ranked *four = rank_all(&w, 16, true, 37);
    omp_set_num_threads(threads);
    ck_assert_mem_eq(one, four, w.m * sizeof *one);
    free(one);
    free(four);
    world_free(&w);
}
END_TEST

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 3,000 units have coarse bins: intervals are at most a bin (6 ranks) wider than exact. */
START_TEST(intervals_of_many_units_err_outwards_and_little) {
    world w;
    double rank[200];
    world_init(3000, 200, &w);
    fill_with_ties("many", &w);
    for (size_t i = 0; i < w.m * w.n; i++) /* ties apart, all ranked */
        w.score[i] = (isnan(w.score[i]) ? 9 : w.score[i]) + 1e-5 * (double)(i % 7919) +
                     (double)(i / w.n) / 700;
    vc_ranked *units = rank_all(&w, 900, false, 200);
    for (size_t u = 0; u < w.m; u += 271) {
        for (size_t d = 0; d < w.n; d++) rank[d] = count_rank(&w, u, d, false);
        qsort(rank, w.n, sizeof *rank, by_size);
        double low = floor(rank[19]), high = ceil(rank[179]);
        ck_assert_double_le(units[u].low_80, low);
        ck_assert_double_gt(units[u].low_80, low - 6);
        ck_assert_double_ge(units[u].high_80, high);
        ck_assert_double_lt(units[u].high_80, high + 6);
    }
    free(units);
    world_free(&w);
}
END_TEST

/* --- the simultaneous set ------------------------------------------------------------- */

/* Unit u: spread * u plus normal noise of its own size. */
static void fill_order(const char *name, double spread, world *w) {
    for (size_t u = 0; u < w->m; u++) {
        char own[32];
        snprintf(own, sizeof own, "%s%zu", name, u);
        fill_normal(own, w->n, w->score + u * w->n);
        for (size_t d = 0; d < w->n; d++)
            w->score[u * w->n + d] =
                w->score[u * w->n + d] * (0.5 + (double)(u % 5) / 4) + spread * (double)u;
    }
}

/*
 * Sets made of 4,000 draws, tried on 4,000 others. The share of those in which all units
 * keep within their sets is 0.90 or more (sets are of whole ranks); its own error and that
 * of the quantile are 0.0047 each: below 0.90 - 4.75 * 0.0067 once in a million.
 */
static void check_coverage(size_t m, double spread, double most) {
    world made, fresh;
    double inside = 0;
    world_init(m, 4000, &made);
    world_init(m, 4000, &fresh);
    fill_order("made", spread, &made);
    fill_order("fresh", spread, &fresh);
    vc_ranked *units = rank_all(&made, 1, true, 500);
    for (size_t d = 0; d < fresh.n; d++) {
        bool all = true;
        for (size_t u = 0; u < m && all; u++) {
            double rank = count_rank(&fresh, u, d, true);
            all = rank >= units[u].set_low && rank <= units[u].set_high;
        }
        inside += all;
    }
    printf("# %zu units, %.2f apart: %.4f inside\n", m, spread, inside / 4000);
    ck_assert_double_gt(inside / 4000, 0.90 - 4.75 * 0.0067);
    ck_assert_double_lt(inside / 4000, most);
    for (size_t u = 0; u < m; u++) {
        ck_assert_double_le(units[u].set_low, units[u].low_80);
        ck_assert_double_ge(units[u].set_high, units[u].high_80);
    }
    free(units);
    world_free(&made);
    world_free(&fresh);
}

/* Units all alike could only be told by sets that are too wide: hence the upper bounds. */
START_TEST(the_simultaneous_set_covers_as_often_as_it_says) {
    check_coverage(13, 0.4, 0.99);
    check_coverage(40, 0.1, 0.97);
}
END_TEST

START_TEST(units_far_apart_have_one_rank_each) {
    world w;
    world_init(5, 300, &w);
    fill_order("apart", 1000, &w);
    vc_ranked *units = rank_all(&w, 2, true, 300);
    for (size_t u = 0; u < 5; u++) {
        CHECK_CLOSE(units[u].set_low, (double)u + 1, 0, 0);
        CHECK_CLOSE(units[u].set_high, (double)u + 1, 0, 0);
        CHECK_CLOSE(units[u].median, (double)u + 1, 0, 0);
        CHECK_CLOSE(units[u].p_quota, u < 2, 0, 0);
        CHECK_CLOSE(units[u].monte_carlo_se, 0, 0, 0);
    }
    free(units);
    world_free(&w);
}
END_TEST

/* --- edges ---------------------------------------------------------------------------- */

START_TEST(a_unit_without_scores_has_no_rank_and_no_place) {
    world w;
    world_init(3, 10, &w);
    for (size_t d = 0; d < 10; d++) w.score[d] = NAN;
    vc_ranked *units = rank_all(&w, 3, false, 10);
    ck_assert(isnan(units[0].mean) && isnan(units[0].set_low));
    CHECK_CLOSE(units[0].p_ranked, 0, 0, 0);
    CHECK_CLOSE(units[0].p_quota, 0, 0, 0);
    CHECK_CLOSE(units[1].mean, 1.5, 0, 0);
    CHECK_CLOSE(units[1].p_quota, 1, 0, 0);
    free(units);
    world_free(&w);
}
END_TEST

START_TEST(zero_and_minus_zero_tie) {
    world w;
    world_init(2, 1, &w);
    w.score[1] = -0.0;
    vc_ranked *units = rank_all(&w, 1, false, 1);
    CHECK_CLOSE(units[0].p_quota, 0.5, 0, 0);
    CHECK_CLOSE(units[1].mean, 1.5, 0, 0);
    free(units);
    world_free(&w);
}
END_TEST

START_TEST(draws_out_of_order_are_refused) {
    world w;
    vci_ranks r;
    world_init(2, 8, &w);
    ck_assert_int_eq(vci_ranks_init(2, 1, false, 8, 8, &r), VC_OK);
    ck_assert_int_eq(vci_ranks_add(&r, 4, 4, w.scores, w.outs), VC_BAD_ARGUMENT);
    vci_ranks_free(&r);
    world_free(&w);
}
END_TEST

START_TEST(bands_have_names) {
    ck_assert_str_eq(vc_rank_band_name(vc_rank_band_of(0.99)), "certain");
    ck_assert_str_eq(vc_rank_band_name(vc_rank_band_of(0.71)), "likely");
    ck_assert_str_eq(vc_rank_band_name(vc_rank_band_of(0.70)), "toss-up");
    ck_assert_str_eq(vc_rank_band_name(vc_rank_band_of(0.29)), "unlikely");
    ck_assert_str_eq(vc_rank_band_name(vc_rank_band_of((double)NAN)), "none");
}
END_TEST

/* Bytes that are taken for ranks of m units. */
static size_t room_of(size_t m) {
    vci_ranks ranks;
    struct mallinfo2 before = mallinfo2();
    ck_assert_int_eq(vci_ranks_init(m, m / 3, false, 20000, 256, &ranks), VC_OK);
    struct mallinfo2 after = mallinfo2();
    vci_ranks_free(&ranks);
    return after.uordblks + after.hblkhd - before.uordblks - before.hblkhd;
}

/* 3,000 units squared would be 72 MB; twice the units take at most twice the room. */
START_TEST(three_thousand_units_take_no_square) {
    const size_t m = 3000, n = 640, quota = 900;
    size_t room = room_of(m), twice = room_of(2 * m);
    ck_assert_msg(twice <= 2 * room + (1 << 20) && room < 100u << 20, "%zu, %zu", room,
                  twice);
    world w;
    world_init(m, n, &w);
    fill_with_ties("many", &w);
    vc_ranked *units = rank_all(&w, quota, false, 256);
    double sum = 0;
    for (size_t u = 0; u < m; u++) {
        sum += units[u].p_quota;
        ck_assert(units[u].low_95 <= units[u].mean && units[u].mean <= units[u].high_95);
    }
    CHECK_CLOSE(sum, (double)quota, 1e-9, 0);
    free(units);
    world_free(&w);
}
END_TEST

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    static const vct_test tests[] = {
        VCT(ranks_and_places_are_those_of_counting),
        VCT(ties_at_the_edge_share_the_places),
        VCT(places_add_up_to_the_quota_in_every_draw),
        VCT(one_thread_or_four_and_any_block_give_the_same_bits),
        VCT(intervals_of_many_units_err_outwards_and_little),
        VCT(the_simultaneous_set_covers_as_often_as_it_says),
        VCT(units_far_apart_have_one_rank_each),
        VCT(a_unit_without_scores_has_no_rank_and_no_place),
        VCT(zero_and_minus_zero_tie),
        VCT(draws_out_of_order_are_refused),
        VCT(three_thousand_units_take_no_square),
        VCT(bands_have_names)};
    return vct_run("assess/ranking", tests, VCT_COUNT(tests));
}
