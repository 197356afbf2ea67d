/* Every allocation of reading a workspace fails once: VC_NO_MEMORY, and nothing leaks. */
#include "vitalcast/crosswalk.h"
#include "world.h"

static void put_all(void) {
    put("workspace.yaml", "name: 县\nunits: {from_columns: [c, t], names: [cn, tn]}\n"
                          "tables:\n  monthly:\n    total_rows: [合计]\n"
                          "scoring: {一般: {rule: tiers, tiers: [{to: 0, points: 1}]}}\n"
                          "total_points: 5\n"
                          "sources: {公安: {births: {ratio: 1, sd: 0.1}}}\n");
    put("sources.csv", "source,unit,month,births,births_male,births_female\n"
                       "公安,11,2013-01,3,,\n医院,11,2013-01,,1,2\n");
    put("monthly.csv", "c,cn,t,tn,month,births_male,births_female,population,reported\n"
                       "1,甲,11,乙,2013-01,1,2,100,2013-02\n"
                       "1,甲,11,乙,2013-01,1,3,100,2013-03\n"
                       "2,丙,21,丁,2013-01,1,2,,\n2,丙,21,丁,2013-03,1,2,90,\n"
                       "合计,,,,2013-01,2,5,,\n");
    put("progress.csv",
        "unit,month,indicator,kind,numerator,denominator,cumulative,department\n"
        "11,2013-01,完成率,quota,1,10,no,卫健局\n");
    put("values.csv", "unit,period,indicator,value\n11,2013-01,满意度,80\n");
    put("targets.csv", "id,year_end,unit,indicator,direction,value,points,scoring\n"
                       "a,2013-12,11,births,at_most,previous_year,5,一般\n"
                       "b,2013-12,level:2,出生人口性别比,at_most,107,,\n");
}

/* The same for a list of units of which some ended. */
static void put_changes(void) {
    put("workspace.yaml", "name: 县\n");
    put("units.csv", "code,parent,valid_from,valid_to,became,share\nP,,,,,\nQ,,,,,\n"
                     "A,P,,2012-12,B;C,0.5;0.5\nB,P,2013-01,,,\nC,Q,2013-01,,,\n"
                     "D,Q,,2012-11,E,\nE,Q,,,,\n");
    put("monthly.csv", "unit,month,births_male,births_female,births_compliant,population\n"
                       "A,2012-11,3,4,7,500\nD,2012-11,1,1,1,90\nE,2012-11,1,0,1,80\n"
                       "A,2012-12,5,4,8,501\nE,2012-12,2,0,2,171\nB,2013-01,3,1,4,250\n"
                       "C,2013-01,3,3,6,252\nE,2013-01,1,1,2,173\n");
    put("values.csv", "unit,period,indicator,value\nD,2012-11,满意度,80\n");
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "a,2013-12,B,births,at_most,90\nb,2013-12,A,births,at_most,90\n");
}

static vc_status settle(world *w) {
    vc_status st = vc_panel_read(&w->workspace, &w->findings, &w->panel);
    if (st == VC_OK) st = world_targets(w);
    if (st == VC_OK) st = vc_panel_truncate(&w->panel, 2013 * 12);
    if (st == VC_OK)
        st = vc_crosswalk_apply(&w->panel, 2013 * 12, &w->targets, &w->findings);
    return st;
}

static vc_status read_all(world *w) {
    vc_status st = vc_panel_read(&w->workspace, &w->findings, &w->panel);
    if (st == VC_OK) st = world_targets(w);
    if (st == VC_OK)
        st = vc_targets_check(&w->targets, &w->panel, 2013 * 12 + 1, &w->findings);
    if (st == VC_OK) st = vc_panel_truncate(&w->panel, 2013 * 12 + 1);
    return st;
}

/* Fails each allocation in turn; the last status is the one without a failure. */
static vc_status fail_each(vc_status (*work)(world *), long *n) {
    vc_status st = VC_NO_MEMORY;
    for (*n = 0; st == VC_NO_MEMORY && *n < 100000; ++*n) {
        world w = {0};
        vc_findings_init(&w.findings, VC_CHINESE);
        ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                         VC_OK);
        vci_memory_fail_at(*n);
        st = work(&w);
        vci_memory_fail_at(-1);
        ck_assert_msg(st == VC_NO_MEMORY || st == VC_OK || st == VC_BAD_INPUT,
                      "allocation %ld: %s %s", *n, vc_status_name(st),
                      all_findings(&w.findings));
        world_free(&w);
    }
    return st;
}

START_TEST(every_allocation_may_fail) {
    long n = 0;
    put_all();
    ck_assert_int_eq(fail_each(read_all, &n), VC_OK);
    ck_assert_int_gt(n, 200);
}
END_TEST

/* Ends with the fault that a target names a unit that is gone. */
START_TEST(every_allocation_of_the_crosswalk_may_fail) {
    long n = 0;
    put_changes();
    ck_assert_int_eq(fail_each(settle, &n), VC_BAD_INPUT);
    ck_assert_int_gt(n, 200);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_allocation_may_fail),
                                     VCT(every_allocation_of_the_crosswalk_may_fail)};
    return vct_run("data/panel_memory", tests, VCT_COUNT(tests));
}
