/* Estimates from draws or weighted points, and which of many stand out. */
#include <math.h>
#include <stdlib.h>

#include "assess/learned_internal.h"
#include "core/memory_internal.h"

typedef struct point {
    double value, weight;
} point;

static int by_value(const void *a, const void *b) {
    const point *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* The least value with at least a share p of the weight at or below it. */
static double quantile(size_t n, const point *points, double sum, double p) {
    double passed = 0;
    for (size_t i = 0; i < n; i++) {
        passed += points[i].weight;
        if (passed >= p * sum) return points[i].value;
    }
    return points[n - 1].value;
}

vc_status vci_estimate_make(size_t n, const double *values, const double *weights,
                            vc_estimate *estimate) {
    vc_status st = VC_OK;
    point *points = NULL;
    double sum = 0, mean = 0, square = 0, above = 0;
    VC_NEW(points, n);
    for (size_t i = 0; i < n; i++) {
        points[i] = (point){values[i], weights ? weights[i] : 1};
        sum += points[i].weight;
        mean += points[i].weight * values[i];
        above += values[i] > 0 ? points[i].weight : 0;
    }
    mean /= sum;
    for (size_t i = 0; i < n; i++)
        square += points[i].weight * (values[i] - mean) * (values[i] - mean);
    qsort(points, n, sizeof *points, by_value);
    *estimate = (vc_estimate){.mean = mean,
                              .sd = sqrt(square / sum),
                              .low80 = quantile(n, points, sum, 0.1),
                              .high80 = quantile(n, points, sum, 0.9),
                              .low95 = quantile(n, points, sum, 0.025),
                              .high95 = quantile(n, points, sum, 0.975),
                              .p_above = above / sum};
out:
    vci_free(points);
    return st;
}

bool vc_estimate_clear(const vc_estimate *estimate) {
    return estimate->low80 > 0 || estimate->high80 < 0;
}

vc_status vci_stand_out(size_t n, const double *p_above, double most, bool *stands) {
    vc_status st = VC_OK;
    point *points = NULL;
    size_t named = 0;
    double sum = 0;
    VC_NEW(points, n);
    for (size_t i = 0; i < n; i++)
        points[i] = (point){fmin(p_above[i], 1 - p_above[i]), (double)i};
    qsort(points, n, sizeof *points, by_value);
    for (size_t i = 0; i < n; i++) {
        sum += points[i].value;
        if (sum <= most * (double)(i + 1)) named = i + 1;
    }
    for (size_t i = 0; i < n; i++) stands[(size_t)points[i].weight] = i < named;
out:
    vci_free(points);
    return st;
}
