#include "vitalcast/target.h"

#include <string.h>

#include "core/memory_internal.h"

void vc_targets_free(vc_targets *targets) {
    if (!targets) return;
    for (size_t i = 0; targets->list && i < targets->n; i++) {
        vci_free(targets->list[i].id);
        vci_free(targets->list[i].class_name);
        vci_free(targets->list[i].indicator);
        vci_free(targets->list[i].scoring);
    }
    vci_free(targets->list);
    vci_free(targets->file);
    *targets = (vc_targets){0};
}

bool vc_target_selects(const vc_target *target, const vc_unit_tree *tree, size_t unit) {
    const vc_unit *u = &tree->units[unit];
    switch (target->selector) {
    case VC_ONE_UNIT:
        return unit == target->unit;
    case VC_ALL_UNITS:
        return true;
    case VC_LEVEL:
        return u->level == target->level;
    case VC_CLASS:
        return u->class_name && target->class_name &&
               strcmp(u->class_name, target->class_name) == 0;
    }
    return false;
}

vc_year vc_target_term(const vc_target *target, vc_frequency frequency) {
    vc_year year = vc_year_ending(target->year_end, frequency);
    if (target->length > 0) year.first = target->year_end - target->length + 1;
    return year;
}

vc_year vc_target_window(const vc_target *target, vc_frequency frequency) {
    vc_year window = vc_target_term(target, frequency);
    if (target->deadline >= window.first && target->deadline < window.end)
        window.end = target->deadline;
    return window;
}

bool vc_target_same_term(const vc_target *target, const vc_target *other) {
    return target->year_end == other->year_end && target->length == other->length;
}

bool vc_target_same_figure(const vc_target *target, const vc_target *other) {
    return vc_target_same_term(target, other) && target->deadline == other->deadline &&
           strcmp(target->indicator, other->indicator) == 0;
}

bool vc_target_by_class(const vc_target *target) {
    return target->value.kind == VC_CLASS_MEAN ||
           (target->direction == VC_BETWEEN && target->value_high.kind == VC_CLASS_MEAN);
}

bool vc_target_peers(const vc_unit_tree *tree, size_t unit, size_t other) {
    const vc_unit *u = &tree->units[unit], *v = &tree->units[other];
    return u->class_name && v->class_name && u->level == v->level &&
           strcmp(u->class_name, v->class_name) == 0;
}

static int64_t divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

vc_fraction vc_target_per_year(const vc_target *target, vc_frequency frequency,
                               vc_period back) {
    vc_year window = vc_target_window(target, frequency);
    vc_year whole = vc_year_ending(target->year_end, frequency);
    vc_period years = target->length / (vc_period)frequency;
    if (years > 1) whole = vc_target_term(target, frequency);
    int64_t year = vc_period_span_days(whole.first - back, whole.end - back, frequency);
    int64_t days = vc_period_span_days(window.first - back, window.end - back, frequency);
    if (years > 1) days *= years;
    int64_t common = divisor(year, days);
    return (vc_fraction){year / common, days / common};
}
