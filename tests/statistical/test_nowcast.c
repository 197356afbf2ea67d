/*
 * Counties whose reports are late by known delays: a month's births are in the books after
 * one, two or three months, with shares that differ from month to month; some are booked
 * twice and taken out a month later. What is drawn for the last month, of which only the
 * first report is there, must cover what it becomes.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/panel_reports_internal.h"
#include "fit/nowcast_internal.h"
#include "simulate/simulation_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

enum { MONTHS = 42, TOWNSHIPS = 4, AGES = 3, DRAWS = 512 };

/* SplitMix64 (Steele, Lea and Flood 2014): normals from pairs need better than a 31-bit
 * rule. */
static double uniform(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state) {
    double radius = sqrt(-2 * log(uniform(state)));
    return radius * cos(6.283185307179586 * uniform(state));
}

static double poisson(uint64_t *state, double mean) {
    double n = 0, product = uniform(state);
    for (double least = exp(-mean); product > least; n++) product *= uniform(state);
    return n;
}

static double binomial(uint64_t *state, double n, double p) {
    double hits = 0;
    for (int i = 0; i < (int)n; i++) hits += uniform(state) < p;
    return hits;
}

/* Births of a township and month as known one, two and three months after. */
static void report(uint64_t *state, double births, double twice, double logit,
                   double known[AGES]) {
    double first = binomial(state, births, 1 / (1 + exp(-logit)));
    known[0] = first + poisson(state, twice);
    known[1] = first + binomial(state, births - first, 0.6);
    known[2] = births;
}

/*
 * Panel of a county as of its last month, seen in the month after it; returns what the last
 * month becomes. share: of the births that are booked in time; twice: booked twice, of 100.
 */
static double make_county(unsigned seed, double share, double twice, vc_panel *p) {
    static const size_t parents[] = {SIZE_MAX, 0, 0, 0, 0};
    static const double rate[] = {0, 20, 35, 50, 65};
    uint64_t state = seed;
    double total = 0;
    vci_reports list = {.panel = p};
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = 2019 * 12, .n_periods = MONTHS};
    vct_tree(TOWNSHIPS + 1, parents, &p->tree);
    size_t n = p->tree.n * MONTHS;
    p->has[VC_BIRTHS] = true;
    p->count[VC_BIRTHS] = vci_alloc(n, sizeof(double));
    p->status = vci_alloc(n, 1);
    p->starts = vci_alloc(p->tree.n, sizeof *p->starts);
    for (size_t u = 0; u < p->tree.n; u++) p->starts[u] = p->first;
    vc_period *report_at = vci_alloc(n, sizeof *report_at);
    list.listed = vci_alloc(n, sizeof *list.listed);
    for (size_t i = 0; i < n; i++) report_at[i] = VC_NO_PERIOD;
    for (size_t t = 0; t < MONTHS; t++) {
        double logit = log(share / (1 - share)) + 0.25 * normal(&state);
        size_t latest = t + AGES > MONTHS ? MONTHS - 1 - t : AGES - 1;
        for (size_t u = 1; u < p->tree.n; u++) {
            double known[AGES], births = poisson(&state, rate[u]);
            report(&state, births, twice / 100 * rate[u], logit, known);
            vc_vintage r = {.unit = u, .period = p->first + (vc_period)t};
            for (size_t d = 0; d <= latest; d++) {
                r.reported = r.period + 1 + (vc_period)d;
                r.count[VC_BIRTHS] = known[d];
                if (latest > 0) ck_assert_int_eq(vci_reports_add(&list, &r), VC_OK);
                report_at[u * MONTHS + t] = r.period + 1 + (vc_period)d;
            }
            p->count[VC_BIRTHS][u * MONTHS + t] = known[latest];
            p->count[VC_BIRTHS][t] += known[latest];
            if (t == MONTHS - 1) total += births;
        }
    }
    ck_assert_int_eq(vci_reports_finish(&list, NULL), VC_OK);
    ck_assert_int_eq(vci_triangles_fill(p, report_at, VC_NO_PERIOD), VC_OK);
    vci_free(report_at);
    vci_free(list.listed);
    return total;
}

static vc_model rate_model(void) {
    vc_model m = {.family = VC_POISSON, .exposure = VC_EXPOSURE_NONE, .level_auto = true};
    m.level_sd = 10;
    m.trend_block = m.trend_order = 1;
    m.block = 12;
    m.leaf_level = (vc_scale){.kind = VC_SCALE_FIXED, .start = 2};
    return m;
}

/* Where among the draws of the county's last month a number lies: 0 to 1, ties half. */
static double place_among(vc_panel *panel, double number, double *mean) {
    static const vc_model hold = {.history_years = 0};
    vci_population population;
    vc_observations o;
    vc_fit fit;
    vci_simulation simulation;
    vc_draws block;
    vc_model model = rate_model();
    vc_period last = panel->first + MONTHS - 1;
    double below = 0;
    *mean = 0;
    ck_assert_int_eq(vci_population_fill(panel, &hold, 0, &population), VC_OK);
    ck_assert_int_eq(vci_observations_build(panel, vci_role_of(VC_ROLE_BIRTHS), &model,
                                            &population, VC_BY_EVENT, 0, &o),
                     VC_OK);
    ck_assert_int_eq(vc_fit_run("births", &model, &panel->tree, &o, NULL, NULL, &fit),
                     VC_OK);
    ck_assert_int_eq(vci_simulation_init(&simulation, panel, 1, &fit, &hold, VC_BY_EVENT, 1,
                                         panel->first, last, 1),
                     VC_OK);
    ck_assert_int_eq(vci_draws_init(&simulation, &block), VC_OK);
    size_t column = (size_t)(last - simulation.first) * panel->tree.n;
    for (size_t at = 0; at < DRAWS; at += simulation.block) {
        size_t n = DRAWS - at < simulation.block ? DRAWS - at : simulation.block;
        ck_assert_int_eq(vci_simulation_block(&simulation, at, n, &block), VC_OK);
        for (size_t d = 0; d < n; d++) {
            double x = (double)block.count[VC_BIRTHS][column * block.n_draws + d];
            below += x < number ? 1 : x == number ? 0.5 : 0;
            *mean += x / DRAWS;
        }
    }
    vc_draws_free(&block);
    vci_simulation_free(&simulation);
    vc_fit_free(&fit);
    vc_observations_free(&o);
    vci_population_free(&population);
    return below / DRAWS;
}

static void tell_late(vc_panel *panel) {
    panel->n_late =
        vci_nowcast_find(panel, panel->late_mean, panel->late_sd, panel->late_removed);
    ck_assert_uint_gt(panel->n_late, 0);
    panel->late_corrects = true;
}

static size_t rounds(size_t quick) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    return quick * (text ? (size_t)strtoul(text, NULL, 10) : 1);
}

/*
 * The share of 90 % intervals that hold the truth: 87 to 93 % where there are enough worlds
 * to tell (4,000: 6 standard errors), else 5 standard errors (false alarm below 1e-6).
 */
static void check_coverage(unsigned seed, double share, double twice) {
    size_t n = rounds(400), inside = 0;
    double off = 0, scale = 0;
    for (size_t i = 0; i < n; i++) {
        vc_panel panel;
        double mean, truth = make_county(seed + 7919 * (unsigned)i, share, twice, &panel);
        tell_late(&panel);
        double place = place_among(&panel, truth, &mean);
        inside += place > 0.05 && place < 0.95;
        off += (mean - truth) / (double)n;
        scale += truth / (double)n;
        vc_panel_free(&panel);
    }
    double covered = (double)inside / (double)n;
    CHECK_CLOSE(covered, 0.9, 0, fmax(0.03, 5 * sqrt(0.09 / (double)n)));
    /* The mean is right within 1 % and chance (sd of a month's births below 8 %). */
    CHECK_CLOSE(off / scale, 0, 0, 0.01 + 5 * 0.08 / sqrt((double)n));
}

/* 85 % booked in time. */
START_TEST(covers_births_booked_late) { check_coverage(1, 0.85, 0); }
END_TEST

/* Everything is in time, and 8 of 100 are booked twice: more is known than there will be.
 */
START_TEST(covers_corrections_downwards) { check_coverage(2, 0.995, 8); }
END_TEST

START_TEST(covers_both_at_once) { check_coverage(3, 0.85, 5); }
END_TEST

/* Shares, worked out: 1 - (1 - s) of all after a month, 1 - 0.4 (1 - s) after two. */
START_TEST(shares_are_those_of_the_delays) {
    vc_panel panel;
    vci_nowcast c;
    double sum[2] = {0}, worlds = 40;
    for (unsigned i = 0; i < 40; i++) {
        make_county(100 + i, 0.85, 0, &panel);
        for (int age = 1; age <= 2; age++) {
            ck_assert(vci_nowcast_share(&panel, VC_BIRTHS, age, &c));
            sum[age - 1] += c.share / worlds;
        }
        ck_assert(!vci_nowcast_share(&panel, VC_DEATHS, 1, &c));
        vc_panel_free(&panel);
    }
    /* Logit-normal noise of 0.25 moves the mean share of 0.85 down by 0.003. */
    CHECK_CLOSE(sum[0], 0.847, 0, 0.006);
    CHECK_CLOSE(sum[1], 1 - 0.4 * (1 - 0.847), 0, 0.003);
}
END_TEST

/*
 * What comes and what goes is told apart: of the 0.847 + 0.05 that are known the 0.05 are
 * taken out. The variance of changes has 41 * 3 degrees of freedom, hence an sd of 0.014 in
 * one world; 5 sds of the mean, and 0.003 for a second step that is not below zero.
 */
START_TEST(what_goes_is_told_from_what_comes) {
    vc_panel panel;
    vci_nowcast c;
    double sum = 0, worlds = 40;
    for (unsigned i = 0; i < 40; i++) {
        make_county(500 + i, 0.85, 5, &panel);
        ck_assert(vci_nowcast_share(&panel, VC_BIRTHS, 1, &c));
        sum += c.removed / worlds;
        vc_panel_free(&panel);
    }
    CHECK_CLOSE(sum, 0.05 / 0.897, 0, 0.014);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(covers_births_booked_late), VCT(covers_corrections_downwards),
        VCT(covers_both_at_once), VCT(shares_are_those_of_the_delays),
        VCT(what_goes_is_told_from_what_comes)};
    return vct_run("statistical/nowcast", tests, VCT_COUNT(tests));
}
