/* Charts of the track record: reliability and skill. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "chart/frame_internal.h"
#include "chart/renderer_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/chart.h"

#define WIDTH 720
#define RELIABILITY_HEIGHT 560
#define SKILL_HEAD 190
#define SKILL_ROW 40
#define SOURCE_COLUMNS 60
#define FEWEST_CASES 20 /* a tenth with fewer says too little for a heading */
#define HEADING_TENTH 7

static vci_label provenance(const vc_track *track, vc_language language) {
    vci_label line = {""};
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, track->seed);
    if (track->source)
        vci_frame_join(&line,
                       vci_chart_say(language, VCI_TEXT_CHART_SOURCE,
                                     vci_label_fit(track->source, SOURCE_COLUMNS).text)
                           .text);
    if (track->workspace)
        vci_frame_join(&line, vci_label_fit(track->workspace, SOURCE_COLUMNS).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_SEED, seed).text);
    vci_frame_join(&line, "vitalcast " VC_VERSION_STRING);
    return line;
}

static vci_label years_line(const vc_track *track, unsigned level, size_t n,
                            vc_language language) {
    size_t years = track->n_years;
    return vci_chart_say(language, VCI_TEXT_CHART_RELIABILITY_WHAT, years,
                         years ? track->years[0] : 0, years ? track->years[years - 1] : 0,
                         level, n);
}

static vc_status draw(const vci_renderer *renderer, const char *plot, const char *heading,
                      vci_script *script, const char *path) {
    vc_status st = VC_OK;
    vci_picture picture = {0};
    VC_TRY(vci_renderer_draw(renderer, plot, heading, heading, script, &picture));
    VC_TRY(vci_pictures_write(1, &picture, path));
out:
    vci_picture_free(&picture);
    return st;
}

/* --- reliability ---------------------------------------------------------------------- */

typedef struct reliability {
    const vc_track *track;
    size_t target;
    vc_track_part part;
    vc_track_hits *hits; /* [n_targets] */
} reliability;

static const vc_track_hits *hits_of(const reliability *r, int year) {
    vc_track_cell cell;
    vc_track_part part = r->part;
    part.year = year;
    vc_track_sum(r->track, &part, r->hits, &cell);
    return &r->hits[r->target];
}

static void add_tenths(const vc_track_hits *h, vci_script *script) {
    for (size_t k = 0; k < VC_TENTHS; k++) {
        double n = (double)h->count[k];
        if (h->count[k] == 0) continue;
        vci_script_row(script, 3, (double[]){h->p[k] / n, (double)h->met[k] / n, n});
    }
}

static vci_label reliability_heading(const reliability *r, const vc_track_hits *h,
                                     vc_language language) {
    const vc_track_target *target = &r->track->targets[r->target];
    vci_label name =
        vci_indicator_name(NULL, r->track->indicators[target->indicator], language);
    vci_label id = vci_label_fit(target->id, 30);
    size_t k = HEADING_TENTH;
    if (h->count[k] < FEWEST_CASES)
        return vci_chart_say(language, VCI_TEXT_CHART_RELIABILITY_PLAIN, name.text,
                             id.text);
    return vci_chart_say(language, VCI_TEXT_CHART_RELIABILITY_HEADING, name.text, id.text,
                         (int)(10 * k), 100 * (double)h->met[k] / (double)h->count[k]);
}

static void reliability_script(const reliability *r, vc_language language,
                               const char *heading, size_t n, vci_script *script) {
    const vc_track *track = r->track;
    vci_frame_lines(script, track->synthetic, language, heading,
                    years_line(track, (unsigned)r->part.level, n, language).text,
                    vci_text_get(VCI_TEXT_CHART_RELIABILITY_NOTE, language),
                    provenance(track, language).text);
    vci_script_set_text(script, "said", vci_text_get(VCI_TEXT_CHART_SAID, language));
    vci_script_set_text(script, "came", vci_text_get(VCI_TEXT_CHART_CAME, language));
    vci_script_begin_data(script, "all");
    add_tenths(hits_of(r, VC_ANY), script);
    vci_script_end_data(script);
    vci_script_begin_data(script, "single");
    for (size_t y = 0; y < track->n_years; y++) {
        const vc_track_hits *h = hits_of(r, track->years[y]);
        if (h->n == 0) continue;
        add_tenths(h, script);
        vci_script_add(script, "\n"); /* ends the line of a year */
    }
    vci_script_end_data(script);
}

vc_status vc_chart_reliability(const vc_track *track, size_t target, unsigned level,
                               const vc_chart_options *options, const char *path) {
    vc_status st = VC_OK;
    vci_renderer renderer = {.options = options};
    vci_script script = {0};
    reliability r = {.track = track, .target = target};
    VC_REQUIRE(target < track->n_targets, "no target %zu", target);
    r.part = (vc_track_part){VC_BY_VITALCAST, track->targets[target].indicator,
                             (int)level,      VC_ANY,
                             VC_ANY,          VC_ANY,
                             VC_TRACK_FIGURE};
    VC_NEW(r.hits, track->n_targets);
    size_t n = hits_of(&r, VC_ANY)->n;
    VC_REQUIRE(n > 0, "no forecasts of this target on level %u", level);
    VC_TRY(vci_renderer_init(options, &renderer));
    vci_label heading = reliability_heading(&r, &r.hits[target], renderer.language);
    vci_renderer_begin(&renderer, WIDTH, RELIABILITY_HEIGHT, &script);
    reliability_script(&r, renderer.language, heading.text, n, &script);
    VC_TRY(draw(&renderer, "reliability.gp", heading.text, &script, path));
out:
    vci_script_free(&script);
    vci_renderer_free(&renderer);
    vci_free(r.hits);
    return st;
}

/* --- skill ---------------------------------------------------------------------------- */

typedef struct skill_row {
    vc_forecaster forecaster;
    vc_skill skill;
} skill_row;

static double percent(const vc_skill *s) { return 100 * s->difference / s->other; }

static vci_label skill_heading(const vc_track *track, size_t indicator, size_t n,
                               const skill_row *rows, vc_language language) {
    vci_label name = vci_indicator_name(NULL, track->indicators[indicator], language);
    if (n == 0 || rows[0].forecaster != VC_BY_PACE)
        return vci_chart_say(language, VCI_TEXT_CHART_SKILL_PLAIN, name.text);
    double change = percent(&rows[0].skill);
    vci_label words = vci_chart_say(
        language, change < 0 ? VCI_TEXT_CHART_SKILL_LOWER : VCI_TEXT_CHART_SKILL_HIGHER,
        fabs(change));
    return vci_chart_say(language, VCI_TEXT_CHART_SKILL_HEADING, name.text, words.text);
}

/* Rules with forecasts, each against ours. */
static vc_status find_rows(const vc_track *track, size_t indicator, unsigned level,
                           skill_row rows[VC_DIM(VC_FORECASTERS)], size_t *n) {
    vc_status st = VC_OK;
    *n = 0;
    for (int f = VC_BY_PACE; f < VC_FORECASTERS; f++) {
        vc_track_part part = {(vc_forecaster)f, indicator, (int)level,     VC_ANY,
                              VC_ANY,           VC_ANY,    VC_TRACK_FIGURE};
        skill_row *row = &rows[*n];
        row->forecaster = (vc_forecaster)f;
        VC_TRY(vc_track_skill(track, &part, &row->skill));
        *n += row->skill.n_years > 0;
    }
out:
    return st;
}

static vc_status add_years(const vc_track *track, size_t indicator, unsigned level,
                           const skill_row *row, size_t at, double range[2],
                           vci_script *script) {
    vc_status st = VC_OK;
    vc_track_hits *hits = NULL;
    VC_NEW(hits, track->n_targets);
    for (size_t y = 0; y < track->n_years; y++) {
        vc_track_cell ours, other;
        vc_track_part part = {row->forecaster, indicator, (int)level,     VC_ANY,
                              track->years[y], VC_ANY,    VC_TRACK_FIGURE};
        vc_track_sum(track, &part, hits, &other);
        part.forecaster = VC_BY_VITALCAST;
        vc_track_sum(track, &part, hits, &ours);
        if (ours.n == 0 || other.n == 0) continue;
        double ratio = ours.crps / (double)ours.n / (other.crps / (double)other.n);
        double x = 100 * (ratio - 1);
        range[0] = fmin(range[0], x);
        range[1] = fmax(range[1], x);
        vci_script_row(script, 2, (double[]){x, (double)at});
    }
out:
    vci_free(hits);
    return st;
}

static vci_text rule_text(vc_forecaster forecaster) {
    static const vci_text texts[VC_FORECASTERS] = {
        VCI_TEXT_TRACK_BY_VITALCAST,   VCI_TEXT_TRACK_BY_PACE,
        VCI_TEXT_TRACK_BY_OWN_SHARE,   VCI_TEXT_TRACK_BY_SHARED_SHARE,
        VCI_TEXT_TRACK_BY_PERSISTENCE, VCI_TEXT_TRACK_BY_SEASONAL_NAIVE,
        VCI_TEXT_TRACK_BY_CLIMATOLOGY, VCI_TEXT_TRACK_BY_DRIFT};
    return texts[forecaster];
}

static void add_words(size_t n, const skill_row *rows, vc_language language,
                      vci_script *script) {
    vci_script_add(script, "n_rules = %zu\narray rule_text[%zu]\narray rule_note[%zu]\n", n,
                   n, n);
    for (size_t i = 0; i < n; i++) {
        const vc_skill *s = &rows[i].skill;
        vci_script_add(script, "rule_text[%zu] = ", i + 1);
        vci_script_text(script, vci_text_get(rule_text(rows[i].forecaster), language));
        vci_script_add(script, "\nrule_note[%zu] = ", i + 1);
        vci_script_text(script, vci_chart_say(language, VCI_TEXT_CHART_SKILL_YEARS,
                                              percent(s), s->n_better, s->n_years)
                                    .text);
        vci_script_add(script, "\n");
    }
    vci_script_begin_data(script, "all");
    for (size_t i = 0; i < n; i++)
        vci_script_row(script, 2, (double[]){percent(&rows[i].skill), (double)(i + 1)});
    vci_script_end_data(script);
}

vc_status vc_chart_skill(const vc_track *track, size_t indicator, unsigned level,
                         const vc_chart_options *options, const char *path) {
    vc_status st = VC_OK;
    vci_renderer renderer = {.options = options};
    vci_script script = {0};
    skill_row rows[VC_FORECASTERS];
    double range[2] = {0, 0};
    size_t n = 0;
    VC_REQUIRE(indicator < track->n_indicators, "no indicator %zu", indicator);
    VC_TRY(find_rows(track, indicator, level, rows, &n));
    VC_REQUIRE(n > 0, "no forecasts of this indicator on level %u", level);
    VC_TRY(vci_renderer_init(options, &renderer));
    vc_language language = renderer.language;
    vci_label heading = skill_heading(track, indicator, n, rows, language);
    vci_renderer_begin(&renderer, WIDTH, SKILL_HEAD + SKILL_ROW * (int)n, &script);
    vci_frame_lines(&script, track->synthetic, language, heading.text,
                    years_line(track, level, rows[0].skill.n, language).text,
                    vci_text_get(VCI_TEXT_CHART_SKILL_NOTE, language),
                    provenance(track, language).text);
    vci_script_set_text(&script, "axis",
                        vci_chart_say(language, VCI_TEXT_CHART_SKILL_AXIS).text);
    add_words(n, rows, language, &script);
    vci_script_begin_data(&script, "single");
    for (size_t i = 0; i < n; i++)
        VC_TRY(add_years(track, indicator, level, &rows[i], i + 1, range, &script));
    vci_script_end_data(&script);
    vci_script_set_number(&script, "lowest", range[0]);
    vci_script_set_number(&script, "highest", range[1]);
    VC_TRY(draw(&renderer, "skill.gp", heading.text, &script, path));
out:
    vci_script_free(&script);
    vci_renderer_free(&renderer);
    return st;
}
