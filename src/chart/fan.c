/* Fan chart of one result. */
#include "chart/fan_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/kind_internal.h"

#define WIDTH 800
#define HEIGHT 450
#define HEADING_COLUMNS 82 /* without the signs between its parts */
#define SHORTEST_NAME 12
#define MOST_TICS 10

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

/* The name of the unit has the room that the message leaves. */
static vci_label make_heading(const vci_fan *fan, vc_language language) {
    const char *name = fan->run->panel.tree.units[fan->result->unit].name;
    vci_label indicator = vci_indicator_name(fan->run, fan->target->indicator, language);
    vci_label words = message(fan, language);
    size_t taken = vci_label_width(indicator.text) + vci_label_width(words.text);
    size_t room =
        taken + SHORTEST_NAME < HEADING_COLUMNS ? HEADING_COLUMNS - taken : SHORTEST_NAME;
    return vci_chart_say(language, VCI_TEXT_CHART_FAN_HEADING,
                         vci_label_fit(name, room).text, indicator.text, words.text);
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

/* Month names, twelve at most, with the year below the first and every January. */
static void set_month_tics(const vci_fan *fan, vc_language language, vci_script *script) {
    vc_frequency frequency = fan->run->panel.frequency;
    int n_years = 0, n = fan->year.end - fan->year.first + 1;
    vci_script_add(script, "set xtics (");
    for (vc_period p = fan->year.first; p <= fan->year.end; p += (n + 11) / 12) {
        vci_script_add(script, p > fan->year.first ? ", " : "");
        vci_script_tic(script, vci_period_in_year_words(p, frequency, language).text);
        vci_script_add(script, " %d", (int)(p - fan->origin));
    }
    vci_script_add(script, ")\narray year_x[%d]\narray year_text[%d]\n",
                   n / (int)frequency + 2, n / (int)frequency + 2);
    for (vc_period p = fan->year.first; p <= fan->year.end; p++) {
        if (p != fan->year.first && vc_period_in_year(p, frequency) != 0) continue;
        n_years++;
        vci_script_add(script, "year_x[%d] = %d\nyear_text[%d] = ", n_years,
                       (int)(p - fan->origin), n_years);
        vci_script_text(script, vci_chart_say(language, VCI_TEXT_CHART_YEAR,
                                              vc_period_year(p, frequency))
                                    .text);
        vci_script_add(script, "\n");
    }
    vci_script_add(script, "n_years = %d\n", n_years);
}

static void set_year_tics(const vci_fan *fan, vci_script *script) {
    static const int steps[] = {1, 2, 5, 10, 20};
    double span = fan->x_high - fan->x_low;
    int step = steps[0], n = 0, last = (int)floor(fan->x_high);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && span / step > MOST_TICS; i++)
        step = steps[i];
    vci_script_add(script, "set xtics (");
    for (int year = (int)ceil(fan->x_low / step) * step; year <= last; year += step)
        vci_script_add(script, "%s'%d' %d", n++ > 0 ? ", " : "", year, year);
    vci_script_add(script, ")\nn_years = 0\n");
}

static void set_ranges(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_script_set_number(script, "x_low", fan->x_low);
    vci_script_set_number(script, "x_high", fan->x_high);
    vci_script_set_number(script, "y_low", fan->y.low);
    vci_script_set_number(script, "y_high", fan->y.high);
    vci_script_set_number(script, "y_step", fan->y.step);
    vci_script_add(script, "y_digits = %d\nyearly = %d\n", fan->y.digits, fan->yearly);
    if (fan->yearly)
        set_year_tics(fan, script);
    else
        set_month_tics(fan, language, script);
}

static void set_line(vci_script *script, const char *name, const vci_point *points,
                     size_t n) {
    vci_script_begin_data(script, name);
    for (size_t i = 0; i < n; i++) {
        double row[] = {points[i].x, points[i].y};
        vci_script_row(script, 2, row);
    }
    if (n == 0) vci_script_add(script, "NaN NaN\n");
    vci_script_end_data(script);
}

/* A number that may be missing, and has_<name>: gnuplot cannot ask for NaN. */
static void set_mark(vci_script *script, const char *name, double y) {
    vci_script_add(script, "has_%s = %d\n", name, !isnan(y));
    vci_script_set_number(script, name, y);
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
    set_line(script, "observed", fan->observed, fan->n_observed);
    set_line(script, "last_year", fan->last_year, fan->n_last_year);
    set_mark(script, "bound", fan->small ? (double)NAN : fan->result->bound);
    set_mark(script, "bound_high", fan->small ? (double)NAN : fan->result->bound_high);
}

/* Where the line comes from above, its last figure stands below it. */
static bool comes_from_above(const vci_fan *fan) {
    size_t n = fan->n_observed, back = fan->yearly ? n / 8 : 2;
    return n > back && fan->observed[n - 1 - back].y > fan->observed[n - 1].y;
}

static void set_latest(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_point last = {(double)NAN, (double)NAN};
    vci_label text = {""};
    if (fan->n_observed > 0) {
        last = fan->observed[fan->n_observed - 1];
        vci_label figure = vci_number_format(last.y, fan->digits);
        text = fan->yearly
                   ? vci_chart_say(language, VCI_TEXT_CHART_LABEL_LATEST, figure.text,
                                   (int)last.x)
                   : vci_chart_say(language, VCI_TEXT_CHART_LABEL_TO_DATE, figure.text);
    }
    vci_script_set_number(script, "latest_x", last.x);
    set_mark(script, "latest_y", last.y);
    vci_script_add(script, "latest_above = %d\n", !comes_from_above(fan));
    vci_script_set_text(script, "latest", text.text);
}

static void set_labels(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_script_add(script, "n_labels = %zu\n", fan->n_labels);
    vci_script_add(script,
                   "array label_mark[%d]\narray label_place[%d]\n"
                   "array label_text[%d]\narray label_more[%d]\n",
                   VCI_FAN_LABELS, VCI_FAN_LABELS, VCI_FAN_LABELS, VCI_FAN_LABELS);
    for (size_t i = 0; i < fan->n_labels; i++) {
        const vci_fan_label *label = &fan->labels[i];
        vci_script_add(script, "label_mark[%zu] = %d\nlabel_place[%zu] = ", i + 1,
                       (int)label->mark, i + 1);
        vci_script_number(script, label->place);
        vci_script_add(script, "\nlabel_text[%zu] = ", i + 1);
        vci_script_text(script, label->text.text);
        vci_script_add(script, "\nlabel_more[%zu] = ", i + 1);
        vci_script_text(script, label->more.text);
        vci_script_add(script, "\n");
    }
    vci_script_set_text(script, "bands_text", vci_text_get(VCI_TEXT_CHART_BANDS, language));
}

static void write_script(const vci_fan *fan, vc_language language, vci_script *script) {
    vci_label small = {""};
    if (fan->small)
        small = vci_chart_say(language, VCI_TEXT_CHART_SMALL, fan->run->settings.min_cell);
    vci_script_set_text(script, "small", small.text);
    set_ranges(fan, language, script);
    set_numbers(fan, script);
    set_latest(fan, language, script);
    set_labels(fan, language, script);
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
