/*
 * The Gaussian step on the tree of units: a latent field x, its quadratic approximation at
 * x, the Newton step to the mode, and the factors from which the sampler draws.
 */
#ifndef VCI_SOLVER_INTERNAL_H
#define VCI_SOLVER_INTERNAL_H

#include "fit/algebra_internal.h"
#include "fit/field_internal.h"
#include "vitalcast/log.h"

/* A latent field: root[n_root], node[n_units][n_blocks]. */
typedef struct vci_state {
    double *root, *node;
} vci_state;

/*
 * What elimination of a group leaves behind. With M the precision of eta seen from below
 * and E the indicator of the group's map:  A = Q + E'ME = L L',  gain = L^-1 E'M,  y = L^-1
 * (gradient), so that, given a change delta of eta from above, the group changes by  L^-T
 * (y - gain delta).
 */
typedef struct vci_factor {
    double *l;    /* [n_values][n_values] */
    double *gain; /* [n_values][n]; NULL for leaves, whose M is the diagonal `weight` */
    double *y;    /* [n_values] */
} vci_factor;

/* A slice of a unit's children, eliminated by one thread in child order. */
typedef struct vci_slice {
    size_t parent, begin, end; /* into tree.children */
    double *sum;               /* [n][n] then [n]: M and v of these children */
    double *scratch;
    double log_det, decrement;
    vc_status status;
} vci_slice;

typedef struct vci_solver {
    const vci_field *field;            /* borrowed */
    const vci_algebra *algebra;        /* borrowed */
    vci_state x, step;                 /* point and Newton step */
    vci_factor root[VCI_TERMS], *node; /* node: [n_units] */
    double *fixed_l, *fixed_y;         /* [n_fixed][n_fixed], [n_fixed] */
    double *gradient, *weight;         /* [n_leaves][n] of the likelihood at x */
    double *eta;                       /* [n_leaves][n] at x, without offset */
    double *row_loglik;                /* [n_leaves] */
    double **below; /* [n_units] of a unit's children: M [n][n], v [n]; NULL for leaves */
    double **delta; /* [n_units] change of eta from above, [n]; NULL for leaves */
    size_t n_slices;
    vci_slice *slices;   /* deepest parents first */
    size_t *level_begin; /* [n_levels + 1] slices by level of the parent, deepest first */
    double *common;      /* [n] eta of the root */
    double *scratch;     /* for the root's groups */
    double loglik;       /* at x, without constants */
    double quadratic;    /* x' Q x, means taken off */
    double log_det;      /* log |H| at x */
    double decrement;    /* gradient' H^-1 gradient at x */
    double *arena;       /* owns every array of numbers above */
    size_t arena_used, arena_size;
} vci_solver;

vc_status vci_solver_init(vci_solver *solver, const vci_field *field,
                          const vci_algebra *algebra);
void vci_solver_free(vci_solver *solver);

/*
 * Log posterior density of x up to constants: loglik - quadratic / 2; fills eta and
 * derivatives.
 */
double vci_solver_evaluate(vci_solver *solver, const double *theta);

/* Factors H at x (after _evaluate) and fills log_det, decrement. */
vc_status vci_solver_factor(vci_solver *solver, const double *theta);

/*
 * step = H^-1 A' c for c[n_leaves][n] on the scale of eta, from the factors of the last
 * _factor (whose y is overwritten).
 */
void vci_solver_solve(vci_solver *solver, const double *c);

/*
 * Newton to the mode from x. VC_NOT_CONVERGED after 100 steps; VC_SINGULAR. On success the
 * factors are those at the mode.
 */
vc_status vci_solver_mode(vci_solver *solver, const double *theta);

#endif
