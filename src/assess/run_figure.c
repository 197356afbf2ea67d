/* Figures and names of a run's indicators, told from its panel. */
#include <math.h>

#include "assess/indicator_internal.h"
#include "assess/quota_internal.h"
#include "assess/run_internal.h"
#include "data/standard_internal.h"

const char *vc_run_fit_series(const vc_run *run, const vc_fit *fit) {
    vci_role role = vci_role_fitted(fit);
    if (role.event != VC_EVENTS) return NULL;
    return vci_role_progress(role.id) ? run->panel.progress[fit->series].indicator
                                      : run->panel.values[fit->series].indicator;
}

vc_indicator_kind vc_run_indicator_kind(const vc_run *run, const char *indicator) {
    vci_indicator form;
    return vci_indicator_find(&run->panel, indicator, &form) ? form.kind
                                                             : VC_INDICATOR_VALUE;
}

double vc_run_target_figure(const vc_run *run, size_t result, vc_period last,
                            vc_period back) {
    const vc_target *target = &run->targets.list[run->results[result].target];
    size_t unit = run->results[result].unit;
    vc_period first = vc_target_window(target, run->panel.frequency).first - back;
    vci_indicator form;
    if (!vci_indicator_find(&run->panel, target->indicator, &form)) return NAN;
    if (vci_quota_within(&run->panel, &form, target)) {
        vci_quota q = vci_quota_done(&run->panel, target, form.series, unit, first, last);
        return q.whole > 0 ? 100 * q.done / q.whole : (double)NAN;
    }
    double figure = vc_run_figure(run, target->indicator, unit, first, last);
    vc_fraction per_year = vc_target_per_year(target, run->panel.frequency, back);
    return form.kind == VC_INDICATOR_RATE ? figure * vci_fraction_value(per_year) : figure;
}

const char *vc_run_department(const vc_run *run, const char *indicator) {
    const vc_progress *progress = vci_progress_named(&run->panel, indicator);
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    if (progress && progress->department) return progress->department;
    return declared ? declared->department : NULL;
}

const char *vc_run_label(const vc_run *run, const char *indicator, vc_language language) {
    const vc_indicator *declared = vci_declared_find(&run->panel, indicator);
    return declared ? declared->label[language] : NULL;
}

double vc_run_figure(const vc_run *run, const char *indicator, size_t unit,
                     vc_period year_first, vc_period last) {
    vci_indicator form;
    bool known = false;
    vci_population population = {0};
    vc_fraction f = VCI_UNDEFINED;
    if (!vci_indicator_find(&run->panel, indicator, &form)) return vci_fraction_value(f);
    if (form.kind == VC_INDICATOR_VALUE)
        return vci_value_at(&run->panel, &form, unit, last);
    if (form.kind == VC_INDICATOR_PROGRESS)
        return vci_progress_at(&run->panel, &form, unit, year_first, last);
    if (vci_population_fill(&run->panel, &run->population, 0, &population) == VC_OK)
        f = vci_figure(&run->settings, &run->panel, &population, &form, unit, year_first,
                       last, &known);
    vci_population_free(&population);
    return vci_fraction_value(known ? f : VCI_UNDEFINED);
}
