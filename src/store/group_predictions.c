/* predictions: the first draws in full, [draw][unit][period]. */
#include <stdio.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

static vci_h5_variable cells(const vc_run *run, const char *name, vci_h5_type type) {
    return (vci_h5_variable){
        .name = name,
        .type = type,
        .rank = 3,
        .size = {run->kept.n_draws, run->panel.tree.n, run->kept.n_periods},
        .dim = {"draw", "unit", vci_period_dim(run->panel.frequency)}};
}

static vc_status write_series(hid_t group, const vc_run *run) {
    vc_status st = VC_OK;
    char name[64];
    for (size_t i = 0; i < run->kept.n_progress; i++) {
        snprintf(name, sizeof name, "progress_%zu", i);
        vci_h5_variable v = cells(run, name, VCI_H5_FLOAT);
        v.units = "percent";
        v.en = v.zh = run->panel.progress[i].indicator;
        VC_TRY(vci_h5_write(group, &v, run->kept.progress[i]));
    }
    for (size_t i = 0; i < run->kept.n_values; i++) {
        snprintf(name, sizeof name, "value_%zu", i);
        vci_h5_variable v = cells(run, name, VCI_H5_FLOAT);
        v.en = v.zh = run->panel.values[i].indicator;
        VC_TRY(vci_h5_write(group, &v, run->kept.value[i]));
    }
out:
    return st;
}

vc_status vci_predictions_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    const vc_kept *kept = &run->kept;
    int32_t first = kept->first;
    VC_TRY(vci_h5_group_create(file, "predictions", &group));
    VC_TRY(vci_h5_put_number(group, "first", VCI_H5_INT32, &first));
    VC_TRY(vci_h5_dimension(group, "draw", kept->n_draws));
    VC_TRY(vci_unit_scale(group, &run->panel.tree));
    VC_TRY(vci_period_scale(group, run->panel.frequency, kept->first, kept->n_periods));
    for (int e = 0; e < VC_EVENTS; e++) {
        vci_h5_variable v = cells(run, vc_event_name((vc_event)e), VCI_H5_INT32);
        vci_event_describe((vc_event)e, &v);
        if (kept->count[e]) VC_TRY(vci_h5_write(group, &v, kept->count[e]));
    }
    vci_h5_variable v = cells(run, "population", VCI_H5_INT32);
    v.units = "1";
    v.en = "population at the period's end";
    v.zh = "期末人口";
    if (kept->population) VC_TRY(vci_h5_write(group, &v, kept->population));
    VC_TRY(write_series(group, run));
out:
    vci_h5_close(group);
    return st;
}

static vc_status read_counts(hid_t group, const vc_run *run, const char *name,
                             int32_t **counts) {
    vc_status st = VC_OK;
    vci_h5_variable v = cells(run, name, VCI_H5_INT32);
    if (!vci_h5_has(group, name)) goto out;
    VCI_H5_TAKE(*counts, group, &v);
out:
    return st;
}

static vc_status read_series(hid_t group, vc_run *run) {
    vc_status st = VC_OK;
    vc_kept *kept = &run->kept;
    char name[64];
    if (run->panel.n_progress) VC_NEW(kept->progress, run->panel.n_progress);
    for (size_t i = 0; i < run->panel.n_progress; i++) {
        snprintf(name, sizeof name, "progress_%zu", i);
        vci_h5_variable v = cells(run, name, VCI_H5_FLOAT);
        kept->n_progress++;
        VCI_H5_TAKE(kept->progress[i], group, &v);
    }
    if (run->panel.n_values) VC_NEW(kept->value, run->panel.n_values);
    for (size_t i = 0; i < run->panel.n_values; i++) {
        snprintf(name, sizeof name, "value_%zu", i);
        vci_h5_variable v = cells(run, name, VCI_H5_FLOAT);
        kept->n_values++;
        VCI_H5_TAKE(kept->value[i], group, &v);
    }
out:
    return st;
}

vc_status vci_predictions_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_kept *kept = &run->kept;
    VC_TRY(vci_h5_group_open(file, "predictions", &group));
    VC_TRY(vci_h5_get_number(group, "first", VCI_H5_INT32, &kept->first));
    VC_TRY(vci_h5_length(group, "draw", &kept->n_draws));
    VC_TRY(vci_h5_length(group, vci_period_dim(run->panel.frequency), &kept->n_periods));
    for (int e = 0; e < VC_EVENTS; e++)
        VC_TRY(read_counts(group, run, vc_event_name((vc_event)e), &kept->count[e]));
    VC_TRY(read_counts(group, run, "population", &kept->population));
    VC_TRY(read_series(group, run));
out:
    vci_h5_close(group);
    return st;
}
