#include "report/looks_internal.h"

#include "core/memory_internal.h"

/*
 * A check rests on every period from its first to its last, and there only the top unit is
 * told period by period: of lower units what the meeting sees are sums.
 */
static bool tells(const vc_suppression *s, const vc_quality_check *check, vc_event event) {
    const vc_panel *panel = &s->run->panel;
    const char *name = vc_event_name(event);
    vc_year periods = {check->first, check->last};
    if (!panel->has[event]) return true;
    return check->unit == panel->tree.root &&
           vc_suppression_shows(s, name, check->unit, VC_SPAN_EACH_PERIOD, periods) ==
               VC_MARK_SHOWN &&
           vc_suppression_history(s, name, check->unit, check->first, check->last);
}

static bool may_tell(const vc_suppression *s, const vc_quality_check *check) {
    switch (check->kind) {
    case VC_QUALITY_POPULATION_SUM:
        return true;
    case VC_QUALITY_STOCK_FLOW:
        return tells(s, check, VC_BIRTHS) && tells(s, check, VC_DEATHS) &&
               tells(s, check, VC_ARRIVALS) && tells(s, check, VC_DEPARTURES);
    case VC_QUALITY_EVEN_UNIT_RATIOS:
    case VC_QUALITY_BUNCHING:
        return false; /* of the units below */
    case VC_QUALITY_EVEN_SEX_RATIO:
        return tells(s, check, VC_BIRTHS_MALE);
    default:
        return tells(s, check, check->event);
    }
}

static bool may_name(const vc_quality_check *check) {
    return check->kind != VC_QUALITY_ZEROS && check->kind != VC_QUALITY_BUNCHING;
}

vc_status vci_looks_find(const vc_panel *panel, const vc_targets *targets,
                         const vc_quality_options *options,
                         const vc_suppression *suppression, vci_looks *looks) {
    vc_status st = VC_OK;
    *looks = (vci_looks){0};
    VC_TRY(vc_quality_find(panel, targets, options, &looks->quality));
    VC_NEW(looks->list, looks->quality.n_found);
    VC_NEW(looks->told, looks->quality.n_found);
    for (size_t i = 0; i < looks->quality.n; i++) {
        const vc_quality_check *check = &looks->quality.checks[i];
        if (!check->found) continue;
        bool told = !suppression || may_tell(suppression, check);
        if (!told && !may_name(check)) {
            looks->n_withheld++;
            continue;
        }
        looks->told[looks->n] = told;
        looks->list[looks->n++] = check;
    }
out:
    return st;
}

vc_status vci_looks_of_run(const vc_suppression *suppression, vci_looks *looks) {
    const vc_run *run = suppression->run;
    vc_quality_options options = {run->settings.year_end_in_year,
                                  run->settings.average_population};
    return vci_looks_find(&run->panel, &run->targets, &options, suppression, looks);
}

void vci_looks_free(vci_looks *looks) {
    vc_quality_free(&looks->quality);
    vci_free(looks->list);
    vci_free(looks->told);
    *looks = (vci_looks){0};
}
