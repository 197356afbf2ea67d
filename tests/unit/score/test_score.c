/* Proper scores against exact formulas. */
#include "vitalcast/score.h"

#include <math.h>
#include <stdlib.h>

#include "num/elementary_internal.h"
#include "support/harness.h"
#include "vitalcast/track.h"

/*
 * CRPS of the normal distribution: sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y
 * - mean) / sd; Gneiting and Raftery (2007), section 4.2. The draws are its quantiles at (i
 * + 1/2) / n, so that the only difference is that of a step function: below 0.3 / n.
 */
START_TEST(crps_of_a_normal_is_the_formula) {
    enum { N = 20000 };
    static double draw[N];
    const double pi = 3.14159265358979323846;
    for (double y = -3; y < 9; y += 1.37) {
        const double mean = 2.385, sd = 1.713;
        vc_score score;
        for (int i = 0; i < N; i++)
            draw[N - 1 - i] = mean + sd * vci_normal_quantile((i + 0.5) / N);
        vc_score_draws(N, draw, y, 0.5, &score);
        double z = (y - mean) / sd, cdf = 0.5 * erfc(-z / sqrt(2));
        double want =
            sd * (z * (2 * cdf - 1) + 2 * exp(-z * z / 2) / sqrt(2 * pi) - 1 / sqrt(pi));
        CHECK_CLOSE(score.crps, want, 0, 1e-4);
        CHECK_CLOSE(score.pit, cdf, 0, 1e-4);
        CHECK_CLOSE(score.error, fabs(y - mean), 0, 1e-4);
    }
}
END_TEST

/* By hand: draws 1, 3, 8 and figure 4: (3 + 1 + 4) / 3 - (2 (2 + 7 + 5) / 6) / 2. */
START_TEST(crps_of_three_draws_by_hand) {
    double draw[] = {8, 1, 3};
    vc_score score;
    vc_score_draws(3, draw, 4, 0.25, &score);
    CHECK_CLOSE(score.crps, 8.0 / 3 - 7.0 / 3, 1e-15, 0);
    CHECK_CLOSE(score.error, 1, 1e-15, 0);
    CHECK_CLOSE(score.pit, 2.0 / 3, 1e-15, 0);
    ck_assert(score.inside[0] && score.inside[1] && score.inside[2]);
}
END_TEST

/*
 * The distribution is 0 or 1, each with probability 1/2, its score for the figure 0 is (1/2
 * - 1)^2 = 1/4; so is the mean over the four samples of two draws: 0, 0, 0 and 1.
 */
START_TEST(few_draws_score_on_average_as_their_distribution) {
    double sum = 0;
    for (int sample = 0; sample < 4; sample++) {
        double draw[] = {sample & 1, sample >> 1};
        vc_score score;
        vc_score_draws(2, draw, 0, 0.5, &score);
        sum += score.crps;
    }
    CHECK_CLOSE(sum / 4, 0.25, 1e-15, 0);
}
END_TEST

START_TEST(one_draw_scores_as_an_absolute_error) {
    double draw[] = {7.5};
    vc_score score;
    vc_score_draws(1, draw, 5, 0.5, &score);
    CHECK_CLOSE(score.crps, 2.5, 1e-15, 0);
    CHECK_CLOSE(score.pit, 0, 0, 0);
    ck_assert(!score.inside[2]);
}
END_TEST

START_TEST(ties_are_shared_out_by_u) {
    vc_score score;
    for (double u = 0.1; u < 1; u += 0.2) {
        double draw[] = {0, 0, 0, 0, 1};
        vc_score_draws(5, draw, 0, u, &score);
        CHECK_CLOSE(score.pit, 0.8 * u, 1e-15, 0);
    }
}
END_TEST

START_TEST(brier_and_log_score) {
    CHECK_CLOSE(vc_score_brier(0.7, true), 0.09, 1e-14, 0);
    CHECK_CLOSE(vc_score_brier(0.7, false), 0.49, 1e-14, 0);
    CHECK_CLOSE(vc_score_log(0.7, true), -log(0.7), 1e-14, 0);
    CHECK_CLOSE(vc_score_log(0.7, false), -log(0.3), 1e-14, 0);
    CHECK_CLOSE(vc_score_log(0, true), -log(0.001), 1e-14, 0);
    CHECK_CLOSE(vc_score_log(1, true), -log(0.999), 1e-14, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(crps_of_a_normal_is_the_formula),
                                     VCT(crps_of_three_draws_by_hand),
                                     VCT(few_draws_score_on_average_as_their_distribution),
                                     VCT(one_draw_scores_as_an_absolute_error),
                                     VCT(ties_are_shared_out_by_u),
                                     VCT(brier_and_log_score)};
    return vct_run("score/score", tests, VCT_COUNT(tests));
}
