/* Numbers of a fan chart. */
#include <math.h>
#include <stdlib.h>

#include "assess/indicator_internal.h"
#include "chart/fan_internal.h"
#include "core/memory_internal.h"

#define LONGEST_HISTORY 30 /* years of a yearly series */

/* --- small cells ------------------------------------------------------------------- */

static bool is_small_as_a_whole(const vci_fan *fan, size_t result) {
    const vc_suppression *s = &fan->suppression;
    return vc_suppression_shows(s, fan->target->indicator, fan->result->unit,
                                VC_SPAN_TO_DATE, fan->year) != VC_MARK_SHOWN ||
           vc_suppression_forecast(s, result) != VC_MARK_SHOWN ||
           vc_suppression_bound(s, result) != VC_MARK_SHOWN;
}

/* --- lines and bands --------------------------------------------------------------- */

static double x_of(const vci_fan *fan, vc_period period) {
    return (double)(period - fan->origin);
}

static bool is_progress(const vci_fan *fan) {
    return vc_run_indicator_kind(fan->run, fan->target->indicator) == VC_INDICATOR_PROGRESS;
}

/* Of a period: what the window, or that `shift` periods before it, has come to. */
static double figure_at(const vci_fan *fan, vc_period period, vc_period shift) {
    const vc_run *run = fan->run;
    const char *indicator = fan->target->indicator;
    if (fan->yearly)
        return vc_run_figure(run, indicator, fan->result->unit, period, period);
    if (is_progress(fan) &&
        isnan(vc_run_figure(run, indicator, fan->result->unit, period, period)))
        return NAN;
    return vc_run_target_figure(run, (size_t)(fan->result - run->results), period, shift);
}

/*
 * Figures to date of periods first .. last of the year that begins with `begin`. Progress
 * is reported when it is reported: between its records there is nothing to see. The line
 * goes straight over points that may not be told.
 */
static size_t collect_line(const vci_fan *fan, vc_period begin, vc_period last,
                           vc_period shift, vci_point *points) {
    size_t n = 0;
    bool records = is_progress(fan);
    for (vc_period p = begin; p <= last; p++) {
        vc_period first = fan->yearly || records ? p : begin;
        if (!vc_suppression_tells(&fan->suppression, fan->target->indicator,
                                  fan->result->unit, first, p))
            continue;
        double y = figure_at(fan, p, shift);
        if (isnan(y) && (n == 0 || records)) continue;
        points[n++] = (vci_point){x_of(fan, p + shift), y};
    }
    while (n > 0 && isnan(points[n - 1].y)) n--;
    return n;
}

static vc_status collect_lines(vci_fan *fan) {
    vc_status st = VC_OK;
    const vc_panel *panel = &fan->run->panel;
    vc_period length = (vc_period)panel->frequency, begin = fan->year.first;
    vc_period last = fan->run->as_of < fan->year.end ? fan->run->as_of : fan->year.end;
    if (fan->yearly) {
        begin = last - LONGEST_HISTORY + 1 > panel->first ? last - LONGEST_HISTORY + 1
                                                          : panel->first;
        fan->origin = 0;
    }
    VC_NEW(fan->observed, last >= begin ? (size_t)(last - begin + 1) : 0);
    VC_NEW(fan->last_year, (size_t)(fan->year.end - fan->year.first + 1));
    fan->n_observed = collect_line(fan, begin, last, 0, fan->observed);
    if (!fan->yearly)
        fan->n_last_year = collect_line(fan, fan->year.first - length,
                                        fan->year.end - length, length, fan->last_year);
out:
    return st;
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Between two numbers of a sorted list, as the quantile of a continuous figure. */
static double quantile_of(const double *sorted, size_t n, double level) {
    double at = level * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n) return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* The kept draws of a plain value in a period; how many there are. */
static size_t kept_values(const vci_fan *fan, const vci_indicator *form, vc_period period,
                          double *values) {
    const vc_kept *kept = &fan->run->kept;
    size_t n = 0, n_units = fan->run->panel.tree.n, t = (size_t)(period - kept->first);
    for (size_t d = 0; d < kept->n_draws; d++) {
        size_t at = (d * n_units + fan->result->unit) * kept->n_periods + t;
        double value = (double)kept->value[form->series][at];
        if (form->less != SIZE_MAX) value -= (double)kept->value[form->less][at];
        if (!isnan(value)) values[n++] = value;
    }
    return n;
}

/*
 * A year of a yearly series is one period, so that the path of its last year says nothing
 * of the years before: these come from the draws that are kept in full.
 */
static vc_status collect_years_between(vci_fan *fan) {
    static const double levels[VC_QUANTILES] = VC_QUANTILE_LEVELS;
    vc_status st = VC_OK;
    const vc_kept *kept = &fan->run->kept;
    double *values = NULL;
    vci_indicator form;
    if (!vci_indicator_find(&fan->run->panel, fan->target->indicator, &form) ||
        form.kind != VC_INDICATOR_VALUE || !kept->value || kept->n_draws == 0 ||
        !kept->value[form.series] || (form.less != SIZE_MAX && !kept->value[form.less]))
        goto out;
    VC_NEW(values, kept->n_draws);
    vc_period end = kept->first + (vc_period)kept->n_periods;
    for (vc_period p = fan->run->as_of + 1; p < fan->result->path_first && p < end; p++) {
        if (p < kept->first) continue;
        size_t n = kept_values(fan, &form, p, values);
        if (n == 0) continue;
        qsort(values, n, sizeof *values, by_size);
        vci_band *band = &fan->bands[fan->n_bands++];
        band->x = x_of(fan, p);
        for (size_t q = 0; q < VC_QUANTILES; q++)
            band->quantile[q] = quantile_of(values, n, levels[q]);
    }
out:
    vci_free(values);
    return st;
}

/* The last observation before a period; NULL if there is none. */
static const vci_point *observed_before(const vci_fan *fan, vc_period period) {
    for (size_t i = fan->n_observed; i-- > 0;)
        if (fan->observed[i].x < x_of(fan, period) && !isnan(fan->observed[i].y))
            return &fan->observed[i];
    return NULL;
}

/*
 * The fan begins at the last observation that is final (later ones may be incomplete), and
 * is never a single point.
 */
static vc_status collect_bands(vci_fan *fan) {
    vc_status st = VC_OK;
    const vc_result *result = fan->result;
    if (!result->path || result->path_n == 0 || vci_result_is_known(fan->run, result))
        goto out;
    vc_period ahead = result->path_first - fan->run->as_of;
    VC_NEW(fan->bands, result->path_n + 2 + (fan->yearly && ahead > 0 ? (size_t)ahead : 0));
    const vci_point *last = observed_before(fan, result->path_first);
    if (last) {
        vci_band *join = &fan->bands[fan->n_bands++];
        join->x = last->x;
        for (size_t q = 0; q < VC_QUANTILES; q++) join->quantile[q] = last->y;
    }
    if (fan->yearly) VC_TRY(collect_years_between(fan));
    for (size_t p = 0; p < result->path_n; p++) {
        const double *quantile = result->path + p * VC_QUANTILES;
        if (isnan(quantile[VC_MEDIAN])) continue;
        vci_band *band = &fan->bands[fan->n_bands++];
        band->x = x_of(fan, result->path_first + (vc_period)p);
        memcpy(band->quantile, quantile, sizeof band->quantile);
    }
    if (fan->n_bands == 1) {
        fan->bands[fan->n_bands++] = fan->bands[0];
        fan->bands[0].x -= 0.2;
        fan->bands[1].x += 0.2;
    }
out:
    return st;
}

/* --- ranges ------------------------------------------------------------------------ */

static void find_ranges(vci_fan *fan) {
    double low = (double)NAN, high = (double)NAN;
    for (size_t i = 0; i < fan->n_observed; i++)
        vci_range_widen(fan->observed[i].y, &low, &high);
    for (size_t i = 0; i < fan->n_last_year; i++)
        vci_range_widen(fan->last_year[i].y, &low, &high);
    for (size_t i = 0; i < fan->n_bands; i++) {
        vci_range_widen(fan->bands[i].quantile[VC_Q025], &low, &high);
        vci_range_widen(fan->bands[i].quantile[VC_Q975], &low, &high);
    }
    vci_range_widen(fan->result->bound, &low, &high);
    vci_range_widen(fan->result->bound_high, &low, &high);
    fan->y = vci_range_with_room(low, high, fan->digits);

    fan->x_high = x_of(fan, fan->year.end);
    fan->x_low = x_of(fan, fan->year.first);
    if (fan->yearly && fan->n_observed > 0) fan->x_low = fan->observed[0].x;
    double side = fan->yearly ? 0.01 * (fan->x_high - fan->x_low) : 0.25;
    fan->x_low -= side > 0 ? side : 1;
    fan->x_high += side > 0 ? side : 1;
}

vc_status vci_fan_collect(const vc_run *run, size_t result, vci_fan *fan) {
    vc_status st = VC_OK;
    *fan = (vci_fan){.run = run, .result = &run->results[result]};
    fan->target = &run->targets.list[fan->result->target];
    fan->year = vc_target_window(fan->target, run->panel.frequency);
    fan->yearly = run->panel.frequency == VC_YEARLY;
    fan->digits = vci_indicator_digits(run, fan->target);
    fan->origin = fan->year.first;
    VC_TRY(vc_suppression_find(run, &fan->suppression));
    fan->small = is_small_as_a_whole(fan, result);
    if (!fan->small) {
        VC_TRY(collect_lines(fan));
        VC_TRY(collect_bands(fan));
    }
    find_ranges(fan);
out:
    return st;
}

void vci_fan_free(vci_fan *fan) {
    vci_free(fan->observed);
    vci_free(fan->last_year);
    vci_free(fan->bands);
    vc_suppression_free(&fan->suppression);
    *fan = (vci_fan){.run = NULL};
}
