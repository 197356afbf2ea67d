/* Renames, mergers and splits as of a period, from tables to the tree of that time. */
#include <math.h>

#include "data/crosswalk_internal.h"
#include "vitalcast/crosswalk.h"
#include "world.h"

#define MONTH(year, month) ((vc_period)((year)*12 + (month)-1))

static void put_all(const char *units, const char *monthly) {
    put("workspace.yaml", "name: 县\n");
    put("units.csv", units);
    put("monthly.csv", monthly);
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "a,2013-12,*,births,at_most,100\n");
}

static vc_status apply(world *w, vc_period as_of) {
    vc_status st = world_read(w, VC_ENGLISH);
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w->findings));
    st = world_targets(w);
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w->findings));
    ck_assert_int_eq(vc_panel_truncate(&w->panel, as_of), VC_OK);
    return vc_crosswalk_apply(&w->panel, as_of, &w->targets, &w->findings);
}

static double births(const world *w, const char *code, const char *month) {
    return figure(w, w->panel.count[VC_BIRTHS], code, month);
}

static bool has_unit(const world *w, const char *code) {
    return vc_unit_find(&w->panel.tree, code) != VC_NO_UNIT;
}

#define HEAD "code,parent,valid_from,valid_to,became,share\n"

/* Town A was renamed B in 2013-01; C stays. */
static const char RENAME[] = HEAD "R,,,,,\nA,R,,2012-12,B,\nC,R,,,,\nB,R,2013-01,,,\n";
static const char RENAMED[] =
    "unit,month,births_male,births_female,births_compliant,deaths,population,"
    "status\n"
    "A,2012-11,3,2,5,1,900,final\nC,2012-11,1,1,2,0,500,final\n"
    "A,2012-12,4,1,4,2,901,final\nC,2012-12,0,1,1,1,501,final\n"
    "B,2013-01,2,2,3,0,902,provisional\nC,2013-01,1,0,1,0,502,final\n";

START_TEST(a_rename_is_exact) {
    world w;
    put_all(RENAME, RENAMED);
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    const vc_panel *p = &w.panel;
    ck_assert_uint_eq(p->tree.n, 3);
    ck_assert_uint_eq(p->tree.n_leaves, 2);
    ck_assert(!has_unit(&w, "A"));
    CHECK_CLOSE(births(&w, "B", "2012-11"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], "B", "2012-12"), 4, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_COMPLIANT], "B", "2012-12"), 4, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_DEATHS], "B", "2012-12"), 2, 0, 0);
    CHECK_CLOSE(figure(&w, p->population, "B", "2012-12"), 901, 0, 0);
    CHECK_CLOSE(figure(&w, p->population, "R", "2012-12"), 1402, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2012-12"), 1, 0, 0);
    CHECK_CLOSE(births(&w, "R", "2012-11"), 7, 0, 0);
    size_t b = vc_unit_find(&p->tree, "B");
    ck_assert_int_eq(p->starts[b], MONTH(2012, 11));
    ck_assert_int_eq(p->status[b * p->n_periods], VC_FINAL);
    ck_assert_int_eq(p->status[b * p->n_periods + 2], VC_PROVISIONAL);
    ck_assert_uint_eq(p->n_changes, 0);
    expect_numbers(&w, 0, 0);
    expect_in("1 units ended by 2013-01",
              expect(&w, VC_INFO, "U07", "units.csv", 0, 0)->message);
    world_free(&w);
}
END_TEST

/* Before the change the old tree stands, and what comes later is not in it. */
START_TEST(the_old_tree_stands_until_the_change) {
    world w;
    put_all(RENAME, RENAMED);
    ck_assert_int_eq(apply(&w, MONTH(2012, 12)), VC_OK);
    ck_assert(has_unit(&w, "A") && has_unit(&w, "C") && !has_unit(&w, "B"));
    CHECK_CLOSE(births(&w, "A", "2012-12"), 5, 0, 0);
    CHECK_CLOSE(births(&w, "R", "2012-12"), 6, 0, 0);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* Equal data, equal digest: the tree of the time leaves the digest alone. */
START_TEST(the_digest_is_that_of_the_data) {
    world w;
    uint8_t digest[32];
    put_all(RENAME, RENAMED);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    memcpy(digest, w.panel.digest, 32);
    world_free(&w);
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    ck_assert_mem_eq(w.panel.digest, digest, 32);
    world_free(&w);
}
END_TEST

/* A joins C, which was there before and starts later than A. */
START_TEST(a_merger_adds_up) {
    world w;
    put_all(HEAD "A,,,2012-12,C,\nC,,,,,\n",
            "unit,month,births,population\nA,2012-10,7,90\nA,2012-11,5,90\nC,2012-11,2,50\n"
            "A,2012-12,4,91\nC,2012-12,1,51\nC,2013-01,9,142\n");
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    CHECK_CLOSE(births(&w, "C", "2012-10"), 7, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2012-11"), 7, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2012-12"), 5, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2013-01"), 9, 0, 0);
    CHECK_CLOSE(births(&w, "root", "2012-12"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "C", "2012-12"), 142, 0, 0);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* A gap of either is missing in both together. */
START_TEST(a_gap_stays_a_gap) {
    world w;
    put_all(HEAD "A,,,2012-12,C,\nC,,,,,\n",
            "unit,month,births\nA,2012-10,7\nC,2012-10,2\nC,2012-11,2\nA,2012-12,4\n"
            "C,2013-01,9\n");
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    CHECK_CLOSE(births(&w, "C", "2012-10"), 9, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2012-11"), NAN, 0, 0);
    CHECK_CLOSE(births(&w, "C", "2012-12"), NAN, 0, 0);
    CHECK_CLOSE(births(&w, "root", "2012-12"), NAN, 0, 0);
    CHECK_CLOSE(births(&w, "root", "2013-01"), 9, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(a_split_keeps_totals_and_says_so) {
    world w;
    put_all(HEAD "X,,,2012-12,A;B,0.6;0.4\nA,,2013-01,,,\nB,,2013-01,,,\n",
            "unit,month,births_male,births_female,births_compliant,deaths,population\n"
            "X,2012-11,7,5,11,3,1001\nX,2012-12,1,1,2,0,1003\n"
            "A,2013-01,4,3,7,1,602\nB,2013-01,2,2,4,1,401\n");
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    const vc_panel *p = &w.panel;
    /* 7: 4.2 and 2.8; 5: 3 and 2; 3: 1.8 and 1.2; 1001: 600.6 and 400.4 */
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], "A", "2012-11"), 4, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], "B", "2012-11"), 3, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_FEMALE], "A", "2012-11"), 3, 0, 0);
    CHECK_CLOSE(births(&w, "A", "2012-11"), 7, 0, 0);
    CHECK_CLOSE(births(&w, "B", "2012-11"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_DEATHS], "A", "2012-11"), 2, 0, 0);
    CHECK_CLOSE(figure(&w, p->population, "A", "2012-11"), 601, 0, 0);
    CHECK_CLOSE(figure(&w, p->population, "B", "2012-12"), 401, 0, 0);
    /* 11 of 12 births, of which 7 and 5: 6.4 and 4.6 */
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_COMPLIANT], "A", "2012-11"), 6, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_COMPLIANT], "B", "2012-11"), 5, 0, 0);
    /* 1 boy: A is owed 0.6 + 0.2 of November, B 0.4 - 0.2 */
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], "A", "2012-12"), 1, 0, 0);
    CHECK_CLOSE(births(&w, "root", "2012-12"), 2, 0, 0);
    const vc_finding *said = expect(&w, VC_WARNING, "U07", "units.csv", 2, 0);
    expect_in("history of A, B before 2013-01 is apportioned from X", said->message);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

/* 2011: A; 2012: B and C; 2013: B and C become D. */
static const char CHAIN[] = HEAD "A,,,2011-12,B;C,0.5;0.5\nD,,2013-01,,,\n"
                                 "B,,2012-01,2012-12,D,\nC,,2012-01,2012-12,D,\nE,,,,,\n";

START_TEST(chains_are_followed) {
    world w;
    put_all(CHAIN, "unit,month,births\nA,2011-12,5\nE,2011-12,1\nB,2012-01,2\nC,2012-01,3\n"
                   "E,2012-01,1\nB,2012-12,7\nC,2012-12,8\nE,2012-12,1\nD,2013-01,11\n"
                   "E,2013-01,1\n");
    ck_assert_int_eq(apply(&w, MONTH(2012, 12)), VC_OK);
    ck_assert(has_unit(&w, "B") && has_unit(&w, "C") && !has_unit(&w, "A"));
    ck_assert(!has_unit(&w, "D"));
    CHECK_CLOSE(births(&w, "B", "2011-12") + births(&w, "C", "2011-12"), 5, 0, 0);
    world_free(&w);
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    ck_assert_uint_eq(w.panel.tree.n_leaves, 2);
    CHECK_CLOSE(births(&w, "D", "2011-12"), 5, 0, 0);
    CHECK_CLOSE(births(&w, "D", "2012-01"), 5, 0, 0);
    CHECK_CLOSE(births(&w, "D", "2012-12"), 15, 0, 0);
    CHECK_CLOSE(births(&w, "D", "2013-01"), 11, 0, 0);
    world_free(&w);
}
END_TEST

/* A township goes to another county: both counties change, what is above them does not. */
START_TEST(parents_follow) {
    world w;
    put_all(HEAD "R,,,,,\nP,R,,,,\nQ,R,,,,\nA,P,,2012-12,B,\nC,P,,,,\nB,Q,2013-01,,,\n"
                 "O,R,,,,\nZ,O,,2012-12,B,\n",
            "unit,month,births,population\nA,2012-12,4,40\nC,2012-12,1,10\nZ,2012-12,2,20\n"
            "P,2012-12,,52\nR,2012-12,,77\nB,2013-01,9,60\nC,2013-01,1,11\n");
    ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
    ck_assert(!has_unit(&w, "O") && !has_unit(&w, "Z") && has_unit(&w, "Q"));
    CHECK_CLOSE(births(&w, "P", "2012-12"), 1, 0, 0);
    CHECK_CLOSE(births(&w, "Q", "2012-12"), 6, 0, 0);
    CHECK_CLOSE(births(&w, "R", "2012-12"), 7, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "P", "2012-12"), 10, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "Q", "2012-12"), 60, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "R", "2012-12"), 77, 0, 0);
    ck_assert_int_eq(w.panel.starts[vc_unit_find(&w.panel.tree, "Q")], MONTH(2012, 12));
    ck_assert_uint_eq(w.panel.tree.n_levels, 3);
    world_free(&w);
}
END_TEST

/* Plain numbers go on under a new code, and end with a unit that was split or merged. */
START_TEST(values_go_with_a_rename_only) {
    static const char *const units[] = {RENAME,
                                        HEAD "R,,,,,\nA,R,,2012-12,C,\nC,R,,,,\nB,R,,,,\n"};
    for (size_t i = 0; i < 2; i++) {
        world w;
        put_all(units[i], RENAMED);
        put("values.csv", "unit,period,indicator,value\nA,2012-12,满意度,80\n"
                          "B,2013-01,满意度,81\nC,2013-01,满意度,70\n");
        ck_assert_int_eq(apply(&w, MONTH(2013, 1)), VC_OK);
        const double *value = w.panel.values[0].value;
        CHECK_CLOSE(figure(&w, value, "B", "2012-12"), i == 0 ? 80 : (double)NAN, 0, 0);
        CHECK_CLOSE(figure(&w, value, "B", "2013-01"), 81, 0, 0);
        CHECK_CLOSE(figure(&w, value, "C", "2012-12"), NAN, 0, 0);
        expect_numbers(&w, 0, i);
        if (i == 1) expect(&w, VC_WARNING, "U07", "units.csv", 3, 0);
        world_free(&w);
    }
}
END_TEST

/* Months of a quota add up over a rename, which came in the middle of the year. */
START_TEST(quotas_go_on_after_a_rename) {
    world w;
    put_all(HEAD "B,,2012-03,,,\nA,,,2012-02,B,\n",
            "unit,month,births\nA,2012-01,1\nA,2012-02,1\nB,2012-03,1\nB,2012-04,1\n");
    put("progress.csv", "unit,month,indicator,kind,numerator,denominator,cumulative\n"
                        "A,2012-01,体检,quota,3,40,no\nA,2012-02,体检,quota,4,40,no\n"
                        "B,2012-03,体检,quota,5,40,no\nB,2012-04,体检,quota,6,40,no\n");
    ck_assert_int_eq(apply(&w, MONTH(2012, 4)), VC_OK);
    const double *done = w.panel.progress[0].numerator;
    static const double want[] = {3, 7, 12, 18};
    size_t root = w.panel.tree.root, b = vc_unit_find(&w.panel.tree, "B");
    for (size_t t = 0; t < 4; t++) {
        CHECK_CLOSE(done[b * 4 + t], want[t], 0, 0);
        CHECK_CLOSE(done[root * 4 + t], want[t], 0, 0);
    }
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* A target must name a unit of the time; the others are renumbered. */
START_TEST(targets_follow) {
    static const struct {
        const char *unit;
        vc_period as_of;
        const char *message, *remedy;
    } cases[] = {
        {"D", MONTH(2013, 1), NULL, NULL},
        {"E", MONTH(2013, 1), NULL, NULL},
        {"A", MONTH(2013, 1), "unit A ended in 2011-12", "name its successor instead: D"},
        {"A", MONTH(2012, 12), "unit A ended in 2011-12", "B, C"},
        {"B", MONTH(2013, 1), "unit B ended in 2012-12", "instead: D"},
        {"D", MONTH(2012, 12), "unit D begins in 2013-01, after the data's end 2012-12",
         "as of 2013-01 or later"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char targets[256];
        put_all(CHAIN,
                "unit,month,births\nA,2011-12,5\nE,2011-12,1\nB,2012-01,2\nC,2012-01,3\n"
                "E,2012-01,1\nB,2012-12,7\nC,2012-12,8\nE,2012-12,1\nD,2013-01,11\n"
                "E,2013-01,1\n");
        snprintf(targets, sizeof targets,
                 "id,year_end,unit,indicator,direction,value\n"
                 "a,2013-12,%s,births,at_most,100\nb,2013-12,*,births,at_most,100\n",
                 cases[i].unit);
        put("targets.csv", targets);
        vc_status st = apply(&w, cases[i].as_of);
        ck_assert_int_eq(st, cases[i].message ? VC_BAD_INPUT : VC_OK);
        if (!cases[i].message) {
            size_t unit = w.targets.list[0].unit;
            ck_assert_str_eq(w.panel.tree.units[unit].code, cases[i].unit);
        } else {
            const vc_finding *fault = expect(&w, VC_FAULT, "S05", "targets.csv", 2, 0);
            expect_in(cases[i].message, fault->message);
            expect_in(cases[i].remedy, fault->remedy);
        }
        world_free(&w);
    }
}
END_TEST

/* Units of other times than the data are no news, and not in the tree. */
START_TEST(other_times_are_left_out) {
    world w;
    put_all(HEAD "Z,,,2009-12,,\nA,,,2012-12,B,\nB,,2013-01,,,\nC,,,,,\n",
            "unit,month,births\nA,2012-11,5\nC,2012-11,2\nA,2012-12,4\nC,2012-12,1\n");
    ck_assert_int_eq(apply(&w, MONTH(2012, 12)), VC_OK);
    ck_assert_uint_eq(w.panel.tree.n_leaves, 2);
    ck_assert(has_unit(&w, "A") && has_unit(&w, "C"));
    expect_numbers(&w, 0, 0);
    world_free(&w);
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "a,2013-12,Z,births,at_most,100\n");
    ck_assert_int_eq(apply(&w, MONTH(2012, 12)), VC_BAD_INPUT);
    ck_assert_ptr_null(expect(&w, VC_FAULT, "S05", "targets.csv", 2, 0)->remedy);
    world_free(&w);
}
END_TEST

START_TEST(nobody_is_left) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", HEAD "A,,,2012-12,,\n");
    put("values.csv", "unit,period,indicator,value\nA,2013-02,满意度,70\n");
    put("targets.csv", "id,year_end,unit,indicator,direction,value\n"
                       "a,2013-12,*,满意度,at_least,60\n");
    ck_assert_int_eq(apply(&w, MONTH(2013, 2)), VC_BAD_INPUT);
    expect_in("as of 2013-02 no unit", found(&w, VC_FAULT, "U07")->message);
    world_free(&w);
}
END_TEST

START_TEST(only_of_a_truncated_panel) {
    world w;
    put_all(RENAME, RENAMED);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(vc_crosswalk_apply(&w.panel, MONTH(2012, 12), &w.targets, &w.findings),
                     VC_BAD_ARGUMENT);
    world_free(&w);
}
END_TEST

/* One a period, 60:40: plain largest remainders would give the first unit all of it. */
START_TEST(rests_are_carried_on) {
    double share[] = {0.6, 0.4}, carry[2] = {0}, part[2], sum[2] = {0};
    for (int t = 0; t < 100; t++) {
        vci_apportion(2, share, 1, carry, part);
        for (int i = 0; i < 2; i++) sum[i] += part[i];
        CHECK_CLOSE(part[0] + part[1], 1, 0, 0);
        ck_assert(fabs(sum[0] - 0.6 * (t + 1)) < 1);
    }
    CHECK_CLOSE(sum[0], 60, 0, 0);
    vci_apportion(2, share, NAN, carry, part);
    CHECK_CLOSE(part[1], NAN, 0, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_rename_is_exact),
                                     VCT(the_old_tree_stands_until_the_change),
                                     VCT(the_digest_is_that_of_the_data),
                                     VCT(a_merger_adds_up),
                                     VCT(a_gap_stays_a_gap),
                                     VCT(a_split_keeps_totals_and_says_so),
                                     VCT(chains_are_followed),
                                     VCT(parents_follow),
                                     VCT(values_go_with_a_rename_only),
                                     VCT(quotas_go_on_after_a_rename),
                                     VCT(targets_follow),
                                     VCT(other_times_are_left_out),
                                     VCT(nobody_is_left),
                                     VCT(only_of_a_truncated_panel),
                                     VCT(rests_are_carried_on)};
    return vct_run("data/crosswalk", tests, VCT_COUNT(tests));
}
