/* What a scenario may change, whether it was read from a file or comes from elsewhere. */
#include "data/scenario_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "data/standard_internal.h"

/* Beyond these nobody means what was written. */
#define MOST_TIMES 10
#define MOST_POINTS 100
#define MOST_VALUE 1e9

/* What a formula of one kind of event is about; VC_ROLES: of several. */
static vc_role role_of_formula(const vc_formula *f) {
    bool percent = f->scale == 100 && f->minus == VC_EVENTS;
    if (f->kind == VC_INDICATOR_RATIO && percent && f->plus == VC_BIRTHS_MALE &&
        f->over == VC_BIRTHS_FEMALE)
        return VC_ROLE_SEX;
    if (f->kind == VC_INDICATOR_SHARE && percent && f->plus == VC_BIRTHS_COMPLIANT &&
        f->over == VC_BIRTHS)
        return VC_ROLE_COMPLIANCE;
    if (f->minus != VC_EVENTS || f->over != VC_EVENTS) return VC_ROLES;
    return f->plus == VC_BIRTHS       ? VC_ROLE_BIRTHS
           : f->plus == VC_DEATHS     ? VC_ROLE_DEATHS
           : f->plus == VC_ARRIVALS   ? VC_ROLE_ARRIVALS
           : f->plus == VC_DEPARTURES ? VC_ROLE_DEPARTURES
                                      : VC_ROLES;
}

static vc_role role_of_progress(vc_progress_kind kind) {
    return kind == VC_QUOTA   ? VC_ROLE_QUOTA
           : kind == VC_STOCK ? VC_ROLE_STOCK
                              : VC_ROLE_SURVEY;
}

/* In the order in which targets look for an indicator. */
vci_effect_target vci_effect_find(const vc_panel *panel, const char *indicator) {
    vci_effect_target none = {VC_ROLES, SIZE_MAX, false};
    vci_effect_target formed = {VC_ROLES, SIZE_MAX, true};
    const char *plus, *minus;
    const vc_progress *progress = vci_progress_named(panel, indicator);
    if (progress)
        return (vci_effect_target){role_of_progress(progress->kind),
                                   (size_t)(progress - panel->progress), false};
    if (vci_rates_behind(panel, indicator, &plus, &minus)) return formed;
    const vc_value_series *values = vci_values_named(panel, indicator);
    if (values)
        return (vci_effect_target){VC_ROLE_VALUE, (size_t)(values - panel->values), false};
    const vc_formula *formula = vci_formula_find(panel, indicator);
    if (!formula || !vci_formula_formed(formula, panel)) return none;
    vc_role role = role_of_formula(formula);
    return role == VC_ROLES ? formed : (vci_effect_target){role, SIZE_MAX, false};
}

const char *vci_effect_indicator(const vc_panel *panel, const char *name) {
    if (vci_indicator_available(panel, name)) return name;
    const vci_standard *standard = vci_standard_find(name);
    return standard && vci_indicator_available(panel, standard->name) ? standard->name
                                                                      : NULL;
}

static bool is_vital(const vc_panel *panel, const char *indicator) {
    if (vci_standard_find(indicator) || vci_formula_find(panel, indicator)) return true;
    for (int e = 0; e < VC_EVENTS; e++)
        if (strcmp(vc_event_name((vc_event)e), indicator) == 0) return true;
    return false;
}

bool vci_scenario_permits(const vc_panel *panel, const char *indicator, size_t unit) {
    if (unit == panel->tree.root) return true;
    return !is_vital(panel, indicator) && vci_progress_named(panel, indicator);
}

bool vci_unit_within(const vc_unit_tree *tree, size_t unit, size_t above) {
    while (unit != VC_NO_UNIT && unit != above) unit = tree->units[unit].parent;
    return unit == above;
}

static bool any_known(const double *row, size_t n) {
    for (size_t t = 0; t < n; t++)
        if (!isnan(row[t])) return true;
    return false;
}

bool vci_effect_reported(const vc_panel *panel, vci_effect_target target, size_t unit) {
    size_t n = panel->n_periods;
    if (target.series == SIZE_MAX) return true;
    const double *figures = target.role == VC_ROLE_VALUE
                                ? panel->values[target.series].value
                                : panel->progress[target.series].numerator;
    for (size_t u = 0; u < panel->tree.n; u++)
        if (vci_unit_within(&panel->tree, u, unit) && any_known(figures + u * n, n))
            return true;
    return false;
}

bool vci_effects_overlap(const vc_panel *panel, const vc_effect *a, const vc_effect *b) {
    vci_effect_target of_a = vci_effect_find(panel, a->indicator),
                      of_b = vci_effect_find(panel, b->indicator);
    return of_a.role == of_b.role && of_a.series == of_b.series && a->first <= b->last &&
           b->first <= a->last &&
           (vci_unit_within(&panel->tree, a->unit, b->unit) ||
            vci_unit_within(&panel->tree, b->unit, a->unit));
}

bool vci_effect_amount_sound(vci_effect_target target, vc_effect_kind kind, double amount) {
    bool share = target.series != SIZE_MAX || target.role == VC_ROLE_SEX ||
                 target.role == VC_ROLE_COMPLIANCE;
    if (kind == VC_EFFECT_TIMES) return amount >= 0 && amount <= MOST_TIMES;
    double most = target.role == VC_ROLE_VALUE ? MOST_VALUE : MOST_POINTS;
    return share && fabs(amount) <= most;
}

static bool is_sound(const vc_effect *e, const vc_panel *panel, vc_period as_of,
                     vc_period horizon) {
    if (!e->indicator || e->unit >= panel->tree.n || e->first <= as_of ||
        e->last > horizon || e->last < e->first || (int)e->kind < VC_EFFECT_TIMES ||
        e->kind > VC_EFFECT_ADD)
        return false;
    vci_effect_target target = vci_effect_find(panel, e->indicator);
    return target.role != VC_ROLES && vci_scenario_permits(panel, e->indicator, e->unit) &&
           vci_effect_amount_sound(target, e->kind, e->amount);
}

bool vci_scenario_sound(const vc_scenario *scenario, const vc_panel *panel, vc_period as_of,
                        vc_period horizon) {
    for (size_t i = 0; i < scenario->n; i++) {
        if (!is_sound(&scenario->effects[i], panel, as_of, horizon)) return false;
        for (size_t j = 0; j < i; j++)
            if (vci_effects_overlap(panel, &scenario->effects[i], &scenario->effects[j]))
                return false;
    }
    return scenario->n == 0 || scenario->name;
}

bool vc_effect_neutral(const vc_effect *effect) {
    return effect->amount == (effect->kind == VC_EFFECT_TIMES ? 1 : 0);
}

void vc_scenario_free(vc_scenario *scenario) {
    for (size_t i = 0; scenario->effects && i < scenario->n; i++)
        vci_free(scenario->effects[i].indicator);
    vci_free(scenario->effects);
    vci_free(scenario->name);
    vci_free(scenario->description);
    vci_free(scenario->text);
    *scenario = (vc_scenario){0};
}
