/* The chain against moments that are known exactly. */
#include <math.h>
#include <stdlib.h>

#include "num/chain_internal.h"
#include "support/harness.h"

#define KEEP 20000

/* Gamma(3) times a normal around it: E x = 3, var x = 3, E y = 3, var y = 3 + 1. */
static double density(void *context, const double *x) {
    (void)context;
    if (x[0] <= 0) return -(double)INFINITY;
    return 2 * log(x[0]) - x[0] - 0.5 * (x[1] - x[0]) * (x[1] - x[0]);
}

static void run(double *kept, double *taken) {
    static const double factor[] = {1.7, 0, 1.7, 1};
    double x[] = {1, 1};
    vci_chain chain = {.d = 2, .factor = factor, .keep = KEEP, .thin = 10, .burn = 500};
    chain.stream = vci_stream_make(5, "chain", VCI_PLACE(0, 0), 1);
    *taken = vci_chain_run(&chain, density, NULL, x, kept);
}

/* Effective size about KEEP / 2; 5 standard errors of that are a false alarm of 1e-6. */
START_TEST(moments_are_right) {
    double *kept = malloc(2 * KEEP * sizeof *kept), m[2] = {0, 0}, v[2] = {0, 0}, taken;
    run(kept, &taken);
    for (size_t i = 0; i < KEEP; i++)
        for (size_t k = 0; k < 2; k++) m[k] += kept[2 * i + k] / KEEP;
    for (size_t i = 0; i < KEEP; i++)
        for (size_t k = 0; k < 2; k++)
            v[k] += (kept[2 * i + k] - m[k]) * (kept[2 * i + k] - m[k]) / KEEP;
    CHECK_CLOSE(m[0], 3, 0, 5 * sqrt(3.0 / (KEEP / 2)));
    CHECK_CLOSE(m[1], 3, 0, 5 * sqrt(4.0 / (KEEP / 2)));
    /* The fourth moments of both are below 6 times the squared variance. */
    CHECK_CLOSE(v[0], 3, 0, 5 * 3 * sqrt(5.0 / (KEEP / 2)));
    CHECK_CLOSE(v[1], 4, 0, 5 * 4 * sqrt(5.0 / (KEEP / 2)));
    ck_assert_double_gt(taken, 0.15);
    ck_assert_double_lt(taken, 0.8);
    free(kept);
}
END_TEST

START_TEST(nothing_outside_is_kept) {
    double *kept = malloc(2 * KEEP * sizeof *kept), taken;
    run(kept, &taken);
    for (size_t i = 0; i < KEEP; i++) ck_assert_double_gt(kept[2 * i], 0);
    free(kept);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(moments_are_right), VCT(nothing_outside_is_kept)};
    return vct_run("num/chain", tests, VCT_COUNT(tests));
}
