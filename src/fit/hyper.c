/* Coordinates of the hyper-parameters: see the header. */
#include "fit/hyper_internal.h"

#include <math.h>

#include "core/memory_internal.h"

/* Below this share of c an sd makes no difference to anything. */
#define LEAST 1e-3

vc_status vci_hyper_init(size_t d, const double *optimum, vci_hyper *h) {
    vc_status st = VC_OK;
    *h = (vci_hyper){.d = d};
    VC_NEW(h->scale, d);
    for (size_t i = 0; i < d; i++) h->scale[i] = 0.25 * exp(optimum[i]);
out:
    return st;
}

void vci_hyper_free(vci_hyper *h) {
    vci_free(h->scale);
    *h = (vci_hyper){0};
}

void vci_hyper_from_theta(const vci_hyper *h, const double *theta, double *v) {
    for (size_t i = 0; i < h->d; i++) v[i] = log1p(exp(theta[i]) / h->scale[i]);
}

void vci_hyper_to_theta(const vci_hyper *h, const double *v, double *theta) {
    for (size_t i = 0; i < h->d; i++)
        theta[i] = log(fmax(expm1(v[i]), LEAST) * h->scale[i]);
}

double vci_hyper_log_jacobian(const vci_hyper *h, const double *theta) {
    double sum = 0;
    for (size_t i = 0; i < h->d; i++) sum += log1p(h->scale[i] / exp(theta[i]));
    return sum;
}

void vci_hyper_slope(const vci_hyper *h, const double *theta, double *slope) {
    for (size_t i = 0; i < h->d; i++) {
        double ratio = h->scale[i] / exp(theta[i]);
        slope[i] = slope[i] * (1 + ratio) - ratio;
    }
}
