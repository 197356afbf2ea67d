/*
 * Movement of ranks: two towns counted out by hand, how often a class in which nobody moved
 * is said to have moved, and that a real move is seen.
 */
#include "assess/movement_internal.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "num/random_internal.h"
#include "support/harness.h"

#define MOST_UNITS 12
#define MONTHS 7
#define FIRST (2020 * 12)

/* A class of towns in January to July; counts of boys and girls. */
typedef struct town_class {
    size_t n;
    vc_unit units[MOST_UNITS];
    char codes[MOST_UNITS][8];
    double boys[MOST_UNITS * MONTHS], girls[MOST_UNITS * MONTHS],
        births[MOST_UNITS * MONTHS];
    vc_ranked ranked[MOST_UNITS];
    vc_ranking ranking;
    vc_run run;
} town_class;

static void begin(size_t n, const char *by, uint64_t seed, town_class *c) {
    memset(c, 0, sizeof *c);
    c->n = n;
    c->run.seed = seed;
    c->run.as_of = FIRST + MONTHS - 1;
    c->run.panel = (vc_panel){.frequency = VC_MONTHLY,
                              .first = FIRST,
                              .n_periods = MONTHS,
                              .tree = {.n = n, .units = c->units}};
    c->run.panel.has[VC_BIRTHS] = c->run.panel.has[VC_BIRTHS_MALE] =
        c->run.panel.has[VC_BIRTHS_FEMALE] = true;
    c->run.panel.count[VC_BIRTHS] = c->births;
    c->run.panel.count[VC_BIRTHS_MALE] = c->boys;
    c->run.panel.count[VC_BIRTHS_FEMALE] = c->girls;
    c->ranking = (vc_ranking){.name = (char *)(uintptr_t) "rule",
                              .by = (char *)(uintptr_t)by,
                              .year_end = FIRST + 11,
                              .low_is_best = true,
                              .n = n,
                              .n_units = n,
                              .units = c->ranked};
    for (size_t u = 0; u < n; u++) {
        snprintf(c->codes[u], sizeof c->codes[u], "T%zu", u);
        c->units[u] = (vc_unit){.code = c->codes[u]};
        c->ranked[u] = (vc_ranked){.unit = u,
                                   .peer = SIZE_MAX,
                                   .rank_before = (double)NAN,
                                   .rank_now = (double)NAN,
                                   .p_movement = (double)NAN};
    }
}

static void set(town_class *c, size_t u, size_t t, double boys, double girls) {
    c->boys[u * MONTHS + t] = boys;
    c->girls[u * MONTHS + t] = girls;
    c->births[u * MONTHS + t] = boys + girls;
}

static void find(town_class *c) {
    const vci_population nobody = {0};
    omp_set_num_threads(1);
    ck_assert_int_eq(vci_movement_find(&c->run, &nobody, &c->ranking), VC_OK);
}

static size_t n_moved(const town_class *c) {
    size_t n = 0;
    for (size_t u = 0; u < c->n; u++) n += vc_ranked_moved(&c->ranked[u]);
    return n;
}

/*
 * Town A has 3 boys and 3 girls, town B 4 and 4; two births of each are July's. Which two:
 * of 15 pairs of A's, 3 are boys (1 to 3 remain: 33), 9 mixed (100), 3 girls (300); of 28
 * of B's 6 are boys (50), 16 mixed (100), 6 girls (200).
 */
START_TEST(chances_are_those_of_counting_all_pairs) {
    static const double a[] = {100 / 3.0, 100, 300}, pa[] = {3, 9, 3};
    static const double b[] = {50, 100, 200}, pb[] = {6, 16, 6};
    double p[3] = {0, 0, 0}; /* A first, tied, second */
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            p[a[i] < b[k] ? 0 : a[i] == b[k] ? 1 : 2] += pa[i] * pb[k] / (15 * 28);
    town_class c;
    begin(2, "sex_ratio_at_birth", 3, &c);
    set(&c, 0, 0, 1, 3);
    set(&c, 0, 6, 2, 0);
    set(&c, 1, 0, 3, 3);
    set(&c, 1, 6, 1, 1);
    find(&c);
    CHECK_CLOSE(c.ranked[0].rank_before, 1, 0, 0);
    CHECK_CLOSE(c.ranked[1].rank_before, 2, 0, 0);
    CHECK_CLOSE(c.ranked[0].rank_now, 1.5, 0, 0);
    /*
     * The mean rank lies near 1.5, so both ends are about as far off: either those at A's
     * end alone count, or those at both. 999 shuffles and the year itself; 1e-6.
     */
    double got = c.ranked[0].p_movement;
    double one = p[0], both = p[0] + p[2];
    double near = fmin(fabs(got - one), fabs(got - both));
    ck_assert_msg(near < 4.9 * sqrt(0.25 / 1000) + 1e-3, "%g, not %g or %g", got, one,
                  both);
    CHECK_CLOSE(c.ranked[1].p_movement, got, 0, 0);
}
END_TEST

static void fill_poisson(const char *name, size_t u, uint64_t seed, double mean,
                         double *k) {
    char code[32];
    double means[MONTHS];
    int64_t counts[MONTHS];
    snprintf(code, sizeof code, "%s%zu", name, u);
    for (size_t t = 0; t < MONTHS; t++) means[t] = mean;
    vci_stream stream = vci_stream_make(seed, code, VCI_PLACE(3, 0), 1);
    vci_fill_poisson(&stream, 0, MONTHS, means, counts);
    for (size_t t = 0; t < MONTHS; t++) k[t] = (double)counts[t];
}

/* Towns whose months are all alike. jump: the first one's boys of July, times so much. */
static void steady_class(const char *by, uint64_t seed, double jump, town_class *c) {
    double boys[MONTHS], girls[MONTHS];
    begin(MOST_UNITS, by, seed, c);
    for (size_t u = 0; u < c->n; u++) {
        double size = 15 + 7 * (double)u;
        fill_poisson("boys", u, seed, 1.06 * size, boys);
        fill_poisson("girls", u, seed, size, girls);
        for (size_t t = 0; t < MONTHS; t++)
            set(c, u, t, u == 5 && t == MONTHS - 1 ? floor(jump * boys[t]) : boys[t],
                girls[t]);
    }
}

/*
 * At most 5 % of classes in which nobody moved; a binomial of 400 with 0.05 is above 46
 * once in a million. Not never either: below 3 it is once in a million.
 */
static void check_false_alarms(const char *by, size_t least) {
    size_t n = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        town_class c;
        steady_class(by, seed, 1, &c);
        find(&c);
        n += n_moved(&c) > 0;
    }
    printf("# %s: %zu of 400 classes\n", by, n);
    ck_assert_msg(n <= 46 && n >= least, "%zu of 400 classes for %s", n, by);
}

START_TEST(a_class_that_stands_is_said_to_move_once_in_twenty) {
    check_false_alarms("sex_ratio_at_birth", 3);
}
END_TEST

/* Sizes 15 to 92 keep their order: hardly any rank can move, so fewer alarms. */
START_TEST(counts_that_stand_are_said_to_move_no_more_often) {
    check_false_alarms("births", 0);
}
END_TEST

START_TEST(a_town_whose_ratio_doubles_is_seen) {
    size_t seen = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        town_class c;
        steady_class("sex_ratio_at_birth", seed, 3, &c);
        find(&c);
        seen +=
            vc_ranked_moved(&c.ranked[5]) && c.ranked[5].rank_now > c.ranked[5].rank_before;
    }
    ck_assert_msg(seen >= 30, "%zu of 40", seen);
}
END_TEST

static void check_nothing(const town_class *c) {
    for (size_t u = 0; u < c->n; u++) {
        ck_assert(isnan(c->ranked[u].rank_before) && isnan(c->ranked[u].rank_now) &&
                  isnan(c->ranked[u].p_movement));
        ck_assert(!vc_ranked_moved(&c->ranked[u]));
    }
}

START_TEST(a_year_that_began_or_is_over_has_no_movement) {
    town_class c;
    steady_class("sex_ratio_at_birth", 1, 1, &c);
    c.run.as_of = FIRST; /* January: the month before is last year's */
    find(&c);
    check_nothing(&c);
    c.run.as_of = FIRST + MONTHS - 1;
    c.ranking.year_end = FIRST + 3;
    find(&c);
    check_nothing(&c);
    c.ranking.year_end = FIRST + 11;
    c.ranking.by = NULL; /* points */
    find(&c);
    check_nothing(&c);
}
END_TEST

START_TEST(a_town_without_the_last_month_takes_no_part) {
    town_class c;
    steady_class("births", 1, 1, &c);
    set(&c, 2, MONTHS - 1, NAN, NAN);
    find(&c);
    ck_assert(isnan(c.ranked[2].rank_now) && isnan(c.ranked[2].p_movement));
    CHECK_CLOSE(c.ranked[11].rank_now, 11, 0, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(chances_are_those_of_counting_all_pairs),
        VCT(a_class_that_stands_is_said_to_move_once_in_twenty),
        VCT(counts_that_stand_are_said_to_move_no_more_often),
        VCT(a_town_whose_ratio_doubles_is_seen),
        VCT(a_year_that_began_or_is_over_has_no_movement),
        VCT(a_town_without_the_last_month_takes_no_part)};
    return vct_run("assess/movement", tests, VCT_COUNT(tests));
}
