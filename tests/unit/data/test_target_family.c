/* Counts of children against their parent's, and classes that a mean can be made of. */
#include "data/target_internal.h"
#include "family.h"

#define HEADER "id,year_end,unit,indicator,direction,value,value_high,period,deadline\n"

/* Faults of one kind at a line; what the message names. */
typedef struct family_case {
    const char *rows, *kind; /* kind NULL: nothing is wrong */
    size_t line;
    const char *message;
} family_case;

static void check_cases(size_t n, const family_case *cases) {
    for (size_t i = 0; i < n; i++) {
        world w;
        char table[1024];
        snprintf(table, sizeof table, HEADER "%s", cases[i].rows);
        vc_status st = read_family(&w, "name: 县\n", table);
        ck_assert_msg(st == (cases[i].kind ? VC_BAD_INPUT : VC_OK), "%s%s", cases[i].rows,
                      all_findings(&w.findings));
        if (cases[i].kind)
            expect_in(cases[i].message,
                      expect(&w, VC_FAULT, cases[i].kind, "targets.csv", cases[i].line, 0)
                          ->message);
        ck_assert_uint_eq(w.findings.n_faults, cases[i].kind ? 1 : 0);
        world_free(&w);
    }
}

START_TEST(children_against_parents) {
    static const family_case cases[] = {
        /* 60 and 50 are 110 */
        {"p,2013-12,C,births,at_most,109,,,\na,2013-12,A,births,at_least,60,,,\n"
         "b,2013-12,B,births,at_least,50,,,\n",
         "S06", 2, "ask for 110 together (target a in line 3)"},
        {"p,2013-12,C,births,at_most,110,,,\na,2013-12,A,births,at_least,60,,,\n"
         "b,2013-12,B,births,at_least,50,,,\n",
         NULL, 0, NULL},
        /* a child without a target has 0 at least */
        {"a,2013-12,A,births,at_least,60,,,\np,2013-12,C,births,between,10,59.5,,\n", "S06",
         3, "may have 59 at most"},
        /* half a birth is a whole one */
        {"p,2013-12,C,births,at_most,111,,,\na,2013-12,level:1,births,at_least,55.5,,,\n",
         "S06", 2, "ask for 112 together"},
        /* all children are bounded, or nothing follows */
        {"p,2013-12,C,deaths,at_least,100,,,\na,2013-12,level:1,deaths,at_most,49,,,\n",
         "S06", 2, "allow 98 together"},
        {"p,2013-12,C,deaths,at_least,100,,,\na,2013-12,A,deaths,at_most,49,,,\n", NULL, 0,
         NULL},
        /* natural increase may be below 0 */
        {"p,2013-12,C,natural_increase,at_most,10,,,\n"
         "a,2013-12,A,natural_increase,at_least,20,,,\n",
         NULL, 0, NULL},
        {"p,2013-12,C,natural_increase,at_most,10,,,\n"
         "a,2013-12,A,natural_increase,at_least,20,,,\n"
         "b,2013-12,B,natural_increase,at_least,-9.5,,,\n",
         "S06", 2, "ask for 11 together"},
        /* other windows are other figures; rates do not add up */
        {"p,2013-12,C,births,at_most,9,,,\na,2013-12,A,births,at_least,60,,quarter,\n",
         NULL, 0, NULL},
        {"p,2013-12,C,births,at_most,9,,,\na,2013-12,A,births,at_least,60,,,2013-11\n",
         NULL, 0, NULL},
        {"p,2013-12,C,births,at_most,9,,季,\na,2013-12,A,births,at_least,60,,quarter,\n",
         "S06", 2, "(target a in line 3)"},
        {"p,2013-12,C,birth_rate,at_most,9,,,\na,2013-12,A,birth_rate,at_least,60,,,\n",
         NULL, 0, NULL},
        /* a bound that is not a number yet */
        {"p,2013-12,C,births,at_most,previous_year,,,\na,2013-12,A,births,at_least,60,,,\n",
         NULL, 0, NULL}};
    check_cases(sizeof cases / sizeof *cases, cases);
}
END_TEST

/* A month and a year contradict nobody; two targets of the same month do. */
START_TEST(contradictions_within_a_window) {
    static const family_case cases[] = {
        {"a,2013-12,A,births,at_most,9,,,\nb,2013-12,A,births,at_least,10,,month,\n", NULL,
         0, NULL},
        {"a,2013-12,A,births,at_most,9,,month,\nb,2013-12,A,births,at_least,10,,月,\n",
         "S06", 3, "target a in line 2"},
        {"a,2013-12,A,births,at_most,9,,,\nb,2013-12,A,births,at_most,5,,month,\n"
         "c,2013-12,A,births,at_least,10,,,\n",
         "S06", 4, "target a in line 2"},
        {"a,2013-12,A,births,at_most,9,,,2013-12\nb,2013-12,A,births,at_least,10,,year,\n",
         "S06", 3, "target a in line 2"}};
    check_cases(sizeof cases / sizeof *cases, cases);
}
END_TEST

START_TEST(means_need_a_class) {
    static const family_case cases[] = {
        {"a,2013-12,level:1,births,at_most,class_mean*1.05,,,\n", NULL, 0, NULL},
        {"a,2013-12,*,births,at_most,同类平均,,,\n", "S03", 2,
         "1 units have no class: C (县)"},
        /* the others have a target of the same figure, by whatever row */
        {"a,2013-12,A,births,at_most,class_mean,,,\nb,2013-12,B,births,at_most,90,,,\n",
         NULL, 0, NULL},
        {"a,2013-12,A,births,at_most,class_mean,,,\n", "S05", 2, "A (甲镇)"},
        {"a,2013-12,A,births,at_most,class_mean,,,\nb,2013-12,B,births,at_most,90,,季,\n",
         "S05", 2, "A (甲镇)"},
        {"a,2013-12,A,births,between,1,class_mean,,\n", "S05", 2, "A (甲镇)"}};
    check_cases(sizeof cases / sizeof *cases, cases);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(children_against_parents),
                                     VCT(contradictions_within_a_window),
                                     VCT(means_need_a_class)};
    return vct_run("data/target_family", tests, VCT_COUNT(tests));
}
