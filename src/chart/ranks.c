/* Rank chart: where each unit of a class may come in, and how likely it is commended. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart/axis_internal.h"
#include "chart/rows_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/boundary.h"

/* Whose place is neither as good as sure nor as good as gone. */
#define UNSURE_FROM 0.05
#define UNSURE_TO 0.95
#define NAME_COLUMNS 24

typedef struct rank_row {
    const vc_ranked *ranked;
    bool hidden; /* its ranks may not be told */
} rank_row;

typedef struct ranks {
    const vc_run *run;
    const vc_ranking *ranking;
    rank_row *rows; /* [n] the likeliest first */
    size_t n_unsure;
} ranks;

/*
 * Where a figure may not be told its rank may not: between two neighbours' figures it would
 * tell it. Peers are published elsewhere.
 */
static bool is_hidden(const vci_view *view, const vc_ranking *ranking,
                      const vc_ranked *ranked) {
    const vc_suppression *s = view->suppression;
    vc_year year = vc_year_ending(ranking->year_end, view->run->panel.frequency);
    if (ranked->peer != SIZE_MAX || !ranking->by) return false;
    return vc_suppression_shows(s, ranking->by, ranked->unit, VC_SPAN_TO_DATE, year) !=
               VC_MARK_SHOWN ||
           (ranked->result != SIZE_MAX &&
            vc_suppression_forecast(s, ranked->result) != VC_MARK_SHOWN);
}

/*
 * Probabilities may be told of all, so that their order tells no more than they do; where
 * they are alike, hidden rows stand last and in unit order.
 */
static int by_chance(const void *a, const void *b) {
    const rank_row *x = a, *y = b;
    const vc_ranked *one = x->ranked, *other = y->ranked;
    double p = isnan(one->p_quota) ? -1 : one->p_quota,
           q = isnan(other->p_quota) ? -1 : other->p_quota;
    if (p != q) return p > q ? -1 : 1;
    if (x->hidden != y->hidden) return x->hidden ? 1 : -1;
    if (!x->hidden && one->mean != other->mean && !isnan(one->mean) && !isnan(other->mean))
        return one->mean < other->mean ? -1 : 1;
    if (one->unit != other->unit) return one->unit < other->unit ? -1 : 1;
    return (one->peer > other->peer) - (one->peer < other->peer);
}

static vc_status collect(const vci_view *view, ranks *r) {
    vc_status st = VC_OK;
    const vc_run *run = view->run;
    *r = (ranks){.run = run};
    VC_REQUIRE(view->chart->subject < run->n_rankings, "no ranking %zu",
               view->chart->subject);
    r->ranking = &run->rankings[view->chart->subject];
    VC_NEW(r->rows, r->ranking->n);
    for (size_t i = 0; i < r->ranking->n; i++) {
        const vc_ranked *ranked = &r->ranking->units[i];
        r->rows[i] = (rank_row){ranked, is_hidden(view, r->ranking, ranked)};
        r->n_unsure += ranked->p_quota >= UNSURE_FROM && ranked->p_quota <= UNSURE_TO;
    }
    qsort(r->rows, r->ranking->n, sizeof *r->rows, by_chance);
out:
    return st;
}

/* --- words ------------------------------------------------------------------------- */

static vci_label make_heading(const vci_view *view, const ranks *r) {
    vci_label name = vci_label_fit(r->ranking->name, NAME_COLUMNS);
    return vci_chart_say(view->language, VCI_TEXT_CHART_RANKS_HEADING, name.text,
                         r->n_unsure, r->ranking->n, r->ranking->quota);
}

static vci_label make_subheading(const vci_view *view, const ranks *r,
                                 const vci_rows *rows) {
    vc_language language = view->language;
    vc_frequency frequency = view->run->panel.frequency;
    const vc_ranking *ranking = r->ranking;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language);
    vci_label by = ranking->by ? vci_indicator_name(view->run, ranking->by, language)
                               : vci_chart_say(language, VCI_TEXT_RANKS_POINTS);
    vci_frame_join(&line,
                   vci_chart_say(language, VCI_TEXT_CHART_RANKS_BY, by.text,
                                 vci_text_get(ranking->low_is_best ? VCI_TEXT_RANKS_LOW
                                                                   : VCI_TEXT_RANKS_HIGH,
                                              language))
                       .text);
    vci_frame_join(&line, vci_label_fit(ranking->class_name, NAME_COLUMNS).text);
    vci_frame_join(&line, vci_year_words(ranking->year_end, frequency, language).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    vci_frame_join_page(&line, view->page, rows->n_pages, language);
    return line;
}

static bool is_vital(const vci_view *view, const vc_ranking *ranking) {
    return ranking->by && vc_boundary_vital(view->run, ranking->by) &&
           vc_run_indicator_kind(view->run, ranking->by) != VC_INDICATOR_PROGRESS;
}

static vci_label note_of(const vci_view *view, const ranks *r, size_t i) {
    static const vci_text bands[] = {[VC_BAND_UNLIKELY] = VCI_TEXT_RANKS_UNLIKELY,
                                     [VC_BAND_TOSS_UP] = VCI_TEXT_RANKS_TOSS_UP,
                                     [VC_BAND_LIKELY] = VCI_TEXT_RANKS_LIKELY,
                                     [VC_BAND_CERTAIN] = VCI_TEXT_RANKS_CERTAIN};
    double p = r->rows[i].ranked->p_quota;
    vc_rank_band band = vc_rank_band_of(p);
    vci_label note = vci_probability_signs(p);
    if (band != VC_BAND_NONE)
        vci_frame_join(&note, vci_text_get(bands[band], view->language));
    if (r->rows[i].hidden)
        vci_frame_join(&note, vci_text_get(VCI_TEXT_CHART_INTERVAL_HIDDEN, view->language));
    return note;
}

/* --- the script -------------------------------------------------------------------- */

static void set_rows(const vci_view *view, const ranks *r, vci_rows *rows,
                     vci_script *script) {
    const vc_panel *panel = &view->run->panel;
    vci_rows_begin(rows, script);
    for (size_t i = 0; i < rows->n; i++) {
        const vc_ranked *ranked = r->rows[rows->first + i].ranked;
        const char *name = ranked->peer != SIZE_MAX ? panel->peers.list[ranked->peer].name
                                                    : panel->tree.units[ranked->unit].name;
        vci_rows_set(rows, i, name, note_of(view, r, rows->first + i).text, false, script);
    }
    vci_script_begin_data(script, "rows");
    for (size_t i = 0; i < rows->n; i++) {
        const vc_ranked *k = r->rows[rows->first + i].ranked;
        double row[] = {(double)(i + 1), k->low_95,  k->low_80,
                        k->median,       k->high_80, k->high_95};
        for (size_t j = 1; j < sizeof row / sizeof *row; j++)
            if (r->rows[rows->first + i].hidden) row[j] = (double)NAN;
        vci_script_row(script, sizeof row / sizeof *row, row);
    }
    vci_script_end_data(script);
    vci_script_add(script, "n_ranked = %zu\nquota = %zu\n", r->ranking->n,
                   r->ranking->quota);
    vci_script_set_text(
        script, "places",
        vci_chart_say(view->language, VCI_TEXT_CHART_RANKS_PLACES, r->ranking->quota).text);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    ranks r = {.run = NULL};
    VC_TRY(collect(view, &r));
    vci_rows rows = vci_rows_of_page(r.ranking->n, view->page);
    plate->heading = make_heading(view, &r);
    plate->subheading = make_subheading(view, &r, &rows);
    plate->caveat = vci_chart_say(view->language, VCI_TEXT_CHART_RANKS_NOTE);
    if (is_vital(view, r.ranking))
        plate->caveat = vci_chart_say(view->language, VCI_TEXT_CHART_RANKS_VITAL);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_RANKS, view->language));
    set_rows(view, &r, &rows, &plate->body);
    vci_rows_end(&rows, plate);
out:
    vci_free(r.rows);
    return st;
}

/* Those in which something is compared. */
static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    for (size_t i = 0; i < run->n_rankings; i++) {
        const vc_ranking *ranking = &run->rankings[i];
        bool compared = false;
        for (size_t k = 0; k < ranking->n; k++)
            compared = compared || !isnan(ranking->units[k].p_quota);
        if (ranking->n < 2 || !compared) continue;
        vc_chart chart = vci_chart_blank(VC_CHART_RANKS);
        chart.indicator = ranking->by;
        chart.year_end = ranking->year_end;
        chart.subject = i;
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_ranks = {list, compose};
