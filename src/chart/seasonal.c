/* Seasonal chart: the months of an event, years over each other. */
#include <math.h>
#include <stdio.h>

#include "chart/axis_internal.h"
#include "chart/kind_internal.h"
#include "core/memory_internal.h"

#define WIDTH 800
#define HEIGHT 450
#define MOST_YEARS 12

/* The events that have a chart, by the indicator that counts them. */
static const char *const events[] = {"births", "deaths", "arrivals", "departures"};

typedef struct seasonal {
    const vci_view *view;
    size_t n_periods; /* of a year */
    int first_year, n_years;
    double *count; /* [n_years][n_periods]; NaN: not known or not to be told */
    double low, high;
} seasonal;

static double *count_at(const seasonal *s, int year, size_t i) {
    return &s->count[(size_t)(year - s->first_year) * s->n_periods + i];
}

static vc_status collect(const vci_view *view, seasonal *s) {
    vc_status st = VC_OK;
    const vc_run *run = view->run;
    vc_frequency frequency = run->panel.frequency;
    int last_year = vc_period_year(run->as_of, frequency);
    *s = (seasonal){.view = view,
                    .n_periods = (size_t)frequency,
                    .low = (double)NAN,
                    .high = (double)NAN};
    s->first_year = vc_period_year(run->panel.first, frequency);
    if (s->first_year < last_year - MOST_YEARS + 1)
        s->first_year = last_year - MOST_YEARS + 1;
    s->n_years = last_year - s->first_year + 1;
    VC_NEW(s->count, (size_t)s->n_years * s->n_periods);
    for (int year = s->first_year; year <= last_year; year++)
        for (size_t i = 0; i < s->n_periods; i++) {
            vc_period p = year * (vc_period)frequency + (vc_period)i;
            bool told = p <= run->as_of &&
                        vc_suppression_history(view->suppression, view->chart->indicator,
                                               view->chart->unit, p, p);
            double count =
                told ? vc_run_figure(run, view->chart->indicator, view->chart->unit, p, p)
                     : (double)NAN;
            *count_at(s, year, i) = count;
            vci_range_widen(count, &s->low, &s->high);
        }
out:
    return st;
}

/* --- words ------------------------------------------------------------------------- */

/* The latest period beside the same one a year before. */
static vci_label make_heading(const seasonal *s) {
    const vci_view *view = s->view;
    vc_frequency frequency = view->run->panel.frequency;
    size_t i = (size_t)vc_period_in_year(view->run->as_of, frequency);
    int year = s->first_year + s->n_years - 1;
    double now = *count_at(s, year, i);
    double before = s->n_years > 1 ? *count_at(s, year - 1, i) : (double)NAN;
    vci_label period = vci_period_words(view->run->as_of, frequency, view->language), words;
    if (isnan(now))
        words = vci_chart_say(view->language, VCI_TEXT_CHART_SEASONAL_PLAIN);
    else if (isnan(before) || before <= 0)
        words =
            vci_chart_say(view->language, VCI_TEXT_CHART_SEASONAL_NOW, period.text, now);
    else
        words = vci_chart_say(view->language,
                              now < before ? VCI_TEXT_CHART_SEASONAL_FEWER
                                           : VCI_TEXT_CHART_SEASONAL_MORE,
                              period.text, now, fabs(100 * (now / before - 1)));
    return vci_heading_words(view->run, view->chart->unit, view->chart->indicator,
                             words.text, view->language);
}

static vci_label make_subheading(const seasonal *s) {
    const vci_view *view = s->view;
    vc_frequency frequency = view->run->panel.frequency;
    vci_label line = {""},
              as_of = vci_period_words(view->run->as_of, frequency, view->language);
    vci_frame_join(&line, vci_text_get(VCI_TEXT_CHART_UNIT_VALUE_COUNT, view->language));
    vci_frame_join(&line, vci_chart_say(view->language, VCI_TEXT_CHART_SEASONAL_YEARS,
                                        s->first_year, s->first_year + s->n_years - 1)
                              .text);
    vci_frame_join(&line,
                   vci_chart_say(view->language, VCI_TEXT_CHART_AS_OF, as_of.text).text);
    return line;
}

/* --- the script -------------------------------------------------------------------- */

/* The earlier years' lines one behind the other, an empty line between them. */
static void set_years(const seasonal *s, vci_script *script) {
    int last = s->first_year + s->n_years - 1;
    vci_script_begin_data(script, "years");
    for (int year = s->first_year; year <= last; year++) {
        for (size_t i = 0; i < s->n_periods; i++)
            vci_script_row(
                script, 3,
                (double[]){(double)i, *count_at(s, year, i), (double)(last - year)});
        vci_script_add(script, "\n");
    }
    vci_script_end_data(script);
}

/* The mean of the earlier years, where all of them are known. */
static void set_mean(const seasonal *s, vci_script *script) {
    vci_script_begin_data(script, "mean");
    for (size_t i = 0; i < s->n_periods; i++) {
        double sum = 0;
        int n = 0;
        for (int y = 0; y + 1 < s->n_years; y++) {
            double count = *count_at(s, s->first_year + y, i);
            if (isnan(count)) continue;
            sum += count;
            n++;
        }
        vci_script_row(script, 2, (double[]){(double)i, n > 1 ? sum / n : (double)NAN});
    }
    vci_script_end_data(script);
}

static void write_script(const seasonal *s, vci_script *script) {
    vc_language language = s->view->language;
    vc_frequency frequency = s->view->run->panel.frequency;
    int last = s->first_year + s->n_years - 1;
    vc_year year = {0, (vc_period)s->n_periods - 1};
    vci_range y = vci_range_with_room(s->low, s->high, 0);
    vci_axis_set_range(script, 'y', &y);
    vci_axis_set_periods(script, year, 0, frequency, language);
    vci_script_add(script, "n_periods = %zu\n", s->n_periods);
    vci_script_set_text(script, "this_year",
                        vci_chart_say(language, VCI_TEXT_CHART_YEAR, last).text);
    vci_script_set_text(script, "year_before",
                        vci_chart_say(language, VCI_TEXT_CHART_YEAR, last - 1).text);
    vci_script_set_text(
        script, "mean_text",
        s->n_years > 2
            ? vci_chart_say(language, VCI_TEXT_CHART_SEASONAL_MEAN, s->first_year, last - 1)
                  .text
            : "");
    set_years(s, script);
    set_mean(s, script);
}

static vc_status compose(const vci_view *view, vci_plate *plate) {
    vc_status st = VC_OK;
    seasonal s = {.view = view};
    VC_REQUIRE(view->chart->indicator && view->chart->unit != VC_NO_UNIT, "no event");
    VC_TRY(collect(view, &s));
    plate->n_pages = 1;
    plate->width = WIDTH;
    plate->height = HEIGHT;
    plate->heading = make_heading(&s);
    plate->subheading = make_subheading(&s);
    snprintf(plate->alt, sizeof plate->alt, "%s",
             vci_text_get(VCI_TEXT_CHART_ALT_SEASONAL, view->language));
    write_script(&s, &plate->body);
out:
    vci_free(s.count);
    return st;
}

/* --- finding ------------------------------------------------------------------------- */

/* Of whose single periods more than one year is known and may be told. */
static vc_status list(const vci_listing *listing) {
    vc_status st = VC_OK;
    const vc_run *run = listing->run;
    seasonal s = {.count = NULL};
    for (size_t e = 0; e < sizeof events / sizeof *events; e++) {
        size_t n = 0;
        vc_chart chart = vci_chart_blank(VC_CHART_SEASONAL);
        chart.unit = listing->unit;
        chart.indicator = events[e];
        if (run->panel.frequency == VC_YEARLY ||
            vc_run_indicator_kind(run, events[e]) != VC_INDICATOR_COUNT)
            continue;
        vci_view view = {run, &chart, listing->suppression, VC_ENGLISH, 0};
        vci_free(s.count);
        VC_TRY(collect(&view, &s));
        for (size_t i = 0; i < (size_t)s.n_years * s.n_periods; i++)
            n += isnan(s.count[i]) ? 0 : 1;
        if (n > s.n_periods) VC_TRY(vci_listing_add(listing, &chart));
    }
out:
    vci_free(s.count);
    return st;
}

const vci_kind vci_kind_seasonal = {list, compose};
