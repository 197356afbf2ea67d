#include "report/compose_internal.h"

#include <stdio.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"

#define LONGEST_NAME 80 /* characters of a file name without its extension */
#define LONGEST_ALT 600

/* P(met) up to which a target counts as unlikely in the summary. */
#define UNLIKELY_UP_TO 0.2

/* --- what sections share ------------------------------------------------------------ */

/* Of what does not begin a block: there the document sees to it. */
static void capitalise(const vci_composer *c, char *text) {
    if (c->facts->language == VC_ENGLISH && text && *text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
}

/* The n-th of words with blanks between them, 1-based. */
static vci_label number_word(size_t n, vc_language language) {
    vci_label label;
    const char *words = vci_text_get(VCI_TEXT_REPORT_DIGITS, language);
    for (; n > 1 && *words; n--)
        words += strcspn(words, " ") + (strchr(words, ' ') != NULL);
    snprintf(label.text, sizeof label.text, "%.*s", (int)strcspn(words, " "), words);
    return label;
}

/* Level 1: "一、", level 2: "（一）", as documents are numbered. */
void vci_compose_heading(vci_composer *c, unsigned level, char *text, bool slide) {
    vc_language language = c->facts->language;
    c->heading[level - 1]++;
    capitalise(c, text);
    if (level == 1) c->heading[1] = 0;
    vci_label first = number_word(c->heading[0], language), label;
    if (level == 1)
        label = vci_chart_say(language, VCI_TEXT_REPORT_HEADING_1, first.text,
                              text ? text : "");
    else
        label = vci_chart_say(language, VCI_TEXT_REPORT_HEADING_2, first.text,
                              number_word(c->heading[1], language).text, text ? text : "");
    vci_document_heading(c->document, level,
                         text ? vci_text_copy(label.text, strlen(label.text)) : NULL);
    if (c->document->st == VC_OK) c->document->blocks[c->document->n - 1].slide = slide;
    vci_free(text);
}

void vci_compose_say(vci_composer *c, vci_sentence sentence) {
    vci_document_paragraph(c->document, 1, vci_sentence_fill(c->sentences, sentence, NULL));
}

void vci_compose_note(vci_composer *c, vci_sentence sentence) {
    vci_document_paragraph(c->document, 2, vci_sentence_fill(c->sentences, sentence, NULL));
}

void vci_compose_join(const vci_composer *c, vci_markup *paragraph, char *sentence) {
    if (!sentence) paragraph->failed = true;
    if (!sentence || !*sentence) goto out;
    capitalise(c, sentence);
    if (paragraph->n > 0 && c->facts->language == VC_ENGLISH)
        vci_markup_raw(paragraph, " ", 1);
    vci_markup_raw(paragraph, sentence, strlen(sentence));
out:
    vci_free(sentence);
}

void vci_compose_close(vci_composer *c, vci_markup *paragraph) {
    if (paragraph->n > 0 || paragraph->failed)
        vci_document_paragraph(c->document, 1, vci_markup_take(paragraph));
}

vci_label vci_compose_place(const vci_facts *facts) {
    const vc_run *run = facts->run;
    const char *name = run->settings.name
                           ? run->settings.name
                           : run->panel.tree.units[run->panel.tree.root].name;
    return vci_label_fit(name, 60);
}

char *vci_compose_numbered(vci_composer *c, bool figure, char *text) {
    size_t n = figure ? ++c->n_figures : ++c->n_tables;
    char *numbered = NULL;
    vci_label label = vci_chart_say(
        c->facts->language, figure ? VCI_TEXT_REPORT_FIGURE : VCI_TEXT_REPORT_TABLE, n, "");
    capitalise(c, text);
    if (text) numbered = vci_text_format("%s%s", label.text, text);
    vci_free(text);
    return numbered;
}

static char *figure_title(const vci_composer *c, const vc_chart *chart) {
    static const vci_sentence titles[VC_CHART_KINDS] = {
        [VC_CHART_VERDICT] = VCI_SAID_FIGURE_VERDICT,
        [VC_CHART_FAN] = VCI_SAID_FIGURE_FAN,
        [VC_CHART_CATERPILLAR] = VCI_SAID_FIGURE_CATERPILLAR,
        [VC_CHART_TREND] = VCI_SAID_FIGURE_TREND,
        [VC_CHART_PACE] = VCI_SAID_FIGURE_PACE,
        [VC_CHART_RANKS] = VCI_SAID_FIGURE_RANKS,
        [VC_CHART_FUNNEL] = VCI_SAID_FIGURE_FUNNEL,
        [VC_CHART_SEASONAL] = VCI_SAID_FIGURE_SEASONAL,
        [VC_CHART_TORNADO] = VCI_SAID_FIGURE_TORNADO,
        [VC_CHART_CHANGES] = VCI_SAID_FIGURE_CHANGES};
    const vci_facts *facts = c->facts;
    vc_frequency f = facts->run->panel.frequency;
    vci_label unit = chart->unit < facts->run->panel.tree.n
                         ? vci_fact_unit(facts, chart->unit)
                         : vci_compose_place(facts);
    vci_label indicator = chart->indicator
                              ? vci_fact_indicator(facts, chart->indicator)
                              : vci_chart_say(facts->language, VCI_TEXT_RANKS_POINTS);
    vci_label term = {"—"};
    if (chart->result < facts->run->n_results)
        term = vci_fact_term(facts, vci_fact_target(facts, chart->result));
    else if (chart->year_end != VC_NO_PERIOD)
        term = vci_year_words(chart->year_end, f, facts->language);
    return vci_sentence_fill(c->sentences, titles[chart->kind], "unit", unit.text,
                             "indicator", indicator.text, "term", term.text, NULL);
}

void vci_compose_chart(vci_composer *c, const vc_chart *chart) {
    vci_drawn *figure = vci_document_figure(
        c->document, vci_compose_numbered(c, true, figure_title(c, chart)), NULL);
    if (figure) figure->chart = *chart;
}

/* What a figure shows, for who cannot see it. */
static vc_status say_figure(const vci_composer *c, vci_drawn *figure) {
    vc_status st = VC_OK;
    vc_chart_words words;
    VC_TRY(vc_chart_say(c->facts->run, &figure->chart, c->facts->language, &words));
    vci_free(figure->alt);
    figure->alt = vci_text_shown(words.alt, LONGEST_ALT);
    if (!figure->alt) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}

/* Several at a time; one that failed again on this thread, which then has its detail. */
static vc_status say_figures(const vci_composer *c) {
    vc_status st = VC_OK, *one = NULL;
    vci_document *d = c->document;
    VC_NEW(one, d->n);
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < d->n; i++)
        if (d->blocks[i].kind == VCI_BLOCK_FIGURE)
            one[i] = say_figure(c, &d->blocks[i].figure);
    for (size_t i = 0; i < d->n; i++)
        if (one[i] != VC_OK) VC_TRY(say_figure(c, &d->blocks[i].figure));
out:
    vci_free(one);
    return st;
}

vci_table *vci_compose_table(vci_composer *c, char *title, char *unit, size_t n,
                             const vci_fact *facts) {
    unsigned left = 0;
    for (size_t i = 0; i < n; i++)
        if (facts[i] == VCI_FACT_UNIT || facts[i] == VCI_FACT_YEAR_END ||
            facts[i] == VCI_FACT_INDICATOR || facts[i] == VCI_FACT_VERDICT ||
            facts[i] == VCI_FACT_GRADE || facts[i] == VCI_FACT_RECORD ||
            facts[i] == VCI_FACT_DEPARTMENT || facts[i] == VCI_FACT_STATUS)
            left |= 1u << i;
    vci_table *table =
        vci_document_table(c->document, n, left, vci_compose_numbered(c, false, title));
    if (table)
        table->unit = unit;
    else
        vci_free(unit);
    for (size_t i = 0; i < n; i++)
        vci_document_cell(c->document,
                          vci_text_get(vci_fact_heading(facts[i]), c->facts->language));
    return table;
}

void vci_compose_row(vci_composer *c, size_t result, size_t n, const vci_fact *facts) {
    for (size_t i = 0; i < n; i++)
        vci_document_toned(c->document, vci_fact_text(c->facts, result, facts[i]).text,
                           vci_fact_tone(c->facts, result, facts[i]));
}

void vci_compose_name(const vci_composer *c, vci_markup *list, const char *name) {
    vci_markup_add(
        list, "%s%s",
        list->n > 0 ? vci_text_get(VCI_TEXT_CLI_LIST_SEPARATOR, c->facts->language) : "",
        name);
}

bool vci_compose_leads(const vci_composer *c, size_t result) {
    const vc_run *run = c->facts->run;
    return run->panel.tree.units[run->results[result].unit].level == c->facts->top;
}

vci_tally_of_term vci_compose_tally(const vci_composer *c, size_t begin, size_t end) {
    vci_tally_of_term tally = {0};
    for (size_t i = begin; i < end; i++) {
        size_t r = c->facts->rows[i];
        double p = vci_fact_result(c->facts, r)->p_met;
        if (!vci_compose_leads(c, r)) continue;
        tally.likely += p >= VCI_LIKELY_FROM;
        tally.unlikely += p <= UNLIKELY_UP_TO;
        tally.open += p > UNLIKELY_UP_TO && p < VCI_LIKELY_FROM;
        tally.unknown += p != p;
    }
    return tally;
}

vci_label vci_compose_number(size_t number) {
    vci_label label;
    snprintf(label.text, sizeof label.text, "%zu", number);
    return label;
}

/* --- title -------------------------------------------------------------------------- */

/* "2013年上半年": what of the calendar year the data cover. */
static char *period_text(const vci_facts *facts, const vci_sentences *sentences) {
    vc_frequency f = facts->run->panel.frequency;
    vc_period as_of = facts->run->as_of;
    int in_year = vc_period_in_year(as_of, f), last = (int)f - 1;
    char year[16];
    snprintf(year, sizeof year, "%d", vc_period_year(as_of, f));
    vci_label first_word = vci_period_in_year_words(as_of - in_year, f, facts->language);
    vci_label last_word = vci_period_in_year_words(as_of, f, facts->language);
    vci_sentence sentence = in_year == last               ? VCI_SAID_PERIOD_YEAR
                            : 2 * (in_year + 1) == (int)f ? VCI_SAID_PERIOD_HALF
                            : in_year == 0                ? VCI_SAID_PERIOD_FIRST
                                                          : VCI_SAID_PERIOD_SPAN;
    return vci_sentence_fill(sentences, sentence, "year", year, "first", first_word.text,
                             "last", last_word.text, NULL);
}

static char *titled(const vci_facts *facts, const vci_sentences *sentences,
                    vci_sentence sentence) {
    char *period = period_text(facts, sentences), *text = NULL;
    if (period)
        text = vci_sentence_fill(sentences, sentence, "place",
                                 vci_compose_place(facts).text, "period", period, NULL);
    vci_free(period);
    return text;
}

char *vci_report_name(const vci_facts *facts, const vci_sentences *sentences) {
    char *text = titled(facts, sentences, VCI_SAID_FILE_NAME), *name = NULL;
    if (text) name = vci_text_shown(text, LONGEST_NAME);
    vci_free(text);
    for (char *c = name; c && *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (c == name && (*c == '.' || *c == '-'))) *c = '_';
    if (name && !*name) {
        vci_free(name);
        name = vci_text_copy("report", strlen("report"));
    }
    return name;
}

static const char *basis_word(const vci_facts *facts) {
    bool resident = strcmp(facts->run->settings.basis, "resident") == 0;
    return vci_text_get(resident ? VCI_TEXT_CLI_RESIDENT : VCI_TEXT_CLI_REGISTERED,
                        facts->language);
}

/* What is supposed comes first: such a report must not pass for a forecast. */
static void set_notice(const vci_composer *c) {
    const vc_run *run = c->facts->run;
    vci_markup notice = {0};
    char *scenario = NULL, *synthetic = NULL;
    if (run->scenario.n > 0) {
        scenario = vci_sentence_fill(c->sentences, VCI_SAID_SCENARIO, "name",
                                     run->scenario.name ? run->scenario.name : "—", NULL);
        vci_markup_add(&notice, "%s ", scenario ? scenario : "");
    }
    if (run->settings.synthetic) {
        synthetic = vci_sentence_fill(c->sentences, VCI_SAID_SYNTHETIC, NULL);
        vci_markup_add(&notice, "%s", synthetic ? synthetic : "");
    }
    if (notice.n > 0) c->document->notice = vci_markup_take(&notice);
    vci_free(scenario);
    vci_free(synthetic);
}

static vc_status set_title(const vci_composer *c) {
    vc_status st = VC_OK;
    const vci_facts *facts = c->facts;
    const vc_run *run = facts->run;
    vci_document *d = c->document;
    vci_label as_of = vci_period_words(run->as_of, run->panel.frequency, facts->language);
    d->title = titled(facts, c->sentences, VCI_SAID_TITLE);
    d->subtitle = vci_sentence_fill(
        c->sentences, run->settings.basis ? VCI_SAID_SUBTITLE : VCI_SAID_SUBTITLE_PLAIN,
        "as_of", as_of.text, "basis", run->settings.basis ? basis_word(facts) : NULL, "run",
        *run->id ? run->id : NULL, NULL);
    d->boundary = vci_sentence_fill(c->sentences, VCI_SAID_BOUNDARY, NULL);
    set_notice(c);
    if (!d->title || !d->subtitle || !d->boundary) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}

vc_status vci_report_compose(const vci_facts *facts, const vci_sentences *sentences,
                             const vci_run_track *track, vci_document *document) {
    vc_status st = VC_OK;
    vci_composer c = {
        .facts = facts, .sentences = sentences, .track = track, .document = document};
    document->language = facts->language;
    VC_TRY(set_title(&c));
    vci_compose_leaders(&c);
    vci_compose_indicators(&c);
    vci_compose_ranks(&c);
    vci_compose_lists(&c);
    vci_compose_quality(&c);
    vci_compose_track(&c);
    vci_compose_method(&c);
    vci_compose_provenance(&c);
    VC_TRY(document->st);
    VC_TRY(say_figures(&c));
out:
    return st;
}
