/* A group of latent values: its pattern, its place, its standard deviations. */
#ifndef VCI_GROUP_INTERNAL_H
#define VCI_GROUP_INTERNAL_H

#include "fit/pattern_internal.h"

struct vci_field;

typedef struct vci_group {
    const vci_pattern *pattern; /* borrowed; NULL: the group is switched off */
    size_t n_values;            /* of the pattern; 0: switched off */
    size_t offset;              /* in the root vector (unused for nodes) */
    int sd[VCI_KINDS];          /* components by kind of innovation; VCI_NONE if none */
    unsigned tail; /* degrees of freedom of Student's t, independent values; 0: normal */
} vci_group;

/* Precision of the group's Gaussian prior at x, both triangles: q[n_values][n_values]. */
void vci_group_precision(const struct vci_field *field, const vci_group *group,
                         const double *theta, const double *x, double *q);

/* Log determinant of the prior's precision (Student's t: of its scale's). */
double vci_group_log_det(const struct vci_field *field, const vci_group *group,
                         const double *theta);

/* out[n_values] = - d log prior / d x; returns - 2 log prior without constants. */
double vci_group_pull(const struct vci_field *field, const vci_group *group,
                      const double *theta, const double *x, double *out);

/* Precision of the innovations of a kind; 0 where the group has none. */
double vci_group_kind_precision(const struct vci_field *field, const vci_group *group,
                                const double *theta, int kind);

#endif
