/*
 * Goals of services and records: against every numerator tried one after the other, with
 * rounding of its own; plans that add up; nothing of the kind for vital events.
 */
#include "vitalcast/task.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/declared.h"
#include "support/harness.h"
#include "support/listed_run.h"
#include "vitalcast/boundary.h"

static int64_t power(int decimals) {
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) scale *= 10;
    return scale;
}

/* Sign of the published percentage of n in whole less the bound; halves upwards. */
static int side(int64_t n, int64_t whole, int decimals, vc_fraction bound) {
    if (decimals < 0) {
        int64_t left = 100 * n * bound.den, right = bound.num * whole;
        return (left > right) - (left < right);
    }
    int64_t published = (2 * 100 * n * power(decimals) + whole) / (2 * whole);
    int64_t left = published * bound.den, right = bound.num * power(decimals);
    return (left > right) - (left < right);
}

static void find_one(vc_run *run, vc_tasks *tasks) {
    ck_assert_int_eq(vc_tasks_find(run, tasks), VC_OK);
    ck_assert_uint_eq(tasks->n, 1);
}

static int64_t plan_sum(const vc_task *task) {
    int64_t sum = 0;
    for (size_t i = 0; i < task->n; i++) sum += task->plan[i];
    return sum;
}

/* Every numerator up to twice the whole; -1: none. */
static int64_t brute_force(vc_direction direction, int64_t whole, int decimals,
                           vc_fraction bound) {
    int64_t best = -1;
    for (int64_t n = 0; n <= 2 * whole; n++) {
        int s = side(n, whole, decimals, bound);
        if (direction == VC_AT_LEAST && s >= 0) return n;
        if (direction == VC_AT_MOST && s <= 0) best = n;
    }
    return best;
}

START_TEST(goals_agree_with_brute_force) {
    srand(20130731);
    for (int i = 0; i < 400; i++) {
        vc_run run;
        vc_tasks tasks;
        int64_t whole = 1 + rand() % 3000, done = rand() % (whole + 1);
        int decimals = rand() % 4 - 1;
        vc_fraction bound = {rand() % 12001, 100}; /* 0 to 120 % */
        vc_direction direction = rand() % 2 ? VC_AT_LEAST : VC_AT_MOST;
        vct_listed_run(&run);
        vct_listed_progress(&run, "孕检完成率", VC_QUOTA, (double)done, (double)whole);
        vct_listed_result(&run, "孕检完成率", direction, bound, 1,
                          100.0 * (double)done / (double)whole, 0.5)
            ->decimals = decimals;
        find_one(&run, &tasks);
        const vc_task *task = &tasks.list[0];
        int64_t want = brute_force(direction, whole, decimals, bound);
        ck_assert_msg(task->counted && task->goal == want,
                      "case %d: %lld of %lld instead of %lld", i, (long long)task->goal,
                      (long long)whole, (long long)want);
        int64_t rest = want - done;
        bool wanted = direction == VC_AT_LEAST ? rest > 0 : rest < 0;
        ck_assert_int_eq(task->remaining, wanted ? rest : 0);
        ck_assert_uint_eq(task->n, 5);
        ck_assert_int_eq(plan_sum(task), task->remaining);
        ck_assert_int_le(llabs(task->plan[0] - task->plan[4]), 1);
        ck_assert_int_eq(task->closed, direction == VC_AT_LEAST && rest <= 0);
        vc_tasks_free(&tasks);
        vc_run_free(&run);
    }
}
END_TEST

START_TEST(between_aims_at_the_nearer_end) {
    static const struct {
        double done;
        int64_t goal;
    } want[] = {{500, 800}, {850, 850}, {990, 900}}; /* of 1000, 80 to 90 % */
    for (size_t i = 0; i < 3; i++) {
        vc_run run;
        vc_tasks tasks;
        vct_listed_run(&run);
        vct_listed_progress(&run, "满意率", VC_STOCK, want[i].done, 1000);
        vc_target *target =
            vct_listed_result(&run, "满意率", VC_BETWEEN, (vc_fraction){80, 1}, 1, 50, 0.5);
        target->value_high.value = (vc_fraction){90, 1};
        target->decimals = -1;
        find_one(&run, &tasks);
        ck_assert_int_eq(tasks.list[0].goal, want[i].goal);
        ck_assert_int_eq(tasks.list[0].remaining, want[i].goal - (int64_t)want[i].done);
        ck_assert(!tasks.list[0].closed);
        vc_tasks_free(&tasks);
        vc_run_free(&run);
    }
}
END_TEST

START_TEST(money_is_counted_in_its_smallest_unit) {
    vc_run run;
    vc_tasks tasks;
    vct_listed_run(&run); /* 95 % of 80.25 is 76.2375: 76.24 */
    vct_listed_progress(&run, "奖扶金到位率", VC_QUOTA, 60.2, 80.25);
    vct_listed_result(&run, "奖扶金到位率", VC_AT_LEAST, (vc_fraction){95, 1}, 1, 75, 0.5)
        ->decimals = -1;
    find_one(&run, &tasks);
    ck_assert_int_eq(tasks.list[0].scale, 100);
    ck_assert_int_eq(tasks.list[0].goal, 7624);
    ck_assert_int_eq(tasks.list[0].remaining, 1604);
    vc_tasks_free(&tasks);
    vc_run_free(&run);
}
END_TEST

START_TEST(surveys_and_silent_stocks_are_not_counted) {
    vc_run run;
    vc_tasks tasks;
    vct_listed_run(&run);
    vct_listed_progress(&run, "满意度", VC_SURVEY, 85, 100);
    vct_listed_progress(&run, "录入率", VC_STOCK, (double)NAN, 100);
    vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 30, 100);
    vct_listed_result(&run, "满意度", VC_AT_LEAST, (vc_fraction){80, 1}, 1, 85, 0.9);
    vct_listed_result(&run, "录入率", VC_AT_LEAST, (vc_fraction){80, 1}, 1, (double)NAN,
                      0.9);
    vct_listed_result(&run, "孕检完成率", VC_AT_LEAST, (vc_fraction){80, 1}, 1, 30, 0.9);
    ck_assert_int_eq(vc_tasks_find(&run, &tasks), VC_OK);
    ck_assert_uint_eq(tasks.n, 3);
    ck_assert(!tasks.list[0].counted && tasks.list[0].closed);
    ck_assert(!tasks.list[1].counted && !tasks.list[1].closed);
    ck_assert(tasks.list[2].counted && tasks.list[2].remaining == 50);
    vc_tasks_free(&tasks);
    vc_run_free(&run);
}
END_TEST

START_TEST(plans_end_with_the_deadline) {
    vc_run run;
    vc_tasks tasks;
    vct_listed_run(&run);
    vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 30, 100);
    vc_target *target = vct_listed_result(&run, "孕检完成率", VC_AT_LEAST,
                                          (vc_fraction){80, 1}, 1, 30, 0.5);
    target->deadline = 2020 * 12 + 9;
    find_one(&run, &tasks);
    ck_assert_uint_eq(tasks.list[0].n, 3); /* August to October */
    ck_assert_int_eq(tasks.list[0].plan[0], 17);
    ck_assert_int_eq(tasks.list[0].plan[1], 17);
    ck_assert_int_eq(tasks.list[0].plan[2], 16);
    vc_tasks_free(&tasks);
    target->deadline = 2020 * 12 + 5; /* gone by; the only record came after it */
    find_one(&run, &tasks);
    ck_assert(tasks.list[0].n == 0 && tasks.list[0].remaining == 80);
    vc_tasks_free(&tasks);
    vc_run_free(&run);
}
END_TEST

/*
 * DESIGN.md section 7, boundary 2: every vital indicator in both languages, from the events
 * and, under the same names, from progress.csv: only the service has a task.
 */
START_TEST(vital_events_have_no_task) {
    static const char *const vital[] = {"births",
                                        "deaths",
                                        "natural_increase",
                                        "birth_rate",
                                        "death_rate",
                                        "natural_growth_rate",
                                        "sex_ratio_at_birth",
                                        "policy_compliance_rate",
                                        "arrivals",
                                        "departures",
                                        "net_migration_rate",
                                        "出生人数",
                                        "死亡人数",
                                        "自然增长人数",
                                        "出生率",
                                        "死亡率",
                                        "自然增长率",
                                        "出生人口性别比",
                                        "符合政策生育率",
                                        "迁入人数",
                                        "迁出人数",
                                        "净迁移率",
                                        "births_male",
                                        "births_female",
                                        "births_compliant"};
    for (int as_progress = 0; as_progress < 2; as_progress++) {
        vc_run run;
        vc_tasks tasks;
        vct_listed_run(&run);
        for (size_t i = 0; i < sizeof vital / sizeof *vital; i++) {
            ck_assert(vc_boundary_vital(&run, vital[i]));
            if (as_progress) vct_listed_progress(&run, vital[i], VC_QUOTA, 30, 100);
            for (size_t u = 0; u < 3; u++)
                vct_listed_result(&run, vital[i], VC_AT_MOST, (vc_fraction){20, 1}, u, 30,
                                  0.1);
        }
        vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 30, 100);
        vct_listed_result(&run, "孕检完成率", VC_AT_LEAST, (vc_fraction){80, 1}, 1, 30,
                          0.5);
        find_one(&run, &tasks);
        ck_assert_uint_eq(tasks.list[0].result, run.n_results - 1);
        vc_tasks_free(&tasks);
        vc_run_free(&run);
    }
}
END_TEST

/*
 * The same for whatever is formed of events under a name of its own, with a department: it
 * reports, and nothing else. Three units, from the events and under a quota's clothes.
 */
START_TEST(declared_vital_events_have_no_task) {
    const vc_formula formulas[] = {
        VCT_GIRLS_TO_BOYS,
        VCT_BIRTHS_TO_DEATHS,
        VCT_BOYS_OF_BIRTHS,
        VCT_GROWTH(10000),
        {VC_INDICATOR_COUNT, VC_ARRIVALS, VC_DEPARTURES, VC_EVENTS, 1}};
    for (int as_progress = 0; as_progress < 2; as_progress++) {
        vc_run run;
        vc_tasks tasks;
        vct_listed_run(&run);
        for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
            char name[32];
            snprintf(name, sizeof name, "指标%zu", i);
            vct_declare_formula(&run.panel, name, formulas[i])->department =
                strdup("妇保院");
            ck_assert(vc_boundary_vital(&run, name));
            ck_assert(!vc_boundary_service(&run, name));
            ck_assert_str_eq(vc_run_department(&run, name), "妇保院");
            if (as_progress) vct_listed_progress(&run, name, VC_QUOTA, 30, 100);
            ck_assert(!vc_boundary_service(&run, name));
            for (size_t u = 0; u < 3; u++) {
                vct_listed_result(&run, name, VC_AT_MOST, (vc_fraction){20, 1}, u, 30, 0.1);
                ck_assert(vc_boundary_decidable(&run, NULL, run.n_results - 1) ==
                          (u == run.panel.tree.root));
            }
        }
        vct_declare(&run.panel, "孕检完成率")->department = strdup("卫健局");
        vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 30, 100);
        vct_listed_result(&run, "孕检完成率", VC_AT_LEAST, (vc_fraction){80, 1}, 1, 30,
                          0.5);
        find_one(&run, &tasks);
        ck_assert_uint_eq(tasks.list[0].result, run.n_results - 1);
        vc_tasks_free(&tasks);
        vc_run_free(&run);
    }
}
END_TEST

/* 130 of 100 counts 100 %: within 95 .. 100, and nothing is to be undone. */
START_TEST(a_capped_service_cannot_be_overdone) {
    vc_run run;
    vc_tasks tasks;
    vct_listed_run(&run);
    vct_listed_progress(&run, "孕检完成率", VC_QUOTA, 130, 100);
    vc_target *target = vct_listed_result(&run, "孕检完成率", VC_BETWEEN,
                                          (vc_fraction){95, 1}, 1, 130, 0.5);
    target->value_high.value = (vc_fraction){100, 1};
    run.results[0].bound_high = 100;
    find_one(&run, &tasks);
    ck_assert(tasks.list[0].counted && tasks.list[0].remaining < 0);
    vc_tasks_free(&tasks);
    vct_declare(&run.panel, "孕检完成率")->cap = 100;
    find_one(&run, &tasks);
    ck_assert(tasks.list[0].counted && tasks.list[0].remaining == 0);
    vc_tasks_free(&tasks);
    vc_run_free(&run);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(goals_agree_with_brute_force),
                                     VCT(between_aims_at_the_nearer_end),
                                     VCT(money_is_counted_in_its_smallest_unit),
                                     VCT(surveys_and_silent_stocks_are_not_counted),
                                     VCT(plans_end_with_the_deadline),
                                     VCT(vital_events_have_no_task),
                                     VCT(declared_vital_events_have_no_task),
                                     VCT(a_capped_service_cannot_be_overdone)};
    return vct_run("assess/task", tests, VCT_COUNT(tests));
}
