/*
 * Random walks that all units share. The trend: of order 1 (a level that moves), or 2 (its
 * slope moves: x[b] - x[b-1] = damping (x[b-1] - x[b-2]) + step). The slope: a walk of
 * order 2 that lets the drift change. Both start from 0 at the oldest block, which
 * therefore has no value. Damping: Gardner and McKenzie (1985), Management Science 31.
 */
#include "fit/term_internal.h"

/* What of a specification a walk follows. */
typedef struct walk {
    int term;
    unsigned block, order;
    double damping;
} walk;

static vc_status build_walk(vci_field *field, vci_group *group, const vc_scale *scale,
                            const char *name, const walk *w) {
    vc_status st = VC_OK;
    size_t n = field->n, blocks = vci_pattern_blocks(n, w->block);
    vci_pattern *p = NULL;
    group->sd[VCI_FIRST] = vci_field_component(field, scale, name);
    if (group->sd[VCI_FIRST] == VCI_NONE || blocks < 2) goto out;
    VC_TRY(vci_field_pattern(field, group, blocks - 1, 1, &p));
    for (size_t b = 1; b < blocks - 1; b++) {
        vci_pattern_follow(p, b, b - 1, VCI_FIRST);
        if (w->order == 1) continue;
        p->pull[0][b] = 1 + w->damping;
        if (b == 1) continue;
        p->lag[1][b] = (int)b - 2;
        p->pull[1][b] = -w->damping;
    }
    for (size_t t = 0; t < n; t++) p->map[0][t] = vci_pattern_block_of(t, n, w->block) - 1;
out:
    return st;
}

static void go_on(const vci_field *field, const vci_group *group, const double *theta,
                  const double *x, const vci_future *future, const walk *w, double *eta) {
    size_t last = group->n_values - 1;
    const double *now = x + last * VCI_BATCH, *before = last > 0 ? now - VCI_BATCH : NULL;
    double level[VCI_BATCH], slope[VCI_BATCH], z[VCI_BATCH];
    double sd = vci_field_sd(field, group->sd[VCI_FIRST], theta);
    for (size_t d = 0; d < VCI_BATCH; d++) {
        level[d] = now[d];
        slope[d] = w->order == 1 ? 0 : now[d] - (before ? before[d] : 0);
    }
    for (size_t j = 0; j < field->h; j++) {
        bool moves = j % w->block == 0;
        if (moves) vci_future_normals(future, w->term, j, z);
        for (size_t d = 0; d < VCI_BATCH; d++) {
            if (moves && w->order == 1) level[d] += sd * z[d];
            if (moves && w->order == 2) {
                slope[d] = w->damping * slope[d] + sd * z[d];
                level[d] += slope[d];
            }
            eta[j * VCI_BATCH + d] += level[d];
        }
    }
}

static walk trend_of(const vc_model *m) {
    return (walk){VCI_TREND, m->trend_block, m->trend_order, m->trend_damping};
}

static vc_status build_trend(vci_field *field, vci_group *group) {
    walk w = trend_of(field->model);
    return build_walk(field, group, &field->model->trend, "trend_sd", &w);
}

static void trend_future(const vci_field *field, const vci_group *group,
                         const double *theta, const double *x, const vci_future *future,
                         double *eta) {
    walk w = trend_of(field->model);
    go_on(field, group, theta, x, future, &w, eta);
}

static walk slope_of(const vc_model *m) {
    return (walk){VCI_SLOPE, 1, 2, m->drift_damping};
}

static vc_status build_slope(vci_field *field, vci_group *group) {
    walk w = slope_of(field->model);
    return build_walk(field, group, &field->model->drift_change, "drift_change_sd", &w);
}

static void slope_future(const vci_field *field, const vci_group *group,
                         const double *theta, const double *x, const vci_future *future,
                         double *eta) {
    walk w = slope_of(field->model);
    go_on(field, group, theta, x, future, &w, eta);
}

const vci_term vci_term_trend = {
    .name = "trend", .build = build_trend, .future = trend_future};
const vci_term vci_term_slope = {
    .name = "slope", .build = build_slope, .future = slope_future};
