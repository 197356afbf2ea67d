#include "quality/other_law_internal.h"

#include <math.h>

#include "core/memory_internal.h"
#include "num/binomial_internal.h"
#include "num/elementary_internal.h"

/* Equally likely values of the declared ratio. */
#define RATIOS 15

/* A law ends where it is this small beside its mode. */
#define NEGLIGIBLE 1e-17

/* Jeffreys' prior of the rate of ours. */
#define PRIOR 0.5

/* p[n] of first, first + 1, ...; the rest is nothing. */
typedef struct stretch {
    int64_t first;
    size_t n;
    double *p;
} stretch;

static double log_negative_binomial(double size, double mean, double k) {
    return lgamma(size + k) - lgamma(size) - lgamma(k + 1) +
           size * log(size / (size + mean)) + k * log(mean / (size + mean));
}

/* Adds 1 / RATIOS of a negative binomial to p[n] of 0 .. n - 1, from the mode outwards. */
static void add_negative_binomial(double size, double mean, size_t n, double *p) {
    double q = mean / (size + mean);
    size_t mode = size > 1 ? (size_t)fmin((size - 1) * q / (1 - q), (double)n - 1) : 0;
    double top = exp(log_negative_binomial(size, mean, (double)mode)) / RATIOS, x = top;
    for (size_t k = mode; k < n && x > NEGLIGIBLE * top; k++) {
        p[k] += x;
        x *= q * (size + (double)k) / (double)(k + 1);
    }
    x = top;
    for (size_t k = mode; k > 0 && x > NEGLIGIBLE * top; k--) {
        x *= (double)k / (q * (size + (double)k - 1));
        p[k - 1] += x;
    }
}

/* What theirs has beyond the common ones, over the ratios. */
static vc_status fill_rest(const vci_other_offset *o, int64_t ours, stretch *rest) {
    vc_status st = VC_OK;
    double size = (double)ours + PRIOR, mean[RATIOS], most = 0;
    for (size_t i = 0; i < RATIOS; i++) {
        double z = vci_normal_quantile(((double)i + 0.5) / RATIOS);
        mean[i] = size * fmax(o->ratio + o->sd * z - o->common, 1e-6);
        most = fmax(most, mean[i]);
    }
    rest->n = (size_t)(most + 12 * sqrt(most + most * most / size) + 30);
    VC_NEW(rest->p, rest->n);
    for (size_t i = 0; i < RATIOS; i++)
        add_negative_binomial(size, mean[i], rest->n, rest->p);
out:
    return st;
}

/* The common ones are binomial among ours. */
static vc_status fill_common(double share, int64_t ours, stretch *common) {
    vc_status st = VC_OK;
    double mean = share * (double)ours, sd = sqrt(mean * (1 - share));
    int64_t first = (int64_t)fmax(0, floor(mean - 10 * sd - 10));
    int64_t last = (int64_t)fmin((double)ours, ceil(mean + 10 * sd + 10));
    bool certain = share == 0 || share == 1;
    if (certain) first = last = share == 0 ? 0 : ours;
    common->first = first;
    common->n = (size_t)(last - first) + 1;
    VC_NEW(common->p, common->n);
    for (size_t k = 0; k < common->n; k++)
        common->p[k] =
            certain ? 1 : vci_binomial_probability(first + (int64_t)k, ours, share);
out:
    return st;
}

vc_status vci_other_law_make(const vci_other_offset *o, int64_t ours, vci_other_law *law) {
    vc_status st = VC_OK;
    stretch rest = {0}, common = {0};
    *law = (vci_other_law){0};
    VC_TRY(fill_rest(o, ours, &rest));
    VC_TRY(fill_common(o->common, ours, &common));
    law->first = common.first;
    law->n = rest.n + common.n - 1;
    VC_NEW(law->p, law->n);
    for (size_t i = 0; i < common.n; i++)
        for (size_t k = 0; k < rest.n; k++) law->p[i + k] += common.p[i] * rest.p[k];
out:
    vci_free(rest.p);
    vci_free(common.p);
    return st;
}

/* Small ones first: tails keep their digits. */
double vci_other_law_at_most(const vci_other_law *law, int64_t k) {
    double sum = 0;
    for (size_t i = 0; i < law->n && law->first + (int64_t)i <= k; i++) sum += law->p[i];
    return fmin(1, sum);
}

double vci_other_law_at_least(const vci_other_law *law, int64_t k) {
    double sum = 0;
    for (size_t i = law->n; i > 0 && law->first + (int64_t)i - 1 >= k; i--)
        sum += law->p[i - 1];
    return fmin(1, sum);
}

int64_t vci_other_law_quantile(const vci_other_law *law, double level) {
    double sum = law->p[0];
    size_t k = 0;
    while (k + 1 < law->n && sum < level) sum += law->p[++k];
    return law->first + (int64_t)k;
}

void vci_other_law_free(vci_other_law *law) {
    vci_free(law->p);
    *law = (vci_other_law){0};
}
