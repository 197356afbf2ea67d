/* The units that a role is fitted on. */
#ifndef VCI_SCOPE_INTERNAL_H
#define VCI_SCOPE_INTERNAL_H

#include "fit/role_internal.h"

/* How a unit comes by its figures of a progress series. */
typedef enum vci_standing {
    VCI_SILENT,   /* not at all */
    VCI_REPORTER, /* its own records; nobody under it has any */
    VCI_SUM,      /* the sum of units under it */
    VCI_ABOVE,    /* units under it report a survey, whose scores do not add up */
    VCI_ALONE     /* the same, beside a survey of its own */
} vci_standing;

/* standing[n_units] of all units for a progress series. */
void vci_standing_find(const vc_panel *panel, size_t series, unsigned char *standing);

/* Stays where it is: tree may point into it. */
typedef struct vci_scope {
    const vc_unit_tree *tree; /* the panel's, or own */
    vc_unit_tree own;
    size_t *unit; /* [tree->n] the panel's unit of each */
} vci_scope;

/*
 * Events: all units. One unit of a series: that unit. A progress series: its reporters, as
 * leaves, and the units above them. VC_TOO_FEW_DATA where nobody reports.
 */
vc_status vci_scope_init(const vc_panel *panel, const vci_role *role, vci_scope *scope);
void vci_scope_free(vci_scope *scope);

#endif
