/* Tornado chart: what of the points is at stake in each target. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart/axis_internal.h"
#include "chart/rows_internal.h"
#include "core/memory_internal.h"

#define NAME_COLUMNS 24
#define LEAST 0.05 /* points; less is printed as 0.0 */

typedef struct tornado {
    const vc_scorecard *card;        /* borrowed */
    size_t n;                        /* targets with points */
    const vc_scorecard_item **order; /* [n] the most at stake first */
    double low, high;
} tornado;

static double width_of(const vc_scorecard_item *item) {
    return fabs(item->total_if_met - item->total_if_missed);
}

static int by_stake(const void *a, const void *b) {
    const vc_scorecard_item *x = *(const vc_scorecard_item *const *)a,
                            *y = *(const vc_scorecard_item *const *)b;
    if (x->at_stake != y->at_stake) return x->at_stake > y->at_stake ? -1 : 1;
    return (x->result > y->result) - (x->result < y->result);
}

/*
 * Points that follow the figure would tell it, and a total tells its parts; all or none
 * tells no more than the probability.
 */
static bool is_told(const vc_run *run, const vc_suppression *s, const vc_scorecard *card) {
    for (size_t i = 0; i < card->n_items; i++) {
        size_t r = card->items[i].result;
        const vc_target *target = &run->targets.list[run->results[r].target];
        if (isnan(target->points) || target->rule.rule == VC_ALL_OR_NONE) continue;
        if (vc_suppression_forecast(s, r) != VC_MARK_SHOWN ||
            vc_suppression_bound(s, r) != VC_MARK_SHOWN)
            return false;
    }
    return true;
}

static vc_status collect(const vc_run *run, const vc_suppression *suppression, size_t card,
                         tornado *t) {
    vc_status st = VC_OK;
    *t = (tornado){.n = 0};
    VC_REQUIRE(card < run->n_scorecards, "no scorecard %zu", card);
    t->card = &run->scorecards[card];
    t->low = t->high = t->card->expected;
    VC_NEW(t->order, t->card->n_items + 1);
    if (!is_told(run, suppression, t->card)) goto out;
    for (size_t i = 0; i < t->card->n_items; i++) {
        const vc_scorecard_item *item = &t->card->items[i];
        if (!isfinite(item->at_stake)) continue;
        t->order[t->n++] = item;
        if (!isfinite(width_of(item))) continue; /* met, or missed, in every draw */
        vci_range_widen(item->total_if_met, &t->low, &t->high);
        vci_range_widen(item->total_if_missed, &t->low, &t->high);
    }
    qsort(t->order, t->n, sizeof *t->order, by_stake);
out:
    return st;
}

/* --- words ------------------------------------------------------------------------- */

static const vc_target *target_of(const vci_view *view, const vc_scorecard_item *item) {
    return &view->run->targets.list[view->run->results[item->result].target];
}

static vci_label make_heading(const vci_view *view, const tornado *t) {
    const char *unit = view->run->panel.tree.units[t->card->unit].name;
    const vc_target *target = target_of(view, t->order[0]);
    vci_label name = vci_label_fit(unit, NAME_COLUMNS);
    if (t->order[0]->at_stake < LEAST)
        return vci_chart_say(view->language, VCI_TEXT_CHART_TORNADO_NOTHING, name.text);
    return vci_chart_say(
        view->language, VCI_TEXT_CHART_TORNADO_HEADING, name.text,
        vci_indicator_name(view->run, target->indicator, view->language).text,
        t->order[0]->at_stake, target->points);
}

static vci_label make_subheading(const vci_view *view, const tornado *t) {
    vc_language language = view->language;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_TORNADO_POINTS,
                                        t->card->expected, t->card->points)
                              .text);
    vci_frame_join(&line, vci_year_words(t->card->year_end, frequency, language).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* "at stake 1.4 of 10 · 31%" */
static vci_label note_of(const vci_view *view, const vc_scorecard_item *item) {
    vci_label note = vci_chart_say(view->language, VCI_TEXT_CHART_TORNADO_STAKE,
                                   item->at_stake, target_of(view, item)->points);
    vci_frame_join(&note,
                   vci_probability_signs(view->run->results[item->result].p_met).text);
    return note;
}

/* --- the script -------------------------------------------------------------------- */

static void set_rows(const vci_view *view, const tornado *t, vci_rows *rows,
                     vci_script *script) {
    vci_rows_begin(rows, script);
    for (size_t i = 0; i < rows->n; i++) {
        const vc_scorecard_item *item = t->order[rows->first + i];
        const vc_target *target = target_of(view, item);
        vci_label name = vci_indicator_name(view->run, target->indicator, view->language);
        double bound = target->value.kind == VC_FIXED ? 0 : (double)NAN; /* else the rule */
        vci_label line = vci_chart_say(
            view->language, VCI_TEXT_CHART_TORNADO_TARGET, name.text,
            vci_target_signs(view->run, target, bound, bound, view->language).text);
        vci_rows_set(rows, i, line.text, note_of(view, item).text, false, script);
    }
    vci_script_begin_data(script, "rows");
    for (size_t i = 0; i < rows->n; i++) {
        const vc_scorecard_item *item = t->order[rows->first + i];
        vci_script_row(
            script, 3,
            (double[]){(double)(i + 1), item->total_if_missed, item->total_if_met});
    }
    vci_script_end_data(script);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    tornado t = {.n = 0};
    VC_TRY(collect(view->run, view->suppression, view->chart->subject, &t));
    VC_REQUIRE(t.n > 0, "no points of this scorecard may be told");
    vci_rows rows = vci_rows_of_page(t.n, view->page);
    vci_range x = vci_range_with_room(t.low, t.high, 1);
    plate->heading = make_heading(view, &t);
    plate->subheading = make_subheading(view, &t);
    plate->caveat = vci_chart_say(view->language, VCI_TEXT_CHART_TORNADO_NOTE);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_TORNADO, view->language));
    vci_axis_set_range(&plate->body, 'x', &x);
    vci_script_set_number(&plate->body, "expected", t.card->expected);
    vci_script_set_text(
        &plate->body, "expected_text",
        vci_chart_say(view->language, VCI_TEXT_CHART_TORNADO_EXPECTED, t.card->expected)
            .text);
    vci_script_set_text(&plate->body, "missed",
                        vci_text_get(VCI_TEXT_CHART_TORNADO_MISSED, view->language));
    vci_script_set_text(&plate->body, "met",
                        vci_text_get(VCI_TEXT_CHART_TORNADO_MET, view->language));
    set_rows(view, &t, &rows, &plate->body);
    vci_rows_end(&rows, plate);
out:
    vci_free(t.order);
    return st;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    tornado t = {.n = 0};
    for (size_t i = 0; i < run->n_scorecards; i++) {
        if (run->scorecards[i].unit != listing->unit) continue;
        vci_free(t.order);
        VC_TRY(collect(run, listing->suppression, i, &t));
        if (t.n == 0 || isnan(t.card->expected)) continue;
        vc_chart chart = vci_chart_blank(VC_CHART_TORNADO);
        chart.unit = listing->unit;
        chart.year_end = t.card->year_end;
        chart.subject = i;
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    vci_free(t.order);
    return st;
}

const vci_kind vci_kind_tornado = {list, compose};
