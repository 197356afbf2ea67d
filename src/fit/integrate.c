/*
 * Integrating the hyper-parameters. A grid in eight dimensions is too large and a Gaussian
 * at the optimum too poor, while the log posterior is smooth and its gradient known: so it
 * is explored along the axes (as Rue, Martino and Chopin 2009, section 3.1), interpolated
 * from values and gradients, the interpolant is sampled by a long chain, and the truth is
 * asked for where the samples lie, until the interpolant agrees with it. The points that
 * the fit keeps are a stratified sample of it, each weighted by truth / interpolant: what
 * error is left does not bias them.
 */
#include "fit/integrate_internal.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/gradient_internal.h"
#include "fit/hyper_internal.h"
#include "fit/landscape_internal.h"
#include "num/balance_internal.h"
#include "num/chain_internal.h"
#include "num/strata_internal.h"

/* Points asked for at once; evaluated in slices that do not depend on threads. */
#define ROUND 16
#define SLICE 4
#define MOST_ROUNDS 10
/*
 * The interpolant is good when its log errors at new points have a smaller sd, and none is
 * wrong by more of the top density, so often in a row.
 */
#define GOOD_ERROR 0.1
#define LARGEST_PART 0.02
#define GOOD_ROUNDS 3
/*
 * The points are good when they are worth this share of their number and none stands for
 * more than so many: points without weight only cost time, heavy ones are all there is of
 * a part that was missed.
 */
#define GOOD_SHARE 0.5
#define HEAVIEST 6.0
#define MOST_TRIES 5
/* Points that are worth less than this are not balanced. */
#define BALANCED_SHARE 0.8
/* Log errors count where the density is not this far (in logs) below its top. */
#define WHERE_IT_MATTERS 4.0
/*
 * Every second round asks for the truth around points that are known to be good, whatever
 * the interpolant thinks: a part that it missed would never show otherwise.
 */
#define GOOD_FALL 5.0
#define REACH 2.5 /* standard deviations in all */
/* Axes are followed until the log density has fallen by so much. */
#define FAR_ENOUGH 3.0
#define AXIS_STEPS 6
/* Draws of the chain per point that is chosen from them. */
#define DRAWS_PER_POINT 32
/* The chain's draws do not depend on the run's seed: a fit is one and the same. */
#define SEED UINT64_C(20130731)

typedef struct integration {
    vci_search *search;
    const vci_field *field;
    vci_hyper hyper;
    const double *theta; /* [d] the optimum */
    double *root, *node; /* the mode there: where Newton starts */
    size_t n_workers;
    vci_marginal *workers; /* one per thread */
    unsigned evaluations;
    vci_landscape known;
    double *kept; /* [n_kept][d] the chain's draws */
    size_t n_kept;
} integration;

static void start_from_optimum(const integration *g, vci_marginal *m) {
    const vci_field *f = g->field;
    memcpy(m->solver.x.root, g->root, f->n_root * sizeof(double));
    memcpy(m->solver.x.node, g->node, f->tree->n * f->n_node * sizeof(double));
}

/* Log density of v at one point, and its slope unless NULL; minus infinity out of reach. */
static double evaluate_one(const integration *g, vci_marginal *m, const double *v,
                           double *slope) {
    double theta[VCI_LANDSCAPE_MOST], value;
    vci_hyper_to_theta(&g->hyper, v, theta);
    if (vci_marginal_value(m, theta, &value) != VC_OK) return -(double)INFINITY;
    value += vci_hyper_log_jacobian(&g->hyper, theta);
    if (!slope) return value;
    if (vci_marginal_gradient(m, theta, slope) != VC_OK) return -(double)INFINITY;
    vci_hyper_slope(&g->hyper, theta, slope);
    return value;
}

static void keep_mode(const integration *g, const vci_marginal *m, const double *v,
                      vc_fit_point *point) {
    const vci_field *f = g->field;
    vci_hyper_to_theta(&g->hyper, v, point->theta);
    memcpy(point->root, m->solver.x.root, f->n_root * sizeof(double));
    memcpy(point->node, m->solver.x.node, f->tree->n * f->n_node * sizeof(double));
}

/*
 * n points in slices; every slice starts at the optimum's mode and goes from point to
 * point, so that bits depend on the slices only. slope or points may be NULL.
 */
static vc_status evaluate(integration *g, size_t n, const double *v, double *value,
                          double *slope, vc_fit_point *points) {
    vc_status st = VC_OK;
    const vc_observer *o = g->search->observer;
    size_t d = g->hyper.d, slices = (n + SLICE - 1) / SLICE;
    if (o && o->cancelled && o->cancelled(o->context))
        VC_FAIL(VC_INTERRUPTED, "integration");
#pragma omp parallel for schedule(dynamic) num_threads((int)g->n_workers)
    for (size_t s = 0; s < slices; s++) {
        vci_marginal *m = &g->workers[omp_get_thread_num()];
        start_from_optimum(g, m);
        for (size_t i = s * SLICE; i < n && i < (s + 1) * SLICE; i++) {
            value[i] = evaluate_one(g, m, v + i * d, slope ? slope + i * d : NULL);
            if (points && isfinite(value[i])) keep_mode(g, m, v + i * d, &points[i]);
            if (!isfinite(value[i])) start_from_optimum(g, m);
        }
    }
    g->evaluations += (unsigned)n;
    vci_search_report(g->search, 0.5 + 0.5 * g->evaluations / (g->evaluations + 200.0));
out:
    return st;
}

/*
 * Evaluates v[n][d] and adds it to what is known; axis[n]: on which the points lie, NULL
 * for none.
 */
static vc_status learn(integration *g, size_t n, const double *v, const size_t *axis,
                       double *value) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d;
    double *slope = NULL;
    VC_NEW(slope, n * d);
    VC_TRY(evaluate(g, n, v, value, slope, NULL));
    for (size_t i = 0; i < n; i++)
        vci_landscape_add(&g->known, v + i * d, value[i], slope + i * d,
                          axis ? axis[i] : d);
out:
    vci_free(slope);
    return st;
}

/* Turns the landscape's axes by how the slope changes around the optimum v[d]. */
static vc_status measure_curvature(integration *g, const double *optimum) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d;
    const double h = 0.02;
    double *v = NULL, *value = NULL, *slope = NULL, *curvature = NULL;
    VC_NEW(v, 2 * d * d);
    VC_NEW(value, 2 * d);
    VC_NEW(slope, 2 * d * d);
    VC_NEW(curvature, d * d);
    for (size_t i = 0; i < 2 * d; i++) {
        memcpy(v + i * d, optimum, d * sizeof *v);
        v[i * d + i / 2] += i % 2 ? h : -h;
    }
    VC_TRY(evaluate(g, 2 * d, v, value, slope, NULL));
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++) {
            double fall = slope[2 * i * d + j] - slope[(2 * i + 1) * d + j];
            curvature[i * d + j] += fall / (4 * h);
            curvature[j * d + i] += fall / (4 * h);
        }
    VC_TRY(vci_landscape_turn(&g->known, curvature));
out:
    vci_free(v);
    vci_free(value);
    vci_free(slope);
    vci_free(curvature);
    return st;
}

/* One step along a direction (two an axis), as far as v stays positive; true at the edge.
 */
static bool step_along(const vci_landscape *l, size_t direction, double length,
                       double *to) {
    size_t d = l->d, k = direction / 2;
    double sign = direction % 2 ? 1 : -1, most = length;
    for (size_t i = 0; i < d; i++) {
        double move = sign * l->axis[i * d + k];
        if (move < 0) most = fmin(most, -l->v[i] / move);
    }
    for (size_t i = 0; i < d; i++)
        to[i] = fmax(l->v[i] + most * sign * l->axis[i * d + k], 0);
    return most < length;
}

/* One more step in the directions that are open; closes those that are at their end. */
static vc_status step_axes(integration *g, double length, bool *open, size_t *n_open) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d, n = 0, *axis = NULL, *direction = NULL;
    double *v = NULL, *value = NULL;
    bool *edge = NULL;
    VC_NEW(v, 2 * d * d);
    VC_NEW(value, 2 * d);
    VC_NEW(axis, 2 * d);
    VC_NEW(direction, 2 * d);
    VC_NEW(edge, 2 * d);
    for (size_t i = 0; i < 2 * d; i++) {
        if (!open[i]) continue;
        edge[n] = step_along(&g->known, i, length, v + n * d);
        axis[n] = i / 2;
        direction[n++] = i;
    }
    VC_TRY(learn(g, n, v, axis, value));
    for (size_t i = 0; i < n; i++) {
        bool far = !(value[i] > g->known.value[0] - FAR_ENOUGH);
        if (!edge[i] && !far) continue;
        open[direction[i]] = false;
        --*n_open;
    }
out:
    vci_free(v);
    vci_free(value);
    vci_free(axis);
    vci_free(direction);
    vci_free(edge);
    return st;
}

/* The optimum and points along the axes. */
static vc_status explore(integration *g) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d, n_open = 2 * d;
    double v[VCI_LANDSCAPE_MOST], value;
    bool *open = NULL;
    VC_NEW(open, 2 * d);
    vci_hyper_from_theta(&g->hyper, g->theta, v);
    VC_TRY(measure_curvature(g, v));
    VC_TRY(learn(g, 1, v, NULL, &value));
    for (size_t i = 0; i < 2 * d; i++) open[i] = true;
    for (int k = 0; n_open > 0 && k < AXIS_STEPS; k++)
        VC_TRY(step_axes(g, 1.25 * pow(1.8, k), open, &n_open));
out:
    vci_free(open);
    return st;
}

static vc_status make_room(integration *g, size_t n) {
    vc_status st = VC_OK;
    vci_free(g->kept);
    VC_NEW(g->kept, n * g->hyper.d);
    g->n_kept = n;
out:
    return st;
}

/* n draws of the interpolant. */
static vc_status sample(integration *g, size_t n, unsigned round) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d;
    double x[VCI_LANDSCAPE_MOST];
    VC_TRY(make_room(g, n));
    vci_hyper_from_theta(&g->hyper, g->theta, x);
    vci_chain chain = {.d = d, .factor = g->known.factor, .keep = n, .thin = 4 + 2 * d};
    chain.burn = 200 * d;
    chain.stream = vci_stream_make(SEED, "chain", VCI_PLACE(0, VCI_FOR_HYPER), round);
    vci_chain_run(&chain, vci_landscape_value, &g->known, x, g->kept);
out:
    return st;
}

/* A known point that is not far below the top, found by trying. */
static size_t good_point(const integration *g, const vci_stream *stream, uint32_t draw) {
    const vci_landscape *l = &g->known;
    double u[2];
    for (uint32_t k = 0; k < 64; k++) {
        vci_fill_uniform(stream, draw * 64 + k, 1, u);
        size_t i = (size_t)(u[0] * (double)l->n);
        if (l->value[i] > l->top - GOOD_FALL) return i;
    }
    return 0;
}

/* n places around good points, a normal step away. */
static vc_status look_around(integration *g, size_t n, unsigned round) {
    vc_status st = VC_OK;
    const vci_landscape *l = &g->known;
    size_t d = g->hyper.d;
    double z[VCI_LANDSCAPE_MOST];
    vci_stream which = vci_stream_make(SEED, "around", VCI_PLACE(0, VCI_FOR_HYPER), round);
    vci_stream where = vci_stream_make(SEED, "step", VCI_PLACE(0, VCI_FOR_HYPER), round);
    VC_TRY(make_room(g, n));
    for (size_t i = 0; i < n; i++) {
        const double *from = l->v + good_point(g, &which, (uint32_t)i) * d;
        vci_fill_normal(&where, (uint32_t)i, 1, d, z);
        for (size_t a = 0; a < d; a++) {
            double move = 0;
            for (size_t b = 0; b <= a; b++) move += l->factor[a * d + b] * z[b];
            g->kept[i * d + a] = fabs(from[a] + REACH / sqrt((double)d) * move);
        }
    }
out:
    return st;
}

/* One of every stratum of the draws; they are told apart on the standardised scale. */
static vc_status choose(const integration *g, size_t k, unsigned round, double *v) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d, *order = NULL, *chosen = NULL;
    double *s = NULL;
    vci_stream stream = vci_stream_make(SEED, "strata", VCI_PLACE(0, VCI_FOR_HYPER), round);
    VC_NEW(order, g->n_kept);
    VC_NEW(chosen, k);
    VC_NEW(s, g->n_kept * d);
    for (size_t i = 0; i < g->n_kept; i++)
        vci_landscape_standardise(&g->known, g->kept + i * d, s + i * d);
    vci_strata_choose(d, g->n_kept, s, k, &stream, order, chosen);
    for (size_t i = 0; i < k; i++)
        memcpy(v + i * d, g->kept + chosen[i] * d, d * sizeof *v);
out:
    vci_free(order);
    vci_free(chosen);
    vci_free(s);
    return st;
}

/* Standard deviation of truth less interpolant over the points that are in reach. */
static double spread_of_errors(size_t n, const double *error) {
    double sum = 0, square = 0, m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(error[i])) continue;
        sum += error[i];
        square += error[i] * error[i];
        m += 1;
    }
    return m > 1 ? sqrt(fmax(square - sum * sum / m, 0) / (m - 1)) : (double)INFINITY;
}

/*
 * k of the draws, each the one that is farthest from all known points and those chosen
 * before it (Gonzalez 1985, Theoretical Computer Science 38).
 */
static vc_status choose_farthest(const integration *g, size_t k, double *v) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d, n = g->n_kept;
    double *s = NULL, *least = NULL, at[VCI_LANDSCAPE_MOST];
    VC_NEW(s, n * d);
    VC_NEW(least, n);
    for (size_t i = 0; i < n; i++) {
        vci_landscape_standardise(&g->known, g->kept + i * d, s + i * d);
        least[i] = INFINITY;
    }
    for (size_t p = 0; p < g->known.n + k; p++) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++)
            if (least[i] > least[best]) best = i;
        const double *from = p < g->known.n ? g->known.v + p * d : g->kept + best * d;
        if (p >= g->known.n) memcpy(v + (p - g->known.n) * d, from, d * sizeof *v);
        vci_landscape_standardise(&g->known, from, at);
        for (size_t i = 0; i < n; i++) {
            double square = 0;
            for (size_t j = 0; j < d; j++)
                square += (s[i * d + j] - at[j]) * (s[i * d + j] - at[j]);
            least[i] = fmin(least[i], square);
        }
    }
out:
    vci_free(s);
    vci_free(least);
    return st;
}

/* Is the interpolant right where it matters? Errors are truth less guess. */
static bool is_good(const integration *g, const double *guess, const double *truth) {
    double error[ROUND], part = 0, top = g->known.top;
    for (size_t i = 0; i < ROUND; i++) {
        bool counts = fmax(guess[i], truth[i]) > top - WHERE_IT_MATTERS;
        error[i] = counts ? truth[i] - guess[i] : (double)INFINITY;
        part = fmax(part, fabs(exp(truth[i] - top) - exp(guess[i] - top)));
    }
    double spread = spread_of_errors(ROUND, error);
    return part < LARGEST_PART && (spread < GOOD_ERROR || !isfinite(spread));
}

/*
 * Asks for the truth where the interpolant's draws lie, or around what is known; *good when
 * it was right there.
 */
static vc_status refine(integration *g, unsigned round, bool *good) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d;
    bool far = round % 2 == 0;
    double v[ROUND * VCI_LANDSCAPE_MOST], guess[ROUND], truth[ROUND];
    VC_TRY(vci_landscape_interpolate(&g->known));
    size_t n = ROUND * DRAWS_PER_POINT * 4;
    VC_TRY(far ? look_around(g, n, round) : sample(g, n, round));
    VC_TRY(far ? choose_farthest(g, ROUND, v) : choose(g, ROUND, round, v));
    for (size_t i = 0; i < ROUND; i++) guess[i] = vci_landscape_value(&g->known, v + i * d);
    VC_TRY(learn(g, ROUND, v, NULL, truth));
    *good = is_good(g, guess, truth);
    if (*good && !far) VC_TRY(vci_landscape_adapt(&g->known, g->n_kept, g->kept));
out:
    return st;
}

/* Means and mean products of the standardised v: what points are balanced on. */
static void features(const integration *g, const double *v, size_t q, double *f) {
    size_t d = g->hyper.d, at = d;
    double s[VCI_LANDSCAPE_MOST];
    vci_landscape_standardise(&g->known, v, s);
    memcpy(f, s, d * sizeof *f);
    for (size_t i = 0; i < d && at < q; i++)
        for (size_t j = 0; j <= i && at < q; j++) f[at++] = s[i] * s[j];
}

/*
 * The chain has many more draws than there are points: points are weighted so that their
 * means and second moments are the chain's. Left undone where the interpolant needed
 * correction itself, or no weights do it.
 */
static vc_status balance(const integration *g, const double *v, vc_fit *fit) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d, n = fit->n_points, q = d + d * (d + 1) / 2;
    double *f = NULL, *mean = NULL, *weight = NULL, square = 0;
    if (4 * q > n) q = d;
    if (4 * q > n || fit->effective_points < BALANCED_SHARE * (double)n) goto out;
    VC_NEW(f, n * q);
    VC_NEW(mean, 2 * q);
    VC_NEW(weight, n);
    for (size_t i = 0; i < g->n_kept; i++) {
        features(g, g->kept + i * d, q, mean + q);
        for (size_t j = 0; j < q; j++) mean[j] += mean[q + j] / (double)g->n_kept;
    }
    for (size_t i = 0; i < n; i++) {
        features(g, v + i * d, q, f + i * q);
        weight[i] = fmax(fit->points[i].weight, 1e-12);
    }
    st = vci_balance(n, q, f, mean, weight);
    if (st == VC_NOT_CONVERGED || st == VC_SINGULAR) {
        st = VC_OK;
        goto out;
    }
    VC_TRY(st);
    for (size_t i = 0; i < n; i++) {
        fit->points[i].weight = weight[i];
        square += weight[i] * weight[i];
    }
    fit->effective_points = 1 / square;
out:
    vci_free(f);
    vci_free(mean);
    vci_free(weight);
    return st;
}

/* Weights truth / interpolant, adding to 1; points out of reach get none. */
static vc_status weigh(integration *g, size_t n, const double *v, const double *value,
                       vc_fit *fit) {
    vc_status st = VC_OK;
    double top = -INFINITY, sum = 0, square = 0, *log_weight = NULL;
    VC_NEW(log_weight, n);
    for (size_t i = 0; i < n; i++) {
        log_weight[i] = isfinite(value[i])
                            ? value[i] - vci_landscape_value(&g->known, v + i * g->hyper.d)
                            : -(double)INFINITY;
        top = fmax(top, log_weight[i]);
    }
    if (!isfinite(top)) VC_FAIL(VC_NOT_CONVERGED, "no point has a mode");
    for (size_t i = 0; i < n; i++) sum += exp(log_weight[i] - top);
    for (size_t i = 0; i < n; i++) {
        fit->points[i].weight = exp(log_weight[i] - top) / sum;
        square += fit->points[i].weight * fit->points[i].weight;
    }
    fit->effective_points = 1 / square;
    fit->surrogate_error = spread_of_errors(n, log_weight);
out:
    vci_free(log_weight);
    return st;
}

static bool are_good(const vc_fit *fit) {
    double n = (double)fit->n_points, heaviest = 0;
    for (size_t i = 0; i < fit->n_points; i++)
        heaviest = fmax(heaviest, fit->points[i].weight);
    return fit->effective_points >= GOOD_SHARE * n && heaviest * n <= HEAVIEST;
}

/* Learns the points at which the interpolant was most wrong. */
static vc_status learn_worst(integration *g, size_t n, const double *v,
                             const double *value) {
    vc_status st = VC_OK;
    size_t d = g->hyper.d;
    double worst[ROUND * VCI_LANDSCAPE_MOST], now[ROUND], *error = NULL;
    VC_NEW(error, n);
    for (size_t i = 0; i < n; i++)
        error[i] = isfinite(value[i])
                       ? fabs(value[i] - vci_landscape_value(&g->known, v + i * d))
                       : 0;
    size_t most = n < ROUND ? n : ROUND;
    for (size_t k = 0; k < most; k++) {
        size_t at = 0;
        for (size_t i = 1; i < n; i++)
            if (error[i] > error[at]) at = i;
        memcpy(worst + k * d, v + at * d, d * sizeof *v);
        error[at] = -1;
    }
    VC_TRY(learn(g, most, worst, NULL, now));
out:
    vci_free(error);
    return st;
}

static vc_status keep_points(integration *g, unsigned round, bool last, vc_fit *fit) {
    vc_status st = VC_OK;
    size_t n = fit->n_points;
    double *v = NULL, *value = NULL;
    VC_NEW(v, n * g->hyper.d);
    VC_NEW(value, n);
    VC_TRY(vci_landscape_interpolate(&g->known));
    VC_TRY(sample(g, n * DRAWS_PER_POINT, round));
    VC_TRY(choose(g, n, round, v));
    VC_TRY(evaluate(g, n, v, value, NULL, fit->points));
    VC_TRY(weigh(g, n, v, value, fit));
    VC_TRY(balance(g, v, fit));
    if (!last && !are_good(fit)) VC_TRY(learn_worst(g, n, v, value));
out:
    vci_free(v);
    vci_free(value);
    return st;
}

static vc_status prepare(vci_search *search, const double *optimum, integration *g) {
    vc_status st = VC_OK;
    const vci_field *f = search->marginal.field;
    size_t d = f->n_theta, threads = (size_t)omp_get_max_threads();
    *g = (integration){.search = search, .field = f, .theta = optimum};
    VC_REQUIRE(d <= VCI_LANDSCAPE_MOST, "%zu hyper-parameters", d);
    VC_TRY(vci_hyper_init(d, optimum, &g->hyper));
    VC_TRY(vci_landscape_init(
        d, 1 + 2 * d * AXIS_STEPS + ROUND * (MOST_ROUNDS + MOST_TRIES), &g->known));
    VC_NEW(g->root, f->n_root);
    VC_NEW(g->node, f->tree->n * f->n_node);
    memcpy(g->root, search->marginal.solver.x.root, f->n_root * sizeof(double));
    memcpy(g->node, search->marginal.solver.x.node,
           f->tree->n * f->n_node * sizeof(double));
    VC_NEW(g->workers, threads);
    for (size_t i = 0; i < threads; i++) {
        g->n_workers++;
        VC_TRY(vci_marginal_init(&g->workers[i], f));
    }
out:
    return st;
}

static void clear(integration *g) {
    for (size_t i = 0; i < g->n_workers; i++) vci_marginal_free(&g->workers[i]);
    vci_free(g->workers);
    vci_hyper_free(&g->hyper);
    vci_landscape_free(&g->known);
    vci_free(g->root);
    vci_free(g->node);
    vci_free(g->kept);
}

vc_status vci_integrate(vci_search *search, const double *optimum, vc_fit *fit) {
    vc_status st = VC_OK;
    integration g = {0};
    unsigned round = 0, in_a_row = 0;
    bool good = false;
    VC_TRY(prepare(search, optimum, &g));
    VC_TRY(explore(&g));
    for (; round < MOST_ROUNDS && in_a_row < GOOD_ROUNDS; round++) {
        VC_TRY(refine(&g, round, &good));
        in_a_row = good ? in_a_row + 1 : 0;
    }
    for (unsigned try = 1; try <= MOST_TRIES; try++) {
        VC_TRY(keep_points(&g, round++, try == MOST_TRIES, fit));
        if (are_good(fit)) break;
    }
    fit->evaluations += g.evaluations;
out:
    clear(&g);
    return st;
}
