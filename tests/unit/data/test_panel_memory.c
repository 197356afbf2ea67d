/* Every allocation of reading a workspace fails once: VC_NO_MEMORY, and nothing leaks. */
#include "world.h"

static void put_all(void) {
    put("workspace.yaml", "name: 县\nunits: {from_columns: [c, t], names: [cn, tn]}\n"
                          "tables:\n  monthly:\n    total_rows: [合计]\n");
    put("monthly.csv", "c,cn,t,tn,month,births_male,births_female,population,reported\n"
                       "1,甲,11,乙,2013-01,1,2,100,2013-02\n"
                       "1,甲,11,乙,2013-01,1,3,100,2013-03\n"
                       "2,丙,21,丁,2013-01,1,2,,\n2,丙,21,丁,2013-03,1,2,90,\n"
                       "合计,,,,2013-01,2,5,,\n");
    put("progress.csv",
        "unit,month,indicator,kind,numerator,denominator,cumulative,department\n"
        "11,2013-01,完成率,quota,1,10,no,卫健局\n");
    put("values.csv", "unit,period,indicator,value\n11,2013-01,满意度,80\n");
    put("targets.csv", "id,year_end,unit,indicator,direction,value,scoring\n"
                       "a,2013-12,11,births,at_most,previous_year,一般\n"
                       "b,2013-12,level:2,出生人口性别比,at_most,107,\n");
}

static vc_status read_all(world *w) {
    vc_status st = vc_panel_read(&w->workspace, &w->findings, &w->panel);
    if (st == VC_OK) st = world_targets(w);
    if (st == VC_OK)
        st = vc_targets_check(&w->targets, &w->panel, 2013 * 12 + 1, &w->findings);
    if (st == VC_OK) st = vc_panel_truncate(&w->panel, 2013 * 12 + 1);
    return st;
}

START_TEST(every_allocation_may_fail) {
    put_all();
    vc_status st = VC_NO_MEMORY;
    long n = 0;
    for (; st == VC_NO_MEMORY && n < 100000; n++) {
        world w = {0};
        vc_findings_init(&w.findings, VC_CHINESE);
        ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                         VC_OK);
        vci_memory_fail_at(n);
        st = read_all(&w);
        vci_memory_fail_at(-1);
        ck_assert_msg(st == VC_NO_MEMORY || st == VC_OK, "allocation %ld: %s %s", n,
                      vc_status_name(st), all_findings(&w.findings));
        world_free(&w);
    }
    ck_assert_int_eq(st, VC_OK);
    ck_assert_int_gt(n, 200);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_allocation_may_fail)};
    return vct_run("data/panel_memory", tests, VCT_COUNT(tests));
}
