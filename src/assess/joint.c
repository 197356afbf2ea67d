/* Targets of a unit and year end taken together. */
#include "assess/joint_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/result_internal.h"
#include "core/memory_internal.h"

/* A tally's place: what belongs to one scorecard stands together. */
typedef struct place {
    vc_period year_end, length;
    size_t unit, result;
} place;

static int by_card(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->year_end != y->year_end) return x->year_end < y->year_end ? -1 : 1;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->result > y->result) - (x->result < y->result);
}

static bool same_card(const place *a, const place *b) {
    return a->year_end == b->year_end && a->length == b->length && a->unit == b->unit;
}

static bool counts(const vc_target *t) { return t->veto || !isnan(t->points); }

/* The scorecard of places[0 .. n - 1]. */
static vc_status make_card(size_t n, const place *places, const vci_tally *tallies,
                           vci_card *card) {
    vc_status st = VC_OK;
    card->unit = places[0].unit;
    card->year_end = places[0].year_end;
    card->length = places[0].length;
    VC_NEW(card->items, n);
    for (card->n_items = 0; card->n_items < n; card->n_items++) {
        size_t result = places[card->n_items].result;
        const vci_tally *t = &tallies[result];
        card->items[card->n_items] =
            (vci_card_item){.result = result,
                            .target = t->target,
                            .bound = vci_fraction_value(t->bound),
                            .bound_high = vci_fraction_value(t->bound_high),
                            .class_mean = t->class_mean,
                            .fixed = {t->fixed[0], t->fixed[1]}};
    }
    VC_TRY(vci_card_begin(card));
out:
    return st;
}

static vc_status make_cards(size_t n, const vci_tally *tallies, bool *wanted,
                            vci_joint *joint) {
    vc_status st = VC_OK;
    place *places = NULL;
    VC_NEW(places, n);
    VC_NEW(joint->cards, n);
    for (size_t i = 0; i < n; i++)
        places[i] = (place){tallies[i].target->year_end, tallies[i].target->length,
                            tallies[i].unit, i};
    qsort(places, n, sizeof *places, by_card);
    for (size_t begin = 0, end; begin < n; begin = end) {
        bool made = false;
        for (end = begin; end < n && same_card(&places[begin], &places[end]); end++)
            made = made || counts(tallies[places[end].result].target);
        if (!made) continue;
        for (size_t i = begin; i < end; i++) wanted[places[i].result] = true;
        VC_TRY(make_card(end - begin, places + begin, tallies,
                         &joint->cards[joint->n_cards++]));
    }
out:
    vci_free(places);
    return st;
}

/* What is known without drawing; a ratio without denominator stays open. */
static void settle(const vc_run *run, const vci_population *population,
                   const vci_tally *tally, size_t result, vci_outcomes *outcomes) {
    vc_result known = {.p_met = NAN, .quantile = {[VC_MEDIAN] = NAN}};
    vci_result_known(&run->settings, &run->panel, population, tally, &known);
    vci_outcomes_settle(outcomes, result, known.quantile[VC_MEDIAN],
                        known.p_undefined > 0 ? (double)NAN : known.p_met);
}

/* Where the points of a unit in a year stand, block after block. */
static vc_status place_points(const vc_run *run, size_t capacity, vci_joint *joint) {
    vc_status st = VC_OK;
    size_t n_units = run->panel.tree.n;
    VC_NEW(joint->points, run->n_year_ends * n_units);
    for (size_t c = 0; c < joint->n_cards; c++) {
        const vci_card *card = &joint->cards[c];
        if (isnan(card->points) || card->length > 0) continue; /* ranks are of years */
        for (size_t y = 0; y < run->n_year_ends; y++)
            if (run->year_ends[y] == card->year_end)
                joint->points[y * n_units + card->unit] = joint->total + c * capacity;
    }
out:
    return st;
}

vc_status vci_joint_init(const vc_run *run, const vci_population *population, size_t n,
                         vci_tally *tallies, bool wanted[VC_DIM(n)], size_t capacity,
                         vci_joint *joint) {
    vc_status st = VC_OK;
    *joint = (vci_joint){0};
    VC_TRY(make_cards(n, tallies, wanted, joint));
    VC_TRY(vci_outcomes_init(n, wanted, capacity, &joint->outcomes));
    VC_NEW(joint->all, joint->n_cards * capacity);
    VC_NEW(joint->veto, joint->n_cards * capacity);
    VC_NEW(joint->total, joint->n_cards * capacity);
    VC_TRY(place_points(run, capacity, joint));
    for (size_t i = 0; i < n; i++) {
        if (tallies[i].drawn)
            vci_outcomes_lend(&joint->outcomes, i, &tallies[i]);
        else
            settle(run, population, &tallies[i], i, &joint->outcomes);
    }
out:
    return st;
}

void vci_joint_free(vci_joint *joint) {
    for (size_t c = 0; c < joint->n_cards; c++) vci_card_free(&joint->cards[c]);
    vci_free(joint->cards);
    vci_outcomes_free(&joint->outcomes);
    vci_free(joint->all);
    vci_free(joint->veto);
    vci_free(joint->total);
    vci_free(joint->points);
    *joint = (vci_joint){0};
}

void vci_joint_add(vci_joint *joint, size_t first_draw, size_t n_draws) {
    vci_outcomes *o = &joint->outcomes;
    o->first_draw = first_draw;
    o->n_draws = n_draws;
#pragma omp parallel for schedule(dynamic, 4)
    for (size_t c = 0; c < joint->n_cards; c++) {
        size_t at = c * o->capacity;
        vci_card_add(&joint->cards[c], o, joint->all + at, joint->veto + at,
                     joint->total + at);
    }
}

vc_status vci_joint_finish(const vci_joint *joint, vc_run *run) {
    vc_status st = VC_OK;
    VC_NEW(run->scorecards, joint->n_cards);
    for (size_t c = 0; c < joint->n_cards; c++)
        VC_TRY(vci_card_finish(&joint->cards[c], &run->scorecards[run->n_scorecards++]));
out:
    return st;
}
