/* Sums of coin tosses against binomial coefficients. */
#include "quality/sum_law_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"

START_TEST(fair_coins_are_binomial) {
    static const double ways[] = {1, 5, 10, 10, 5, 1}, coin[] = {0.5, 0.5};
    vci_sum_law law = {0};
    ck_assert_int_eq(vci_sum_law_start(&law), VC_OK);
    for (int i = 0; i < 5; i++) ck_assert_int_eq(vci_sum_law_add(&law, 1, coin), VC_OK);
    ck_assert_uint_eq(law.n, 5);
    for (size_t k = 0; k <= 5; k++) CHECK_CLOSE(law.p[k], ways[k] / 32, 1e-15, 0);
    CHECK_CLOSE(vci_sum_law_mean(&law), 2.5, 1e-15, 0);
    CHECK_CLOSE(vci_sum_law_above(&law, 4), (5. / 2 + 1) / 32, 1e-15, 0);
    CHECK_CLOSE(vci_sum_law_above(&law, 9), 0, 0, 0);
    CHECK_CLOSE(vci_sum_law_quantile(&law, 6. / 32), 1, 0, 0);
    CHECK_CLOSE(vci_sum_law_quantile(&law, 6.01 / 32), 2, 0, 0);
    vci_sum_law_free(&law);
}
END_TEST

/* Different laws: 0..2 with 1/4, 1/4, 1/2 and 0..1 with 1/3, 2/3. */
START_TEST(different_laws_add_up) {
    static const double a[] = {.25, .25, .5}, b[] = {1. / 3, 2. / 3};
    static const double want[] = {1. / 12, 3. / 12, 4. / 12, 4. / 12};
    vci_sum_law law = {0};
    ck_assert_int_eq(vci_sum_law_start(&law), VC_OK);
    ck_assert_int_eq(vci_sum_law_add(&law, 2, a), VC_OK);
    ck_assert_int_eq(vci_sum_law_add(&law, 1, b), VC_OK);
    for (size_t k = 0; k <= 3; k++) CHECK_CLOSE(law.p[k], want[k], 1e-14, 0);
    vci_sum_law_free(&law);
}
END_TEST

START_TEST(no_memory) {
    static const double coin[] = {0.5, 0.5};
    vci_sum_law law = {0};
    vci_memory_fail_at(0);
    ck_assert_int_eq(vci_sum_law_start(&law), VC_NO_MEMORY);
    ck_assert_int_eq(vci_sum_law_start(&law), VC_OK);
    ck_assert_int_eq(vci_sum_law_add(&law, 1, coin), VC_OK);
    vci_memory_fail_at(0);
    ck_assert_int_eq(vci_sum_law_add(&law, 1, coin), VC_NO_MEMORY);
    vci_memory_fail_at(-1);
    vci_sum_law_free(&law);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(fair_coins_are_binomial),
                                     VCT(different_laws_add_up), VCT(no_memory)};
    return vct_run("quality/sum_law", tests, VCT_COUNT(tests));
}
