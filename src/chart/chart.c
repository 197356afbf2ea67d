/* The table of kinds, and what all of them have in common. */
#include "vitalcast/chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chart/kind_internal.h"
#include "chart/renderer_internal.h"
#include "core/memory_internal.h"

static const vci_kind *const kinds[] = {
#define X(constant, key) [constant] = &vci_kind_##key,
    VC_CHART_LIST(X)
#undef X
};

static const char *const kind_names[] = {
#define X(constant, key) [constant] = #key,
    VC_CHART_LIST(X)
#undef X
};

vc_chart_options vc_chart_options_default(void) {
    return (vc_chart_options){
        .language = VC_ENGLISH, .format = VC_SVG, .timeout_seconds = 30, .gnuplot = NULL};
}

const char *vc_chart_kind_name(vc_chart_kind kind) { return kind_names[kind]; }

bool vc_chart_kind_parse(const char *word, vc_chart_kind *kind) {
    for (int i = 0; i < VC_CHART_KINDS; i++)
        if (strcmp(word, kind_names[i]) == 0) {
            *kind = (vc_chart_kind)i;
            return true;
        }
    return false;
}

/* --- finding ---------------------------------------------------------------------------
 */

vc_chart vci_chart_blank(vc_chart_kind kind) {
    return (vc_chart){.kind = kind,
                      .unit = VC_NO_UNIT,
                      .year_end = VC_NO_PERIOD,
                      .result = SIZE_MAX,
                      .subject = SIZE_MAX};
}

vc_chart vci_chart_of_result(const vc_run *run, vc_chart_kind kind, size_t result) {
    vc_chart chart = vci_chart_blank(kind);
    const vc_target *target = &run->targets.list[run->results[result].target];
    chart.unit = run->results[result].unit;
    chart.indicator = target->indicator;
    chart.year_end = target->year_end;
    chart.result = result;
    return chart;
}

vc_status vci_listing_add(const vci_listing *listing, const vc_chart *chart) {
    vc_status st = VC_OK;
    vc_charts *charts = listing->charts;
    vc_chart *grown = vci_realloc(charts->list, charts->n + 1, sizeof *grown);
    if (!grown) VC_FAIL(VC_NO_MEMORY, "%zu charts", charts->n + 1);
    charts->list = grown;
    charts->list[charts->n++] = *chart;
out:
    return st;
}

vc_status vc_charts_find(const vc_run *run, size_t unit, vc_charts *charts) {
    vc_status st = VC_OK;
    vc_suppression suppression = {.run = NULL};
    *charts = (vc_charts){0};
    VC_REQUIRE(unit < run->panel.tree.n, "unit %zu of %zu", unit, run->panel.tree.n);
    VC_TRY(vc_suppression_find(run, &suppression));
    vci_listing listing = {run, unit, &suppression, charts};
    for (size_t k = 0; k < VC_CHART_KINDS; k++) VC_TRY(kinds[k]->list(&listing));
out:
    vc_suppression_free(&suppression);
    if (st != VC_OK) vc_charts_free(charts);
    return st;
}

void vc_charts_free(vc_charts *charts) {
    vci_free(charts->list);
    *charts = (vc_charts){0};
}

/* --- words -----------------------------------------------------------------------------
 */

void vci_plate_free(vci_plate *plate) {
    vci_script_free(&plate->body);
    *plate = (vci_plate){0};
}

static vc_status check_chart(const vc_run *run, const vc_chart *chart) {
    vc_status st = VC_OK;
    VC_REQUIRE((unsigned)chart->kind < VC_CHART_KINDS, "no kind %d", (int)chart->kind);
    VC_REQUIRE(chart->unit == VC_NO_UNIT || chart->unit < run->panel.tree.n,
               "unit %zu of %zu", chart->unit, run->panel.tree.n);
    VC_REQUIRE(chart->result == SIZE_MAX || chart->result < run->n_results,
               "result %zu of %zu", chart->result, run->n_results);
out:
    return st;
}

/* The sentence of who cannot see the picture: what it is of, then its message. */
static void say_alt(const vci_view *view, const vci_plate *plate,
                    char alt[VC_DIM(VC_CHART_WORDS)]) {
    vci_label end = vci_chart_say(view->language, VCI_TEXT_CHART_ALT_END);
    snprintf(alt, VC_CHART_WORDS, "%.200s%.380s%.8s", plate->alt, plate->heading.text,
             end.text);
}

vc_status vc_chart_say(const vc_run *run, const vc_chart *chart, vc_language language,
                       vc_chart_words *words) {
    vc_status st = VC_OK;
    vc_suppression suppression = {.run = NULL};
    vci_plate plate = {0};
    *words = (vc_chart_words){.n_pages = 0};
    VC_TRY(check_chart(run, chart));
    VC_TRY(vc_suppression_find(run, &suppression));
    vci_view view = {run, chart, &suppression, language, 0};
    VC_TRY(kinds[chart->kind]->compose(&view, &plate));
    snprintf(words->title, sizeof words->title, "%s", plate.heading.text);
    say_alt(&view, &plate, words->alt);
    words->n_pages = plate.n_pages;
out:
    vci_plate_free(&plate);
    vc_suppression_free(&suppression);
    return st;
}

/* --- drawing ---------------------------------------------------------------------------
 */

static vc_status draw_page(const vci_renderer *renderer, const vci_view *view,
                           vci_plate *plate, vci_picture *picture) {
    vc_status st = VC_OK;
    vci_script script = {0};
    char plot[32], alt[VC_CHART_WORDS];
    VC_TRY(vci_script_check(&plate->body));
    snprintf(plot, sizeof plot, "%.24s.gp", kind_names[view->chart->kind]);
    say_alt(view, plate, alt);
    vci_renderer_begin(renderer, plate->width, plate->height, &script);
    vci_frame_set(&script, view->run, view->language, plate->heading.text,
                  plate->subheading.text, plate->caveat.text);
    vci_script_append(&script, &plate->body);
    VC_TRY(vci_renderer_draw(renderer, plot, plate->heading.text, alt, &script, picture));
out:
    vci_script_free(&script);
    return st;
}

/* Pages in *pictures, as many as the first one says that there are. */
static vc_status draw_pages(const vci_renderer *renderer, vci_view *view,
                            vci_picture **pictures, size_t *n) {
    vc_status st = VC_OK;
    vci_plate plate = {0};
    for (size_t page = 0, n_pages = 1; page < n_pages; page++) {
        vci_plate_free(&plate);
        view->page = page;
        VC_TRY(kinds[view->chart->kind]->compose(view, &plate));
        if (page == 0) {
            n_pages = plate.n_pages;
            VC_NEW(*pictures, n_pages);
        }
        VC_TRY(draw_page(renderer, view, &plate, &(*pictures)[(*n)++]));
    }
out:
    vci_plate_free(&plate);
    return st;
}

vc_status vc_chart_draw(const vc_run *run, const vc_chart *chart,
                        const vc_chart_options *options, const char *path,
                        size_t *n_pages) {
    vc_status st = VC_OK;
    vci_renderer renderer = {.options = options};
    vc_suppression suppression = {.run = NULL};
    vci_picture *pictures = NULL;
    size_t n = 0;
    VC_TRY(check_chart(run, chart));
    VC_TRY(vc_suppression_find(run, &suppression));
    VC_TRY(vci_renderer_init(options, &renderer));
    vci_view view = {run, chart, &suppression, renderer.language, 0};
    VC_TRY(draw_pages(&renderer, &view, &pictures, &n));
    if (pictures) VC_TRY(vci_pictures_write(n, pictures, path));
    if (n_pages) *n_pages = n;
out:
    for (size_t i = 0; i < n; i++) vci_picture_free(&pictures[i]);
    vci_free(pictures);
    vci_renderer_free(&renderer);
    vc_suppression_free(&suppression);
    return st;
}

vc_status vc_chart_page_path(const char *path, size_t page, char **full) {
    vc_status st = VC_OK;
    *full = vci_page_path(path, page);
    if (!*full) VC_FAIL(VC_NO_MEMORY, "text");
out:
    return st;
}
