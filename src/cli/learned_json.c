#include "cli/learned_internal.h"
#include "vitalcast/role.h"

static void estimate(vci_json *json, const char *key, const vc_estimate *e) {
    vci_json_object(json, key, false);
    vci_json_number(json, "mean", e->mean);
    vci_json_number(json, "sd", e->sd);
    vci_json_number(json, "q025", e->low95);
    vci_json_number(json, "q10", e->low80);
    vci_json_number(json, "q90", e->high80);
    vci_json_number(json, "q975", e->high95);
    vci_json_number(json, "p_above", e->p_above);
    vci_json_close(json);
}

static void estimates(vci_json *json, const char *key, size_t n, const vc_estimate *list) {
    vci_json_array(json, key, true);
    for (size_t i = 0; i < n; i++) estimate(json, NULL, &list[i]);
    vci_json_close(json);
}

static void period(const vci_lesson *s, vci_json *json, const char *key, vc_period at) {
    char text[VC_PERIOD_TEXT];
    vc_period_format(at, s->run->panel.frequency, text);
    vci_json_text(json, key, text);
}

/* The scale of effects, as vitalcast/learned.h has it. */
static const char *scale_name(const vc_fit *fit) {
    vc_family family = fit->model.family;
    if (vc_role_find(fit->role) == VC_ROLE_SEX) return "points";
    if (family == VC_BINOMIAL || family == VC_BETA_BINOMIAL || family == VC_LOGIT_NORMAL)
        return "percentage_points";
    return family == VC_NORMAL ? "units" : "percent";
}

static void what_was_fitted(const vci_lesson *s, vci_json *json) {
    static const char *const families[] = {
#define X(constant, name, descriptor, dispersed) [constant] = name,
        VC_FAMILY_LIST(X)
#undef X
    };
    const vc_fit *fit = s->fit;
    const vc_learned *l = s->learned;
    const char *series = vc_run_fit_series(s->run, fit);
    vci_json_text(json, "role", fit->role);
    if (series) vci_json_text(json, "series", series);
    if (fit->unit != VC_NO_UNIT)
        vci_json_text(json, "unit", s->run->panel.tree.units[fit->unit].code);
    vci_json_text(json, "model", fit->model.name);
    vci_json_text(json, "family", families[fit->model.family]);
    vci_json_flag(json, "validated", fit->model.validated);
    vci_json_text(json, "scale", scale_name(fit));
    period(s, json, "first", l->first);
    period(s, json, "last", l->last);
    vci_json_whole(json, "leaves", l->n_leaves);
    vci_json_whole(json, "observed", l->n_observed);
    vci_json_whole(json, "missing", l->n_missing);
}

static void computation(const vc_fit *fit, vci_json *json) {
    vci_json_object(json, "computation", false);
    vci_json_flag(json, "converged", fit->converged);
    vci_json_flag(json, "confirmed", fit->confirmed);
    vci_json_whole(json, "points", fit->n_points);
    vci_json_number(json, "effective_points", fit->effective_points);
    vci_json_number(json, "log_weight_sd", fit->log_weight_sd);
    vci_json_flag(json, "reweighted", fit->pool_size > 0);
    vci_json_number(json, "effective_share", fit->effective_share);
    vci_json_close(json);
}

static void named_units(const vci_lesson *s, vci_json *json, bool change) {
    const vc_learned *l = s->learned;
    vci_json_array(json, change ? "units_change" : "units_level", true);
    for (size_t i = 0; i < l->n_units; i++) {
        const vc_learned_unit *unit = &l->units[i];
        if (!vci_lesson_names(s, unit, change)) continue;
        vci_json_object(json, NULL, false);
        vci_json_text(json, "unit", s->run->panel.tree.units[unit->unit].code);
        estimate(json, "difference", change ? &unit->change : &unit->level);
        vci_json_close(json);
    }
    vci_json_close(json);
}

static void hypers(const vc_learned *l, vci_json *json) {
    vci_json_array(json, "hyperparameters", true);
    for (size_t i = 0; i < l->n_hypers; i++) {
        vci_json_object(json, NULL, false);
        vci_json_text(json, "name", l->hypers[i].name);
        estimate(json, "sd", &l->hypers[i].sd);
        vci_json_number(json, "prior_q95", l->hypers[i].prior_upper);
        vci_json_close(json);
    }
    vci_json_close(json);
}

void vci_lesson_json(const vci_lesson *s, vci_json *json) {
    const vc_learned *l = s->learned;
    vci_json_object(json, NULL, true);
    what_was_fitted(s, json);
    if (l->has_ratio) {
        estimate(json, "sex_ratio", &l->ratio);
        vci_json_number(json, "p_above_usual", l->p_above_usual);
    }
    if (l->has_drift) estimate(json, "drift", &l->drift);
    if (l->has_last_year) estimate(json, "last_year", &l->last_year);
    if (l->has_calendar[VC_LOG_WEEKDAYS])
        estimate(json, "calendar", &l->calendar[VC_LOG_WEEKDAYS]);
    if (l->has_calendar[VC_LUNAR_NEW_YEAR])
        estimate(json, "lunar_new_year", &l->calendar[VC_LUNAR_NEW_YEAR]);
    if (l->has_calendar[VC_SATURDAYS])
        estimate(json, "saturdays", &l->calendar[VC_SATURDAYS]);
    estimates(json, "season", l->n_season, l->season);
    estimates(json, "shocks", l->n_shocks, l->shock);
    estimates(json, "events", l->n_events, l->event);
    vci_json_number(json, "own_share", l->own_share);
    vci_json_number(json, "extra_variance", l->extra_variance);
    vci_json_number(json, "p_between", l->p_between);
    hypers(l, json);
    named_units(s, json, false);
    named_units(s, json, true);
    computation(s->fit, json);
    vci_json_close(json);
}
