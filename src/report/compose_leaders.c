/* One page for leaders: where the targets stand, what changed, what to discuss. */
#include <math.h>
#include <stdio.h>

#include "assess/change_internal.h"
#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "report/compose_internal.h"
#include "vitalcast/boundary.h"

/* More rows than these are no overview: the picture of all units shows them. */
#define MOST_ROWS 24

/* Changes of P(met) below this are told together. */
#define LITTLE 0.05

/* --- where the targets stand -------------------------------------------------------- */

static const vci_fact COLUMNS[] = {VCI_FACT_YEAR_END, VCI_FACT_INDICATOR, VCI_FACT_TO_DATE,
                                   VCI_FACT_CHANGE,   VCI_FACT_TARGET,    VCI_FACT_80,
                                   VCI_FACT_P_MET,    VCI_FACT_VERDICT};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static void say_summary(vci_composer *c, size_t begin, size_t end) {
    const vci_facts *facts = c->facts;
    vci_tally_of_term t = vci_compose_tally(c, begin, end);
    vci_label place = vci_compose_place(facts);
    vci_label term = vci_fact_term(facts, vci_fact_target(facts, facts->rows[begin]));
    size_t n = t.likely + t.open + t.unlikely;
    if (n + t.unknown == 0) return;
    vci_document_paragraph(c->document, 1,
                           vci_sentence_fill(c->sentences, VCI_SAID_SUMMARY, "place",
                                             place.text, "term", term.text, "n",
                                             vci_compose_number(n).text, "likely",
                                             vci_compose_number(t.likely).text, "open",
                                             vci_compose_number(t.open).text, "unlikely",
                                             vci_compose_number(t.unlikely).text, NULL));
    if (t.unknown == 0) return;
    vci_document_paragraph(c->document, 1,
                           vci_sentence_fill(c->sentences, VCI_SAID_SUMMARY_UNKNOWN, "n",
                                             vci_compose_number(t.unknown).text, NULL));
}

/* All years of the top unit in one table. */
static void add_table(vci_composer *c) {
    const vci_facts *facts = c->facts;
    if (facts->n_top == 0 || facts->n_top > MOST_ROWS || facts->top_unit == SIZE_MAX)
        return;
    char *title = vci_sentence_fill(c->sentences, VCI_SAID_LEADERS_TABLE, "place",
                                    vci_fact_unit(facts, facts->top_unit).text, NULL);
    vci_compose_table(c, title,
                      vci_sentence_fill(c->sentences, VCI_SAID_LEADERS_UNIT, NULL),
                      N_COLUMNS, COLUMNS);
    for (size_t i = 0; i < facts->n_rows; i++)
        if (vci_compose_leads(c, facts->rows[i]))
            vci_compose_row(c, facts->rows[i], N_COLUMNS, COLUMNS);
}

/* --- what changed ------------------------------------------------------------------- */

/* The step that moved most. */
static vc_change_step main_step(const vc_changed *x) {
    int best = 0;
    for (int s = 1; s < VC_CHANGE_STEPS; s++)
        if (fabs(x->p_step[s]) > fabs(x->p_step[best])) best = s;
    return (vc_change_step)best;
}

static vci_label step_word(const vci_composer *c, vc_change_step step) {
    vci_text words = vci_change_words(step, c->facts->run->panel.frequency);
    return vci_label_fit(vci_text_get(words, c->facts->language), 60);
}

static vci_label points(double share) {
    vci_label label = vci_number_format(100 * share, 1), plus;
    if (!(100 * share >= 0.05)) return label;
    snprintf(plus.text, sizeof plus.text, "+%.60s", label.text);
    return plus;
}

static char *changed_text(const vci_composer *c, const vc_changed *x) {
    const vci_facts *facts = c->facts;
    double now = vci_fact_result(facts, x->result)->p_met;
    vc_change_step step = main_step(x);
    return vci_sentence_fill(
        c->sentences, VCI_SAID_CHANGED, "indicator",
        vci_fact_text(facts, x->result, VCI_FACT_INDICATOR).text, "term",
        vci_fact_term(facts, vci_fact_target(facts, x->result)).text, "before",
        vci_probability_signs(x->p_before).text, "now", vci_probability_signs(now).text,
        "points", points(now - x->p_before).text, "step", step_word(c, step).text,
        "step_points", points(x->p_step[step]).text, NULL);
}

/* Counts of the new periods beside what was expected. */
static void join_news(const vci_composer *c, vci_markup *paragraph) {
    static const vci_text events[VC_EVENTS] = {
        [VC_BIRTHS] = VCI_TEXT_CHANGE_BIRTHS, [VC_DEATHS] = VCI_TEXT_CHANGE_DEATHS};
    const vc_run *run = c->facts->run;
    size_t root = run->panel.tree.root;
    for (size_t i = 0; i < run->changes.n_news; i++) {
        const vc_news *news = &run->changes.news[i];
        if ((news->event != VC_BIRTHS && news->event != VC_DEATHS) || news->incomplete ||
            !vc_suppression_tells(&c->facts->suppression, vc_event_name(news->event), root,
                                  news->period, news->period))
            continue;
        vci_label period =
            vci_period_words(news->period, run->panel.frequency, c->facts->language);
        vci_compose_join(
            c, paragraph,
            vci_sentence_fill(c->sentences, VCI_SAID_NEWS, "period", period.text, "place",
                              vci_fact_unit(c->facts, root).text, "event",
                              vci_text_get(events[news->event], c->facts->language),
                              "observed", vci_number_format(news->observed, 0).text,
                              "expected", vci_number_format(round(news->expected), 0).text,
                              "low", vci_number_format(news->low_80, 0).text, "high",
                              vci_number_format(news->high_80, 0).text, NULL));
    }
}

/* The leading results that changed, and how many others there are. */
static void join_changed(const vci_composer *c, vci_markup *paragraph) {
    const vc_changes *changes = &c->facts->run->changes;
    size_t n = 0, n_little = 0;
    for (size_t i = 0; i < changes->n; i++) {
        const vc_changed *x = &changes->list[i];
        double change = vci_fact_result(c->facts, x->result)->p_met - x->p_before;
        if (!vci_compose_leads(c, x->result) || isnan(change)) continue;
        n++;
        if (fabs(change) < LITTLE)
            n_little++;
        else
            vci_compose_join(c, paragraph, changed_text(c, x));
    }
    if (n_little > 0 || n == 0)
        vci_compose_join(c, paragraph,
                         vci_sentence_fill(c->sentences,
                                           n_little > 0 ? VCI_SAID_CHANGED_LITTLE
                                                        : VCI_SAID_CHANGES_NONE,
                                           "n", vci_compose_number(n_little).text, "points",
                                           vci_number_format(100 * LITTLE, 0).text, NULL));
}

static void add_changes(vci_composer *c) {
    const vci_facts *facts = c->facts;
    const vc_changes *changes = &facts->run->changes;
    vci_markup paragraph = {0};
    if (!changes->before) {
        vci_compose_note(c, VCI_SAID_NO_EARLIER);
        return;
    }
    vci_compose_heading(c, 2, vci_sentence_fill(c->sentences, VCI_SAID_CHANGES, NULL),
                        true);
    vci_label as_of =
        vci_period_words(changes->as_of, facts->run->panel.frequency, facts->language);
    vci_compose_join(c, &paragraph,
                     vci_sentence_fill(c->sentences, VCI_SAID_CHANGES_SINCE, "as_of",
                                       as_of.text, "run", changes->before, NULL));
    join_news(c, &paragraph);
    join_changed(c, &paragraph);
    vci_compose_close(c, &paragraph);
}

/* --- what to discuss ---------------------------------------------------------------- */

static bool is_vital(const vci_composer *c, size_t r) {
    return vc_boundary_vital(c->facts->run, vci_fact_target(c->facts, r)->indicator);
}

/* The rows of an indicator in a term; the end comes back. */
static size_t find_rows(const vci_facts *facts, const char *indicator, size_t term,
                        size_t *begin) {
    size_t end = vci_term_end(facts, facts->terms[term]), i = facts->terms[term];
    while (i < end && strcmp(vci_fact_target(facts, facts->rows[i])->indicator, indicator))
        i++;
    *begin = i;
    while (i < end && !strcmp(vci_fact_target(facts, facts->rows[i])->indicator, indicator))
        i++;
    return i;
}

/* Missed so far but likely to be met, as quotas are in mid-year: no question. */
static bool is_likely(const vci_facts *facts, size_t r) {
    return vci_fact_result(facts, r)->p_met >= VCI_LIKELY_FROM;
}

/* Where the top unit stands in a year that is a problem: a part of a sentence. */
static void add_standing(const vci_composer *c, size_t r, vci_markup *standings) {
    const vci_facts *facts = c->facts;
    const vc_problem *problem = vci_fact_problem(facts, r);
    if (!problem || problem->watch || is_likely(facts, r) || !vci_compose_leads(c, r))
        return;
    bool small = vci_fact_mark(facts, r, VC_SPAN_TO_DATE) != VC_MARK_SHOWN;
    vc_year term = vc_target_term(vci_fact_target(facts, r), facts->run->panel.frequency);
    char *text = vci_sentence_fill(
        c->sentences, small ? VCI_SAID_QUESTION_STANDING_SMALL : VCI_SAID_QUESTION_STANDING,
        "year_end",
        vci_period_words(term.end, facts->run->panel.frequency, facts->language).text,
        "to_date", vci_fact_text(facts, r, VCI_FACT_TO_DATE).text, "target",
        vci_fact_words(facts, r, VCI_FACT_TARGET).text, "p",
        vci_fact_words(facts, r, VCI_FACT_P_MET).text, "verdict",
        vci_fact_text(facts, r, VCI_FACT_VERDICT).text, NULL);
    vci_markup_add(
        standings, "%s%s",
        standings->n > 0 ? vci_text_get(VCI_TEXT_CHANGE_SEPARATOR, facts->language) : "",
        text ? text : "");
    if (!text) standings->failed = true;
    vci_free(text);
}

/* One question for all years in which the top unit has a problem with an indicator. */
static void ask_of_top(vci_composer *c, const char *indicator) {
    const vci_facts *facts = c->facts;
    vci_markup standings = {0};
    size_t last = SIZE_MAX;
    for (size_t t = 0; t < facts->n_terms; t++) {
        size_t i, end = find_rows(facts, indicator, t, &i);
        for (; i < end; i++) {
            size_t n = standings.n;
            add_standing(c, facts->rows[i], &standings);
            if (standings.n > n) last = facts->rows[i];
        }
    }
    if (last != SIZE_MAX)
        vci_document_item(
            c->document,
            vci_sentence_fill(c->sentences,
                              is_vital(c, last) ? VCI_SAID_QUESTION_VITAL
                                                : VCI_SAID_QUESTION_SERVICE,
                              "indicator", vci_fact_indicator(facts, indicator).text,
                              "standings", standings.text, "department",
                              vci_fact_text(facts, last, VCI_FACT_DEPARTMENT).text, NULL));
    vci_markup_free(&standings);
}

/* Is a lower unit to be asked about in any term: a record beyond chance, a service's gap?
 */
static bool is_asked(const vci_composer *c, const char *indicator, size_t unit) {
    const vci_facts *facts = c->facts;
    for (size_t t = 0; t < facts->n_terms; t++) {
        size_t i, end = find_rows(facts, indicator, t, &i);
        for (; i < end; i++) {
            size_t r = facts->rows[i];
            if (vci_fact_result(facts, r)->unit != unit || vci_compose_leads(c, r))
                continue;
            if (is_vital(c, r) ? facts->grades[r].beyond_chance
                               : vci_fact_problem(facts, r) && !is_likely(facts, r))
                return true;
        }
    }
    return false;
}

/* Lower units that have a target for an indicator. */
static size_t below_top(const vci_composer *c, const char *indicator) {
    size_t most = 0;
    for (size_t t = 0; t < c->facts->n_terms; t++) {
        size_t i, n = 0, end = find_rows(c->facts, indicator, t, &i);
        for (; i < end; i++) n += !vci_compose_leads(c, c->facts->rows[i]);
        if (n > most) most = n;
    }
    return most;
}

/* Lower units of one indicator together, each once for all terms. */
static void ask_of_units(vci_composer *c, const char *indicator) {
    const vci_facts *facts = c->facts;
    const vc_run *run = facts->run;
    bool vital = vc_boundary_vital(run, indicator);
    vci_markup names = {0};
    size_t n = 0;
    for (size_t u = 0; u < run->panel.tree.n; u++) {
        if (!is_asked(c, indicator, u)) continue;
        vci_compose_name(c, &names, vci_fact_unit(facts, u).text);
        n++;
    }
    if (n > 0)
        vci_document_item(
            c->document,
            vci_sentence_fill(c->sentences,
                              vital                          ? VCI_SAID_QUESTION_BEYOND
                              : n == below_top(c, indicator) ? VCI_SAID_QUESTION_ALL
                                                             : VCI_SAID_QUESTION_UNITS,
                              "indicator", vci_fact_indicator(facts, indicator).text, "n",
                              vci_compose_number(n).text, "units", names.text, NULL));
    vci_markup_free(&names);
}

static void add_questions(vci_composer *c) {
    const vci_facts *facts = c->facts;
    size_t before;
    vci_compose_heading(c, 2, vci_sentence_fill(c->sentences, VCI_SAID_QUESTIONS, NULL),
                        true);
    before = c->document->n;
    for (size_t i = 0; i < facts->n_indicators; i++) {
        ask_of_top(c, facts->indicators[i]);
        ask_of_units(c, facts->indicators[i]);
    }
    if (facts->run->n_warnings > 0)
        vci_document_item(c->document,
                          vci_sentence_fill(c->sentences, VCI_SAID_QUESTION_DATA, "n",
                                            vci_compose_number(facts->run->n_warnings).text,
                                            NULL));
    if (c->document->n == before) vci_compose_say(c, VCI_SAID_QUESTION_NONE);
    vci_compose_note(c, VCI_SAID_CHANCE);
}

/* --- all units at a glance ---------------------------------------------------------- */

void vci_compose_leaders(vci_composer *c) {
    const vci_facts *facts = c->facts;
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_LEADERS, NULL),
                        true);
    if (facts->n_rows == 0)
        vci_document_paragraph(c->document, 1,
                               vci_sentence_fill(c->sentences, VCI_SAID_NO_TARGETS, "place",
                                                 vci_compose_place(facts).text, NULL));
    for (size_t t = 0; t < facts->n_terms; t++)
        say_summary(c, facts->terms[t], vci_term_end(facts, facts->terms[t]));
    add_table(c);
    if (facts->n_rows > 0) vci_compose_note(c, VCI_SAID_LEADERS_NOTE);
    add_changes(c);
    add_questions(c);
    vci_document_page(c->document);
    for (size_t i = 0; i < facts->charts.n; i++)
        if (facts->charts.list[i].kind == VC_CHART_VERDICT)
            vci_compose_chart(c, &facts->charts.list[i]);
}
