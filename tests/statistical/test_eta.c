/*
 * Draws of eta against the exact Gaussian: mean and covariance from one dense matrix, steps
 * into the future by hand. Tolerances: 5.5 standard errors, so that one comparison fails by
 * chance with probability 4e-8 and all of them together with less than 1e-5.
 */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/sampler_internal.h"
#include "support/dense.h"
#include "support/harness.h"
#include "support/small_world.h"

#define DRAWS 40000
#define SIGMAS 5.5

typedef struct setting {
    vc_unit_tree tree;
    vc_observations o;
    vc_model model;
    vc_fit fit;
    vci_sampler sampler;
    vci_sampler_work work;
    double *eta; /* [leaf][period][DRAWS] */
} setting;

static void make(setting *s, bool full_step) {
    static const size_t parents[] = {SIZE_MAX, 0, 0, 1, 1, 3, 3};
    vct_tree(7, parents, &s->tree);
    vct_observations(11, &s->tree, 30, 15, 9, false, &s->o);
    s->model = vct_full_model(VC_NEGATIVE_BINOMIAL);
    s->model.full_step = full_step;
    vc_fit_options mode = {.points = 1};
    ck_assert_int_eq(vc_fit_run("births", &s->model, &s->tree, &s->o, &mode, NULL, &s->fit),
                     VC_OK);
    for (size_t i = 0; i < s->fit.n_theta; i++)
        s->fit.points[0].theta[i] = log(0.1 + 0.02 * (double)i);
    vc_period first = s->o.first + 28;
    /* The mode belongs to other sds now; the sampler only needs a point to stand on. */
    ck_assert_int_eq(vci_sampler_init(&s->sampler, &s->fit, &s->tree, &s->o, 7, 2, first),
                     VC_OK);
    size_t cells = s->tree.n_leaves * s->sampler.n_periods;
    double batch_eta[4 * 17 * VCI_BATCH];
    ck_assert_uint_le(cells, 4 * 17);
    s->eta = malloc(cells * DRAWS * sizeof *s->eta);
    ck_assert_int_eq(vci_sampler_work_init(&s->sampler, &s->work), VC_OK);
    for (uint32_t at = 0; at < DRAWS; at += VCI_BATCH) {
        ck_assert_int_eq(vci_sampler_draw(&s->sampler, &s->work, at, VCI_BATCH, batch_eta),
                         VC_OK);
        for (size_t c = 0; c < cells; c++)
            memcpy(s->eta + c * DRAWS + at, batch_eta + c * VCI_BATCH,
                   VCI_BATCH * sizeof(double));
    }
}

static void drop(setting *s) {
    free(s->eta);
    vci_sampler_work_free(&s->work);
    vci_sampler_free(&s->sampler);
    vc_fit_free(&s->fit);
    vc_observations_free(&s->o);
    vc_unit_tree_free(&s->tree);
}

static const double *eta_of(const setting *s, size_t leaf, size_t period) {
    return s->eta + (leaf * s->sampler.n_periods + period) * DRAWS;
}

static double mean_of(const double *x) {
    double sum = 0;
    for (size_t d = 0; d < DRAWS; d++) sum += x[d];
    return sum / DRAWS;
}

static double covariance_of(const double *x, const double *y) {
    double mx = mean_of(x), my = mean_of(y), sum = 0;
    for (size_t d = 0; d < DRAWS; d++) sum += (x[d] - mx) * (y[d] - my);
    return sum / (DRAWS - 1);
}

/* Weights of the latent values in eta of a leaf at a future period's known part. */
static void future_row(const setting *s, const vct_dense *d, size_t leaf, size_t t,
                       double *a) {
    const vci_field *f = &s->sampler.field;
    size_t last = f->n - 1;
    vct_dense_row(f, d, leaf, last, a);
    for (size_t k = 0; k < f->n_fixed; k++) a[k] = f->design[k * (f->n + f->h) + t];
    a[f->root[VCI_SHOCK].offset + (size_t)f->root[VCI_SHOCK].pattern->map[0][last]] = 0;
    a[f->root[VCI_SEASON].offset + (size_t)f->root[VCI_SEASON].pattern->map[0][last]] = 0;
    a[f->root[VCI_SEASON].offset + s->o.season[t]] += 1;
}

static double sd_of(const setting *s, int component) {
    return vci_field_sd(&s->sampler.field, component, s->fit.points[0].theta);
}

/*
 * Variance that the future adds: j + 1 trend steps, one shock, the walks' steps by block.
 */
static double future_variance(const setting *s, size_t leaf, size_t t) {
    const vci_field *f = &s->sampler.field;
    double trend = sd_of(s, f->root[VCI_TREND].sd[VCI_FIRST]),
           shock = sd_of(s, f->root[VCI_SHOCK].sd[VCI_FIRST]);
    double sum = (double)(t - f->n + 1) * trend * trend + shock * shock;
    for (size_t u = s->tree.leaves[leaf]; u != s->tree.root; u = s->tree.units[u].parent) {
        double step = sd_of(s, f->node[u].sd[VCI_STEP]);
        /* 15 months ahead in blocks of 12: a whole block, then one of 3: (12 + 3) / 24. */
        sum += step * step;
        if (t - f->n >= 12) sum += step * step * (s->model.full_step ? 1 : 15.0 / 24);
    }
    return sum;
}

static double quadratic(const gsl_matrix *factor, const double *a, const double *b,
                        size_t n) {
    double *x = malloc(n * sizeof *x), sum = 0;
    memcpy(x, b, n * sizeof *x);
    gsl_vector_view v = gsl_vector_view_array(x, n);
    gsl_linalg_cholesky_svx(factor, &v.vector);
    for (size_t i = 0; i < n; i++) sum += a[i] * x[i];
    free(x);
    return sum;
}

static void check_leaf(const setting *s, const vct_dense *d, const gsl_matrix *factor,
                       size_t leaf, size_t period) {
    const vci_field *f = &s->sampler.field;
    size_t t = s->sampler.first + period;
    double *a = calloc(d->n, sizeof *a);
    if (t < f->n)
        vct_dense_row(f, d, leaf, t, a);
    else
        future_row(s, d, leaf, t, a);
    double variance = quadratic(factor, a, a, d->n);
    double mean = 0;
    for (size_t i = 0; i < f->n_root; i++) mean += a[i] * s->work.solver.x.root[i];
    for (size_t u = 0; u < s->tree.n; u++)
        for (size_t b = 0; b < f->node[u].n_values; b++)
            mean += a[d->node_at[u] + b] * s->work.solver.x.node[u * f->n_node + b];
    if (t >= f->n) variance += future_variance(s, leaf, t);
    const double *x = eta_of(s, leaf, period);
    CHECK_CLOSE(mean_of(x), mean, 0, SIGMAS * sqrt(variance / DRAWS));
    CHECK_CLOSE(covariance_of(x, x), variance, SIGMAS * sqrt(2.0 / DRAWS), 0);
    free(a);
}

static void check_everything(bool full_step) {
    setting s;
    vct_dense d;
    make(&s, full_step);
    vct_dense_build(&s.work.solver, s.fit.points[0].theta, &d);
    gsl_matrix_view factor = gsl_matrix_view_array(d.h, d.n, d.n);
    gsl_linalg_cholesky_decomp1(&factor.matrix);
    for (size_t i = 0; i < s.tree.n_leaves; i++)
        for (size_t p = 0; p < s.sampler.n_periods; p++)
            check_leaf(&s, &d, &factor.matrix, i, p);
    vct_dense_free(&d);
    drop(&s);
}

START_TEST(mean_and_variance_are_exact) { check_everything(false); }
END_TEST

START_TEST(full_steps_are_full) { check_everything(true); }
END_TEST

/*
 * Brothers share their parent's walk, all share shocks and trend: independent draws would
 * not do.
 */
START_TEST(units_move_together) {
    setting s;
    vct_dense d;
    make(&s, false);
    vct_dense_build(&s.work.solver, s.fit.points[0].theta, &d);
    gsl_matrix_view factor = gsl_matrix_view_array(d.h, d.n, d.n);
    gsl_linalg_cholesky_decomp1(&factor.matrix);
    size_t n = s.sampler.field.n;
    double *a = calloc(d.n, sizeof *a), *b = calloc(d.n, sizeof *b);
    vct_dense_row(&s.sampler.field, &d, 0, n - 1, a);
    vct_dense_row(&s.sampler.field, &d, 3, n - 1, b);
    double want = quadratic(&factor.matrix, a, b, d.n);
    double va = quadratic(&factor.matrix, a, a, d.n),
           vb = quadratic(&factor.matrix, b, b, d.n);
    double got = covariance_of(eta_of(&s, 0, 1), eta_of(&s, 3, 1));
    CHECK_CLOSE(got, want, 0, SIGMAS * sqrt((va * vb + want * want) / DRAWS));
    free(a);
    free(b);
    vct_dense_free(&d);
    drop(&s);
}
END_TEST

START_TEST(a_draw_does_not_depend_on_its_batch) {
    setting s;
    make(&s, false);
    vci_sampler_work work;
    double one[4 * 17 * VCI_BATCH];
    ck_assert_int_eq(vci_sampler_work_init(&s.sampler, &work), VC_OK);
    vci_sampler_draw(&s.sampler, &work, 45, 3, one);
    for (size_t c = 0; c < s.tree.n_leaves * s.sampler.n_periods; c++)
        for (size_t i = 0; i < 3; i++)
            ck_assert_mem_eq(&one[c * VCI_BATCH + i], s.eta + c * DRAWS + 45 + i,
                             sizeof(double));
    vci_sampler_work_free(&work);
    drop(&s);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(mean_and_variance_are_exact),
        VCT(full_steps_are_full),
        VCT(units_move_together),
        VCT(a_draw_does_not_depend_on_its_batch),
    };
    return vct_run("statistical/eta", tests, VCT_COUNT(tests));
}
