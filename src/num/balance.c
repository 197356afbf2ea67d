/* Entropy balancing by Newton's method on its dual, log sum of w exp(lambda'(f - mean)). */
#include "num/balance_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

#define STEPS 30
#define CLOSE 1e-9
/* A step that shifts a weight by more than e^1 is shortened. */
#define LONGEST 1.0

typedef struct work {
    size_t n, q;
    const double *f, *mean, *start;
    double *weight, *lambda, *gradient, *hessian;
} work;

/* Weights at lambda, the distance of their means, and its derivative. */
static void evaluate(work *w) {
    size_t q = w->q;
    double top = -INFINITY, sum = 0;
    for (size_t i = 0; i < w->n; i++) {
        double x = 0;
        for (size_t j = 0; j < q; j++) x += w->lambda[j] * (w->f[i * q + j] - w->mean[j]);
        w->weight[i] = log(w->start[i]) + x;
        top = fmax(top, w->weight[i]);
    }
    for (size_t i = 0; i < w->n; i++) sum += w->weight[i] = exp(w->weight[i] - top);
    memset(w->gradient, 0, q * sizeof *w->gradient);
    memset(w->hessian, 0, q * q * sizeof *w->hessian);
    for (size_t i = 0; i < w->n; i++) {
        const double *f = w->f + i * q;
        w->weight[i] /= sum;
        for (size_t j = 0; j < q; j++) {
            double x = w->weight[i] * (f[j] - w->mean[j]);
            w->gradient[j] += x;
            for (size_t k = 0; k <= j; k++)
                w->hessian[j * q + k] += x * (f[k] - w->mean[k]);
        }
    }
    for (size_t j = 0; j < q; j++)
        for (size_t k = 0; k <= j; k++)
            w->hessian[j * q + k] -= w->gradient[j] * w->gradient[k];
}

/* gradient = hessian^-1 gradient; false when the features are not independent. */
static bool solve(work *w) {
    size_t q = w->q;
    double *a = w->hessian, *x = w->gradient;
    for (size_t i = 0; i < q; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i * q + j];
            for (size_t k = 0; k < j; k++) sum -= a[i * q + k] * a[j * q + k];
            if (i == j && !(sum > 1e-12)) return false;
            a[i * q + j] = i == j ? sqrt(sum) : sum / a[j * q + j];
        }
        for (size_t k = 0; k < i; k++) x[i] -= a[i * q + k] * x[k];
        x[i] /= a[i * q + i];
    }
    for (size_t i = q; i-- > 0;) {
        for (size_t k = i + 1; k < q; k++) x[i] -= a[k * q + i] * x[k];
        x[i] /= a[i * q + i];
    }
    return true;
}

static double longest_shift(const work *w) {
    double most = 0;
    for (size_t i = 0; i < w->n; i++) {
        double x = 0;
        for (size_t j = 0; j < w->q; j++)
            x += w->gradient[j] * (w->f[i * w->q + j] - w->mean[j]);
        most = fmax(most, fabs(x));
    }
    return most;
}

static double distance(const work *w) {
    double most = 0;
    for (size_t j = 0; j < w->q; j++) most = fmax(most, fabs(w->gradient[j]));
    return most;
}

vc_status vci_balance(size_t n, size_t q, const double *f, const double *mean,
                      double *weight) {
    vc_status st = VC_OK;
    double *memory = NULL;
    VC_NEW(memory, n + 2 * q + q * q);
    work w = {.n = n, .q = q, .f = f, .mean = mean, .start = weight, .weight = memory};
    w.lambda = memory + n;
    w.gradient = w.lambda + q;
    w.hessian = w.gradient + q;
    evaluate(&w);
    for (int step = 0; distance(&w) > CLOSE; step++) {
        if (step == STEPS) VC_FAIL(VC_NOT_CONVERGED, "balancing %zu features", q);
        if (!solve(&w)) VC_FAIL(VC_SINGULAR, "balancing %zu features", q);
        double most = longest_shift(&w), factor = most > LONGEST ? LONGEST / most : 1;
        for (size_t j = 0; j < q; j++) w.lambda[j] -= factor * w.gradient[j];
        evaluate(&w);
    }
    memcpy(weight, w.weight, n * sizeof *weight);
out:
    vci_free(memory);
    return st;
}
