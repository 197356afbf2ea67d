/* Tails of the binomial distribution; R's answers are in tests/known/grade.txt. */
#include "num/binomial_internal.h"

#include <math.h>

#include "support/harness.h"

/* Fractions of two to the ten: exact. */
START_TEST(ten_fair_coins) {
    static const double ways[] = {1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1};
    double sum = 0;
    for (int k = 0; k <= 10; k++) {
        sum += ways[k];
        CHECK_CLOSE(vci_binomial_probability(k, 10, 0.5), ways[k] / 1024, 1e-14, 0);
        CHECK_CLOSE(vci_binomial_at_most(k, 10, 0.5), sum / 1024, 1e-14, 0);
        CHECK_CLOSE(vci_binomial_above(k, 10, 0.5), 1 - sum / 1024, 1e-14, 1e-15);
    }
}
END_TEST

START_TEST(what_cannot_be_has_probability_zero) {
    CHECK_CLOSE(vci_binomial_at_most(-1, 10, 0.3), 0, 0, 0);
    CHECK_CLOSE(vci_binomial_above(-1, 10, 0.3), 1, 0, 0);
    CHECK_CLOSE(vci_binomial_at_most(10, 10, 0.3), 1, 0, 0);
    CHECK_CLOSE(vci_binomial_above(12, 10, 0.3), 0, 0, 0);
    CHECK_CLOSE(vci_binomial_probability(11, 10, 0.3), 0, 0, 0);
    CHECK_CLOSE(vci_binomial_probability(-1, 10, 0.3), 0, 0, 0);
}
END_TEST

/* P(all) = p^n, far out in the tail, where a difference from 1 has no digits. */
START_TEST(small_tails_keep_their_digits) {
    CHECK_CLOSE(vci_binomial_above(199, 200, 0.25), exp(200 * log(0.25)), 1e-13, 0);
    CHECK_CLOSE(vci_binomial_at_most(0, 200, 0.75), exp(200 * log(0.25)), 1e-13, 0);
}
END_TEST

/* One more trial: P(X[n+1] <= k) = P(X[n] <= k) - p P(X[n] = k). */
START_TEST(one_trial_more) {
    static const int64_t sizes[] = {2, 15, 16, 385, 20000, 10000000};
    double p = 0.5145;
    for (size_t i = 0; i < 6; i++) {
        int64_t n = sizes[i], k = n / 2;
        CHECK_CLOSE(vci_binomial_at_most(k, n + 1, p),
                    vci_binomial_at_most(k, n, p) - p * vci_binomial_probability(k, n, p),
                    1e-12, 1e-300);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(ten_fair_coins), VCT(what_cannot_be_has_probability_zero),
        VCT(small_tails_keep_their_digits), VCT(one_trial_more)};
    return vct_run("num/binomial", tests, VCT_COUNT(tests));
}
