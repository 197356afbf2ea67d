/*
 * Random trees, counts and changes: whatever became of whom, the total of every event and
 * period is what it was before, for every as-of period.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/crosswalk_internal.h"
#include "data/panel_internal.h"
#include "support/harness.h"
#include "support/small_world.h"
#include "vitalcast/crosswalk.h"

#define PERIODS 40
#define FIRST (2010 * 12)
#define MOST_LEAVES 60

static unsigned rounds(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return 300 * (unsigned)(factor > 0 ? factor : 1);
}

/* Lehmer's generator begins near 0 from a small seed. */
static unsigned begin_at(unsigned seed) {
    unsigned state = seed;
    for (int i = 0; i < 5; i++) vct_random(&state);
    return state;
}

static size_t below(unsigned *state, size_t n) {
    return (size_t)(vct_random(state) * (double)n) % n;
}

/* Shuffled leaves, so that successors hang below any parent. */
static void shuffle(unsigned *state, size_t n, size_t *list) {
    for (size_t i = n; i > 1; i--) {
        size_t other = below(state, i), at = list[i - 1];
        list[i - 1] = list[other];
        list[other] = at;
    }
}

static void add_change(vc_panel *p, size_t from, size_t to, double share) {
    p->changes[p->n_changes++] = (vc_change){from, to, share, 2 + from};
}

/*
 * Every leaf in turn may end and become leaves further on in the list: new ones that begin
 * then, with a part of it also one that was there already, or (share 1) that one alone. So
 * chains of any length arise.
 */
static void make_changes(unsigned *state, vc_panel *p) {
    size_t n = p->tree.n_leaves, order[MOST_LEAVES], fresh = 1;
    vc_unit *units = p->tree.units;
    memcpy(order, p->tree.leaves, n * sizeof *order);
    shuffle(state, n, order);
    p->changes = calloc(4 * n, sizeof *p->changes);
    p->changes_file = strdup("units.csv");
    for (size_t i = 0; i + 1 < n; i++) {
        vc_unit *u = &units[order[i]];
        vc_period begin = u->valid_from == VC_NO_PERIOD ? FIRST : u->valid_from;
        if (fresh <= i) fresh = i + 1;
        if (vct_random(state) < 0.5 || begin + 2 >= FIRST + PERIODS) continue;
        size_t n_heirs = 1 + below(state, 3);
        vc_period end = begin + (vc_period)below(state, (size_t)(FIRST + PERIODS - begin));
        if (n_heirs == 1 && vct_random(state) < 0.5) {
            vc_unit *heir = &units[order[n - 1]]; /* never ends: it takes the last ones */
            if (heir->valid_from != VC_NO_PERIOD) continue;
            u->valid_to = end;
            add_change(p, order[i], order[n - 1], 1);
            continue;
        }
        if (fresh + n_heirs >= n) continue;
        u->valid_to = end;
        double sum = 0, share[3];
        for (size_t k = 0; k < n_heirs; k++) sum += share[k] = 0.05 + vct_random(state);
        for (size_t k = 0; k < n_heirs; k++) {
            /* A part is transferred to the unit that was there already. */
            bool transferred = k > 0 && vct_random(state) < 0.3 &&
                               p->changes[p->n_changes - 1].to != order[n - 1] &&
                               units[order[n - 1]].valid_from == VC_NO_PERIOD;
            if (transferred) {
                add_change(p, order[i], order[n - 1], share[k] / sum);
                continue;
            }
            units[order[fresh]].valid_from = end + 1;
            add_change(p, order[i], order[fresh++], n_heirs == 1 ? 1 : share[k] / sum);
        }
    }
}

static double draw(unsigned *state, double most) {
    return vct_random(state) < 0.03 ? (double)NAN : floor(most * vct_random(state));
}

/* A successor's figures are due as soon as a unit that it took over has ended. */
static vc_period due_from(const vc_panel *p, size_t unit, vc_period begin) {
    for (size_t i = 0; i < p->n_changes; i++) {
        vc_period next = p->tree.units[p->changes[i].from].valid_to + 1;
        if (p->changes[i].to == unit && next < begin) begin = next;
    }
    return begin;
}

static void fill_leaf(unsigned *state, vc_panel *p, size_t unit) {
    const vc_unit *u = &p->tree.units[unit];
    vc_period begin = u->valid_from == VC_NO_PERIOD
                          ? FIRST + (vc_period)(below(state, 2) * below(state, PERIODS))
                          : u->valid_from;
    double most = pow(10, 3 * vct_random(state));
    vc_period due = due_from(p, unit, begin);
    p->starts[unit] = due < FIRST + PERIODS ? due : VC_NO_PERIOD;
    for (size_t t = 0; t < PERIODS; t++) {
        vc_period period = FIRST + (vc_period)t;
        size_t cell = unit * PERIODS + t;
        if (period < begin || (u->valid_to != VC_NO_PERIOD && period > u->valid_to))
            continue;
        double male = draw(state, most), female = draw(state, most);
        p->count[VC_BIRTHS_MALE][cell] = male;
        p->count[VC_BIRTHS_FEMALE][cell] = female;
        p->count[VC_BIRTHS][cell] =
            isnan(male + female) ? draw(state, most) : male + female;
        p->count[VC_BIRTHS_COMPLIANT][cell] =
            floor(p->count[VC_BIRTHS][cell] * vct_random(state) + 0.3);
        if (p->count[VC_BIRTHS_COMPLIANT][cell] > p->count[VC_BIRTHS][cell])
            p->count[VC_BIRTHS_COMPLIANT][cell] = p->count[VC_BIRTHS][cell];
        p->count[VC_DEATHS][cell] = draw(state, most);
        p->population[cell] = floor(1 + 1000 * most * vct_random(state));
        p->status[cell] = VC_FINAL;
    }
}

static const vc_event EVENTS[] = {VC_BIRTHS, VC_BIRTHS_MALE, VC_BIRTHS_FEMALE,
                                  VC_BIRTHS_COMPLIANT, VC_DEATHS};

static void make_panel(unsigned seed, vc_panel *p) {
    unsigned state = begin_at(seed);
    *p = (vc_panel){.frequency = VC_MONTHLY, .first = FIRST, .n_periods = PERIODS};
    do {
        vc_unit_tree_free(&p->tree);
        size_t n = 2 + below(&state, 50);
        vct_random_tree(state, n, 4, &p->tree);
    } while (p->tree.n_leaves > MOST_LEAVES);
    for (size_t i = 0; i < VCT_COUNT(EVENTS); i++) {
        p->has[EVENTS[i]] = true;
        ck_assert_int_eq(vci_panel_array(p, &p->count[EVENTS[i]]), VC_OK);
    }
    ck_assert_int_eq(vci_panel_array(p, &p->population), VC_OK);
    p->status = calloc(p->tree.n * PERIODS, 1);
    p->starts = calloc(p->tree.n, sizeof *p->starts);
    make_changes(&state, p);
    for (size_t i = 0; i < p->tree.n_leaves; i++) fill_leaf(&state, p, p->tree.leaves[i]);
    vci_panel_sum_up(p);
}

/*
 * The total of a period over the leaves, counted here once more: who has started and not
 * ended counts; one of these unknown, all unknown; nobody there, nothing known.
 */
static double total(const vc_panel *p, const double *array, size_t t) {
    double sum = 0;
    bool any = false;
    for (size_t i = 0; i < p->tree.n_leaves; i++) {
        size_t unit = p->tree.leaves[i];
        vc_period period = FIRST + (vc_period)t, end = p->tree.units[unit].valid_to;
        if (p->starts[unit] == VC_NO_PERIOD || p->starts[unit] > period) continue;
        if (end != VC_NO_PERIOD && end < period) continue;
        sum += array[unit * p->n_periods + t];
        any = true;
    }
    return any ? sum : (double)NAN;
}

static double root_at(const vc_panel *p, const double *array, size_t t) {
    return array[p->tree.root * p->n_periods + t];
}

/* Whole, never negative, parts within their wholes. */
static void check_leaves(const vc_panel *p, unsigned seed) {
    for (size_t i = 0; i < p->tree.n_leaves; i++)
        for (size_t t = 0; t < p->n_periods; t++) {
            size_t cell = p->tree.leaves[i] * p->n_periods + t;
            for (size_t e = 0; e < VCT_COUNT(EVENTS); e++) {
                if (!p->count[EVENTS[e]]) continue;
                double x = p->count[EVENTS[e]][cell];
                ck_assert_msg(isnan(x) || (x >= 0 && x == floor(x)), "seed %u: %g", seed,
                              x);
            }
            double sexes =
                p->count[VC_BIRTHS_MALE] && p->count[VC_BIRTHS_FEMALE]
                    ? p->count[VC_BIRTHS_MALE][cell] + p->count[VC_BIRTHS_FEMALE][cell]
                    : (double)NAN;
            ck_assert_msg(isnan(sexes) || p->count[VC_BIRTHS][cell] == sexes,
                          "seed %u: %g by sex, %g births", seed, sexes,
                          p->count[VC_BIRTHS][cell]);
            if (!p->count[VC_BIRTHS_COMPLIANT] || !p->count[VC_BIRTHS]) continue;
            ck_assert_msg(
                !(p->count[VC_BIRTHS_COMPLIANT][cell] > p->count[VC_BIRTHS][cell]),
                "seed %u: more compliant births than births", seed);
        }
}

/* Who is there now has begun and has not handed over before. */
static void check_tree(const vc_panel *p, vc_period as_of, unsigned seed) {
    for (size_t i = 0; i < p->tree.n; i++) {
        const vc_unit *u = &p->tree.units[i];
        bool good = u->valid_from == VC_NO_PERIOD || u->valid_from <= as_of;
        good = good && (u->valid_to == VC_NO_PERIOD || u->valid_to >= as_of);
        ck_assert_msg(good, "seed %u: unit %s in the tree of %d", seed, u->code, as_of);
        ck_assert_uint_eq(vc_unit_find(&p->tree, u->code), i);
    }
}

static size_t check_as_of(unsigned seed, vc_period as_of) {
    vc_panel whole, now;
    vc_findings findings;
    vc_targets none = {0};
    vc_findings_init(&findings, VC_ENGLISH);
    make_panel(seed, &whole);
    make_panel(seed, &now);
    ck_assert_int_eq(vc_panel_truncate(&now, as_of), VC_OK);
    vc_status st = vc_crosswalk_apply(&now, as_of, &none, &findings);
    ck_assert_msg(st == VC_OK, "seed %u: %s", seed, vc_status_name(st));
    check_tree(&now, as_of, seed);
    check_leaves(&now, seed);
    for (size_t e = 0; e < VCT_COUNT(EVENTS); e++)
        for (size_t t = 0; t < now.n_periods && now.count[EVENTS[e]]; t++) {
            double before = total(&whole, whole.count[EVENTS[e]], t);
            double root = root_at(&now, now.count[EVENTS[e]], t);
            double after = total(&now, now.count[EVENTS[e]], t);
            ck_assert_msg(
                vct_close(root_at(&whole, whole.count[EVENTS[e]], t), before, 0, 0) &&
                    vct_close(root, before, 0, 0) && vct_close(after, before, 0, 0),
                "seed %u, as of %d, %s, period %zu: %g, %g, %g", seed, as_of,
                vc_event_name(EVENTS[e]), t, before, root, after);
        }
    for (size_t t = 0; t < now.n_periods && now.population; t++)
        CHECK_CLOSE(total(&now, now.population, t), total(&whole, whole.population, t), 0,
                    0);
    size_t n_gone = whole.tree.n - now.tree.n;
    vc_findings_free(&findings);
    vc_panel_free(&whole);
    vc_panel_free(&now);
    return n_gone;
}

START_TEST(totals_never_change) {
    size_t n_gone = 0;
    for (unsigned round = 1; round <= rounds(); round++) {
        unsigned state = begin_at(7919 * round);
        for (int k = 0; k < 3; k++)
            n_gone += check_as_of(round, FIRST + (vc_period)below(&state, PERIODS));
        n_gone += check_as_of(round, FIRST + PERIODS - 1);
    }
    ck_assert_uint_gt(n_gone, 1000);
}
END_TEST

/* Shares hold in the long run: no part is ever off its due by a whole unit for each heir.
 */
START_TEST(shares_hold_in_the_long_run) {
    for (unsigned seed = 1; seed <= 200; seed++) {
        unsigned state = begin_at(seed);
        size_t n = 2 + below(&state, 4);
        double share[5], carry[5] = {0}, part[5], sum = 0, due[5] = {0}, got[5] = {0};
        for (size_t i = 0; i < n; i++) sum += share[i] = 0.01 + vct_random(&state);
        for (size_t i = 0; i < n; i++) share[i] /= sum;
        for (int t = 0; t < 200; t++) {
            double whole = floor(8 * vct_random(&state)), parts = 0;
            vci_apportion(n, share, whole, carry, part);
            for (size_t i = 0; i < n; i++) {
                due[i] += whole * share[i];
                got[i] += part[i];
                parts += part[i];
                ck_assert_msg(part[i] >= 0 && fabs(got[i] - due[i]) <= (double)n,
                              "seed %u: %g of %g", seed, got[i], due[i]);
            }
            CHECK_CLOSE(parts, whole, 0, 0);
        }
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(totals_never_change),
                                     VCT(shares_hold_in_the_long_run)};
    return vct_run("property/crosswalk", tests, VCT_COUNT(tests));
}
