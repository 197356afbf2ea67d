#include "data/standard_internal.h"

#include <string.h>

#define COUNT(plus, minus)                                                                 \
    { VC_INDICATOR_COUNT, plus, minus, VC_EVENTS, 1 }
#define RATE(plus, minus)                                                                  \
    { VC_INDICATOR_RATE, plus, minus, VC_EVENTS, 1000 }

const vci_standard vci_standards[VCI_STANDARDS] = {
    {"births", "出生人数", COUNT(VC_BIRTHS, VC_EVENTS), VCI_TEXT_CLI_BIRTHS,
     VCI_TEXT_CHART_BIRTHS},
    {"deaths", "死亡人数", COUNT(VC_DEATHS, VC_EVENTS), VCI_TEXT_CLI_DEATHS,
     VCI_TEXT_CHART_DEATHS},
    {"natural_increase", "自然增长人数", COUNT(VC_BIRTHS, VC_DEATHS), VCI_TEXT_CLI_INCREASE,
     VCI_TEXT_CHART_INCREASE},
    {"birth_rate", "出生率", RATE(VC_BIRTHS, VC_EVENTS), VCI_TEXT_CLI_BIRTH_RATE,
     VCI_TEXT_CHART_BIRTH_RATE},
    {"death_rate", "死亡率", RATE(VC_DEATHS, VC_EVENTS), VCI_TEXT_CLI_DEATH_RATE,
     VCI_TEXT_CHART_DEATH_RATE},
    {"natural_growth_rate", "自然增长率", RATE(VC_BIRTHS, VC_DEATHS),
     VCI_TEXT_CLI_GROWTH_RATE, VCI_TEXT_CHART_GROWTH_RATE},
    {"sex_ratio_at_birth",
     "出生人口性别比",
     {VC_INDICATOR_RATIO, VC_BIRTHS_MALE, VC_EVENTS, VC_BIRTHS_FEMALE, 100},
     VCI_TEXT_CLI_SEX_RATIO,
     VCI_TEXT_CHART_SEX_RATIO},
    {"policy_compliance_rate",
     "符合政策生育率",
     {VC_INDICATOR_SHARE, VC_BIRTHS_COMPLIANT, VC_EVENTS, VC_BIRTHS, 100},
     VCI_TEXT_CLI_COMPLIANCE,
     VCI_TEXT_CHART_COMPLIANCE},
    {"arrivals", "迁入人数", COUNT(VC_ARRIVALS, VC_EVENTS), VCI_TEXT_CLI_ARRIVALS,
     VCI_TEXT_CHART_ARRIVALS},
    {"departures", "迁出人数", COUNT(VC_DEPARTURES, VC_EVENTS), VCI_TEXT_CLI_DEPARTURES,
     VCI_TEXT_CHART_DEPARTURES},
    {"net_migration_rate", "净迁移率", RATE(VC_ARRIVALS, VC_DEPARTURES),
     VCI_TEXT_CLI_NET_MIGRATION, VCI_TEXT_CHART_NET_MIGRATION}};

const vci_standard *vci_standard_find(const char *name) {
    for (size_t i = 0; i < VCI_STANDARDS; i++)
        if (strcmp(vci_standards[i].name, name) == 0 ||
            strcmp(vci_standards[i].chinese, name) == 0)
            return &vci_standards[i];
    return NULL;
}

const vc_indicator *vci_declared_find(const vc_panel *panel, const char *name) {
    for (size_t i = 0; i < panel->n_indicators; i++)
        if (strcmp(panel->indicators[i].name, name) == 0) return &panel->indicators[i];
    return NULL;
}

const vc_formula *vci_formula_find(const vc_panel *panel, const char *name) {
    const vc_indicator *declared = vci_declared_find(panel, name);
    if (declared && declared->declared == VC_DECLARED_FORMULA) return &declared->formula;
    const vci_standard *standard = vci_standard_find(name);
    return standard && strcmp(standard->name, name) == 0 ? &standard->formula : NULL;
}

static bool has(const vc_panel *panel, vc_event event) {
    return event == VC_EVENTS || panel->has[event];
}

bool vci_formula_has_events(const vc_formula *formula, const vc_panel *panel) {
    return has(panel, formula->plus) && has(panel, formula->minus) &&
           has(panel, formula->over);
}

bool vci_formula_formed(const vc_formula *formula, const vc_panel *panel) {
    return vci_formula_has_events(formula, panel) &&
           (formula->kind != VC_INDICATOR_RATE || panel->population);
}

bool vci_event_within(vc_event part, vc_event whole) {
    return whole == VC_BIRTHS && (part == VC_BIRTHS_MALE || part == VC_BIRTHS_FEMALE ||
                                  part == VC_BIRTHS_COMPLIANT);
}

bool vci_formula_parts(const vc_formula *f) {
    return f->kind == VC_INDICATOR_RATIO &&
           ((f->plus == VC_BIRTHS_MALE && f->over == VC_BIRTHS_FEMALE) ||
            (f->plus == VC_BIRTHS_FEMALE && f->over == VC_BIRTHS_MALE));
}

int vci_kind_digits(vc_indicator_kind kind) {
    if (kind == VC_INDICATOR_COUNT) return 0;
    return kind == VC_INDICATOR_RATIO || kind == VC_INDICATOR_SHARE ? 1 : 2;
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

/* The series of an event's standard rate; NULL if there is none. */
static const char *rate_series(const vc_panel *panel, vc_event event, int64_t scale) {
    for (size_t i = 0; i < VCI_STANDARDS; i++) {
        const vc_formula *f = &vci_standards[i].formula;
        if (f->kind == VC_INDICATOR_RATE && f->plus == event && f->minus == VC_EVENTS &&
            f->scale == scale && vci_values_named(panel, vci_standards[i].name))
            return vci_standards[i].name;
    }
    return NULL;
}

bool vci_rates_behind(const vc_panel *panel, const char *name, const char **plus,
                      const char **minus) {
    const vc_formula *f = vci_formula_find(panel, name);
    if (!f || f->kind != VC_INDICATOR_RATE || f->minus == VC_EVENTS) return false;
    *plus = rate_series(panel, f->plus, f->scale);
    *minus = rate_series(panel, f->minus, f->scale);
    return *plus && *minus;
}

bool vci_indicator_available(const vc_panel *panel, const char *name) {
    const char *plus, *minus;
    const vc_formula *formula = vci_formula_find(panel, name);
    if (vci_values_named(panel, name) || vci_progress_named(panel, name)) return true;
    if (vci_rates_behind(panel, name, &plus, &minus)) return true;
    return formula && vci_formula_formed(formula, panel);
}

size_t vci_indicator_names(const vc_panel *panel, const char **names) {
    size_t n = 0;
    for (size_t i = 0; i < VCI_STANDARDS; i++)
        if (vci_formula_formed(&vci_standards[i].formula, panel))
            names[n++] = vci_standards[i].name;
    for (size_t i = 0; i < panel->n_indicators; i++)
        if (panel->indicators[i].declared == VC_DECLARED_FORMULA &&
            vci_formula_formed(&panel->indicators[i].formula, panel))
            names[n++] = panel->indicators[i].name;
    for (size_t i = 0; i < panel->n_progress; i++)
        names[n++] = panel->progress[i].indicator;
    for (size_t i = 0; i < panel->n_values; i++) names[n++] = panel->values[i].indicator;
    return n;
}

bool vci_indicator_is_state(const vc_panel *panel, const char *name) {
    const char *plus, *minus;
    if (!name) return false;
    const vc_progress *progress = vci_progress_named(panel, name);
    if (progress) return progress->kind != VC_QUOTA;
    return vci_values_named(panel, name) || vci_rates_behind(panel, name, &plus, &minus);
}
