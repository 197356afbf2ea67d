/*
 * Funnels of the sample that small_run makes no use of: three units whose counts are chosen
 * here; limits against exact tails summed up term by term.
 */
#include "vitalcast/funnel.h"

#include <math.h>
#include <stdlib.h>

#include "support/harness.h"
#include "support/small_world.h"

#define UNITS 12 /* the top and eleven below it */
#define PERIODS 24

static vc_run run;
static vc_suppression suppression;

/* 50 boys and 50 girls a month each, among 60,000 people. */
static void begin(void) {
    size_t parents[UNITS] = {SIZE_MAX};
    run = (vc_run){.as_of = 2013 * 12 + 11, .settings = {.min_cell = 10}};
    run.settings.grade = vc_grade_rules_default();
    vc_panel *p = &run.panel;
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = 2012 * 12, .n_periods = PERIODS};
    vct_tree(UNITS, parents, &p->tree);
    static const vc_event events[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE};
    static const double counts[] = {100, 50, 50};
    p->population = calloc(UNITS * PERIODS, sizeof(double));
    p->status = calloc(UNITS * PERIODS, 1);
    p->starts = calloc(UNITS, sizeof *p->starts);
    for (size_t u = 0; u < UNITS; u++) p->starts[u] = p->first;
    for (size_t i = 0; i < UNITS * PERIODS; i++)
        p->population[i] = i < PERIODS ? 60000 * (UNITS - 1) : 60000;
    for (size_t e = 0; e < 3; e++) {
        p->has[events[e]] = true;
        p->count[events[e]] = calloc(UNITS * PERIODS, sizeof(double));
        for (size_t i = 0; i < UNITS * PERIODS; i++)
            p->count[events[e]][i] = i < PERIODS ? (UNITS - 1) * counts[e] : counts[e];
    }
}

static void find(const char *indicator, vc_funnel *funnel) {
    ck_assert_int_eq(vc_suppression_find(&run, &suppression), VC_OK);
    ck_assert_int_eq(vc_funnel_find(&run, &suppression, indicator, 1, funnel), VC_OK);
}

static void end(vc_funnel *funnel) {
    vc_funnel_free(funnel);
    vc_suppression_free(&suppression);
    vc_run_free(&run);
}

/* Moves boys of a unit's last year to girls, a month's share of n. */
static void shift(size_t unit, double n) {
    for (size_t t = 12; t < PERIODS; t++) {
        run.panel.count[VC_BIRTHS_MALE][unit * PERIODS + t] += n;
        run.panel.count[VC_BIRTHS_FEMALE][unit * PERIODS + t] -= n;
        run.panel.count[VC_BIRTHS_MALE][t] += n;
        run.panel.count[VC_BIRTHS_FEMALE][t] -= n;
    }
}

START_TEST(points_are_the_last_year) {
    vc_funnel f;
    begin();
    shift(3, 10);
    find("sex_ratio_at_birth", &f);
    ck_assert_uint_eq(f.n, UNITS - 1);
    ck_assert(f.binomial && f.ratio);
    for (size_t i = 0; i < f.n; i++) {
        ck_assert_uint_eq(f.points[i].unit, i + 1);
        ck_assert(f.points[i].size == 1200);
        ck_assert(fabs(f.points[i].figure - (i + 1 == 3 ? 150 : 100)) < 1e-9);
    }
    double p = (600.0 * 11 + 120) / (1200 * 11);
    ck_assert(fabs(f.reference - p) < 1e-12);
    ck_assert(f.points[2].beyond == 1 && f.points[0].beyond == 0);
    end(&f);
}
END_TEST

/* log C(n, x) + x log p + (n - x) log(1 - p), summed up from 0. */
static double binomial_at_most(int x, int n, double p) {
    double sum = 0;
    for (int i = 0; i <= x; i++)
        sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) +
                   (n - i) * log1p(-p));
    return sum;
}

START_TEST(limits_are_interpolated_exact_quantiles) {
    static const double tails[] = {VC_FUNNEL_WARNING, VC_FUNNEL_ACTION};
    vc_funnel f = {.binomial = true, .scale = 100, .reference = 0.3, .dispersion = 1};
    for (size_t i = 0; i < 2; i++)
        for (int upper = 0; upper < 2; upper++) {
            double level = upper ? 1 - tails[i] : tails[i];
            int x = 0;
            while (binomial_at_most(x, 50, 0.3) < level) x++;
            double at = binomial_at_most(x, 50, 0.3),
                   before = binomial_at_most(x - 1, 50, 0.3);
            double limit = 100 * (x - (at - level) / (at - before)) / 50;
            ck_assert_msg(fabs(vc_funnel_limit(&f, 50, tails[i], upper) - limit) < 1e-6,
                          "%.9g instead of %.9g", vc_funnel_limit(&f, 50, tails[i], upper),
                          limit);
        }
    vc_funnel_free(&f);
    /* So small that even no event at all is within the tail: there is no upper limit above.
     */
    vc_funnel tiny = {.scale = 1, .reference = 1, .dispersion = 1};
    ck_assert(vc_funnel_limit(&tiny, 0.001, VC_FUNNEL_WARNING, true) == 0);
}
END_TEST

/* With dispersion 4 the limit of 0.025 is that of the tail beyond twice as many sds. */
START_TEST(dispersion_widens_the_limits) {
    vc_funnel one = {.scale = 1, .reference = 1, .dispersion = 1}, four = one;
    four.dispersion = 4;
    double tail = 0.5 * erfc(2 * 1.959963984540054 / sqrt(2));
    ck_assert(fabs(vc_funnel_limit(&four, 80, 0.025, true) -
                   vc_funnel_limit(&one, 80, tail, true)) < 1e-9);
    ck_assert(vc_funnel_limit(&four, 80, 0.025, false) <
              vc_funnel_limit(&one, 80, 0.025, false));
}
END_TEST

/* Half the units far above, half far below: more than chance, and then nobody stands out.
 */
START_TEST(units_that_vary_more_than_chance_are_overdispersed) {
    vc_funnel f;
    begin();
    for (size_t u = 1; u < UNITS - 1; u++) shift(u, u % 2 ? 12 : -12);
    find("sex_ratio_at_birth", &f);
    ck_assert_msg(f.dispersion > 40, "%g", f.dispersion); /* z near 8.3 at the tenths */
    for (size_t i = 0; i < f.n; i++) ck_assert_int_eq(f.points[i].beyond, 0);
    end(&f);
    begin();
    find("sex_ratio_at_birth", &f);
    ck_assert(f.dispersion == 1); /* less than chance is no reason to narrow them */
    end(&f);
}
END_TEST

START_TEST(rates_are_poisson_by_person_years) {
    vc_funnel f;
    begin();
    find("birth_rate", &f);
    ck_assert(!f.binomial);
    ck_assert(fabs(f.points[0].size - 60000) < 1e-6);
    ck_assert(fabs(f.points[0].figure - 20) < 1e-9);
    ck_assert(fabs(f.reference - 0.02) < 1e-12);
    end(&f);
}
END_TEST

START_TEST(small_units_are_counted_not_shown) {
    vc_funnel f;
    begin();
    for (size_t t = 0; t < PERIODS; t++) {
        run.panel.count[VC_BIRTHS_MALE][5 * PERIODS + t] = 0;
        run.panel.count[VC_BIRTHS_FEMALE][5 * PERIODS + t] = 0;
        run.panel.count[VC_BIRTHS][5 * PERIODS + t] = 0;
        run.panel.count[VC_BIRTHS_MALE][t] -= 50;
        run.panel.count[VC_BIRTHS_FEMALE][t] -= 50;
        run.panel.count[VC_BIRTHS][t] -= 100;
    }
    run.panel.count[VC_BIRTHS_MALE][5 * PERIODS + 20] = 3;
    run.panel.count[VC_BIRTHS][5 * PERIODS + 20] = 3;
    find("sex_ratio_at_birth", &f);
    for (size_t i = 0; i < f.n; i++) ck_assert_uint_ne(f.points[i].unit, 5);
    ck_assert_uint_ge(f.n_hidden, 1);
    ck_assert_uint_eq(f.n + f.n_hidden, UNITS - 1);
    end(&f);
}
END_TEST

START_TEST(what_is_no_share_of_events_has_no_funnel) {
    vc_funnel f;
    begin();
    find("births", &f); /* a count */
    ck_assert_uint_eq(f.n, 0);
    end(&f);
    begin();
    find("natural_growth_rate", &f); /* a difference */
    ck_assert_uint_eq(f.n, 0);
    end(&f);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(points_are_the_last_year),
        VCT(limits_are_interpolated_exact_quantiles),
        VCT(dispersion_widens_the_limits),
        VCT(units_that_vary_more_than_chance_are_overdispersed),
        VCT(rates_are_poisson_by_person_years),
        VCT(small_units_are_counted_not_shown),
        VCT(what_is_no_share_of_events_has_no_funnel)};
    return vct_run("assess/funnel", tests, VCT_COUNT(tests));
}
