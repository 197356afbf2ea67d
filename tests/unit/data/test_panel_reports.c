/* Vintages: several reports of one unit and month are all kept, the latest counts. */
#include <math.h>

#include "world.h"

static const char UNITS[] = "code,name,parent\nC,县,\nA,甲镇,C\nB,乙镇,C\n";

static const char REPORTS[] =
    "unit,month,births,deaths,reported\n"
    "A,2013-01,10,1,2013-02\nB,2013-01,5,2,2013-02\n"
    "A,2013-02,20,1,2013-03\nB,2013-02,0,0,2013-03\n"
    "A,2013-01,13,1,2013-04\nA,2013-01,12,1,2013-03\nB,2013-02,9,3,2013-04\n"
    "A,2013-03,30,1,2013-04\nB,2013-03,6,1,2013-04\n";

static vc_status read_all(world *w, const char *settings, const char *monthly) {
    put("workspace.yaml", settings);
    put("units.csv", UNITS);
    put("monthly.csv", monthly);
    return world_read(w, VC_ENGLISH);
}

/* The same workspace as it was seen at the end of a month. */
static vc_status read_as_of(world *w, const char *month) {
    vc_panel_free(&w->panel);
    ck_assert(vc_period_parse(month, VC_MONTHLY, &w->workspace.seen_as_of));
    return vc_panel_read(&w->workspace, &w->findings, &w->panel);
}

START_TEST(every_report_is_kept) {
    world w;
    ck_assert_int_eq(read_all(&w, "name: 县\n", REPORTS), VC_OK);
    const vc_vintage *r = w.panel.reports;
    static const double births[] = {10, 12, 13, 0, 9};
    static const size_t lines[] = {2, 7, 6, 5, 8};
    ck_assert_uint_eq(w.panel.n_reports, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(r[i].unit, i < 3 ? 1 : 2);
        ck_assert_int_eq(r[i].period, 2013 * 12 + (i < 3 ? 0 : 1));
        ck_assert_int_eq(r[i].reported, 2013 * 12 + (i < 3 ? 1 + (int)i : (int)i - 1));
        CHECK_CLOSE(r[i].count[VC_BIRTHS], births[i], 0, 0);
        CHECK_CLOSE(r[i].count[VC_ARRIVALS], NAN, 0, 0);
        ck_assert_uint_eq(r[i].line, lines[i]);
    }
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 13, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-02"), 29, 0, 0);
    expect_in("3 rows", found(&w, VC_INFO, "M08")->message);
    world_free(&w);
}
END_TEST

/* As of January the reports of February count, as of the last month all. */
START_TEST(the_latest_as_of_then_counts) {
    world w;
    ck_assert_int_eq(read_all(&w, "name: 县\n", REPORTS), VC_OK);
    ck_assert_int_eq(read_as_of(&w, "2013-01"), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 10, 0, 0);
    ck_assert_uint_eq(w.panel.n_reports, 0);
    ck_assert_int_eq(read_as_of(&w, "2013-02"), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 12, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "B", "2013-02"), 0, 0, 0);
    ck_assert_uint_eq(w.panel.n_reports, 2);
    expect_in("made after 2013-03", w.findings.list[w.findings.n - 1].message);
    ck_assert_int_eq(read_as_of(&w, "2013-03"), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 13, 0, 0);
    world_free(&w);
}
END_TEST

/* Two reports of one month that differ, whether or not a later one counts. */
START_TEST(reports_of_one_month_must_agree) {
    world w;
    ck_assert_int_eq(read_all(&w, "name: 县\n",
                              "unit,month,births,reported\nA,2013-01,5,2013-02\n"
                              "A,2013-01,6,2013-03\nA,2013-01,4,2013-02\n"
                              "A,2013-01,6,2013-03\n"),
                     VC_BAD_INPUT);
    const vc_finding *conflict = expect(&w, VC_FAULT, "M08", "monthly.csv", 4, 0);
    expect_in("line 2", conflict->message);
    expect_numbers(&w, 1, 2); /* the equal one, and B without rows */
    world_free(&w);
}
END_TEST

/*
 * By hand, births, reports known up to April: January 15 at age 1, of A and B, 17 a month
 * later; 18 at age 3. B's zero of February was no figure.
 */
START_TEST(triangles_add_up_the_leaves) {
    world w;
    ck_assert_int_eq(read_all(&w, "name: 县\n", REPORTS), VC_OK);
    const vc_triangle *births = &w.panel.triangle[VC_BIRTHS];
    ck_assert_int_eq(w.panel.reported_until, 2013 * 12 + 3);
    static const struct {
        size_t t, age;
        double seen, next, seen_square, seen_change, change_square;
    } want[] = {{0, 1, 15, 17, 125, 20, 4},
                {0, 2, 17, 18, 169, 12, 1},
                {0, 3, NAN, NAN, NAN, NAN, NAN},
                {1, 1, 20, 20, 400, 0, 0},
                {2, 1, NAN, NAN, NAN, NAN, NAN}};
    for (size_t i = 0; i < VCT_COUNT(want); i++) {
        size_t at = want[i].t * VC_DELAYS + want[i].age;
        CHECK_CLOSE(births->seen[at], want[i].seen, 0, 0);
        CHECK_CLOSE(births->next[at], want[i].next, 0, 0);
        CHECK_CLOSE(births->seen_square[at], want[i].seen_square, 0, 0);
        CHECK_CLOSE(births->seen_change[at], want[i].seen_change, 0, 0);
        CHECK_CLOSE(births->change_square[at], want[i].change_square, 0, 0);
    }
    CHECK_CLOSE(w.panel.triangle[VC_DEATHS].change_square[VC_DELAYS + 1], 9, 0, 0);
    ck_assert_ptr_null(w.panel.triangle[VC_ARRIVALS].seen);
    world_free(&w);
}
END_TEST

/* The same figures with another past are other data: what is still to come differs. */
START_TEST(the_past_of_a_figure_is_in_the_digest) {
    world w, other;
    char text[512];
    ck_assert_int_eq(read_all(&w, "name: 县\n", REPORTS), VC_OK);
    snprintf(text, sizeof text, "%s", REPORTS);
    memcpy(strstr(text, "A,2013-01,10"), "A,2013-01,11", 12);
    ck_assert_int_eq(read_all(&other, "name: 县\n", text), VC_OK);
    ck_assert_mem_ne(w.panel.digest, other.panel.digest, 32);
    world_free(&w);
    world_free(&other);
}
END_TEST

/* Running totals: reports are kept, but what of a month was revised is not known. */
START_TEST(totals_have_no_triangle) {
    world w;
    ck_assert_int_eq(
        read_all(&w, "name: 县\ntables: {monthly: {cumulative_from: 1}}\n",
                 "unit,month,births,reported\nA,2013-01,5,2013-02\nA,2013-02,11,2013-03\n"
                 "A,2013-01,6,2013-03\nB,2013-01,1,2013-02\nB,2013-02,2,2013-03\n"),
        VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-02"), 5, 0, 0);
    ck_assert_uint_eq(w.panel.n_reports, 2);
    ck_assert_ptr_null(w.panel.triangle[VC_BIRTHS].seen);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_report_is_kept),
                                     VCT(the_latest_as_of_then_counts),
                                     VCT(reports_of_one_month_must_agree),
                                     VCT(triangles_add_up_the_leaves),
                                     VCT(the_past_of_a_figure_is_in_the_digest),
                                     VCT(totals_have_no_triangle)};
    return vct_run("data/panel_reports", tests, VCT_COUNT(tests));
}
