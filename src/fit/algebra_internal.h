/*
 * The few dense operations of the tree solver, in two makes: LAPACK/BLAS for the search,
 * plain C in fixed order for the sampler, whose bits must be the same on every machine.
 * Matrices are row-major; symmetric ones use the lower triangle.
 */
#ifndef VCI_ALGEBRA_INTERNAL_H
#define VCI_ALGEBRA_INTERNAL_H

#include <stddef.h>

#include "core/status_internal.h"

typedef struct vci_algebra {
    /* a[n][n] = lower Cholesky factor of itself; VC_SINGULAR when not positive definite. */
    vc_status (*cholesky)(size_t n, double *a);
    /* x[n][m] = L^-1 x. */
    void (*forward)(size_t n, size_t m, const double *l, double *x);
    /* c[m][m] (lower) -= x' x for x[n][m]. */
    void (*subtract_square)(size_t n, size_t m, const double *x, double *c);
} vci_algebra;

extern const vci_algebra vci_algebra_lapack;
extern const vci_algebra vci_algebra_portable;

/* x[n] = L^-1 x and x[n] = L^-T x, plain C. */
void vci_forward(size_t n, const double *l, double *x);
void vci_backward(size_t n, const double *l, double *x);

/* 2 * sum log L[i][i]. */
double vci_log_det(size_t n, const double *l);

#endif
