/*
 * Terms one at a time: which value enters which period, what follows what, and how they go
 * on. Futures are checked with steps of nearly no size, where they are recursions that can
 * be done by hand, and by the variance of their steps.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit/event_internal.h"
#include "fit/term_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define N 30
#define H 15
#define B VCI_BATCH

typedef struct setting {
    vc_unit_tree tree;
    vc_observations o;
    vc_model model;
    vci_field field;
} setting;

static void make(setting *s, void (*change)(vc_model *)) {
    static const size_t parents[] = {SIZE_MAX, 0, 0};
    vct_tree(3, parents, &s->tree);
    vct_observations(5, &s->tree, N, H, 9, false, &s->o);
    s->model = vct_full_model(VC_POISSON);
    if (change) change(&s->model);
    ck_assert_int_eq(vci_field_build(&s->model, &s->tree, &s->o, &s->field), VC_OK);
}

static void drop(setting *s) {
    vci_field_free(&s->field);
    vc_observations_free(&s->o);
    vc_unit_tree_free(&s->tree);
}

static vc_scale fixed(double sd) { return (vc_scale){.kind = VC_SCALE_FIXED, .start = sd}; }

/* eta[H] of one draw of a term whose values are x. */
static void future_of(const setting *s, int term, const double *x, uint32_t draw,
                      double *eta) {
    const vci_group *g = &s->field.root[term];
    double *rows = malloc((g->n_values + 1) * B * sizeof *rows), out[H * B] = {0};
    vci_future future = {1, "u0", 0, draw, B};
    double theta[32];
    for (size_t i = 0; i < 32; i++) theta[i] = log(0.05);
    for (size_t i = 0; i < g->n_values; i++)
        for (size_t d = 0; d < B; d++) rows[i * B + d] = x[i];
    vci_terms[term]->future(&s->field, g, theta, rows, &future, out);
    for (size_t j = 0; j < H * B; j++) eta[j] = out[j];
    free(rows);
}

static void second_order(vc_model *m) {
    m->trend = fixed(1e-12);
    m->trend_order = 2;
    m->trend_damping = 0.8;
}

/* x[b] - x[b-1] = 0.8 (x[b-1] - x[b-2]) + step, from two zeros. */
START_TEST(a_trend_of_second_order) {
    setting s;
    double x[N - 1], eta[H * B];
    make(&s, second_order);
    const vci_group *g = &s.field.root[VCI_TREND];
    ck_assert_uint_eq(g->n_values, N - 1);
    for (size_t i = 0; i < N - 1; i++) x[i] = sin(1.7 * (double)i);
    for (size_t i = 0; i < N - 1; i++) {
        double one = i > 0 ? x[i - 1] : 0, two = i > 1 ? x[i - 2] : 0;
        CHECK_CLOSE(vci_pattern_innovation(g->pattern, i, x),
                    x[i] - one - 0.8 * (one - two), 1e-14, 1e-14);
    }
    ck_assert_int_eq(g->pattern->map[0][0], VCI_NONE);
    for (size_t t = 1; t < N; t++) ck_assert_int_eq(g->pattern->map[0][t], (int)t - 1);
    future_of(&s, VCI_TREND, x, 0, eta);
    double level = x[N - 2], slope = x[N - 2] - x[N - 3];
    for (size_t j = 0; j < H; j++) {
        slope *= 0.8;
        level += slope;
        CHECK_CLOSE(eta[j * B], level, 1e-9, 1e-9);
    }
    drop(&s);
}
END_TEST

static void changing_season(vc_model *m) { m->season_change = fixed(1e-12); }

/* Periods begin in April (place 3): 30 of them are years of 6, 12 and 12 counted back. */
START_TEST(a_season_that_changes) {
    setting s;
    double x[36], eta[H * B];
    make(&s, changing_season);
    const vci_group *g = &s.field.root[VCI_SEASON];
    ck_assert_uint_eq(g->n_values, 36);
    for (size_t t = 0; t < N; t++) {
        int year = t < 6 ? 0 : t < 18 ? 1 : 2;
        ck_assert_int_eq(g->pattern->map[0][t], year * 12 + (int)((t + 3) % 12));
    }
    for (size_t i = 0; i < 36; i++) x[i] = cos(0.9 * (double)i);
    for (size_t i = 0; i < 36; i++) {
        CHECK_CLOSE(vci_pattern_innovation(g->pattern, i, x),
                    x[i] - (i < 12 ? 0 : x[i - 12]), 1e-14, 1e-14);
        ck_assert_int_eq(g->pattern->kind[i], i < 12 ? VCI_FIRST : VCI_STEP);
    }
    future_of(&s, VCI_SEASON, x, 0, eta);
    for (size_t j = 0; j < H; j++)
        CHECK_CLOSE(eta[j * B], x[24 + (N + j + 3) % 12], 1e-9, 1e-9);
    drop(&s);
}
END_TEST

static void heavy_shock(vc_model *m) {
    m->shock = fixed(1);
    m->shock_tail = 4;
}

/*
 * Student's t with 4 degrees of freedom: quartile 0.740697, 0.95 quantile 2.131847 (any
 * table). 480,000 draws: 5 standard errors of a share are 0.0032 and 0.0016.
 */
START_TEST(heavy_shocks_are_students_t) {
    setting s;
    double x[N] = {0}, eta[H * B], n = 0, quarter = 0, tail = 0;
    make(&s, heavy_shock);
    for (uint32_t draw = 0; draw < 32000; draw += B) {
        future_of(&s, VCI_SHOCK, x, draw, eta);
        for (size_t i = 0; i < H * B; i++) {
            n += 1;
            quarter += eta[i] > 0.740697;
            tail += eta[i] > 2.131847;
        }
    }
    CHECK_CLOSE(quarter / n, 0.25, 0, 0.0032);
    CHECK_CLOSE(tail / n, 0.05, 0, 0.0016);
    drop(&s);
}
END_TEST

static void persistent_shock(vc_model *m) {
    m->shock = fixed(1e-9);
    m->shock_persistence = 0.6;
    m->shock_event_persistence = 0.3;
}

/* From the last shock on, 0.6 of it stays; series dated by event have a share of their own.
 */
START_TEST(shocks_persist) {
    setting s;
    double x[N], eta[H * B];
    make(&s, persistent_shock);
    const vci_pattern *p = s.field.root[VCI_SHOCK].pattern;
    for (size_t t = 0; t < N; t++) x[t] = cos(0.9 * (double)t);
    CHECK_CLOSE(vci_pattern_innovation(p, 0, x), x[0], 1e-15, 0);
    for (size_t t = 1; t < N; t++)
        CHECK_CLOSE(vci_pattern_innovation(p, t, x), x[t] - 0.6 * x[t - 1], 1e-14, 1e-14);
    future_of(&s, VCI_SHOCK, x, 0, eta);
    for (size_t j = 0; j < H; j++)
        CHECK_CLOSE(eta[j * B], x[N - 1] * pow(0.6, (double)(j + 1)), 1e-6, 1e-7);
    s.o.by_event = true;
    future_of(&s, VCI_SHOCK, x, 0, eta);
    CHECK_CLOSE(eta[0], x[N - 1] * 0.3, 1e-6, 1e-7);
    drop(&s);
}
END_TEST

static void seasons_of_units(vc_model *m) { m->leaf_season = fixed(0.1); }

START_TEST(units_have_seasons_of_their_own) {
    setting s;
    make(&s, seasons_of_units);
    const vci_pattern *p = s.field.node[1].pattern;
    size_t walk = s.field.n_blocks;
    ck_assert_uint_eq(walk, 3);
    ck_assert_uint_eq(p->n_values, walk + 12);
    for (size_t t = 0; t < N; t++) {
        ck_assert_int_eq(p->map[0][t], t < 6 ? 0 : t < 18 ? 1 : 2);
        ck_assert_int_eq(p->map[1][t], (int)(walk + (t + 3) % 12));
    }
    for (size_t i = 0; i < p->n_values; i++)
        ck_assert_int_eq(p->kind[i], i == 0     ? VCI_FIRST
                                     : i < walk ? VCI_STEP
                                                : VCI_SEASONAL);
    drop(&s);
}
END_TEST

static void too_few_for_seasons(vc_model *m) {
    m->leaf_season = fixed(0.1);
    m->season_from = 1e6;
}

START_TEST(few_events_have_no_season_of_their_own) {
    setting s;
    make(&s, too_few_for_seasons);
    ck_assert_uint_eq(s.field.node[1].pattern->n_values, s.field.n_blocks);
    drop(&s);
}
END_TEST

/* Days by hand: the Dragon year 2012 ran from 23 January 2012 to 9 February 2013. */
START_TEST(dragon_years) {
    vc_model_event dragon = {VC_ZODIAC_EVENT, "", 4, 0, 1};
    double x[24];
    vci_event_fill(&dragon, VC_MONTHLY, 2011 * 12, 24 + 0, x);
    for (size_t t = 0; t < 12; t++) CHECK_CLOSE(x[t], 0, 0, 0);
    CHECK_CLOSE(x[12], 9.0 / 31, 1e-15, 0);
    for (size_t t = 13; t < 24; t++) CHECK_CLOSE(x[t], 1, 0, 0);
    vci_event_fill(&dragon, VC_MONTHLY, 2013 * 12, 3, x);
    CHECK_CLOSE(x[0], 1, 0, 0);
    CHECK_CLOSE(x[1], 9.0 / 28, 1e-15, 0);
    CHECK_CLOSE(x[2], 0, 0, 0);
    vci_event_fill(&dragon, VC_YEARLY, 2012, 1, x);
    CHECK_CLOSE(x[0], (366.0 - 22) / 366, 1e-15, 0);
}
END_TEST

START_TEST(steps_and_pulses) {
    vc_model_event step = {VC_STEP_EVENT, "2013-07", 0, 0, 1};
    vc_model_event pulse = {VC_PULSE_EVENT, "2013-07", 0, 0, 1};
    double x[12];
    vci_event_fill(&step, VC_MONTHLY, 2013 * 12, 12, x);
    for (size_t t = 0; t < 12; t++) CHECK_CLOSE(x[t], t >= 6, 0, 0);
    vci_event_fill(&pulse, VC_MONTHLY, 2013 * 12, 12, x);
    for (size_t t = 0; t < 12; t++) CHECK_CLOSE(x[t], t == 6, 0, 0);
    vci_event_fill(&step, VC_QUARTERLY, 2013 * 4, 4, x);
    for (size_t t = 0; t < 4; t++) CHECK_CLOSE(x[t], t >= 2, 0, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(a_trend_of_second_order),
                                     VCT(a_season_that_changes),
                                     VCT(heavy_shocks_are_students_t),
                                     VCT(shocks_persist),
                                     VCT(units_have_seasons_of_their_own),
                                     VCT(few_events_have_no_season_of_their_own),
                                     VCT(dragon_years),
                                     VCT(steps_and_pulses)};
    return vct_run("fit/term", tests, VCT_COUNT(tests));
}
