/* Running totals (累计) become figures of single months; corrections and joint months. */
#include <math.h>

#include "support/small_world.h"
#include "world.h"

static const char UNITS[] = "code,name,parent\nC,县,\nA,甲镇,C\nB,乙镇,C\n";

static const char CUMULATIVE[] = "name: 县\ntables:\n  monthly:\n    cumulative_from: 1\n";

static void put_all(const char *settings, const char *units, const char *monthly) {
    put("workspace.yaml", settings);
    put("units.csv", units);
    put("monthly.csv", monthly);
}

static vc_status read_all(world *w, const char *settings, const char *monthly) {
    put_all(settings, UNITS, monthly);
    return world_read(w, VC_ENGLISH);
}

/* Births of a unit in the months of 2013 from January on. */
static void expect_series(const world *w, vc_event event, const char *code, size_t n,
                          const double want[]) {
    size_t unit = vc_unit_find(&w->panel.tree, code);
    ck_assert_uint_le(n, w->panel.n_periods);
    for (size_t t = 0; t < n; t++)
        CHECK_CLOSE(w->panel.count[event][unit * w->panel.n_periods + t], want[t], 0, 0);
}

/* --- the same data in both forms ------------------------------------------------------ */

enum { MONTHS = 30, COLUMNS = 7 };

/* A table of 30 months of two townships, as monthly figures or as totals from a month on.
 */
static void put_county(unsigned seed, int from, bool totals) {
    static char text[32768];
    double sum[2][COLUMNS] = {{0}};
    unsigned state = seed;
    size_t used = (size_t)snprintf(
        text, sizeof text,
        "unit,month,births_male,births_female,births_compliant,deaths_male,deaths_female,"
        "arrivals,departures,population,status\n");
    for (int t = 0; t < MONTHS; t++)
        for (int u = 0; u < 2; u++) {
            double now[COLUMNS];
            for (int k = 0; k < COLUMNS; k++) now[k] = floor(9 * vct_random(&state));
            now[2] = fmin(now[2], now[0] + now[1]);
            for (int k = 0; k < COLUMNS; k++) {
                if (t % 12 == 0) sum[u][k] = 0;
                sum[u][k] += now[k];
                if (totals) now[k] = sum[u][k];
            }
            used += (size_t)snprintf(text + used, sizeof text - used, "%c,%d-%02d", 'A' + u,
                                     2011 + (from - 1 + t) / 12, (from - 1 + t) % 12 + 1);
            for (int k = 0; k < COLUMNS; k++)
                used += (size_t)snprintf(text + used, sizeof text - used, ",%.0f", now[k]);
            used += (size_t)snprintf(text + used, sizeof text - used, ",%d,%s\n", 2000 + t,
                                     t > 27 ? "provisional" : "final");
        }
    put("monthly.csv", text);
}

START_TEST(both_forms_have_one_digest) {
    for (unsigned seed = 1; seed <= 6; seed++) {
        world monthly, totals;
        char settings[128];
        int from = seed % 2 ? 1 : 10;
        put_all("name: 县\n", UNITS, "");
        put_county(seed, from, false);
        ck_assert_int_eq(world_read(&monthly, VC_ENGLISH), VC_OK);
        snprintf(settings, sizeof settings,
                 "name: 县\ntables: {monthly: {cumulative_from: %d}}\n", from);
        put("workspace.yaml", settings);
        put_county(seed, from, true);
        vc_status st = world_read(&totals, VC_ENGLISH);
        ck_assert_msg(st == VC_OK, "%s", all_findings(&totals.findings));
        ck_assert_mem_eq(monthly.panel.digest, totals.panel.digest, 32);
        expect_numbers(&totals, 0, 0);
        world_free(&monthly);
        world_free(&totals);
    }
}
END_TEST

/* --- corrections ---------------------------------------------------------------------- */

/* 10, 20, 18, 15, 21: the correction of 5 takes March's 2 back and 3 of February. */
START_TEST(corrections_come_off_the_months_before) {
    static const double births[] = {10, 5, 0, 0, 6}, deaths[] = {1, 1, 1, 1, 1};
    world w;
    ck_assert_int_eq(read_all(&w, CUMULATIVE,
                              "unit,month,births,deaths\nA,2013-01,10,1\nA,2013-02,20,2\n"
                              "A,2013-03,18,3\nA,2013-04,15,4\nA,2013-05,21,5\n"
                              "B,2013-01,1,0\nB,2013-02,2,0\nB,2013-03,3,0\n"
                              "B,2013-04,4,0\nB,2013-05,5,0\n"),
                     VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 5, births);
    expect_series(&w, VC_DEATHS, "A", 5, deaths);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-02"), 6, 0, 0);
    const vc_finding *first = expect(&w, VC_WARNING, "C13", "monthly.csv", 4, 11);
    expect_in("births: the running total of unit A (甲镇) was 20 in 2013-02 and is 18 now",
              first->message);
    expect_numbers(&w, 0, 2);
    world_free(&w);
}
END_TEST

/* One boy turns out a girl, and two of last month's births are in line after all. */
START_TEST(parts_keep_within_the_births) {
    static const double births[] = {10, 0, 2}, boys[] = {4, 0, 1}, girls[] = {6, 0, 1},
                        compliant[] = {9, 0, 2};
    world w;
    put_all(CUMULATIVE, "code\nA\n",
            "unit,month,births_male,births_female,births_compliant\n"
            "A,2013-01,5,5,7\nA,2013-02,4,6,9\nA,2013-03,5,7,11\n");
    ck_assert_int_eq(world_read(&w, VC_CHINESE), VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 3, births);
    expect_series(&w, VC_BIRTHS_MALE, "A", 3, boys);
    expect_series(&w, VC_BIRTHS_FEMALE, "A", 3, girls);
    expect_series(&w, VC_BIRTHS_COMPLIANT, "A", 3, compliant);
    expect_in("属核减", expect(&w, VC_WARNING, "C13", "monthly.csv", 3, 11)->message);
    expect_in("超出部分计入本年此前各期", w.findings.list[1].message);
    expect_numbers(&w, 0, 2);
    world_free(&w);
}
END_TEST

/* Whatever the totals are, no count is negative, parts add up, and the year's sum stays. */
START_TEST(any_correction_keeps_the_year) {
    for (unsigned seed = 1; seed <= 40; seed++) {
        world w;
        char text[4096];
        double last[3] = {0};
        unsigned state = seed;
        size_t used = (size_t)snprintf(
            text, sizeof text, "unit,month,births_male,births_female,births_compliant\n");
        for (int t = 0; t < 12; t++) {
            for (int k = 0; k < 2; k++)
                last[k] = fmax(0, last[k] + floor(7 * vct_random(&state)) - 2);
            last[2] = floor((last[0] + last[1] + 1) * vct_random(&state));
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "A,2013-%02d,%.0f,%.0f,%.0f\n", t + 1, last[0],
                                     last[1], last[2]);
        }
        put_all(CUMULATIVE, "code\nA\n", text);
        ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
        double *const *count = w.panel.count, sum[3] = {0};
        for (size_t t = 0; t < 12; t++) {
            double boys = count[VC_BIRTHS_MALE][t], girls = count[VC_BIRTHS_FEMALE][t];
            double compliant = count[VC_BIRTHS_COMPLIANT][t];
            ck_assert(boys >= 0 && girls >= 0 && compliant >= 0);
            ck_assert(compliant <= boys + girls);
            CHECK_CLOSE(count[VC_BIRTHS][t], boys + girls, 0, 0);
            sum[0] += boys;
            sum[1] += girls;
            sum[2] += compliant;
        }
        for (int k = 0; k < 3; k++) CHECK_CLOSE(sum[k], last[k], 0, 0);
        world_free(&w);
    }
}
END_TEST

/* --- joint months --------------------------------------------------------------------- */

static const char JANUARY_WITH_FEBRUARY[] =
    "unit,month,births_male,births_female\nA,2013-02,31,30\nA,2013-03,41,40\n"
    "B,2013-01,1,2\nB,2013-02,3,4\nB,2013-03,5,6\n";

START_TEST(joint_months_are_asked_about) {
    world w;
    ck_assert_int_eq(read_all(&w, CUMULATIVE, JANUARY_WITH_FEBRUARY), VC_BAD_INPUT);
    const vc_finding *asked = expect(&w, VC_FAULT, "M11", "monthly.csv", 2, 1);
    expect_in("unit A (甲镇), 2013-02", asked->message);
    expect_in("joint_months: split", asked->remedy);
    expect_numbers(&w, 1, 0);
    world_free(&w);
}
END_TEST

/* 61 births in 59 days: 32 in January's 31, of the boys 16, and the rest in February. */
START_TEST(joint_months_are_divided_by_days) {
    static const double births[] = {32, 29, 20}, boys[] = {16, 15, 10};
    world w;
    char settings[256];
    snprintf(settings, sizeof settings, "%s    joint_months: split\n", CUMULATIVE);
    ck_assert_int_eq(read_all(&w, settings, JANUARY_WITH_FEBRUARY), VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 3, births);
    expect_series(&w, VC_BIRTHS_MALE, "A", 3, boys);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-01"), 35, 0, 0);
    expect_in("1 such figures",
              expect(&w, VC_WARNING, "M11", "monthly.csv", 2, 1)->message);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(joint_months_may_count_as_missing) {
    static const double births[] = {NAN, NAN, 20};
    world w;
    char settings[256];
    snprintf(settings, sizeof settings, "%s    joint_months: missing\n", CUMULATIVE);
    ck_assert_int_eq(read_all(&w, settings, JANUARY_WITH_FEBRUARY), VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 3, births);
    expect_in("not used", expect(&w, VC_WARNING, "M11", "monthly.csv", 2, 1)->message);
    world_free(&w);
}
END_TEST

/* --- upper units, total rows, units through time, late zeros -------------------------- */

/* A county's own totals and a total row agree with the sums although a township corrects.
 */
START_TEST(upper_units_are_compared_as_given) {
    static const double births[] = {8, 3, 4};
    static const char table[] =
        "unit,month,births\nA,2013-01,5\nA,2013-02,4\nA,2013-03,6\n"
        "B,2013-01,4\nB,2013-02,7\nB,2013-03,9\n"
        "C,2013-01,9\nC,2013-02,11\nC,2013-03,15\n合计,2013-02,11\n合计,2013-03,15\n";
    world w;
    char settings[256];
    snprintf(settings, sizeof settings, "%s    total_rows: [合计]\n", CUMULATIVE);
    ck_assert_int_eq(read_all(&w, settings, table), VC_OK);
    expect_series(&w, VC_BIRTHS, "C", 3, births);
    expect_in("3 figures", found(&w, VC_INFO, "U05")->message);
    expect_in("2", found(&w, VC_WARNING, "T09")->message);
    world_free(&w);
    char wrong[512];
    snprintf(wrong, sizeof wrong, "%s", table);
    memcpy(strstr(wrong, "C,2013-03,15"), "C,2013-03,16", 12);
    memcpy(strstr(wrong, "合计,2013-02,11") + strlen("合计,2013-02,"), "12", 2);
    ck_assert_int_eq(read_all(&w, settings, wrong), VC_BAD_INPUT);
    expect_in("5, but", expect(&w, VC_FAULT, "U05", "monthly.csv", 10, 1)->message);
    expect(&w, VC_FAULT, "T09", "monthly.csv", 11, 1);
    world_free(&w);
}
END_TEST

/* After a rename the totals go on; a unit that begins otherwise begins at nothing. */
START_TEST(totals_go_on_after_a_rename) {
    static const double births[] = {NAN, NAN, 4}, fresh[] = {NAN, NAN, 2};
    world w;
    put_all(CUMULATIVE,
            "code,valid_from,valid_to,became\nA,,2013-02,B\nB,2013-03,,\nN,2013-03,,\n",
            "unit,month,births\nA,2013-01,3\nA,2013-02,5\nB,2013-03,9\nN,2013-03,2\n");
    vc_status st = world_read(&w, VC_ENGLISH);
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w.findings));
    expect_series(&w, VC_BIRTHS, "B", 3, births);
    expect_series(&w, VC_BIRTHS, "N", 3, fresh);
    world_free(&w);
}
END_TEST

/* A total that stood still and went on later holds both months; at the end it is late. */
START_TEST(a_total_that_stands_still) {
    char text[1024] = "unit,month,births\n", row[32];
    static const int totals[] = {12, 24, 36, 48, 48, 72, 72};
    static const double births[] = {12, 12, 12, 12, 0, 24, NAN};
    world w;
    for (int t = 0; t < 7; t++) {
        snprintf(row, sizeof row, "A,2013-%02d,%d\n", t + 1, totals[t]);
        strcat(text, row);
    }
    put_all(CUMULATIVE, "code\nA\n", text);
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 7, births);
    expect(&w, VC_WARNING, "C08", "monthly.csv", 8, 11);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(quarters_add_up_too) {
    static const double births[] = {3, 4, 5, 6};
    world w;
    put_all("name: 县\nperiod: quarter\ntables: {monthly: {cumulative_from: 4}}\n",
            "code\nA\n",
            "unit,month,births\nA,2013-Q2,3\nA,2013-Q3,7\nA,2013-Q4,12\nA,2014-Q1,18\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    expect_series(&w, VC_BIRTHS, "A", 4, births);
    world_free(&w);
}
END_TEST

/* --- settings ------------------------------------------------------------------------- */

static void refuse(const char *settings, size_t line, const char *part) {
    world w = {.findings = {0}};
    put("workspace.yaml", settings);
    vc_findings_init(&w.findings, VC_ENGLISH);
    ck_assert_int_eq(vc_workspace_read(vct_scratch(), &w.findings, &w.workspace),
                     VC_BAD_INPUT);
    const vc_finding *fault = found(&w, VC_FAULT, "S01");
    ck_assert_ptr_nonnull(fault);
    ck_assert_uint_eq(fault->line, line);
    expect_in(part, fault->message);
    vc_workspace_free(&w.workspace);
    vc_findings_free(&w.findings);
}

START_TEST(refuses_settings) {
    refuse("name: A\ntables:\n  monthly:\n    cumulative_from: 13\n", 4, "13");
    refuse("name: A\ntables:\n  monthly:\n    joint_months: split\n", 4,
           "is for tables with `cumulative_from`");
    refuse("name: A\nperiod: quarter\ntables:\n  monthly:\n    cumulative_from: 2\n", 5,
           "is not the first month");
    refuse("name: A\nperiod: year\ntables:\n  monthly:\n    cumulative_from: 1\n", 5,
           "is not the first month");
    refuse("name: A\ntables:\n  values:\n    cumulative_from: 1\n", 4, "unknown key");
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(both_forms_have_one_digest),
                                     VCT(corrections_come_off_the_months_before),
                                     VCT(parts_keep_within_the_births),
                                     VCT(any_correction_keeps_the_year),
                                     VCT(joint_months_are_asked_about),
                                     VCT(joint_months_are_divided_by_days),
                                     VCT(joint_months_may_count_as_missing),
                                     VCT(upper_units_are_compared_as_given),
                                     VCT(totals_go_on_after_a_rename),
                                     VCT(a_total_that_stands_still),
                                     VCT(quarters_add_up_too),
                                     VCT(refuses_settings)};
    return vct_run("data/panel_cumulative", tests, VCT_COUNT(tests));
}
