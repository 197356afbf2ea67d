/* sources.csv and `sources:`: what other offices count, in which order, and what is
 * refused. */
#include <math.h>

#include "unit/data/world.h"

#define HEAD "source,unit,month,births,births_male,births_female,deaths\n"

static void put_workspace(const char *settings, const char *sources) {
    char yaml[1024];
    snprintf(yaml, sizeof yaml, "name: 县\n%s", settings);
    put("workspace.yaml", yaml);
    put("units.csv", "code,name,parent\nC,县,\nC1,东镇,C\nC2,西镇,C\n");
    put("monthly.csv", "unit,month,births_male,births_female,deaths\n"
                       "C1,2019-01,5,6,4\nC2,2019-01,7,8,9\n"
                       "C1,2019-02,5,6,3\nC2,2019-02,7,8,8\n");
    put("sources.csv", sources);
}

static const char DECLARED[] = "sources:\n"
                               "  公安:\n"
                               "    births: {ratio: 0.96, sd: 0.02, common: 0.9}\n"
                               "    widen: yes\n";

START_TEST(counts_are_put_in_order) {
    world w;
    put_workspace(DECLARED, HEAD "医院,C2,2019-02,,6,7,\n"
                                 "公安,C2,2019-01,14,,,9\n"
                                 "公安,C1,2019-02,10,,,\n"
                                 "公安,C1,2019-01,12,,,\n"
                                 "医院,C,2019-01,26,,,\n");
    ck_assert_msg(world_read(&w, VC_ENGLISH) == VC_OK, "%s", all_findings(&w.findings));
    const vc_others *o = &w.panel.others;
    const vc_unit_tree *tree = &w.panel.tree;
    vc_period first = 2019 * 12;
    ck_assert_uint_eq(o->n, 2);
    ck_assert_str_eq(o->list[0].name, "公安");
    ck_assert(o->list[0].widens && !o->list[1].widens);
    CHECK_CLOSE(o->list[0].ratio[VC_BIRTHS], 0.96, 0, 0);
    CHECK_CLOSE(o->list[0].common[VC_BIRTHS], 0.9, 0, 0);
    ck_assert(isnan(o->list[0].ratio[VC_DEATHS]) && isnan(o->list[1].ratio[VC_BIRTHS]));
    ck_assert_uint_eq(o->n_counts, 8);
    CHECK_CLOSE(vc_others_sum(o, tree, 0, VC_BIRTHS, 1, first, 2), 22, 0, 0);
    CHECK_CLOSE(vc_others_sum(o, tree, 1, VC_BIRTHS, 2, first + 1, 1), 13, 0, 0);
    CHECK_CLOSE(vc_others_sum(o, tree, 0, VC_BIRTHS, 0, first, 1), 26, 0, 0);
    CHECK_CLOSE(vc_others_sum(o, tree, 1, VC_BIRTHS, 0, first, 1), 26, 0, 0);
    ck_assert(isnan(vc_others_sum(o, tree, 0, VC_BIRTHS, 0, first, 2)));
    ck_assert(isnan(vc_others_sum(o, tree, 0, VC_ARRIVALS, 1, first, 1)));
    world_free(&w);
}
END_TEST

/* The order of rows and the numbers of sources leave no trace; the counts do. */
START_TEST(digest) {
    world a, b, c, none;
    put_workspace("", HEAD "公安,C1,2019-01,12,,,\n医院,C1,2019-01,11,,,\n");
    ck_assert_int_eq(world_read(&a, VC_ENGLISH), VC_OK);
    put_workspace("", HEAD "医院,C1,2019-01,11,,,\n公安,C1,2019-01,12,,,\n");
    ck_assert_int_eq(world_read(&b, VC_ENGLISH), VC_OK);
    put_workspace("", HEAD "医院,C1,2019-01,11,,,\n公安,C1,2019-01,13,,,\n");
    ck_assert_int_eq(world_read(&c, VC_ENGLISH), VC_OK);
    ck_assert_mem_eq(a.panel.digest, b.panel.digest, 32);
    ck_assert_mem_ne(a.panel.digest, c.panel.digest, 32);
    put_workspace("", HEAD "公安,C1,2019-02,12,,,\n");
    ck_assert_int_eq(world_read(&none, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(vc_panel_truncate(&none.panel, 2019 * 12), VC_OK);
    ck_assert_uint_eq(none.panel.others.n_counts, 0);
    world_free(&a);
    world_free(&b);
    world_free(&c);
    world_free(&none);
}
END_TEST

START_TEST(all_faults_come_in_one_pass) {
    world w;
    put_workspace(DECLARED, HEAD "医院,C9,2019-01,11,,,\n"
                                 ",C1,2019-01,11,,,\n"
                                 "医院,C1,2019-01,1x,,,\n"
                                 "医院,C1,2019-02,11,,,\n"
                                 "医院,C1,2019-02,12,,,\n"
                                 "医院,C2,2019-02,12,,,\n"
                                 "医院,C2,2019-02,12,,,\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_BAD_INPUT);
    expect(&w, VC_FAULT, "U01", "sources.csv", 2, 4);
    expect(&w, VC_FAULT, "N06", "sources.csv", 3, 1);
    expect(&w, VC_FAULT, "N12", "sources.csv", 4, 15);
    expect(&w, VC_FAULT, "M08", "sources.csv", 6, 4);
    expect(&w, VC_WARNING, "M07", "sources.csv", 8, 4);
    expect(&w, VC_FAULT, "S05", "workspace.yaml", 3, 0);
    world_free(&w);
}
END_TEST

START_TEST(settings_are_read_strictly) {
    world w;
    put_workspace("sources:\n"
                  "  公安:\n"
                  "    births: {ratio: 0.9, sd: 0.02, common: 0.95}\n"
                  "    deaths: {ratio: 0}\n"
                  "    birth: {ratio: 1, sd: 0}\n"
                  "  医院: 0.9\n",
                  HEAD "公安,C1,2019-01,12,,,\n");
    memset(&w, 0, sizeof w);
    vc_findings_init(&w.findings, VC_ENGLISH);
    ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                     VC_BAD_INPUT);
    expect_numbers(&w, 5, 0);
    static const size_t places[][2] = {{4, 44}, {5, 13}, {5, 21}, {6, 5}, {7, 7}};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(w.findings.list[i].line, places[i][0]);
        ck_assert_uint_eq(w.findings.list[i].column, places[i][1]);
    }
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(counts_are_put_in_order), VCT(digest),
                                     VCT(all_faults_come_in_one_pass),
                                     VCT(settings_are_read_strictly)};
    return vct_run("data/others", tests, VCT_COUNT(tests));
}
