/* Quasi-Newton search: see the header for the source. */
#include "num/optimise_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"

#define HALVINGS 30
/*
 * A gradient this small where no step gains any more is an optimum within the noise of f.
 */
#define FLAT 0.05

typedef struct search {
    size_t n;
    vci_objective f;
    void *context;
    const vci_minimise_options *options;
    double value, *x, *gradient, *inverse, *direction, *next, *next_gradient, *work;
} search;

vci_minimise_options vci_minimise_options_default(void) {
    return (vci_minimise_options){.most_iterations = 100,
                                  .difference = 1e-3,
                                  .gradient_end = 2e-3,
                                  .gain_end = 1e-7,
                                  .longest_step = 1};
}

/* Central where both sides are finite, else from the side that is. */
static void differentiate(search *s, const double *x, double value, double *gradient) {
    double h = s->options->difference, *at = s->work;
    if (s->options->gradient && s->options->gradient(s->context, x, gradient)) return;
    memcpy(at, x, s->n * sizeof *at);
    for (size_t i = 0; i < s->n; i++) {
        at[i] = x[i] + h;
        double up = s->f(s->context, at);
        at[i] = x[i] - h;
        double down = s->f(s->context, at);
        at[i] = x[i];
        if (isfinite(up) && isfinite(down))
            gradient[i] = (up - down) / (2 * h);
        else
            gradient[i] = isfinite(up)     ? (up - value) / h
                          : isfinite(down) ? (value - down) / h
                                           : 0;
    }
}

/* A NaN among them counts as infinite: it must not pass for a flat place. */
static double largest(size_t n, const double *v) {
    double high = 0;
    for (size_t i = 0; i < n; i++)
        high = fmax(high, isnan(v[i]) ? (double)INFINITY : fabs(v[i]));
    return high;
}

static void reset_inverse(search *s) {
    memset(s->inverse, 0, s->n * s->n * sizeof *s->inverse);
    double scale = 1 / fmax(largest(s->n, s->gradient), 1);
    for (size_t i = 0; i < s->n; i++) s->inverse[i * s->n + i] = scale;
}

/* direction = - inverse gradient, shortened to the longest step; returns its slope. */
static double aim(search *s) {
    size_t n = s->n;
    double slope = 0;
    for (size_t i = 0; i < n; i++) {
        s->direction[i] = 0;
        for (size_t j = 0; j < n; j++)
            s->direction[i] -= s->inverse[i * n + j] * s->gradient[j];
    }
    double longest = largest(n, s->direction);
    double factor =
        longest > s->options->longest_step ? s->options->longest_step / longest : 1;
    for (size_t i = 0; i < n; i++) {
        s->direction[i] *= factor;
        slope += s->direction[i] * s->gradient[i];
    }
    return slope;
}

/* Backtracking until the gain is in keeping with the slope; false if nothing gains. */
static bool descend(search *s, double slope, double *value) {
    double step = 1;
    for (int k = 0; k < HALVINGS; k++, step /= 2) {
        for (size_t i = 0; i < s->n; i++) s->next[i] = s->x[i] + step * s->direction[i];
        *value = s->f(s->context, s->next);
        if (*value <= s->value + 1e-4 * step * slope) return true;
    }
    return false;
}

/* BFGS update of the inverse Hessian, skipped where the curvature is not positive. */
static void update(search *s) {
    size_t n = s->n;
    double curvature = 0, yhy = 0, *hy = s->work, *y = s->direction;
    for (size_t i = 0; i < n; i++) {
        y[i] = s->next_gradient[i] - s->gradient[i];
        curvature += y[i] * (s->next[i] - s->x[i]);
    }
    if (!(curvature > 1e-12)) return;
    for (size_t i = 0; i < n; i++) {
        hy[i] = 0;
        for (size_t j = 0; j < n; j++) hy[i] += s->inverse[i * n + j] * y[j];
        yhy += hy[i] * y[i];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double di = s->next[i] - s->x[i], dj = s->next[j] - s->x[j];
            s->inverse[i * n + j] += (1 + yhy / curvature) * di * dj / curvature -
                                     (hy[i] * dj + di * hy[j]) / curvature;
        }
}

static bool cancelled(const vci_minimise_options *options) {
    const vc_observer *o = options->observer;
    return o && o->cancelled && o->cancelled(o->context);
}

static vc_status iterate(search *s, vci_minimum *m) {
    vc_status st = VC_OK;
    unsigned small = 0;
    bool fresh = true;
    differentiate(s, s->x, s->value, s->gradient);
    reset_inverse(s);
    for (m->iterations = 0; m->iterations < s->options->most_iterations; m->iterations++) {
        double value, slope, gain;
        m->gradient_norm = largest(s->n, s->gradient);
        if (m->gradient_norm <= s->options->gradient_end) goto out;
        if (cancelled(s->options)) VC_FAIL(VC_INTERRUPTED, "search");
        slope = aim(s);
        if (!(slope < 0) || !descend(s, slope, &value)) {
            if (m->gradient_norm <= FLAT) goto out;
            if (fresh)
                VC_FAIL(VC_NOT_CONVERGED, "no gain at gradient %.3g", m->gradient_norm);
            reset_inverse(s);
            fresh = true;
            continue;
        }
        differentiate(s, s->next, value, s->next_gradient);
        update(s);
        fresh = false;
        gain = s->value - value;
        small = gain < s->options->gain_end * (1 + fabs(value) * 1e-4) ? small + 1 : 0;
        s->value = value;
        memcpy(s->x, s->next, s->n * sizeof *s->x);
        memcpy(s->gradient, s->next_gradient, s->n * sizeof *s->gradient);
        m->gradient_norm = largest(s->n, s->gradient);
        if (small == 2 && m->gradient_norm <= FLAT) goto out;
    }
    VC_FAIL(VC_NOT_CONVERGED, "gradient %.3g after %u iterations", m->gradient_norm,
            m->iterations);
out:
    return st;
}

vc_status vci_minimise(size_t n, vci_objective f, void *context, double *x,
                       const vci_minimise_options *options, vci_minimum *minimum) {
    vc_status st = VC_OK;
    double *memory = NULL;
    search s = {.n = n, .f = f, .context = context, .options = options, .x = x};
    *minimum = (vci_minimum){0};
    VC_NEW(memory, n * n + 5 * n + 1);
    s.inverse = memory;
    s.gradient = s.inverse + n * n;
    s.direction = s.gradient + n;
    s.next = s.direction + n;
    s.next_gradient = s.next + n;
    s.work = s.next_gradient + n;
    s.value = f(context, x);
    minimum->value = s.value;
    if (!isfinite(s.value)) VC_FAIL(VC_NOT_CONVERGED, "the start is out of reach");
    if (n > 0) st = iterate(&s, minimum);
    minimum->value = s.value;
out:
    vci_free(memory);
    return st;
}
