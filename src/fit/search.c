/*
 * BFGS on the log standard deviations. The Laplace marginal may have several hills, and an
 * optimiser that stops says nothing about them: a second start, far from the first, has to
 * end at the same place.
 */
#include "fit/search_internal.h"

#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/gradient_internal.h"

/* Standard deviations below exp(-12) or above exp(5) are never meant. */
#define THETA_LOW (-12.0)
#define THETA_HIGH 5.0
/* Two ends of the search are one optimum when their log marginals differ by less. */
#define SAME_OPTIMUM 0.01

void vci_search_report(const vci_search *s, double done) {
    const vc_observer *o = s->observer;
    if (o && o->progress) o->progress(o->context, s->stage, done);
}

/* What the optimiser minimises; out of reach is +infinity. */
static double objective(void *context, const double *theta) {
    vci_search *s = context;
    double value = -INFINITY, usual = 40, n = s->marginal.evaluations;
    for (size_t i = 0; i < s->marginal.field->n_theta; i++)
        if (!(theta[i] > THETA_LOW && theta[i] < THETA_HIGH)) return INFINITY;
    vc_status st = vci_marginal_value(&s->marginal, theta, &value);
    if (st == VC_NO_MEMORY) s->st = st;
    /* Nobody knows how long a search takes; the share nears 1/2 at a usual one's pace. */
    vci_search_report(s, 0.5 * n / (n + usual));
    return -value;
}

/* Minus the marginal's gradient; differences take over where it has none. */
static bool objective_gradient(void *context, const double *theta, double *gradient) {
    vci_search *s = context;
    if (vci_marginal_gradient(&s->marginal, theta, gradient) != VC_OK) return false;
    for (size_t i = 0; i < s->marginal.field->n_theta; i++) gradient[i] = -gradient[i];
    return true;
}

static vc_status climb(vci_search *s, double *theta, vci_minimum *result) {
    vc_status st = VC_OK;
    vci_minimise_options options = vci_minimise_options_default();
    options.observer = s->observer;
    options.gradient = objective_gradient;
    st = vci_minimise(s->marginal.field->n_theta, objective, s, theta, &options, result);
    return s->st != VC_OK ? s->st : st;
}

/*
 * The first start is the specification's own, the second has its standard deviations in
 * turn three times as large and as small, or stands on the other hill of a mixture.
 */
static void start_theta(const vci_field *field, bool second, double *theta) {
    for (size_t c = 0; c < field->n_components; c++) {
        const vci_component *part = &field->components[c];
        double start = part->scale->start;
        if (part->theta == VCI_NONE) continue;
        if (second && part->scale->kind == VC_SCALE_MIXTURE)
            start = part->scale->spike / 2;
        else if (second)
            start *= part->theta % 2 ? 3 : 1.0 / 3;
        theta[part->theta] = log(start);
    }
}

static bool ended(vc_status st) { return st == VC_OK || st == VC_NOT_CONVERGED; }

vc_status vci_search_run(vci_search *s, double *theta, vci_minimum *best) {
    vc_status st = VC_OK, again;
    size_t n = s->marginal.field->n_theta;
    double *other = NULL;
    vci_minimum second = {0};
    VC_NEW(other, n + 1);
    start_theta(s->marginal.field, false, theta);
    st = climb(s, theta, best);
    if (!ended(st)) goto out;
    start_theta(s->marginal.field, true, other);
    again = climb(s, other, &second);
    if (!ended(again)) {
        st = again;
        goto out;
    }
    s->second = -second.value;
    s->confirmed =
        st == VC_OK && again == VC_OK && fabs(second.value - best->value) < SAME_OPTIMUM;
    if (again == VC_OK && (st != VC_OK || second.value < best->value)) {
        memcpy(theta, other, n * sizeof *theta);
        *best = second;
        st = VC_OK;
    }
out:
    vci_free(other);
    return st;
}
