/*
 * Goals of services and records. A published share rises with its numerator, so the first
 * numerator that reaches a bound is found by bisection; all of it is in integers.
 */
#include "vitalcast/task.h"

#include <math.h>
#include <string.h>

#include "assess/quota_internal.h"
#include "assess/tally_internal.h"
#include "core/memory_internal.h"
#include "fit/progress_internal.h"
#include "vitalcast/boundary.h"

/* Larger wholes than anybody serves; 100 * numerator stays far inside 64 bits. */
#define MOST_WHOLE 1e15

static bool beyond(const vci_tally *t, int64_t numerator, int64_t whole, vc_fraction bound,
                   bool strictly) {
    vc_fraction share = vci_indicator_capped(
        &t->indicator, (vc_fraction){numerator * t->indicator.scale, whole});
    share = vci_fraction_published(share, t->target->decimals);
    int side = vci_fraction_compare(share, bound);
    return strictly ? side > 0 : side >= 0;
}

/* Smallest numerator whose published share is at (or strictly above) a bound; -1: none. */
static int64_t first_beyond(const vci_tally *t, int64_t whole, vc_fraction bound,
                            bool strictly) {
    int64_t low = -1, high = whole;
    while (!beyond(t, high, whole, bound, strictly)) {
        if ((double)high > MOST_WHOLE) return -1;
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (beyond(t, middle, whole, bound, strictly))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* False when no numerator meets the target. */
static bool find_goal(const vci_tally *t, vc_task *task) {
    int64_t least = 0, most = INT64_MAX;
    if (t->target->direction != VC_AT_MOST)
        least = first_beyond(t, task->whole, t->bound, false);
    if (t->target->direction != VC_AT_LEAST) {
        int64_t above = first_beyond(t, task->whole, t->bound_high, true);
        bool capped = t->indicator.cap.den != 0 && t->target->direction == VC_BETWEEN;
        if (above < 0 && !capped) return false;
        if (above >= 0) most = above - 1;
    }
    if (least < 0 || most < least) return false;
    if (t->target->direction == VC_AT_LEAST)
        task->goal = least;
    else if (t->target->direction == VC_AT_MOST)
        task->goal = most;
    else
        task->goal = task->done < least ? least : task->done > most ? most : task->done;
    int64_t rest = task->goal - task->done;
    bool wanted =
        rest > 0 ? t->target->direction != VC_AT_MOST : t->target->direction != VC_AT_LEAST;
    task->remaining = wanted ? rest : 0;
    return true;
}

/* Numerator and denominator of the year's last record; a quota begins with nothing. */
static bool count(const vc_run *run, const vci_tally *t, vc_task *task) {
    const vc_panel *panel = &run->panel;
    const vc_progress *progress = &panel->progress[task->series];
    double done = NAN, whole = NAN, scale = (double)task->scale;
    vc_period last = run->as_of < t->year.end ? run->as_of : t->year.end;
    for (vc_period p = last; isnan(done) && p >= t->year.first && p >= panel->first; p--) {
        size_t at = t->unit * panel->n_periods + (size_t)(p - panel->first);
        if (isnan(progress->numerator[at]) || !(progress->denominator[at] > 0)) continue;
        done = progress->numerator[at];
        whole = progress->denominator[at];
    }
    if (t->within) {
        vci_quota quota =
            vci_quota_done(panel, t->target, task->series, t->unit, t->year.first, last);
        done = quota.done;
        whole = quota.whole;
        if (run->as_of < t->year.first) {
            done = 0;
            whole = vci_quota_whole(panel, t->target, task->series, t->unit, run->as_of, 0);
        }
    } else if (isnan(done) && progress->kind == VC_QUOTA) {
        done = 0;
        whole = vci_progress_whole(panel, task->series, t->unit,
                                   (size_t)(run->as_of - panel->first));
    }
    if (progress->kind == VC_SURVEY || !(whole > 0) || !(whole * scale < MOST_WHOLE) ||
        !(done * scale < MOST_WHOLE))
        return false;
    task->done = (int64_t)llround(done * scale);
    task->whole = (int64_t)llround(whole * scale);
    return true;
}

/* Even shares; the first periods take what does not divide. */
static vc_status make_plan(vc_task *task) {
    vc_status st = VC_OK;
    int64_t n = (int64_t)task->n;
    if (n == 0) goto out;
    int64_t share = task->remaining / n, rest = task->remaining % n;
    VC_NEW(task->plan, task->n);
    for (int64_t i = 0; i < n; i++) task->plan[i] = share + (i < rest) - (i < -rest);
out:
    return st;
}

/* Is the right side reached for good, or the year over on it? */
static bool is_closed(const vc_run *run, const vci_tally *t, const vc_task *task) {
    const vc_result *r = &run->results[task->result];
    bool over = run->as_of >= t->year.end;
    if (isnan(r->to_date) || (t->target->direction != VC_AT_LEAST && !over)) return false;
    vc_fraction share = vci_indicator_capped(
        &t->indicator, (vc_fraction){task->done * t->indicator.scale, task->whole});
    return task->counted ? vci_tally_meets(t, share)
                         : vci_target_met(t->target, r->bound, r->bound_high, r->to_date);
}

static vc_status make_task(const vc_run *run, size_t result, int64_t scale,
                           const vci_tally *t, vc_task *task) {
    vc_period last = t->year.end;
    task->result = result;
    task->series = t->indicator.series;
    task->scale = scale;
    task->first = run->as_of + 1 > t->year.first ? run->as_of + 1 : t->year.first;
    task->n = last >= task->first ? (size_t)(last - task->first + 1) : 0;
    task->counted = count(run, t, task) && find_goal(t, task);
    if (!task->counted) task->done = task->whole = task->goal = task->remaining = 0;
    task->closed = is_closed(run, t, task);
    return make_plan(task);
}

vc_status vc_tasks_find(const vc_run *run, vc_tasks *tasks) {
    vc_status st = VC_OK;
    int64_t *scale = NULL; /* of each series; 0: not yet asked */
    *tasks = (vc_tasks){0};
    VC_NEW(scale, run->panel.n_progress);
    VC_NEW(tasks->list, run->n_results);
    for (size_t r = 0; r < run->n_results; r++) {
        const vc_target *target = &run->targets.list[run->results[r].target];
        vci_tally t;
        if (!vc_boundary_service(run, target->indicator)) continue;
        VC_TRY(vci_tally_init(&t, &run->settings, &run->panel, NULL, target,
                              run->results[r].unit, run->as_of + 1, false));
        int64_t *s = &scale[t.indicator.series];
        if (*s == 0) *s = llround(vci_progress_scale(&run->panel, t.indicator.series));
        if (t.bound.den != 0) VC_TRY(make_task(run, r, *s, &t, &tasks->list[tasks->n++]));
    }
out:
    vci_free(scale);
    return st;
}

void vc_tasks_free(vc_tasks *tasks) {
    for (size_t i = 0; i < tasks->n; i++) vci_free(tasks->list[i].plan);
    vci_free(tasks->list);
    *tasks = (vc_tasks){0};
}
