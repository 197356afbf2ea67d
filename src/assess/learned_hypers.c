/* Standard deviations of a fit, and how much scatter is left. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/learning_internal.h"
#include "core/memory_internal.h"

static double half_normal(double x, double sd) {
    return exp(-0.5 * x * x / (sd * sd)) / sd;
}

/* Probability that an sd came from the wide part of a mixture prior. */
static double wide_part(const vc_scale *s, double sd) {
    double wide = (1 - s->weight) * half_normal(sd, s->upper);
    return wide / (wide + s->weight * half_normal(sd, s->spike));
}

static vc_status find_hypers(const vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    const vc_fit *fit = g->part->fit;
    double *values = NULL, *weights = NULL;
    l->p_between = nan("");
    VC_NEW(l->hypers, f->n_components + 1);
    VC_NEW(values, fit->n_points);
    VC_NEW(weights, fit->n_points);
    for (size_t c = 0; c < f->n_components; c++) {
        const vci_component *component = &f->components[c];
        const vc_scale *scale = component->scale;
        if (component->theta == VCI_NONE) continue;
        vc_learned_hyper *hyper = &l->hypers[l->n_hypers++];
        double p = 0;
        for (size_t i = 0; i < fit->n_points; i++) {
            values[i] = exp(fit->points[i].theta[component->theta]);
            weights[i] = fit->points[i].weight;
            if (scale->kind == VC_SCALE_MIXTURE)
                p += weights[i] * wide_part(scale, values[i]);
        }
        memcpy(hyper->name, component->name, sizeof hyper->name);
        VC_TRY(vci_estimate_make(fit->n_points, values, weights, &hyper->sd));
        hyper->prior_upper = scale->kind == VC_SCALE_PC
                                 ? scale->upper * log(0.05) / log(scale->probability)
                                 : nan("");
        if (scale->kind == VC_SCALE_MIXTURE && !strcmp(component->name, "leaf_level_sd"))
            l->p_between = p;
    }
out:
    vci_free(values);
    vci_free(weights);
    return st;
}

/* Mean square of a component over the points; 0 if there is none. */
double vci_learning_mean_square(const vci_learning *g, int component) {
    const vc_fit *fit = g->part->fit;
    double sum = 0;
    if (component == VCI_NONE) return 0;
    for (size_t i = 0; i < fit->n_points; i++) {
        double sd =
            vci_field_sd((&g->part->sampler.field), component, fit->points[i].theta);
        sum += fit->points[i].weight * sd * sd;
    }
    return sum;
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* d^2 mu for the negative binomial, (n - 1) d^2 / (1 + d^2) for the beta-binomial. */
static vc_status find_extra_variance(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    const vci_field *f = &g->part->sampler.field;
    const vc_observations *o = &g->part->observations;
    double *means = NULL, square = vci_learning_mean_square(g, f->dispersion);
    bool binomial = f->model->family == VC_BETA_BINOMIAL;
    size_t n_means = 0;
    l->extra_variance = nan("");
    if (!binomial && f->model->family != VC_NEGATIVE_BINOMIAL) goto out;
    VC_NEW(means, o->n_leaves);
    for (size_t i = 0; i < o->n_leaves; i++) {
        double sum = 0, n = 0;
        for (size_t t = 0; t < o->n; t++) {
            if (isnan(o->y[i * o->n + t])) continue;
            sum += binomial ? o->trials[i * o->n + t] : o->y[i * o->n + t];
            n++;
        }
        if (n > 0) means[n_means++] = sum / n;
    }
    qsort(means, n_means, sizeof *means, by_size);
    double typical = n_means ? means[n_means / 2] : 0;
    l->extra_variance =
        100 * (binomial ? fmax(typical - 1, 0) * square / (1 + square) : typical * square);
out:
    vci_free(means);
    return st;
}

vc_status vci_learned_hypers(vci_learning *g, vc_learned *l) {
    vc_status st = VC_OK;
    VC_TRY(find_hypers(g, l));
    VC_TRY(find_extra_variance(g, l));
out:
    return st;
}
