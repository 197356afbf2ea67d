/* The main job on the hand-made panel: what it says must follow from its own draws. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/hand_panel.h"
#include "support/harness.h"
#include "support/small_run.h"

/* Year-end totals of every draw, recomputed from replayed draws by plain sums. */
typedef struct totals {
    size_t n;
    double births[3][600], boys[3][600], girls[3][600];
} totals;

static vc_status add_block(void *context, const vc_draws *draws) {
    totals *t = context;
    for (size_t u = 0; u < 3; u++)
        for (size_t d = 0; d < draws->n_draws; d++)
            for (size_t p = 0; p < draws->n_periods; p++) {
                size_t at = (p * draws->n_units + u) * draws->n_draws + d;
                t->births[u][draws->first_draw + d] += (double)draws->count[VC_BIRTHS][at];
                t->boys[u][draws->first_draw + d] +=
                    (double)draws->count[VC_BIRTHS_MALE][at];
                t->girls[u][draws->first_draw + d] +=
                    (double)draws->count[VC_BIRTHS_FEMALE][at];
            }
    t->n += draws->n_draws;
    return VC_OK;
}

static const vc_result *find(const vc_run *run, size_t target, size_t unit) {
    for (size_t i = 0; i < run->n_results; i++)
        if (run->results[i].target == target && run->results[i].unit == unit)
            return &run->results[i];
    ck_abort_msg("no result of target %zu, unit %zu", target, unit);
    return NULL;
}

START_TEST(probabilities_are_shares_of_the_draws) {
    static const double monthly_boys[] = {12, 10, 2}, monthly_girls[] = {10, 9, 1};
    vc_run run;
    totals *t = calloc(1, sizeof *t);
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_run_replay(&run, 0, run.n_draws, 2, add_block, t), VC_OK);
    ck_assert_uint_eq(t->n, 600);
    for (size_t u = 0; u < 3; u++) {
        double met = 0, fair = 0;
        for (size_t d = 0; d < 600; d++) {
            double boys = t->boys[u][d] + 7 * monthly_boys[u];
            double girls = t->girls[u][d] + 7 * monthly_girls[u];
            met += boys + girls <= 220;
            /* Published with one decimal: 107.04999 counts as 107.0. */
            fair += floor(1000 * boys / girls + 0.5) / 10 <= 107;
            ck_assert(t->births[u][d] == t->boys[u][d] + t->girls[u][d]);
        }
        CHECK_CLOSE(find(&run, 0, u)->p_met, met / 600, 1e-12, 0);
        CHECK_CLOSE(find(&run, 1, u)->p_met, fair / 600, 1e-12, 0);
        double p = met / 600;
        /* Draws from one hyper-parameter point are alike; 600 draws are 18.75 groups. */
        ck_assert_double_ge(find(&run, 0, u)->monte_carlo_se,
                            sqrt(p * (1 - p) / 600) - 1e-15);
        ck_assert_double_le(find(&run, 0, u)->monte_carlo_se, sqrt(p * (1 - p) / 18));
    }
    free(t);
    vc_run_free(&run);
}
END_TEST

static vc_status check_sums(void *context, const vc_draws *draws) {
    size_t *seen = context;
    for (size_t e = 0; e < VC_EVENTS; e++)
        for (size_t p = 0; draws->count[e] && p < draws->n_periods; p++)
            for (size_t d = 0; d < draws->n_draws; d++) {
                const int64_t *row =
                    draws->count[e] + p * draws->n_units * draws->n_draws + d;
                ck_assert(row[0] == row[draws->n_draws] + row[2 * draws->n_draws]);
                ck_assert(row[draws->n_draws] >= 0);
                (*seen)++;
            }
    return VC_OK;
}

START_TEST(children_sum_to_parents_in_every_draw) {
    vc_run run;
    size_t seen = 0;
    vct_small_run(NULL, &run);
    ck_assert_int_eq(vc_run_replay(&run, 0, run.n_draws, 1, check_sums, &seen), VC_OK);
    ck_assert_uint_eq(seen, 600 * 4 * 5);
    vc_run_free(&run);
}
END_TEST

START_TEST(figures_to_date_are_those_of_the_panel) {
    vc_run run;
    vct_small_run(NULL, &run);
    const vc_result *births = find(&run, 0, 0), *ratio = find(&run, 1, 2);
    CHECK_CLOSE(births->to_date, 154, 0, 0);
    CHECK_CLOSE(births->current, 22, 0, 0);
    CHECK_CLOSE(births->same_period_last_year, 154, 0, 0);
    CHECK_CLOSE(births->change, 0, 0, 1e-12);
    /* 213 of 366 days. */
    CHECK_CLOSE(births->pace, 100 * 213 / 366.0, 1e-12, 0);
    CHECK_CLOSE(births->annual_basis, 154 * 366 / 213.0, 1e-12, 0);
    CHECK_CLOSE(births->gap, 154 * 366 / 213.0 - 220, 1e-10, 0);
    CHECK_CLOSE(ratio->to_date, 200, 1e-12, 0);
    CHECK_CLOSE(ratio->gap, 93, 1e-12, 0);
    ck_assert(isnan(ratio->annual_basis));
    vc_run_free(&run);
}
END_TEST

START_TEST(paths_end_in_the_year_end_quantiles) {
    vc_run run;
    vct_small_run(NULL, &run);
    for (size_t i = 0; i < run.n_results; i++) {
        const vc_result *r = &run.results[i];
        ck_assert_uint_eq(r->path_n, 5);
        ck_assert_int_eq(r->path_first, 2020 * 12 + 7);
        for (size_t q = 0; q < VC_QUANTILES; q++)
            ck_assert(r->path[4 * VC_QUANTILES + q] == r->quantile[q]);
        for (size_t q = 1; q < VC_QUANTILES; q++)
            ck_assert(r->quantile[q] >= r->quantile[q - 1]);
    }
    vc_run_free(&run);
}
END_TEST

START_TEST(threads_never_change_a_bit) {
    vc_run one, four;
    vct_small small = {.months = 19, .draws = 600, .threads = 1, .estimated = true};
    vct_small_run(&small, &one);
    small.threads = 4;
    vct_small_run(&small, &four);
    ck_assert_uint_eq(one.n_results, four.n_results);
    for (size_t i = 0; i < one.n_results; i++) {
        ck_assert_mem_eq(&one.results[i].p_met, &four.results[i].p_met, sizeof(double));
        ck_assert_mem_eq(one.results[i].path, four.results[i].path,
                         one.results[i].path_n * VC_QUANTILES * sizeof(double));
    }
    for (size_t f = 0; f < one.n_fits; f++)
        ck_assert_mem_eq(one.fits[f].points[0].root, four.fits[f].points[0].root,
                         one.fits[f].n_root * sizeof(double));
    vc_run_free(&one);
    vc_run_free(&four);
}
END_TEST

START_TEST(a_finished_year_is_certain) {
    vc_run run;
    vct_small small = {.months = 24, .draws = 600};
    vct_small_run(&small, &run);
    /* 12 * 22 = 264 births, 12 * 19 = 228, 36; 120, 111.1 and 200 boys to 100 girls. */
    CHECK_CLOSE(find(&run, 0, 0)->p_met, 0, 0, 0);
    CHECK_CLOSE(find(&run, 0, 2)->p_met, 1, 0, 0);
    CHECK_CLOSE(find(&run, 0, 1)->quantile[VC_MEDIAN], 228, 0, 0);
    CHECK_CLOSE(find(&run, 1, 1)->quantile[VC_Q025], 1000 / 9.0, 1e-12, 0);
    CHECK_CLOSE(find(&run, 1, 0)->monte_carlo_se, 0, 0, 0);
    vc_run_free(&run);
}
END_TEST

static void lose_a_month(vc_panel *panel, vc_targets *targets) {
    (void)targets;
    vct_hand_set_boys(panel, 2, 15, (double)NAN);
}

START_TEST(a_missing_month_is_drawn) {
    vc_run run;
    vct_small small = {.months = 19, .draws = 600, .change = lose_a_month};
    vct_small_run(&small, &run);
    /* April 2020 of township 2: its path begins there, to date it is not known. */
    ck_assert_int_eq(find(&run, 0, 2)->path_first, 2020 * 12 + 3);
    ck_assert(isnan(find(&run, 0, 2)->to_date));
    ck_assert(!isnan(find(&run, 0, 0)->p_met));
    /* Township 1 is known up to July: its path is a constant there. */
    const vc_result *r = find(&run, 0, 1);
    CHECK_CLOSE(r->path[3 * VC_QUANTILES + VC_Q025], 133, 0, 0);
    CHECK_CLOSE(r->path[3 * VC_QUANTILES + VC_Q975], 133, 0, 0);
    vc_run_free(&run);
}
END_TEST

static void last_year_less_ten_percent(vc_panel *panel, vc_targets *targets) {
    (void)panel;
    vc_target *t = &targets->list[targets->n++];
    *t = vct_target_at_most("less", "births", 0);
    t->value = (vc_target_value){VC_PREVIOUS_YEAR, {0, 1}, {9, 10}, {5, 1}};
    t = &targets->list[targets->n++];
    *t = vct_target_at_most("growth", "natural_growth_rate", 0);
    t->value = (vc_target_value){VC_PREVIOUS_YEAR, {0, 1}, {1, 1}, {0, 1}};
    t->decimals = 2;
}

START_TEST(previous_year_targets_are_resolved) {
    vc_run run;
    vct_small small = {.months = 19, .draws = 600, .change = last_year_less_ten_percent};
    vct_small_run(&small, &run);
    /* 264 births in 2019: 0.9 * 264 + 5. */
    CHECK_CLOSE(find(&run, 2, 0)->bound, 242.6, 1e-12, 0);
    /*
     * 2019: 228 - 84 = 144; no figure for December 2018, so the first one, 10,000, stands
     * for it.
     */
    CHECK_CLOSE(find(&run, 3, 1)->bound, round(100 * 1000 * 144 / 10055.0) / 100, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

static void only_boys(vc_panel *panel, vc_targets *targets) {
    (void)targets;
    for (size_t t = 0; t < panel->n_periods; t++) {
        panel->count[VC_BIRTHS_FEMALE][2 * panel->n_periods + t] = 0;
        vct_hand_set_boys(panel, 2, t, t % 6 == 0);
    }
}

START_TEST(a_ratio_without_girls_is_counted_apart) {
    vc_run run;
    vct_small small = {.months = 19, .draws = 600, .change = only_boys};
    vct_small_run(&small, &run);
    const vc_result *r = find(&run, 1, 2);
    ck_assert_double_gt(r->p_undefined, 0.05);
    ck_assert_double_lt(r->p_undefined, 0.95);
    /* Undefined draws are neither met nor failed: the three shares fill the whole. */
    ck_assert_double_le(r->p_met + r->p_undefined, 1);
    ck_assert(isnan(r->to_date));
    vc_run_free(&run);
}
END_TEST

START_TEST(year_ends_are_those_behind_p_met) {
    vc_run run;
    enum { N = 600 };
    static double figure[2 * N];
    vct_small_run(NULL, &run);
    size_t wanted[2];
    for (size_t i = 0; i < run.n_results; i++)
        if (run.results[i].unit == 1) wanted[run.results[i].target] = i;
    ck_assert_int_eq(vc_run_year_ends(&run, 2, wanted, N, 2, figure), VC_OK);
    double met = 0, fair = 0;
    for (size_t d = 0; d < N; d++) {
        met += figure[d] <= 220;
        fair += floor(10 * figure[N + d] + 0.5) / 10 <= 107;
    }
    CHECK_CLOSE(run.results[wanted[0]].p_met, met / N, 1e-12, 0);
    CHECK_CLOSE(run.results[wanted[1]].p_met, fair / N, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(defaults_are_the_documented_ones) {
    vc_run_options options = vc_run_options_default();
    ck_assert_uint_eq(options.seed, 1);
    ck_assert_uint_eq(options.draws, 20000);
    ck_assert_uint_eq(options.keep, 1000);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(probabilities_are_shares_of_the_draws),
        VCT(children_sum_to_parents_in_every_draw),
        VCT(figures_to_date_are_those_of_the_panel),
        VCT(paths_end_in_the_year_end_quantiles),
        VCT(threads_never_change_a_bit),
        VCT(a_finished_year_is_certain),
        VCT(a_missing_month_is_drawn),
        VCT(previous_year_targets_are_resolved),
        VCT(a_ratio_without_girls_is_counted_apart),
        VCT(year_ends_are_those_behind_p_met),
        VCT(defaults_are_the_documented_ones),
    };
    return vct_run("assess/run", tests, VCT_COUNT(tests));
}
