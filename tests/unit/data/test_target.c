#include <math.h>

#include "data/target_internal.h"
#include "world.h"

#define HEADER "id,year_end,unit,indicator,direction,value,value_high,decimals\n"

/* Two towns, births by sex and deaths in all months of 2012 and 2013-01..07, population. */
static void put_data(const char *settings, const char *targets) {
    char monthly[8192] = "unit,month,births_male,births_female,deaths,population\n";
    for (int i = 0; i < 19; i++) {
        size_t n = strlen(monthly);
        int year = 2012 + i / 12, month = 1 + i % 12;
        snprintf(monthly + n, sizeof monthly - n,
                 "A,%d-%02d,%d,4,2,900\nB,%d-%02d,3,2,1,500\n", year, month, i % 5, year,
                 month);
    }
    put("workspace.yaml", settings);
    put("units.csv", "code,name,parent,class\nC,县,,\nA,甲镇,C,一类\nB,乙镇,C,二类\n");
    put("monthly.csv", monthly);
    put("progress.csv", "unit,month,indicator,kind,numerator,denominator\n"
                        "A,2013-07,录入率,stock,8,10\nB,2013-07,录入率,stock,9,10\n");
    put("targets.csv", targets);
}

static vc_status read_targets(world *w, const char *targets) {
    put_data("name: 县\nscoring: {一般: {rule: linear, deduct: 0.5}}\n", targets);
    ck_assert_int_eq(world_read(w, VC_ENGLISH), VC_OK);
    return world_targets(w);
}

START_TEST(reads_every_column) {
    world w;
    ck_assert_int_eq(
        read_targets(&w,
                     "编号,考核年度,单位,指标,方向,目标值,目标上限,小数位数,分值,计分办法,"
                     "一票否决,完成时限\n"
                     "a,2013-12,A,出生人口性别比,不高于,107.50,,1,2.5,一般,是,2013-10\n"
                     "b,2013-12,level:1,birth_rate,介于,8,12.25,2,,,否,\n"
                     "c,2013-09,class:二类,录入率,不低于,95,,,,,,\n"
                     "d,2014-12,*,births,at_least,previous_year*1.02 - 3,,0,,,,\n"),
        VC_OK);
    const vc_target *t = w.targets.list;
    ck_assert_uint_eq(w.targets.n, 4);
    ck_assert_str_eq(t[0].id, "a");
    ck_assert_str_eq(t[0].indicator, "sex_ratio_at_birth");
    ck_assert_int_eq(t[0].year_end, 2013 * 12 + 11);
    ck_assert(t[0].selector == VC_ONE_UNIT && t[0].unit == 1 && t[0].veto);
    ck_assert(t[0].direction == VC_AT_MOST && t[0].decimals == 1 && t[0].line == 2);
    ck_assert(t[0].value.value.num == 215 && t[0].value.value.den == 2);
    CHECK_CLOSE(t[0].points, 2.5, 0, 0);
    ck_assert_str_eq(t[0].scoring, "一般");
    ck_assert_int_eq(t[0].rule.rule, VC_LINEAR);
    ck_assert_int_eq(t[0].deadline, 2013 * 12 + 9);
    ck_assert(t[1].selector == VC_LEVEL && t[1].level == 1 && t[1].direction == VC_BETWEEN);
    ck_assert(t[1].value_high.value.num == 49 && t[1].value_high.value.den == 4);
    CHECK_CLOSE(t[1].points, NAN, 0, 0);
    ck_assert(t[2].selector == VC_CLASS && t[2].direction == VC_AT_LEAST);
    ck_assert(t[2].decimals == -1 && t[2].deadline == VC_NO_PERIOD);
    ck_assert(t[3].selector == VC_ALL_UNITS && t[3].value.kind == VC_PREVIOUS_YEAR);
    ck_assert(t[3].value.factor.num == 51 && t[3].value.factor.den == 50);
    ck_assert(t[3].value.summand.num == -3 && t[3].value.summand.den == 1);
    world_free(&w);
}
END_TEST

START_TEST(selects_units) {
    world w;
    static const bool wanted[4][3] = {{false, true, false},
                                      {false, true, true},
                                      {false, false, true},
                                      {true, true, true}};
    ck_assert_int_eq(read_targets(&w, HEADER "a,2013-12,A,births,at_most,9,,\n"
                                             "b,2013-12,level:1,births,at_most,9,,\n"
                                             "c,2013-12,class:二类,births,at_most,9,,\n"
                                             "d,2013-12,*,births,at_most,9,,\n"),
                     VC_OK);
    for (size_t i = 0; i < 4; i++)
        for (size_t unit = 0; unit < 3; unit++)
            ck_assert_int_eq(vc_target_selects(&w.targets.list[i], &w.panel.tree, unit),
                             wanted[i][unit]);
    world_free(&w);
}
END_TEST

START_TEST(decimals_stay_exact) {
    static const struct {
        const char *text;
        bool good;
        int64_t num, den;
    } cases[] = {{"107", true, 107, 1},
                 {"-1.957", true, -1957, 1000},
                 {"+0.50", true, 1, 2},
                 {"0.00", true, 0, 1},
                 {"999999999999999999", true, 999999999999999999, 1},
                 {"1234567890123456789", false, 0, 0},
                 {"", false, 0, 0},
                 {"-", false, 0, 0},
                 {".5", false, 0, 0},
                 {"5.", false, 0, 0},
                 {"1e3", false, 0, 0},
                 {"1,5", false, 0, 0},
                 {"1.2.3", false, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vc_fraction f = {0, 0};
        bool good = vci_fraction_parse(cases[i].text, strlen(cases[i].text), &f);
        ck_assert_msg(good == cases[i].good, "%s", cases[i].text);
        if (good) ck_assert(f.num == cases[i].num && f.den == cases[i].den);
    }
    ck_assert_int_lt(vci_bounds_compare((vc_fraction){-1, 3}, (vc_fraction){1, 4}), 0);
    ck_assert_int_eq(vci_bounds_compare((vc_fraction){2, 4}, (vc_fraction){1, 2}), 0);
}
END_TEST

START_TEST(values_of_other_years) {
    static const struct {
        const char *text;
        bool good;
        vc_target_value_kind kind;
    } cases[] = {
        {"previous_year", true, VC_PREVIOUS_YEAR}, {"上年", true, VC_PREVIOUS_YEAR},
        {"上年+0.5", true, VC_PREVIOUS_YEAR},      {"class_mean*0.9", true, VC_CLASS_MEAN},
        {"同类平均", true, VC_CLASS_MEAN},         {"previous_year*", false, VC_FIXED},
        {"previous_year*1.1*2", false, VC_FIXED},  {"previous_year+", false, VC_FIXED},
        {"previous_years", false, VC_FIXED},       {"previous_year 1", false, VC_FIXED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vc_target_value value;
        bool good = vci_target_value_parse(cases[i].text, strlen(cases[i].text), &value);
        ck_assert_msg(good == cases[i].good, "%s", cases[i].text);
        if (good) ck_assert_int_eq(value.kind, cases[i].kind);
    }
}
END_TEST

typedef struct target_case {
    const char *row, *kind;
    vc_severity severity;
    size_t column;
    const char *message, *remedy;
} target_case;

START_TEST(spoiled_targets) {
    static const target_case cases[] = {
        {"a,2013-12,A,births,,9,,", "S03", VC_FAULT, 0, "lacks: direction",
         "never guessed"},
        {"a,,A,,at_most,,,", "S03", VC_FAULT, 0, "lacks: year_end, indicator, value", NULL},
        {"a,2013-12,A,births,between,9,,", "S03", VC_FAULT, 0, "lacks: value_high", NULL},
        {"first,2013-12,A,births,at_most,9,,", "S06", VC_FAULT, 1, "line 2", NULL},
        {"a,2013-12,A,births,below,9,,", "V01", VC_FAULT, 20, "below", "at_most"},
        {"a,2010-12,A,births,at_most,9,,", "S04", VC_FAULT, 3, "2012-01", NULL},
        {"a,2033-12,A,births,at_most,9,,", "S04", VC_FAULT, 3, "10 years", NULL},
        {"a,2013-13,A,births,at_most,9,,", "M01", VC_FAULT, 3, NULL, NULL},
        {"a,2013-12,D,births,at_most,9,,", "S05", VC_FAULT, 11, "no unit D", NULL},
        {"a,2013-12,甲镇,births,at_most,9,,", "S05", VC_FAULT, 11, NULL, "write A"},
        {"a,2013-12,level:7,births,at_most,9,,", "S05", VC_FAULT, 11, "0 to 1", NULL},
        {"a,2013-12,class:三类,births,at_most,9,,", "S05", VC_FAULT, 11, NULL, "类"},
        {"a,2013-12,A,brith_rate,at_most,9,,", "S05", VC_FAULT, 13, NULL,
         "mean birth_rate"},
        {"a,2013-12,A,满意度,at_most,9,,", "S05", VC_FAULT, 13, NULL, "录入率"},
        {"a,2013-12,A,births,at_most,9%,,", "N13", VC_FAULT, 28, NULL, "95"},
        {"a,2013-12,A,births,at_most,nine,,", "N12", VC_FAULT, 28, NULL, "previous_year"},
        {"a,2013-12,A,births,at_most,9,,12", "N12", VC_FAULT, 31, NULL, NULL},
        {"a,2013-12,A,births,between,9,8,", "S06", VC_FAULT, 30, NULL, NULL},
        {"a,2013-12,*,deaths,at_most,8,,", "S06", VC_FAULT, 0, "line 2: unit A", NULL},
        {"a,2013-12,A,births,at_most,class_mean,,", "S05", VC_FAULT, 0, "A (甲镇)",
         "class"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char table[1024];
        snprintf(table, sizeof table, HEADER "first,2013-12,A,deaths,at_least,9,,\n%s\n",
                 cases[i].row);
        vc_status st = read_targets(&w, table);
        const vc_finding *finding =
            expect(&w, cases[i].severity, cases[i].kind, "targets.csv", 3, cases[i].column);
        if (cases[i].message) expect_in(cases[i].message, finding->message);
        if (cases[i].remedy) expect_in(cases[i].remedy, finding->remedy);
        ck_assert_int_eq(st, cases[i].severity == VC_FAULT ? VC_BAD_INPUT : VC_OK);
        expect_numbers(&w, cases[i].severity == VC_FAULT, cases[i].severity == VC_WARNING);
        world_free(&w);
    }
}
END_TEST

START_TEST(two_faults_are_both_told) {
    world w;
    ck_assert_int_eq(read_targets(&w, HEADER "a,2013-12,D,births,,9,,\n"
                                             "b,2010-12,A,brith_rate,at_most,x,,\n"),
                     VC_BAD_INPUT);
    expect(&w, VC_FAULT, "S03", "targets.csv", 2, 0);
    expect(&w, VC_FAULT, "S05", "targets.csv", 2, 11);
    expect(&w, VC_FAULT, "S04", "targets.csv", 3, 3);
    expect(&w, VC_FAULT, "N12", "targets.csv", 3, 32);
    ck_assert_uint_eq(w.findings.n_faults, 5);
    world_free(&w);
}
END_TEST

START_TEST(year_ends_are_those_of_the_workspace) {
    world w;
    put_data("name: 县\nyear_ends: [2013-09, 2013-12]\n",
             HEADER "a,2013-09,A,births,at_most,9,,\nb,2013-11,A,births,at_most,9,,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
    const vc_finding *finding = expect(&w, VC_FAULT, "S04", "targets.csv", 3, 3);
    expect_in("2013-09, 2013-12", finding->message);
    world_free(&w);
}
END_TEST

START_TEST(rates_need_a_population) {
    world w;
    put_data("name: 县\n", HEADER "a,2013-12,A,birth_rate,at_most,9,,\n"
                                  "b,2013-12,A,自然增长率,at_most,9,,\n");
    put("monthly.csv", "unit,month,births\nA,2013-01,1\nB,2013-01,1\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
    ck_assert_uint_eq(w.findings.n_faults, 2);
    expect_in("population", expect(&w, VC_FAULT, "S05", "targets.csv", 2, 13)->message);
    expect_in("needs deaths", w.findings.list[w.findings.n - 1].message);
    world_free(&w);
}
END_TEST

START_TEST(growth_is_formed_from_two_rates) {
    world w;
    put("workspace.yaml", "name: 国\nperiod: year\n");
    put("units.csv", "code\nN\n");
    put("values.csv", "unit,period,indicator,value\nN,2020,birth_rate,8.5\n"
                      "N,2020,death_rate,7.1\n");
    put("targets.csv", HEADER "a,2025,N,natural_growth_rate,at_least,0,,\n"
                              "b,2025,N,出生率,at_least,0,,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_OK);
    ck_assert_str_eq(w.targets.list[1].indicator, "birth_rate");
    world_free(&w);
}
END_TEST

START_TEST(judges_with_the_as_of_period) {
    world w;
    ck_assert_int_eq(read_targets(&w, HEADER "a,2013-12,*,births,at_least,previous_year,,\n"
                                             "b,2013-06,*,births,at_least,9,,\n"
                                             "c,2014-12,A,births,at_least,上年,,\n"
                                             "d,2013-12,level:1,录入率,at_least,上年,,\n"),
                     VC_OK);
    expect_numbers(&w, 0, 0);
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2013 * 12 + 6, &w.findings),
                     VC_BAD_INPUT);
    expect_in("2013-06", expect(&w, VC_FAULT, "S04", "targets.csv", 3, 0)->remedy);
    expect_in("1 units (A (甲镇))",
              expect(&w, VC_WARNING, "M10", "targets.csv", 4, 0)->message);
    expect_in("2 units", w.findings.list[w.findings.n - 1].message);
    expect_in("19 periods", found(&w, VC_WARNING, "S09")->message);
    expect_numbers(&w, 1, 5); /* and three columns of 19 months */
    world_free(&w);
}
END_TEST

/* Last year's figure stands in the panel, but lies after as-of: it is not known. */
START_TEST(knows_nothing_after_as_of) {
    world w;
    ck_assert_int_eq(read_targets(&w, HEADER "a,2013-12,A,births,at_least,上年,,\n"),
                     VC_OK);
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2012 * 12 + 11, &w.findings),
                     VC_OK);
    ck_assert_ptr_null(found(&w, VC_WARNING, "M10"));
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2012 * 12 + 5, &w.findings),
                     VC_OK);
    expect(&w, VC_WARNING, "M10", "targets.csv", 2, 0);
    world_free(&w);
}
END_TEST

START_TEST(says_what_is_left_out) {
    world w;
    ck_assert_int_eq(read_targets(&w, HEADER "a,2013-12,A,births,at_least,9,,\n"), VC_OK);
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2013 * 12 + 4, &w.findings),
                     VC_OK);
    /*
     * Two towns in June and July, and the entry rate of July of the county and two towns.
     */
    expect_in("7 records after 2013-05 (up to 2013-07)",
              found(&w, VC_WARNING, "M02")->message);
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2013 * 12 + 8, &w.findings),
                     VC_OK);
    expect_in("2013-07, before 2013-09", found(&w, VC_WARNING, "M10")->message);
    ck_assert_int_eq(vc_targets_check(&w.targets, &w.panel, 2011 * 12, &w.findings),
                     VC_BAD_ARGUMENT);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_every_column),
                                     VCT(selects_units),
                                     VCT(decimals_stay_exact),
                                     VCT(values_of_other_years),
                                     VCT(spoiled_targets),
                                     VCT(two_faults_are_both_told),
                                     VCT(year_ends_are_those_of_the_workspace),
                                     VCT(rates_need_a_population),
                                     VCT(growth_is_formed_from_two_rates),
                                     VCT(judges_with_the_as_of_period),
                                     VCT(knows_nothing_after_as_of),
                                     VCT(says_what_is_left_out)};
    return vct_run("data/target", tests, VCT_COUNT(tests));
}
