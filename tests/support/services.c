#include "support/services.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "support/small_run.h"

static double *blank(size_t n) {
    double *array = vci_alloc(n, sizeof *array);
    for (size_t i = 0; i < n; i++) array[i] = NAN;
    return array;
}

/* Townships 1 and 2 report 19 of 20 births compliant, 6 arrivals and 4 departures. */
static void add_event(vc_panel *panel, vc_event event, double one, double two) {
    panel->has[event] = true;
    panel->count[event] = blank(3 * VCT_SERVICE_MONTHS);
    for (size_t t = 0; t < VCT_SERVICE_MONTHS; t++) {
        panel->count[event][VCT_SERVICE_MONTHS + t] = one;
        panel->count[event][2 * VCT_SERVICE_MONTHS + t] = two;
        panel->count[event][t] = one + two;
    }
}

/* Of township u in month t: `part` of `whole`. */
static void set(vc_progress *p, size_t u, size_t t, double part, double whole) {
    p->numerator[u * VCT_SERVICE_MONTHS + t] = part;
    p->denominator[u * VCT_SERVICE_MONTHS + t] = whole;
}

/*
 * Quota: 10 and 5 a month of 130 and 50 a year, the county's sum; stock: 90 to 98 of 100
 * and 40 of 40; survey: townships every third month, 45 of 50, and one of the county.
 */
void vct_services_add(vc_panel *panel, vc_targets *targets) {
    static const char *const names[VCT_SERVICES] = {"checkups", "entry", "satisfied"};
    static const vc_progress_kind kinds[VCT_SERVICES] = {VC_QUOTA, VC_STOCK, VC_SURVEY};
    add_event(panel, VC_BIRTHS_COMPLIANT, 18, 3);
    add_event(panel, VC_ARRIVALS, 6, 2);
    add_event(panel, VC_DEPARTURES, 4, 3);
    panel->progress = vci_alloc(VCT_SERVICES, sizeof *panel->progress);
    panel->n_progress = VCT_SERVICES;
    for (size_t i = 0; i < VCT_SERVICES; i++) {
        vc_progress *p = &panel->progress[i];
        *p = (vc_progress){.kind = kinds[i], .numerator = blank(3 * VCT_SERVICE_MONTHS)};
        p->indicator = vci_text_copy(names[i], strlen(names[i]));
        p->denominator = blank(3 * VCT_SERVICE_MONTHS);
        for (size_t t = 0; t < VCT_SERVICE_MONTHS; t++) {
            double done = (double)(t % 12 + 1);
            if (i == VCT_QUOTA) set(p, 1, t, 10 * done, 130);
            if (i == VCT_QUOTA) set(p, 2, t, 5 * done, 50);
            if (i == VCT_QUOTA) set(p, 0, t, 15 * done, 180);
            if (i == VCT_STOCK) set(p, 1, t, 90 + floor((double)t / 2), 100);
            if (i == VCT_STOCK) set(p, 2, t, 40, 40);
            if (i == VCT_SURVEY && t % 3 == 0) set(p, 1, t, 45, 50);
            if (i == VCT_SURVEY && t % 6 == 0) set(p, 0, t, 170, 200);
        }
        targets->list[2 + i] = vct_target_at_most(names[i], names[i], 97);
    }
    targets->list[5] = vct_target_at_most("policy", "policy_compliance_rate", 95);
    targets->list[6] = vct_target_at_most("migration", "net_migration_rate", 5);
    targets->n = 7;
}
