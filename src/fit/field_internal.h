/*
 * The shape of the latent field of one model on one tree: which values there are, how they
 * enter eta, and which standard deviations govern them.
 *
 *   eta[u,t] = fixed . x(t) + terms that all units share + sum of the nodes' own
 *
 * Everything except the few fixed effects enters through indicators of periods, which is
 * what makes the elimination cheap.
 */
#ifndef VCI_FIELD_INTERNAL_H
#define VCI_FIELD_INTERNAL_H

#include "fit/group_internal.h"
#include "vitalcast/fit.h"

#define VCI_MAX_FIXED (2 + VC_CALENDAR_TERMS + VC_MODEL_EVENTS + VC_LATE)

/* Terms of the root: X(place, descriptor), in the order in which they are drawn. */
#define VCI_TERM_LIST(X)                                                                   \
    X(VCI_SEASON, vci_term_season)                                                         \
    X(VCI_TREND, vci_term_trend)                                                           \
    X(VCI_SLOPE, vci_term_slope)                                                           \
    X(VCI_SHOCK, vci_term_shock)

enum {
#define VCI_TERM_PLACE(place, descriptor) place,
    VCI_TERM_LIST(VCI_TERM_PLACE)
#undef VCI_TERM_PLACE
        VCI_TERMS
};

/*
 * A standard deviation of the model; theta is its place in the search, VCI_NONE when fixed.
 */
typedef struct vci_component {
    char name[VC_FIT_NAME];
    const vc_scale *scale;
    int theta;
} vci_component;

typedef struct vci_field {
    const vc_model *model;               /* borrowed */
    const vc_unit_tree *tree;            /* borrowed */
    const vc_observations *observations; /* borrowed */
    size_t n, h, n_root, n_fixed;
    size_t late; /* the first of the fixed effects of incomplete periods, the last first */
    double *design; /* [n_fixed][n + h] */
    double fixed_mean[VCI_MAX_FIXED];
    double fixed_sd[VCI_MAX_FIXED]; /* where fixed_component is VCI_NONE */
    int fixed_component[VCI_MAX_FIXED];
    vci_group root[VCI_TERMS];
    vci_pattern root_pattern[VCI_TERMS], middle_pattern, leaf_pattern;
    vci_group *node; /* [n_units]; the root's is switched off */
    size_t n_blocks; /* of the nodes' walks, in the fitted periods */
    size_t n_node;   /* values of a node at most: walk, then season */
    size_t most;     /* values of any group at most */
    size_t *leaf_of; /* [n_units] place among the leaves; VC_NO_UNIT if none */
    size_t n_components;
    vci_component *components;
    int dispersion; /* component; VCI_NONE if the family has none */
    bool heavy;     /* some group is Student's t */
    bool wide;      /* so many cells that leaves are worth threads of their own */
    size_t n_theta;
} vci_field;

vc_status vci_field_build(const vc_model *model, const vc_unit_tree *tree,
                          const vc_observations *observations, vci_field *field);
void vci_field_free(vci_field *field);

/* Adds a standard deviation; VCI_NONE when the scale is absent. */
int vci_field_component(vci_field *field, const vc_scale *scale, const char *name);

/* Gives a group of the root its pattern (to be filled) and its place in the root vector. */
vc_status vci_field_pattern(vci_field *field, vci_group *group, size_t n_values,
                            size_t n_maps, vci_pattern **pattern);

/* The standard deviation of a component, or of the prior of a fixed effect, at theta. */
double vci_field_sd(const vci_field *field, int component, const double *theta);
double vci_field_fixed_sd(const vci_field *field, size_t fixed, const double *theta);

/* Prior mean of eta's level from the data: log(sum y / sum exposure) and its likes. */
double vci_field_auto_level(const vc_model *model, const vc_observations *observations);

#endif
