/*
 * Rules of thumb for quotas, stocks and surveys by hand calculation. Means of 4,000 draws;
 * limits are five standard errors of them, false alarm 6e-7.
 */
#include "backtest/baseline_progress_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/small_run.h"

enum { N = 4000, UNIT = 1 };

static vc_run run;
static vci_baseline baseline;
static double figure[N];

/* As of 2020-07; the panel begins with 2019-01, so that period t is month t. */
static void begin(vc_progress_kind kind) {
    vct_small_run(NULL, &run);
    size_t cells = run.panel.tree.n * run.panel.n_periods;
    vc_progress *p = vci_alloc(1, sizeof *p);
    *p = (vc_progress){.indicator = vci_text_copy("service", 7),
                       .kind = kind,
                       .numerator = vci_alloc(cells, sizeof(double)),
                       .denominator = vci_alloc(cells, sizeof(double))};
    for (size_t i = 0; i < cells; i++) p->numerator[i] = p->denominator[i] = NAN;
    run.panel.progress = p;
    run.panel.n_progress = 1;
    vc_year year = {run.as_of - 6, run.as_of + 5};
    ck_assert_int_eq(vci_baseline_init(&run, year, N, &baseline), VC_OK);
}

static void end(void) {
    vci_baseline_free(&baseline);
    vc_run_free(&run);
}

static void record(size_t month, double numerator, double denominator) {
    size_t at = UNIT * run.panel.n_periods + month;
    run.panel.progress->numerator[at] = numerator;
    run.panel.progress->denominator[at] = denominator;
}

static bool draw(vc_forecaster rule) {
    bool made;
    ck_assert_int_eq(vci_baseline_draw(&baseline, rule, "service", UNIT, figure, &made),
                     VC_OK);
    return made;
}

static void expect(vc_forecaster rule, double mean, double sd) {
    double sum = 0, squares = 0;
    ck_assert(draw(rule));
    for (int d = 0; d < N; d++) sum += figure[d];
    for (int d = 0; d < N; d++) squares += pow(figure[d] - sum / N, 2);
    CHECK_CLOSE(sum / N, mean, 1e-12, 5 * sd / sqrt(N));
    CHECK_CLOSE(sqrt(squares / (N - 1)), sd, 5 / sqrt(2.0 * N), 1e-9);
}

/*
 * 350 of 1,000 by July, so 250 more at that pace: 60 %, the 250 being Poisson. Last year
 * 240 of 800 by July and 720 at its end: a third, so that 700 are to come: 105 %. As last
 * year: 90 % of 1,000, gamma of 900.5 and Poisson.
 */
START_TEST(quotas_go_on_by_pace_share_and_last_year) {
    begin(VC_QUOTA);
    record(6, 240, 800);
    record(11, 720, 800);
    record(18, 350, 1000);
    expect(VC_BY_PACE, 60, sqrt(250) / 10);
    expect(VC_BY_OWN_SHARE, 105, sqrt(700) / 10);
    expect(VC_BY_PERSISTENCE, 90.05, sqrt(2 * 900.5) / 10);
    expect(VC_BY_CLIMATOLOGY, 90, 0);
    ck_assert(!draw(VC_BY_SEASONAL_NAIVE));
    end();
}
END_TEST

/* The last record is June's: six months are passed and six are left; amounts in tenths. */
START_TEST(a_missing_month_is_still_to_come) {
    begin(VC_QUOTA);
    record(17, 30.5, 100);
    expect(VC_BY_PACE, 61, sqrt(305) / 10);
    ck_assert(!draw(VC_BY_OWN_SHARE));
    ck_assert(!draw(VC_BY_PERSISTENCE));
    ck_assert(!draw(VC_BY_CLIMATOLOGY));
    end();
}
END_TEST

START_TEST(nothing_of_this_year_leaves_last_years_completion) {
    begin(VC_QUOTA);
    record(11, 720, 800);
    ck_assert(!draw(VC_BY_PACE));
    expect(VC_BY_PERSISTENCE, 100 * 720.5 / 800, 100 * sqrt(2 * 720.5) / 800);
    end();
}
END_TEST

/*
 * 40 %, 44 % two months later, 46 % another month later: squares by month 16 / 2 and 4,
 * mean 6; five months ahead the sd is the root of 30.
 */
START_TEST(stocks_and_surveys_stand_where_they_stood) {
    begin(VC_STOCK);
    record(15, 40, 100);
    record(17, 88, 200);
    record(18, 46, 100);
    for (int kind = VC_STOCK; kind <= VC_SURVEY; kind++) {
        run.panel.progress->kind = (vc_progress_kind)kind;
        expect(VC_BY_PERSISTENCE, 46, sqrt(30));
        ck_assert(!draw(VC_BY_PACE));
        ck_assert(!draw(VC_BY_OWN_SHARE));
        ck_assert(!draw(VC_BY_CLIMATOLOGY));
    }
    end();
}
END_TEST

START_TEST(a_single_record_says_no_spread_and_shares_end_at_100) {
    begin(VC_STOCK);
    record(18, 99, 100);
    expect(VC_BY_PERSISTENCE, 99, 0);
    record(17, 80, 100);
    ck_assert(draw(VC_BY_PERSISTENCE));
    for (int d = 0; d < N; d++) ck_assert(figure[d] >= 0 && figure[d] <= 100);
    end();
}
END_TEST

START_TEST(without_a_record_nothing_is_said) {
    begin(VC_QUOTA);
    for (int kind = VC_QUOTA; kind <= VC_SURVEY; kind++) {
        run.panel.progress->kind = (vc_progress_kind)kind;
        for (int rule = VC_BY_PACE; rule < VC_FORECASTERS; rule++)
            ck_assert(!draw((vc_forecaster)rule));
    }
    end();
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(quotas_go_on_by_pace_share_and_last_year),
        VCT(a_missing_month_is_still_to_come),
        VCT(nothing_of_this_year_leaves_last_years_completion),
        VCT(stocks_and_surveys_stand_where_they_stood),
        VCT(a_single_record_says_no_spread_and_shares_end_at_100),
        VCT(without_a_record_nothing_is_said)};
    return vct_run("backtest/baseline_progress", tests, VCT_COUNT(tests));
}
