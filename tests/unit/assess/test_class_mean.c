/* Means of a class draw by draw: against sums made here, unit by unit. */
#include "assess/class_mean_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/scorecard_internal.h"
#include "core/memory_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define UNITS 7
#define BLOCK 40
#define BLOCKS 2

/* A root, three units of one class, two of another, one without. */
static const char *const CLASSES[UNITS] = {NULL, "一类", "二类", "一类",
                                           NULL, "二类", "一类"};

typedef struct world {
    vc_unit_tree tree;
    vc_target target[2];
    size_t n;
    vci_tally tallies[2 * UNITS];
    vci_classes classes;
    vci_outcomes outcomes;
} world;

static vc_target make_target(vc_direction direction, vc_fraction factor,
                             vc_fraction summand) {
    return (vc_target){.year_end = 2013 * 12 + 11,
                       .selector = VC_LEVEL,
                       .level = 1,
                       .indicator = (char *)(uintptr_t) "births",
                       .direction = direction,
                       .value = {VC_CLASS_MEAN, {0, 1}, factor, summand},
                       .value_high = {VC_FIXED, {60, 1}, {1, 1}, {0, 1}},
                       .decimals = -1,
                       .points = NAN,
                       .deadline = VC_NO_PERIOD};
}

/* Tallies of every unit below the root, of the first n targets. */
static void set_up(world *w, size_t n) {
    static const size_t parents[UNITS] = {SIZE_MAX, 0, 0, 0, 0, 0, 0};
    bool wanted[2 * UNITS];
    vct_tree(UNITS, parents, &w->tree);
    for (size_t u = 0; u < UNITS; u++)
        w->tree.units[u].class_name = CLASSES[u] ? strdup(CLASSES[u]) : NULL;
    w->n = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t u = 1; u < UNITS; u++)
            w->tallies[w->n++] = (vci_tally){.target = &w->target[i],
                                             .unit = u,
                                             .drawn = true,
                                             .by_class = true,
                                             .fixed = {{0, 0}, {60, 1}},
                                             .mean_bound = {NAN, NAN}};
    ck_assert_int_eq(vci_classes_init(&w->tree, w->n, w->tallies, BLOCK, &w->classes),
                     VC_OK);
    memset(wanted, 0, sizeof wanted);
    vci_classes_want(&w->classes, wanted);
    for (size_t i = 0; i < w->n; i++)
        ck_assert(wanted[i] == (CLASSES[w->tallies[i].unit] && i < UNITS - 1));
    for (size_t i = 0; i < w->n; i++) wanted[i] = true;
    ck_assert_int_eq(vci_outcomes_init(w->n, wanted, BLOCK, &w->outcomes), VC_OK);
}

static void take_down(world *w) {
    vci_classes_free(&w->classes);
    vci_outcomes_free(&w->outcomes);
    vc_unit_tree_free(&w->tree);
}

static double *figures(world *w, size_t i) {
    return w->outcomes.figure + w->outcomes.row[i] * BLOCK;
}

/* The mean of a unit's class in draw d, and how many figures it is made of. */
static double brute_mean(world *w, size_t unit, size_t d, size_t *n) {
    double sum = 0;
    *n = 0;
    for (size_t i = 0; i < UNITS - 1; i++) {
        size_t u = w->tallies[i].unit;
        double x = figures(w, i)[d];
        if (!CLASSES[unit] || !CLASSES[u] || strcmp(CLASSES[u], CLASSES[unit]) != 0)
            continue;
        if (isnan(x)) continue;
        sum += x;
        (*n)++;
    }
    return sum / (double)*n;
}

/* Whole numbers, so that nothing is rounded; one ratio in seven has no denominator. */
static void fill(world *w, size_t n_targets, unsigned *state) {
    for (size_t u = 0; u < UNITS - 1; u++)
        for (size_t d = 0; d < BLOCK; d++) {
            double x = floor(20 + 60 * vct_random(state));
            if (vct_random(state) < 1.0 / 7) x = NAN;
            for (size_t i = 0; i < n_targets; i++) figures(w, i * (UNITS - 1) + u)[d] = x;
        }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

START_TEST(bounds_differ_from_draw_to_draw) {
    world w = {
        .target = {make_target(VC_AT_MOST, (vc_fraction){11, 10}, (vc_fraction){-2, 1}),
                   make_target(VC_BETWEEN, (vc_fraction){1, 2}, (vc_fraction){3, 1})}};
    unsigned state = 7;
    size_t met[2 * UNITS] = {0}, n_means[UNITS] = {0};
    static double means[UNITS][BLOCK * BLOCKS];
    set_up(&w, 2);
    for (size_t b = 0; b < BLOCKS; b++) {
        fill(&w, 2, &state);
        vci_classes_add(&w.classes, b * BLOCK, BLOCK, w.tallies, &w.outcomes);
        for (size_t i = 0; i < w.n; i++)
            for (size_t d = 0; d < BLOCK; d++) {
                size_t n, unit = w.tallies[i].unit;
                double x = figures(&w, i)[d], mean = brute_mean(&w, unit, d, &n);
                bool open = isnan(x) || n < 2;
                bool first = w.tallies[i].target == &w.target[0];
                bool good = first ? 10 * x <= 11 * mean - 20 : 2 * x >= mean + 6 && x <= 60;
                int want = open ? VCI_OPEN : good ? VCI_MET : VCI_NOT_MET;
                ck_assert_int_eq(w.outcomes.met[w.outcomes.row[i] * BLOCK + d], want);
                met[i] += want == VCI_MET;
                if (first && n >= 2) means[unit][n_means[unit]++] = mean;
            }
    }
    for (size_t i = 0; i < w.n; i++) ck_assert_uint_eq(w.tallies[i].n_met, met[i]);
    vc_panel panel = {.frequency = VC_MONTHLY, .first = 2013 * 12, .n_periods = 7};
    vci_classes_finish(&w.classes, &panel, w.tallies);
    for (size_t i = 0; i < UNITS - 1; i++) {
        size_t u = w.tallies[i].unit, n = n_means[u];
        if (n == 0) {
            ck_assert(isnan(w.tallies[i].mean_bound[0]));
            continue;
        }
        qsort(means[u], n, sizeof(double), by_size);
        double bound = w.tallies[i].mean_bound[0];
        ck_assert(bound >= 1.1 * means[u][(n - 1) / 2] - 2 - 1e-9);
        ck_assert(bound <= 1.1 * means[u][n / 2] - 2 + 1e-9);
        ck_assert(!w.tallies[i].class_settled);
    }
    take_down(&w);
}
END_TEST

/* Three times 0.1 is more than 0.3 in floating point: equal is equal all the same. */
START_TEST(equal_figures_meet_their_mean) {
    static const vc_direction directions[] = {VC_AT_MOST, VC_AT_LEAST};
    for (size_t k = 0; k < 2; k++) {
        world w = {.target = {make_target(directions[k], (vc_fraction){1, 1},
                                          (vc_fraction){0, 1})}};
        set_up(&w, 1);
        for (size_t i = 0; i < w.n; i++)
            for (size_t d = 0; d < BLOCK; d++) figures(&w, i)[d] = 0.1 * (double)(d + 1);
        vci_classes_add(&w.classes, 0, BLOCK, w.tallies, &w.outcomes);
        for (size_t i = 0; i < w.n; i++)
            ck_assert_uint_eq(w.tallies[i].n_met, CLASSES[w.tallies[i].unit] ? BLOCK : 0);
        take_down(&w);
    }
}
END_TEST

/* 20 of at most the mean 30 of 20, 30, 40: a tenth of a point a step from the mean. */
START_TEST(points_follow_the_bound_of_the_draw) {
    world w = {
        .target = {make_target(VC_AT_MOST, (vc_fraction){1, 1}, (vc_fraction){0, 1})}};
    double total[BLOCK];
    unsigned char met[BLOCK], veto[BLOCK];
    w.target[0].points = 10;
    w.target[0].rule = (vc_scoring){
        .rule = VC_LINEAR, .per = 1, .deduct = 0.1, .floor = 0, .cap = (double)NAN};
    set_up(&w, 1);
    for (size_t i = 0; i < w.n; i++)
        for (size_t d = 0; d < BLOCK; d++)
            figures(&w, i)[d] = 20 + 10 * (double)i + (double)(i == 0 ? 0 : d);
    vci_classes_add(&w.classes, 0, BLOCK, w.tallies, &w.outcomes);
    w.outcomes.n_draws = BLOCK;
    size_t last = UNITS - 2; /* unit 6: units 1, 3, 6 of its class */
    vci_card_item item = {.result = last,
                          .target = &w.target[0],
                          .bound = NAN,
                          .bound_high = NAN,
                          .class_mean = w.tallies[last].class_mean};
    vci_card card = {.unit = 6, .n_items = 1, .items = vci_alloc(1, sizeof item)};
    card.items[0] = item;
    ck_assert_int_eq(vci_card_begin(&card), VC_OK);
    vci_card_add(&card, &w.outcomes, met, veto, total);
    for (size_t d = 0; d < BLOCK; d++) {
        double t = (double)d, mean = (20 + 40 + t + 70 + t) / 3;
        CHECK_CLOSE(total[d], 10 - 0.1 * (70 + t - mean), 1e-12, 0);
    }
    vci_card_free(&card);
    take_down(&w);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(bounds_differ_from_draw_to_draw),
                                     VCT(equal_figures_meet_their_mean),
                                     VCT(points_follow_the_bound_of_the_draw)};
    return vct_run("assess/class_mean", tests, VCT_COUNT(tests));
}
