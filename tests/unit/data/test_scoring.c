/* Scoring rules: points by hand, as assessment schemes word them; and what is refused. */
#include "vitalcast/scoring.h"

#include <math.h>

#include "vitalcast/target.h"
#include "world.h"

static vc_target target_of(vc_direction direction, double points, vc_scoring rule) {
    return (vc_target){
        .direction = direction, .decimals = 1, .points = points, .rule = rule};
}

/* The target is met where the published figure is on the right side of 107 (or 95). */
static double points_of(const vc_target *t, double bound, double figure) {
    double x = vc_scoring_published(figure, t->decimals);
    bool met = t->direction == VC_AT_MOST ? x <= bound : x >= bound;
    return vc_scoring_points(t, bound, NAN, figure, met);
}

START_TEST(figures_are_rounded_as_they_are_published) {
    CHECK_CLOSE(vc_scoring_published(107.04999, 1), 107.0, 0, 0);
    CHECK_CLOSE(vc_scoring_published(107.05, 1), 107.1, 0, 0); /* 107.0499…97 in binary */
    CHECK_CLOSE(vc_scoring_published(1.005, 2), 1.01, 0, 0);
    CHECK_CLOSE(vc_scoring_published(0.49999999, 0), 0, 0, 0);
    CHECK_CLOSE(vc_scoring_published(-2.5, 0), -3, 0, 0);
    CHECK_CLOSE(vc_scoring_published(1e9 + 0.25, 1), 1e9 + 0.3, 0, 0);
    CHECK_CLOSE(vc_scoring_published(0.1234, -1), 0.1234, 0, 0);
}
END_TEST

/* 达标得满分，未达标不得分。 */
START_TEST(all_or_none) {
    vc_target t = target_of(VC_AT_MOST, 10, (vc_scoring){.rule = VC_ALL_OR_NONE});
    CHECK_CLOSE(points_of(&t, 107, 107.04), 10, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 107.06), 0, 0, 0);
    t.points = NAN;
    ck_assert(isnan(points_of(&t, 107, 100)));
}
END_TEST

/* 每超 1 个百分点扣 0.5 分，扣完为止。 */
START_TEST(each_point_beyond_costs_half_a_point) {
    vc_target t =
        target_of(VC_AT_MOST, 10,
                  (vc_scoring){.rule = VC_LINEAR, .per = 1, .deduct = 0.5, .cap = NAN});
    CHECK_CLOSE(points_of(&t, 107, 106), 10, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 107.04), 10, 0, 0); /* published 107.0 */
    CHECK_CLOSE(points_of(&t, 107, 110), 8.5, 1e-12, 0);
    CHECK_CLOSE(points_of(&t, 107, 110.54), 8.25, 1e-12, 0); /* published 110.5 */
    CHECK_CLOSE(points_of(&t, 107, 127), 0, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 150), 0, 0, 0); /* 扣完为止 */
    t.rule.floor = 4;                              /* 最低 4 分 */
    CHECK_CLOSE(points_of(&t, 107, 150), 4, 0, 0);
}
END_TEST

/* 不足 1 个百分点的不计，或按 1 个百分点计。 */
START_TEST(parts_of_a_step_count_as_declared) {
    vc_target t = target_of(
        VC_AT_LEAST, 8,
        (vc_scoring){
            .rule = VC_LINEAR, .part = VC_PART_IGNORED, .per = 1, .deduct = 1, .cap = NAN});
    CHECK_CLOSE(points_of(&t, 95, 92.4), 6, 0, 0); /* 差 2.6 个百分点 */
    t.rule.part = VC_PART_WHOLE;
    CHECK_CLOSE(points_of(&t, 95, 92.4), 5, 0, 0);
    /* 95 - 94.7 is 0.29999999999999716 and three steps of 0.1. */
    t.rule.per = 0.1;
    CHECK_CLOSE(points_of(&t, 95, 94.7), 5, 0, 0);
    t.rule.part = VC_PART_IGNORED;
    CHECK_CLOSE(points_of(&t, 95, 94.7), 5, 0, 0);
}
END_TEST

/* 每欠 1 个百分点扣 0.5 分，每超 1 个百分点加 0.2 分，最高 11 分。 */
START_TEST(better_than_the_target_earns_a_bonus) {
    vc_target t = target_of(
        VC_AT_LEAST, 10,
        (vc_scoring){.rule = VC_LINEAR, .per = 1, .deduct = 0.5, .bonus = 0.2, .cap = NAN});
    CHECK_CLOSE(points_of(&t, 90, 92), 10.4, 1e-12, 0);
    CHECK_CLOSE(points_of(&t, 90, 100), 12, 1e-12, 0);
    t.rule.cap = 11;
    CHECK_CLOSE(points_of(&t, 90, 100), 11, 0, 0);
    CHECK_CLOSE(points_of(&t, 90, 90), 10, 0, 0);
    CHECK_CLOSE(points_of(&t, 90, 88), 9, 1e-12, 0);
}
END_TEST

START_TEST(a_band_is_missed_on_either_side) {
    vc_target t =
        target_of(VC_BETWEEN, 10, (vc_scoring){.rule = VC_LINEAR, .per = 1, .deduct = 2});
    t.rule.cap = NAN;
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 10, true), 10, 0, 0);
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 6.5, false), 7, 1e-12, 0);
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 13.5, false), 7, 1e-12, 0);
    t.rule.rule = VC_PROPORTIONAL;
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 10, true), 10, 0, 0);
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 6, false), 7.5, 1e-12, 0);
    CHECK_CLOSE(vc_scoring_points(&t, 8, 12, 16, false), 7.5, 1e-12, 0);
}
END_TEST

/* 得分 = 完成率 × 分值。 */
START_TEST(points_in_proportion_to_completion) {
    vc_target t =
        target_of(VC_AT_LEAST, 20, (vc_scoring){.rule = VC_PROPORTIONAL, .cap = NAN});
    CHECK_CLOSE(points_of(&t, 100, 84.71), 16.94, 1e-12, 0); /* published 84.7 */
    CHECK_CLOSE(points_of(&t, 80, 60), 15, 1e-12, 0);
    CHECK_CLOSE(points_of(&t, 80, 96), 20, 0, 0);
    t.rule.cap = 22; /* 超额完成可加分，最高 22 分 */
    CHECK_CLOSE(points_of(&t, 80, 84), 21, 1e-12, 0);
    CHECK_CLOSE(points_of(&t, 80, 96), 22, 0, 0);
    t.rule.floor = 5;
    CHECK_CLOSE(points_of(&t, 80, 8), 5, 0, 0);
    /* 重报率不高于 1 %，实际 1.6 %：1 / 1.6 of the points. */
    t = target_of(VC_AT_MOST, 8, (vc_scoring){.rule = VC_PROPORTIONAL, .cap = NAN});
    CHECK_CLOSE(points_of(&t, 1, 1.6), 5, 1e-12, 0);
    CHECK_CLOSE(points_of(&t, 1, 0), 8, 0, 0);
    CHECK_CLOSE(points_of(&t, 0, 0.5), 0, 0, 0);
}
END_TEST

/* 107 及以下得 10 分，110 及以下 8 分，115 及以下 5 分，115 以上不得分。 */
START_TEST(tiers) {
    vc_target t = target_of(VC_AT_MOST, 10,
                            (vc_scoring){.rule = VC_TIERS,
                                         .n_tiers = 3,
                                         .tier_to = {107, 110, 115},
                                         .tier_points = {10, 8, 5}});
    CHECK_CLOSE(points_of(&t, 107, 107.04), 10, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 107.06), 8, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 110), 8, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 115), 5, 0, 0);
    CHECK_CLOSE(points_of(&t, 107, 115.1), 0, 0, 0);
    ck_assert_uint_eq(vc_scoring_tier(&t, 115.1), 3);
    t.direction = VC_AT_LEAST;
    t.rule = (vc_scoring){.rule = VC_TIERS,
                          .n_tiers = 2,
                          .floor = 1,
                          .tier_to = {95, 90},
                          .tier_points = {10, 6}};
    CHECK_CLOSE(points_of(&t, 95, 94.96), 10, 0, 0);
    CHECK_CLOSE(points_of(&t, 95, 94.94), 6, 0, 0);
    CHECK_CLOSE(points_of(&t, 95, 80), 1, 0, 0);
}
END_TEST

/* --- workspace.yaml and targets.csv ------------------------------------------------------
 */

static void put_world(const char *settings, const char *targets) {
    char all[2048];
    put("units.csv", "code,name,parent\nC,县,\nA,甲镇,C\nB,乙镇,C\n");
    put("monthly.csv", "unit,month,births_male,births_female,population\n"
                       "A,2013-01,5,4,900\nB,2013-01,3,2,500\n");
    snprintf(all, sizeof all, "name: 县\n%s", settings);
    put("workspace.yaml", all);
    snprintf(all, sizeof all,
             "id,year_end,unit,indicator,direction,value,points,scoring\n%s", targets);
    put("targets.csv", all);
}

#define GOOD                                                                               \
    "scoring:\n"                                                                           \
    "  entry: {rule: linear, per: 2, deduct: 0.5, part: whole, floor: 1, cap: 10}\n"       \
    "  ratio: {rule: tiers, tiers: [{to: 107, points: 10}, {to: 110, points: 8}]}\n"

START_TEST(a_target_gets_the_rule_that_it_names) {
    world w;
    put_world(GOOD "total_points: 20\n", "a,2013-12,*,births,at_most,90,10,entry\n"
                                         "b,2013-12,*,出生人口性别比,at_most,107,10,ratio\n"
                                         "c,2013-12,A,births,at_most,80,,\n");
    ck_assert_int_eq(world_read(&w, VC_CHINESE), VC_OK);
    ck_assert_msg(world_targets(&w) == VC_OK, "%s", all_findings(&w.findings));
    const vc_scoring *entry = &w.targets.list[0].rule, *ratio = &w.targets.list[1].rule;
    ck_assert(entry->rule == VC_LINEAR && entry->part == VC_PART_WHOLE);
    CHECK_CLOSE(entry->per, 2, 0, 0);
    CHECK_CLOSE(entry->deduct, 0.5, 0, 0);
    CHECK_CLOSE(entry->floor, 1, 0, 0);
    CHECK_CLOSE(entry->cap, 10, 0, 0);
    ck_assert(ratio->rule == VC_TIERS && ratio->n_tiers == 2);
    CHECK_CLOSE(ratio->tier_to[1], 110, 0, 0);
    CHECK_CLOSE(ratio->tier_points[1], 8, 0, 0);
    ck_assert_int_eq(w.targets.list[2].rule.rule, VC_ALL_OR_NONE);
    world_free(&w);
}
END_TEST

/* Faults of targets.csv: line 2, the place, a word of the message or remedy. */
START_TEST(targets_that_do_not_go_with_their_rule) {
    static const struct {
        const char *row, *kind, *word;
        size_t column;
    } cases[] = {
        {"a,2013-12,*,births,at_most,90,10,entri\n", "S05", "entry", 34},
        {"a,2013-12,*,births,at_most,90,,entry\n", "S15", "without points", 32},
        {"a,2013-12,*,births,at_most,90,-1,\n", "S15", "below 0", 31},
        {"a,2013-12,*,births,at_most,90,9,ratio\n", "S15", "more than", 33},
        {"a,2013-12,*,births,at_least,90,10,ratio\n", "S15", "direction", 35},
        {"a,2013-12,*,births,at_most,90,0.5,entry\n", "S15", "floor", 35},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        put_world(GOOD, cases[i].row);
        ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
        ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
        expect_numbers(&w, 1, 0);
        const vc_finding *f =
            expect(&w, VC_FAULT, cases[i].kind, "targets.csv", 2, cases[i].column);
        char *line = vc_finding_format(f, VC_ENGLISH);
        expect_in(cases[i].word, line);
        free(line);
        world_free(&w);
    }
}
END_TEST

START_TEST(points_must_add_up_to_the_declared_total) {
    world w;
    put_world(GOOD "total_points: 100\n", "a,2013-12,*,births,at_most,90,60,\n"
                                          "b,2013-12,A,births,at_most,80,40,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
    expect_numbers(&w, 1, 0);
    const vc_finding *f = expect(&w, VC_FAULT, "S15", "targets.csv", 2, 0);
    expect_in("workspace.yaml:5:15", f->message);
    expect_in("60, not to 100", f->message);
    expect_in("units: 2", f->message); /* C and B; A has 100 */
    world_free(&w);
}
END_TEST

START_TEST(rules_that_make_no_sense) {
    static const struct {
        const char *settings, *kind, *word;
        size_t line, column;
    } cases[] = {
        {"scoring:\n  a: {rule: lineer, deduct: 1}\n", "S01", "linear", 3, 13},
        {"scoring:\n  a: {deduct: 1}\n", "S15", "rule", 3, 6},
        {"scoring:\n  a: {rule: linear, deduct: -1}\n", "S01", "deduct", 3, 29},
        {"scoring:\n  a: {rule: linear}\n", "S15", "deduct", 3, 6},
        {"scoring:\n  a: {rule: linear, deduct: 1, floor: 5, cap: 4}\n", "S15", "cap", 3,
         47},
        {"scoring:\n  a: {rule: proportional, deduct: 1}\n", "S01", "deduct", 3, 27},
        {"scoring:\n  a: {rule: tiers, tiers: []}\n", "S15", "tiers", 3, 27},
        {"scoring:\n  a: {rule: tiers, tiers: [{to: 1}]}\n", "S15", "points", 3, 28},
        {"scoring:\n  a: {rule: tiers, tiers: [{to: 1, points: 5}, {to: 2, points: 5}]}\n",
         "S15", "best first", 3, 48},
        {"scoring:\n  a: {rule: tiers, tiers: [{to: 1, points: 5}, {to: 1, points: 4}]}\n",
         "S15", "best first", 3, 48},
        {"scoring:\n  a: {rule: tiers, floor: 3, tiers: [{to: 1, points: 2}]}\n", "S15",
         "floor", 3, 37},
        {"total_points: 0\n", "S01", "total_points", 2, 15},
        {"scoring: linear\n", "S01", "scoring", 2, 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w = {0};
        put_world(cases[i].settings, "");
        vc_findings_init(&w.findings, VC_ENGLISH);
        ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                         VC_BAD_INPUT);
        const vc_finding *f = expect(&w, VC_FAULT, cases[i].kind, "workspace.yaml",
                                     cases[i].line, cases[i].column);
        expect_numbers(&w, 1, 0);
        expect_in(cases[i].word, f->message);
        world_free(&w);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(figures_are_rounded_as_they_are_published),
                                     VCT(all_or_none),
                                     VCT(each_point_beyond_costs_half_a_point),
                                     VCT(parts_of_a_step_count_as_declared),
                                     VCT(better_than_the_target_earns_a_bonus),
                                     VCT(a_band_is_missed_on_either_side),
                                     VCT(points_in_proportion_to_completion),
                                     VCT(tiers),
                                     VCT(a_target_gets_the_rule_that_it_names),
                                     VCT(targets_that_do_not_go_with_their_rule),
                                     VCT(points_must_add_up_to_the_declared_total),
                                     VCT(rules_that_make_no_sense)};
    return vct_run("data/scoring", tests, VCT_COUNT(tests));
}
