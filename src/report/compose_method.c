/* Data quality, how right we have been, method, provenance. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "chart/wording_internal.h"
#include "core/memory_internal.h"
#include "core/sha256_internal.h"
#include "quality/words_internal.h"
#include "report/compose_internal.h"

/* So many warnings are listed; show has them all. */
#define MOST_WARNINGS 30
#define LONGEST_WARNING 300 /* characters */
#define MOST_LOOKS 20

/* --- data quality ------------------------------------------------------------------- */

static void say_number(vci_composer *c, unsigned level, vci_sentence sentence, size_t n) {
    vci_document_paragraph(
        c->document, level,
        vci_sentence_fill(c->sentences, sentence, "n", vci_compose_number(n).text, NULL));
}

static void add_look(vci_composer *c, const vc_quality_check *check, bool told) {
    const vc_panel *panel = &c->facts->run->panel;
    vci_quality_figures f = vci_quality_figures_make(check, panel->frequency);
    char *words = vci_quality_words(check, c->facts->language);
    vci_document_cell(c->document, vci_fact_unit(c->facts, check->unit).text);
    vci_document_cell(c->document, words ? words : "");
    vci_document_cell(c->document, f.period);
    vci_document_cell(c->document, told ? f.seen : "*");
    vci_document_cell(c->document, told ? f.honest : "*");
    vci_free(words);
}

static void add_looks(vci_composer *c) {
    static const vci_text heading[] = {
        VCI_TEXT_CLI_COLUMN_UNIT, VCI_TEXT_QUALITY_COLUMN_WHAT,
        VCI_TEXT_QUALITY_COLUMN_PERIOD, VCI_TEXT_QUALITY_COLUMN_SEEN,
        VCI_TEXT_QUALITY_COLUMN_HONEST};
    enum { N = sizeof heading / sizeof *heading };
    const vci_looks *looks = &c->facts->looks;
    if (looks->n == 0) return;
    vci_document_table(
        c->document, N, 7u,
        vci_compose_numbered(c, false,
                             vci_sentence_fill(c->sentences, VCI_SAID_LOOKS_TABLE, NULL)));
    for (size_t i = 0; i < N; i++)
        vci_document_cell(c->document, vci_text_get(heading[i], c->facts->language));
    for (size_t i = 0; i < looks->n && i < MOST_LOOKS; i++)
        add_look(c, looks->list[i], looks->told[i]);
    if (looks->n > MOST_LOOKS) say_number(c, 2, VCI_SAID_LOOKS_MORE, looks->n - MOST_LOOKS);
}

/* Where the figures deserve a second look. */
static void compose_looks(vci_composer *c) {
    const vci_looks *looks = &c->facts->looks;
    bool none = looks->quality.n_found == 0;
    vci_label tests = vci_compose_number(looks->quality.n_tests);
    if (looks->quality.n == 0) return;
    vci_document_paragraph(
        c->document, 1,
        none ? vci_sentence_fill(c->sentences, VCI_SAID_LOOKS_NONE, "tests", tests.text,
                                 NULL)
             : vci_sentence_fill(c->sentences, VCI_SAID_LOOKS, "n",
                                 vci_compose_number(looks->quality.n_found).text, "tests",
                                 tests.text, NULL));
    if (none) return;
    add_looks(c);
    if (looks->n_withheld > 0) say_number(c, 2, VCI_SAID_LOOKS_WITHHELD, looks->n_withheld);
    vci_compose_note(c, VCI_SAID_LOOKS_NOTE);
}

void vci_compose_quality(vci_composer *c) {
    const vc_run *run = c->facts->run;
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_QUALITY, NULL),
                        true);
    if (run->n_warnings == 0) vci_compose_say(c, VCI_SAID_QUALITY_NONE);
    if (run->n_warnings > 0) say_number(c, 1, VCI_SAID_QUALITY_SOME, run->n_warnings);
    for (size_t i = 0; i < run->n_warnings && i < MOST_WARNINGS; i++)
        vci_document_item(c->document,
                          vci_text_shown(run->warnings[i].text, LONGEST_WARNING));
    if (run->n_warnings > MOST_WARNINGS)
        say_number(c, 2, VCI_SAID_QUALITY_MORE, run->n_warnings - MOST_WARNINGS);
    compose_looks(c);
    vci_document_paragraph(
        c->document, 2,
        vci_sentence_fill(c->sentences, VCI_SAID_SMALL_CELLS, "min_cell",
                          vci_number_format(run->settings.min_cell, 0).text, NULL));
}

/* --- how right we have been --------------------------------------------------------- */

static vci_label percent_text(double percent) {
    vci_label label = vci_number_format(percent, 0);
    strcat(label.text, "%");
    return label;
}

static void say_came(vci_composer *c, const vci_track_line *line) {
    const vc_calibration *k = &line->calibration;
    size_t hits = (size_t)(k->frequency * (double)k->n + 0.5);
    vci_document_item(c->document,
                      vci_sentence_fill(c->sentences, VCI_SAID_TRACK_CAME, "said",
                                        percent_text(10 * (double)line->tenth).text, "came",
                                        percent_text(100 * k->frequency).text, "hits",
                                        vci_compose_number(hits).text, "n",
                                        vci_compose_number(k->n).text, "years",
                                        vci_compose_number(k->n_years).text, "target",
                                        c->track->track.targets[line->target].id, NULL));
}

static void say_line(vci_composer *c, const vci_track_line *line) {
    const vc_track *track = &c->track->track;
    double change = line->compared ? 100 * line->skill.difference / line->skill.other : 0.0;
    vci_sentence sentence = !line->compared ? VCI_SAID_TRACK_ALONE
                            : change <= 0   ? VCI_SAID_TRACK_LOWER
                                            : VCI_SAID_TRACK_HIGHER;
    size_t years = line->compared ? line->skill.n_years : line->n_years;
    vci_document_item(
        c->document,
        vci_sentence_fill(
            c->sentences, sentence, "indicator",
            vci_fact_indicator(c->facts, track->indicators[line->indicator]).text, "level",
            vci_compose_number(line->level).text, "years", vci_compose_number(years).text,
            "percent", percent_text(fabs(change)).text, "rule",
            vci_forecaster_text(line->rule, c->facts->language), "better",
            vci_compose_number(line->skill.n_better).text, NULL));
    if (line->said) say_came(c, line);
}

static vc_status say_record(vci_composer *c) {
    vc_status st = VC_OK;
    const vc_track *track = &c->track->track;
    for (size_t i = 0; i < c->facts->n_indicators; i++) {
        size_t indicator = vci_track_indicator(track, c->facts->indicators[i]);
        if (indicator == SIZE_MAX) continue;
        for (unsigned level = 0; level < vci_track_levels(track); level++) {
            vci_track_line line;
            VC_TRY(vci_track_line_find(track, c->facts->run, indicator, level, &line));
            if (line.n > 0) say_line(c, &line);
        }
    }
out:
    return st;
}

void vci_compose_track(vci_composer *c) {
    const vci_run_track *found = c->track;
    const vc_track *track = &found->track;
    char first[16], last[16];
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_TRACK, NULL), true);
    if (found->state != VCI_TRACK_THERE || track->n_years == 0) {
        vci_compose_say(c, found->state == VCI_TRACK_DAMAGED ? VCI_SAID_TRACK_DAMAGED
                                                             : VCI_SAID_TRACK_NONE);
        return;
    }
    snprintf(first, sizeof first, "%d", track->years[0]);
    snprintf(last, sizeof last, "%d", track->years[track->n_years - 1]);
    vci_document_paragraph(c->document, 1,
                           vci_sentence_fill(c->sentences, VCI_SAID_TRACK_YEARS, "n",
                                             vci_compose_number(track->n_years).text,
                                             "first", first, "last", last, NULL));
    vc_status st = say_record(c);
    if (st != VC_OK && c->document->st == VC_OK) c->document->st = st;
    if (found->data_changed || found->models_changed || found->version_changed)
        vci_compose_say(c, VCI_SAID_TRACK_STALE);
}

/* --- method ------------------------------------------------------------------------- */

static void add_cell(vci_composer *c, vci_sentence sentence) {
    char *text = vci_sentence_fill(c->sentences, sentence, NULL);
    vci_document_cell(c->document, text ? text : "");
    vci_free(text);
}

/* A series by its name, vital events by the indicator that is their count or ratio. */
static vci_label subject_of(const vci_composer *c, const vc_fit *fit) {
    static const struct {
        const char *role, *indicator;
    } known[] = {{"births", "births"},          {"deaths", "deaths"},
                 {"sex", "sex_ratio_at_birth"}, {"compliance", "policy_compliance_rate"},
                 {"arrivals", "arrivals"},      {"departures", "departures"}};
    const vc_run *run = c->facts->run;
    const char *name = vc_run_fit_series(run, fit);
    for (size_t i = 0; i < sizeof known / sizeof *known && !name; i++)
        if (strcmp(fit->role, known[i].role) == 0) name = known[i].indicator;
    return vci_indicator_name(run, name ? name : fit->role, c->facts->language);
}

static vci_label family_word(const vci_composer *c, vc_family family) {
    return vci_chart_say(c->facts->language, vci_family_text(family));
}

static void add_fit(vci_composer *c, const vc_fit *fit) {
    vc_language language = c->facts->language;
    vc_year span = {fit->first, fit->first + (vc_period)fit->n - 1};
    vci_document_cell(c->document, subject_of(c, fit).text);
    vci_document_cell(c->document, vci_label_fit(fit->model.name, 60).text);
    vci_document_cell(c->document, family_word(c, fit->model.family).text);
    vci_document_cell(c->document, vci_span_words(span, fit->frequency, language).text);
    vci_document_cell(c->document,
                      vci_text_get(fit->model.validated ? VCI_TEXT_CLI_VALIDATED
                                                        : VCI_TEXT_CLI_NOT_VALIDATED,
                                   language));
}

void vci_compose_method(vci_composer *c) {
    const vc_run *run = c->facts->run;
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, run->seed);
    vci_document_page(c->document);
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_METHOD, NULL),
                        false);
    vci_document_paragraph(c->document, 1,
                           vci_sentence_fill(c->sentences, VCI_SAID_METHOD_IDEA, "draws",
                                             vci_compose_number(run->n_draws).text, "seed",
                                             seed, NULL));
    vci_compose_say(c, VCI_SAID_METHOD_TARGET);
    vci_compose_say(c, VCI_SAID_METHOD_WORDS);
    vci_compose_say(c, VCI_SAID_METHOD_GRADE);
    vci_compose_say(c, VCI_SAID_METHOD_LIMITS);
    if (run->n_fits == 0) return;
    char *title = vci_sentence_fill(c->sentences, VCI_SAID_METHOD_TABLE, NULL);
    vci_document_table(c->document, 5, ~0u, vci_compose_numbered(c, false, title));
    add_cell(c, VCI_SAID_METHOD_OF);
    add_cell(c, VCI_SAID_METHOD_MODEL);
    add_cell(c, VCI_SAID_METHOD_FAMILY);
    add_cell(c, VCI_SAID_METHOD_DATA);
    add_cell(c, VCI_SAID_METHOD_TEST);
    for (size_t i = 0; i < run->n_fits; i++) add_fit(c, &run->fits[i]);
}

/* --- provenance --------------------------------------------------------------------- */

static void add_pair(vci_composer *c, vci_sentence what, const char *value) {
    if (!value || !*value) return;
    add_cell(c, what);
    vci_document_cell(c->document, value);
}

void vci_compose_provenance(vci_composer *c) {
    const vc_run *run = c->facts->run;
    vc_language language = c->facts->language;
    char seed[24], digest[65];
    snprintf(seed, sizeof seed, "%" PRIu64, run->seed);
    vci_sha256_hex(run->panel.digest, digest);
    vci_label as_of = vci_period_words(run->as_of, run->panel.frequency, language);
    vci_compose_heading(c, 1, vci_sentence_fill(c->sentences, VCI_SAID_PROVENANCE, NULL),
                        false);
    char *title = vci_sentence_fill(c->sentences, VCI_SAID_PROVENANCE_TABLE, NULL);
    vci_document_table(c->document, 2, ~0u, vci_compose_numbered(c, false, title));
    add_cell(c, VCI_SAID_PROVENANCE_WHAT);
    add_cell(c, VCI_SAID_PROVENANCE_VALUE);
    add_pair(c, VCI_SAID_PROVENANCE_PLACE, vci_compose_place(c->facts).text);
    add_pair(c, VCI_SAID_PROVENANCE_SOURCE, run->settings.source);
    add_pair(c, VCI_SAID_PROVENANCE_AS_OF, as_of.text);
    if (run->settings.basis)
        add_pair(c, VCI_SAID_PROVENANCE_BASIS,
                 vci_text_get(strcmp(run->settings.basis, "resident") == 0
                                  ? VCI_TEXT_CLI_RESIDENT
                                  : VCI_TEXT_CLI_REGISTERED,
                              language));
    add_pair(c, VCI_SAID_PROVENANCE_RUN, run->id);
    add_pair(c, VCI_SAID_PROVENANCE_SEED, seed);
    add_pair(c, VCI_SAID_PROVENANCE_DRAWS, vci_compose_number(run->n_draws).text);
    add_pair(c, VCI_SAID_PROVENANCE_DIGEST, digest);
    add_pair(c, VCI_SAID_PROVENANCE_VERSION, "vitalcast " VC_VERSION_STRING);
    vci_document_paragraph(c->document, 2,
                           vci_sentence_fill(c->sentences, VCI_SAID_PROVENANCE_AGAIN, "run",
                                             *run->id ? run->id : NULL, NULL));
}
