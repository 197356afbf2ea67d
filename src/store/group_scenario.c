/* scenario: what a run supposes. Absent in a forecast. */
#include <string.h>

#include "core/memory_internal.h"
#include "data/scenario_internal.h"
#include "store/groups_internal.h"
#include "vitalcast/what_if.h"

#define AT(member) offsetof(vc_effect, member)
static const vci_column EFFECTS[] = {
    {"indicator", VCI_MEMBER_TEXT, AT(indicator), NULL, "indicator that is changed",
     "变动的指标"},
    {"unit", VCI_MEMBER_SIZE, AT(unit), NULL, "index of the unit, with the units under it",
     "单位序号（含所辖单位）"},
    {"first", VCI_MEMBER_INT, AT(first), NULL,
     "first period, counted in periods from year 0", "起始期（自公元 0 年起的期数）"},
    {"last", VCI_MEMBER_INT, AT(last), NULL, "last period, counted in periods from year 0",
     "截止期（自公元 0 年起的期数）"},
    {"kind", VCI_MEMBER_INT, AT(kind), NULL, "0: amount is a factor, 1: it is added",
     "0 为倍数，1 为增减量"},
    {"amount", VCI_MEMBER_DOUBLE, AT(amount), NULL, "size of the change", "变动幅度"},
};
#undef AT
#define N_EFFECTS (sizeof EFFECTS / sizeof *EFFECTS)

vc_status vci_scenario_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    const vc_scenario *s = &run->scenario;
    hid_t group = -1;
    if (s->n == 0) goto out;
    VC_TRY(vci_h5_group_create(file, "scenario", &group));
    VC_TRY(vci_h5_put_text(group, "name", s->name));
    VC_TRY(vci_h5_put_text(group, "description", s->description));
    VC_TRY(vci_h5_put_text(group, "text", s->text ? s->text : ""));
    VC_TRY(vci_h5_put_text(group, "base", s->base));
    VC_TRY(vci_h5_dimension(group, "effect", s->n));
    VC_TRY(vci_columns_write(group, "effect", N_EFFECTS, EFFECTS, s->n, sizeof *s->effects,
                             s->effects));
out:
    vci_h5_close(group);
    return st;
}

vc_status vci_scenario_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    vc_scenario *s = &run->scenario;
    char *base = NULL;
    hid_t group = -1;
    if (!vci_h5_has(file, "scenario")) goto out;
    VC_TRY(vci_h5_group_open(file, "scenario", &group));
    VC_TRY(vci_h5_get_text(group, "name", &s->name));
    VC_TRY(vci_h5_get_text(group, "description", &s->description));
    VC_TRY(vci_h5_get_text(group, "text", &s->text));
    VC_TRY(vci_h5_get_text(group, "base", &base));
    if (!s->name || !base || strlen(base) >= sizeof s->base)
        VC_FAIL(VC_STORE_DAMAGED, "scenario without a name or a run that it changes");
    strcpy(s->base, base);
    VC_TRY(vci_h5_length(group, "indicator", &s->n));
    VC_NEW(s->effects, s->n);
    VC_TRY(
        vci_columns_read(group, N_EFFECTS, EFFECTS, s->n, sizeof *s->effects, s->effects));
    if (s->n == 0) VC_FAIL(VC_STORE_DAMAGED, "scenario without effects");
out:
    vci_free(base);
    vci_h5_close(group);
    return st;
}

/* A file cannot smuggle in what reading a scenario would have refused. */
vc_status vci_scenario_check(const vc_run *run) {
    if (vci_scenario_sound(&run->scenario, &run->panel, run->as_of, vc_run_horizon(run)))
        return VC_OK;
    return vci_fail(VC_STORE_DAMAGED, __FILE__, __LINE__, "scenario %s",
                    run->scenario.name ? run->scenario.name : "");
}
