/* observed_data: one variable per event, progress indicator and value series. */
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"
#include "store/groups_internal.h"

/* More is no county's list of indicators. */
#define MOST_SERIES 100000

static vci_h5_variable cells(const vc_panel *panel, const char *name) {
    return (vci_h5_variable){.name = name,
                             .type = VCI_H5_DOUBLE,
                             .rank = 2,
                             .size = {panel->tree.n, panel->n_periods},
                             .dim = {"unit", vci_period_dim(panel->frequency)}};
}

/*
 * A series' own name may hold anything, so it is an attribute, not the name of the
 * variable.
 */
static vc_status write_series(hid_t group, const vc_panel *panel, const char *name,
                              const char *indicator, const double *data) {
    vc_status st = VC_OK;
    hid_t dataset = -1;
    vci_h5_variable v = cells(panel, name);
    v.en = v.zh = indicator;
    if (!data) goto out;
    VC_TRY(vci_h5_write(group, &v, data));
    dataset = H5Dopen2(group, name, H5P_DEFAULT);
    VC_TRY(vci_h5_put_text(dataset, "indicator", indicator));
out:
    vci_h5_close(dataset);
    return st;
}

static vc_status write_progress(hid_t group, const vc_panel *panel, size_t i) {
    vc_status st = VC_OK;
    const vc_progress *p = &panel->progress[i];
    hid_t dataset = -1;
    char name[64];
    int32_t kind = (int32_t)p->kind;
    snprintf(name, sizeof name, "progress_%zu_denominator", i);
    VC_TRY(write_series(group, panel, name, p->indicator, p->denominator));
    snprintf(name, sizeof name, "progress_%zu_sample_size", i);
    VC_TRY(write_series(group, panel, name, p->indicator, p->sample_size));
    snprintf(name, sizeof name, "progress_%zu_numerator", i);
    VC_TRY(write_series(group, panel, name, p->indicator, p->numerator));
    dataset = H5Dopen2(group, name, H5P_DEFAULT);
    VC_TRY(vci_h5_put_number(dataset, "kind", VCI_H5_INT32, &kind));
    VC_TRY(vci_h5_put_text(dataset, "department", p->department));
out:
    vci_h5_close(dataset);
    return st;
}

vc_status vci_observed_write(hid_t file, const vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    const vc_panel *p = &run->panel;
    int64_t n_progress = (int64_t)p->n_progress, n_values = (int64_t)p->n_values;
    VC_TRY(vci_h5_group_create(file, "observed_data", &group));
    VC_TRY(vci_unit_scale(group, &p->tree));
    VC_TRY(vci_period_scale(group, p->frequency, p->first, p->n_periods));
    VC_TRY(vci_h5_put_number(group, "n_progress", VCI_H5_INT64, &n_progress));
    VC_TRY(vci_h5_put_number(group, "n_values", VCI_H5_INT64, &n_values));
    for (int e = 0; e < VC_EVENTS; e++) {
        vci_h5_variable v = cells(p, vc_event_name((vc_event)e));
        vci_event_describe((vc_event)e, &v);
        if (p->has[e]) VC_TRY(vci_h5_write(group, &v, p->count[e]));
    }
    for (size_t i = 0; i < p->n_progress; i++) VC_TRY(write_progress(group, p, i));
    for (size_t i = 0; i < p->n_values; i++) {
        char name[64];
        snprintf(name, sizeof name, "value_%zu", i);
        VC_TRY(write_series(group, p, name, p->values[i].indicator, p->values[i].value));
    }
out:
    vci_h5_close(group);
    return st;
}

static vc_status read_cells(hid_t group, const vc_panel *panel, const char *name,
                            double **data) {
    vc_status st = VC_OK;
    vci_h5_variable v = cells(panel, name);
    VCI_H5_TAKE(*data, group, &v);
out:
    return st;
}

static vc_status read_series(hid_t group, const vc_panel *panel, const char *name,
                             char **indicator, double **data) {
    vc_status st = VC_OK;
    hid_t dataset = -1;
    VC_TRY(read_cells(group, panel, name, data));
    dataset = H5Dopen2(group, name, H5P_DEFAULT);
    VC_TRY(vci_h5_get_text(dataset, "indicator", indicator));
    if (!*indicator) VC_FAIL(VC_STORE_DAMAGED, "%s has no indicator", name);
out:
    vci_h5_close(dataset);
    return st;
}

static vc_status read_progress(hid_t group, const vc_panel *panel, size_t i,
                               vc_progress *p) {
    vc_status st = VC_OK;
    hid_t dataset = -1;
    char name[64];
    int32_t kind;
    snprintf(name, sizeof name, "progress_%zu_denominator", i);
    VC_TRY(read_cells(group, panel, name, &p->denominator));
    snprintf(name, sizeof name, "progress_%zu_sample_size", i);
    if (vci_h5_has(group, name)) VC_TRY(read_cells(group, panel, name, &p->sample_size));
    snprintf(name, sizeof name, "progress_%zu_numerator", i);
    VC_TRY(read_series(group, panel, name, &p->indicator, &p->numerator));
    dataset = H5Dopen2(group, name, H5P_DEFAULT);
    VC_TRY(vci_h5_get_number(dataset, "kind", VCI_H5_INT32, &kind));
    VC_TRY(vci_h5_get_text(dataset, "department", &p->department));
    p->kind = (vc_progress_kind)kind;
out:
    vci_h5_close(dataset);
    return st;
}

vc_status vci_observed_read(hid_t file, vc_run *run) {
    vc_status st = VC_OK;
    hid_t group = -1;
    vc_panel *p = &run->panel;
    int64_t n_progress, n_values;
    VC_TRY(vci_h5_group_open(file, "observed_data", &group));
    VC_TRY(vci_h5_get_number(group, "n_progress", VCI_H5_INT64, &n_progress));
    VC_TRY(vci_h5_get_number(group, "n_values", VCI_H5_INT64, &n_values));
    for (int e = 0; e < VC_EVENTS; e++) {
        p->has[e] = vci_h5_has(group, vc_event_name((vc_event)e));
        if (p->has[e])
            VC_TRY(read_cells(group, p, vc_event_name((vc_event)e), &p->count[e]));
    }
    if (n_progress < 0 || n_progress > MOST_SERIES || n_values < 0 ||
        n_values > MOST_SERIES)
        VC_FAIL(VC_STORE_DAMAGED, "number of series");
    VC_NEW(p->progress, (size_t)n_progress);
    for (size_t i = 0; i < (size_t)n_progress; i++) {
        p->n_progress++;
        VC_TRY(read_progress(group, p, i, &p->progress[i]));
    }
    VC_NEW(p->values, (size_t)n_values);
    for (size_t i = 0; i < (size_t)n_values; i++) {
        char name[64];
        vc_value_series *series = &p->values[i];
        p->n_values++;
        snprintf(name, sizeof name, "value_%zu", i);
        VC_TRY(read_series(group, p, name, &series->indicator, &series->value));
    }
out:
    vci_h5_close(group);
    return st;
}
