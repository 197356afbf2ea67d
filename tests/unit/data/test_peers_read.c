/* peers.csv: what is read into the panel, in which order, and that memory may end anywhere.
 */
#include <math.h>

#include "unit/data/world.h"

#define HEAD "unit,name,class,year_end,as_of,indicator,value,rank\n"

static void put_workspace(const char *peers) {
    put("workspace.yaml", "name: 县\n");
    put("units.csv", "code,name,parent,class\nC,县,,\nC1,东镇,C,towns\nC2,西镇,C,towns\n");
    put("monthly.csv", "unit,month,births_male,births_female,population\n"
                       "C1,2019-01,5,6,1000\nC2,2019-01,7,8,2000\n"
                       "C1,2019-02,5,6,1000\nC2,2019-02,7,8,2000\n");
    put("peers.csv", peers);
}

/* Rows come in any order; figures stand by peer, indicator, year end and as-of. */
START_TEST(figures_are_put_in_order) {
    world w;
    put_workspace(HEAD "P2,南镇,towns,2018-12,2019-02,出生率,9.5,2\n"
                       "P1,北镇,towns,2018-12,2019-02,birth_rate,8.25,1\n"
                       "P2,南镇,towns,2017-12,2018-02,birth_rate,10,\n"
                       "P2,南镇,towns,2018-12,2018-07,birth_rate,9,1\n"
                       "P1,北镇,towns,2018-12,2019-02,得分,95,\n");
    ck_assert_msg(world_read(&w, VC_ENGLISH) == VC_OK, "%s", all_findings(&w.findings));
    const vc_peers *p = &w.panel.peers;
    ck_assert_uint_eq(p->n, 2);
    ck_assert_str_eq(p->list[0].code, "P2");
    ck_assert_str_eq(p->list[1].name, "北镇");
    ck_assert_str_eq(p->list[1].class_name, "towns");
    ck_assert_ptr_null(p->list[1].second_class);
    ck_assert_uint_eq(p->n_indicators, 2);
    ck_assert_str_eq(p->indicators[0], "birth_rate");
    ck_assert_str_eq(p->indicators[1], "points");
    ck_assert_uint_eq(p->n_figures, 5);
    static const double values[] = {10, 9, 9.5, 8.25, 95};
    for (size_t i = 0; i < 5; i++) CHECK_CLOSE(p->figures[i].value, values[i], 0, 0);
    ck_assert(isnan(p->figures[0].rank) && p->figures[2].rank == 2);
    const vc_peer_figure *last = vc_peers_latest(p, 0, 0, 2018 * 12 + 11);
    ck_assert(last == &p->figures[2] && last->as_of == 2019 * 12 + 1);
    world_free(&w);
}
END_TEST

START_TEST(a_figure_said_twice_is_kept_once) {
    world w;
    put_workspace(HEAD "P1,北镇,towns,2018-12,2019-02,birth_rate,8.25,1\n"
                       "P1,北镇,towns,2018-12,2019-02,birth_rate,8.25,1\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect(&w, VC_WARNING, "M07", "peers.csv", 3, 1);
    ck_assert_uint_eq(w.panel.peers.n_figures, 1);
    world_free(&w);
}
END_TEST

START_TEST(all_faults_come_in_one_pass) {
    world w;
    put_workspace(HEAD "C1,东镇,towns,2018-12,2019-02,birth_rate,8.25,1\n"
                       "P1,北镇,town,2018-12,2019-02,birth_rate,8.25,1\n"
                       "P1,北镇,town,2018-12,2019-02,birthrate,8.25,1\n"
                       "P3,新镇,towns,2018-12,2019-02,birth_rate,8.25,0\n"
                       "P4,老镇,towns,,2019-02,birth_rate,8.25,1\n");
    ck_assert_int_ne(world_read(&w, VC_ENGLISH), VC_OK);
    expect(&w, VC_FAULT, "U02", "peers.csv", 2, 1);
    expect(&w, VC_FAULT, "S05", "peers.csv", 3, 7);
    expect(&w, VC_FAULT, "N12", "peers.csv", 5, 45);
    expect(&w, VC_FAULT, "N06", "peers.csv", 6, 13);
    world_free(&w);
}
END_TEST

START_TEST(memory_may_end_anywhere) {
    world w;
    vc_status st = VC_NO_MEMORY;
    put_workspace(HEAD "P1,北镇,towns,2018-12,2019-02,birth_rate,8.25,1\n"
                       "P2,南镇,towns,2018-12,2019-02,points,95,1\n");
    for (long call = 0; st == VC_NO_MEMORY; call++) {
        memset(&w, 0, sizeof w);
        vc_findings_init(&w.findings, VC_ENGLISH);
        ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                         VC_OK);
        vci_memory_fail_at(call);
        st = vc_panel_read(&w.workspace, &w.findings, &w.panel);
        vci_memory_fail_at(-1);
        world_free(&w);
    }
    ck_assert_int_eq(st, VC_OK);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(figures_are_put_in_order), VCT(a_figure_said_twice_is_kept_once),
        VCT(all_faults_come_in_one_pass), VCT(memory_may_end_anywhere)};
    return vct_run("data/peers_read", tests, VCT_COUNT(tests));
}
