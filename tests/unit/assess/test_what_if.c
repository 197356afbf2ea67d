/*
 * Runs under a scenario against the same runs without: the same bits where nothing is
 * changed, never the wrong way, by as much as declared; the boundary of vital events; goals
 * against brute force.
 */
#include "vitalcast/what_if.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/services.h"
#include "support/small_run.h"
#include "vitalcast/boundary.h"
#include "vitalcast/store.h"

#define AUGUST (2020 * 12 + 7)
#define DECEMBER (2020 * 12 + 11)

/* --- runs ------------------------------------------------------------------------------
 */

/* Models with next to nothing to be found out, so that a fit takes no time. */
static void write_models(void) {
    static const char *const models[][2] = {
        {"quota.yaml", "name: q\nfamily: poisson\nexposure: quota\nlevel: {mean: auto, sd: "
                       "1}\n"},
        {"stock_ratio.yaml", "name: s\nfamily: logit_normal\nlevel: {mean: auto, sd: 2}\n"
                             "units: {leaf: {level: {half_normal: 1}}}\n"
                             "dispersion: {fixed: 0.15}\n"},
        {"survey.yaml", "name: v\nfamily: binomial\nlevel: {mean: auto, sd: 1}\n"},
        {"compliance.yaml", "name: c\nfamily: binomial\nlevel: {mean: auto, sd: 1}\n"},
        {"value.yaml", "name: w\nfamily: normal\nlevel: {mean: auto, sd: 1}\n"
                       "dispersion: {fixed: 0.1}\n"},
        {"migration.yaml", "name: m\nfamily: poisson\nexposure: population\n"
                           "level: {mean: auto, sd: 1}\n"}};
    char dir[512];
    snprintf(dir, sizeof dir, "%s/models", vct_scratch());
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        vct_write_file(dir, models[i][0], models[i][1]);
}

/* Services of all kinds, and a plain value of every unit. */
static void change(vc_panel *panel, vc_targets *targets) {
    size_t n = 3 * VCT_SERVICE_MONTHS;
    write_models();
    vct_services_add(panel, targets);
    targets->list[2].direction = VC_AT_LEAST; /* checkups, 15 a month of 180 */
    targets->list[2].value.value.num = 105;
    targets->list[3].direction = VC_AT_LEAST; /* entry */
    targets->list[4].value.value.num = 80;    /* satisfied, at most */
    targets->list[7] = vct_target_at_most("index", "index", 9);
    targets->n = 8;
    panel->values = vci_alloc(1, sizeof *panel->values);
    panel->values[0].indicator = vci_text_copy("index", 5);
    panel->values[0].value = vci_alloc(n, sizeof(double));
    for (size_t i = 0; i < n; i++) panel->values[0].value[i] = 7 + 0.1 * (double)(i % 5);
    panel->n_values = 1;
}

/* One run, stored; every copy is loaded. */
typedef struct stored {
    char dir[512], id[VC_RUN_ID];
} stored;

static stored make_run(void) {
    static const vct_small small = {
        .months = VCT_SERVICE_MONTHS, .draws = 640, .change = change};
    stored s;
    vc_run run;
    bool already;
    vct_small_run(&small, &run);
    snprintf(s.dir, sizeof s.dir, "%s/runs", vct_scratch());
    ck_assert_int_eq(vc_store_save(s.dir, &run, 1, 0, &already), VC_OK);
    snprintf(s.id, sizeof s.id, "%s", run.id);
    vc_run_free(&run);
    return s;
}

static void load(const stored *s, vc_run *run) {
    ck_assert_int_eq(vc_store_load(s->dir, s->id, run), VC_OK);
}

static void suppose(vc_scenario *scenario, const char *indicator, size_t unit,
                    vc_period first, vc_period last, vc_effect_kind kind, double amount) {
    scenario->effects =
        vci_realloc(scenario->effects, scenario->n + 1, sizeof *scenario->effects);
    if (!scenario->name) scenario->name = vci_text_copy("若", strlen("若"));
    scenario->effects[scenario->n++] =
        (vc_effect){.indicator = vci_text_copy(indicator, strlen(indicator)),
                    .unit = unit,
                    .first = first,
                    .last = last,
                    .kind = kind,
                    .amount = amount};
}

static void what_if(const stored *s, vc_scenario *scenario, unsigned threads, vc_run *run) {
    load(s, run);
    ck_assert_int_eq(vc_run_what_if(run, scenario, threads, NULL), VC_OK);
    ck_assert_str_eq(run->scenario.base, s->id);
    ck_assert(!*run->id && !run->file && scenario->n == 0);
}

static size_t find(const vc_run *run, const char *target, size_t unit) {
    for (size_t r = 0; r < run->n_results; r++)
        if (!strcmp(run->targets.list[run->results[r].target].id, target) &&
            run->results[r].unit == unit)
            return r;
    ck_abort_msg("no result of target %s, unit %zu", target, unit);
    return 0;
}

/* --- what is the same ------------------------------------------------------------------
 */

static void same_results(const vc_run *a, const vc_run *b) {
    ck_assert_uint_eq(a->n_results, b->n_results);
    for (size_t r = 0; r < a->n_results; r++) {
        const vc_result *x = &a->results[r], *y = &b->results[r];
        ck_assert_mem_eq(&x->p_met, &y->p_met, sizeof x->p_met);
        ck_assert_mem_eq(&x->monte_carlo_se, &y->monte_carlo_se, sizeof x->p_met);
        ck_assert_mem_eq(x->quantile, y->quantile, sizeof x->quantile);
        ck_assert_uint_eq(x->path_n, y->path_n);
        if (x->path_n)
            ck_assert_mem_eq(x->path, y->path, x->path_n * VC_QUANTILES * sizeof *x->path);
    }
}

static void same_kept(const vc_run *a, const vc_run *b) {
    const vc_kept *x = &a->kept, *y = &b->kept;
    size_t cells = x->n_draws * a->panel.tree.n * x->n_periods;
    ck_assert(x->n_draws == y->n_draws && x->n_periods == y->n_periods);
    for (int e = 0; e < VC_EVENTS; e++)
        if (x->count[e])
            ck_assert_mem_eq(x->count[e], y->count[e], cells * sizeof *x->count[e]);
    for (size_t i = 0; i < x->n_values; i++)
        ck_assert_mem_eq(x->value[i], y->value[i], cells * sizeof **x->value);
    for (size_t i = 0; i < x->n_progress; i++)
        ck_assert_mem_eq(x->progress[i], y->progress[i], cells * sizeof **x->progress);
}

/* Everything is named, and nothing changed. */
static vc_scenario neutral(void) {
    static const char *const all[] = {"births",   "death_rate", "sex_ratio_at_birth",
                                      "arrivals", "departures", "policy_compliance_rate",
                                      "checkups", "entry",      "satisfied",
                                      "index"};
    vc_scenario s = {0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        suppose(&s, all[i], 0, AUGUST, DECEMBER, VC_EFFECT_TIMES, 1);
    return s;
}

START_TEST(a_neutral_scenario_changes_no_bit) {
    stored s = make_run();
    vc_run base, other;
    vc_scenario scenario = neutral();
    load(&s, &base);
    what_if(&s, &scenario, 2, &other);
    same_results(&base, &other);
    same_kept(&base, &other);
    vc_run_free(&base);
    vc_run_free(&other);
}
END_TEST

static vc_scenario plenty(void) {
    vc_scenario s = {0};
    suppose(&s, "birth_rate", 0, AUGUST, DECEMBER, VC_EFFECT_TIMES, 1.2);
    suppose(&s, "deaths", 0, AUGUST, DECEMBER, VC_EFFECT_TIMES, 0.7);
    suppose(&s, "checkups", 0, AUGUST, DECEMBER, VC_EFFECT_ADD, 2);
    suppose(&s, "entry", 1, AUGUST + 1, AUGUST + 2, VC_EFFECT_ADD, -5);
    suppose(&s, "satisfied", 0, AUGUST, DECEMBER, VC_EFFECT_ADD, 6);
    suppose(&s, "index", 0, AUGUST, DECEMBER, VC_EFFECT_TIMES, 2);
    return s;
}

START_TEST(threads_and_replay_give_the_same_draws) {
    stored s = make_run();
    vc_run one, two, back;
    bool already;
    vc_scenario scenario = plenty(), again = plenty();
    what_if(&s, &scenario, 1, &one);
    what_if(&s, &again, 2, &two);
    same_results(&one, &two);
    same_kept(&one, &two);
    /* Stored and loaded it still is the scenario: its figures come out again. */
    ck_assert_int_eq(vc_store_save(s.dir, &one, 1, 0, &already), VC_OK);
    ck_assert_str_ne(one.id, s.id);
    ck_assert_int_eq(vc_store_load(s.dir, one.id, &back), VC_OK);
    size_t r = find(&back, "births", 0);
    double figure[640];
    ck_assert_int_eq(vc_run_year_ends(&back, 1, &r, 640, 2, figure), VC_OK);
    size_t met = 0;
    for (size_t d = 0; d < 640; d++) met += figure[d] <= 220;
    ck_assert_double_eq(back.results[r].p_met, (double)met / 640);
    vc_run_free(&one);
    vc_run_free(&two);
    vc_run_free(&back);
}
END_TEST

/* --- what is changed -------------------------------------------------------------------
 */

typedef struct place {
    size_t draw, unit, period;
} place;

static size_t at(const vc_kept *k, size_t n_units, place p) {
    return (p.draw * n_units + p.unit) * k->n_periods + p.period;
}

/* Cases done of a kept share. */
static double cases(const vc_run *run, size_t series, place p, double whole) {
    return round((double)run->kept.progress[series][at(&run->kept, 3, p)] / 100 * whole);
}

START_TEST(draws_never_move_the_wrong_way) {
    stored s = make_run();
    vc_run base, other;
    vc_scenario scenario = plenty();
    static const double whole[3] = {180, 130, 50};
    double births[2] = {0, 0}, deaths[2] = {0, 0};
    load(&s, &base);
    what_if(&s, &scenario, 0, &other);
    const vc_kept *x = &base.kept, *y = &other.kept;
    ck_assert_int_eq(x->first, AUGUST);
    for (place p = {0, 0, 0}; p.draw < x->n_draws; p.draw++)
        for (p.unit = 0; p.unit < 3; p.unit++)
            for (p.period = 0; p.period < 5; p.period++) {
                size_t i = at(x, 3, p);
                bool named = p.unit == 1 && (p.period == 1 || p.period == 2);
                ck_assert_int_ge(y->count[VC_BIRTHS][i], x->count[VC_BIRTHS][i]);
                ck_assert_int_ge(y->count[VC_BIRTHS_MALE][i], x->count[VC_BIRTHS_MALE][i]);
                ck_assert_int_le(y->count[VC_DEATHS][i], x->count[VC_DEATHS][i]);
                ck_assert_int_eq(y->count[VC_ARRIVALS][i], x->count[VC_ARRIVALS][i]);
                ck_assert_int_eq(y->population[i], x->population[i]);
                births[0] += x->count[VC_BIRTHS][i];
                births[1] += y->count[VC_BIRTHS][i];
                deaths[0] += x->count[VC_DEATHS][i];
                deaths[1] += y->count[VC_DEATHS][i];
                /* 2 % of 130 and of 50: 3 and 1 cases in each period, to the case. */
                double more = p.unit == 0 ? 4 : p.unit == 1 ? 3 : 1;
                ck_assert_double_eq(cases(&other, VCT_QUOTA, p, whole[p.unit]),
                                    cases(&base, VCT_QUOTA, p, whole[p.unit]) +
                                        more * (double)(p.period + 1));
                if (p.unit == 1)
                    CHECK_CLOSE(y->progress[VCT_STOCK][i],
                                x->progress[VCT_STOCK][i] - (named ? 5 : 0), 0, 1.0001);
                if (p.unit == 2 || (p.unit == 1 && !named))
                    ck_assert(y->progress[VCT_STOCK][i] == x->progress[VCT_STOCK][i]);
                if (p.unit != 2)
                    ck_assert(y->progress[VCT_SURVEY][i] >= x->progress[VCT_SURVEY][i]);
                CHECK_CLOSE(y->value[0][i], 2 * (double)x->value[0][i], 1e-6, 0);
            }
    /*
     * Sums over 50 draws of county and townships: some 2 * 50 * 5 * 22 births, of which
     * 1.2 times as many; standard error of the difference below 4 * sqrt(0.2 * 5500).
     */
    CHECK_CLOSE(births[1] / births[0], 1.2, 0, 0.03);
    CHECK_CLOSE(deaths[1] / deaths[0], 0.7, 0, 0.06);
    vc_run_free(&base);
    vc_run_free(&other);
}
END_TEST

/* A lower ratio has fewer boys and more girls in each draw, and as many births in mean. */
START_TEST(sex_ratio_and_compliance_move_as_supposed) {
    stored s = make_run();
    vc_run base, other;
    vc_scenario scenario = {0};
    double boys[2] = {0, 0}, girls[2] = {0, 0};
    suppose(&scenario, "sex_ratio_at_birth", 0, AUGUST, DECEMBER, VC_EFFECT_TIMES, 0.5);
    suppose(&scenario, "policy_compliance_rate", 0, AUGUST, DECEMBER, VC_EFFECT_ADD, -100);
    load(&s, &base);
    what_if(&s, &scenario, 0, &other);
    size_t cells = base.kept.n_draws * 3 * base.kept.n_periods;
    for (size_t i = 0; i < cells; i++) {
        int32_t m[] = {base.kept.count[VC_BIRTHS_MALE][i],
                       other.kept.count[VC_BIRTHS_MALE][i]};
        int32_t f[] = {base.kept.count[VC_BIRTHS_FEMALE][i],
                       other.kept.count[VC_BIRTHS_FEMALE][i]};
        ck_assert(m[1] <= m[0] && f[1] >= f[0]);
        ck_assert_int_eq(other.kept.count[VC_BIRTHS_COMPLIANT][i], 0);
        for (int k = 0; k < 2; k++) {
            boys[k] += m[k];
            girls[k] += f[k];
        }
    }
    CHECK_CLOSE(boys[1] / girls[1] / (boys[0] / girls[0]), 0.5, 0, 0.04);
    CHECK_CLOSE((boys[1] + girls[1]) / (boys[0] + girls[0]), 1, 0, 0.03);
    size_t r = find(&base, "srb", 0);
    ck_assert_double_gt(other.results[r].p_met, base.results[r].p_met);
    ck_assert(vc_scenario_concerns(&other, r));
    ck_assert(!vc_scenario_concerns(&other, find(&base, "entry", 1)));
    vc_run_free(&base);
    vc_run_free(&other);
}
END_TEST

/* --- what is refused -------------------------------------------------------------------
 */

static vc_status try(const stored *s, const char *indicator, size_t unit, vc_period first,
                     double amount) {
    vc_run run;
    vc_scenario scenario = {0};
    suppose(&scenario, indicator, unit, first, DECEMBER, VC_EFFECT_TIMES, amount);
    load(s, &run);
    vc_status st = vc_run_what_if(&run, &scenario, 0, NULL);
    vc_run_free(&run);
    return st;
}

/* DESIGN.md section 7, boundary 2, whoever calls: only services below the top unit. */
START_TEST(vital_events_below_the_top_are_refused) {
    static const char *const vital[] = {
        "births",     "birth_rate",         "deaths",
        "death_rate", "arrivals",           "departures",
        "index",      "sex_ratio_at_birth", "policy_compliance_rate"};
    stored s = make_run();
    for (size_t i = 0; i < sizeof vital / sizeof *vital; i++)
        for (size_t u = 1; u < 3; u++)
            ck_assert_int_eq(try(&s, vital[i], u, AUGUST, 1.1), VC_BAD_ARGUMENT);
    ck_assert_int_eq(try(&s, "births", 0, AUGUST, 1.1), VC_OK);
    ck_assert_int_eq(try(&s, "entry", 2, AUGUST, 1.1), VC_OK);
    ck_assert_int_eq(try(&s, "net_migration_rate", 0, AUGUST, 1.1), VC_BAD_ARGUMENT);
    ck_assert_int_eq(try(&s, "entry", 0, AUGUST - 1, 1.1), VC_BAD_ARGUMENT); /* data */
    ck_assert_int_eq(try(&s, "entry", 0, AUGUST, -0.1), VC_BAD_ARGUMENT);
    ck_assert_int_eq(try(&s, "entry", 0, AUGUST, (double)NAN), VC_BAD_ARGUMENT);
    ck_assert_int_eq(try(&s, "nothing", 0, AUGUST, 1.1), VC_BAD_ARGUMENT);
}
END_TEST

START_TEST(scenarios_do_not_pile_up) {
    stored s = make_run();
    vc_run run;
    vc_scenario first = plenty(), second = plenty(), twice = plenty();
    what_if(&s, &first, 0, &run);
    ck_assert_int_eq(vc_run_what_if(&run, &second, 0, NULL), VC_BAD_ARGUMENT);
    vc_run_free(&run);
    suppose(&twice, "entry", 0, AUGUST + 2, AUGUST + 3, VC_EFFECT_ADD, 1);
    load(&s, &run);
    ck_assert_int_eq(vc_run_what_if(&run, &twice, 0, NULL), VC_BAD_ARGUMENT);
    vc_run_free(&run);
}
END_TEST

/* --- goals -----------------------------------------------------------------------------
 */

/* P(met) under a scenario with so many points: the long way. */
static double p_with(const stored *s, const vc_goal *goal, double points) {
    vc_run run;
    vc_scenario scenario = {0};
    suppose(&scenario, goal->effect.indicator, goal->effect.unit, AUGUST, DECEMBER,
            VC_EFFECT_ADD, points);
    what_if(s, &scenario, 0, &run);
    double p = run.results[goal->result].p_met;
    vc_run_free(&run);
    return p;
}

/*
 * A grid of odd points and the hundredths around the goal: P(met) is reached there, and
 * nowhere before.
 */
static void check_goal(const stored *s, const char *target, size_t unit,
                       double probability) {
    vc_run run;
    vc_goal goal;
    load(s, &run);
    size_t r = find(&run, target, unit);
    ck_assert_int_eq(vc_goal_seek(&run, r, probability, 0, &goal), VC_OK);
    double sign = goal.effect.amount < 0 ? -1 : 1, size = fabs(goal.effect.amount);
    ck_assert_int_eq(goal.state, VC_GOAL_FOUND);
    ck_assert_double_lt(goal.p_expected, probability);
    ck_assert_double_ge(goal.p_met, probability);
    ck_assert_double_eq(p_with(s, &goal, goal.effect.amount), goal.p_met);
    for (double points = 1; points < size; points += 2)
        ck_assert_double_lt(p_with(s, &goal, sign * points), probability);
    for (int k = 1; k <= 4 && size - k * VC_GOAL_STEP > 0; k++)
        ck_assert_double_lt(p_with(s, &goal, sign * (size - k * VC_GOAL_STEP)),
                            probability);
    for (int k = 1; k <= 2; k++)
        ck_assert_double_ge(p_with(s, &goal, sign * (size + k)), probability);
    vc_run_free(&run);
}

START_TEST(goals_agree_with_brute_force) {
    stored s = make_run();
    check_goal(&s, "entry", 1, 0.8);
    check_goal(&s, "entry", 1, 0.5);
    check_goal(&s, "checkups", 1, 0.8);
    check_goal(&s, "checkups", 0, 0.95);
    check_goal(&s, "satisfied", 0, 0.8); /* at most: downwards */
}
END_TEST

typedef struct ends {
    size_t n;
    int64_t numerator[640];
} ends;

static vc_status take_ends(void *context, const vc_draws *b) {
    ends *e = context;
    const int64_t *row =
        b->numerator[VCT_QUOTA] + ((b->n_periods - 1) * 3 + 1) * b->n_draws;
    for (size_t d = 0; d < b->n_draws; d++) e->numerator[e->n++] = row[d];
    return VC_OK;
}

/*
 * From the draws of the run itself, in whole cases: so many more in each of five periods,
 * 105.0 % of 130 as published from 136.435 on (halves upwards).
 */
START_TEST(quota_goals_are_those_of_whole_cases) {
    stored s = make_run();
    vc_run run;
    vc_goal goal;
    ends e = {0};
    load(&s, &run);
    ck_assert_int_eq(vc_run_replay(&run, 0, 640, 2, take_ends, &e), VC_OK);
    size_t r = find(&run, "checkups", 1), met = 0;
    int64_t more = -1;
    while (met < 512) {
        more++;
        met = 0;
        for (size_t d = 0; d < 640; d++) met += e.numerator[d] + 5 * more >= 137;
    }
    ck_assert_int_eq(vc_goal_seek(&run, r, 0.8, 0, &goal), VC_OK);
    ck_assert_int_eq((int64_t)round(goal.effect.amount / 100 * 130), more);
    ck_assert_int_lt((int64_t)round((goal.effect.amount - VC_GOAL_STEP) / 100 * 130), more);
    CHECK_CLOSE(goal.p_met, (double)met / 640, 1e-15, 0);
    CHECK_CLOSE(goal.records, goal.effect.amount / 100 * 130, 1e-12, 0);
    vc_run_free(&run);
}
END_TEST

START_TEST(goals_that_are_met_or_out_of_reach) {
    stored s = make_run();
    vc_run run;
    vc_goal goal;
    load(&s, &run);
    size_t full = find(&run, "entry", 2); /* 40 of 40 */
    ck_assert_int_eq(vc_goal_seek(&run, full, 0.8, 0, &goal), VC_OK);
    ck_assert_int_eq(goal.state, VC_GOAL_ALREADY);
    ck_assert(goal.effect.amount == 0 && goal.p_met == run.results[full].p_met);
    size_t r = find(&run, "entry", 1);
    run.targets.list[run.results[r].target].value.value.num = 101;
    ck_assert_int_eq(vc_goal_seek(&run, r, 0.8, 0, &goal), VC_OK);
    ck_assert_int_eq(goal.state, VC_GOAL_OUT_OF_REACH);
    ck_assert(isnan(goal.effect.amount) && isnan(goal.p_met));
    vc_run_free(&run);
}
END_TEST

/* Boundary 2: no goal of a vital event, at the top unit neither; nor of plain values. */
START_TEST(vital_events_have_no_goal) {
    static const char *const vital[] = {"births", "srb", "policy", "migration", "index"};
    stored s = make_run();
    vc_run run;
    vc_goal goal;
    load(&s, &run);
    for (size_t i = 0; i < sizeof vital / sizeof *vital; i++)
        for (size_t u = 0; u < 3; u++) {
            size_t r = find(&run, vital[i], u);
            ck_assert_int_eq(vc_goal_open(&run, r), VC_GOAL_BOUNDARY);
            ck_assert_int_eq(vc_goal_seek(&run, r, 0.8, 0, &goal), VC_BAD_ARGUMENT);
        }
    size_t r = find(&run, "entry", 1);
    run.targets.list[run.results[r].target].direction = VC_BETWEEN;
    ck_assert_int_eq(vc_goal_open(&run, r), VC_GOAL_TWO_ENDS);
    r = find(&run, "checkups", 1);
    run.results[r].path_n = 0;
    ck_assert_int_eq(vc_goal_open(&run, r), VC_GOAL_OVER);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_neutral_scenario_changes_no_bit),
                                     VCT(threads_and_replay_give_the_same_draws),
                                     VCT(draws_never_move_the_wrong_way),
                                     VCT(sex_ratio_and_compliance_move_as_supposed),
                                     VCT(vital_events_below_the_top_are_refused),
                                     VCT(scenarios_do_not_pile_up),
                                     VCT(goals_agree_with_brute_force),
                                     VCT(quota_goals_are_those_of_whole_cases),
                                     VCT(goals_that_are_met_or_out_of_reach),
                                     VCT(vital_events_have_no_goal)};
    return vct_run("assess/what_if", tests, VCT_COUNT(tests));
}
