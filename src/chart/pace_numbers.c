/* The corridor of a pace chart: how earlier years were shared out over their periods. */
#include <math.h>

#include "assess/indicator_internal.h"
#include "chart/pace_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "vitalcast/boundary.h"
#include "vitalcast/grade.h"

#define MOST_YEARS 10 /* back */

bool vci_pace_grows(const vc_run *run, const char *indicator) {
    const vc_formula *f = vci_formula_find(&run->panel, indicator);
    switch (vc_run_indicator_kind(run, indicator)) {
    case VC_INDICATOR_COUNT:
    case VC_INDICATOR_RATE:
        return f && f->minus == VC_EVENTS; /* of a difference shares mean nothing */
    case VC_INDICATOR_PROGRESS:
        for (size_t i = 0; i < run->panel.n_progress; i++)
            if (!strcmp(run->panel.progress[i].indicator, indicator))
                return run->panel.progress[i].kind == VC_QUOTA;
        break;
    case VC_INDICATOR_RATIO:
    case VC_INDICATOR_SHARE:
    case VC_INDICATOR_VALUE:
        break;
    }
    return false;
}

/* Vital events: only where the average of the rest may be spoken of. */
static vc_status may_have_corridor(const vc_run *run, size_t result, bool *may) {
    vc_status st = VC_OK;
    bool *decidable = NULL;
    vc_grade grade;
    VC_NEW(decidable, run->n_results);
    decidable[result] = vc_run_grade(run, &run->results[result], &grade) &&
                        grade.level == VC_GRADE_DECIDABLE;
    *may = vc_boundary_decidable(run, decidable, result);
out:
    vci_free(decidable);
    return st;
}

/* Shares of an earlier year by period; false where one is not known or may not be told. */
static bool shares_of(const vci_pace *pace, size_t result, vc_period back, double *share) {
    const vci_fan *fan = &pace->fan;
    const vc_run *run = fan->run;
    bool records =
        vc_run_indicator_kind(run, fan->target->indicator) == VC_INDICATOR_PROGRESS;
    vc_period first = fan->year.first - back, end = fan->year.end - back;
    double whole = vc_run_target_figure(run, result, end, back);
    if (first < run->panel.first || !(whole > 0)) return false;
    for (vc_period p = first; p <= end; p++) {
        share[p - first] = vc_run_target_figure(run, result, p, back) / whole;
        if (isnan(share[p - first]) ||
            !vc_suppression_history(&fan->suppression, fan->target->indicator,
                                    fan->result->unit, records ? p : first, p))
            return false;
    }
    return true;
}

/* Least and greatest share by period, over the years before. */
static void take_year(vci_pace *pace, size_t n, const double *share) {
    for (size_t i = 0; i < n; i++) {
        pace->low[i] = pace->n_years ? fmin(pace->low[i], share[i]) : share[i];
        pace->high[i] = pace->n_years ? fmax(pace->high[i], share[i]) : share[i];
    }
    pace->n_years++;
}

static vc_status collect_corridor(vci_pace *pace, size_t result) {
    vc_status st = VC_OK;
    const vci_fan *fan = &pace->fan;
    vc_period length = (vc_period)fan->run->panel.frequency;
    size_t n = (size_t)(fan->year.end - fan->year.first + 1);
    double *share = NULL;
    VC_NEW(share, n);
    VC_NEW(pace->low, n);
    VC_NEW(pace->high, n);
    for (vc_period year = 1; year <= MOST_YEARS; year++) {
        if (!shares_of(pace, result, year * length, share)) break;
        take_year(pace, n, share);
        pace->oldest =
            vc_period_year(fan->year.end - year * length, fan->run->panel.frequency);
    }
    if (pace->n_years == 0) goto out;
    bool between = fan->target->direction == VC_BETWEEN;
    for (size_t i = 0; i < n; i++) {
        pace->low[i] *= fan->result->bound;
        pace->high[i] *= between ? fan->result->bound_high : fan->result->bound;
    }
    pace->n = n;
out:
    vci_free(share);
    return st;
}

static void find_place(vci_pace *pace) {
    const vci_fan *fan = &pace->fan;
    if (pace->n == 0 || fan->n_observed == 0) return;
    vci_point last = fan->observed[fan->n_observed - 1];
    size_t i = (size_t)(last.x - (double)(fan->year.first - fan->origin));
    pace->place = last.y < pace->low[i]    ? VCI_PACE_BELOW
                  : last.y > pace->high[i] ? VCI_PACE_ABOVE
                                           : VCI_PACE_WITHIN;
}

/* Without the bands, which the fan had room for. */
static void find_range(vci_pace *pace) {
    vci_fan *fan = &pace->fan;
    double low = 0, high = 0;
    for (size_t i = 0; i < fan->n_observed; i++)
        vci_range_widen(fan->observed[i].y, &low, &high);
    for (size_t i = 0; i < fan->n_last_year; i++)
        vci_range_widen(fan->last_year[i].y, &low, &high);
    for (size_t i = 0; i < pace->n; i++) vci_range_widen(pace->high[i], &low, &high);
    if (!fan->small) vci_range_widen(fan->result->bound, &low, &high);
    if (!fan->small) vci_range_widen(fan->result->bound_high, &low, &high);
    fan->y = vci_range_with_room(low, high, fan->digits);
}

vc_status vci_pace_collect(const vc_run *run, size_t result,
                           const vc_suppression *suppression, vci_pace *pace) {
    vc_status st = VC_OK;
    bool may = false;
    *pace = (vci_pace){.n = 0};
    VC_REQUIRE(result < run->n_results, "result %zu of %zu", result, run->n_results);
    VC_TRY(vci_fan_collect(run, result, &pace->fan));
    pace->fan.n_bands = 0;
    VC_TRY(may_have_corridor(run, result, &may));
    if (may && !pace->fan.small && !isnan(pace->fan.result->bound) &&
        vc_suppression_bound(suppression, result) == VC_MARK_SHOWN)
        VC_TRY(collect_corridor(pace, result));
    find_place(pace);
    find_range(pace);
out:
    return st;
}

void vci_pace_free(vci_pace *pace) {
    vci_fan_free(&pace->fan);
    vci_free(pace->low);
    vci_free(pace->high);
    *pace = (vci_pace){.n = 0};
}
