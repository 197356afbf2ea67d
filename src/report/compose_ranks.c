/* Ranks of the units of a class, and points. */
#include <math.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/compose_internal.h"
#include "vitalcast/boundary.h"

/*
 * Where a figure is left out its rank is too: between two neighbours' figures it would tell
 * the figure. Probabilities stay, as P(met) does.
 */
static bool is_shown(const vci_facts *facts, const vc_ranking *ranking,
                     const vc_ranked *ranked) {
    const vc_suppression *s = &facts->suppression;
    if (ranked->peer != SIZE_MAX) return true; /* published elsewhere */
    if (ranked->result != SIZE_MAX)
        return vci_fact_size_mark(facts, ranked->result) == VC_MARK_SHOWN;
    return !ranking->by ||
           vc_suppression_shows(
               s, ranking->by, ranked->unit, VC_SPAN_TO_DATE,
               vc_year_ending(ranking->year_end, facts->run->panel.frequency)) ==
               VC_MARK_SHOWN;
}

static vci_label interval(const vci_facts *facts, bool shown, double low, double high) {
    vci_label from = vci_number_format(low, 0), to = vci_number_format(high, 0);
    vci_label hidden = {"*"};
    if (isnan(low) || (shown && low == high)) return from;
    if (!shown) return hidden;
    return vci_chart_say(facts->language, VCI_TEXT_CLI_RANGE, from.text, to.text);
}

static vci_label band_word(const vci_facts *facts, double p_quota) {
    static const vci_text texts[] = {[VC_BAND_UNLIKELY] = VCI_TEXT_RANKS_UNLIKELY,
                                     [VC_BAND_TOSS_UP] = VCI_TEXT_RANKS_TOSS_UP,
                                     [VC_BAND_LIKELY] = VCI_TEXT_RANKS_LIKELY,
                                     [VC_BAND_CERTAIN] = VCI_TEXT_RANKS_CERTAIN};
    vc_rank_band band = vc_rank_band_of(p_quota);
    vci_label none = {"—"};
    return band == VC_BAND_NONE ? none : vci_chart_say(facts->language, texts[band]);
}

static void add_ranked(vci_composer *c, const vc_ranking *ranking,
                       const vc_ranked *ranked) {
    const vci_facts *facts = c->facts;
    const vc_panel *panel = &facts->run->panel;
    bool shown = is_shown(facts, ranking, ranked), peer = ranked->peer != SIZE_MAX;
    const char *name =
        peer ? panel->peers.list[ranked->peer].name : panel->tree.units[ranked->unit].name;
    vci_document_cell(c->document, vci_label_fit(name, 60).text);
    vci_document_cell(c->document,
                      !peer && ranked->result != SIZE_MAX
                          ? vci_fact_text(facts, ranked->result, VCI_FACT_TO_DATE).text
                          : "—");
    vci_document_cell(c->document,
                      interval(facts, shown, ranked->low_95, ranked->high_95).text);
    vci_document_cell(c->document,
                      interval(facts, shown, ranked->set_low, ranked->set_high).text);
    vci_document_cell(c->document, vci_probability_signs(ranked->p_quota).text);
    vci_document_cell(c->document, band_word(facts, ranked->p_quota).text);
}

static void add_heads(vci_composer *c, size_t n, const vci_text *columns) {
    for (size_t i = 0; i < n; i++)
        vci_document_cell(c->document, vci_text_get(columns[i], c->facts->language));
}

static void add_ranking(vci_composer *c, const vc_ranking *ranking) {
    static const vci_text columns[] = {
        VCI_TEXT_CLI_COLUMN_UNIT,  VCI_TEXT_CLI_COLUMN_TO_DATE, VCI_TEXT_RANKS_COLUMN_95,
        VCI_TEXT_RANKS_COLUMN_SET, VCI_TEXT_RANKS_COLUMN_QUOTA, VCI_TEXT_RANKS_COLUMN_BAND};
    const vci_facts *facts = c->facts;
    vc_frequency f = facts->run->panel.frequency;
    if (ranking->n < 2) {
        vci_document_paragraph(c->document, 1,
                               vci_sentence_fill(c->sentences, VCI_SAID_RANKS_ALONE, "name",
                                                 ranking->name, "class",
                                                 ranking->class_name, NULL));
        return;
    }
    vci_label by = ranking->by ? vci_fact_indicator(facts, ranking->by)
                               : vci_chart_say(facts->language, VCI_TEXT_RANKS_POINTS);
    vci_label end = vci_period_words(ranking->year_end, f, facts->language);
    if (ranking->by && vc_boundary_vital(facts->run, ranking->by))
        vci_compose_say(c, VCI_SAID_RANKS_VITAL);
    vci_document_paragraph(c->document, 1,
                           vci_sentence_fill(c->sentences, VCI_SAID_RANKS_RULE, "n",
                                             vci_compose_number(ranking->n).text, "quota",
                                             vci_compose_number(ranking->quota).text,
                                             NULL));
    char *title = vci_sentence_fill(c->sentences, VCI_SAID_RANKS_TABLE, "name",
                                    ranking->name, "class", ranking->class_name, "year_end",
                                    end.text, "by", by.text, NULL);
    vci_document_table(c->document, sizeof columns / sizeof *columns, 1u | 1u << 5,
                       vci_compose_numbered(c, false, title));
    add_heads(c, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; k < ranking->n; k++) add_ranked(c, ranking, &ranking->units[k]);
}

/* --- points ------------------------------------------------------------------------- */

static void add_card(vci_composer *c, const vc_scorecard *card) {
    const vci_facts *facts = c->facts;
    vci_label low = vci_number_format(card->low80, 1);
    vci_label high = vci_number_format(card->high80, 1);
    vci_document_cell(c->document, vci_fact_unit(facts, card->unit).text);
    vci_document_cell(c->document, vci_number_format(card->points, VCI_FEW_DIGITS).text);
    vci_document_cell(c->document, vci_number_format(card->expected, 1).text);
    vci_document_cell(
        c->document,
        isnan(card->low80)
            ? low.text
            : vci_chart_say(facts->language, VCI_TEXT_CLI_RANGE, low.text, high.text).text);
    vci_document_cell(c->document, vci_probability_signs(card->p_all_met).text);
    vci_document_cell(c->document, vci_probability_signs(card->p_veto).text);
}

static bool same_term(const vc_scorecard *a, const vc_scorecard *b) {
    return a->year_end == b->year_end && a->length == b->length;
}

static void add_points(vci_composer *c) {
    static const vci_text columns[] = {VCI_TEXT_POINTS_UNIT,     VCI_TEXT_POINTS_OF,
                                       VCI_TEXT_POINTS_EXPECTED, VCI_TEXT_POINTS_80,
                                       VCI_TEXT_POINTS_ALL_MET,  VCI_TEXT_POINTS_VETO};
    const vc_run *run = c->facts->run;
    for (size_t i = 0; i < run->n_scorecards; i++) {
        const vc_scorecard *card = &run->scorecards[i];
        if (i == 0 || !same_term(card, card - 1)) {
            vci_label end =
                vci_period_words(card->year_end, run->panel.frequency, c->facts->language);
            char *title = vci_sentence_fill(c->sentences, VCI_SAID_POINTS_TABLE, "year_end",
                                            end.text, NULL);
            vci_document_table(c->document, sizeof columns / sizeof *columns, 1u,
                               vci_compose_numbered(c, false, title));
            add_heads(c, sizeof columns / sizeof *columns, columns);
        }
        add_card(c, card);
    }
    if (run->n_scorecards > 0) vci_compose_note(c, VCI_SAID_POINTS_NOTE);
}

/* The chart of a ranking or scorecard, if there is one. */
static void add_chart(vci_composer *c, vc_chart_kind kind, size_t subject) {
    const vc_charts *charts = &c->facts->charts;
    for (size_t i = 0; i < charts->n; i++)
        if (charts->list[i].kind == kind && charts->list[i].subject == subject)
            vci_compose_chart(c, &charts->list[i]);
}

void vci_compose_ranks(vci_composer *c) {
    const vc_run *run = c->facts->run;
    if (run->n_rankings == 0 && run->n_scorecards == 0) return;
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_RANKS, NULL), false);
    for (size_t i = 0; i < run->n_rankings; i++) {
        add_ranking(c, &run->rankings[i]);
        add_chart(c, VC_CHART_RANKS, i);
    }
    if (run->n_rankings > 0) vci_compose_note(c, VCI_SAID_RANKS_NOTE);
    add_points(c);
    for (size_t i = 0; i < run->n_scorecards; i++) add_chart(c, VC_CHART_TORNADO, i);
}
