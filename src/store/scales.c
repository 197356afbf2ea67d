/*
 * Dimension scales that several groups share. Each group has its own, as netCDF readers
 * expect.
 */
#include "core/memory_internal.h"
#include "store/groups_internal.h"

const char *vci_period_dim(vc_frequency frequency) {
    return frequency == VC_MONTHLY     ? "month"
           : frequency == VC_QUARTERLY ? "quarter"
                                       : "year";
}

vc_status vci_unit_scale(hid_t group, const vc_unit_tree *tree) {
    vc_status st = VC_OK;
    char **codes = NULL;
    VC_NEW(codes, tree->n);
    for (size_t u = 0; u < tree->n; u++) codes[u] = tree->units[u].code;
    vci_h5_variable v = {.name = "unit",
                         .type = VCI_H5_TEXT,
                         .rank = 1,
                         .size = {tree->n},
                         .en = "unit code",
                         .zh = "单位代码",
                         .scale = true};
    VC_TRY(vci_h5_write(group, &v, codes));
out:
    vci_free(codes);
    return st;
}

typedef struct event_words {
    const char *en, *zh;
} event_words;

static const event_words EVENTS[VC_EVENTS] = {
    [VC_BIRTHS] = {"births", "出生人数"},
    [VC_BIRTHS_MALE] = {"births, males", "出生男孩数"},
    [VC_BIRTHS_FEMALE] = {"births, females", "出生女孩数"},
    [VC_BIRTHS_COMPLIANT] = {"births that comply with the policy", "符合政策出生人数"},
    [VC_DEATHS] = {"deaths", "死亡人数"},
    [VC_ARRIVALS] = {"arrivals", "迁入人数"},
    [VC_DEPARTURES] = {"departures", "迁出人数"},
};

void vci_event_describe(vc_event event, vci_h5_variable *variable) {
    variable->units = "1";
    variable->en = EVENTS[event].en;
    variable->zh = EVENTS[event].zh;
}

vc_status vci_period_scale(hid_t group, vc_frequency frequency, vc_period first, size_t n) {
    vc_status st = VC_OK;
    int32_t *days = NULL;
    VC_NEW(days, n);
    for (size_t t = 0; t < n; t++)
        days[t] = vc_period_first_day(first + (vc_period)t, frequency);
    vci_h5_variable v = {.name = vci_period_dim(frequency),
                         .type = VCI_H5_INT32,
                         .rank = 1,
                         .size = {n},
                         .units = "days since 1970-01-01",
                         .calendar = "proleptic_gregorian",
                         .en = "first day of the period",
                         .zh = "时期首日",
                         .scale = true};
    VC_TRY(vci_h5_write(group, &v, days));
out:
    vci_free(days);
    return st;
}
