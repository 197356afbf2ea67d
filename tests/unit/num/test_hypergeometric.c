/* Hypergeometric numbers against probabilities counted out in binomial coefficients. */
#include "num/hypergeometric_internal.h"

#include <math.h>

#include "support/harness.h"

/* n over k; exact as long as it is below 2^53. */
static double choose(int64_t n, int64_t k) {
    double c = 1;
    if (k < 0 || k > n) return 0;
    for (int64_t i = 1; i <= k; i++) c = c * (double)(n - k + i) / (double)i;
    return c;
}

static double probability(int64_t total, int64_t marked, int64_t taken, int64_t x) {
    return choose(marked, x) * choose(total - marked, taken - x) / choose(total, taken);
}

/* Just below and just above every step of the distribution function. */
static void check_steps(int64_t total, int64_t marked, int64_t taken) {
    double below = 0;
    for (int64_t x = 0; x <= marked && x <= taken; x++) {
        double p = probability(total, marked, taken, x);
        if (p < 1e-9) {
            below += p;
            continue;
        }
        double inside[] = {below + 1e-3 * p, below + 0.5 * p, below + 0.999 * p};
        for (int i = 0; i < 3; i++)
            ck_assert_int_eq(vci_hypergeometric(inside[i], total, marked, taken), x);
        below += p;
    }
    CHECK_CLOSE(below, 1, 1e-12, 0);
}

START_TEST(every_step_is_where_counting_puts_it) {
    for (int64_t total = 1; total <= 14; total++)
        for (int64_t marked = 0; marked <= total; marked++)
            for (int64_t taken = 0; taken <= total; taken++)
                check_steps(total, marked, taken);
    check_steps(50, 23, 11);
    check_steps(52, 4, 40);
}
END_TEST

/* Large ones: mean and variance over evenly spaced probabilities. */
START_TEST(large_numbers_have_their_mean_and_variance) {
    const int64_t total = 123857, marked = 65237, taken = 11029;
    const double n = 4000, share = (double)marked / (double)total;
    double sum = 0, squares = 0, mean = (double)taken * share;
    double variance = mean * (1 - share) * (double)(total - taken) / (double)(total - 1);
    for (int i = 0; i < 4000; i++) {
        double x = (double)vci_hypergeometric((i + 0.5) / n, total, marked, taken);
        sum += x;
        squares += (x - mean) * (x - mean);
    }
    CHECK_CLOSE(sum / n, mean, 0, 0.01 * sqrt(variance));
    CHECK_CLOSE(squares / n, variance, 0.01, 0);
}
END_TEST

START_TEST(nothing_to_choose_is_one_answer) {
    ck_assert_int_eq(vci_hypergeometric(0.3, 0, 0, 0), 0);
    ck_assert_int_eq(vci_hypergeometric(0.7, 9, 9, 4), 4);
    ck_assert_int_eq(vci_hypergeometric(0.7, 9, 0, 4), 0);
    ck_assert_int_eq(vci_hypergeometric(0.7, 9, 5, 9), 5);
    ck_assert_int_eq(vci_hypergeometric(1 - 1e-16, 9, 5, 4), 4);
    ck_assert_int_eq(vci_hypergeometric(1e-300, 9, 5, 4), 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_step_is_where_counting_puts_it),
                                     VCT(large_numbers_have_their_mean_and_variance),
                                     VCT(nothing_to_choose_is_one_answer)};
    return vct_run("num/hypergeometric", tests, VCT_COUNT(tests));
}
