/*
 * The latent field once more, as one dense matrix: the independent check of the tree
 * solver.
 */
#ifndef VCT_DENSE_H
#define VCT_DENSE_H

#include "fit/solver_internal.h"

typedef struct vct_dense {
    size_t n;         /* latent values */
    double *h;        /* [n][n] negative Hessian of the log posterior at the solver's x */
    double *gradient; /* [n] of the log posterior there */
    size_t *node_at;  /* [n_units] first index of a unit's walk; root values come first */
} vct_dense;

/* From the design of every cell and the prior precision, both written out. */
void vct_dense_build(const vci_solver *solver, const double *theta, vct_dense *dense);
void vct_dense_free(vct_dense *dense);

/* Row of the design for a leaf and fitted period: a[n]. */
void vct_dense_row(const vci_field *field, const vct_dense *dense, size_t leaf, size_t t,
                   double *a);

#endif
