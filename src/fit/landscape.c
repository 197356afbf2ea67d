/*
 * Standard deviations are nearly independent of each other in their posterior, but each has
 * a skewed profile of its own. So the interpolant is the sum of the profiles, measured
 * along the axes, plus a Gaussian process for what they leave: small, smooth and without
 * the cliffs that make interpolants swing.
 */
#include "fit/landscape_internal.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/algebra_internal.h"
#include "num/linear_internal.h"

/*
 * Points further below the first one (in logs) are not interpolated, since that would make
 * the interpolant swing on the hill; what is nearest to one of them counts as no place at
 * all.
 */
#define CLIFF 12.0
#define DEPTH 6.0
/* Nothing is believed to lie further outside what was seen: interpolants swing there. */
#define DISBELIEF 1.0

/*
 * Points of d independent standard normals lie about sqrt(2 d) apart. Half of that and more
 * away from all that was seen the interpolant guesses; it grows from what is known.
 */
#define FAMILIAR 2
#define CAUTION 4.0

vc_status vci_landscape_init(size_t d, size_t room, vci_landscape *l) {
    vc_status st = VC_OK;
    *l = (vci_landscape){.d = d, .room = room, .top = -(double)INFINITY};
    VC_NEW(l->v, room * d);
    VC_NEW(l->value, room);
    VC_NEW(l->slope, room * d);
    VC_NEW(l->low, d);
    VC_NEW(l->high, d);
    VC_NEW(l->deep, room * d);
    VC_NEW(l->profile, d);
    VC_NEW(l->axis, d * d);
    VC_NEW(l->to_axes, d * d);
    VC_NEW(l->centre, d);
    VC_NEW(l->factor, d * d);
out:
    return st;
}

void vci_landscape_free(vci_landscape *l) {
    vci_surrogate_free(&l->surrogate);
    vci_free(l->v);
    vci_free(l->value);
    vci_free(l->slope);
    vci_free(l->low);
    vci_free(l->high);
    vci_free(l->deep);
    vci_free(l->profile);
    vci_free(l->axis);
    vci_free(l->to_axes);
    vci_free(l->centre);
    vci_free(l->factor);
    *l = (vci_landscape){0};
}

vc_status vci_landscape_turn(vci_landscape *l, double *curvature) {
    vc_status st = VC_OK;
    size_t d = l->d;
    double *value = NULL;
    VC_NEW(value, d);
    int threads = vci_blas_begin();
    lapack_int info = LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'V', 'L', (lapack_int)d, curvature,
                                    (lapack_int)d, value);
    vci_blas_end(threads);
    if (info != 0) VC_FAIL(VC_BUG, "dsyev: %d", (int)info);
    for (size_t k = 0; k < d; k++) {
        double sd = value[k] > 1 ? 1 / sqrt(value[k]) : 1;
        for (size_t i = 0; i < d; i++) {
            l->axis[i * d + k] = sd * curvature[i * d + k];
            l->to_axes[k * d + i] = curvature[i * d + k] / sd;
        }
    }
    /* The factor has to be triangular: that of the same covariance. */
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j <= i; j++) {
            l->factor[i * d + j] = 0;
            for (size_t k = 0; k < d; k++)
                l->factor[i * d + j] += l->axis[i * d + k] * l->axis[j * d + k];
        }
    VC_TRY(vci_algebra_portable.cholesky(d, l->factor));
out:
    vci_free(value);
    return st;
}

/* Place of v on axis k, from where the axes cross. */
static double place(const vci_landscape *l, const double *v, size_t k) {
    double sum = 0;
    for (size_t i = 0; i < l->d; i++) sum += l->to_axes[k * l->d + i] * (v[i] - l->v[i]);
    return sum;
}

void vci_landscape_add(vci_landscape *l, const double *v, double value, const double *slope,
                       size_t axis) {
    size_t d = l->d;
    if (!isfinite(value) || l->n == l->room) return;
    if (l->n == 0) memcpy(l->centre, v, d * sizeof *v);
    memcpy(l->v + l->n * d, v, d * sizeof *v);
    memcpy(l->slope + l->n * d, slope, d * sizeof *slope);
    l->value[l->n] = value;
    l->top = fmax(l->top, value);
    for (size_t k = 0; k < d; k++) {
        double along = 0;
        if (l->n > 0 && k != axis) continue;
        for (size_t i = 0; i < d; i++) along -= slope[i] * l->axis[i * d + k];
        vci_profile_add(&l->profile[k], place(l, v, k), l->value[0] - value, along);
    }
    l->n++;
}

vc_status vci_landscape_adapt(vci_landscape *l, size_t n, const double *draws) {
    vc_status st = VC_OK;
    size_t d = l->d;
    double *factor = NULL;
    VC_NEW(factor, d * d);
    memset(l->centre, 0, d * sizeof *l->centre);
    for (size_t p = 0; p < n; p++)
        for (size_t i = 0; i < d; i++) l->centre[i] += draws[p * d + i] / (double)n;
    for (size_t p = 0; p < n; p++)
        for (size_t i = 0; i < d; i++)
            for (size_t j = 0; j <= i; j++)
                factor[i * d + j] += (draws[p * d + i] - l->centre[i]) *
                                     (draws[p * d + j] - l->centre[j]) / (double)n;
    for (size_t i = 0; i < d; i++) factor[i * d + i] += 1e-8 + 1e-4 * factor[i * d + i];
    VC_TRY(vci_algebra_portable.cholesky(d, factor));
    memcpy(l->factor, factor, d * d * sizeof *factor);
out:
    vci_free(factor);
    return st;
}

void vci_landscape_standardise(const vci_landscape *l, const double *v, double *s) {
    for (size_t i = 0; i < l->d; i++) s[i] = v[i] - l->centre[i];
    vci_forward(l->d, l->factor, s);
}

/* The known points' box, and half as much again on either side. */
static void bound(vci_landscape *l) {
    for (size_t i = 0; i < l->d; i++) {
        double low = l->v[i], high = l->v[i];
        for (size_t p = 1; p < l->n; p++) {
            low = fmin(low, l->v[p * l->d + i]);
            high = fmax(high, l->v[p * l->d + i]);
        }
        l->low[i] = fmax(low - 0.5 * (high - low), 0);
        l->high[i] = high + 0.5 * (high - low);
    }
}

/* Sums of profiles as they are up to CLIFF, then ever more slowly to CLIFF + DEPTH. */
static double compress(double fall) {
    return fall > CLIFF ? CLIFF + DEPTH * (1 - exp((CLIFF - fall) / DEPTH)) : fall;
}

static double compress_slope(double fall) {
    return fall > CLIFF ? exp((CLIFF - fall) / DEPTH) : 1;
}

/* The sum of the profiles at v; slope[d] unless NULL. */
static double profiles(const vci_landscape *l, const double *v, double *slope) {
    double sum = 0, along;
    if (slope) memset(slope, 0, l->d * sizeof *slope);
    for (size_t k = 0; k < l->d; k++) {
        sum += vci_profile_value(&l->profile[k], place(l, v, k), &along);
        for (size_t i = 0; slope && i < l->d; i++)
            slope[i] += along * l->to_axes[k * l->d + i];
    }
    return sum;
}

/* What the profiles leave of the fall at a point, and its slope in s. */
static void rest_of(const vci_landscape *l, size_t p, double *s, double *rest,
                    double *slope, double *gradient) {
    size_t d = l->d;
    double fall = l->value[0] - l->value[p], sum = profiles(l, l->v + p * d, gradient);
    vci_landscape_standardise(l, l->v + p * d, s);
    *rest = compress(sum) - fall;
    for (size_t i = 0; i < d; i++)
        gradient[i] = compress_slope(sum) * gradient[i] + l->slope[p * d + i];
    for (size_t j = 0; j < d; j++) {
        slope[j] = 0;
        for (size_t i = j; i < d; i++) slope[j] += l->factor[i * d + j] * gradient[i];
    }
}

vc_status vci_landscape_interpolate(vci_landscape *l) {
    vc_status st = VC_OK;
    size_t d = l->d, n = 0;
    double *s = NULL, *rest = NULL, *slope = NULL, *gradient = NULL;
    VC_NEW(s, l->n * d);
    VC_NEW(rest, l->n);
    VC_NEW(slope, l->n * d);
    VC_NEW(gradient, d);
    bound(l);
    l->most = DISBELIEF;
    l->n_deep = 0;
    for (size_t p = 0; p < l->n; p++) {
        if (l->value[p] < l->value[0] - CLIFF) {
            vci_landscape_standardise(l, l->v + p * d, l->deep + l->n_deep++ * d);
            continue;
        }
        rest_of(l, p, s + n * d, &rest[n], slope + n * d, gradient);
        l->most = fmax(l->most, fabs(rest[n]) + DISBELIEF);
        n++;
    }
    vci_surrogate_free(&l->surrogate);
    VC_TRY(vci_surrogate_fit(d, n, s, rest, slope, &l->surrogate));
out:
    vci_free(s);
    vci_free(rest);
    vci_free(slope);
    vci_free(gradient);
    return st;
}

/* Is the nearest of all known points one of the deep ones? */
static bool is_deep(const vci_landscape *l, const double *s, double distance) {
    size_t d = l->d;
    for (size_t p = 0; p < l->n_deep; p++) {
        double square = 0;
        for (size_t i = 0; i < d; i++)
            square += (s[i] - l->deep[p * d + i]) * (s[i] - l->deep[p * d + i]);
        if (square < 0.5 * distance * distance) return true;
    }
    return false;
}

double vci_landscape_value(void *context, const double *v) {
    const vci_landscape *l = context;
    double s[VCI_LANDSCAPE_MOST], distance;
    for (size_t i = 0; i < l->d; i++)
        if (!(v[i] >= l->low[i] && v[i] <= l->high[i])) return -(double)INFINITY;
    vci_landscape_standardise(l, v, s);
    double rest = vci_surrogate_value(&l->surrogate, s, &distance);
    if (is_deep(l, s, distance)) return -(double)INFINITY;
    double beyond = fmax(distance - FAMILIAR * sqrt((double)l->d), 0);
    double fall = compress(profiles(l, v, NULL)) - fmax(fmin(rest, l->most), -l->most);
    return fmin(l->value[0] - fall, l->top + DISBELIEF) - CAUTION * beyond * beyond;
}
