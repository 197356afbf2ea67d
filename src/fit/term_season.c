/*
 * Month (quarter) effects: one for each place in the year, or, where they change slowly,
 * one for each place and year, each a step from the year before. Years are counted back
 * from the last fitted period.
 */
#include "fit/term_internal.h"

static vc_status build(vci_field *field, vci_group *group) {
    vc_status st = VC_OK;
    const vc_observations *o = field->observations;
    size_t n = field->n, f = (size_t)o->frequency;
    vci_pattern *p = NULL;
    if (o->frequency == VC_YEARLY) goto out;
    group->sd[VCI_FIRST] = vci_field_component(field, &field->model->season, "season_sd");
    if (group->sd[VCI_FIRST] == VCI_NONE) goto out;
    group->sd[VCI_STEP] =
        vci_field_component(field, &field->model->season_change, "season_change_sd");
    size_t years = group->sd[VCI_STEP] == VCI_NONE ? 1 : vci_pattern_blocks(n, f);
    VC_TRY(vci_field_pattern(field, group, years * f, 1, &p));
    for (size_t i = f; i < years * f; i++) vci_pattern_follow(p, i, i - f, VCI_STEP);
    for (size_t t = 0; t < n; t++) {
        int year = years == 1 ? 0 : vci_pattern_block_of(t, n, f);
        p->map[0][t] = year * (int)f + o->season[t];
    }
out:
    return st;
}

static void future(const vci_field *field, const vci_group *group, const double *theta,
                   const double *x, const vci_future *future, double *eta) {
    const vc_observations *o = field->observations;
    size_t f = (size_t)o->frequency, last = group->n_values - f;
    double walk[12][VCI_BATCH], z[VCI_BATCH];
    double step = group->sd[VCI_STEP] == VCI_NONE
                      ? 0
                      : vci_field_sd(field, group->sd[VCI_STEP], theta);
    for (size_t m = 0; m < f; m++)
        for (size_t d = 0; d < VCI_BATCH; d++) walk[m][d] = x[(last + m) * VCI_BATCH + d];
    for (size_t j = 0; j < field->h; j++) {
        double *row = walk[o->season[field->n + j]];
        if (step > 0) vci_future_normals(future, VCI_SEASON, j, z);
        for (size_t d = 0; d < VCI_BATCH; d++) {
            if (step > 0) row[d] += step * z[d];
            eta[j * VCI_BATCH + d] += row[d];
        }
    }
}

const vci_term vci_term_season = {.name = "season", .build = build, .future = future};
