/* Indicator by indicator: where it stands, what can and what cannot be concluded. */
#include <math.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "report/compose_internal.h"
#include "vitalcast/boundary.h"

/* Changes of P(met) below this are noise. */
#define LITTLE 0.01

/* The rows of one indicator and term: begin .. end - 1; top: of the top unit, if any. */
typedef struct stretch {
    size_t begin, end;
    size_t top;
    vci_label term, indicator;
} stretch;

static bool find_stretch(const vci_facts *facts, const char *indicator, size_t t,
                         stretch *s) {
    size_t end = vci_term_end(facts, facts->terms[t]);
    *s = (stretch){.begin = facts->terms[t], .top = SIZE_MAX};
    while (s->begin < end &&
           strcmp(vci_fact_target(facts, facts->rows[s->begin])->indicator, indicator) != 0)
        s->begin++;
    for (s->end = s->begin; s->end < end; s->end++) {
        size_t r = facts->rows[s->end];
        if (strcmp(vci_fact_target(facts, r)->indicator, indicator) != 0) break;
        if (vci_fact_result(facts, r)->unit == facts->top_unit) s->top = r;
    }
    if (s->begin == s->end) return false;
    s->term = vci_fact_term(facts, vci_fact_target(facts, facts->rows[s->begin]));
    s->indicator = vci_fact_indicator(facts, indicator);
    return true;
}

static const char *text_of(const vci_composer *c, size_t r, vci_fact fact,
                           vci_label *room) {
    *room = vci_fact_words(c->facts, r, fact);
    return room->text;
}

/* --- the top unit ------------------------------------------------------------------- */

static char *standing(const vci_composer *c, const stretch *s) {
    const vci_facts *facts = c->facts;
    const vc_run *run = facts->run;
    size_t r = s->top;
    vci_label room[4];
    vci_label as_of = vci_period_words(run->as_of, run->panel.frequency, facts->language);
    bool small = vci_fact_mark(facts, r, VC_SPAN_TO_DATE) != VC_MARK_SHOWN;
    bool sum = vci_indicator_adds_up(run, vci_fact_target(facts, r)->indicator);
    return vci_sentence_fill(
        c->sentences,
        small ? VCI_SAID_STANDING_SMALL
        : sum ? VCI_SAID_STANDING
              : VCI_SAID_STANDING_NOW,
        "as_of", as_of.text, "place", text_of(c, r, VCI_FACT_UNIT, &room[0]), "indicator",
        s->indicator.text, "to_date", text_of(c, r, VCI_FACT_TO_DATE, &room[1]),
        "last_year", text_of(c, r, VCI_FACT_LAST_YEAR, &room[2]), "change",
        text_of(c, r, VCI_FACT_CHANGE, &room[3]), NULL);
}

/* A sentence about the outlook, or the words for who cannot see the chart. */
static char *outlook(const vci_composer *c, const stretch *s, vci_sentence sentence) {
    vci_label room[7];
    size_t r = s->top;
    return vci_sentence_fill(
        c->sentences, sentence, "place", text_of(c, r, VCI_FACT_UNIT, &room[0]),
        "indicator", s->indicator.text, "term", s->term.text, "to_date",
        text_of(c, r, VCI_FACT_TO_DATE, &room[1]), "target",
        text_of(c, r, VCI_FACT_TARGET, &room[2]), "median",
        text_of(c, r, VCI_FACT_MEDIAN, &room[3]), "interval",
        text_of(c, r, VCI_FACT_80, &room[4]), "p", text_of(c, r, VCI_FACT_P_MET, &room[5]),
        "verdict", text_of(c, r, VCI_FACT_VERDICT, &room[6]), NULL);
}

static vci_sentence outlook_of(const vci_facts *facts, size_t r) {
    bool small = vc_suppression_forecast(&facts->suppression, r) != VC_MARK_SHOWN;
    return isnan(vci_fact_result(facts, r)->p_met) ? VCI_SAID_OUTLOOK_NONE
           : small                                 ? VCI_SAID_OUTLOOK_SMALL
                                                   : VCI_SAID_OUTLOOK;
}

/* Charts of a kind about the result of the top unit. */
static void add_charts_of(vci_composer *c, vc_chart_kind kind, size_t result) {
    const vc_charts *charts = &c->facts->charts;
    for (size_t i = 0; i < charts->n; i++)
        if (charts->list[i].kind == kind && charts->list[i].result == result)
            vci_compose_chart(c, &charts->list[i]);
}

/* Its waterfall, where it is more than noise. */
static void add_change(vci_composer *c, size_t result) {
    const vc_changes *changes = &c->facts->run->changes;
    for (size_t i = 0; i < changes->n; i++)
        if (changes->list[i].result == result &&
            fabs(vci_fact_result(c->facts, result)->p_met - changes->list[i].p_before) >=
                LITTLE)
            add_charts_of(c, VC_CHART_CHANGES, result);
}

static bool is_vital(const vci_facts *facts, const stretch *s) {
    return vc_boundary_vital(facts->run,
                             vci_fact_target(facts, facts->rows[s->begin])->indicator);
}

/* "" where nothing is required, or may not be told. */
static char *required(const vci_composer *c, const stretch *s) {
    const vci_facts *facts = c->facts;
    const vc_run *run = facts->run;
    const vc_required *q = vci_fact_required_of(facts, s->top);
    if (!q || q->state != VC_REQUIRED_OPEN || !is_vital(facts, s)) /* services have tasks */
        return vci_text_copy("", 0);
    vci_label needed = vci_fact_average(facts, q);
    if (strcmp(vci_fact_required(facts, q).text, "*") == 0) return vci_text_copy("", 0);
    vci_label from = vci_period_words(q->first, run->panel.frequency, facts->language);
    bool counts = q->basis == VC_REQUIRED_COUNT || q->basis == VC_REQUIRED_NUMERATOR;
    int digits = counts ? 1 : vci_indicator_digits(run, vci_fact_target(facts, s->top));
    return vci_sentence_fill(c->sentences, VCI_SAID_REQUIRED, "from", from.text, "required",
                             needed.text, "so_far",
                             vci_number_format(q->so_far, digits).text, NULL);
}

/* --- what can be concluded ---------------------------------------------------------- */

static vci_sentence grade_sentence(const vci_facts *facts, size_t r) {
    const vc_grade *grade = &facts->grades[r];
    if (vci_fact_size_mark(facts, r) != VC_MARK_SHOWN) return VCI_SAID_GRADE_SMALL;
    if (grade->level == VC_GRADE_DECIDABLE) return VCI_SAID_GRADE_DECIDABLE;
    if (isnan(grade->needed)) return VCI_SAID_GRADE_NEVER;
    return grade->level == VC_GRADE_WEAK ? VCI_SAID_GRADE_WEAK : VCI_SAID_GRADE_NOT;
}

/* "" where there is no grade. */
static char *grade_of(const vci_composer *c, size_t r) {
    vci_label room[5];
    if (c->facts->grades[r].level == VC_GRADE_NONE) return vci_text_copy("", 0);
    return vci_sentence_fill(c->sentences, grade_sentence(c->facts, r), "n",
                             text_of(c, r, VCI_FACT_EVENTS, &room[0]), "alpha",
                             text_of(c, r, VCI_FACT_ALPHA, &room[1]), "beta",
                             text_of(c, r, VCI_FACT_BETA, &room[2]), "needed",
                             text_of(c, r, VCI_FACT_NEEDED, &room[3]), "grade",
                             text_of(c, r, VCI_FACT_GRADE, &room[4]), NULL);
}

static char *record_of(const vci_composer *c, size_t r) {
    const vc_grade *grade = &c->facts->grades[r];
    if (grade->level == VC_GRADE_NONE) return vci_text_copy("", 0);
    return vci_sentence_fill(
        c->sentences, grade->beyond_chance ? VCI_SAID_GRADE_BEYOND : VCI_SAID_GRADE_WITHIN,
        NULL);
}

/* Where it stands, the chart, what can be concluded. */
static void say_top(vci_composer *c, const stretch *s) {
    vci_markup paragraph = {0};
    vci_compose_join(c, &paragraph, standing(c, s));
    vci_compose_join(c, &paragraph, outlook(c, s, outlook_of(c->facts, s->top)));
    vci_compose_close(c, &paragraph);
    add_charts_of(c, VC_CHART_FAN, s->top);
    vci_compose_join(c, &paragraph, grade_of(c, s->top));
    vci_compose_join(c, &paragraph, record_of(c, s->top));
    vci_compose_join(c, &paragraph, required(c, s));
    vci_compose_close(c, &paragraph);
    add_charts_of(c, VC_CHART_PACE, s->top);
    add_change(c, s->top);
}

static bool is_graded(const vci_facts *facts, const stretch *s) {
    for (size_t i = s->begin; i < s->end; i++)
        if (facts->grades[facts->rows[i]].level != VC_GRADE_NONE) return true;
    return false;
}

/* Of units below the top one: how many can decide, whose record is beyond chance. */
static void say_units(vci_composer *c, const stretch *s, size_t n) {
    const vci_facts *facts = c->facts;
    size_t decidable = 0;
    vci_markup beyond = {0}, paragraph = {0};
    for (size_t i = s->begin; i < s->end; i++) {
        size_t r = facts->rows[i];
        if (r == s->top) continue;
        decidable += facts->grades[r].level == VC_GRADE_DECIDABLE;
        if (facts->grades[r].beyond_chance)
            vci_compose_name(c, &beyond, vci_fact_text(facts, r, VCI_FACT_UNIT).text);
    }
    vci_compose_join(c, &paragraph,
                     vci_sentence_fill(c->sentences, VCI_SAID_UNITS, "term", s->term.text,
                                       "n", vci_compose_number(n).text, "decidable",
                                       vci_compose_number(decidable).text, NULL));
    vci_compose_join(
        c, &paragraph,
        vci_sentence_fill(c->sentences,
                          beyond.n > 0 ? VCI_SAID_UNITS_BEYOND : VCI_SAID_UNITS_WITHIN,
                          "units", beyond.n > 0 ? beyond.text : NULL, NULL));
    vci_compose_close(c, &paragraph);
    vci_markup_free(&beyond);
}

/* The intervals of all units under one target, which the chart shows. */
static void add_caterpillar(vci_composer *c, const stretch *s) {
    const vci_facts *facts = c->facts;
    for (size_t i = 0; i < facts->charts.n; i++) {
        const vc_chart *chart = &facts->charts.list[i];
        for (size_t k = s->begin; chart->kind == VC_CHART_CATERPILLAR && k < s->end; k++)
            if (facts->rows[k] == chart->result) vci_compose_chart(c, chart);
    }
}

static void add_units(vci_composer *c, const stretch *s) {
    static const vci_fact columns[] = {
        VCI_FACT_UNIT, VCI_FACT_TO_DATE, VCI_FACT_LAST_YEAR, VCI_FACT_TARGET,
        VCI_FACT_80,   VCI_FACT_P_MET,   VCI_FACT_VERDICT,   VCI_FACT_GRADE};
    const vci_facts *facts = c->facts;
    bool graded = is_graded(facts, s);
    size_t n_columns = sizeof columns / sizeof *columns - !graded;
    size_t n = s->end - s->begin - (s->top != SIZE_MAX);
    if (n == 0) return;
    if (graded) say_units(c, s, n);
    add_caterpillar(c, s);
    const char *indicator = vci_fact_target(facts, facts->rows[s->begin])->indicator;
    vci_label unit = vci_indicator_unit(facts->run, indicator, facts->language);
    vci_compose_table(c,
                      vci_sentence_fill(c->sentences, VCI_SAID_UNITS_TABLE, "indicator",
                                        s->indicator.text, "term", s->term.text, NULL),
                      vci_text_copy(unit.text, strlen(unit.text)), n_columns, columns);
    for (size_t i = s->begin; i < s->end; i++)
        vci_compose_row(c, facts->rows[i], n_columns, columns);
}

/* --- all ---------------------------------------------------------------------------- */

static bool is_validated(const vci_facts *facts, const char *indicator) {
    for (size_t i = 0; i < facts->n_rows; i++) {
        const vc_result *result = vci_fact_result(facts, facts->rows[i]);
        if (!result->validated && !isnan(result->p_met) &&
            !strcmp(vci_fact_target(facts, facts->rows[i])->indicator, indicator))
            return false;
    }
    return true;
}

/* The event that a name counts; VC_EVENTS if it is none. */
static vc_event event_of(const char *name) {
    int e = 0;
    while (e < VC_EVENTS && strcmp(vc_event_name((vc_event)e), name) != 0) e++;
    return (vc_event)e;
}

/* Is an indicator formed of the event? */
static bool is_formed_of(const vci_facts *facts, const char *indicator, vc_event event) {
    const vc_formula *f = vci_formula_find(&facts->run->panel, indicator);
    return f && event < VC_EVENTS &&
           (f->plus == event || f->minus == event || f->over == event);
}

/* Seasons stand with the first indicator that is formed of the event. */
static void add_season(vci_composer *c, const char *indicator, const vc_chart *chart) {
    vc_event event = event_of(chart->indicator);
    if (!is_formed_of(c->facts, indicator, event) || c->seasons >> event & 1) return;
    vci_compose_chart(c, chart);
    c->seasons |= 1u << event;
}

/* Charts of the indicator as a whole: the last year's trend, size and chance, the season.
 */
static void add_wholes(vci_composer *c, const char *indicator) {
    const vci_facts *facts = c->facts;
    const vc_chart *trend = NULL;
    for (size_t i = 0; i < facts->charts.n; i++) {
        const vc_chart *chart = &facts->charts.list[i];
        if (chart->kind == VC_CHART_TREND && !strcmp(chart->indicator, indicator))
            trend = chart;
    }
    if (trend) vci_compose_chart(c, trend);
    for (size_t i = 0; i < facts->charts.n; i++) {
        const vc_chart *chart = &facts->charts.list[i];
        if (chart->kind == VC_CHART_FUNNEL && !strcmp(chart->indicator, indicator))
            vci_compose_chart(c, chart);
        if (chart->kind == VC_CHART_SEASONAL) add_season(c, indicator, chart);
    }
}

static void add_indicator(vci_composer *c, const char *indicator) {
    const vci_facts *facts = c->facts;
    stretch s;
    bool known = false, graded = false;
    for (size_t t = 0; t < facts->n_terms; t++)
        known = find_stretch(facts, indicator, t, &s) || known;
    if (!known) return;
    vci_label name = vci_indicator_name(facts->run, indicator, facts->language);
    vci_compose_heading(c, 2, vci_text_copy(name.text, strlen(name.text)), false);
    for (size_t t = 0; t < facts->n_terms; t++) {
        if (!find_stretch(facts, indicator, t, &s)) continue;
        graded = graded || is_graded(facts, &s);
        if (s.top != SIZE_MAX) say_top(c, &s);
    }
    if (!graded && vc_boundary_service(facts->run, indicator))
        vci_compose_note(c, VCI_SAID_GRADE_SERVICE);
    if (!is_validated(facts, indicator)) vci_compose_note(c, VCI_SAID_NOT_VALIDATED);
    for (size_t t = 0; t < facts->n_terms; t++)
        if (find_stretch(facts, indicator, t, &s)) add_units(c, &s);
    add_wholes(c, indicator);
}

void vci_compose_indicators(vci_composer *c) {
    const vci_facts *facts = c->facts;
    if (facts->n_rows == 0) return;
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_INDICATORS, NULL),
                        false);
    for (size_t i = 0; i < facts->n_indicators; i++) add_indicator(c, facts->indicators[i]);
    if (facts->n_hidden > 0)
        vci_document_paragraph(c->document, 2,
                               vci_sentence_fill(c->sentences, VCI_SAID_UNITS_HIDDEN, "n",
                                                 vci_compose_number(facts->n_hidden).text,
                                                 NULL));
}
