/*
 * The range of a linear form over x >= 0 with linear equations: what somebody who knows
 * sums can say about a part. Dense two-phase simplex with Bland's rule against cycles; for
 * some hundred unknowns.
 */
#ifndef VCT_SIMPLEX_H
#define VCT_SIMPLEX_H

#include <stdbool.h>
#include <stddef.h>

typedef struct vct_simplex {
    size_t n;           /* unknowns, slacks too */
    size_t m, capacity; /* rows */
    double *row;        /* [capacity][n + 1], right-hand side last */
    size_t *basis;      /* [m] after vct_simplex_start */
} vct_simplex;

/* n unknowns >= 0, slacks included. */
void vct_simplex_init(vct_simplex *s, size_t n);

/* An empty row; the caller fills [n] coefficients and the right-hand side at [n]. */
double *vct_simplex_row(vct_simplex *s);

/* A first vertex; false: nothing meets all rows. */
bool vct_simplex_start(vct_simplex *s);

/* Least value of form[n] * x; -INFINITY if it has none. */
double vct_simplex_least(vct_simplex *s, const double *form);

void vct_simplex_free(vct_simplex *s);

#endif
