/*
 * Shocks: one value per period, the same for all units: a share of the one before
 * (persistence; 0: independent) and something new. With `tail` degrees of freedom they are
 * Student's t, normal over the root of a chi-square: for an even number of degrees that is
 * -2 log of a product of uniforms.
 */
#include <math.h>
#include <string.h>

#include "fit/term_internal.h"
#include "num/elementary_internal.h"

static double persistence_of(const vci_field *field) {
    return field->observations->by_event ? field->model->shock_event_persistence
                                         : field->model->shock_persistence;
}

static vc_status build(vci_field *field, vci_group *group) {
    vc_status st = VC_OK;
    vci_pattern *p = NULL;
    double stays = persistence_of(field);
    group->sd[VCI_FIRST] = vci_field_component(field, &field->model->shock, "shock_sd");
    if (group->sd[VCI_FIRST] == VCI_NONE) goto out;
    group->tail = field->model->shock_tail;
    VC_TRY(vci_field_pattern(field, group, field->n, 1, &p));
    for (size_t t = 0; t < field->n; t++) p->map[0][t] = (int)t;
    for (size_t t = 1; t < field->n && stays > 0; t++) {
        vci_pattern_follow(p, t, t - 1, VCI_FIRST);
        p->pull[0][t] = stays;
    }
out:
    return st;
}

/* z /= sqrt(chi-square / nu); the uniforms' places follow those of the normals. */
static void make_heavy(const vci_field *field, const vci_future *future, unsigned tail,
                       size_t j, double *z) {
    double log_product[VCI_BATCH] = {0}, u[VCI_BATCH];
    for (unsigned k = 1; k <= tail / 2; k++) {
        vci_future_uniforms(future, VCI_SHOCK, j + k * field->h, u);
        for (size_t d = 0; d < VCI_BATCH; d++) log_product[d] += vci_log(u[d]);
    }
    for (size_t d = 0; d < VCI_BATCH; d++) z[d] /= sqrt(-2 * log_product[d] / tail);
}

static void future(const vci_field *field, const vci_group *group, const double *theta,
                   const double *x, const vci_future *future, double *eta) {
    double sd = vci_field_sd(field, group->sd[VCI_FIRST], theta);
    double shock[VCI_BATCH], z[VCI_BATCH], stays = persistence_of(field);
    memcpy(shock, x + (group->n_values - 1) * VCI_BATCH, sizeof shock);
    for (size_t j = 0; j < field->h; j++) {
        vci_future_normals(future, VCI_SHOCK, j, z);
        if (group->tail) make_heavy(field, future, group->tail, j, z);
        for (size_t d = 0; d < VCI_BATCH; d++) {
            shock[d] = stays * shock[d] + sd * z[d];
            eta[j * VCI_BATCH + d] += shock[d];
        }
    }
}

const vci_term vci_term_shock = {.name = "shock", .build = build, .future = future};
