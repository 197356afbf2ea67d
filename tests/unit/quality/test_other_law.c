/*
 * What another office counts, against R 4.2.2: dbinom (common) and dnbinom (the rest)
 * convolved, the rest averaged over ratio + sd * qnorm ((1:15 - 0.5) / 15).
 */
#include "quality/other_law_internal.h"

#include "core/memory_internal.h"
#include "support/harness.h"

static vci_other_law law_of(double ratio, double sd, double common, int64_t ours) {
    vci_other_offset offset = {ratio, sd, common};
    vci_other_law law;
    ck_assert_int_eq(vci_other_law_make(&offset, ours, &law), VC_OK);
    return law;
}

/* pnbinom (100, size = 100.5, mu = 120.6), and above 149. */
START_TEST(counted_apart) {
    vci_other_law law = law_of(1.2, 0, 0, 100);
    CHECK_CLOSE(vci_other_law_at_most(&law, 100), 0.10451895585527216, 1e-12, 0);
    CHECK_CLOSE(vci_other_law_at_least(&law, 150), 0.043659320467857754, 1e-12, 0);
    CHECK_CLOSE(vci_other_law_at_most(&law, -1), 0, 0, 0);
    CHECK_CLOSE(vci_other_law_at_least(&law, 0), 1, 1e-12, 0);
    vci_other_law_free(&law);
}
END_TEST

START_TEST(mostly_the_same_events) {
    vci_other_law law = law_of(0.96, 0, 0.9, 400);
    CHECK_CLOSE(vci_other_law_at_most(&law, 370), 0.042121388322865723, 1e-12, 0);
    CHECK_CLOSE(vci_other_law_at_least(&law, 410), 0.00060354559495300302, 1e-11, 0);
    vci_other_law_free(&law);
}
END_TEST

START_TEST(a_ratio_that_is_not_sure) {
    vci_other_law law = law_of(0.96, 0.02, 0.9, 400);
    CHECK_CLOSE(vci_other_law_at_most(&law, 360), 0.01111301814750669, 1e-12, 0);
    CHECK_CLOSE(vci_other_law_at_least(&law, 420), 0.00085389260839326218, 1e-11, 0);
    ck_assert_int_eq(vci_other_law_quantile(&law, 0.025), 363);
    ck_assert_int_eq(vci_other_law_quantile(&law, 0.975), 406);
    vci_other_law_free(&law);
}
END_TEST

START_TEST(all_of_ours_and_more) {
    vci_other_law law = law_of(1.5, 0.1, 1, 30);
    CHECK_CLOSE(vci_other_law_at_most(&law, 35), 0.020049145872917801, 1e-12, 0);
    CHECK_CLOSE(vci_other_law_at_least(&law, 60), 0.014018749184942177, 1e-11, 0);
    CHECK_CLOSE(vci_other_law_at_most(&law, 29), 0, 0, 0);
    vci_other_law_free(&law);
}
END_TEST

START_TEST(no_memory) {
    vci_other_offset offset = {1, 0.1, 0.5};
    vci_other_law law;
    for (int at = 0; at < 3; at++) {
        vci_memory_fail_at(at);
        ck_assert_int_eq(vci_other_law_make(&offset, 50, &law), VC_NO_MEMORY);
        vci_memory_fail_at(-1);
        vci_other_law_free(&law);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(counted_apart), VCT(mostly_the_same_events),
                                     VCT(a_ratio_that_is_not_sure),
                                     VCT(all_of_ours_and_more), VCT(no_memory)};
    return vct_run("quality/other_law", tests, VCT_COUNT(tests));
}
