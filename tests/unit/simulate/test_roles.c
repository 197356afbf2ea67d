/*
 * Draws of what is a share of births, of migration, of services and records: what was
 * observed stays, parts stay within wholes, sums add up.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/harness.h"
#include "support/services.h"
#include "support/small_run.h"

#define MONTHS VCT_SERVICE_MONTHS

enum { QUOTA = VCT_QUOTA, STOCK = VCT_STOCK, SURVEY = VCT_SURVEY };

typedef struct seen {
    size_t n;
    double done[3]; /* mean of the quota's numerator at the year's end, by unit */
} seen;

static void check_quota(const vc_draws *b, seen *s) {
    for (size_t d = 0; d < b->n_draws; d++) {
        int64_t before[3] = {15 * 7, 10 * 7, 5 * 7};
        for (size_t p = 0; p < b->n_periods; p++) {
            int64_t now[3];
            for (size_t u = 0; u < 3; u++) {
                now[u] = b->numerator[QUOTA][(p * 3 + u) * b->n_draws + d];
                ck_assert_int_ge(now[u], before[u]);
                before[u] = now[u];
            }
            ck_assert_int_eq(now[0], now[1] + now[2]);
        }
        for (size_t u = 0; u < 3; u++) s->done[u] += (double)before[u];
    }
    ck_assert_int_eq(b->denominator[QUOTA][0], 180);
}

static void check_within(const vc_draws *b) {
    for (size_t p = 0; p < b->n_periods; p++)
        for (size_t u = 0; u < 3; u++)
            for (size_t d = 0; d < b->n_draws; d++) {
                size_t at = (p * 3 + u) * b->n_draws + d;
                for (size_t i = STOCK; i <= SURVEY; i++) {
                    ck_assert_int_ge(b->numerator[i][at], 0);
                    ck_assert_int_le(b->numerator[i][at], b->denominator[i][p * 3 + u]);
                }
                ck_assert_int_ge(b->count[VC_BIRTHS_COMPLIANT][at], 0);
                ck_assert_int_le(b->count[VC_BIRTHS_COMPLIANT][at],
                                 b->count[VC_BIRTHS][at]);
            }
}

static vc_status check_block(void *context, const vc_draws *b) {
    seen *s = context;
    s->n += b->n_draws;
    check_quota(b, s);
    check_within(b);
    /* Township 2 has no survey of its own; the county's asks 200, the townships' 50. */
    ck_assert_int_eq(b->denominator[SURVEY][0], 200);
    ck_assert_int_eq(b->denominator[SURVEY][1], 50);
    ck_assert_int_eq(b->denominator[SURVEY][2], 0);
    ck_assert_int_eq(b->denominator[STOCK][0], 140);
    for (size_t d = 0; d < b->n_draws; d++)
        for (size_t p = 0; p < b->n_periods; p++)
            for (int e = 0; e < VC_EVENTS; e++) {
                const int64_t *row = b->count[e] + p * 3 * b->n_draws + d;
                ck_assert_int_eq(row[0], row[b->n_draws] + row[2 * b->n_draws]);
            }
    return VC_OK;
}

static const vc_result *find(const vc_run *run, const char *target, size_t unit) {
    for (size_t i = 0; i < run->n_results; i++)
        if (!strcmp(run->targets.list[run->results[i].target].id, target) &&
            run->results[i].unit == unit)
            return &run->results[i];
    ck_abort_msg("no result of target %s, unit %zu", target, unit);
    return NULL;
}

static void make_run(vc_run *run) {
    static const vct_small small = {
        .months = MONTHS, .draws = 640, .change = vct_services_add};
    vct_small_run(&small, run);
}

/* 10 a month for 19 months: the year's sum is 120 give or take the noise of five months. */
START_TEST(parts_stay_within_wholes_and_add_up) {
    vc_run run;
    seen s = {0};
    make_run(&run);
    ck_assert_int_eq(vc_run_replay(&run, 0, run.n_draws, 2, check_block, &s), VC_OK);
    ck_assert_uint_eq(s.n, 640);
    CHECK_CLOSE(s.done[1] / 640, 120, 0.04, 0);
    CHECK_CLOSE(s.done[2] / 640, 60, 0.04, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(answers_carry_their_method) {
    vc_run run;
    make_run(&run);
    const vc_result *stock = find(&run, "entry", 2);
    ck_assert_int_eq(stock->method, VC_METHOD_SHORT);
    ck_assert_uint_eq(stock->history, MONTHS);
    CHECK_CLOSE(stock->to_date, 100, 0, 0);
    ck_assert_double_gt(stock->quantile[VC_MEDIAN], 99); /* full it was and full it stays */
    const vc_result *survey = find(&run, "satisfied", 1);
    ck_assert_int_eq(survey->method, VC_METHOD_BRIEF);
    ck_assert_uint_eq(survey->history, 7);
    ck_assert_double_lt(survey->quantile[VC_Q10], 90);
    ck_assert_double_gt(survey->quantile[VC_Q90], 90);
    const vc_result *policy = find(&run, "policy", 1);
    CHECK_CLOSE(policy->to_date, 100.0 * 18 / 19, 1e-12, 0);
    CHECK_CLOSE(policy->quantile[VC_MEDIAN], 100.0 * 18 / 19, 0.02, 0);
    const vc_result *migration = find(&run, "migration", 0);
    ck_assert(migration->p_met > 0.9 && migration->p_met <= 1);
    ck_assert(!migration->validated);
    vc_run_free(&run);
}
END_TEST

/* A series more or less changes no draw of anything else. */
START_TEST(series_do_not_disturb_each_other) {
    vc_run with, without;
    static const vct_small plain = {.months = MONTHS, .draws = 640};
    make_run(&with);
    vct_small_run(&plain, &without);
    size_t cells = with.kept.n_draws * 3 * with.kept.n_periods;
    ck_assert_mem_eq(with.kept.count[VC_BIRTHS], without.kept.count[VC_BIRTHS],
                     cells * sizeof(int32_t));
    ck_assert_mem_eq(with.kept.count[VC_DEATHS], without.kept.count[VC_DEATHS],
                     cells * sizeof(int32_t));
    vc_run_free(&with);
    vc_run_free(&without);
}
END_TEST

/* Township 1 is at 70 of 130 in July and does 10 a month: half of 130 is passed already. */
static void add_capped(vc_panel *panel, vc_targets *targets) {
    char models[512];
    snprintf(models, sizeof models, "%s/models", vct_scratch());
    vct_write_file(models, "quota.yaml",
                   "name: capped\nfamily: poisson\nexposure: quota\ncap: 0.9\n"
                   "level: {mean: auto, sd: 1}\n");
    vct_services_add(panel, targets);
}

static vc_status check_cap(void *context, const vc_draws *b) {
    size_t *n_full = context;
    const int64_t *one = b->numerator[QUOTA] + ((b->n_periods - 1) * 3 + 1) * b->n_draws;
    for (size_t d = 0; d < b->n_draws; d++) {
        ck_assert_int_le(one[d], 117); /* 0.9 of 130 */
        *n_full += one[d] == 117;
    }
    return VC_OK;
}

/*
 * One rate for both: 285 done in 19 months of 15 by schedule, so township 1 does 130 / 12 a
 * month; five months of it are negative binomial with mean 54.2 and variance 54.2 + 54.2^2
 * / 285, at least 47 with probability 0.83. Tolerance: 5 standard errors.
 */
START_TEST(work_stops_at_the_cap) {
    static const vct_small small = {.months = MONTHS, .draws = 640, .change = add_capped};
    vc_run run;
    size_t n_full = 0;
    vct_small_run(&small, &run);
    ck_assert_int_eq(vc_run_replay(&run, 0, run.n_draws, 2, check_cap, &n_full), VC_OK);
    CHECK_CLOSE((double)n_full / 640, 0.83, 0, 0.074);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(parts_stay_within_wholes_and_add_up), VCT(answers_carry_their_method),
        VCT(series_do_not_disturb_each_other), VCT(work_stops_at_the_cap)};
    return vct_run("simulate/roles", tests, VCT_COUNT(tests));
}
