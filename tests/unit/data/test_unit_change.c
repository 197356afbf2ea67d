/* What became of units: the columns became and share of units.csv, and their dates. */
#include <math.h>

#include "world.h"

static vc_status read_all(world *w, const char *units, const char *monthly) {
    put("workspace.yaml", "name: 县\n");
    put("units.csv", units);
    put("monthly.csv", monthly);
    return world_read(w, VC_ENGLISH);
}

/* Rows of every unit in its own time: A to 2012-12, B and D from 2013-01, C always. */
static const char MONTHLY[] = "unit,month,births\nA,2012-12,5\nC,2012-12,7\nC,2013-01,7\n"
                              "B,2013-01,3\nD,2013-01,2\nC,2013-02,7\nB,2013-02,4\n"
                              "D,2013-02,1\n";

#define HEAD "code,valid_from,valid_to,became,share\n"
#define REST "B,2013-01,,,\nC,,,,\nD,2013-01,,,\n"

START_TEST(reads_successors_and_shares) {
    static const struct {
        const char *row;
        size_t n;
        double first, second;
    } cases[] = {{"A,,2012-12,B;D,0.6;0.4\n", 2, 0.6, 0.4},
                 {"A,,2012-12,B； D,0.25、0.75\n", 2, 0.25, 0.75},
                 {"A,,2012-12,\"B; D;\",\"0.333333;0.666667\"\n", 2, 1. / 3, 2. / 3},
                 {"A,,2012-12,C,\n", 1, 1, 0},
                 {"A,,2012-12,C,1\n", 1, 1, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char units[512];
        snprintf(units, sizeof units, HEAD "%s" REST, cases[i].row);
        vc_status st = read_all(&w, units, MONTHLY);
        ck_assert_msg(st == VC_OK, "%s", all_findings(&w.findings));
        expect_numbers(&w, 0, 0);
        const vc_panel *p = &w.panel;
        ck_assert_uint_eq(p->n_changes, cases[i].n);
        ck_assert_str_eq(p->tree.units[p->changes[0].from].code, "A");
        ck_assert_str_eq(p->tree.units[p->changes[0].to].code, cases[i].n > 1 ? "B" : "C");
        CHECK_CLOSE(p->changes[0].share, cases[i].first, 1e-6, 0);
        if (cases[i].n > 1) CHECK_CLOSE(p->changes[1].share, cases[i].second, 1e-6, 0);
        ck_assert_uint_eq(p->changes[0].line, 2);
        world_free(&w);
    }
}
END_TEST

/* A unit that ended adds nothing to the sums, one that begins adds from then on. */
START_TEST(sums_follow_the_changes) {
    world w;
    ck_assert_int_eq(read_all(&w, HEAD "A,,2012-12,B;D,0.6;0.4\n" REST, MONTHLY), VC_OK);
    const double *births = w.panel.count[VC_BIRTHS];
    CHECK_CLOSE(figure(&w, births, "root", "2012-12"), 12, 0, 0);
    CHECK_CLOSE(figure(&w, births, "root", "2013-01"), 12, 0, 0);
    CHECK_CLOSE(figure(&w, births, "root", "2013-02"), 12, 0, 0);
    world_free(&w);
}
END_TEST

/* A successor is there from its valid_from on, also where its reports come later. */
START_TEST(a_late_successor_is_missing) {
    world w;
    ck_assert_int_eq(read_all(&w, HEAD "A,,2012-12,B,\nB,2013-01,,,\nC,,,,\n",
                              "unit,month,births\nA,2012-12,5\nC,2012-12,7\nC,2013-01,7\n"
                              "C,2013-02,7\nB,2013-02,4\n"),
                     VC_OK);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "root", "2013-01"), NAN, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "root", "2013-02"), 11, 0, 0);
    expect_in("2013-01", expect(&w, VC_WARNING, "M09", "monthly.csv", 0, 0)->message);
    expect_numbers(&w, 0, 1);
    world_free(&w);
}
END_TEST

START_TEST(refuses_what_cannot_be) {
    static const struct {
        const char *rows;
        size_t line, column;
        const char *message, *remedy;
    } cases[] = {
        {"A,,2012-12,E,\n" REST, 2, 12, "E, which is not in the list", NULL},
        {"A,,2012-12,A,\n" REST, 2, 12, "cannot become itself", NULL},
        {"A,,2012-12,B;B,0.5;0.5\n" REST, 2, 12, "named once", NULL},
        {"A,,,B,\n" REST, 2, 5, "valid_to is blank", NULL},
        {"A,,2012-12,,0.5\n" REST, 2, 13, "became is blank", NULL},
        {"A,,2012-12,B;D,\n" REST, 2, 16, "2 numbers", "0.6;0.4"},
        {"A,,2012-12,B;D,0.6;0.3\n" REST, 2, 16, "add up to 1", "0.6;0.4"},
        {"A,,2012-12,B;D,1\n" REST, 2, 16, "2 numbers", NULL},
        {"A,,2012-12,B;D,0.5;x\n" REST, 2, 16, "2 numbers", NULL},
        {"A,,2012-12,B;D,1.5;-0.5\n" REST, 2, 16, "above 0", NULL},
        /* a month that belongs to nobody, and one that belongs to both */
        {"A,,2012-11,B,\n" REST, 2, 12, "2012-11, but its successor B begins in 2013-01",
         "valid_from"},
        {"A,,2013-01,B,\n" REST, 2, 12, "2013-01, but its successor B begins in 2013-01",
         "valid_from"},
        /* a circle: one of them ends first */
        {"A,,2012-12,B,\nB,,2013-06,A,\nC,,,,\nD,2013-01,,,\n", 3, 12,
         "B ends in 2013-06, but its successor A ends in 2012-12", NULL},
        /* figures outside the validity: of A in 2012-12, of B in 2013-01 */
        {"A,,2012-10,C,\n" REST, 2, 1, "unit A has figures in 1 periods", "valid_to"},
        {"A,,2012-12,C,\nB,2013-02,,,\nC,,,,\nD,2013-01,,,\n", 5, 1,
         "unit B has figures in 1 periods outside its validity, first in 2013-01",
         "valid_from"},
        {"A,,2012-12,,\n" REST, 2, 0, "nothing says what became of it", "became"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char units[512];
        bool of_figures = strstr(cases[i].message, "figures");
        snprintf(units, sizeof units, HEAD "%s", cases[i].rows);
        ck_assert_int_eq(read_all(&w, units, MONTHLY), VC_BAD_INPUT);
        const vc_finding *fault =
            expect(&w, VC_FAULT, "U07", of_figures ? "monthly.csv" : "units.csv",
                   cases[i].line, cases[i].column);
        expect_in(cases[i].message, fault->message);
        if (cases[i].remedy) expect_in(cases[i].remedy, fault->remedy);
        world_free(&w);
    }
}
END_TEST

START_TEST(only_units_without_others_below) {
    static const char *const lists[] = {
        "code,parent,valid_to,became\nA,,,\nB,,,\nB1,B,,\nA1,A,2012-12,B\n",
        "code,parent,valid_to,became\nA,,,\nB,,2012-12,A1\nB1,B,,\nA1,A,,\n"};
    static const size_t lines[] = {5, 3}, columns[] = {14, 12};
    for (size_t i = 0; i < 2; i++) {
        world w;
        ck_assert_int_eq(read_all(&w, lists[i], "unit,month,births\nA1,2012-12,1\n"),
                         VC_BAD_INPUT);
        const vc_finding *fault =
            expect(&w, VC_FAULT, "U07", "units.csv", lines[i], columns[i]);
        expect_in("B has units below it", fault->message);
        world_free(&w);
    }
}
END_TEST

/* A later merger into a unit that itself came out of another is no contradiction. */
START_TEST(a_successor_may_take_over_again) {
    world w;
    vc_status st = read_all(&w, HEAD "A,,2012-12,B,\nC,,2013-01,B,\nB,2013-01,,,\n",
                            "unit,month,births\nA,2012-12,5\nC,2012-12,7\nC,2013-01,7\n"
                            "B,2013-01,3\nB,2013-02,11\nC,2013-02,0\n");
    ck_assert_msg(st == VC_OK, "%s", all_findings(&w.findings));
    expect_numbers(&w, 0, 0);
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "root", "2013-02"), 11, 0, 0);
    /* The zero after its end is no figure. */
    CHECK_CLOSE(figure(&w, w.panel.count[VC_BIRTHS], "C", "2013-02"), NAN, 0, 0);
    world_free(&w);
}
END_TEST

static void digest_of(const char *units, uint8_t digest[32]) {
    world w;
    ck_assert_int_eq(read_all(&w, units, MONTHLY), VC_OK);
    memcpy(digest, w.panel.digest, 32);
    world_free(&w);
}

START_TEST(the_digest_knows_the_shares) {
    uint8_t plain[32], other[32];
    digest_of(HEAD "A,,2012-12,B;D,0.6;0.4\n" REST, plain);
    digest_of(HEAD REST "A,,2012-12,B;D,0.60;0.4\n", other);
    ck_assert_mem_eq(other, plain, 32);
    digest_of(HEAD "A,,2012-12,B;D,0.5;0.5\n" REST, other);
    ck_assert_mem_ne(other, plain, 32);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(reads_successors_and_shares),     VCT(sums_follow_the_changes),
        VCT(a_late_successor_is_missing),     VCT(refuses_what_cannot_be),
        VCT(only_units_without_others_below), VCT(a_successor_may_take_over_again),
        VCT(the_digest_knows_the_shares)};
    return vct_run("data/unit_change", tests, VCT_COUNT(tests));
}
