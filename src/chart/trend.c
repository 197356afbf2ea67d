/* Trend chart: an indicator's years, the trend that was fitted, the year's forecast. */
#include "vitalcast/trend.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/axis_internal.h"
#include "chart/fan_internal.h"
#include "chart/kind_internal.h"

#define WIDTH 800
#define HEIGHT 450
#define FEWEST_YEARS 3

typedef struct years {
    const vci_view *view;
    vci_fan fan; /* its labels: forecast and target */
    vc_trend trend;
    size_t first; /* the oldest year that may be told */
    bool forecast;
} years;

static bool is_told(const vc_suppression *s, const vc_run *run, const char *indicator,
                    size_t unit, vc_period end) {
    return vc_suppression_history(s, indicator, unit,
                                  end - (vc_period)run->panel.frequency + 1, end);
}

static double year_at(const years *y, vc_period end) {
    return vc_period_year(end, y->view->run->panel.frequency);
}

/* Years that may not be told have no figure and no fitted one. */
static void withhold(years *y) {
    const vc_chart *chart = y->view->chart;
    for (size_t i = 0; i < y->trend.n; i++) {
        vc_trend_year *year = &y->trend.years[i];
        if (is_told(y->view->suppression, y->view->run, chart->indicator, chart->unit,
                    year->end))
            continue;
        year->figure = (double)NAN;
        year->fitted.mean = (double)NAN;
    }
    while (y->first + 1 < y->trend.n && isnan(y->trend.years[y->first].figure)) y->first++;
}

static void find_range(years *y) {
    double low = (double)NAN, high = (double)NAN;
    vci_fan *fan = &y->fan;
    for (size_t i = y->first; i < y->trend.n; i++) {
        const vc_trend_year *year = &y->trend.years[i];
        vci_range_widen(year->figure, &low, &high);
        if (isnan(year->fitted.mean)) continue;
        vci_range_widen(year->fitted.low95, &low, &high);
        vci_range_widen(year->fitted.high95, &low, &high);
    }
    if (y->forecast) {
        vci_range_widen(fan->result->quantile[VC_Q025], &low, &high);
        vci_range_widen(fan->result->quantile[VC_Q975], &low, &high);
    }
    if (!fan->small) {
        vci_range_widen(fan->result->bound, &low, &high);
        vci_range_widen(fan->result->bound_high, &low, &high);
    }
    fan->y = vci_range_with_room(low, high, fan->digits);
}

static vc_status collect(const vci_view *view, years *y) {
    vc_status st = VC_OK;
    const vc_chart *chart = view->chart;
    *y = (years){.view = view};
    VC_REQUIRE(chart->result < view->run->n_results, "no result");
    VC_TRY(vci_fan_collect(view->run, chart->result, &y->fan));
    VC_TRY(vc_trend_find(view->run, chart->indicator, chart->unit, chart->year_end,
                         &y->trend));
    withhold(y);
    y->fan.n_last_year = 0;
    y->forecast = !y->fan.small && y->fan.n_bands > 0;
    find_range(y);
    vci_fan_label_all(&y->fan, view->language);
out:
    return st;
}

static void release(years *y) {
    vci_fan_free(&y->fan);
    vc_trend_free(&y->trend);
}

/* --- words ------------------------------------------------------------------------- */

/* The first and the last fitted year; false if there are fewer than three. */
static bool fitted_ends(const years *y, const vc_trend_year **first,
                        const vc_trend_year **last) {
    size_t n = 0;
    for (size_t i = y->first; i < y->trend.n; i++) {
        if (isnan(y->trend.years[i].fitted.mean)) continue;
        if (n++ == 0) *first = &y->trend.years[i];
        *last = &y->trend.years[i];
    }
    return n >= FEWEST_YEARS;
}

/* Higher or lower only where the 80 % intervals of the ends lie apart. */
static vci_label make_heading(const years *y) {
    const vci_view *view = y->view;
    const vc_trend_year *first = NULL, *last = NULL;
    vci_label words;
    if (!fitted_ends(y, &first, &last)) {
        words = vci_chart_say(view->language, VCI_TEXT_CHART_TREND_PLAIN);
    } else {
        vci_text text = last->fitted.low80 > first->fitted.high80 ? VCI_TEXT_CHART_TREND_UP
                        : last->fitted.high80 < first->fitted.low80
                            ? VCI_TEXT_CHART_TREND_DOWN
                            : VCI_TEXT_CHART_TREND_NONE;
        words = vci_chart_say(view->language, text, (int)year_at(y, last->end),
                              (int)year_at(y, first->end));
    }
    return vci_heading_words(view->run, view->chart->unit, view->chart->indicator,
                             words.text, view->language);
}

static vci_label make_subheading(const years *y) {
    const vci_view *view = y->view;
    vc_language language = view->language;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""}, as_of = vci_period_words(view->run->as_of, frequency, language);
    vci_frame_join(
        &line, vci_indicator_year_unit(view->run, view->chart->indicator, language).text);
    vci_label end = vci_period_in_year_words(view->chart->year_end, frequency, language);
    if (frequency != VC_YEARLY)
        vci_frame_join(&line,
                       vci_chart_say(language, VCI_TEXT_CHART_TREND_YEARS, end.text).text);
    vci_frame_join(&line, vci_chart_say(language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* --- the script -------------------------------------------------------------------- */

static void set_years(const years *y, vci_script *script) {
    vci_script_begin_data(script, "observed");
    for (size_t i = y->first; i < y->trend.n; i++)
        vci_script_row(
            script, 2,
            (double[]){year_at(y, y->trend.years[i].end), y->trend.years[i].figure});
    vci_script_end_data(script);
    vci_script_begin_data(script, "fitted");
    size_t n = 0;
    for (size_t i = y->first; i < y->trend.n; i++) {
        const vc_estimate *e = &y->trend.years[i].fitted;
        if (isnan(e->mean)) continue;
        vci_script_row(script, 6,
                       (double[]){year_at(y, y->trend.years[i].end), e->low95, e->low80,
                                  e->mean, e->high80, e->high95});
        n++;
    }
    if (n == 0) vci_script_add(script, "NaN NaN NaN NaN NaN NaN\n");
    vci_script_end_data(script);
    vci_script_add(script, "n_fitted = %zu\n", n);
}

static void set_forecast(const years *y, vci_script *script) {
    const double *quantile = y->fan.result->quantile;
    vci_script_begin_data(script, "forecast");
    if (y->forecast)
        vci_script_row(script, 6,
                       (double[]){year_at(y, y->view->chart->year_end), quantile[VC_Q025],
                                  quantile[VC_Q10], quantile[VC_MEDIAN], quantile[VC_Q90],
                                  quantile[VC_Q975]});
    else
        vci_script_add(script, "NaN NaN NaN NaN NaN NaN\n");
    vci_script_end_data(script);
    vci_fan_set_mark(script, "bound", y->fan.small ? (double)NAN : y->fan.result->bound);
    vci_fan_set_mark(script, "bound_high",
                     y->fan.small ? (double)NAN : y->fan.result->bound_high);
}

static void write_script(const years *y, vci_script *script) {
    vc_language language = y->view->language;
    double low = y->trend.n > 0 ? year_at(y, y->trend.years[y->first].end) : 0,
           high = year_at(y, y->view->chart->year_end);
    if (y->trend.n == 0) low = high - 1;
    vci_script_set_number(script, "x_low", low - 0.5);
    vci_script_set_number(script, "x_high", high + 0.5);
    vci_script_set_number(script, "x_target", high);
    vci_axis_set_range(script, 'y', &y->fan.y);
    vci_axis_set_years(script, low, high);
    set_years(y, script);
    set_forecast(y, script);
    vci_script_set_text(script, "fitted_text",
                        vci_text_get(VCI_TEXT_CHART_TREND_FITTED, language));
    vci_fan_set_labels(&y->fan, script);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    years y = {.view = view};
    VC_TRY(collect(view, &y));
    plate->n_pages = 1;
    plate->width = WIDTH;
    plate->height = HEIGHT;
    plate->heading = make_heading(&y);
    plate->subheading = make_subheading(&y);
    if (y.forecast && !y.fan.result->validated)
        plate->caveat = vci_chart_say(view->language, VCI_TEXT_CHART_NOT_VALIDATED);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_TREND, view->language));
    write_script(&y, &plate->body);
out:
    release(&y);
    return st;
}

/* --- finding ------------------------------------------------------------------------- */

/* Whole years that are known and may be told. */
static size_t count_years(const vci_listing *listing, size_t r) {
    size_t n = 0;
    const vc_run *run = listing->run;
    const vc_target *target = &run->targets.list[run->results[r].target];
    vc_period length = (vc_period)run->panel.frequency, end = target->year_end;
    while (end > run->as_of) end -= length;
    for (; end - length + 1 >= run->panel.first; end -= length)
        if (is_told(listing->suppression, run, target->indicator, listing->unit, end) &&
            !isnan(vc_run_figure(run, target->indicator, listing->unit, end - length + 1,
                                 end)))
            n++;
    return n;
}

static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_target *target = &run->targets.list[run->results[r].target];
        if (run->results[r].unit != listing->unit || target->length != 0 ||
            vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_PROGRESS ||
            count_years(listing, r) < FEWEST_YEARS)
            continue;
        vc_chart chart = vci_chart_of_result(run, VC_CHART_TREND, r);
        VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    return st;
}

const vci_kind vci_kind_trend = {list, compose};
