/*
 * The shape of the latent field of one model on one tree: which values there are, how they
 * enter eta, and which standard deviations govern them.
 *
 *   eta[u,t] = off[u,t] + fixed . x(t) + season[..] + trend[..] + shock[t] + sum of node
 * walks
 *
 * Everything except the few fixed effects enters through an indicator of periods (a map
 * from periods to values), which is what makes the elimination cheap.
 */
#ifndef VCI_FIELD_INTERNAL_H
#define VCI_FIELD_INTERNAL_H

#include "vitalcast/fit.h"

#define VCI_NONE (-1)
#define VCI_MAX_FIXED (2 + VC_CALENDAR_TERMS)

/*
 * A standard deviation of the model; theta is its place in the search, VCI_NONE when fixed.
 */
typedef struct vci_component {
    char name[VC_FIT_NAME];
    const vc_scale *scale;
    int theta;
} vci_component;

/*
 * A group of latent values: map[t] is the value that enters period t, VCI_NONE for no
 * value.
 */
typedef struct vci_group {
    size_t n_values; /* 0: the group is switched off */
    int *map;        /* [n] */
    size_t offset;   /* in the root vector (unused for node walks) */
    int first, step; /* components: sd of the first value, of the steps; VCI_NONE if none */
    bool iid;        /* values are independent with sd `first` */
} vci_group;

enum { VCI_SEASON, VCI_TREND, VCI_SHOCK, VCI_ROOT_GROUPS };

typedef struct vci_field {
    const vc_model *model;               /* borrowed */
    const vc_unit_tree *tree;            /* borrowed */
    const vc_observations *observations; /* borrowed */
    size_t n, h, n_blocks, n_root, n_fixed;
    double *design; /* [n_fixed][n + h] */
    double fixed_mean[VCI_MAX_FIXED], fixed_sd[VCI_MAX_FIXED];
    vci_group root[VCI_ROOT_GROUPS];
    int *walk_map;   /* [n] block of a period, for walks with steps */
    int *still_map;  /* [n] zero, for levels without steps */
    vci_group *node; /* [n_units]; the root's is switched off */
    size_t *leaf_of; /* [n_units] place among the leaves; VC_NO_UNIT if none */
    size_t n_components;
    vci_component *components;
    int dispersion; /* component; VCI_NONE if the family has none */
    size_t n_theta;
} vci_field;

vc_status vci_field_build(const vc_model *model, const vc_unit_tree *tree,
                          const vc_observations *observations, vci_field *field);
void vci_field_free(vci_field *field);

/* The standard deviation of a component at theta. */
double vci_field_sd(const vci_field *field, int component, const double *theta);

/* Prior mean of eta's level from the data: log(sum y / sum exposure) and its likes. */
double vci_field_auto_level(const vc_model *model, const vc_observations *observations);

/* Precision matrix of a group, lower and upper: q[n_values][n_values]; and log |Q|. */
void vci_group_precision(const vci_field *field, const vci_group *group,
                         const double *theta, double *q);
double vci_group_log_det(const vci_field *field, const vci_group *group,
                         const double *theta);

/* out[n_values] = Q z, and z' Q z, without forming Q. */
void vci_group_multiply(const vci_field *field, const vci_group *group, const double *theta,
                        const double *z, double *out);

#endif
