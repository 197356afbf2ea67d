/* The tree solver against one dense matrix, on random ragged trees. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit/solver_internal.h"
#include "num/linear_internal.h"
#include "support/dense.h"
#include "support/harness.h"
#include "support/small_world.h"

/* For each of five families: 1,000 trees in all. */
#define WORLDS 200
#define PORTABLE_WORLDS 24

static double dense_log_det(const vct_dense *d) {
    double *copy = malloc(d->n * d->n * sizeof *copy), sum = 0;
    memcpy(copy, d->h, d->n * d->n * sizeof *copy);
    gsl_matrix_view m = gsl_matrix_view_array(copy, d->n, d->n);
    gsl_linalg_cholesky_decomp1(&m.matrix);
    for (size_t i = 0; i < d->n; i++) sum += 2 * log(copy[i * d->n + i]);
    free(copy);
    return sum;
}

/* H^-1 b in place. */
static void dense_solve(const vct_dense *d, double *b) {
    double *copy = malloc(d->n * d->n * sizeof *copy);
    memcpy(copy, d->h, d->n * d->n * sizeof *copy);
    gsl_matrix_view m = gsl_matrix_view_array(copy, d->n, d->n);
    gsl_vector_view v = gsl_vector_view_array(b, d->n);
    gsl_linalg_cholesky_decomp1(&m.matrix);
    gsl_linalg_cholesky_svx(&m.matrix, &v.vector);
    free(copy);
}

/* gradient' H^-1 gradient. */
static double dense_decrement(const vct_dense *d) {
    double *x = malloc(d->n * sizeof *x), sum = 0;
    memcpy(x, d->gradient, d->n * sizeof *x);
    dense_solve(d, x);
    for (size_t i = 0; i < d->n; i++) sum += x[i] * d->gradient[i];
    free(x);
    return sum;
}

typedef struct world {
    vc_unit_tree tree;
    vc_observations observations;
    vc_model model;
    vci_field field;
    double theta[32];
} world;

/* Each component is missing from one model in five. */
static void leave_out(unsigned *state, vc_model *m) {
    vc_scale *parts[] = {&m->season,      &m->trend,      &m->shock,    &m->middle_level,
                         &m->middle_step, &m->leaf_level, &m->leaf_step};
    for (size_t i = 0; i < VCT_COUNT(parts); i++)
        if (vct_random(state) < 0.2) parts[i]->kind = VC_SCALE_ABSENT;
    if (vct_random(state) < 0.2) m->drift_sd.kind = VC_SCALE_ABSENT;
    if (vct_random(state) < 0.2) m->calendar[VC_LOG_WEEKDAYS] = false;
}

static void make_world(unsigned seed, vc_family family, world *w) {
    unsigned state = seed * 7919 + 1;
    size_t units = 1 + (size_t)(vct_random(&state) * 7);
    vct_random_tree(seed, units, 4, &w->tree);
    vct_observations(seed + 1, &w->tree, 7 + seed % 10, 2, 6, family == VC_BINOMIAL,
                     &w->observations);
    if (family == VC_LOG_NORMAL)
        for (size_t i = 0; i < w->observations.n_leaves * w->observations.n; i++)
            w->observations.y[i] += 1;
    if (family == VC_LOGIT_NORMAL)
        for (size_t i = 0; i < w->observations.n_leaves * w->observations.n; i++)
            w->observations.y[i] = (w->observations.y[i] + 0.5) / 40;
    w->model = seed % 8 == 0 ? vct_rich_model(family) : vct_full_model(family);
    w->model.block = 3 + seed % 4;
    w->model.trend_block = 1 + seed % 2;
    leave_out(&state, &w->model);
    ck_assert_int_eq(vci_field_build(&w->model, &w->tree, &w->observations, &w->field),
                     VC_OK);
    for (size_t i = 0; i < w->field.n_theta; i++)
        w->theta[i] = log(0.02 + 0.3 * vct_random(&state));
}

static void free_world(world *w) {
    vci_field_free(&w->field);
    vc_observations_free(&w->observations);
    vc_unit_tree_free(&w->tree);
}

/* H^-1 A'c for a random c, against the largest value of the step. */
static void check_step(unsigned *state, vci_solver *s, const vct_dense *d) {
    const vci_field *f = s->field;
    size_t cells = f->tree->n_leaves * f->n;
    double *c = malloc(cells * sizeof *c), *row = malloc(d->n * sizeof *row);
    double *want = calloc(d->n, sizeof *want), high = 0;
    for (size_t at = 0; at < cells; at++) {
        c[at] = vct_random(state) - 0.5;
        vct_dense_row(f, d, at / f->n, at % f->n, row);
        for (size_t j = 0; j < d->n; j++) want[j] += row[j] * c[at];
    }
    dense_solve(d, want);
    vci_solver_solve(s, c);
    for (size_t j = 0; j < d->n; j++) high = fmax(high, fabs(want[j]));
    for (size_t j = 0; j < f->n_root; j++)
        CHECK_CLOSE(s->step.root[j], want[j], 1e-9, 1e-9 * high);
    for (size_t u = 0; u < f->tree->n; u++)
        for (size_t b = 0; b < f->node[u].n_values; b++)
            CHECK_CLOSE(s->step.node[u * f->n_node + b], want[d->node_at[u] + b], 1e-9,
                        1e-9 * high);
    free(c);
    free(row);
    free(want);
}

/* Away from any mode, so that prior and likelihood both pull. */
static void move_away(unsigned *state, vci_solver *s) {
    const vci_field *f = s->field;
    for (size_t j = 0; j < f->n_root; j++) s->x.root[j] += 0.4 * vct_random(state) - 0.2;
    for (size_t u = 0; u < f->tree->n; u++)
        for (size_t b = 0; b < f->node[u].n_values; b++)
            s->x.node[u * f->n_node + b] = 0.4 * vct_random(state) - 0.2;
}

static void check_mode(vci_solver *s, const double *theta) {
    vct_dense d;
    ck_assert_int_eq(vci_solver_mode(s, theta), VC_OK);
    vct_dense_build(s, theta, &d);
    for (size_t i = 0; i < d.n; i++)
        CHECK_CLOSE(d.gradient[i] / sqrt(d.h[i * d.n + i]), 0, 0, 1e-6);
    CHECK_CLOSE(s->log_det, dense_log_det(&d), 1e-9, 1e-9);
    vct_dense_free(&d);
}

static void check_world(unsigned seed, vc_family family, const vci_algebra *algebra) {
    world w;
    vci_solver s;
    vct_dense d;
    unsigned state = seed + 1000;
    make_world(seed, family, &w);
    ck_assert_int_eq(vci_solver_init(&s, &w.field, algebra), VC_OK);
    move_away(&state, &s);
    vci_solver_evaluate(&s, w.theta);
    ck_assert_int_eq(vci_solver_factor(&s, w.theta), VC_OK);
    vct_dense_build(&s, w.theta, &d);
    CHECK_CLOSE(s.log_det, dense_log_det(&d), 1e-9, 1e-9);
    CHECK_CLOSE(s.decrement, dense_decrement(&d), 1e-9, 1e-12);
    check_step(&state, &s, &d);
    vct_dense_free(&d);
    check_mode(&s, w.theta);
    vci_solver_free(&s);
    free_world(&w);
}

START_TEST(agrees_with_a_dense_matrix) {
    static const vc_family families[] = {VC_POISSON, VC_NEGATIVE_BINOMIAL, VC_BINOMIAL,
                                         VC_NORMAL,  VC_LOG_NORMAL,        VC_LOGIT_NORMAL};
    for (unsigned seed = 1; seed <= WORLDS; seed++)
        for (size_t f = 0; f < VCT_COUNT(families); f++)
            check_world(seed, families[f], &vci_algebra_lapack);
}
END_TEST

START_TEST(portable_algebra_agrees_too) {
    for (unsigned seed = 1; seed <= PORTABLE_WORLDS; seed++)
        check_world(seed, VC_NEGATIVE_BINOMIAL, &vci_algebra_portable);
}
END_TEST

START_TEST(a_unit_without_any_data_keeps_its_prior) {
    world w;
    vci_solver s;
    static const size_t parents[] = {SIZE_MAX, 0, 0};
    w.model = vct_full_model(VC_POISSON);
    vct_tree(3, parents, &w.tree);
    vct_observations(5, &w.tree, 24, 2, 8, false, &w.observations);
    for (size_t t = 0; t < 24; t++) w.observations.y[24 + t] = (double)NAN;
    ck_assert_int_eq(vci_field_build(&w.model, &w.tree, &w.observations, &w.field), VC_OK);
    for (size_t i = 0; i < w.field.n_theta; i++) w.theta[i] = log(0.1);
    ck_assert_int_eq(vci_solver_init(&s, &w.field, &vci_algebra_lapack), VC_OK);
    ck_assert_int_eq(vci_solver_mode(&s, w.theta), VC_OK);
    for (size_t b = 0; b < w.field.n_node; b++)
        CHECK_CLOSE(s.x.node[2 * w.field.n_node + b], 0, 0, 1e-12);
    vci_solver_free(&s);
    free_world(&w);
}
END_TEST

START_TEST(a_bad_theta_is_an_answer_not_a_crash) {
    world w;
    vci_solver s;
    make_world(3, VC_POISSON, &w);
    for (size_t i = 0; i < w.field.n_theta; i++) w.theta[i] = -400;
    ck_assert_int_eq(vci_solver_init(&s, &w.field, &vci_algebra_lapack), VC_OK);
    ck_assert_int_ne(vci_solver_mode(&s, w.theta), VC_OK);
    vci_solver_free(&s);
    free_world(&w);
}
END_TEST

int main(void) {
    vci_one_blas_thread();
    static const vct_test tests[] = {
        VCT(agrees_with_a_dense_matrix),
        VCT(portable_algebra_agrees_too),
        VCT(a_unit_without_any_data_keeps_its_prior),
        VCT(a_bad_theta_is_an_answer_not_a_crash),
    };
    return vct_run("fit/solver", tests, VCT_COUNT(tests));
}
