#include "data/built_in_internal.h"

#include <string.h>

const vci_built_in vci_built_ins[VCI_BUILT_INS] = {
    {"births", "出生人数", 1, {VC_BIRTHS}, false},
    {"deaths", "死亡人数", 1, {VC_DEATHS}, false},
    {"natural_increase", "自然增长人数", 2, {VC_BIRTHS, VC_DEATHS}, false},
    {"birth_rate", "出生率", 1, {VC_BIRTHS}, true},
    {"death_rate", "死亡率", 1, {VC_DEATHS}, true},
    {"natural_growth_rate", "自然增长率", 2, {VC_BIRTHS, VC_DEATHS}, true},
    {"sex_ratio_at_birth", "出生人口性别比", 2, {VC_BIRTHS_MALE, VC_BIRTHS_FEMALE}, false},
    {"policy_compliance_rate",
     "符合政策生育率",
     2,
     {VC_BIRTHS_COMPLIANT, VC_BIRTHS},
     false},
    {"arrivals", "迁入人数", 1, {VC_ARRIVALS}, false},
    {"departures", "迁出人数", 1, {VC_DEPARTURES}, false},
    {"net_migration_rate", "净迁移率", 2, {VC_ARRIVALS, VC_DEPARTURES}, true}};

const vci_built_in *vci_built_in_find(const char *name) {
    for (size_t i = 0; i < VCI_BUILT_INS; i++)
        if (strcmp(vci_built_ins[i].name, name) == 0 ||
            strcmp(vci_built_ins[i].chinese, name) == 0)
            return &vci_built_ins[i];
    return NULL;
}

bool vci_built_in_has_events(const vci_built_in *indicator, const vc_panel *panel) {
    for (size_t i = 0; i < indicator->n_events; i++)
        if (!panel->has[indicator->events[i]]) return false;
    return true;
}

bool vci_built_in_formed(const vci_built_in *indicator, const vc_panel *panel) {
    return vci_built_in_has_events(indicator, panel) &&
           (!indicator->population || panel->population);
}

const vc_progress *vci_progress_named(const vc_panel *panel, const char *name) {
    for (size_t i = 0; i < panel->n_progress; i++)
        if (strcmp(panel->progress[i].indicator, name) == 0) return &panel->progress[i];
    return NULL;
}

const vc_value_series *vci_values_named(const vc_panel *panel, const char *name) {
    for (size_t i = 0; i < panel->n_values; i++)
        if (strcmp(panel->values[i].indicator, name) == 0) return &panel->values[i];
    return NULL;
}

bool vci_growth_from_rates(const vc_panel *panel, const char *name) {
    return strcmp(name, "natural_growth_rate") == 0 &&
           vci_values_named(panel, "birth_rate") && vci_values_named(panel, "death_rate");
}

bool vci_indicator_available(const vc_panel *panel, const char *name) {
    const vci_built_in *built_in = vci_built_in_find(name);
    if (vci_values_named(panel, name) || vci_progress_named(panel, name)) return true;
    if (vci_growth_from_rates(panel, name)) return true;
    return built_in && strcmp(built_in->name, name) == 0 &&
           vci_built_in_formed(built_in, panel);
}

bool vci_indicator_is_state(const vc_panel *panel, const char *name) {
    if (!name) return false;
    const vc_progress *progress = vci_progress_named(panel, name);
    if (progress) return progress->kind != VC_QUOTA;
    return vci_values_named(panel, name) || vci_growth_from_rates(panel, name);
}
