/* Strata: every stratum stands for as many points, close numbers lie close together. */
#include <math.h>
#include <stdlib.h>

#include "num/strata_internal.h"
#include "support/harness.h"

#define N 4096
#define K 64
#define D 2

static void choose(uint32_t key, double *x, size_t *chosen) {
    size_t *order = malloc(N * sizeof *order);
    vci_stream points = vci_stream_make(3, "points", VCI_PLACE(0, 0), 0);
    vci_stream pick = vci_stream_make(3, "pick", VCI_PLACE(0, 0), key);
    vci_fill_normal(&points, 0, N, D, x);
    vci_strata_choose(D, N, x, K, &pick, order, chosen);
    free(order);
}

/*
 * The mean over the chosen is unbiased for the mean over all and much closer to it than a
 * random 64 of 4096 (standard error 0.125): over 200 choices the mean error stays within 5
 * standard errors of 0 (false alarm 1e-6), and its sd below half of 0.125.
 */
START_TEST(means_are_unbiased_and_sharp) {
    double *x = malloc(N * D * sizeof *x), all = 0, sum = 0, square = 0;
    size_t chosen[K];
    for (uint32_t key = 0; key < 200; key++) {
        double mean = 0;
        choose(key, x, chosen);
        for (size_t i = 0; i < K; i++) mean += x[chosen[i] * D] / K;
        sum += mean / 200;
        square += mean * mean / 200;
    }
    for (size_t i = 0; i < N; i++) all += x[i * D] / N;
    double sd = sqrt(square - sum * sum);
    ck_assert_double_lt(sd, 0.0625);
    CHECK_CLOSE(sum, all, 0, 5 * sd / sqrt(200));
    free(x);
}
END_TEST

START_TEST(every_point_is_chosen_at_most_once) {
    double *x = malloc(N * D * sizeof *x);
    size_t chosen[K];
    choose(7, x, chosen);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < i; j++) ck_assert_uint_ne(chosen[i], chosen[j]);
    free(x);
}
END_TEST

/* The first halving: the first half of the strata lies on one side of a median. */
START_TEST(neighbours_in_the_list_are_neighbours) {
    double *x = malloc(N * D * sizeof *x);
    size_t chosen[K], split = 0;
    choose(7, x, chosen);
    for (size_t v = 0; v < D; v++) {
        double low = -INFINITY, high = INFINITY;
        for (size_t i = 0; i < K / 2; i++) {
            low = fmax(low, x[chosen[i] * D + v]);
            high = fmin(high, x[chosen[i + K / 2] * D + v]);
        }
        split += low < high;
    }
    ck_assert_uint_eq(split, 1);
    free(x);
}
END_TEST

/* Van der Corput's own: 1/2, 1/4, 3/4, 1/8 … and to base 3: 1/3, 2/3, 1/9, 4/9 … */
START_TEST(the_sequence_is_van_der_corputs) {
    static const double two[] = {1.0 / 2, 1.0 / 4, 3.0 / 4, 1.0 / 8, 5.0 / 8, 3.0 / 8};
    static const double three[] = {1.0 / 3, 2.0 / 3, 1.0 / 9, 4.0 / 9, 7.0 / 9, 2.0 / 9};
    for (uint64_t i = 0; i < 6; i++) {
        CHECK_CLOSE(vci_spread(i, 2), two[i], 0, 1e-15);
        CHECK_CLOSE(vci_spread(i, 3), three[i], 0, 1e-15);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(means_are_unbiased_and_sharp), VCT(every_point_is_chosen_at_most_once),
        VCT(neighbours_in_the_list_are_neighbours), VCT(the_sequence_is_van_der_corputs)};
    return vct_run("num/strata", tests, VCT_COUNT(tests));
}
