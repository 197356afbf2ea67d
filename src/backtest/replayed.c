#include "backtest/replayed_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"

static vc_status add_indicator(vci_plan *plan, const char *indicator) {
    vc_status st = VC_OK;
    vc_target *t = &plan->targets.list[plan->targets.n];
    *t = (vc_target){.selector = VC_ALL_UNITS,
                     .direction = VC_AT_MOST,
                     .decimals = -1,
                     .points = NAN,
                     .deadline = VC_NO_PERIOD};
    t->value = (vc_target_value){VC_PREVIOUS_YEAR, {0, 1}, {1, 1}, {0, 1}};
    t->value_high = t->value;
    plan->targets.n++;
    VC_COPY_TEXT(t->id, VCI_AT_MOST_PREVIOUS);
    VC_COPY_TEXT(t->indicator, indicator);
    plan->n_indicators++;
out:
    return st;
}

/* A series of the same name takes a standard indicator's place. */
static bool is_series(const vc_panel *panel, const char *name) {
    return vci_values_named(panel, name) || vci_progress_named(panel, name);
}

static vc_status add_indicators(const vc_panel *panel, vci_plan *plan) {
    vc_status st = VC_OK;
    for (size_t i = 0; i < VCI_STANDARDS; i++) {
        const char *name = vci_standards[i].name;
        if (!is_series(panel, name) && vci_indicator_available(panel, name))
            VC_TRY(add_indicator(plan, name));
    }
    for (size_t i = 0; i < panel->n_indicators; i++) {
        const vc_indicator *declared = &panel->indicators[i];
        if (declared->declared == VC_DECLARED_FORMULA &&
            vci_indicator_available(panel, declared->name))
            VC_TRY(add_indicator(plan, declared->name));
    }
    for (size_t i = 0; i < panel->n_values; i++)
        VC_TRY(add_indicator(plan, panel->values[i].indicator));
    for (size_t i = 0; i < panel->n_progress; i++)
        VC_TRY(add_indicator(plan, panel->progress[i].indicator));
out:
    return st;
}

static vc_status copy_target(const vc_target *from, vc_target *to) {
    vc_status st = VC_OK;
    *to = *from;
    to->id = to->class_name = to->indicator = to->scoring = NULL;
    VC_COPY_TEXT(to->id, from->id);
    VC_COPY_TEXT(to->class_name, from->class_name);
    VC_COPY_TEXT(to->indicator, from->indicator);
    VC_COPY_TEXT(to->scoring, from->scoring);
out:
    return st;
}

static size_t indicator_of(const vci_plan *plan, const char *name) {
    for (size_t i = 0; i < plan->n_indicators; i++)
        if (!strcmp(plan->targets.list[i].indicator, name)) return i;
    return SIZE_MAX;
}

/* Rows of one id and indicator are tracked together. */
static void track(vci_plan *plan, size_t target) {
    const vc_target *t = &plan->targets.list[target];
    vc_track_target key = {.id = t->id, .indicator = indicator_of(plan, t->indicator)};
    for (size_t i = 0; i < plan->n_tracked; i++)
        if (plan->tracked[i].indicator == key.indicator &&
            !strcmp(plan->tracked[i].id, key.id)) {
            plan->of[target] = i;
            return;
        }
    plan->of[target] = plan->n_tracked;
    plan->tracked[plan->n_tracked++] = key;
}

/* Behind the targets: the two ends of each indicator's ranks. */
static void track_ranks(vci_plan *plan) {
    /* Ids are not const because a track owns its own. */
    char *top = (char *)(uintptr_t)VCI_AMONG_TOP;
    char *bottom = (char *)(uintptr_t)VCI_AMONG_BOTTOM;
    plan->first_rank = plan->n_tracked;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        plan->tracked[plan->n_tracked++] = (vc_track_target){.id = top, .indicator = i};
        plan->tracked[plan->n_tracked++] = (vc_track_target){.id = bottom, .indicator = i};
    }
}

/* Years only: to their end, without a deadline before it. */
static bool is_replayed(const vci_plan *plan, const vc_target *t, vc_frequency frequency) {
    return t->length == 0 && t->deadline == VC_NO_PERIOD &&
           vc_period_in_year(t->year_end, frequency) == plan->year_end_in_year &&
           indicator_of(plan, t->indicator) != SIZE_MAX;
}

vc_status vci_plan_make(const vc_workspace *workspace, const vc_panel *panel,
                        const vc_targets *declared, vci_plan *plan) {
    vc_status st = VC_OK;
    size_t most = VCI_STANDARDS + panel->n_indicators + panel->n_values +
                  panel->n_progress + declared->n;
    *plan = (vci_plan){.year_end_in_year = workspace->year_end_in_year};
    if (declared->n)
        plan->year_end_in_year =
            vc_period_in_year(declared->list[0].year_end, panel->frequency);
    VC_NEW(plan->targets.list, most);
    VC_NEW(plan->of, most);
    VC_NEW(plan->tracked, 3 * most);
    VC_TRY(add_indicators(panel, plan));
    for (size_t i = 0; i < declared->n; i++) {
        const vc_target *t = &declared->list[i];
        if (is_replayed(plan, t, panel->frequency))
            VC_TRY(copy_target(t, &plan->targets.list[plan->targets.n++]));
    }
    for (size_t i = 0; i < plan->targets.n; i++) track(plan, i);
    track_ranks(plan);
out:
    return st;
}

void vci_plan_free(vci_plan *plan) {
    vc_targets_free(&plan->targets);
    vci_free(plan->of);
    vci_free(plan->tracked);
    *plan = (vci_plan){0};
}

static bool exists(const vc_unit *unit, vc_period at) {
    return (unit->valid_from == VC_NO_PERIOD || unit->valid_from <= at) &&
           (unit->valid_to == VC_NO_PERIOD || unit->valid_to >= at);
}

vc_status vci_plan_targets(const vci_plan *plan, const vc_panel *panel, vc_period year_end,
                           vc_period as_of, vc_targets *targets) {
    vc_status st = VC_OK;
    *targets = (vc_targets){0};
    VC_NEW(targets->list, plan->targets.n);
    for (; targets->n < plan->targets.n; targets->n++) {
        vc_target *t = &targets->list[targets->n];
        VC_TRY(copy_target(&plan->targets.list[targets->n], t));
        t->year_end = year_end;
        if (t->selector != VC_ONE_UNIT || exists(&panel->tree.units[t->unit], as_of))
            continue;
        t->selector = VC_LEVEL; /* below the deepest: no unit at all */
        t->level = panel->tree.n_levels;
    }
out:
    return st;
}
