/*
 * Grades of the panel where every month is alike: 19 births and 7 deaths a month among some
 * 10,000 people in township 1; 3 births and 1 death among 1,000 in township 2. Expected
 * tails are sums of the definition, written out here.
 */
#include "vitalcast/grade.h"

#include <math.h>
#include <stdlib.h>

#include "support/declared.h"
#include "support/hand_panel.h"
#include "support/harness.h"

static const vc_period END = 2024 * 12 + 11;

static vc_target targets[1];
static vc_result results[2];

static vc_target target_of(const char *indicator, vc_direction direction, int64_t value) {
    return (vc_target){.year_end = END,
                       .indicator = (char *)(uintptr_t)indicator,
                       .direction = direction,
                       .value = {VC_FIXED, {value, 1}, {1, 1}, {0, 1}},
                       .value_high = {VC_FIXED, {value, 1}, {1, 1}, {0, 1}},
                       .decimals = 1,
                       .deadline = VC_NO_PERIOD};
}

/* Data to 2024-07 (67 months); one result for each township; no medians: at the pace. */
static void begin(const char *indicator, vc_direction direction, int64_t value,
                  vc_run *run) {
    *run = (vc_run){0};
    vct_hand_panel(67, &run->panel);
    run->as_of = run->panel.first + 66;
    run->settings.grade = vc_grade_rules_default();
    targets[0] = target_of(indicator, direction, value);
    run->targets = (vc_targets){.n = 1, .list = targets};
    run->n_results = 2;
    run->results = results;
    for (size_t i = 0; i < 2; i++) {
        results[i] = (vc_result){.unit = 1 + i, .bound = (double)value};
        for (int q = 0; q < VC_QUANTILES; q++) results[i].quantile[q] = NAN;
    }
}

static void end(vc_run *run) { vc_panel_free(&run->panel); }

static double poisson(int x, double mean) {
    return exp(x * log(mean) - mean - lgamma(x + 1.0));
}

static double poisson_at_most(int k, double mean) {
    double sum = 0;
    for (int x = 0; x <= k; x++) sum += poisson(x, mean);
    return sum;
}

/* Township 2 has 14 boys and 7 girls, a ratio of 200: chance makes that of so few. */
START_TEST(what_chance_explains_is_not_coloured) {
    vc_run run;
    vc_grade g;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    ck_assert(vc_run_grade(&run, &results[1], &g));
    ck_assert_int_eq(g.level, VC_GRADE_NOT_DECIDABLE);
    ck_assert_double_gt(g.p_beyond, 0.5);
    ck_assert(!g.beyond_chance);
    ck_assert(!vc_grade_coloured(&g));
    end(&run);
}
END_TEST

/* With 70 boys and 7 girls it does not. */
START_TEST(what_chance_cannot_explain_is_coloured_however_small) {
    vc_run run;
    vc_grade g;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    for (size_t month = 60; month < 67; month++)
        vct_hand_set_boys(&run.panel, 2, month, 10);
    ck_assert(vc_run_grade(&run, &results[1], &g));
    ck_assert_int_eq(g.level, VC_GRADE_NOT_DECIDABLE);
    ck_assert_double_lt(g.p_value, 1e-9);
    ck_assert(g.beyond_chance);
    ck_assert(vc_grade_coloured(&g));
    end(&run);
}
END_TEST

/* Far off on the good side is not bad. */
START_TEST(few_boys_are_not_beyond_a_target_at_most) {
    vc_run run;
    vc_grade g;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    for (size_t month = 60; month < 67; month++) vct_hand_set_boys(&run.panel, 2, month, 0);
    ck_assert(vc_run_grade(&run, &results[1], &g));
    ck_assert_double_lt(g.p_value, 0.05);
    ck_assert_double_lt(g.p_beyond, 0.01);
    ck_assert(!vc_grade_coloured(&g));
    end(&run);
}
END_TEST

/* At most 220 births: 133 in 213 of 366 days, which 220 a year would make 128.03. */
START_TEST(a_count_is_measured_around_its_target) {
    vc_run run;
    vc_grade g;
    double expected = 220 * 213 / 366.;
    begin("births", VC_AT_MOST, 220, &run);
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.normal, 209, 1e-12, 0);
    CHECK_CLOSE(g.off, 231, 1e-12, 0);
    CHECK_CLOSE(g.n, 133 * 366 / 213., 1e-12, 0);
    CHECK_CLOSE(g.alpha, 1 - poisson_at_most(220, 209), 1e-10, 0);
    CHECK_CLOSE(g.beta, poisson_at_most(220, 231), 1e-10, 0);
    CHECK_CLOSE(g.p_value, 2 * (1 - poisson_at_most(132, expected)), 1e-10, 0);
    CHECK_CLOSE(g.needed, ceil(706 * g.n / 220), 1e-12, 0); /* 706: grade.txt */
    CHECK_CLOSE(g.years, 4, 0, 0);
    end(&run);
}
END_TEST

/*
 * At most 12.0 per 1,000 of natural growth: the mean population is 10,625 (two year ends),
 * deaths come to 84.2 a year, so that 211.7 births are allowed, published 12.0 up to 212:
 * (212 - 84) / 10.625 = 12.047, but 213 give 12.14.
 */
START_TEST(natural_growth_is_judged_by_births_at_its_deaths) {
    vc_run run;
    vc_grade g;
    double allowed = 12 * 10.625 + 84;
    begin("natural_growth_rate", VC_AT_MOST, 12, &run);
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.alpha, 1 - poisson_at_most(212, 0.95 * allowed), 1e-10, 0);
    CHECK_CLOSE(g.beta, poisson_at_most(212, 1.05 * allowed), 1e-10, 0);
    CHECK_CLOSE(g.normal, (0.95 * allowed - 84) / 10.625, 1e-12, 0);
    end(&run);
}
END_TEST

/* A direction turned round turns both errors round. */
START_TEST(at_least_looks_the_other_way) {
    vc_run run;
    vc_grade g;
    begin("births", VC_AT_LEAST, 220, &run);
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.normal, 231, 1e-12, 0);
    CHECK_CLOSE(g.off, 209, 1e-12, 0);
    CHECK_CLOSE(g.alpha, poisson_at_most(219, 231), 1e-10, 0);
    CHECK_CLOSE(g.beta, 1 - poisson_at_most(219, 209), 1e-10, 0);
    ck_assert_double_lt(g.p_beyond, 0.5); /* more births than the target: the good side */
    end(&run);
}
END_TEST

START_TEST(the_run_gives_the_size_where_it_has_one) {
    vc_run run;
    vc_grade g;
    begin("births", VC_AT_MOST, 220, &run);
    results[0].quantile[VC_MEDIAN] = 240;
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.n, 240, 0, 0);
    end(&run);
}
END_TEST

/* 36 and 60 months up to 2024-07; 67 months are there, and one that is missing counts. */
START_TEST(years_are_pooled_where_all_of_them_are_known) {
    vc_run run;
    vc_grade g;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    vct_hand_set_boys(&run.panel, 1, 66, 20);
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.pooled[0].figure, 100 * 370. / 324, 1e-12, 0);
    CHECK_CLOSE(g.pooled[0].n, 694, 0, 0);
    CHECK_CLOSE(g.pooled[1].n, 60 * 19 + 10, 0, 0);
    vct_hand_set_boys(&run.panel, 1, 20, NAN);
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.pooled[0].n, 694, 0, 0);
    ck_assert(isnan(g.pooled[1].figure) && isnan(g.pooled[1].n));
    end(&run);
}
END_TEST

/* 228 births a year in a population that grows from 10,300 (2021-07) to 10,660 (2024-07).
 */
START_TEST(a_pooled_rate_is_that_of_an_average_year) {
    vc_run run;
    vc_grade g;
    double people = 0;
    begin("birth_rate", VC_AT_MOST, 20, &run);
    for (int year = 0; year < 3; year++) people += 10300 + 120 * year + 60;
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.pooled[0].figure, 1000 * 684 / people, 1e-12, 0);
    end(&run);
}
END_TEST

START_TEST(all_at_once_are_as_one_by_one) {
    vc_run run;
    vc_grade all[2], one;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    vc_run_grades(&run, all);
    for (size_t i = 0; i < 2; i++) {
        ck_assert(vc_run_grade(&run, &results[i], &one));
        CHECK_CLOSE(all[i].needed, one.needed, 0, 0);
        CHECK_CLOSE(all[i].alpha, one.alpha, 0, 0);
        CHECK_CLOSE(all[i].p_beyond, one.p_beyond, 0, 0);
    }
    CHECK_CLOSE(all[0].needed, 68077, 0, 0); /* grade.txt */
    end(&run);
}
END_TEST

static void ungraded(const vc_run *run) {
    vc_grade g;
    ck_assert(!vc_run_grade(run, &results[0], &g));
    ck_assert_int_eq(g.level, VC_GRADE_NONE);
    ck_assert(isnan(g.alpha) && isnan(g.pooled[1].n) && !vc_grade_coloured(&g));
}

START_TEST(what_has_no_grade_says_so) {
    vc_run run;
    begin("births", VC_BETWEEN, 220, &run);
    ungraded(&run);
    end(&run);
    begin("arrivals", VC_AT_MOST, 220, &run);
    ungraded(&run);
    end(&run);
    begin("births", VC_AT_MOST, 220, &run);
    results[0].bound = NAN;
    ungraded(&run);
    results[0].bound = 220;
    targets[0].year_end = END + 12; /* has not begun */
    ungraded(&run);
    targets[0].year_end = END;
    vct_hand_set_boys(&run.panel, 1, 62, NAN);
    ungraded(&run);
    end(&run);
}
END_TEST

/*
 * Girls per 100 boys at least 100 * 100/107 is the rule `at most 107 boys per 100 girls`:
 * the same births are on the same side, so that every probability is the same.
 */
START_TEST(a_ratio_is_graded_whichever_way_round_it_stands) {
    vc_run run;
    vc_grade usual, other;
    begin("sex_ratio_at_birth", VC_AT_MOST, 107, &run);
    vct_declare_formula(&run.panel, "女男比", VCT_GIRLS_TO_BOYS);
    targets[0].decimals = -1;
    ck_assert(vc_run_grade(&run, &results[0], &usual));
    targets[0].indicator = (char *)(uintptr_t) "女男比";
    targets[0].direction = VC_AT_LEAST;
    targets[0].value.value = (vc_fraction){10000, 107};
    results[0].bound = 10000 / 107.0;
    ck_assert(vc_run_grade(&run, &results[0], &other));
    CHECK_CLOSE(other.normal, 10000 / 106.0, 1e-14, 0);
    CHECK_CLOSE(other.off, 10000 / 115.0, 1e-14, 0);
    ck_assert_int_eq(usual.level, other.level);
    CHECK_CLOSE(other.n, usual.n, 0, 0);
    CHECK_CLOSE(other.alpha, usual.alpha, 1e-11, 0);
    CHECK_CLOSE(other.beta, usual.beta, 1e-11, 0);
    CHECK_CLOSE(other.p_value, usual.p_value, 1e-11, 0);
    CHECK_CLOSE(other.p_beyond, usual.p_beyond, 1e-11, 0);
    CHECK_CLOSE(other.needed, usual.needed, 0, 0);
    end(&run);
}
END_TEST

/* Ten times the rate against ten times the target is the same rule on the same births. */
START_TEST(a_declared_rate_is_graded_like_the_standard_one) {
    vc_run run;
    vc_grade usual, other;
    begin("natural_growth_rate", VC_AT_MOST, 12, &run);
    vct_declare_formula(&run.panel, "万人自增率", VCT_GROWTH(10000));
    targets[0].decimals = -1;
    ck_assert(vc_run_grade(&run, &results[0], &usual));
    targets[0].indicator = (char *)(uintptr_t) "万人自增率";
    targets[0].value.value = (vc_fraction){120, 1};
    results[0].bound = 120;
    ck_assert(vc_run_grade(&run, &results[0], &other));
    CHECK_CLOSE(other.alpha, usual.alpha, 1e-12, 0);
    CHECK_CLOSE(other.beta, usual.beta, 1e-12, 0);
    CHECK_CLOSE(other.p_value, usual.p_value, 1e-12, 0);
    CHECK_CLOSE(other.needed, usual.needed, 0, 0);
    run.panel.indicators[0].margin = 10; /* a clearer difference is told more often */
    ck_assert(vc_run_grade(&run, &results[0], &other));
    ck_assert_double_lt(other.alpha, usual.alpha);
    end(&run);
}
END_TEST

/* No whole has births and deaths for its parts; what is left of births has its own chance.
 */
START_TEST(other_forms_have_no_grade) {
    const vc_formula none[] = {
        VCT_BIRTHS_TO_DEATHS,
        {VC_INDICATOR_RATIO, VC_BIRTHS_MALE, VC_EVENTS, VC_BIRTHS, 100},
        {VC_INDICATOR_COUNT, VC_BIRTHS, VC_BIRTHS_MALE, VC_EVENTS, 1},
        {VC_INDICATOR_COUNT, VC_ARRIVALS, VC_EVENTS, VC_EVENTS, 1}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        vc_run run;
        vc_grade g;
        begin("另一指标", VC_AT_MOST, 100, &run);
        vct_declare_formula(&run.panel, "另一指标", none[i]);
        ck_assert(!vc_grade_formed(&run, "另一指标"));
        ck_assert(!vc_run_grade(&run, &results[0], &g));
        ck_assert_int_eq(g.level, VC_GRADE_NONE);
        end(&run);
    }
}
END_TEST

/* Boys of births: 11 of 19 a month; exact binomial errors of a rule in whole boys. */
START_TEST(shares_of_births_are_binomial) {
    vc_run run;
    vc_grade g;
    begin("男婴占比", VC_AT_MOST, 52, &run);
    vct_declare_formula(&run.panel, "男婴占比", VCT_BOYS_OF_BIRTHS);
    ck_assert(vc_grade_formed(&run, "男婴占比"));
    ck_assert(vc_run_grade(&run, &results[0], &g));
    CHECK_CLOSE(g.normal, 52 * 0.95, 1e-14, 0);
    CHECK_CLOSE(g.off, 52 * 1.05, 1e-14, 0);
    int n = (int)(g.n + 0.5), most = 0;
    /* published with one digit: met up to 52.04999 % */
    while ((most + 1) * 2000 + n <= n * 1041 + n - 1) most++;
    double alpha = 0;
    for (int x = most + 1; x <= n; x++)
        alpha += exp(lgamma(n + 1.0) - lgamma(x + 1.0) - lgamma(n - x + 1.0) +
                     x * log(0.52 * 0.95) + (n - x) * log(1 - 0.52 * 0.95));
    CHECK_CLOSE(g.alpha, alpha, 1e-10, 0);
    end(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(what_chance_explains_is_not_coloured),
        VCT(what_chance_cannot_explain_is_coloured_however_small),
        VCT(few_boys_are_not_beyond_a_target_at_most),
        VCT(a_count_is_measured_around_its_target),
        VCT(natural_growth_is_judged_by_births_at_its_deaths),
        VCT(at_least_looks_the_other_way),
        VCT(the_run_gives_the_size_where_it_has_one),
        VCT(years_are_pooled_where_all_of_them_are_known),
        VCT(a_pooled_rate_is_that_of_an_average_year),
        VCT(all_at_once_are_as_one_by_one),
        VCT(what_has_no_grade_says_so),
        VCT(a_ratio_is_graded_whichever_way_round_it_stands),
        VCT(a_declared_rate_is_graded_like_the_standard_one),
        VCT(other_forms_have_no_grade),
        VCT(shares_of_births_are_binomial)};
    return vct_run("assess/grade", tests, VCT_COUNT(tests));
}
