/*
 * Errors, p values and sizes of grades against R (tests/known/grade.txt, made by grade.R),
 * and the table of chances that an observed sex ratio is at most 107.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/grade_internal.h"
#include "num/binomial_internal.h"
#include "support/harness.h"

/* Of the same double inputs; the tails are those of sums of up to 10^4 terms. */
#define EXACT 1e-12

typedef struct known {
    char kind[24];
    double n, k, a, b, first, second;
} known;

static size_t lines_seen;

/* Hands every line of a kind to a check; every kind is there. */
static void each(const char *kind, void (*check)(const known *)) {
    const char *path = vct_source("tests/known/grade.txt");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[512];
    ck_assert_ptr_nonnull(file);
    lines_seen = 0;
    while (fgets(line, sizeof line, file)) {
        known k;
        if (sscanf(line, "%23s %lf %lf %lf %lf %lf %lf", k.kind, &k.n, &k.k, &k.a, &k.b,
                   &k.first, &k.second) < 6 ||
            strcmp(k.kind, kind) != 0)
            continue;
        check(&k);
        lines_seen++;
    }
    fclose(file);
    ck_assert_uint_gt(lines_seen, 2);
}

static vci_grade_rule rule(vc_direction direction, int64_t bound, int decimals) {
    return (vci_grade_rule){.target = {.direction = direction, .decimals = decimals},
                            .bound = {bound, 1},
                            .each = {1, 1}};
}

static vci_grade_rule sex_rule(int64_t bound, int decimals) {
    vci_grade_rule r = rule(VC_AT_MOST, bound, decimals);
    r.trials = r.ratio = true;
    r.scale = 100;
    return r;
}

static void check_errors(const vci_grade_rule *r, int64_t n, const known *k) {
    vci_grade_errors errors = vci_grade_test(r, n, k->a, k->b);
    ck_assert_int_eq(vci_grade_limit(r, n, 0), (int64_t)k->k);
    CHECK_CLOSE(errors.alpha, k->first, EXACT, 0);
    CHECK_CLOSE(errors.beta, k->second, EXACT, 0);
}

static void check_sex_ratio(const known *k) {
    vci_grade_rule r = sex_rule(107, 1);
    check_errors(&r, (int64_t)k->n, k);
}

static void check_share(const known *k) {
    vci_grade_rule r = rule(VC_AT_LEAST, 90, -1);
    r.trials = true;
    r.scale = 100;
    check_errors(&r, (int64_t)k->n, k);
}

static void check_rate(const known *k) {
    vci_grade_rule r = rule(VC_AT_MOST, 13, 2);
    r.each = (vc_fraction){1000, (int64_t)k->n};
    check_errors(&r, 0, k);
}

START_TEST(errors_are_those_of_r) {
    each("sex_ratio", check_sex_ratio);
    each("share", check_share);
    each("rate", check_rate);
}
END_TEST

static void check_male_record(const known *k) {
    int64_t m = (int64_t)k->n, n = (int64_t)k->k;
    CHECK_CLOSE(vci_grade_p_binomial(m, n, k->a), k->b, EXACT, 0);
    /* Ten digits are what GSL's incomplete beta has at 20,000 births. */
    CHECK_CLOSE(vci_grade_beyond_binomial(m, n, k->a, true), k->first, 1e-10, 0);
    CHECK_CLOSE(vci_grade_beyond_binomial(m, n, k->a, false), 1 - k->first, 0, 1e-10);
}

static void check_event_record(const known *k) {
    int64_t x = (int64_t)k->n;
    CHECK_CLOSE(vci_grade_p_poisson(x, k->a), k->b, EXACT, 0);
    CHECK_CLOSE(vci_grade_beyond_poisson(x, k->a, true), k->first, EXACT, 0);
    CHECK_CLOSE(vci_grade_beyond_poisson(x, k->a, false), 1 - k->first, 0, EXACT);
}

START_TEST(records_are_those_of_r) {
    each("male_record", check_male_record);
    each("event_record", check_event_record);
}
END_TEST

/* Rows of the printed table: births; true 105.5, 112 and 120. Compared exactly: no digits.
 */
static const struct {
    int births;
    const char *printed[3];
} TABLE[] = {{50, {"0.48", "0.40", "0.31"}},   {200, {"0.55", "0.38", "0.21"}},
             {436, {"0.56", "0.32", "0.12"}},  {1000, {"0.58", "0.23", "0.03"}},
             {5000, {"0.69", "0.05", "0.00"}}, {20000, {"0.84", "0.00", "0.00"}}};

START_TEST(chances_of_an_observed_ratio_of_107_are_those_of_the_table) {
    static const double ratios[] = {105.5, 112, 120};
    vci_grade_rule r = sex_rule(107, -1);
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
        for (int j = 0; j < 3; j++) {
            char text[16];
            double p = ratios[j] / (100 + ratios[j]);
            snprintf(text, sizeof text, "%.2f",
                     vci_grade_test(&r, TABLE[i].births, 0.5, p).beta);
            ck_assert_str_eq(text, TABLE[i].printed[j]);
        }
}
END_TEST

static void check_table(const known *k) {
    vci_grade_rule r = sex_rule(107, -1);
    CHECK_CLOSE(vci_grade_test(&r, (int64_t)k->n, 0.5, k->a).beta, k->first, EXACT, 0);
}

START_TEST(and_those_of_r) { each("table", check_table); }
END_TEST

static void check_needed_ratio(const known *k) {
    vci_grade_rule r = sex_rule(107, 1);
    CHECK_CLOSE(vci_grade_needed(&r, k->a, k->b), k->first, 0, 0);
}

static void check_needed_share(const known *k) {
    vci_grade_rule r = rule(VC_AT_LEAST, 90, -1);
    r.trials = true;
    r.scale = 100;
    CHECK_CLOSE(vci_grade_needed(&r, k->a, k->b), k->first, 0, 0);
}

/* Whatever the bound: without rounding only the margin counts. */
static void check_needed_events(const known *k) {
    vci_grade_rule one = rule(VC_AT_MOST, 1, -1), thirteen = rule(VC_AT_MOST, 13, -1);
    CHECK_CLOSE(vci_grade_needed(&one, k->a, k->b), k->first, 0, 0);
    CHECK_CLOSE(vci_grade_needed(&thirteen, k->a, k->b), k->first, 0, 0);
}

START_TEST(the_size_that_decides_is_that_of_a_search_of_all) {
    each("needed_ratio", check_needed_ratio);
    each("needed_share", check_needed_share);
    each("needed_events", check_needed_events);
}
END_TEST

START_TEST(a_bound_outside_of_normal_and_off_is_decided_by_no_size) {
    vci_grade_rule r = sex_rule(120, 1), low = sex_rule(104, 1);
    ck_assert(isnan(vci_grade_needed(&r, 106. / 206, 115. / 215)));
    ck_assert(isnan(vci_grade_needed(&low, 106. / 206, 115. / 215)));
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(errors_are_those_of_r),
        VCT(records_are_those_of_r),
        VCT(chances_of_an_observed_ratio_of_107_are_those_of_the_table),
        VCT(and_those_of_r),
        VCT(the_size_that_decides_is_that_of_a_search_of_all),
        VCT(a_bound_outside_of_normal_and_off_is_decided_by_no_size)};
    return vct_run("known/grade", tests, VCT_COUNT(tests));
}
