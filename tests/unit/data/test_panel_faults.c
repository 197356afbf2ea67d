/* Spoiled monthly tables: each with its kind, place and remedy (docs/FILE_FORMATS.md). */
#include "world.h"

static const char UNITS[] = "code,name,parent\nC,县,\nA,甲镇,C\n0B,乙镇,C\n";

typedef struct spoiled_case {
    const char *monthly;
    vc_severity severity;
    const char *kind;
    size_t line, column;
    const char *message, *remedy; /* parts of them; NULL: any */
} spoiled_case;

static void check_case(const char *settings, const char *units, const spoiled_case *c) {
    world w;
    put("workspace.yaml", settings);
    put("units.csv", units);
    put("monthly.csv", c->monthly);
    vc_status st = world_read(&w, VC_ENGLISH);
    const vc_finding *finding =
        expect(&w, c->severity, c->kind, "monthly.csv", c->line, c->column);
    if (c->message) expect_in(c->message, finding->message);
    if (c->remedy) expect_in(c->remedy, finding->remedy);
    ck_assert_int_eq(st, c->severity == VC_FAULT ? VC_BAD_INPUT : VC_OK);
    expect_numbers(&w, c->severity == VC_FAULT, c->severity == VC_WARNING);
    world_free(&w);
}

static void check_cases(const char *settings, const char *units, size_t n,
                        const spoiled_case cases[]) {
    for (size_t i = 0; i < n; i++) check_case(settings, units, &cases[i]);
}

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))
#define CLEAN "unit,month,births\nA,2013-01,1\n0B,2013-01,2\n"

START_TEST(units_of_rows) {
    static const spoiled_case cases[] = {
        {CLEAN "D,2013-01,3\nD,2013-02,3\n", VC_FAULT, "U01", 4, 1, "2 rows", "units.csv"},
        {CLEAN "甲镇,2013-02,3\n", VC_FAULT, "U01", 4, 1, NULL, "write A"},
        {CLEAN "B,2013-02,3\n", VC_FAULT, "U03", 4, 1, "0B", NULL},
        {CLEAN ",2013-02,3\n", VC_FAULT, "N06", 4, 1, NULL, NULL},
        {CLEAN "A,,3\n", VC_FAULT, "N06", 4, 3, NULL, NULL},
        {CLEAN "合 计,2013-01,3\n", VC_FAULT, "T09", 4, 1, NULL, "total_rows: [合 计]"},
        {CLEAN "Total,2013-01,3\n", VC_FAULT, "T09", 4, 1, NULL, "monthly:"},
        {"unit,单位名称,month,births\nA,甲镇,2013-01,1\n0B,丙镇,2013-01,2\n", VC_FAULT,
         "U02", 3, 4, "乙镇", "former_names"}};
    check_cases("name: 县\n", UNITS, COUNT(cases), cases);
}
END_TEST

START_TEST(a_unit_without_data_is_a_warning) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    put("monthly.csv", "unit,month,births\nA,2013-01,1\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect(&w, VC_WARNING, "U01", "units.csv", 4, 0);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(totals_must_agree) {
    static const char settings[] =
        "name: 县\ntables:\n  monthly:\n    total_rows: [合计]\n";
    static const spoiled_case cases[] = {
        {CLEAN "合计,2013-01,3\n", VC_WARNING, "T09", 4, 1, NULL, NULL},
        {CLEAN "合计,2013-01,4\n", VC_FAULT, "T09", 4, 1, "difference +1", NULL}};
    check_cases(settings, UNITS, COUNT(cases), cases);
}
END_TEST

START_TEST(periods_of_rows) {
    static const spoiled_case cases[] = {
        {CLEAN "A,3013-02,3\n", VC_FAULT, "M05", 4, 3, NULL, NULL},
        {CLEAN "A,2013-01,1\n", VC_WARNING, "M07", 4, 1, "line 2", NULL},
        {CLEAN "0B,2013-01,3\n", VC_FAULT, "M08", 4, 1, "line 3", "reported"},
        {CLEAN "A,2013-02,3\nA,2013-03,3\n0B,2013-03,3\n", VC_WARNING, "M09", 3, 1,
         "2013-02", NULL},
        {CLEAN "A,2013-02,3\n", VC_WARNING, "M09", 3, 1, "projected", NULL}};
    check_cases("name: 县\n", UNITS, COUNT(cases), cases);
}
END_TEST

/* A slip in the year moves the end of everything: refused at its row. */
START_TEST(a_month_far_off_is_refused) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    put("monthly.csv", CLEAN "A,2031-01,3\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
    expect(&w, VC_FAULT, "M02", "monthly.csv", 4, 3);
    world_free(&w);
    put("monthly.csv", CLEAN "A,1513-01,3\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
    expect(&w, VC_FAULT, "F14", "monthly.csv", 4, 1);
    world_free(&w);
}
END_TEST

START_TEST(a_long_gap_is_named) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    char monthly[2048] = "unit,month,births\nA,2012-01,1\nA,2013-03,1\n";
    for (int month = 0; month < 15; month++) {
        size_t n = strlen(monthly);
        snprintf(monthly + n, sizeof monthly - n, "0B,%d-%02d,1\n", 2012 + month / 12,
                 month % 12 + 1);
    }
    put("monthly.csv", monthly);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    const vc_finding *gap = expect(&w, VC_WARNING, "M09", "monthly.csv", 2, 1);
    expect_in("13 periods, more than a year", gap->message);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

#define SEXES "unit,month,births,births_male,births_female,births_compliant,population\n"

START_TEST(figures_of_a_row) {
    static const spoiled_case cases[] = {
        {SEXES "A,2013-01,-1,1,1,1,9\n", VC_FAULT, "C01", 2, 11, NULL, NULL},
        {SEXES "A,2013-01,3,4,0,1,9\n", VC_FAULT, "C02", 2, 13, "births_male (4)", NULL},
        {SEXES "A,2013-01,3,0,4,1,9\n", VC_FAULT, "C02", 2, 15, "births_female (4)", NULL},
        {SEXES "A,2013-01,3,1,2,4,9\n", VC_FAULT, "C02", 2, 17, "births_compliant (4)",
         NULL},
        {SEXES "A,2013-01,4,1,2,3,9\n", VC_FAULT, "C03", 2, 11, "difference -1", NULL},
        {SEXES "A,2013-01,3,1,2,3,0\n", VC_FAULT, "C05", 2, 19, "is 0", "blank"},
        {SEXES "A,2013-01,3,1,2,3,-9\n", VC_FAULT, "C01", 2, 19, NULL, NULL},
        {SEXES "A,2013-01,3,1,2,3,2\n", VC_FAULT, "C05", 2, 19, "more births", NULL},
        {"unit,month,deaths,deaths_male,deaths_female\nA,2013-01,3,1,1\n", VC_FAULT, "C03",
         2, 11, "difference -1", NULL},
        {"unit,month,births,status\nA,2013-01,3,快\n", VC_FAULT, "V01", 2, 13, "status",
         "provisional"},
        {"unit,month,births,basis\nA,2013-01,3,现有\n", VC_FAULT, "V01", 2, 13, "basis",
         "registered"},
        {"unit,month,basis,births\nA,2013-01,registered,3\nA,2013-01,resident,4\n",
         VC_FAULT, "V03", 1, 12, NULL, "basis: registered"},
        {"unit,month,population\nA,2013-01,9\n", VC_FAULT, "T05", 1, 0, NULL, "columns:"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        world w;
        put("workspace.yaml", "name: 县\n");
        put("units.csv", "code\nA\n");
        put("monthly.csv", cases[i].monthly);
        ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
        const vc_finding *finding = expect(&w, VC_FAULT, cases[i].kind, "monthly.csv",
                                           cases[i].line, cases[i].column);
        if (cases[i].message) expect_in(cases[i].message, finding->message);
        if (cases[i].remedy) expect_in(cases[i].remedy, finding->remedy);
        world_free(&w);
    }
}
END_TEST

START_TEST(population_that_is_not_there) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    put("monthly.csv", "unit,month,births,population\nA,2013-01,1,10\nA,2013-02,1,\n"
                       "A,2013-03,1,12\nA,2013-04,1,\n0B,2013-01,1,\n0B,2013-02,1,\n"
                       "0B,2013-03,1,\n0B,2013-04,1,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect(&w, VC_WARNING, "M10", "monthly.csv", 4, 1);
    expect(&w, VC_WARNING, "M09", "monthly.csv", 0, 0);
    expect(&w, VC_WARNING, "C05", "monthly.csv", 0, 0);
    expect(&w, VC_WARNING, "N06", "monthly.csv", 3, 13);
    expect_numbers(&w, 0, 4);
    world_free(&w);
}
END_TEST

START_TEST(rows_of_parents) {
    static const spoiled_case cases[] = {
        {CLEAN "C,2013-01,3\n", VC_INFO, "U05", 4, 1, "1 figures", NULL},
        {CLEAN "C,2013-01,5\n", VC_FAULT, "U05", 4, 1, "difference +2", NULL},
        {CLEAN "C,2012-12,3\n", VC_WARNING, "U05", 4, 1, "not used", NULL}};
    check_cases("name: 县\n", UNITS, COUNT(cases), cases);
    world w;
    put("monthly.csv", "unit,month,births\nC,2013-01,3\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
    expect(&w, VC_FAULT, "U05", "monthly.csv", 2, 1);
    ck_assert_uint_eq(w.findings.n_faults, 1);
    world_free(&w);
}
END_TEST

START_TEST(both_faults_of_a_file_are_told) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", "code,parent\nC,\nA,C\n0B,X\n");
    put("monthly.csv", "unit,month,births,births_male\nA,2013-01,1,2\nD,2013-01,2,1\n"
                       "A,2013-13,1,1\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
    expect(&w, VC_FAULT, "C02", "monthly.csv", 2, 13);
    expect(&w, VC_FAULT, "U01", "monthly.csv", 3, 1);
    expect(&w, VC_FAULT, "M01", "monthly.csv", 4, 3);
    expect(&w, VC_FAULT, "U04", "units.csv", 4, 4);
    ck_assert_uint_eq(w.findings.n_faults, 4);
    world_free(&w);
}
END_TEST

START_TEST(no_data_at_all) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    ck_assert_int_eq(world_read(&w, VC_CHINESE), VC_BAD_INPUT);
    ck_assert_ptr_nonnull(found(&w, VC_FAULT, "F02"));
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(units_of_rows),
                                     VCT(a_unit_without_data_is_a_warning),
                                     VCT(totals_must_agree),
                                     VCT(periods_of_rows),
                                     VCT(a_month_far_off_is_refused),
                                     VCT(a_long_gap_is_named),
                                     VCT(figures_of_a_row),
                                     VCT(population_that_is_not_there),
                                     VCT(rows_of_parents),
                                     VCT(both_faults_of_a_file_are_told),
                                     VCT(no_data_at_all)};
    return vct_run("data/panel_faults", tests, VCT_COUNT(tests));
}
