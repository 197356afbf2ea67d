/* Pace chart: the cumulative figure, last year's, and the corridor that ends at the target.
 */
#include <math.h>
#include <stdio.h>

#include "chart/axis_internal.h"
#include "chart/kind_internal.h"
#include "chart/pace_internal.h"

#define WIDTH 800
#define HEIGHT 450

/* --- words ------------------------------------------------------------------------- */

/* Against the same periods last year, in percent; NaN where either is not told. */
static double change_of(const vci_pace *pace) {
    const vci_fan *fan = &pace->fan;
    if (fan->n_observed == 0) return (double)NAN;
    vci_point now = fan->observed[fan->n_observed - 1];
    for (size_t i = 0; i < fan->n_last_year; i++)
        if (fan->last_year[i].x == now.x && fan->last_year[i].y > 0)
            return 100 * (now.y / fan->last_year[i].y - 1);
    return (double)NAN;
}

static vci_label change_words(double change, vc_language language) {
    vci_text text = change < 0 ? VCI_TEXT_CHART_PACE_LOWER : VCI_TEXT_CHART_PACE_HIGHER;
    if (isnan(change)) return vci_chart_say(language, VCI_TEXT_CHART_PACE_ALONE);
    return vci_chart_say(language, text, fabs(change));
}

/* Of one earlier year: a line, no corridor. */
static bool is_path(const vci_pace *pace) { return pace->n_years == 1; }

static vci_label make_heading(const vci_view *view, const vci_pace *pace) {
    static const vci_text places[][2] = {
        {VCI_TEXT_CHART_PACE_ALONE, VCI_TEXT_CHART_PACE_ALONE},
        {VCI_TEXT_CHART_PACE_BELOW, VCI_TEXT_CHART_PACE_BELOW_PATH},
        {VCI_TEXT_CHART_PACE_WITHIN, VCI_TEXT_CHART_PACE_WITHIN},
        {VCI_TEXT_CHART_PACE_ABOVE, VCI_TEXT_CHART_PACE_ABOVE_PATH}};
    vci_label message =
        pace->place == VCI_PACE_UNKNOWN
            ? change_words(change_of(pace), view->language)
            : vci_chart_say(view->language, places[pace->place][is_path(pace)]);
    return vci_heading_words(view->run, view->chart->unit, view->chart->indicator,
                             message.text, view->language);
}

static vci_label make_subheading(const vci_view *view, const vci_pace *pace) {
    vc_language language = view->language;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language);
    vci_frame_join(&line,
                   vci_indicator_unit(view->run, view->chart->indicator, language).text);
    vci_frame_join(&line, vci_span_words(pace->fan.year, frequency, language).text);
    if (pace->place != VCI_PACE_UNKNOWN && !isnan(change_of(pace)))
        vci_frame_join(&line, change_words(change_of(pace), language).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* --- the script -------------------------------------------------------------------- */

static void set_corridor(const vci_view *view, const vci_pace *pace, vci_script *script) {
    const vci_fan *fan = &pace->fan;
    vci_label text = {""};
    vci_script_add(script, "has_corridor = %d\nis_path = %d\n", pace->n > 0, is_path(pace));
    int newest = vc_period_year(fan->year.end, view->run->panel.frequency) - 1;
    if (pace->n > 0)
        text = vci_chart_say(view->language,
                             is_path(pace) ? VCI_TEXT_CHART_PACE_PATH
                                           : VCI_TEXT_CHART_PACE_CORRIDOR,
                             pace->oldest, newest);
    vci_script_set_text(script, "corridor_text", text.text);
    vci_script_begin_data(script, "corridor");
    for (size_t i = 0; i < pace->n; i++)
        vci_script_row(script, 3,
                       (double[]){(double)(fan->year.first - fan->origin) + (double)i,
                                  pace->low[i], pace->high[i]});
    if (pace->n == 0) vci_script_add(script, "NaN NaN NaN\n");
    vci_script_end_data(script);
    vci_fan_set_mark(script, "bound", fan->small ? (double)NAN : fan->result->bound);
    vci_fan_set_mark(script, "bound_high",
                     fan->small ? (double)NAN : fan->result->bound_high);
}

static void write_script(const vci_view *view, vci_pace *pace, vci_script *script) {
    vci_fan *fan = &pace->fan;
    vci_fan_label_all(fan, view->language);
    vci_script_set_number(script, "x_low", fan->x_low);
    vci_script_set_number(script, "x_high", fan->x_high);
    vci_axis_set_range(script, 'y', &fan->y);
    vci_axis_set_periods(script, fan->year, fan->origin, view->run->panel.frequency,
                         view->language);
    vci_axis_set_line(script, "observed", fan->n_observed, fan->observed);
    vci_axis_set_line(script, "last_year", fan->n_last_year, fan->last_year);
    set_corridor(view, pace, script);
    vci_fan_set_latest(fan, view->language, script);
    vci_fan_set_labels(fan, script);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    vci_pace pace = {.n = 0};
    VC_TRY(vci_pace_collect(view->run, view->chart->result, view->suppression, &pace));
    plate->n_pages = 1;
    plate->width = WIDTH;
    plate->height = HEIGHT;
    plate->heading = make_heading(view, &pace);
    plate->subheading = make_subheading(view, &pace);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_PACE, view->language));
    write_script(view, &pace, &plate->body);
out:
    vci_pace_free(&pace);
    return st;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    vci_pace pace = {.n = 0};
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_target *target = &run->targets.list[run->results[r].target];
        if (run->results[r].unit != listing->unit || run->panel.frequency == VC_YEARLY ||
            !vci_pace_grows(run, target->indicator))
            continue;
        vci_pace_free(&pace);
        VC_TRY(vci_pace_collect(run, r, listing->suppression, &pace));
        if (pace.fan.n_observed == 0) continue;
        vc_chart chart = vci_chart_of_result(run, VC_CHART_PACE, r);
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    vci_pace_free(&pace);
    return st;
}

const vci_kind vci_kind_pace = {list, compose};
