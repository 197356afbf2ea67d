/* Mock assessment day: the targets judged on the latest figures, from a run alone. */
#include <math.h>

#include "assess/tally_internal.h"
#include "vitalcast/scorecard.h"

/* Counts and rates grow through the year, so they are judged on the annual basis. */
static double latest(const vc_run *run, const vc_result *r) {
    vc_indicator_kind kind =
        vc_run_indicator_kind(run, run->targets.list[r->target].indicator);
    bool grows = kind == VC_INDICATOR_COUNT || kind == VC_INDICATOR_RATE;
    return isnan(r->gap) ? (double)NAN : grows ? r->annual_basis : r->to_date;
}

vc_mock vc_run_mock(const vc_run *run, size_t result) {
    const vc_result *r = &run->results[result];
    const vc_target *t = &run->targets.list[r->target];
    vc_mock mock = {.figure = latest(run, r), .points = NAN};
    mock.known = !isnan(mock.figure) && !isnan(r->bound);
    if (!mock.known) return mock;
    vc_target exact = *t;
    exact.decimals = -1; /* rounded here */
    double published = vc_scoring_published(mock.figure, t->decimals);
    mock.met = vci_target_met(&exact, r->bound, r->bound_high, published);
    mock.points = vc_scoring_points(t, r->bound, r->bound_high, mock.figure, mock.met);
    return mock;
}

double vc_run_mock_total(const vc_run *run, const vc_scorecard *card) {
    double total = isnan(card->points) ? (double)NAN : 0;
    for (size_t i = 0; i < card->n_items; i++) {
        size_t result = card->items[i].result;
        if (!isnan(run->targets.list[run->results[result].target].points))
            total += vc_run_mock(run, result).points;
    }
    return total;
}
