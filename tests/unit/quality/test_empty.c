/* Empty classes against all ways of drawing, counted out. */
#include "quality/empty_internal.h"

#include <math.h>

#include "support/harness.h"

static double choose(double n, double k) {
    return k < 0 || k > n ? 0
                          : round(exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)));
}

/* Three classes: every split of the drawn events. */
static void check_three(const double size[3], double taken) {
    double want[4] = {0}, got[4], all = choose(size[0] + size[1] + size[2], taken);
    for (double a = 0; a <= taken; a++)
        for (double b = 0; a + b <= taken; b++) {
            double c = taken - a - b;
            int zeros = (a == 0) + (b == 0) + (c == 0);
            want[zeros] +=
                choose(size[0], a) * choose(size[1], b) * choose(size[2], c) / all;
        }
    vci_empty_law(3, size, taken, got);
    for (int z = 0; z <= 3; z++) CHECK_CLOSE(got[z], want[z], 1e-11, 1e-13);
}

START_TEST(three_classes_counted_out) {
    static const double sizes[][3] = {{4, 7, 2}, {10, 10, 10}, {0, 5, 9}, {1, 1, 30}};
    for (size_t i = 0; i < 4; i++)
        for (double taken = 1; taken <= 9; taken++) check_three(sizes[i], taken);
}
END_TEST

/* Twelve equal months, one event: eleven are empty. Two: the same month or another. */
START_TEST(one_and_two_events_in_a_year) {
    double size[12], p[13];
    for (int i = 0; i < 12; i++) size[i] = 20;
    vci_empty_law(12, size, 1, p);
    CHECK_CLOSE(p[11], 1, 1e-11, 0);
    vci_empty_law(12, size, 2, p);
    CHECK_CLOSE(p[11], 19. / 239, 1e-10, 0);
    CHECK_CLOSE(p[10], 220. / 239, 1e-10, 0);
}
END_TEST

START_TEST(probabilities_add_up) {
    double size[12], p[13], sum = 0;
    for (int i = 0; i < 12; i++) size[i] = 30 + 7 * i;
    vci_empty_law(12, size, 23, p);
    for (int z = 0; z <= 12; z++) sum += p[z];
    CHECK_CLOSE(sum, 1, 1e-9, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(three_classes_counted_out),
                                     VCT(one_and_two_events_in_a_year),
                                     VCT(probabilities_add_up)};
    return vct_run("quality/empty", tests, VCT_COUNT(tests));
}
