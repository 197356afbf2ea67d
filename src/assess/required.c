/* The average of the remaining periods with which a year-end figure is the target. */
#include "vitalcast/required.h"

#include <math.h>
#include <string.h>

#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "data/standard_internal.h"
#include "vitalcast/boundary.h"

const char *vc_required_basis_name(vc_required_basis basis) {
    static const char *const names[VC_REQUIRED_BASES] = {
#define X(constant, name) name,
        VC_REQUIRED_LIST(X)
#undef X
    };
    return names[basis];
}

const char *vc_required_state_name(vc_required_state state) {
    static const char *const names[] = {"open", "sure", "out_of_reach"};
    return names[state];
}

/* A year that has been seen up to some period, and the rest of it. */
typedef struct seen {
    const vc_run *run;
    const vc_result *result;
    const vc_target *target;
    vci_indicator indicator;
    vc_year year;
    int64_t plus, over; /* events before the rest; plus less minus */
    double expected;    /* the whole of the rest; ratios and shares only */
    double per_event;   /* of the year's rate */
    int days, days_seen, days_left;
} seen;

static int64_t sum_before(const seen *s, vc_event event) {
    const vc_panel *panel = &s->run->panel;
    int64_t sum = 0;
    for (vc_period p = s->year.first; event != VC_EVENTS && p < s->result->path_first;
         p++) {
        int64_t one = 0; /* what lies before a unit's first report is nothing */
        if (vci_event_sum(panel, event, s->result->unit, p, p, &one)) sum += one;
    }
    return sum;
}

/* Mean of an event over the rest in the kept draws; NaN if there are none. */
static double expect(const seen *s, vc_event event) {
    const vc_kept *kept = &s->run->kept;
    size_t units = s->run->panel.tree.n, left = s->result->path_n;
    double sum = 0;
    if (kept->n_draws == 0 || !kept->count[event] || s->result->path_first < kept->first)
        return NAN;
    size_t begin = (size_t)(s->result->path_first - kept->first);
    if (begin + left > kept->n_periods) return NAN;
    for (size_t d = 0; d < kept->n_draws; d++) {
        const int32_t *row =
            kept->count[event] + (d * units + s->result->unit) * kept->n_periods + begin;
        for (size_t p = 0; p < left; p++) sum += row[p];
    }
    return sum / (double)kept->n_draws;
}

/* A ratio of the two parts that make up one whole: births by sex. */
static bool is_of_parts(const vci_indicator *i) {
    vc_formula formula = {i->kind, i->plus, i->minus, i->over, i->scale};
    return vci_formula_parts(&formula);
}

/* Males per hundred females of a rest of n births. */
static double average_of_parts(const seen *s, double share) {
    double plus = (double)s->plus, over = (double)s->over, n = s->expected;
    double part = (share * (over + n) - plus) / (1 + share);
    if (isnan(part) || part < 0) return isnan(part) ? part : -1;
    return part < n ? (double)s->indicator.scale * part / (n - part) : (double)INFINITY;
}

static void look(const vc_run *run, const vci_population *population, seen *s) {
    const vc_result *r = s->result;
    vc_frequency f = run->panel.frequency;
    const vci_indicator *i = &s->indicator;
    s->plus = sum_before(s, i->plus) - sum_before(s, i->minus);
    s->over = sum_before(s, i->over);
    s->days = vc_period_span_days(s->year.first, s->year.end, f);
    s->days_left = vc_period_span_days(r->path_first, s->year.end, f);
    s->days_seen = s->days - s->days_left;
    if (i->over != VC_EVENTS) {
        s->expected = expect(s, i->over);
        if (is_of_parts(i)) s->expected += expect(s, i->plus);
    }
    if (i->kind == VC_INDICATOR_RATE) {
        vci_mean mean =
            vci_mean_population(run->settings.average_population, &run->panel, population,
                                r->unit, s->year.first, s->year.end);
        vc_fraction each = vci_per_year(i, (vc_fraction){i->scale * mean.count, mean.sum},
                                        vc_target_per_year(s->target, f, 0));
        s->per_event = (double)each.num / (double)each.den;
    }
}

/* The average of the rest for a year-end figure; may be what no rest can be. */
static double average_for(const seen *s, double figure) {
    double plus = (double)s->plus, over = (double)s->over, n = s->expected;
    double scale = (double)s->indicator.scale;
    switch (s->indicator.kind) {
    case VC_INDICATOR_COUNT:
        return (figure - plus) / (double)s->result->path_n;
    case VC_INDICATOR_RATE:
        return (figure - plus * s->per_event) * s->days / s->days_left;
    case VC_INDICATOR_RATIO:
        if (is_of_parts(&s->indicator)) return average_of_parts(s, figure / scale);
        return (figure * (over + n) - scale * plus) / n;
    case VC_INDICATOR_SHARE:
        return (figure * (over + n) - scale * plus) / n;
    case VC_INDICATOR_PROGRESS:
    case VC_INDICATOR_VALUE:
        break;
    }
    return NAN;
}

static double average_seen(const seen *s) {
    double plus = (double)s->plus;
    if (s->days_seen == 0) return NAN;
    switch (s->indicator.kind) {
    case VC_INDICATOR_COUNT:
        return plus / (double)(s->result->path_first - s->year.first);
    case VC_INDICATOR_RATE:
        return plus * s->per_event * s->days / s->days_seen;
    case VC_INDICATOR_RATIO:
    case VC_INDICATOR_SHARE:
        if (s->over > 0) return (double)s->indicator.scale * plus / (double)s->over;
        break;
    case VC_INDICATOR_PROGRESS:
    case VC_INDICATOR_VALUE:
        break;
    }
    return NAN;
}

/* What any rest lies between. */
static void limits(const vci_indicator *i, double *low, double *high) {
    *low = i->minus == VC_EVENTS ? 0 : -(double)INFINITY;
    *high = i->kind == VC_INDICATOR_SHARE ? (double)i->scale : (double)INFINITY;
}

static vc_required_state state_of(const vci_indicator *i, vc_direction direction,
                                  double average, double average_high) {
    double low, high;
    limits(i, &low, &high);
    bool above = direction != VC_AT_MOST, below = direction != VC_AT_LEAST;
    if ((below && average_high < low) || (above && average > high) ||
        (above && isinf(average) && average > 0))
        return VC_REQUIRED_OUT_OF_REACH;
    if ((!above || average <= low) && (!below || average_high >= high))
        return VC_REQUIRED_SURE;
    return VC_REQUIRED_OPEN;
}

/* False when there is nothing to say. */
static bool require_events(const vc_run *run, const vci_population *population,
                           size_t result, vc_required *q) {
    const vc_result *r = &run->results[result];
    const vc_target *target = &run->targets.list[r->target];
    seen s = {.run = run, .result = r, .target = target};
    if (r->path_n == 0 || isnan(r->bound) ||
        !vci_indicator_find(&run->panel, target->indicator, &s.indicator) ||
        s.indicator.plus == VC_EVENTS)
        return false;
    s.year = vc_target_window(target, run->panel.frequency);
    look(run, population, &s);
    double low = average_for(&s, r->bound), high = low;
    if (target->direction == VC_BETWEEN) high = average_for(&s, r->bound_high);
    if (isnan(low) || isnan(high)) return false;
    vc_required_state state = state_of(&s.indicator, target->direction, low, high);
    bool open = state == VC_REQUIRED_OPEN;
    *q = (vc_required){.result = result,
                       .basis = s.indicator.kind == VC_INDICATOR_COUNT  ? VC_REQUIRED_COUNT
                                : s.indicator.kind == VC_INDICATOR_RATE ? VC_REQUIRED_RATE
                                                                        : VC_REQUIRED_RATIO,
                       .state = state,
                       .average = open ? low : (double)NAN,
                       .average_high =
                           open && target->direction == VC_BETWEEN ? high : (double)NAN,
                       .so_far = average_seen(&s),
                       .first = r->path_first,
                       .n = r->path_n};
    return true;
}

/* A task's remaining numerator by period. */
static bool require_task(const vc_run *run, const vc_task *task, vc_required *q) {
    const vc_result *r = &run->results[task->result];
    const vc_target *target = &run->targets.list[r->target];
    vc_year year = vc_target_window(target, run->panel.frequency);
    double scale = (double)task->scale;
    if (!task->counted || task->n == 0) return false;
    bool quota = run->panel.progress[task->series].kind == VC_QUOTA;
    bool begun = task->first > year.first && quota;
    bool lost = quota && task->remaining < 0; /* what was done is not undone */
    bool sure = quota && target->direction == VC_AT_LEAST && task->remaining == 0;
    *q = (vc_required){.result = task->result,
                       .basis = VC_REQUIRED_NUMERATOR,
                       .state = lost   ? VC_REQUIRED_OUT_OF_REACH
                                : sure ? VC_REQUIRED_SURE
                                       : VC_REQUIRED_OPEN,
                       .average = NAN,
                       .average_high = NAN,
                       .so_far = begun ? (double)task->done / scale /
                                             (double)(task->first - year.first)
                                       : (double)NAN,
                       .first = task->first,
                       .n = task->n};
    if (q->state == VC_REQUIRED_OPEN)
        q->average = (double)(task->goal - task->done) / scale / (double)task->n;
    return true;
}

static vc_period last_end(const vc_run *run) {
    vc_period last = run->as_of;
    for (size_t i = 0; i < run->targets.n; i++)
        if (run->targets.list[i].year_end > last) last = run->targets.list[i].year_end;
    return last;
}

vc_status vc_requireds_find(const vc_run *run, const bool *decidable, const vc_tasks *tasks,
                            vc_requireds *requireds) {
    vc_status st = VC_OK;
    vci_population population = {0};
    vc_period end = run->panel.first + (vc_period)run->panel.n_periods - 1;
    vc_period last = last_end(run);
    size_t task = 0;
    *requireds = (vc_requireds){0};
    VC_NEW(requireds->list, run->n_results);
    VC_TRY(vci_population_fill(&run->panel, &run->population,
                               last > end ? (size_t)(last - end) : 0, &population));
    for (size_t r = 0; r < run->n_results; r++) {
        vc_required *q = &requireds->list[requireds->n];
        bool found = false;
        while (task < tasks->n && tasks->list[task].result < r) task++;
        if (task < tasks->n && tasks->list[task].result == r)
            found = require_task(run, &tasks->list[task], q);
        else if (vc_boundary_decidable(run, decidable, r))
            found = require_events(run, &population, r, q);
        requireds->n += found;
    }
out:
    vci_population_free(&population);
    return st;
}

void vc_requireds_free(vc_requireds *requireds) {
    vci_free(requireds->list);
    *requireds = (vc_requireds){0};
}
