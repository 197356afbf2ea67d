/*
 * A year's figure of another office beside ours. Where it is declared how the definitions
 * differ, against the law of theirs given ours (other_law.c). Else the office is compared
 * with itself, one unit with the others below the same parent: given all totals, theirs is
 * hypergeometric, as if both were counted apart; two counts of mostly the same events
 * differ less by chance, so that this test errs on the side of silence.
 */
#include <math.h>

#include "num/hypergeometric_internal.h"
#include "quality/checks_internal.h"
#include "quality/other_law_internal.h"

/* Whole years that are compared, the latest first; events of ours that a test needs. */
#define MOST_YEARS 3
#define LEAST_EVENTS 10

/* A year of a unit in both counts. */
typedef struct pair {
    size_t unit, source, at;
    vc_event event;
    double ours, theirs;
} pair;

/* What honest figures show: their mean, 2.5 and 97.5 % points, both tails of what is seen.
 */
typedef struct chance {
    double expected, low, high, below, above;
} chance;

/* Both counts of the year that begins at x->at; false where one is not known. */
static bool fill_pair(const vci_checks *checks, pair *x) {
    const vc_panel *panel = checks->panel;
    size_t f = (size_t)panel->frequency;
    x->ours = vci_check_sum(f, vci_check_series(panel, x->event, x->unit) + x->at);
    x->theirs = vc_others_sum(&panel->others, &panel->tree, x->source, x->event, x->unit,
                              vci_check_period(panel, x->at), f);
    return x->ours >= LEAST_EVENTS && !isnan(x->theirs);
}

static vc_status add_check(vci_checks *checks, const pair *x, const chance *c) {
    const vc_panel *panel = checks->panel;
    double per_hundred = 100 / x->ours;
    vc_quality_check check = {
        .kind = VC_QUALITY_SOURCE,
        .unit = x->unit,
        .event = x->event,
        .source = panel->others.list[x->source].name,
        .first = vci_check_period(panel, x->at),
        .last = vci_check_period(panel, x->at + (size_t)panel->frequency - 1),
        .n = (size_t)(x->ours + x->theirs),
        .limit = NAN,
        .seen = x->theirs * per_hundred,
        .expected = c->expected * per_hundred,
        .low = c->low * per_hundred,
        .high = c->high * per_hundred,
        .p = fmin(1, 2 * fmin(c->below, c->above))};
    return vci_check_add(checks, &check);
}

/* --- definitions declared ------------------------------------------------------------ */

static vc_status check_declared(vci_checks *checks, pair x) {
    vc_status st = VC_OK;
    const vc_other_source *source = &checks->panel->others.list[x.source];
    vci_other_offset offset = {source->ratio[x.event], source->sd[x.event],
                               source->common[x.event]};
    vci_other_law law = {0};
    for (x.unit = 0; x.unit < checks->panel->tree.n; x.unit++) {
        if (!fill_pair(checks, &x)) continue;
        vci_other_law_free(&law);
        VC_TRY(vci_other_law_make(&offset, (int64_t)x.ours, &law));
        chance c = {.expected = offset.ratio * x.ours,
                    .low = (double)vci_other_law_quantile(&law, 0.025),
                    .high = (double)vci_other_law_quantile(&law, 0.975),
                    .below = vci_other_law_at_most(&law, (int64_t)x.theirs),
                    .above = vci_other_law_at_least(&law, (int64_t)x.theirs)};
        VC_TRY(add_check(checks, &x, &c));
    }
out:
    vci_other_law_free(&law);
    return st;
}

/* --- among units --------------------------------------------------------------------- */

/* Theirs of a unit, given its events in both counts and those of all units. */
static double quantile(double level, const pair *all, const pair *x) {
    return (double)vci_hypergeometric(level, (int64_t)(all->ours + all->theirs),
                                      (int64_t)all->theirs, (int64_t)(x->ours + x->theirs));
}

/* P(X <= count), where `marked` of all events are of the same count. */
static double at_most(double count, double marked, const pair *all, const pair *x) {
    return vci_hypergeometric_at_most((int64_t)count, (int64_t)(all->ours + all->theirs),
                                      (int64_t)marked, (int64_t)(x->ours + x->theirs));
}

/* Theirs is high where ours is low; the bounds are told for the ours that there is. */
static chance chance_among(const pair *all, const pair *x) {
    double n = x->ours + x->theirs, low = quantile(0.025, all, x),
           high = quantile(0.975, all, x);
    return (chance){.expected = x->ours * all->theirs / all->ours,
                    .low = x->ours * low / fmax(n - low, 1),
                    .high = x->ours * high / fmax(n - high, 1),
                    .below = at_most(x->theirs, all->theirs, all, x),
                    .above = at_most(x->ours, all->ours, all, x)};
}

/* The units below one parent among each other. */
static vc_status check_children(vci_checks *checks, size_t parent, pair x) {
    vc_status st = VC_OK;
    const vc_unit_tree *tree = &checks->panel->tree;
    pair all = {0};
    size_t begin = tree->child_begin[parent], end = tree->child_begin[parent + 1], n = 0;
    for (size_t k = begin; k < end; k++) {
        x.unit = tree->children[k];
        if (!fill_pair(checks, &x)) continue;
        all.ours += x.ours;
        all.theirs += x.theirs;
        n++;
    }
    for (size_t k = begin; n > 1 && k < end; k++) {
        x.unit = tree->children[k];
        if (!fill_pair(checks, &x)) continue;
        chance c = chance_among(&all, &x);
        VC_TRY(add_check(checks, &x, &c));
    }
out:
    return st;
}

/* --- all ---------------------------------------------------------------------------- */

static vc_status check_year(vci_checks *checks, pair x) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    if (!isnan(panel->others.list[x.source].ratio[x.event]))
        return check_declared(checks, x);
    for (size_t unit = 0; unit < panel->tree.n; unit++)
        VC_TRY(check_children(checks, unit, x));
out:
    return st;
}

vc_status vci_check_sources(vci_checks *checks) {
    vc_status st = VC_OK;
    const vc_panel *panel = checks->panel;
    size_t years = vci_check_years(panel);
    if (panel->others.n_counts == 0) goto out;
    for (size_t s = 0; s < panel->others.n; s++)
        for (int e = 0; e < VC_EVENTS; e++)
            for (size_t b = 0; panel->count[e] && b < years && b < MOST_YEARS; b++) {
                pair x = {
                    .source = s, .at = vci_check_year(panel, b), .event = (vc_event)e};
                VC_TRY(check_year(checks, x));
            }
out:
    return st;
}
