/* A Gaussian process through values and gradients: see the header for the source. */
#include "num/surrogate_internal.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/linear_internal.h"

/* Lengths to choose from: short for a rough function, long for one that is nearly a
 * parabola. */
static const double LENGTHS[] = {2, 4, 8, 16};
#define N_LENGTHS (sizeof LENGTHS / sizeof *LENGTHS)
/* Variances of what counts as noise, relative to the process's own. */
static const double NUGGETS[] = {1e-12, 1e-10, 1e-8};
#define N_NUGGETS (sizeof NUGGETS / sizeof *NUGGETS)

/*
 * Covariances of (f, df/dx_1, …) at point a with the same at point b, into rows and columns
 * of k: with r = a - b, t = sqrt(5) |r| / l, k = (1 + t + t^2 / 3) exp(-t), c = 5 / (3
 * l^2), cov(f, df_b) = c (1 + t) exp(-t) r, cov(df_a, df_b) = c exp(-t) ((1 + t) I - 5 /
 * l^2 r r').
 */
static void covariance(size_t d, const double *a, const double *b, double length,
                       size_t stride, double *k) {
    double square = 0, s = 5 / (length * length);
    for (size_t i = 0; i < d; i++) square += (a[i] - b[i]) * (a[i] - b[i]);
    double t = sqrt(s * square), decay = exp(-t), c = s / 3 * decay;
    k[0] = (1 + t + t * t / 3) * decay;
    for (size_t i = 0; i < d; i++) {
        double r = a[i] - b[i];
        k[1 + i] = c * (1 + t) * r;
        k[(1 + i) * stride] = -c * (1 + t) * r;
        for (size_t j = 0; j < d; j++)
            k[(1 + i) * stride + 1 + j] =
                c * ((i == j ? 1 + t : 0) - s * r * (a[j] - b[j]));
    }
}

static void fill(size_t d, size_t n, const double *x, double length, double nugget,
                 double *k) {
    size_t m = n * (d + 1);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b <= a; b++)
            covariance(d, x + a * d, x + b * d, length, m,
                       k + a * (d + 1) * m + b * (d + 1));
    for (size_t i = 0; i < m; i++) k[i * m + i] += nugget;
}

/*
 * Weights and log likelihood (its scale at the optimum) for one length; false when the
 * matrix is not positive definite.
 */
static bool solve(vci_surrogate *s, const double *data, double length, double nugget,
                  double *k, double *weight, double *likelihood) {
    lapack_int m = (lapack_int)(s->n * (s->d + 1));
    double square = 0, log_det = 0;
    fill(s->d, s->n, s->x, length, nugget, k);
    if (LAPACKE_dpotrf(LAPACK_ROW_MAJOR, 'L', m, k, m) != 0) return false;
    memcpy(weight, data, (size_t)m * sizeof *weight);
    if (LAPACKE_dpotrs(LAPACK_ROW_MAJOR, 'L', m, 1, k, m, weight, 1) != 0) return false;
    for (lapack_int i = 0; i < m; i++) {
        square += data[i] * weight[i];
        log_det += log(k[i * m + i]);
    }
    *likelihood = -0.5 * m * log(fmax(square, 1e-300) / m) - log_det;
    return isfinite(*likelihood);
}

vc_status vci_surrogate_fit(size_t d, size_t n, const double *x, const double *value,
                            const double *slope, vci_surrogate *s) {
    vc_status st = VC_OK;
    int threads = vci_blas_begin();
    size_t m = n * (d + 1);
    double *k = NULL, *data = NULL, *weight = NULL, best = -(double)INFINITY;
    *s = (vci_surrogate){.d = d, .n = n};
    VC_NEW(k, m * m);
    VC_NEW(data, m);
    VC_NEW(weight, m);
    VC_NEW(s->x, n * d);
    VC_NEW(s->weight, m);
    memcpy(s->x, x, n * d * sizeof *x);
    for (size_t i = 0; i < n; i++) {
        data[i * (d + 1)] = value[i];
        memcpy(data + i * (d + 1) + 1, slope + i * d, d * sizeof *data);
    }
    for (size_t g = 0; g < N_NUGGETS && !isfinite(best); g++)
        for (size_t l = 0; l < N_LENGTHS; l++) {
            double likelihood;
            if (!solve(s, data, LENGTHS[l], NUGGETS[g], k, weight, &likelihood)) continue;
            if (likelihood <= best) continue;
            best = likelihood;
            s->length = LENGTHS[l];
            memcpy(s->weight, weight, m * sizeof *weight);
        }
    if (!isfinite(best)) VC_FAIL(VC_SINGULAR, "surrogate of %zu points", n);
out:
    vci_blas_end(threads);
    vci_free(k);
    vci_free(data);
    vci_free(weight);
    if (st != VC_OK) vci_surrogate_free(s);
    return st;
}

double vci_surrogate_value(const vci_surrogate *s, const double *x, double *distance) {
    double sum = 0, least = INFINITY, root = sqrt(5) / s->length;
    size_t d = s->d;
    for (size_t p = 0; p < s->n; p++) {
        const double *at = s->x + p * d, *w = s->weight + p * (d + 1);
        double square = 0, slopes = 0;
        for (size_t i = 0; i < d; i++) {
            double r = x[i] - at[i];
            square += r * r;
            slopes += r * w[1 + i];
        }
        double t = root * sqrt(square);
        sum += exp(-t) * ((1 + t + t * t / 3) * w[0] + root * root / 3 * (1 + t) * slopes);
        least = fmin(least, square);
    }
    *distance = sqrt(least);
    return sum;
}

void vci_surrogate_free(vci_surrogate *s) {
    vci_free(s->x);
    vci_free(s->weight);
    *s = (vci_surrogate){0};
}
