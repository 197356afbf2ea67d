/*
 * Golub and Van Loan (2013), Matrix Computations, algorithms 4.2.2 (Cholesky), 3.1.1,
 * 3.1.2.
 */
#include "fit/algebra_internal.h"

#include <cblas.h>
#include <lapacke.h>
#include <math.h>

#include "num/linear_internal.h"

void vci_forward(size_t n, const double *l, double *x) {
    for (size_t i = 0; i < n; i++) {
        double sum = x[i];
        for (size_t j = 0; j < i; j++) sum -= l[i * n + j] * x[j];
        x[i] = sum / l[i * n + i];
    }
}

/* By columns of L', which are rows of L, so that memory is walked along. */
void vci_backward(size_t n, const double *l, double *x) {
    for (size_t i = n; i-- > 0;) {
        x[i] /= l[i * n + i];
        for (size_t j = 0; j < i; j++) x[j] -= l[i * n + j] * x[i];
    }
}

double vci_log_det(size_t n, const double *l) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += log(l[i * n + i]);
    return 2 * sum;
}

static vc_status not_positive(size_t pivot) {
    return vci_fail(VC_SINGULAR, __FILE__, __LINE__, "pivot %zu is not positive", pivot);
}

static vc_status portable_cholesky(size_t n, double *a) {
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n;
        for (size_t j = 0; j < i; j++) {
            const double *other = a + j * n;
            double sum = row[j];
            for (size_t k = 0; k < j; k++) sum -= row[k] * other[k];
            row[j] = sum / other[j];
        }
        double pivot = row[i];
        for (size_t k = 0; k < i; k++) pivot -= row[k] * row[k];
        if (!(pivot > 0) || isinf(pivot)) return not_positive(i);
        row[i] = sqrt(pivot);
    }
    return VC_OK;
}

static void portable_forward(size_t n, size_t m, const double *l, double *x) {
    for (size_t i = 0; i < n; i++) {
        double *row = x + i * m;
        for (size_t j = 0; j < i; j++) {
            double factor = l[i * n + j];
            if (factor == 0) continue;
            for (size_t k = 0; k < m; k++) row[k] -= factor * x[j * m + k];
        }
        for (size_t k = 0; k < m; k++) row[k] /= l[i * n + i];
    }
}

static void portable_subtract_square(size_t n, size_t m, const double *x, double *c) {
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < m; i++) {
            double factor = x[k * m + i];
            for (size_t j = 0; j <= i; j++) c[i * m + j] -= factor * x[k * m + j];
        }
}

static vc_status lapack_cholesky(size_t n, double *a) {
    int threads = vci_blas_begin();
    /* Row-major lower is column-major upper: no transpose is made. */
    lapack_int info =
        LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'U', (lapack_int)n, a, (lapack_int)n);
    vci_blas_end(threads);
    if (info > 0) return not_positive((size_t)info - 1);
    if (info < 0)
        return vci_fail(VC_BUG, __FILE__, __LINE__, "dpotrf: argument %d", (int)-info);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(a[i * n + i])) return not_positive(i);
    return VC_OK;
}

static void lapack_forward(size_t n, size_t m, const double *l, double *x) {
    int threads = vci_blas_begin();
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, (int)n,
                (int)m, 1, l, (int)n, x, (int)m);
    vci_blas_end(threads);
}

static void lapack_subtract_square(size_t n, size_t m, const double *x, double *c) {
    int threads = vci_blas_begin();
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, (int)m, (int)n, -1, x, (int)m, 1, c,
                (int)m);
    vci_blas_end(threads);
}

const vci_algebra vci_algebra_lapack = {lapack_cholesky, lapack_forward,
                                        lapack_subtract_square};
const vci_algebra vci_algebra_portable = {portable_cholesky, portable_forward,
                                          portable_subtract_square};
