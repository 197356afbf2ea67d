/* Balanced weights: they have the means asked for, and are the least changed ones. */
#include <math.h>

#include "num/balance_internal.h"
#include "num/random_internal.h"
#include "support/harness.h"

#define N 64
#define Q 3

static void features(double *f) {
    vci_stream s = vci_stream_make(4, "balance", VCI_PLACE(0, 0), 0);
    vci_fill_normal(&s, 0, N, Q, f);
}

START_TEST(means_are_met) {
    double f[N * Q], weight[N], sum = 0;
    static const double want[Q] = {0.3, -0.2, 0.1};
    features(f);
    for (size_t i = 0; i < N; i++) weight[i] = 1.0 / N;
    ck_assert_int_eq(vci_balance(N, Q, f, want, weight), VC_OK);
    for (size_t i = 0; i < N; i++) {
        ck_assert_double_gt(weight[i], 0);
        sum += weight[i];
    }
    CHECK_CLOSE(sum, 1, 1e-12, 0);
    for (size_t j = 0; j < Q; j++) {
        double mean = 0;
        for (size_t i = 0; i < N; i++) mean += weight[i] * f[i * Q + j];
        CHECK_CLOSE(mean, want[j], 0, 1e-8);
    }
}
END_TEST

/* Least change in relative entropy means that log(w / start) is linear in f. */
START_TEST(change_is_exponential_tilting) {
    double f[] = {0, 1, 3}, weight[] = {0.25, 0.5, 0.25}, start[] = {0.25, 0.5, 0.25};
    double mean = 1.6;
    ck_assert_int_eq(vci_balance(3, 1, f, &mean, weight), VC_OK);
    double a = log(weight[0] / start[0]), b = log(weight[1] / start[1]);
    double c = log(weight[2] / start[2]);
    CHECK_CLOSE((c - a) / 3, b - a, 1e-6, 0);
    CHECK_CLOSE(weight[1] + 3 * weight[2], 1.6, 1e-8, 0);
}
END_TEST

START_TEST(the_impossible_is_left_alone) {
    double f[] = {0, 1, 3}, weight[] = {0.25, 0.5, 0.25}, mean = 3.5;
    ck_assert_int_ne(vci_balance(3, 1, f, &mean, weight), VC_OK);
    CHECK_CLOSE(weight[0], 0.25, 0, 0);
    CHECK_CLOSE(weight[2], 0.25, 0, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(means_are_met), VCT(change_is_exponential_tilting),
                                     VCT(the_impossible_is_left_alone)};
    return vct_run("num/balance", tests, VCT_COUNT(tests));
}
