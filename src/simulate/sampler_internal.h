/*
 * Joint draws of eta for all leaves from one fit: hyper-parameter point, then root, then
 * down the tree, each level independent given the one above. Plain C in fixed order and our
 * own exp and log: the same draw has the same bits whatever the thread count, block size or
 * machine. Draws come in groups of VCI_BATCH, which have their point in common; groups
 * visit the points in proportion to their weights, evenly in every beginning of the draws.
 */
#ifndef VCI_SAMPLER_INTERNAL_H
#define VCI_SAMPLER_INTERNAL_H

#include "fit/field_internal.h"
#include "fit/solver_internal.h"
#include "fit/term_internal.h"
#include "num/random_internal.h"
#include "vitalcast/fit.h"

typedef struct vci_sampler {
    const vc_fit *fit;                   /* borrowed */
    const vc_unit_tree *tree;            /* borrowed */
    const vc_observations *observations; /* borrowed */
    vci_field field;
    uint64_t seed;
    unsigned role;           /* 0..15, part of every stream's place */
    size_t first, n_periods; /* periods wanted: fitted index of the first, how many */
    double *up_to;           /* [n_points] sums of the points' weights */
} vci_sampler;

/* Arrays that one thread needs; sized by vci_sampler_work_init. */
/* Where the latent values of a batch come from. */
typedef struct vci_latent {
    uint64_t seed;
    unsigned role;
    uint32_t draw[VCI_BATCH];
} vci_latent;

typedef struct vci_sampler_work {
    vci_latent latent;
    double *log_weight;        /* [VCI_BATCH] unless NULL: see vci_sampler_propose */
    double *row;               /* [n] */
    double *precision;         /* [most][most] of a heavy-tailed prior */
    vci_solver solver;         /* factors at the mode of the point */
    const vc_fit_point *point; /* NULL: none yet; borrowed from the fit */
    double sd;                 /* dispersion at the point */
    double *normals;           /* [most values in a group][VCI_BATCH] */
    double *change;            /* same: of the group being drawn, from its mode */
    double *values;            /* same: mode + change */
    double *delta;  /* [n_levels][n][VCI_BATCH] change of eta above and at a unit */
    double *future; /* [n_levels][h][VCI_BATCH] eta in the future, down to a unit */
    double *fixed;  /* [n_fixed][VCI_BATCH] */
    double
        *root_out; /* NULL, or where the draws' own latent values go: [n_root][VCI_BATCH] */
    double *node_out; /* with root_out: [n_units][n_node][VCI_BATCH] */
} vci_sampler_work;

/*
 * wanted_first: first period that is drawn (at most one after the last fitted one); the
 * draws go to the observations' last future period.
 */
vc_status vci_sampler_init(vci_sampler *sampler, const vc_fit *fit,
                           const vc_unit_tree *tree, const vc_observations *observations,
                           uint64_t seed, unsigned role, vc_period wanted_first);
void vci_sampler_free(vci_sampler *sampler);

vc_status vci_sampler_work_init(const vci_sampler *sampler, vci_sampler_work *work);
void vci_sampler_work_free(vci_sampler_work *work);

/* The point that a draw comes from. */
size_t vci_sampler_point(const vci_sampler *sampler, uint32_t draw);

/*
 * eta[leaf][period][VCI_BATCH] (offset not included) for draws first_draw .. first_draw + n
 * - 1, all of one group. VC_SINGULAR, VC_NO_MEMORY.
 */
vc_status vci_sampler_draw(const vci_sampler *sampler, vci_sampler_work *work,
                           uint32_t first_draw, size_t n, double *eta);

/*
 * Proposals number first .. first + n - 1 of a point (n <= VCI_BATCH): draws of the
 * Gaussian approximation whatever the run's seed. log_weight[n] = log of true density /
 * Gaussian, 0 at the mode: what the likelihood has beyond its second order there. A fit
 * with pools draws its latent values from these proposals.
 */
vc_status vci_sampler_propose(const vci_sampler *sampler, vci_sampler_work *work,
                              size_t point, uint32_t first, size_t n, double *log_weight);

#endif
