/* A zero where many are usual: a late upload is asked about, not believed. */
#include <math.h>

#include "world.h"

static const char UNITS[] = "code,name,parent\nC,县,\nA,甲镇,C\nB,乙镇,C\n";

/* The table of some months from 2013-01 on: births of A, and of B always 3. */
typedef struct months {
    char text[8192];
    size_t used;
    int n;
} months;

static void add(months *m, int births, const char *status) {
    int year = 2013 + m->n / 12, month = 1 + m->n % 12;
    if (m->n == 0)
        m->used = (size_t)snprintf(m->text, sizeof m->text, "unit,month,births,status\n");
    m->used += (size_t)snprintf(m->text + m->used, sizeof m->text - m->used,
                                "A,%d-%02d,%d,%s\nB,%d-%02d,3,final\n", year, month, births,
                                status, year, month);
    m->n++;
}

static void read_months(world *w, const months *m, vc_language language) {
    put("workspace.yaml", "name: 县\n");
    put("units.csv", UNITS);
    put("monthly.csv", m->text);
    vc_status st = world_read(w, language);
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w->findings));
}

/* Twelve a month, then a zero of some status. */
static void zero_after_twelve(world *w, const char *status, vc_language language) {
    months m = {.n = 0};
    for (int i = 0; i < 6; i++) add(&m, 12, "final");
    add(&m, 0, status);
    read_months(w, &m, language);
}

START_TEST(a_provisional_zero_is_missing) {
    static const char *const statuses[] = {"provisional", "快报数", ""};
    for (size_t i = 0; i < 3; i++) {
        world w;
        zero_after_twelve(&w, statuses[i], VC_ENGLISH);
        const double *births = w.panel.count[VC_BIRTHS];
        CHECK_CLOSE(figure(&w, births, "A", "2013-07"), NAN, 0, 0);
        CHECK_CLOSE(figure(&w, births, "B", "2013-07"), 3, 0, 0);
        CHECK_CLOSE(figure(&w, births, "C", "2013-07"), NAN, 0, 0);
        CHECK_CLOSE(figure(&w, births, "C", "2013-06"), 15, 0, 0);
        const vc_finding *late = expect(&w, VC_WARNING, "C08", "monthly.csv", 14, 11);
        expect_in("births: 0 reported for unit A (甲镇) in 2013-07, where about 12",
                  late->message);
        expect_in("set status to final", late->remedy);
        expect_numbers(&w, 0, 1);
        world_free(&w);
    }
}
END_TEST

START_TEST(a_final_zero_is_believed) {
    static const char *const statuses[] = {"final", "正式数"};
    for (size_t i = 0; i < 2; i++) {
        world w;
        zero_after_twelve(&w, statuses[i], VC_CHINESE);
        CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-07"), 0, 0, 0);
        CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-07"), 3, 0, 0);
        const vc_finding *zero = expect(&w, VC_WARNING, "C08", "monthly.csv", 14, 11);
        expect_in("出生人数", zero->message);
        expect_in("予以采用", zero->message);
        ck_assert_ptr_null(zero->remedy);
        expect_numbers(&w, 0, 1);
        world_free(&w);
    }
}
END_TEST

/* Of two equal rows the one that says `final` decides. */
START_TEST(final_in_the_second_row_counts) {
    world w;
    months m = {.n = 0};
    for (int i = 0; i < 6; i++) add(&m, 12, "final");
    add(&m, 0, "provisional");
    m.used +=
        (size_t)snprintf(m.text + m.used, sizeof m.text - m.used, "A,2013-07,0,final\n");
    read_months(&w, &m, VC_ENGLISH);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-07"), 0, 0, 0);
    expect(&w, VC_WARNING, "C08", "monthly.csv", 16, 11);
    world_free(&w);
}
END_TEST

/* A mean of exactly 7 is enough, 6.9 is not. */
START_TEST(begins_at_seven) {
    for (int less = 0; less < 2; less++) {
        world w;
        months m = {.n = 0};
        for (int i = 0; i < 10; i++) add(&m, i == 0 ? 7 - less : 7, "");
        add(&m, 0, "");
        read_months(&w, &m, VC_ENGLISH);
        CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-11"),
                    less ? 0 : (double)NAN, 0, 0);
        expect_numbers(&w, 0, less ? 0 : 1);
        world_free(&w);
    }
}
END_TEST

/* Two months do not say what is usual, three do. */
START_TEST(needs_three_months) {
    for (int n = 2; n <= 3; n++) {
        world w;
        months m = {.n = 0};
        for (int i = 0; i < n; i++) add(&m, 12, "");
        add(&m, 0, "");
        read_months(&w, &m, VC_ENGLISH);
        expect_numbers(&w, 0, n == 3);
        world_free(&w);
    }
}
END_TEST

/* Before the first births there is nothing to compare with; small units may have zeros. */
START_TEST(first_months_and_small_units_are_left_alone) {
    world w;
    months m = {.n = 0};
    for (int i = 0; i < 4; i++) add(&m, 0, "");
    for (int i = 0; i < 8; i++) add(&m, 9, "");
    for (int i = 0; i < 12; i++) add(&m, i % 3 ? 0 : 6, "final");
    read_months(&w, &m, VC_ENGLISH);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-01"), 0, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-04"), 0, 0, 0);
    expect_numbers(&w, 0, 0);
    world_free(&w);
}
END_TEST

/* Only the last 24 months, with the month itself, say what is usual. */
START_TEST(forgets_what_is_long_ago) {
    for (int n_small = 22; n_small <= 23; n_small++) {
        world w;
        char last[32];
        months m = {.n = 0};
        for (int i = 0; i < 12; i++) add(&m, 200, "");
        for (int i = 0; i < n_small; i++) add(&m, 1, "");
        add(&m, 0, "");
        snprintf(last, sizeof last, "%d-%02d", 2013 + (m.n - 1) / 12, 1 + (m.n - 1) % 12);
        read_months(&w, &m, VC_ENGLISH);
        /* 22 ones and a 200: mean 9.7; 23 ones: mean 1 */
        CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", last),
                    n_small == 22 ? (double)NAN : 0, 0, 0);
        world_free(&w);
    }
}
END_TEST

/* Births go with their parts, deaths on their own; the place is the first column used. */
START_TEST(parts_and_deaths) {
    world w;
    put("workspace.yaml", "name: 县\n");
    put("units.csv", "code\nA\n");
    put("monthly.csv",
        "unit,month,births_male,births_female,births_compliant,deaths_male,deaths_female\n"
        "A,2013-01,5,4,8,6,6\nA,2013-02,6,4,9,7,5\nA,2013-03,6,4,9,7,5\n"
        "A,2013-04,0,0,0,6,4\nA,2013-05,5,5,9,0,0\n");
    ck_assert_int_eq(world_read(&w, VC_ENGLISH), VC_OK);
    static const vc_event births[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE,
                                      VC_BIRTHS_COMPLIANT};
    for (size_t i = 0; i < 4; i++) {
        CHECK_CLOSE(w.panel.count[births[i]][3], NAN, 0, 0);
        ck_assert(w.panel.count[births[i]][4] > 0);
    }
    CHECK_CLOSE(w.panel.count[VC_DEATHS][3], 10, 0, 0);
    CHECK_CLOSE(w.panel.count[VC_DEATHS][4], NAN, 0, 0);
    expect(&w, VC_WARNING, "C08", "monthly.csv", 5, 11);
    expect_numbers(&w, 0, 2);
    expect_in("deaths", w.findings.list[1].message);
    ck_assert_uint_eq(w.findings.list[1].line, 6);
    ck_assert_uint_eq(w.findings.list[1].column, 17);
    world_free(&w);
}
END_TEST

/* Two zeros in a row: the first does not make the second usual, nor hide it. */
START_TEST(a_second_zero_is_asked_about_too) {
    world w;
    months m = {.n = 0};
    for (int i = 0; i < 6; i++) add(&m, 12, "");
    add(&m, 0, "");
    add(&m, 0, "");
    read_months(&w, &m, VC_ENGLISH);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-07"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "A", "2013-08"), NAN, 0, 0);
    /* 6 * 12 / 7 = 10.3 */
    expect_in("about 10", w.findings.list[1].message);
    expect_numbers(&w, 0, 2);
    world_free(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_provisional_zero_is_missing),
                                     VCT(a_final_zero_is_believed),
                                     VCT(final_in_the_second_row_counts),
                                     VCT(begins_at_seven),
                                     VCT(needs_three_months),
                                     VCT(first_months_and_small_units_are_left_alone),
                                     VCT(forgets_what_is_long_ago),
                                     VCT(parts_and_deaths),
                                     VCT(a_second_zero_is_asked_about_too)};
    return vct_run("data/panel_late", tests, VCT_COUNT(tests));
}
