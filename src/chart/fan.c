/* Fan chart of one result. */
#include "chart/fan_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/kind_internal.h"

#define WIDTH 800
#define HEIGHT 450

/* --- words ------------------------------------------------------------------------- */

static vci_label message(const vci_fan *fan, vc_language language) {
    double p = fan->result->p_met;
    if (isnan(p)) return vci_chart_say(language, VCI_TEXT_CHART_NOT_ASSESSED);
    if (vci_result_is_known(fan->run, fan->result))
        return vci_chart_say(language, p > 0.5 ? VCI_TEXT_CHART_TARGET_MET
                                               : VCI_TEXT_CHART_TARGET_MISSED);
    vci_label words = vci_probability_words(p, language);
    bool year = fan->target->length == 0 && fan->target->year_end == fan->year.end;
    if (!fan->yearly)
        return vci_chart_say(language,
                             year ? VCI_TEXT_CHART_LIKELY : VCI_TEXT_CHART_LIKELY_TERM,
                             words.text);
    return vci_chart_say(language, VCI_TEXT_CHART_LIKELY_IN, (int)fan->year.end,
                         words.text);
}

static vci_label make_heading(const vci_fan *fan, vc_language language) {
    return vci_heading_words(fan->run, fan->result->unit, fan->target->indicator,
                             message(fan, language).text, language);
}

static vci_label make_subheading(const vci_fan *fan, vc_language language) {
    vc_frequency frequency = fan->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(fan->run->as_of, frequency, language);
    vci_frame_join(&line,
                   vci_indicator_unit(fan->run, fan->target->indicator, language).text);
    if (!fan->yearly)
        vci_frame_join(&line, vci_span_words(fan->year, frequency, language).text);
    if (!fan->small)
        vci_frame_join(&line, vci_target_words(fan->run, fan->result, language).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* --- the script -------------------------------------------------------------------- */

static void set_ranges(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_script_set_number(script, "x_low", fan->x_low);
    vci_script_set_number(script, "x_high", fan->x_high);
    vci_axis_set_range(script, 'y', &fan->y);
    vci_script_add(script, "yearly = %d\n", fan->yearly);
    if (fan->yearly)
        vci_axis_set_years(script, fan->x_low, fan->x_high);
    else
        vci_axis_set_periods(script, fan->year, fan->origin, fan->run->panel.frequency,
                             language);
}

static void set_numbers(const vci_fan *fan, vci_script *script) {
    vci_script_add(script, "n_bands = %zu\n", fan->n_bands);
    vci_script_begin_data(script, "bands");
    for (size_t i = 0; i < fan->n_bands; i++) {
        double row[1 + VC_QUANTILES] = {fan->bands[i].x};
        memcpy(row + 1, fan->bands[i].quantile, sizeof fan->bands[i].quantile);
        vci_script_row(script, 1 + VC_QUANTILES, row);
    }
    if (fan->n_bands == 0) vci_script_add(script, "NaN NaN NaN NaN NaN NaN NaN NaN\n");
    vci_script_end_data(script);
    vci_axis_set_line(script, "observed", fan->n_observed, fan->observed);
    vci_axis_set_line(script, "last_year", fan->n_last_year, fan->last_year);
    vci_fan_set_mark(script, "bound", fan->small ? (double)NAN : fan->result->bound);
    vci_fan_set_mark(script, "bound_high",
                     fan->small ? (double)NAN : fan->result->bound_high);
}

static void write_script(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_label small = {""};
    if (fan->small)
        small = vci_chart_say(language, VCI_TEXT_CHART_SMALL, fan->run->settings.min_cell);
    vci_script_set_text(script, "small", small.text);
    set_ranges(fan, language, script);
    set_numbers(fan, script);
    vci_fan_set_latest(fan, language, script);
    vci_fan_set_labels(fan, script);
    vci_script_set_text(script, "bands_text", vci_text_get(VCI_TEXT_CHART_BANDS, language));
}

/* --- the kind ------------------------------------------------------------------------ */

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    vc_language language = view->language;
    vci_fan fan = {.run = NULL};
    VC_REQUIRE(view->chart->result < view->run->n_results, "no result");
    VC_TRY(vci_fan_collect(view->run, view->chart->result, &fan));
    vci_fan_label_all(&fan, language);
    plate->n_pages = 1;
    plate->width = WIDTH;
    plate->height = HEIGHT;
    plate->heading = make_heading(&fan, language);
    plate->subheading = make_subheading(&fan, language);
    if (fan.n_bands > 0 && !fan.result->validated)
        plate->caveat = vci_chart_say(language, VCI_TEXT_CHART_NOT_VALIDATED);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_FAN, language));
    write_script(&fan, language, &plate->body);
out:
    vci_fan_free(&fan);
    return st;
}

/* Not where one of the figures that it shows may not be told: it would be empty. */
static bool is_told(const vci_listing *listing, size_t r) {
    const vc_run *run = listing->run;
    const vc_result *result = &run->results[r];
    const vc_target *target = &run->targets.list[result->target];
    const vc_suppression *s = listing->suppression;
    vc_year window = vc_target_window(target, run->panel.frequency);
    return vc_suppression_shows(s, target->indicator, result->unit, VC_SPAN_TO_DATE,
                                window) == VC_MARK_SHOWN &&
           vc_suppression_shows(s, target->indicator, result->unit, VC_SPAN_LAST_YEAR,
                                window) == VC_MARK_SHOWN &&
           vc_suppression_bound(s, r) == VC_MARK_SHOWN &&
           vc_suppression_forecast(s, r) == VC_MARK_SHOWN;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    for (size_t r = 0; r < run->n_results; r++) {
        if (run->results[r].unit != listing->unit || !run->results[r].path) continue;
        if (!is_told(listing, r)) continue;
        vc_chart chart = vci_chart_of_result(run, VC_CHART_FAN, r);
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_fan = {list, compose};

vc_status vc_chart_fan(const vc_run *run, size_t result, const vc_chart_options *options,
                       const char *path) {
    vc_status st = VC_OK;
    VC_REQUIRE(result < run->n_results, "result %zu of %zu", result, run->n_results);
    vc_chart chart = vci_chart_of_result(run, VC_CHART_FAN, result);
    VC_TRY(vc_chart_draw(run, &chart, options, path, NULL));
out:
    return st;
}
