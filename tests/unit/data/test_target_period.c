/* Periods, deadlines and bases of targets as they are written, and what is refused. */
#include "data/target_internal.h"
#include "family.h"

#define HEADER "id,year_end,unit,indicator,direction,value,period,deadline,basis\n"

START_TEST(periods_in_both_languages) {
    static const struct {
        const char *text;
        int months;
    } cases[] = {{"month", 1},   {"月", 1},        {"月度", 1},     {"quarter", 3},
                 {"季", 3},      {"季度", 3},      {"half", 6},     {"半年", 6},
                 {"半年度", 6},  {"year", 12},     {"年", 12},      {"年度", 12},
                 {"全年", 12},   {"1 year", 12},   {"3 years", 36}, {"3年", 36},
                 {"10 年", 120}, {"5years", 60},   {"11年", 0},     {"0年", 0},
                 {"3", 0},       {"years", 0},     {"3 months", 0}, {"", 0},
                 {"-3年", 0},    {"1000 years", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(vci_target_months_parse(cases[i].text, strlen(cases[i].text)) ==
                          cases[i].months,
                      "%s", cases[i].text);
}
END_TEST

START_TEST(windows_of_the_table) {
    static const struct {
        int first, end; /* months from 2013-01 */
    } windows[] = {{0, 11}, {6, 8}, {6, 6}, {6, 11}, {-12, 11}, {0, 9}, {6, 7}};
    world w;
    ck_assert_int_eq(read_family(&w, "name: 县\n",
                                 HEADER "a,2013-12,A,births,at_most,9,year,,\n"
                                        "b,2013-09,A,births,at_most,9,季,,\n"
                                        "c,2013-07,A,births,at_most,9,month,2013-07,\n"
                                        "d,2013-12,A,births,at_most,9,半年,,\n"
                                        "e,2013-12,A,births,at_most,9,2 years,,\n"
                                        "f,2013-12,A,births,at_most,9,,2013-10,\n"
                                        "g,2013-09,A,births,at_most,9,quarter,2013-08,\n"),
                     VC_OK);
    ck_assert_uint_eq(w.findings.n, 0);
    for (size_t i = 0; i < w.targets.n; i++) {
        vc_year window = vc_target_window(&w.targets.list[i], VC_MONTHLY);
        ck_assert_int_eq(window.first, 2013 * 12 + windows[i].first);
        ck_assert_int_eq(window.end, 2013 * 12 + windows[i].end);
    }
    world_free(&w);
}
END_TEST

START_TEST(quarterly_data_have_no_months) {
    world w;
    put("workspace.yaml", "name: 县\nperiod: quarter\n");
    put("units.csv", "code,name\nA,甲镇\n");
    put("monthly.csv", "unit,month,births\nA,2013-Q1,9\nA,2013-Q2,9\n");
    put("progress.csv", "unit,month,indicator,kind,numerator,denominator\n"
                        "A,2013-Q1,录入率,stock,8,10\n");
    put("targets.csv", HEADER "a,2013-Q3,A,births,at_most,9,quarter,,\n"
                              "b,2013-Q4,A,births,at_most,9,half,,\n"
                              "c,2013-Q3,A,births,at_most,9,month,,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(world_targets(&w), VC_BAD_INPUT);
    ck_assert_int_eq(w.targets.list[0].length, 1);
    ck_assert_int_eq(w.targets.list[1].length, 2);
    expect_in("3 months each", expect(&w, VC_FAULT, "S04", "targets.csv", 4, 30)->message);
    world_free(&w);
}
END_TEST

START_TEST(spoiled_periods) {
    static const struct {
        const char *row, *kind;
        size_t column;
        const char *message, *remedy;
    } cases[] = {
        {"a,2013-12,A,births,at_most,9,weekly,,", "V01", 30, "weekly", "3 years"},
        {"a,2013-12,A,births,at_most,9,11 years,,", "V01", 30, "at most 10", NULL},
        {"a,2013-12,A,births,at_most,9,3年,,", "S04", 30,
         "begins in 2011-01, before the data", NULL},
        {"a,2013-12,A,births,at_most,9,,2014-01,", "S04", 31, "2013-01 to 2013-12",
         "2013-01"},
        {"a,2013-12,A,births,at_most,9,,2012-12,", "S04", 31, "2012-12", NULL},
        {"a,2013-09,A,births,at_most,9,季,2013-06,", "S04", 32, "2013-07 to 2013-09", NULL},
        {"a,2013-12,A,births,at_most,9,,soon,", "M06", 31, NULL, NULL},
        {"a,2012-12,A,births,at_most,9,,,", "S04", 3, "2013-12", NULL},
        {"a,2012-11,A,births,at_most,9,month,,", "S04", 3, "2013-12", NULL},
        {"a,2013-12,A,births,at_most,9,,,village", "V01", 32, "village", "resident"},
        {"a,2013-12,A,births,at_most,9,,,resident", "S05", 32, "not of basis resident",
         "monthly.csv"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char table[512];
        snprintf(table, sizeof table, HEADER "%s\n", cases[i].row);
        ck_assert_int_eq(read_family(&w, "name: 县\nyear_ends: [2013-12]\n", table),
                         VC_BAD_INPUT);
        const vc_finding *finding =
            expect(&w, VC_FAULT, cases[i].kind, "targets.csv", 2, cases[i].column);
        if (cases[i].message) expect_in(cases[i].message, finding->message);
        if (cases[i].remedy) expect_in(cases[i].remedy, finding->remedy);
        ck_assert_uint_eq(w.findings.n_faults, 1);
        world_free(&w);
    }
}
END_TEST

/* A month that is over is a result; a year that is over, or a month long ago, is not. */
START_TEST(what_is_over) {
    static const struct {
        const char *row;
        bool good;
    } cases[] = {{"a,2013-06,A,births,at_most,9,month,,", true},
                 {"a,2012-08,A,births,at_most,9,month,,", true},
                 {"a,2012-07,A,births,at_most,9,month,,", false},
                 {"a,2013-06,A,births,at_most,9,half,,", true},
                 {"a,2013-06,A,births,at_most,9,,,", false},
                 {"a,2013-12,A,births,at_most,9,,2013-03,", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char table[512];
        snprintf(table, sizeof table, HEADER "%s\n", cases[i].row);
        ck_assert_int_eq(read_family(&w, "name: 县\n", table), VC_OK);
        vc_status st = vc_targets_check(&w.targets, &w.panel, 2013 * 12 + 6, &w.findings);
        ck_assert_msg(st == (cases[i].good ? VC_OK : VC_BAD_INPUT), "%s", cases[i].row);
        if (!cases[i].good) expect(&w, VC_FAULT, "S04", "targets.csv", 2, 0);
        world_free(&w);
    }
}
END_TEST

/* The same id may stand once for each basis; what belongs elsewhere is said. */
START_TEST(targets_of_one_basis) {
    static const char table[] = HEADER "a,2013-12,A,births,at_most,9,,,registered\n"
                                       "a,2013-12,A,births,at_most,5,,,常住\n"
                                       "b,2013-12,A,births,at_most,8,,,\n";
    for (int resident = 0; resident < 2; resident++) {
        world w;
        put("workspace.yaml",
            resident ? "name: 县\nbasis: resident\n" : "name: 县\nbasis: registered\n");
        put("units.csv", "code,name\nA,甲镇\n");
        put("monthly.csv", "unit,month,basis,births\nA,2013-01,registered,9\n"
                           "A,2013-01,resident,7\n");
        put("progress.csv", "unit,month,indicator,kind,numerator,denominator\n"
                            "A,2013-01,录入率,stock,8,10\n");
        put("targets.csv", table);
        ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
        ck_assert_int_eq(world_targets(&w), VC_OK);
        ck_assert_uint_eq(w.targets.n, 2);
        ck_assert_int_eq(w.targets.list[0].value.value.num, resident ? 5 : 9);
        ck_assert_str_eq(w.targets.list[1].id, "b");
        expect_in("1 targets", expect(&w, VC_INFO, "V04", "targets.csv", 0, 0)->message);
        world_free(&w);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(periods_in_both_languages),
                                     VCT(windows_of_the_table),
                                     VCT(quarterly_data_have_no_months),
                                     VCT(spoiled_periods),
                                     VCT(what_is_over),
                                     VCT(targets_of_one_basis)};
    return vct_run("data/target_period", tests, VCT_COUNT(tests));
}
