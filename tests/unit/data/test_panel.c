#include <math.h>

#include "world.h"

static const char UNITS[] = "code,name,parent\nC,县,\nA,甲镇,C\nB,乙镇,C\n";

static const char MONTHLY[] =
    "unit,month,births_male,births_female,deaths,population,status\n"
    "A,2013-01,3,2,1,1000,final\n"
    "A,2013-02,4,1,2,1001,provisional\n"
    "B,2013-01,1,1,0,500,final\n"
    "B,2013-02,0,2,3,501,final\n";

static void put_all(const char *units, const char *monthly) {
    put("workspace.yaml", "name: 示例县\n");
    put("units.csv", units);
    put("monthly.csv", monthly);
}

START_TEST(reads_counts_and_sums) {
    world w;
    put_all(UNITS, MONTHLY);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    const vc_panel *p = &w.panel;
    ck_assert_int_eq(p->first, 2013 * 12);
    ck_assert_uint_eq(p->n_periods, 2);
    ck_assert(p->has[VC_BIRTHS] && p->has[VC_BIRTHS_MALE] && p->has[VC_DEATHS]);
    ck_assert(!p->has[VC_ARRIVALS] && !p->count[VC_ARRIVALS]);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS], "A", "2013-02"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_BIRTHS_MALE], "C", "2013-01"), 4, 0, 0);
    CHECK_CLOSE(figure(&w, p->count[VC_DEATHS], "C", "2013-02"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, p->population, "C", "2013-02"), 1502, 0, 0);
    ck_assert_int_eq(p->status[1 * 2 + 1], VC_PROVISIONAL);
    ck_assert_int_eq(p->status[2 * 2 + 1], VC_FINAL);
    ck_assert_int_eq(p->status[0], VC_ABSENT);
    ck_assert_int_eq(p->starts[0], 2013 * 12);
    ck_assert_int_eq(vc_panel_last(p), 2013 * 12 + 1);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* Late starts add nothing to the sums; a gap is missing in the unit and above it. */
START_TEST(late_starts_and_gaps) {
    world w;
    put_all(UNITS, "unit,month,births\nA,2013-01,1\nA,2013-02,2\nA,2013-04,4\nA,2013-05,8\n"
                   "B,2013-02,16\nB,2013-03,32\nB,2013-04,64\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    const double *births = w.panel.count[VC_BIRTHS];
    ck_assert_int_eq(w.panel.starts[2], 2013 * 12 + 1);
    CHECK_CLOSE(figure(&w, births, "B", "2013-01"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, births, "C", "2013-01"), 1, 0, 0);
    CHECK_CLOSE(figure(&w, births, "C", "2013-02"), 18, 0, 0);
    CHECK_CLOSE(figure(&w, births, "C", "2013-03"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, births, "C", "2013-04"), 68, 0, 0);
    CHECK_CLOSE(figure(&w, births, "C", "2013-05"), NAN, 0, 0);
    const vc_finding *gap = expect(&w, VC_WARNING, "M09", "monthly.csv", 3, 1);
    expect_in("2013-03", gap->message);
    expect_numbers(&w, 0, 2);
    expect_in("ends in 2013-04", w.findings.list[1].message);
    ck_assert_uint_eq(w.findings.list[1].line, 8);
    world_free(&w);
}
END_TEST

START_TEST(parents_keep_their_own_population) {
    world w;
    put_all(UNITS, "unit,month,births,population\nA,2013-01,1,100\nB,2013-01,2,\n"
                   "A,2013-02,1,101\nB,2013-02,2,201\nC,2013-01,,310\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.population, "C", "2013-01"), 310, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.population, "C", "2013-02"), 302, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-01"), 3, 0, 0);
    ck_assert_ptr_null(found(&w, VC_WARNING, "U05"));
    world_free(&w);
}
END_TEST

START_TEST(births_come_from_their_parts) {
    world w;
    put_all(UNITS, "单位,月份,出生男婴,出生女婴,出生人数,男性死亡人数,女性死亡人数\n"
                   "A,2013-01,,,7,1,2\nA,2013-02,3,5,,1,\nB,2013-01,1,1,2,0,0\n"
                   "B,2013-02,1,2,3,0,0\n");
    ck_assert_int_eq(world_read(&w, VC_CHINESE), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 7, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS_MALE], "A", "2013-01"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-02"), 8, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_DEATHS], "A", "2013-01"), 3, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_DEATHS], "A", "2013-02"), NAN, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(the_latest_report_counts) {
    world w;
    put_all("code\nA\n",
            "unit,month,births,reported\nA,2013-01,5,2013-03\nA,2013-01,3,2013-02\n"
            "A,2013-01,6,2013-04\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 6, 0, 0);
    expect(&w, VC_INFO, "M08", "monthly.csv", 3, 13);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* As the tables stood: later months and later reports do not count. */
START_TEST(sees_the_tables_as_they_stood) {
    world w;
    put_all("code\nA\n",
            "unit,month,births,reported\nA,2013-01,5,2013-02\nA,2013-01,8,2013-09\n"
            "A,2013-02,6,2013-03\nA,2013-03,7,2013-04\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(w.panel.report_delay, 1);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 8, 0, 0);
    vc_panel_free(&w.panel);
    w.workspace.known_period = 2013 * 12 + 1;
    w.workspace.known_report = 2013 * 12 + 2;
    ck_assert_int_eq(vc_panel_read(&w.workspace, &w.findings, &w.panel), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 5, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-02"), 6, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-03"), NAN, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(takes_the_chosen_basis) {
    world w;
    put_all("code\nA\n",
            "unit,month,basis,births\nA,2013-01,registered,5\nA,2013-01,常住,7\n");
    put("workspace.yaml", "name: 县\nbasis: resident\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 7, 0, 0);
    world_free(&w);
}
END_TEST

START_TEST(declared_totals_are_left_out) {
    world w;
    put_all(UNITS, "unit,month,births\nA,2013-01,1\nB,2013-01,2\n合计,2013-01,3\n");
    put("workspace.yaml", "name: 县\ntables:\n  monthly:\n    total_rows: [合计]\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-01"), 3, 0, 0);
    expect(&w, VC_WARNING, "T09", "monthly.csv", 4, 1);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(former_names_are_known) {
    world w;
    put_all("code,name,former_names\nA,甲镇,甲乡；老甲乡\n",
            "unit,单位名称,month,births\nA,甲乡,2013-01,1\nA,老甲乡,2013-02,1\nA,甲镇,2013-"
            "03,1\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

static void digest_of(const char *units, const char *monthly, uint8_t digest[32]) {
    world w;
    put_all(units, monthly);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    memcpy(digest, w.panel.digest, 32);
    world_free(&w);
}

START_TEST(equal_data_equal_digest) {
    uint8_t plain[32], other[32];
    static const char *const same[] = {
        /* rows and columns in another order */
        "month,births_female,births_male,deaths,population,status,unit\n"
        "2013-02,2,0,3,501,final,B\n2013-01,2,3,1,1000,final,A\n"
        "2013-02,1,4,2,1001,provisional,A\n2013-01,1,1,0,500,final,B\n",
        /* byte-order mark, CRLF, quotes, full-width digits, blanks, Chinese words */
        "\xEF\xBB\xBFunit,month,births_male,births_female,deaths,population,status\r\n"
        "A,2013-01,３,\"2\",1,１０００,正式数\r\nA,2013-02, 4 ,1,2,1001,快报数\r\n"
        "B,2013-01,1,1,0,500,\r\nB,2013年2月,0,2,3,501,final\r\n",
        /* births given as well */
        "unit,month,births,births_male,births_female,deaths,population,status\n"
        "A,2013-01,5,3,2,1,1000,final\nA,2013-02,5,4,1,2,1001,provisional\n"
        "B,2013-01,2,1,1,0,500,final\nB,2013-02,2,0,2,3,501,final\n"};
    digest_of(UNITS, MONTHLY, plain);
    for (size_t i = 0; i < 3; i++) {
        digest_of(UNITS, same[i], other);
        ck_assert_mem_eq(other, plain, 32);
    }
    digest_of("code,name,parent\nB,乙镇,C\nA,甲镇,C\nC,县,\n", MONTHLY, other);
    ck_assert_mem_eq(other, plain, 32);
    digest_of("code,name,parent\nC,县,\nA,甲乡,C\nB,乙镇,C\n", MONTHLY, other);
    ck_assert_mem_ne(other, plain, 32);
}
END_TEST

/* What comes after as-of leaves no trace: the same as a file that ends there. */
START_TEST(truncates_as_if_not_known) {
    world w, cut;
    static const char rows[] = "unit,month,births,deaths,population\n"
                               "A,2013-01,3,,900\nA,2013-02,4,,901\nB,2013-02,1,,500\n";
    char longer[512];
    snprintf(longer, sizeof longer, "%sA,2013-03,5,1,902\nB,2013-03,6,1,501\n", rows);
    put_all(UNITS, longer);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    ck_assert_int_eq(vc_panel_truncate(&w.panel, 2013 * 12 - 1), VC_BAD_ARGUMENT);
    ck_assert_int_eq(vc_panel_truncate(&w.panel, 2013 * 12 + 5), VC_OK);
    ck_assert_uint_eq(w.panel.n_periods, 3);
    ck_assert_int_eq(vc_panel_truncate(&w.panel, 2013 * 12 + 1), VC_OK);
    put_all(UNITS, rows);
    ck_assert_int_eq(world_read(&cut, VC_ENGLISH), VC_OK);
    ck_assert_uint_eq(w.panel.n_periods, 2);
    ck_assert(!w.panel.has[VC_DEATHS]);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-02"), 5, 0, 0);
    ck_assert_int_eq(vc_panel_last(&w.panel), 2013 * 12 + 1);
    ck_assert_mem_eq(w.panel.digest, cut.panel.digest, 32);
    ck_assert_int_eq(vc_panel_truncate(&w.panel, 2013 * 12), VC_OK);
    ck_assert_int_eq(w.panel.starts[2], VC_NO_PERIOD);
    world_free(&w);
    world_free(&cut);
}
END_TEST

START_TEST(names_events) {
    ck_assert_str_eq(vc_event_name(VC_BIRTHS_MALE), "births_male");
    ck_assert_str_eq(vc_event_name(VC_DEPARTURES), "departures");
    ck_assert_str_eq(vc_event_name(VC_EVENTS), "");
}
END_TEST

START_TEST(frees_nothing_twice) {
    vc_panel panel = {0};
    vc_panel_free(&panel);
    vc_panel_free(&panel);
    vc_panel_free(NULL);
    ck_assert_int_eq(vc_panel_last(&panel), VC_NO_PERIOD);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(reads_counts_and_sums),
                                     VCT(late_starts_and_gaps),
                                     VCT(parents_keep_their_own_population),
                                     VCT(births_come_from_their_parts),
                                     VCT(the_latest_report_counts),
                                     VCT(sees_the_tables_as_they_stood),
                                     VCT(takes_the_chosen_basis),
                                     VCT(declared_totals_are_left_out),
                                     VCT(former_names_are_known),
                                     VCT(equal_data_equal_digest),
                                     VCT(truncates_as_if_not_known),
                                     VCT(names_events),
                                     VCT(frees_nothing_twice)};
    return vct_run("data/panel", tests, VCT_COUNT(tests));
}
