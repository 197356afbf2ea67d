/*
 * Windows of targets against sums made here from the raw counts, period by period: every
 * end in the year, every length, deadlines, rules of average population, months and
 * quarters; what is observed, what is drawn and what lies a year back. Days are counted
 * here as well.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/outcome_internal.h"
#include "assess/result_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define YEARS 12
#define MOST (12 * YEARS)
#define DRAWS 6
#define FIRST_YEAR 2007

__extension__ typedef __int128 wide;

/* What happened, or happens in a draw. */
typedef struct history {
    int64_t boys[MOST], girls[MOST], deaths[MOST], people[MOST], done[MOST], quota[MOST];
} history;

/* One case. Periods are counted from the first of the panel. */
typedef struct window_case {
    vc_frequency f;
    int end, length, deadline; /* length 0: a year; deadline -1: none */
    int cut;                   /* periods that are observed */
    int quota_end;             /* place in the year */
    vc_average_population rule;
    const char *indicator;
    int decimals;
} window_case;

static unsigned state = 20131231;

/* Of periods ahead, for which draws have their own population. */
static double NOBODY[MOST];

static int64_t below(int64_t n) { return (int64_t)(vct_random(&state) * (double)n); }

/* --- an independent account ----------------------------------------------------------- */

static int days_of(vc_frequency f, int period) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int months = 12 / (int)f, sum = 0;
    for (int m = period * months; m < (period + 1) * months; m++) {
        int year = FIRST_YEAR + m / 12;
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        sum += days[m % 12] + (leap && m % 12 == 1);
    }
    return sum;
}

static int64_t days_from(vc_frequency f, int first, int last) {
    int64_t sum = 0;
    for (int p = first; p <= last; p++) sum += days_of(f, p);
    return sum;
}

static int64_t sum_of(const int64_t *x, int first, int last) {
    int64_t sum = 0;
    for (int p = first; p <= last; p++) sum += x[p];
    return sum;
}

/* Numerator and denominator; not reduced. `back`: the same so many periods earlier. */
typedef struct ratio {
    wide num, den;
} ratio;

static ratio rate_of(const window_case *c, const history *h, int64_t events, int first,
                     int last, int back) {
    int f = (int)c->f, years = c->length > f ? c->length / f : 1;
    int end = c->end - back, from = end - (years * f) + 1;
    wide year = days_from(c->f, from, end), window = days_from(c->f, first, last);
    wide people = 0, times = 1;
    if (c->rule == VC_TWO_YEAR_ENDS) {
        people = h->people[first - 1] + h->people[last];
        times = 2;
    } else if (c->rule == VC_MID_YEAR) {
        people = h->people[first - 1 + (last - first + 2) / 2];
    } else {
        people = sum_of(h->people, first, last);
        times = last - first + 1;
    }
    return (ratio){(wide)events * 1000 * times * year, people * window * years};
}

static ratio quota_of(const window_case *c, const history *h, int first, int last,
                      int back) {
    int f = (int)c->f, begin = last;
    int64_t whole = h->quota[last];
    while (begin % f != (c->quota_end + 1) % f) begin--; /* of the quota's year */
    if (c->length == 0) return (ratio){100 * sum_of(h->done, begin, last), whole};
    if (c->length > f) whole = 0;
    for (int k = 0; c->length > f && k < c->length / f; k++)
        whole += h->quota[c->end - back - k * f];
    return (ratio){100 * sum_of(h->done, first, last), whole};
}

static ratio expected(const window_case *c, const history *h, int back) {
    int length = c->length ? c->length : (int)c->f;
    int first = c->end - length + 1 - back;
    int last = (c->deadline >= 0 ? c->deadline : c->end) - back;
    int64_t boys = sum_of(h->boys, first, last), girls = sum_of(h->girls, first, last);
    int64_t deaths = sum_of(h->deaths, first, last);
    if (!strcmp(c->indicator, "births")) return (ratio){boys + girls, 1};
    if (!strcmp(c->indicator, "natural_increase")) return (ratio){boys + girls - deaths, 1};
    if (!strcmp(c->indicator, "sex_ratio_at_birth")) return (ratio){100 * boys, girls};
    if (!strcmp(c->indicator, "birth_rate"))
        return rate_of(c, h, boys + girls, first, last, back);
    if (!strcmp(c->indicator, "natural_growth_rate"))
        return rate_of(c, h, boys + girls - deaths, first, last, back);
    return quota_of(c, h, first, last, back);
}

/* In units of the last published digit, halves away from zero. */
static wide published(ratio x, int decimals) {
    for (int i = 0; i < decimals; i++) x.num *= 10;
    bool negative = x.num < 0;
    wide twice = 2 * (negative ? -x.num : x.num), rounded = (twice + x.den) / (2 * x.den);
    return negative ? -rounded : rounded;
}

static double value_of(ratio x) { return (double)x.num / (double)x.den; }

/* --- the world of a case -------------------------------------------------------------- */

static void make_history(vc_frequency f, history *h) {
    for (int p = 0; p < (int)f * YEARS; p++) {
        h->boys[p] = 20 + below(30);
        h->girls[p] = 20 + below(30);
        h->deaths[p] = 10 + below(60);
        h->people[p] = 9000 + below(2000);
        h->done[p] = below(40);
        h->quota[p] = 300 + below(200);
    }
}

/* The same up to `cut`; the declared quota stays what it was last. */
static void branch(const history *truth, int cut, history *h) {
    for (int p = 0; p < cut; p++) {
        h->boys[p] = truth->boys[p];
        h->girls[p] = truth->girls[p];
        h->deaths[p] = truth->deaths[p];
        h->people[p] = truth->people[p];
        h->done[p] = truth->done[p];
        h->quota[p] = truth->quota[p];
    }
    for (int p = cut; p < MOST; p++) h->quota[p] = h->quota[cut - 1];
}

static int64_t since_begin(const window_case *c, const history *h, int p) {
    int begin = p, f = (int)c->f;
    while (begin > 0 && begin % f != (c->quota_end + 1) % f) begin--;
    return sum_of(h->done, begin, p);
}

typedef struct stage {
    vc_panel panel;
    vc_progress progress;
    vc_draws draws;
    double *column[VC_EVENTS], *people, *numerator, *denominator;
    int64_t *count[VC_EVENTS], *heads, *part, *whole;
    int64_t *parts[1], *wholes[1];
} stage;

static void observe(const window_case *c, const history *h, int n, stage *s) {
    static const size_t parents[] = {SIZE_MAX};
    memset(s, 0, sizeof *s);
    s->panel = (vc_panel){.frequency = c->f,
                          .first = FIRST_YEAR * (int)c->f,
                          .n_periods = (size_t)n,
                          .year_end_in_year = c->quota_end,
                          .n_progress = 1,
                          .progress = &s->progress};
    vct_tree(1, parents, &s->panel.tree);
    for (int e = VC_BIRTHS; e <= VC_DEATHS; e++) {
        s->column[e] = calloc(MOST, sizeof(double));
        s->panel.has[e] = e != VC_BIRTHS_COMPLIANT;
        s->panel.count[e] = s->panel.has[e] ? s->column[e] : NULL;
    }
    s->panel.population = s->people = calloc(MOST, sizeof(double));
    s->progress = (vc_progress){.indicator = (char *)(uintptr_t) "quota", .kind = VC_QUOTA};
    s->progress.numerator = s->numerator = calloc(MOST, sizeof(double));
    s->progress.denominator = s->denominator = calloc(MOST, sizeof(double));
    for (int p = 0; p < n; p++) {
        s->column[VC_BIRTHS_MALE][p] = (double)h->boys[p];
        s->column[VC_BIRTHS_FEMALE][p] = (double)h->girls[p];
        s->column[VC_BIRTHS][p] = (double)(h->boys[p] + h->girls[p]);
        s->column[VC_DEATHS][p] = (double)h->deaths[p];
        s->people[p] = (double)h->people[p];
        s->numerator[p] = (double)since_begin(c, h, p);
        s->denominator[p] = (double)h->quota[p];
    }
}

static void draw(const window_case *c, const history *worlds, stage *s) {
    int n = c->end - c->cut + 1;
    size_t cells = (size_t)n * DRAWS;
    s->draws = (vc_draws){.n_draws = DRAWS,
                          .capacity = DRAWS,
                          .n_units = 1,
                          .n_periods = (size_t)n,
                          .first = s->panel.first + c->cut,
                          .n_progress = 1,
                          .numerator = s->parts,
                          .denominator = s->wholes};
    for (int e = VC_BIRTHS; e <= VC_DEATHS; e++)
        s->draws.count[e] = s->count[e] = calloc(cells, sizeof(int64_t));
    s->draws.population = s->heads = calloc(cells, sizeof(int64_t));
    s->parts[0] = s->part = calloc(cells, sizeof(int64_t));
    s->wholes[0] = s->whole = calloc((size_t)n, sizeof(int64_t));
    for (int p = 0; p < n; p++)
        for (int d = 0; d < DRAWS; d++) {
            const history *h = &worlds[d];
            int at = p * DRAWS + d, t = c->cut + p;
            s->count[VC_BIRTHS_MALE][at] = h->boys[t];
            s->count[VC_BIRTHS_FEMALE][at] = h->girls[t];
            s->count[VC_BIRTHS][at] = h->boys[t] + h->girls[t];
            s->count[VC_DEATHS][at] = h->deaths[t];
            s->heads[at] = h->people[t];
            s->part[at] = since_begin(c, h, t);
            s->whole[p] = h->quota[t];
        }
}

static void free_stage(stage *s) {
    vc_unit_tree_free(&s->panel.tree);
    for (int e = 0; e < VC_EVENTS; e++) {
        free(s->column[e]);
        free(s->count[e]);
    }
    free(s->people);
    free(s->numerator);
    free(s->denominator);
    free(s->heads);
    free(s->part);
    free(s->whole);
}

static vc_target target_of(const window_case *c, vc_target_value value) {
    vc_period first = FIRST_YEAR * (int)c->f;
    return (vc_target){.year_end = first + c->end,
                       .length = c->length,
                       .deadline = c->deadline >= 0 ? first + c->deadline : VC_NO_PERIOD,
                       .indicator = (char *)(uintptr_t)c->indicator,
                       .direction = VC_AT_MOST,
                       .value = value,
                       .decimals = c->decimals};
}

static const char *name_of(const window_case *c) {
    static char text[200];
    snprintf(text, sizeof text,
             "%s f %d end %d length %d deadline %d cut %d quota %d rule %d", c->indicator,
             (int)c->f, c->end, c->length, c->deadline, c->cut, c->quota_end, (int)c->rule);
    return text;
}

/* --- the comparisons ------------------------------------------------------------------ */

/* All of it is observed, and so is the year before. */
static void check_known(const window_case *c, const history *truth) {
    stage s;
    vci_tally t;
    vci_population nobody = {.n = MOST, .log_level = NOBODY};
    vc_settings settings = {.average_population = c->rule};
    vc_result r = {.quantile = {NAN}};
    int n = c->end + 1 + (int)below(3);
    int back = (int)c->f;
    observe(c, truth, n, &s);
    vc_target target =
        target_of(c, (vc_target_value){VC_PREVIOUS_YEAR, {0, 1}, {1, 1}, {0, 1}});
    ck_assert_int_eq(vci_tally_init(&t, &settings, &s.panel, &nobody, &target, 0,
                                    s.panel.first + n, true),
                     VC_OK);
    ck_assert_msg(!t.drawn, "%s", name_of(c));
    vci_result_known(&settings, &s.panel, &nobody, &t, &r);
    ratio now = expected(c, truth, 0), before = expected(c, truth, back);
    double slack = strcmp(c->indicator, "quota") ? 1e-15 : 1e-6; /* six digits */
    ck_assert_msg(
        fabs(r.quantile[VC_MEDIAN] - value_of(now)) <= slack * fmax(1, fabs(value_of(now))),
        "%s: %.17g instead of %.17g", name_of(c), r.quantile[VC_MEDIAN], value_of(now));
    wide bound = published(before, c->decimals);
    ck_assert_msg(bound * t.bound.den == (wide)t.bound.num * (c->decimals == 2 ? 100 : 1),
                  "%s: last year %g instead of %g", name_of(c),
                  (double)t.bound.num / (double)t.bound.den, value_of(before));
    ck_assert_msg(r.p_met == (published(now, c->decimals) <= bound), "%s", name_of(c));
    vci_tally_free(&t);
    free_stage(&s);
}

/* A part is observed, the rest differs from draw to draw. */
static void check_drawn(const window_case *c, const history *truth) {
    static history worlds[DRAWS];
    static double figure[DRAWS];
    unsigned char met[DRAWS];
    stage s;
    vci_tally t;
    vci_population nobody = {.n = MOST, .log_level = NOBODY};
    vc_settings settings = {.average_population = c->rule};
    for (int d = 0; d < DRAWS; d++) {
        make_history(c->f, &worlds[d]);
        branch(truth, c->cut, &worlds[d]);
    }
    ratio middle = expected(c, &worlds[0], 0);
    int64_t scale = c->decimals == 2 ? 100 : 1;
    vc_target_value value = {
        VC_FIXED, {(int64_t)published(middle, c->decimals), scale}, {1, 1}, {0, 1}};
    observe(c, truth, c->cut, &s);
    draw(c, worlds, &s);
    vc_target target = target_of(c, value);
    ck_assert_int_eq(
        vci_tally_init(&t, &settings, &s.panel, &nobody, &target, 0, s.draws.first, true),
        VC_OK);
    ck_assert_msg(t.drawn, "%s", name_of(c));
    t.figure = figure;
    t.met = met;
    vci_tally_add(&t, &s.draws);
    for (int d = 0; d < DRAWS; d++) {
        ratio want = expected(c, &worlds[d], 0);
        double w = value_of(want);
        ck_assert_msg(fabs(figure[d] - w) <= 1e-15 * fmax(1, fabs(w)),
                      "%s draw %d: %.17g instead of %.17g", name_of(c), d, figure[d], w);
        ck_assert_msg(
            met[d] ==
                (published(want, c->decimals) <= value.value.num ? VCI_MET : VCI_NOT_MET),
            "%s draw %d: met", name_of(c), d);
    }
    vci_tally_free(&t);
    free_stage(&s);
}

static void check_case(window_case *c, const history *truth) {
    int length = c->length ? c->length : (int)c->f, first = c->end - length + 1;
    int last = c->deadline >= 0 ? c->deadline : c->end;
    check_known(c, truth);
    c->cut = first - 2 + (int)below(last - first + 3);
    check_drawn(c, truth);
}

static void check_ends(vc_frequency f, const char *indicator, int decimals) {
    static history truth;
    int one = (int)f / 4 > 0 ? (int)f / 4 : 1;
    const int lengths[] = {0, 1, one, (int)f / 2, 2 * (int)f, 3 * (int)f, 5 * (int)f};
    make_history(f, &truth);
    for (int end = 9 * (int)f; end < 10 * (int)f; end++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
            for (int early = 0; early < 2; early++) {
                int length = lengths[k] ? lengths[k] : (int)f;
                window_case c = {.f = f,
                                 .end = end,
                                 .length = lengths[k],
                                 .deadline = early ? end - (int)below(length) : -1,
                                 .quota_end = (int)below((int)f),
                                 .rule = (vc_average_population)below(3),
                                 .indicator = indicator,
                                 .decimals = decimals};
                check_case(&c, &truth);
            }
}

static const struct {
    const char *indicator;
    int decimals;
} INDICATORS[] = {{"births", 0},     {"natural_increase", 0},    {"sex_ratio_at_birth", 2},
                  {"birth_rate", 2}, {"natural_growth_rate", 2}, {"quota", 2}};

START_TEST(every_end_and_length_of_months) {
    for (size_t i = 0; i < sizeof INDICATORS / sizeof *INDICATORS; i++)
        check_ends(VC_MONTHLY, INDICATORS[i].indicator, INDICATORS[i].decimals);
}
END_TEST

START_TEST(every_end_and_length_of_quarters) {
    for (size_t i = 0; i < sizeof INDICATORS / sizeof *INDICATORS; i++)
        for (int again = 0; again < 3; again++)
            check_ends(VC_QUARTERLY, INDICATORS[i].indicator, INDICATORS[i].decimals);
}
END_TEST

/* Of a plain year nothing has changed: the factor is 1/1, whatever the leap years. */
START_TEST(a_plain_year_has_no_factor) {
    for (int end = 1990 * 12; end < 2030 * 12; end++) {
        vc_target t = {.year_end = end, .deadline = VC_NO_PERIOD};
        vc_fraction each = vc_target_per_year(&t, VC_MONTHLY, 0);
        vc_year window = vc_target_window(&t, VC_MONTHLY),
                year = vc_year_ending(end, VC_MONTHLY);
        ck_assert(each.num == 1 && each.den == 1);
        ck_assert(window.first == year.first && window.end == year.end);
    }
}
END_TEST

/* By hand: July to September 2013 are 92 of 365 days, three years 2010 to 2012 a third. */
START_TEST(factors_by_hand) {
    vc_target quarter = {.year_end = 2013 * 12 + 8, .length = 3, .deadline = VC_NO_PERIOD};
    vc_target years = {.year_end = 2012 * 12 + 11, .length = 36, .deadline = VC_NO_PERIOD};
    vc_target february = {.year_end = 2013 * 12 + 1, .length = 1, .deadline = VC_NO_PERIOD};
    vc_fraction f = vc_target_per_year(&quarter, VC_MONTHLY, 0);
    ck_assert(f.num == 365 && f.den == 92);
    f = vc_target_per_year(&years, VC_MONTHLY, 0);
    ck_assert(f.num == 1 && f.den == 3);
    /* a year earlier it has 29 days, in a year from March 2011 that has 366 */
    f = vc_target_per_year(&february, VC_MONTHLY, 12);
    ck_assert(f.num * 29 == f.den * 366);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(every_end_and_length_of_months),
                                     VCT(every_end_and_length_of_quarters),
                                     VCT(a_plain_year_has_no_factor), VCT(factors_by_hand)};
    return vct_run("property/window", tests, VCT_COUNT(tests));
}
