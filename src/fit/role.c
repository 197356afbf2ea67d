/* Roles and what they observe. */
#include "fit/role_internal.h"

#include <math.h>

#include "fit/progress_internal.h"

static const struct {
    vc_event event, trials;
} EVENTS[VC_ROLES] = {
    [VC_ROLE_BIRTHS] = {VC_BIRTHS, VC_EVENTS},
    [VC_ROLE_SEX] = {VC_BIRTHS_MALE, VC_BIRTHS},
    [VC_ROLE_DEATHS] = {VC_DEATHS, VC_EVENTS},
    [VC_ROLE_COMPLIANCE] = {VC_BIRTHS_COMPLIANT, VC_BIRTHS},
    [VC_ROLE_ARRIVALS] = {VC_ARRIVALS, VC_EVENTS},
    [VC_ROLE_DEPARTURES] = {VC_DEPARTURES, VC_EVENTS},
    [VC_ROLE_QUOTA] = {VC_EVENTS, VC_EVENTS},
    [VC_ROLE_STOCK] = {VC_EVENTS, VC_EVENTS},
    [VC_ROLE_SURVEY] = {VC_EVENTS, VC_EVENTS},
    [VC_ROLE_VALUE] = {VC_EVENTS, VC_EVENTS},
    [VC_ROLE_POPULATION] = {VC_EVENTS, VC_EVENTS},
};

vci_role vci_role_of(vc_role id) {
    return (vci_role){id, EVENTS[id].event, EVENTS[id].trials, 0, VC_NO_UNIT};
}

vci_role vci_role_series(vc_role id, size_t series, size_t unit) {
    return (vci_role){id, VC_EVENTS, VC_EVENTS, series, unit};
}

vci_role vci_role_fitted(const vc_fit *fit) {
    vc_role id = vc_role_find(fit->role);
    if (id == VC_ROLES) return (vci_role){id, VC_EVENTS, VC_EVENTS, 0, VC_NO_UNIT};
    vci_role role = vci_role_of(id);
    role.series = fit->series;
    role.unit = fit->unit;
    return role;
}

bool vci_role_progress(vc_role id) {
    return id == VC_ROLE_QUOTA || id == VC_ROLE_STOCK || id == VC_ROLE_SURVEY;
}

static vci_observed observe_stock(double numerator, double denominator) {
    if (!(denominator > 0)) return (vci_observed){NAN, NAN, 1};
    double part = fmin(numerator, denominator);
    return (vci_observed){(part + 0.5) / (denominator + 1), denominator, 1};
}

/* The sample, where it is known, says how much a score can be off by chance. */
static vci_observed observe_survey(double numerator, double denominator, double sample) {
    if (!(denominator > 0)) return (vci_observed){NAN, NAN, 1};
    double n = round(isnan(sample) ? denominator : sample);
    double share = fmin(numerator / denominator, 1);
    return (vci_observed){n > 0 ? round(share * n) : (double)NAN, n, 1};
}

static vci_observed observe_progress(const vc_panel *panel, const vci_role *role,
                                     double scale, size_t unit, size_t t) {
    const vc_progress *p = &panel->progress[role->series];
    size_t at = unit * panel->n_periods + t;
    vci_flow flow;
    switch (role->id) {
    case VC_ROLE_STOCK:
        return observe_stock(p->numerator[at], p->denominator[at]);
    case VC_ROLE_SURVEY:
        return observe_survey(p->numerator[at], p->denominator[at],
                              p->sample_size ? p->sample_size[at] : (double)NAN);
    default:
        flow = vci_progress_flow(panel, role->series, unit, t);
        if (isnan(vci_progress_whole(panel, role->series, unit, t))) flow.done = NAN;
        return (vci_observed){round(flow.done * scale), NAN, (double)flow.periods};
    }
}

vci_observed vci_role_observe(const vc_panel *panel, const vci_role *role, double scale,
                              size_t unit, size_t t) {
    size_t at = unit * panel->n_periods + t;
    vci_observed o = {NAN, NAN, 1};
    if (vci_role_progress(role->id)) return observe_progress(panel, role, scale, unit, t);
    if (role->event == VC_EVENTS) {
        o.y = panel->values[role->series].value[at];
        return o;
    }
    o.y = panel->count[role->event][at];
    if (role->trials == VC_EVENTS) return o;
    o.trials = panel->count[role->trials][at];
    if (isnan(o.trials)) o.y = NAN;
    return o;
}
