#include "assess/quota_internal.h"

#include <math.h>

#include "fit/progress_internal.h"

bool vci_quota_within(const vc_panel *panel, const vci_indicator *indicator,
                      const vc_target *target) {
    return target->length > 0 && indicator->kind == VC_INDICATOR_PROGRESS &&
           panel->progress[indicator->series].kind == VC_QUOTA;
}

bool vci_quota_begins(const vc_panel *panel, vc_period period) {
    int f = (int)panel->frequency;
    return vc_period_in_year(period, panel->frequency) == (panel->year_end_in_year + 1) % f;
}

double vci_quota_record(const vc_panel *panel, size_t series, size_t unit, vc_period p) {
    if (p < panel->first || p >= panel->first + (vc_period)panel->n_periods) return NAN;
    return panel->progress[series]
        .numerator[unit * panel->n_periods + (size_t)(p - panel->first)];
}

static double whole_at(const vc_panel *panel, size_t series, size_t unit, vc_period p) {
    size_t t = p > panel->first ? (size_t)(p - panel->first) : 0;
    return vci_progress_whole(panel, series, unit, t);
}

double vci_quota_whole(const vc_panel *panel, const vc_target *target, size_t series,
                       size_t unit, vc_period at, vc_period back) {
    vc_period year = (vc_period)panel->frequency;
    double sum = 0;
    if (target->length < 2 * year) return whole_at(panel, series, unit, at);
    for (vc_period p = 0; p < target->length; p += year)
        sum += whole_at(panel, series, unit, target->year_end - back - p);
    return sum;
}

vci_quota vci_quota_done(const vc_panel *panel, const vc_target *target, size_t series,
                         size_t unit, vc_period first, vc_period last) {
    vc_year term = vc_target_term(target, panel->frequency);
    double done = vci_quota_begins(panel, first)
                      ? 0
                      : -vci_quota_record(panel, series, unit, first - 1);
    vc_period end = last;
    while (end >= first && isnan(vci_quota_record(panel, series, unit, end))) end--;
    if (end < first) return (vci_quota){NAN, NAN};
    for (vc_period p = first; p < end; p++)
        if (vci_quota_begins(panel, p + 1))
            done += vci_quota_record(panel, series, unit, p);
    done += vci_quota_record(panel, series, unit, end);
    return (vci_quota){
        done, vci_quota_whole(panel, target, series, unit, end, term.first - first)};
}
