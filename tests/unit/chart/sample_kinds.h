/*
 * What the sample run needs beside its results so that every kind of chart has something to
 * show: a ranking, a scorecard and changes. The numbers are made up.
 */
#ifndef VCT_SAMPLE_KINDS_H
#define VCT_SAMPLE_KINDS_H

#include "sample_run.h"

/* All townships by natural growth, the first with the best chance of the two places. */
static inline void sample_ranking(vc_run *run) {
    size_t n = run->panel.tree.n - 1;
    run->n_rankings = 1;
    run->rankings = calloc(1, sizeof *run->rankings);
    vc_ranking *r = run->rankings;
    *r = (vc_ranking){.year_end = 2013 * 12 + 11, .quota = 2, .n = n, .n_units = n};
    r->name = sample_copy("honours");
    r->class_name = sample_copy("towns");
    r->by = sample_copy("natural_growth_rate");
    r->units = calloc(n, sizeof *r->units);
    for (size_t i = 0; i < n; i++) {
        double rank = (double)(i + 1);
        r->units[i] = (vc_ranked){.unit = i + 1, .peer = SIZE_MAX, .target = 1};
        r->units[i].result = run->panel.tree.n + i + 1;
        r->units[i].median = rank;
        r->units[i].low_80 = r->units[i].low_95 = fmax(1, rank - 1);
        r->units[i].high_80 = r->units[i].high_95 = fmin((double)n, rank + 1);
        r->units[i].p_quota = i == 0 ? 0.98 : i < 3 ? 0.5 : 0.01;
    }
}

/* The county: 60 points, of which 20 depend on the sex ratio and 8 on the births. */
static inline void sample_scorecard(vc_run *run) {
    static const double missed[] = {44, 33}, met[] = {52, 53};
    run->n_scorecards = 1;
    run->scorecards = calloc(1, sizeof *run->scorecards);
    vc_scorecard *card = run->scorecards;
    *card = (vc_scorecard){.year_end = 2013 * 12 + 11, .n_items = 2, .points = 60};
    card->expected = 50;
    card->items = calloc(2, sizeof *card->items);
    for (size_t i = 0; i < 2; i++) {
        size_t target = 2 * i; /* births, sex ratio */
        run->targets.list[target].points = 30;
        card->items[i] = (vc_scorecard_item){.result = target * run->panel.tree.n,
                                             .expected = 20,
                                             .at_stake = i == 0 ? 4 : 10,
                                             .total_if_met = met[i],
                                             .total_if_missed = missed[i]};
    }
}

/* The county's births: 0.254 before, a new month took 0.25 of that. */
static inline void sample_changes(vc_run *run) {
    vc_changes *c = &run->changes;
    c->before = sample_copy("2013-06-0123456789ab");
    c->as_of = 2013 * 12 + 5;
    c->differs = 1u << VC_CHANGE_BLOCKS | 1u << VC_CHANGE_PERIODS;
    c->n = 1;
    c->list = calloc(1, sizeof *c->list);
    c->list[0] = (vc_changed){.result = 0, .p_before = 0.254};
    c->list[0].p_step[VC_CHANGE_BLOCKS] = 0.01;
    c->list[0].p_step[VC_CHANGE_PERIODS] = -0.26;
}

static inline void sample_run_of_all_kinds(size_t townships, vc_run *run) {
    sample_run(townships, run);
    sample_ranking(run);
    sample_scorecard(run);
    sample_changes(run);
}

#endif
