/*
 * The Gaussian step on trial. For a draw x of N(mode, H^-1) the true posterior density over
 * the Gaussian's, relative to the mode, is exp(what the log likelihood has beyond its
 * second order there): the Gaussian priors cancel. With counts worth the name that is
 * nearly 1; in nearly empty units it is not, and draws are resampled by it
 * (sampling-importance-resampling, Rubin 1988; Rue, Martino and Chopin 2009, section 3.2).
 */
#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/family_internal.h"
#include "simulate/sampler_internal.h"

/*
 * Draws for the trial, and the sd of their log weights up to which they are good; where
 * weighing costs next to nothing less is put up with.
 */
#define TRIAL_DRAWS 1024
#define GOOD_SD 0.3
#define GOOD_SD_WHEN_CHEAP 0.05
/* Pools: proposals per point, and cells of all proposals that may be evaluated. */
#define MOST_PROPOSALS 512
#define MOST_CELLS 2e8
/* Below this share of effective proposals, resampling would leave too few different ones.
 */
#define LEAST_SHARE 0.02

typedef struct weighing {
    vc_fit *fit;
    const vc_observer *observer;
    vci_sampler sampler;
    size_t n_works;
    vci_sampler_work *works;
    size_t proposals;   /* per point */
    double *log_weight; /* [n_points][proposals] */
} weighing;

static vc_status prepare(vc_fit *fit, const vc_unit_tree *tree, const vc_observations *o,
                         weighing *g) {
    vc_status st = VC_OK;
    size_t threads = (size_t)omp_get_max_threads();
    *g = (weighing){.fit = fit};
    VC_TRY(vci_sampler_init(&g->sampler, fit, tree, o, 0, 0, o->first + (vc_period)o->n));
    VC_NEW(g->works, threads);
    for (size_t i = 0; i < threads; i++) {
        g->n_works++;
        VC_TRY(vci_sampler_work_init(&g->sampler, &g->works[i]));
    }
out:
    return st;
}

static void clear(weighing *g) {
    for (size_t i = 0; i < g->n_works; i++) vci_sampler_work_free(&g->works[i]);
    vci_free(g->works);
    vci_free(g->log_weight);
    vci_sampler_free(&g->sampler);
}

/* Log weights of `proposals` proposals of every step-th point; others keep theirs. */
static vc_status weigh_points(weighing *g, size_t proposals, size_t step) {
    vc_status st = VC_OK;
    int worst = VC_OK;
    const vc_observer *o = g->observer;
    g->proposals = proposals;
    vci_free(g->log_weight);
    VC_NEW(g->log_weight, g->fit->n_points * proposals);
    if (o && o->cancelled && o->cancelled(o->context)) VC_FAIL(VC_INTERRUPTED, "weighing");
#pragma omp parallel for schedule(dynamic) num_threads((int)g->n_works) reduction(max      \
                                                                                  : worst)
    for (size_t k = 0; k < g->fit->n_points; k += step)
        for (size_t at = 0; at < proposals; at += VCI_BATCH) {
            size_t n = proposals - at < VCI_BATCH ? proposals - at : VCI_BATCH;
            int status = (int)vci_sampler_propose(
                &g->sampler, &g->works[omp_get_thread_num()], k, (uint32_t)at, n,
                g->log_weight + k * proposals + at);
            if (status > worst) worst = status;
        }
    if (worst != VC_OK) VC_FAIL((vc_status)worst, "weighing");
out:
    return st;
}

/* Standard deviation of the trial's log weights, all points together. */
static double trial_sd(const weighing *g, size_t step) {
    double sum = 0, square = 0, n = 0;
    for (size_t k = 0; k < g->fit->n_points; k += step)
        for (size_t i = 0; i < g->proposals; i++) {
            double x = g->log_weight[k * g->proposals + i];
            sum += x;
            square += x * x;
            n += 1;
        }
    return sqrt(fmax(square - sum * sum / n, 0) / (n - 1));
}

/* (sum w)^2 / (n sum w^2) over all points' proposals, weighted by the points. */
static double effective_share(const weighing *g) {
    double top = -INFINITY, sum = 0, square = 0, most = 0;
    size_t n = g->fit->n_points * g->proposals;
    for (size_t i = 0; i < n; i++) top = fmax(top, g->log_weight[i]);
    for (size_t i = 0; i < n; i++) {
        double point = g->fit->points[i / g->proposals].weight;
        double w = point * exp(g->log_weight[i] - top);
        sum += w;
        square += w * w / fmax(point, 1e-300);
        most += point;
    }
    return sum * sum / (square * most);
}

/*
 * Systematic resampling (Kitagawa 1996): entry j is the proposal in which the share (j +
 * 1/2) / n of the weights ends. Returns the log of the mean weight.
 */
static double resample(size_t n, const double *log_weight, int32_t *entry) {
    double top = -INFINITY, sum = 0, passed = 0;
    size_t i = 0;
    for (size_t k = 0; k < n; k++) top = fmax(top, log_weight[k]);
    for (size_t k = 0; k < n; k++) sum += exp(log_weight[k] - top);
    passed = exp(log_weight[0] - top);
    for (size_t j = 0; j < n; j++) {
        double at = ((double)j + 0.5) / (double)n * sum;
        while (passed < at && i + 1 < n) passed += exp(log_weight[++i] - top);
        entry[j] = (int32_t)i;
    }
    return top + log(sum / (double)n);
}

/* Pools for all points, whose weights become those of the true marginal. */
static vc_status fill_pools(weighing *g) {
    vc_status st = VC_OK;
    vc_fit *fit = g->fit;
    double *correction = NULL, top = -INFINITY, sum = 0, square = 0;
    VC_NEW(correction, fit->n_points);
    VC_NEW(fit->pool, fit->n_points * g->proposals);
    fit->pool_size = g->proposals;
    for (size_t k = 0; k < fit->n_points; k++) {
        correction[k] = resample(g->proposals, g->log_weight + k * g->proposals,
                                 fit->pool + k * g->proposals);
        top = fmax(top, correction[k]);
    }
    for (size_t k = 0; k < fit->n_points; k++)
        sum += fit->points[k].weight *= exp(correction[k] - top);
    for (size_t k = 0; k < fit->n_points; k++) {
        fit->points[k].weight /= sum;
        square += fit->points[k].weight * fit->points[k].weight;
    }
    fit->effective_points = 1 / square;
out:
    vci_free(correction);
    return st;
}

static size_t affordable(const weighing *g) {
    double cells = (double)(g->sampler.field.tree->n_leaves * g->sampler.field.n);
    double most = MOST_CELLS / (cells * (double)g->fit->n_points);
    size_t batches = (size_t)fmin(most, MOST_PROPOSALS) / VCI_BATCH;
    return (batches ? batches : 1) * VCI_BATCH;
}

vc_status vc_fit_weigh(vc_fit *fit, const vc_unit_tree *tree,
                       const vc_observations *observations, const vc_observer *observer) {
    vc_status st = VC_OK;
    weighing g = {0};
    size_t groups = TRIAL_DRAWS / VCI_BATCH;
    size_t step = fit->n_points > groups ? fit->n_points / groups : 1;
    fit->effective_share = 1;
    if (vci_family_of(fit->model.family)->gaussian) goto out;
    VC_TRY(prepare(fit, tree, observations, &g));
    g.observer = observer;
    VC_TRY(weigh_points(&g, VCI_BATCH, step));
    fit->log_weight_sd = trial_sd(&g, step);
    size_t proposals = affordable(&g);
    bool cheap = proposals >= MOST_PROPOSALS;
    if (fit->log_weight_sd <= (cheap ? GOOD_SD_WHEN_CHEAP : GOOD_SD)) goto out;
    VC_TRY(weigh_points(&g, proposals, 1));
    fit->effective_share = effective_share(&g);
    if (fit->effective_share >= LEAST_SHARE) VC_TRY(fill_pools(&g));
out:
    clear(&g);
    return st;
}
