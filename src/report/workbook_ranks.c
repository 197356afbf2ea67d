/* The sheet of ranks: every class of every rule of commendation in one table. */
#include <math.h>
#include <stdlib.h>

#include "assess/ranking_internal.h"
#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/workbook_internal.h"
#include "vitalcast/boundary.h"

static const vci_text band_texts[] = {
    [VC_BAND_NONE] = VCI_TEXT_LISTS_VERDICT_NONE,
    [VC_BAND_UNLIKELY] = VCI_TEXT_RANKS_UNLIKELY,
    [VC_BAND_TOSS_UP] = VCI_TEXT_RANKS_TOSS_UP,
    [VC_BAND_LIKELY] = VCI_TEXT_RANKS_LIKELY,
    [VC_BAND_CERTAIN] = VCI_TEXT_RANKS_CERTAIN,
};

/* Where a figure is withheld its rank is too: neighbours' figures would enclose it. */
static bool is_shown(const vci_book *book, const vc_ranking *ranking,
                     const vc_ranked *ranked) {
    const vc_suppression *s = &book->suppression;
    if (ranked->peer != SIZE_MAX) return true; /* published elsewhere */
    if (ranked->result != SIZE_MAX)
        return vci_book_mark(book, ranked->result, VC_SPAN_TO_DATE) == VC_MARK_SHOWN &&
               vc_suppression_forecast(s, ranked->result) == VC_MARK_SHOWN;
    return !ranking->by || vc_suppression_shows(
                               s, ranking->by, ranked->unit, VC_SPAN_TO_DATE,
                               vc_year_ending(ranking->year_end,
                                              book->run->panel.frequency)) == VC_MARK_SHOWN;
}

static bool is_vital(const vc_run *run, const vc_ranking *ranking) {
    return ranking->by && vc_boundary_vital(run, ranking->by) &&
           vc_run_indicator_kind(run, ranking->by) != VC_INDICATOR_PROGRESS;
}

static void add_ranked(vci_page *page, const vc_ranking *ranking, const vc_ranked *ranked) {
    const vc_run *run = page->book->run;
    bool shown = is_shown(page->book, ranking, ranked);
    vc_mark mark = shown ? VC_MARK_SHOWN : VC_MARK_WITHHELD;
    const double ranks[] = {ranked->median, ranked->low_95, ranked->high_95,
                            ranked->set_low, ranked->set_high};
    vci_page_text(page, ranked->peer != SIZE_MAX
                            ? run->panel.peers.list[ranked->peer].name
                            : run->panel.tree.units[ranked->unit].name);
    vci_page_figure(page, mark, vci_ranked_to_date(run, ranking, ranked),
                    vci_page_digits(vci_ranking_digits(run, ranking), false));
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        vci_page_figure(page, mark, ranks[i], "General");
    vci_page_probability(page, ranked->p_quota, false);
    vci_page_number(page, ranked->monte_carlo_se, "0.00%");
    vci_page_say(page, band_texts[vc_rank_band_of(ranked->p_quota)]);
    vci_page_next(page);
}

/* The likeliest first; alike ones in unit order. */
static int by_chance(const void *a, const void *b) {
    const vc_ranked *x = *(const vc_ranked *const *)a, *y = *(const vc_ranked *const *)b;
    if (x->p_quota != y->p_quota) return x->p_quota > y->p_quota ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->peer > y->peer) - (x->peer < y->peer);
}

static vc_status add_ranking(vci_page *page, const vc_ranking *ranking) {
    vc_status st = VC_OK;
    const vci_book *book = page->book;
    const vc_ranked **order = NULL;
    char year_end[VC_PERIOD_TEXT], *by = NULL;
    by = ranking->by ? vci_book_indicator(book, ranking->by)
                     : vci_text_say(book->language, VCI_TEXT_RANKS_POINTS);
    if (!by) VC_FAIL(VC_NO_MEMORY, "text");
    VC_NEW(order, ranking->n);
    for (size_t k = 0; k < ranking->n; k++) order[k] = &ranking->units[k];
    qsort(order, ranking->n, sizeof *order, by_chance);
    vc_period_format(ranking->year_end, book->run->panel.frequency, year_end);
    for (size_t k = 0; k < ranking->n; k++) {
        vci_page_text(page, ranking->name);
        vci_page_text(page, ranking->class_name);
        vci_page_text(page, by);
        vci_page_text(page, year_end);
        vci_page_number(page, (double)ranking->quota, "0");
        add_ranked(page, ranking, order[k]);
    }
out:
    vci_free(order);
    vci_free(by);
    return st;
}

static vc_status add_notes(vci_page *page) {
    vc_status st = VC_OK;
    const vc_run *run = page->book->run;
    bool vital = false, compared = false;
    for (size_t i = 0; i < run->n_rankings; i++) {
        if (run->rankings[i].n < 2) continue;
        compared = true;
        vital = vital || is_vital(run, &run->rankings[i]);
    }
    if (vital) vci_page_say_note(page, VCI_TEXT_RANKS_VITAL);
    if (!compared) goto out;
    char *note =
        vci_text_say(page->book->language, VCI_TEXT_RANKS_NOTE, 100 * VC_RANK_SET_LEVEL);
    if (!note) VC_FAIL(VC_NO_MEMORY, "text");
    vci_page_note(page, note);
    vci_free(note);
out:
    return st;
}

vc_status vci_book_add_ranks(vci_book *book) {
    vc_status st = VC_OK;
    static const vci_book_column columns[] = {
        {VCI_TEXT_BOOK_RULE, 16},
        {VCI_TEXT_BOOK_CLASS, 10},
        {VCI_TEXT_BOOK_BY, 22},
        {VCI_TEXT_BOOK_YEAR_END, 11},
        {VCI_TEXT_BOOK_PLACES, 8},
        {VCI_TEXT_CLI_COLUMN_UNIT, 16},
        {VCI_TEXT_CLI_COLUMN_TO_DATE, 10},
        {VCI_TEXT_BOOK_RANK_MEDIAN, 10},
        {VCI_TEXT_BOOK_RANK_LOW, 11},
        {VCI_TEXT_BOOK_RANK_HIGH, 11},
        {VCI_TEXT_BOOK_SET_LOW, 11},
        {VCI_TEXT_BOOK_SET_HIGH, 11},
        {VCI_TEXT_RANKS_COLUMN_QUOTA, 15},
        {VCI_TEXT_BOOK_SE, 10},
        {VCI_TEXT_RANKS_COLUMN_BAND, 12},
    };
    vci_page page;
    VC_TRY(vci_page_begin(book, VCI_TEXT_BOOK_RANKS, sizeof columns / sizeof *columns,
                          columns, &page));
    for (size_t i = 0; i < book->run->n_rankings; i++)
        if (book->run->rankings[i].n >= 2)
            VC_TRY(add_ranking(&page, &book->run->rankings[i]));
    vci_page_end(&page, 0);
    VC_TRY(add_notes(&page));
out:
    return st;
}
