/* What the answer of the pass means for the figures that rest on the counts. */
#include <math.h>
#include <string.h>

#include "assess/indicator_internal.h"
#include "assess/suppression_internal.h"

static const vc_cell_group GROUP_OF[VC_EVENTS] = {
    [VC_BIRTHS] = VC_CELLS_BIRTHS,         [VC_BIRTHS_MALE] = VC_CELLS_SEX,
    [VC_BIRTHS_FEMALE] = VC_CELLS_SEX,     [VC_BIRTHS_COMPLIANT] = VC_CELLS_COMPLIANCE,
    [VC_DEATHS] = VC_CELLS_DEATHS,         [VC_ARRIVALS] = VC_CELLS_ARRIVALS,
    [VC_DEPARTURES] = VC_CELLS_DEPARTURES,
};

/* The detail in which a figure over some periods is told. */
static vc_detail detail_of(const vc_suppression *s, vc_period first, vc_period last) {
    const vc_panel *panel = &s->run->panel;
    size_t begin = vci_cuts_place(panel->first, panel->n_periods, first);
    size_t end = vci_cuts_place(panel->first, panel->n_periods, last + 1);
    int detail = s->cut[begin] > s->cut[end] ? s->cut[begin] : s->cut[end];
    return (vc_detail)detail;
}

/* The years up to the end of a window that is over are told with what ends there. */
static vc_detail detail_of_span(const vc_suppression *s, vc_span span, vc_year window) {
    vc_year periods = vci_span_periods(s->run, span, window);
    if (span == VC_SPAN_EACH_PERIOD) return VC_DETAIL_EACH_PERIOD;
    if (span == VC_SPAN_YEARS && window.end >= s->run->as_of) return VC_DETAIL_YEARS;
    return detail_of(s, periods.first, periods.end);
}

/* The event with a column's name, which may be no indicator: boys, girls. */
static size_t event_named(const vc_run *run, const char *name, vc_event events[3]) {
    for (int e = 0; e < VC_EVENTS; e++) {
        if (!run->panel.has[e] || strcmp(vc_event_name((vc_event)e), name) != 0) continue;
        events[0] = (vc_event)e;
        return 1;
    }
    return 0;
}

/* The events that an indicator is formed from; returns how many there are. */
static size_t events_of(const vc_run *run, const char *indicator, vc_event events[3]) {
    vci_indicator form;
    size_t n = 0;
    if (!vci_indicator_find(&run->panel, indicator, &form))
        return event_named(run, indicator, events);
    const vc_event parts[] = {form.plus, form.minus, form.over};
    for (size_t i = 0; i < 3; i++)
        if (parts[i] != VC_EVENTS) events[n++] = parts[i];
    return n;
}

static double known_events(const vc_run *run, vc_event event, size_t unit, vc_year span) {
    const vc_panel *panel = &run->panel;
    double sum = NAN;
    for (vc_period p = span.first; p <= span.end; p++) {
        size_t t = (size_t)(p - panel->first);
        if (p < panel->first || t >= panel->n_periods) continue;
        double y = panel->count[event][unit * panel->n_periods + t];
        if (!isnan(y)) sum = (isnan(sum) ? 0 : sum) + y;
    }
    return sum;
}

/* Is "always" covered, or below a parent that is and whose count is small as well? */
static bool is_hidden_whole(const vc_suppression *s, vc_event event, size_t unit,
                            vc_year periods) {
    vc_cell_group which = GROUP_OF[event];
    while (s->told[which][unit] == 0 &&
           known_events(s->run, event, unit, periods) < s->run->settings.min_cell) {
        if (s->covered[which][unit] >> VC_DETAIL_EACH_PERIOD & 1) return true;
        unit = s->run->panel.tree.units[unit].parent;
        if (unit == VC_NO_UNIT) return true;
    }
    return false;
}

/*
 * The as-of period of a unit whose year to date is told, when the periods before it are
 * not small.
 */
static bool is_apart(const vc_suppression *s, vc_event event, size_t unit, vc_year period) {
    const vc_panel *panel = &s->run->panel;
    vc_cell_group which = GROUP_OF[event];
    vc_period before = period.first;
    size_t place;
    do place = vci_cuts_place(panel->first, panel->n_periods, --before);
    while (place > 0 && s->cut[place] > VC_DETAIL_TO_DATE);
    return period.first == s->run->as_of &&
           vc_suppression_group(s, which, unit, VC_DETAIL_TO_DATE) &&
           (s->covered[which][unit] >> VC_DETAIL_PERIOD & 1) &&
           known_events(s->run, event, unit, (vc_year){before, period.first - 1}) >=
               s->run->settings.min_cell;
}

/*
 * That a count is below min_cell may be told where something of its family is open that
 * takes whatever it gains or loses, and nothing else that is told of the unit limits it.
 */
static bool may_say_below(const vc_suppression *s, vc_event event, size_t unit,
                          vc_span span, vc_year window) {
    vc_year periods = vci_span_periods(s->run, span, window);
    if (span == VC_SPAN_YEARS || span == VC_SPAN_EACH_PERIOD ||
        !(known_events(s->run, event, unit, periods) < s->run->settings.min_cell))
        return false;
    return is_hidden_whole(s, event, unit, periods) ||
           (span == VC_SPAN_PERIOD && is_apart(s, event, unit, periods));
}

/* A part of the births is capped by them, so that no mark goes with it. */
static bool is_part(vc_cell_group which) {
    return which == VC_CELLS_SEX || which == VC_CELLS_COMPLIANCE;
}

static bool tells(const vc_suppression *s, const char *indicator, size_t unit,
                  vc_detail detail) {
    vc_event events[3];
    size_t n = events_of(s->run, indicator, events);
    for (size_t i = 0; i < n; i++)
        if (!vc_suppression_group(s, GROUP_OF[events[i]], unit, detail)) return false;
    return true;
}

bool vc_suppression_tells(const vc_suppression *s, const char *indicator, size_t unit,
                          vc_period first, vc_period last) {
    return tells(s, indicator, unit, detail_of(s, first, last));
}

/* Of parts of the births, what is left of them too. */
static bool is_large(const vc_suppression *s, vc_event event, size_t unit, vc_year span) {
    double n = known_events(s->run, event, unit, span), least = s->run->settings.min_cell;
    if (!(n >= least)) return false;
    return !is_part(GROUP_OF[event]) ||
           known_events(s->run, VC_BIRTHS, unit, span) - n >= least;
}

bool vc_suppression_history(const vc_suppression *s, const char *indicator, size_t unit,
                            vc_period first, vc_period last) {
    vc_event events[3];
    size_t n = events_of(s->run, indicator, events);
    if (vc_suppression_tells(s, indicator, unit, first, last)) return true;
    if (unit != s->run->panel.tree.root ||
        !tells(s, indicator, unit, VC_DETAIL_EACH_PERIOD))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_large(s, events[i], unit, (vc_year){first, last})) return false;
    return true;
}

vc_mark vc_suppression_shows(const vc_suppression *s, const char *indicator, size_t unit,
                             vc_span span, vc_year window) {
    vc_event events[3];
    if (tells(s, indicator, unit, detail_of_span(s, span, window))) return VC_MARK_SHOWN;
    if (vc_run_indicator_kind(s->run, indicator) == VC_INDICATOR_COUNT &&
        events_of(s->run, indicator, events) == 1 && !is_part(GROUP_OF[events[0]]) &&
        may_say_below(s, events[0], unit, span, window))
        return VC_MARK_BELOW;
    return VC_MARK_WITHHELD;
}

static bool is_declared(const vc_target *target) {
    return target->value.kind == VC_FIXED &&
           (target->direction != VC_BETWEEN || target->value_high.kind == VC_FIXED);
}

static vc_year window_of(const vc_run *run, size_t result) {
    return vc_target_window(&run->targets.list[run->results[result].target],
                            run->panel.frequency);
}

/* A mean of the class tells the sum of its units: all must be told. */
static vc_mark class_bound(const vc_suppression *s, size_t result) {
    const vc_run *run = s->run;
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    for (size_t i = 0; i < run->n_results; i++) {
        const vc_result *other = &run->results[i];
        if (vc_target_peers(&run->panel.tree, r->unit, other->unit) &&
            vc_target_same_figure(target, &run->targets.list[other->target]) &&
            vc_suppression_forecast(s, i) != VC_MARK_SHOWN)
            return VC_MARK_WITHHELD;
    }
    return VC_MARK_SHOWN;
}

vc_mark vc_suppression_bound(const vc_suppression *s, size_t result) {
    const vc_result *r = &s->run->results[result];
    const vc_target *target = &s->run->targets.list[r->target];
    if (is_declared(target)) return VC_MARK_SHOWN;
    vc_mark mark = vc_suppression_shows(s, target->indicator, r->unit,
                                        VC_SPAN_PREVIOUS_YEAR, window_of(s->run, result));
    return vc_target_by_class(target) ? class_bound(s, result) : mark;
}

/* Is the low end of the forecast further above the count to date than a small count is? */
static bool is_far_ahead(const vc_run *run, const vc_result *r, vc_event event) {
    const vc_target *target = &run->targets.list[r->target];
    double to_date = known_events(
        run, event, r->unit,
        vci_span_periods(run, VC_SPAN_TO_DATE, window_of(run, (size_t)(r - run->results))));
    double low = r->quantile[VC_Q025];
    if (isnan(to_date)) return true; /* the year has not begun */
    if (vc_run_indicator_kind(run, target->indicator) == VC_INDICATOR_RATE)
        low *= to_date / r->to_date; /* 0 / 0: not known to be far */
    return low - to_date >= run->settings.min_cell - 1;
}

vc_mark vc_suppression_forecast(const vc_suppression *s, size_t result) {
    const vc_run *run = s->run;
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    vc_event events[3];
    size_t n = events_of(run, target->indicator, events);
    vc_year window = window_of(run, result);
    vc_mark years =
        vc_suppression_shows(s, target->indicator, r->unit, VC_SPAN_YEARS, window);
    vc_mark to_date =
        vc_suppression_shows(s, target->indicator, r->unit, VC_SPAN_TO_DATE, window);
    if (years != VC_MARK_SHOWN || to_date == VC_MARK_SHOWN) return years;
    return n == 1 && is_far_ahead(run, r, events[0]) ? VC_MARK_SHOWN : VC_MARK_WITHHELD;
}
