/*
 * What the rest of the year would have to be, by hand: 22 births a month in the county (12
 * boys, 10 girls), 8 deaths, seven months of 2020 known, five left.
 */
#include "vitalcast/required.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/declared.h"
#include "support/harness.h"
#include "support/listed_run.h"

/* People of the county in June 2020, the 18th month: 10 more in the large town each. */
#define PEOPLE(run) ((run)->panel.population[17])

/* Days of 2020, and of its last five months. */
#define DAYS 366.0
#define DAYS_LEFT 153.0

static void begin(vc_run *run) {
    vct_listed_run(run);
    run->settings.average_population = VC_MID_YEAR;
    run->n_year_ends = 1;
    run->year_ends = calloc(1, sizeof *run->year_ends);
    run->year_ends[0] = 2020 * 12 + 11;
}

/* A target of a unit whose rest of the year is open. */
static vc_target *add(vc_run *run, const char *indicator, vc_direction direction,
                      vc_fraction bound, size_t unit) {
    vc_target *target = vct_listed_result(run, indicator, direction, bound, unit, 1, 0.5);
    vc_result *r = &run->results[run->n_results - 1];
    r->path_first = run->as_of + 1;
    r->path_n = 5;
    return target;
}

/* Kept draws of August to December with so many boys and girls a month in every unit. */
static void keep(vc_run *run, size_t n, const int32_t *boys, const int32_t *girls) {
    vc_kept *kept = &run->kept;
    size_t row = run->panel.tree.n * 5;
    *kept = (vc_kept){.n_draws = n, .n_periods = 5, .first = run->as_of + 1};
    kept->count[VC_BIRTHS_MALE] = calloc(n * row, sizeof(int32_t));
    kept->count[VC_BIRTHS_FEMALE] = calloc(n * row, sizeof(int32_t));
    for (size_t d = 0; d < n; d++)
        for (size_t i = 0; i < row; i++) {
            kept->count[VC_BIRTHS_MALE][d * row + i] = boys[d];
            kept->count[VC_BIRTHS_FEMALE][d * row + i] = girls[d];
        }
}

static void find(const vc_run *run, const bool *decidable, vc_requireds *requireds) {
    vc_tasks tasks;
    ck_assert_int_eq(vc_tasks_find(run, &tasks), VC_OK);
    ck_assert_int_eq(vc_requireds_find(run, decidable, &tasks, requireds), VC_OK);
    vc_tasks_free(&tasks);
}

START_TEST(counts_share_what_is_left) {
    vc_run run;
    vc_requireds q;
    begin(&run);
    add(&run, "births", VC_AT_MOST, (vc_fraction){220, 1}, 0);
    add(&run, "births", VC_AT_MOST, (vc_fraction){100, 1}, 0);  /* 154 already */
    add(&run, "births", VC_AT_LEAST, (vc_fraction){154, 1}, 0); /* reached already */
    add(&run, "natural_increase", VC_AT_MOST, (vc_fraction){80, 1}, 0);
    add(&run, "births", VC_BETWEEN, (vc_fraction){200, 1}, 0);
    run.results[4].bound_high = 264;
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 5);
    CHECK_CLOSE(q.list[0].average, (220 - 154) / 5.0, 1e-12, 0);
    CHECK_CLOSE(q.list[0].so_far, 22, 1e-12, 0);
    ck_assert_int_eq(q.list[0].basis, VC_REQUIRED_COUNT);
    ck_assert(q.list[0].n == 5 && q.list[0].first == run.as_of + 1);
    ck_assert_int_eq(q.list[1].state, VC_REQUIRED_OUT_OF_REACH);
    ck_assert(isnan(q.list[1].average));
    ck_assert_int_eq(q.list[2].state, VC_REQUIRED_SURE);
    CHECK_CLOSE(q.list[3].average, (80 - 7 * 14) / 5.0, 1e-12, 0); /* may be below 0 */
    CHECK_CLOSE(q.list[4].average, (200 - 154) / 5.0, 1e-12, 0);
    CHECK_CLOSE(q.list[4].average_high, (264 - 154) / 5.0, 1e-12, 0);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

/* The year's exposure by the run's rule; the annual basis goes by days. */
START_TEST(rates_are_on_the_annual_basis) {
    vc_run run;
    vc_requireds q;
    begin(&run);
    add(&run, "birth_rate", VC_AT_MOST, (vc_fraction){22, 1}, 0);
    add(&run, "natural_growth_rate", VC_AT_MOST, (vc_fraction){3, 1}, 0);
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 2);
    ck_assert_int_eq(q.list[0].basis, VC_REQUIRED_RATE);
    double left = 22 * PEOPLE(&run) / 1000 - 7 * 22;
    CHECK_CLOSE(q.list[0].average, left / PEOPLE(&run) * 1000 * DAYS / DAYS_LEFT, 1e-12, 0);
    CHECK_CLOSE(q.list[0].so_far, 154 / PEOPLE(&run) * 1000 * DAYS / 213, 1e-12, 0);
    left = 3 * PEOPLE(&run) / 1000 - 7 * 14;
    ck_assert(left < 0); /* more deaths than births would do it */
    CHECK_CLOSE(q.list[1].average, left / PEOPLE(&run) * 1000 * DAYS / DAYS_LEFT, 1e-12, 0);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

/* 84 boys, 70 girls; 110 births expected: put back, the year's ratio is the target. */
START_TEST(ratios_go_by_the_expected_births) {
    static const int32_t boys[] = {11, 13}, girls[] = {9, 11};
    vc_run run;
    vc_requireds q;
    begin(&run);
    add(&run, "sex_ratio_at_birth", VC_AT_MOST, (vc_fraction){107, 1}, 0);
    add(&run, "sex_ratio_at_birth", VC_AT_MOST, (vc_fraction){40, 1}, 0); /* 84 of 264 */
    keep(&run, 2, boys, girls);
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 2);
    double ratio = q.list[0].average / 100, rest = 110 / (1 + ratio);
    CHECK_CLOSE(100 * (84 + ratio * rest) / (70 + rest), 107, 1e-12, 0);
    CHECK_CLOSE(q.list[0].so_far, 120, 1e-12, 0);
    ck_assert_int_eq(q.list[1].state, VC_REQUIRED_OUT_OF_REACH);
    vc_requireds_free(&q);
    run.kept.n_draws = 0; /* nothing to expect from */
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 0);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

START_TEST(services_have_their_tasks_numerator) {
    vc_run run;
    vc_requireds q;
    begin(&run);
    vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 35, 100);
    vct_listed_progress(&run, "重复率", VC_STOCK, 15, 1000);
    vct_listed_progress(&run, "满意度", VC_SURVEY, 85, 100);
    add(&run, "孕检完成率", VC_AT_LEAST, (vc_fraction){80, 1}, 1)->decimals = -1;
    add(&run, "孕检完成率", VC_AT_LEAST, (vc_fraction){30, 1}, 1)->decimals = -1;
    add(&run, "重复率", VC_AT_MOST, (vc_fraction){1, 1}, 2)->decimals = -1;
    add(&run, "满意度", VC_AT_LEAST, (vc_fraction){80, 1}, 1);
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 3);
    ck_assert_int_eq(q.list[0].basis, VC_REQUIRED_NUMERATOR);
    CHECK_CLOSE(q.list[0].average, 9, 1e-12, 0);
    CHECK_CLOSE(q.list[0].so_far, 5, 1e-12, 0);
    ck_assert_int_eq(q.list[1].state, VC_REQUIRED_SURE);
    CHECK_CLOSE(q.list[2].average, -1, 1e-12, 0); /* records can be put right */
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

/* DESIGN.md section 7, boundary 2. */
START_TEST(vital_events_at_the_top_and_where_decidable) {
    const bool decidable[] = {false, false, true};
    vc_run run;
    vc_requireds q;
    begin(&run);
    for (size_t u = 0; u < 3; u++)
        add(&run, "births", VC_AT_MOST, (vc_fraction){1000, 1}, u);
    find(&run, NULL, &q);
    ck_assert(q.n == 1 && q.list[0].result == 0);
    vc_requireds_free(&q);
    find(&run, decidable, &q);
    ck_assert(q.n == 2 && q.list[1].result == 2);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

START_TEST(nothing_is_left_of_a_year_that_is_over) {
    vc_run run;
    vc_requireds q;
    begin(&run);
    add(&run, "births", VC_AT_MOST, (vc_fraction){220, 1}, 0);
    run.results[0].path_n = 0;
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 0);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

/*
 * Girls per 100 boys of the rest are 10,000 over the boys per 100 girls; and boys of births
 * so many that 84 + x of 154 + 100 are 52 %.
 */
START_TEST(declared_ratios_and_shares_go_by_their_whole) {
    const int32_t boys[] = {12, 10}, girls[] = {8, 10};
    vc_run run;
    vc_requireds q;
    begin(&run);
    keep(&run, 2, boys, girls);
    run.kept.count[VC_BIRTHS] = calloc((size_t)2 * run.panel.tree.n * 5, sizeof(int32_t));
    for (size_t i = 0; i < 2 * run.panel.tree.n * 5; i++) run.kept.count[VC_BIRTHS][i] = 20;
    vct_declare_formula(&run.panel, "女男比", VCT_GIRLS_TO_BOYS);
    vct_declare_formula(&run.panel, "男婴占比", VCT_BOYS_OF_BIRTHS);
    add(&run, "sex_ratio_at_birth", VC_AT_MOST, (vc_fraction){107, 1}, 0);
    add(&run, "女男比", VC_AT_LEAST, (vc_fraction){10000, 107}, 0);
    add(&run, "男婴占比", VC_AT_MOST, (vc_fraction){52, 1}, 0);
    find(&run, NULL, &q);
    ck_assert_uint_eq(q.n, 3);
    CHECK_CLOSE(q.list[1].average, 10000 / q.list[0].average, 1e-12, 0);
    CHECK_CLOSE(q.list[2].average, 0.52 * 254 - 84, 1e-12, 0);
    vc_requireds_free(&q);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(counts_share_what_is_left),
                                     VCT(rates_are_on_the_annual_basis),
                                     VCT(ratios_go_by_the_expected_births),
                                     VCT(services_have_their_tasks_numerator),
                                     VCT(vital_events_at_the_top_and_where_decidable),
                                     VCT(nothing_is_left_of_a_year_that_is_over),
                                     VCT(declared_ratios_and_shares_go_by_their_whole)};
    return vct_run("assess/required", tests, VCT_COUNT(tests));
}
