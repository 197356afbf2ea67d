/* Waterfall of what changed the chance of one result since the earlier run. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/change_internal.h"
#include "chart/axis_internal.h"
#include "chart/rows_internal.h"

#define ROWS (VC_CHANGE_STEPS + 2) /* before, the steps, now */

/* A row of it, in percent. */
typedef struct change_row {
    vci_text name;
    double from, to; /* the same: a probability, not a step */
} change_row;

static const vc_changed *changed_of(const vci_view *view) {
    const vc_changes *changes = &view->run->changes;
    return view->chart->subject < changes->n ? &changes->list[view->chart->subject] : NULL;
}

/* Steps in which nothing differs are left out: they are exactly 0. */
static size_t fill_rows(const vci_view *view, const vc_changed *changed,
                        change_row rows[VC_DIM(ROWS)]) {
    const vc_changes *changes = &view->run->changes;
    double at = 100 * changed->p_before;
    size_t n = 0;
    rows[n++] = (change_row){VCI_TEXT_CHART_CHANGES_BEFORE, at, at};
    for (int step = 0; step < VC_CHANGE_STEPS; step++) {
        double to = at + 100 * changed->p_step[step];
        if (!(changes->differs >> step & 1) && changed->p_step[step] == 0) continue;
        rows[n++] = (change_row){
            vci_change_words((vc_change_step)step, view->run->panel.frequency), at, to};
        at = to;
    }
    at = 100 * view->run->results[changed->result].p_met;
    rows[n++] = (change_row){VCI_TEXT_CHART_CHANGES_NOW, at, at};
    return n;
}

/* --- words ------------------------------------------------------------------------- */

/* The step with the largest part; n if there is none to speak of. */
static size_t largest_of(size_t n, const change_row *rows) {
    size_t largest = n;
    for (size_t i = 1; i + 1 < n; i++)
        if (fabs(rows[i].to - rows[i].from) >= 0.5 &&
            (largest == n ||
             fabs(rows[i].to - rows[i].from) > fabs(rows[largest].to - rows[largest].from)))
            largest = i;
    return largest;
}

static vci_label make_heading(const vci_view *view, size_t n, const change_row *rows) {
    vc_language language = view->language;
    vci_label before = vci_probability_signs(rows[0].from / 100),
              now = vci_probability_signs(rows[n - 1].to / 100), words;
    size_t largest = largest_of(n, rows);
    if (largest == n)
        words =
            vci_chart_say(language, VCI_TEXT_CHART_CHANGES_LITTLE, before.text, now.text);
    else
        words = vci_chart_say(language, VCI_TEXT_CHART_CHANGES_HEADING, before.text,
                              now.text, vci_text_get(rows[largest].name, language));
    return vci_heading_words(view->run, view->chart->unit, view->chart->indicator,
                             words.text, language);
}

static vci_label make_subheading(const vci_view *view) {
    vc_language language = view->language;
    const vc_changes *changes = &view->run->changes;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language),
              before = vci_period_words(changes->as_of, frequency, language);
    const vc_result *result = &view->run->results[view->chart->result];
    const vc_target *target = &view->run->targets.list[result->target];
    vci_frame_join(
        &line,
        vci_span_words(vc_target_window(target, frequency), frequency, language).text);
    if (target->value.kind == VC_FIXED)
        vci_frame_join(&line, vci_target_words(view->run, result, language).text);
    vci_frame_join(&line,
                   vci_chart_say(language, VCI_TEXT_CHART_CHANGES_SINCE, before.text).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* "+5.2"; of the ends the probability. */
static vci_label note_of(const change_row *row) {
    double step = row->to - row->from;
    vci_label note, size = vci_number_format(fabs(step), 1);
    if (row->name == VCI_TEXT_CHART_CHANGES_BEFORE ||
        row->name == VCI_TEXT_CHART_CHANGES_NOW)
        return vci_probability_signs(row->to / 100);
    bool zero = size.text[strspn(size.text, "0.")] == '\0';
    snprintf(note.text, sizeof note.text, "%s%.20s",
             zero       ? ""
             : step > 0 ? "▲ +"
                        : "▼ −",
             size.text);
    return note;
}

/* --- the kind ------------------------------------------------------------------------ */

static void write_script(const vci_view *view, size_t n, const change_row *rows,
                         vci_plate *plate) {
    double low = (double)NAN, high = (double)NAN;
    vci_script *script = &plate->body;
    vci_rows page = vci_rows_of_page(n, 0);
    vci_rows_begin(&page, script);
    for (size_t i = 0; i < n; i++) {
        vci_range_widen(rows[i].from, &low, &high);
        vci_range_widen(rows[i].to, &low, &high);
        vci_rows_set(&page, i, vci_text_get(rows[i].name, view->language),
                     note_of(&rows[i]).text, i == 0 || i + 1 == n, script);
    }
    /* Noise of the draws is not to fill the picture. */
    if (high - low < 4) low -= 2, high += 2;
    vci_range x = vci_range_around(fmax(0, low - 0.05 * (high - low)),
                                   fmin(100, high + 0.05 * (high - low)), 1);
    vci_axis_set_range(script, 'x', &x);
    vci_script_begin_data(script, "rows");
    for (size_t i = 0; i < n; i++)
        vci_script_row(script, 3, (double[]){(double)(i + 1), rows[i].from, rows[i].to});
    vci_script_end_data(script);
    vci_rows_end(&page, plate);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    change_row rows[ROWS];
    const vc_changed *changed = changed_of(view);
    VC_REQUIRE(changed && changed->result == view->chart->result, "no change %zu",
               view->chart->subject);
    size_t n = fill_rows(view, changed, rows);
    plate->heading = make_heading(view, n, rows);
    plate->subheading = make_subheading(view);
    plate->caveat = vci_chart_say(view->language, VCI_TEXT_CHART_CHANGES_NOTE);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_CHANGES, view->language));
    write_script(view, n, rows, plate);
out:
    return st;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    const vc_changes *changes = &run->changes;
    for (size_t i = 0; changes->before && i < changes->n; i++) {
        const vc_result *result = &run->results[changes->list[i].result];
        if (result->unit != listing->unit || isnan(result->p_met) ||
            isnan(changes->list[i].p_before))
            continue;
        vc_chart chart =
            vci_chart_of_result(run, VC_CHART_CHANGES, changes->list[i].result);
        chart.subject = i;
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_changes = {list, compose};
