#include "chart/axis_internal.h"

#include <math.h>

#include "chart/wording_internal.h"

#define MOST_TICS 10

vci_range vci_range_around(double low, double high, int digits) {
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double span = high > low ? high - low : fmax(fabs(high), 1) * 0.1;
    double rough = span / 6, power = pow(10, floor(log10(rough)));
    vci_range range = {0, 0, power, 0};
    for (size_t i = 0; range.step < rough * 0.999 && i < sizeof steps / sizeof *steps; i++)
        range.step = steps[i] * power;
    if (digits == 0) range.step = fmax(1, ceil(range.step));
    range.low = low;
    range.high = high > low ? high : low + span;
    for (double step = range.step; range.digits < 6 && fabs(step - round(step)) > 1e-6;
         step *= 10)
        range.digits++;
    return range;
}

void vci_range_widen(double y, double *low, double *high) {
    *low = fmin(*low, y);
    *high = fmax(*high, y);
}

vci_range vci_range_with_room(double low, double high, int digits) {
    if (isnan(low)) low = 0, high = 1;
    double margin = 0.04 * (high - low);
    bool near_zero = low >= 0 && low < 0.25 * high;
    return vci_range_around(near_zero ? 0 : low - margin, high + margin, digits);
}

void vci_axis_set_range(vci_script *script, char axis, const vci_range *range) {
    vci_script_add(script, "%c_low = ", axis);
    vci_script_number(script, range->low);
    vci_script_add(script, "\n%c_high = ", axis);
    vci_script_number(script, range->high);
    vci_script_add(script, "\n%c_step = ", axis);
    vci_script_number(script, range->step);
    vci_script_add(script, "\n%c_digits = %d\n", axis, range->digits);
}

/* Where a year is named: n_years, year_x, year_text. */
static void set_year_names(vci_script *script, vc_year span, vc_period origin,
                           vc_frequency frequency, vc_language language) {
    int n_years = 0, most = (span.end - span.first + 1) / (int)frequency + 2;
    vci_script_add(script, "array year_x[%d]\narray year_text[%d]\n", most, most);
    for (vc_period p = span.first; p <= span.end; p++) {
        if (p != span.first && vc_period_in_year(p, frequency) != 0) continue;
        vci_script_add(script, "year_x[%d] = %d\n", ++n_years, (int)(p - origin));
        vci_axis_set_element(
            script, "year_text", (size_t)n_years - 1,
            vci_chart_say(language, VCI_TEXT_CHART_YEAR, vc_period_year(p, frequency))
                .text);
    }
    vci_script_add(script, "n_years = %d\n", n_years);
}

void vci_axis_set_periods(vci_script *script, vc_year span, vc_period origin,
                          vc_frequency frequency, vc_language language) {
    int n = span.end - span.first + 1;
    vci_script_add(script, "set xtics (");
    for (vc_period p = span.first; p <= span.end; p += (n + 11) / 12) {
        vci_script_add(script, p > span.first ? ", " : "");
        vci_script_tic(script, vci_period_in_year_words(p, frequency, language).text);
        vci_script_add(script, " %d", (int)(p - origin));
    }
    vci_script_add(script, ")\n");
    set_year_names(script, span, origin, frequency, language);
}

void vci_axis_set_years(vci_script *script, double low, double high) {
    static const int steps[] = {1, 2, 5, 10, 20};
    int step = steps[0], n = 0, last = (int)floor(high);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && (high - low) / step > MOST_TICS;
         i++)
        step = steps[i];
    vci_script_add(script, "set xtics (");
    for (int year = (int)ceil(low / step) * step; year <= last; year += step)
        vci_script_add(script, "%s'%d' %d", n++ > 0 ? ", " : "", year, year);
    vci_script_add(script, ")\nn_years = 0\n");
}

void vci_axis_set_line(vci_script *script, const char *name, size_t n,
                       const vci_point *points) {
    vci_script_begin_data(script, name);
    for (size_t i = 0; i < n; i++)
        vci_script_row(script, 2, (double[]){points[i].x, points[i].y});
    if (n == 0) vci_script_add(script, "NaN NaN\n");
    vci_script_end_data(script);
}

void vci_axis_set_element(vci_script *script, const char *array, size_t i,
                          const char *text) {
    vci_script_add(script, "%s[%zu] = ", array, i + 1);
    vci_script_text(script, text);
    vci_script_add(script, "\n");
}
