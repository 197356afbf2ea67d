/*
 * Rules of thumb on a panel where every month is alike, so that each rule's mean is known.
 * Means of 4,000 draws; limits are five standard errors of them, false alarm 6e-7.
 */
#include "backtest/baseline_internal.h"

#include <math.h>

#include "support/harness.h"
#include "support/small_run.h"

enum { N = 4000 };

static vc_run run;
static vci_baseline baseline;
static double figure[N];

/* As of 2020-07: seven months of the year are known, 19 births a month in township 1. */
static void begin(void) {
    vct_small_run(NULL, &run);
    vc_year year = {run.as_of - 6, run.as_of + 5};
    ck_assert_int_eq(vci_baseline_init(&run, year, N, &baseline), VC_OK);
}

static void end(void) {
    vci_baseline_free(&baseline);
    vc_run_free(&run);
}

static void draw(vc_forecaster rule, const char *indicator) {
    bool made;
    ck_assert_int_eq(vci_baseline_draw(&baseline, rule, indicator, 1, figure, &made),
                     VC_OK);
    ck_assert(made);
}

static void moments(double *mean, double *sd) {
    double sum = 0, squares = 0;
    for (int d = 0; d < N; d++) sum += figure[d];
    *mean = sum / N;
    for (int d = 0; d < N; d++) squares += (figure[d] - *mean) * (figure[d] - *mean);
    *sd = sqrt(squares / (N - 1));
}

/* The sd of a sample of n is itself off by about sd / sqrt(2 n). */
static void expect(vc_forecaster rule, double mean, double sd) {
    double got_mean, got_sd;
    draw(rule, "births");
    moments(&got_mean, &got_sd);
    CHECK_CLOSE(got_mean, mean, 0, 5 * sd / sqrt(N) + 1e-9);
    CHECK_CLOSE(got_sd, sd, 5 / sqrt(2.0 * N), 1e-9);
}

START_TEST(every_rule_has_its_mean_and_spread) {
    begin();
    const double rest = 5 * 19, known = 7 * 19, year = 12 * 19;
    expect(VC_BY_PACE, year, sqrt(rest));
    expect(VC_BY_OWN_SHARE, year, sqrt(rest));
    /* Gamma(known + 1/2) times 5/7, then Poisson. */
    double mean = (known + 0.5) * 5 / 7;
    expect(VC_BY_SHARED_SHARE, known + mean, sqrt(mean + mean * 5 / 7));
    expect(VC_BY_PERSISTENCE, year + 0.5, sqrt(2 * (year + 0.5)));
    expect(VC_BY_SEASONAL_NAIVE, year, 0);
    expect(VC_BY_CLIMATOLOGY, year, 0);
    end();
}
END_TEST

START_TEST(rates_are_over_the_population_of_the_year) {
    double mean, sd;
    begin();
    draw(VC_BY_SEASONAL_NAIVE, "birth_rate");
    moments(&mean, &sd);
    /* 10,000 people, 10 more each month: two year ends, the later one projected. */
    double people = 10000 + 10 * (11.0 + 23.0) / 2;
    CHECK_CLOSE(mean, 1000 * 12 * 19 / people, 2e-3, 0);
    end();
}
END_TEST

START_TEST(growth_takes_deaths_off) {
    double mean, sd;
    begin();
    draw(VC_BY_CLIMATOLOGY, "natural_increase");
    moments(&mean, &sd);
    CHECK_CLOSE(mean, 12 * (19 - 7), 1e-12, 0);
    end();
}
END_TEST

START_TEST(a_gap_leaves_a_rule_out) {
    bool made = true;
    begin();
    size_t n = run.panel.n_periods;
    run.panel.count[VC_BIRTHS][n + n - 3] = NAN;
    ck_assert_int_eq(vci_baseline_draw(&baseline, VC_BY_PACE, "births", 1, figure, &made),
                     VC_OK);
    ck_assert(!made);
    ck_assert_int_eq(vci_baseline_draw(&baseline, VC_BY_PACE, "none", 1, figure, &made),
                     VC_OK);
    ck_assert(!made);
    end();
}
END_TEST

START_TEST(the_same_draws_each_time) {
    static double before[N];
    begin();
    draw(VC_BY_SHARED_SHARE, "births");
    for (int d = 0; d < N; d++) before[d] = figure[d];
    draw(VC_BY_PACE, "births");
    ck_assert_mem_ne(before, figure, sizeof before);
    draw(VC_BY_SHARED_SHARE, "births");
    ck_assert_mem_eq(before, figure, sizeof before);
    end();
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(every_rule_has_its_mean_and_spread),
        VCT(rates_are_over_the_population_of_the_year), VCT(growth_takes_deaths_off),
        VCT(a_gap_leaves_a_rule_out), VCT(the_same_draws_each_time)};
    return vct_run("backtest/baseline", tests, VCT_COUNT(tests));
}
