/* progress.csv and values.csv. */
#include <math.h>

#include "world.h"

static const char UNITS[] = "code,parent\nC,\nA,C\nB,C\n";

static vc_status read_tables(world *w, const char *progress, const char *values) {
    put("workspace.yaml", "name: 县\nyear_end_month: 9\n");
    put("units.csv", UNITS);
    if (progress) put("progress.csv", progress);
    if (values) put("values.csv", values);
    return world_read(w, VC_ENGLISH);
}

START_TEST(sums_what_is_not_cumulative) {
    world w;
    ck_assert_int_eq(
        read_tables(
            &w,
            "unit,month,indicator,kind,numerator,denominator,cumulative,department\n"
            "A,2012-08,完成率,quota,5,100,no,卫健局\nA,2012-09,完成率,quota,6,100,no,\n"
            "A,2012-10,完成率,quota,7,110,no,\nA,2012-11,完成率,quota,8,110,no,\n"
            "A,2013-01,完成率,quota,9,110,no,\nA,2013-02,完成率,定额,40,110,是,\n"
            "A,2013-03,完成率,quota,2,110,no,\n",
            NULL),
        VC_OK);
    ck_assert_uint_eq(w.panel.n_progress, 1);
    const vc_progress *p = &w.panel.progress[0];
    ck_assert_int_eq(p->kind, VC_QUOTA);
    ck_assert_str_eq(p->department, "卫健局");
    ck_assert_ptr_null(p->sample_size);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2012-09"), 11, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2012-10"), 7, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2012-11"), 15, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2012-12"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2013-01"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2013-02"), 40, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "A", "2013-03"), 42, 0, 0);
    CHECK_CLOSE(figure(&w, p->denominator, "A", "2013-03"), 110, 0, 0);
    CHECK_CLOSE(figure(&w, p->numerator, "C", "2012-11"), 15, 0, 0);
    expect(&w, VC_WARNING, "U01", "progress.csv", 0, 0);
    expect_numbers(&w, 0, 1);
    ck_assert_int_eq(vc_panel_last(&w.panel), 2013 * 12 + 2);
    world_free(&w);
}
END_TEST

START_TEST(parents_are_sums_where_not_given) {
    world w;
    ck_assert_int_eq(
        read_tables(
            &w,
            "unit,month,indicator,kind,numerator,denominator\nA,2013-01,z,stock,8,10\n"
            "B,2013-01,z,stock,1,20\nC,2013-02,z,stock,40,50\nA,2013-02,z,stock,9,10\n"
            "B,2013-02,z,stock,2,20\nB,2013-01,a,survey,88.5,\n",
            NULL),
        VC_OK);
    const vc_progress *a = &w.panel.progress[0], *z = &w.panel.progress[1];
    ck_assert_str_eq(a->indicator, "a");
    ck_assert_str_eq(z->indicator, "z");
    CHECK_CLOSE(figure(&w, z->numerator, "C", "2013-01"), 9, 0, 0);
    CHECK_CLOSE(figure(&w, z->denominator, "C", "2013-01"), 30, 0, 0);
    CHECK_CLOSE(figure(&w, z->numerator, "C", "2013-02"), 40, 0, 0);
    CHECK_CLOSE(figure(&w, a->numerator, "C", "2013-01"), NAN, 0, 0);
    ck_assert_ptr_nonnull(a->sample_size);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(values_stand_for_themselves) {
    world w;
    ck_assert_int_eq(read_tables(&w, NULL,
                                 "unit,period,indicator,value\nC,2013-01,b,-1.5\n"
                                 "C,2013-03,b,2\nC,2013-02,a,7\n"),
                     VC_OK);
    ck_assert_uint_eq(w.panel.n_values, 2);
    ck_assert_str_eq(w.panel.values[0].indicator, "a");
    CHECK_CLOSE(figure(&w, w.panel.values[1].value, "C", "2013-01"), -1.5, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.values[1].value, "C", "2013-02"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.values[1].value, "A", "2013-01"), NAN, 0, 0);
    ck_assert_ptr_null(w.panel.population);
    expect_numbers(&w, 0, 0);
    ck_assert_int_eq(vc_panel_truncate(&w.panel, 2013 * 12 + 1), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.values[0].value, "C", "2013-02"), 7, 0, 0);
    ck_assert_int_eq(vc_panel_last(&w.panel), 2013 * 12 + 1);
    world_free(&w);
}
END_TEST

#define PROGRESS "unit,month,indicator,kind,numerator,denominator,cumulative\n"
#define VALUES "unit,period,indicator,value\n"

START_TEST(spoiled_series) {
    static const struct {
        const char *progress, *values, *kind, *file;
        vc_severity severity;
        size_t line, column;
    } cases[] = {
        {PROGRESS "A,2013-01,x,stock,11,10,\n", NULL, "C02", "progress.csv", VC_FAULT, 2,
         19},
        {PROGRESS "A,2013-01,x,stock,-1,10,\n", NULL, "C01", "progress.csv", VC_FAULT, 2,
         19},
        {PROGRESS "A,2013-01,x,quota,1,10,\n", NULL, "V01", "progress.csv", VC_FAULT, 2,
         24},
        {PROGRESS "A,2013-01,x,quata,1,10,no\n", NULL, "V01", "progress.csv", VC_FAULT, 2,
         13},
        {PROGRESS "A,2013-01,x,stock,1,10,\nA,2013-02,x,survey,1,10,\n", NULL, "V02",
         "progress.csv", VC_FAULT, 3, 13},
        {PROGRESS "A,2013-01,x,stock,1,10,\nA,2013-01,x,stock,1,10,\n", NULL, "M07",
         "progress.csv", VC_WARNING, 3, 1},
        {PROGRESS "A,2013-01,x,stock,1,10,\nA,2013-01,x,stock,2,10,\n", NULL, "M08",
         "progress.csv", VC_FAULT, 3, 1},
        {PROGRESS "A,2013-01,,stock,1,10,\n", NULL, "N06", "progress.csv", VC_FAULT, 2, 11},
        {PROGRESS "A,2013-01,x,stock,1,10,\n", VALUES "A,2013-01,x,1\n", "V02",
         "values.csv", VC_FAULT, 2, 11},
        {NULL, VALUES "C,2013-01,x,1\nC,2013-01,x,2\n", "M08", "values.csv", VC_FAULT, 3,
         1},
        {NULL, VALUES "C,2013-01,x,1\n总计,2013-01,x,2\n", "T09", "values.csv", VC_FAULT, 3,
         1},
        {NULL, VALUES "D,2013-01,x,1\n", "U01", "values.csv", VC_FAULT, 2, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char path[512];
        static const char *const names[] = {"progress.csv", "values.csv"};
        for (size_t k = 0; k < 2; k++) {
            snprintf(path, sizeof path, "%s/%s", vct_scratch(), names[k]);
            remove(path);
        }
        vc_status st = read_tables(&w, cases[i].progress, cases[i].values);
        ck_assert_int_eq(st, cases[i].severity == VC_FAULT ? VC_BAD_INPUT : VC_OK);
        expect(&w, cases[i].severity, cases[i].kind, cases[i].file, cases[i].line,
               cases[i].column);
        ck_assert_uint_eq(w.findings.n_faults, cases[i].severity == VC_FAULT);
        world_free(&w);
    }
}
END_TEST

/*
 * A name that is formed from events cannot stand for a series as well, in either language.
 */
START_TEST(names_must_not_clash) {
    world w;
    put("monthly.csv",
        "unit,month,births_male,births_female\nA,2013-01,1,2\nB,2013-01,1,2\n");
    ck_assert_int_eq(read_tables(&w, NULL,
                                 VALUES
                                 "C,2013-01,birth_rate,1\nC,2013-01,出生人口性别比,1\n"),
                     VC_BAD_INPUT);
    /* There is no population, so that the birth rate is not formed. */
    expect(&w, VC_FAULT, "V02", "values.csv", 3, 11);
    ck_assert_uint_eq(w.findings.n_faults, 1);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(sums_what_is_not_cumulative), VCT(parents_are_sums_where_not_given),
        VCT(values_stand_for_themselves), VCT(spoiled_series), VCT(names_must_not_clash)};
    return vct_run("data/panel_series", tests, VCT_COUNT(tests));
}
