/*
 * Integrated hyper-parameters against quadrature: with one or two free standard deviations
 * the Laplace marginal can be summed over a fine grid.
 */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/marginal_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define GRID 120

typedef struct setting {
    vc_unit_tree tree;
    vc_observations o;
    vc_model model;
} setting;

/* Two levels of units; only the leaves' level and step are free. */
static void make(setting *s, unsigned seed) {
    static const size_t parents[] = {SIZE_MAX, 0, 0, 1, 1, 1, 2, 2, 2};
    vct_tree(9, parents, &s->tree);
    vct_observations(seed, &s->tree, 30, 3, 12, false, &s->o);
    s->model = vct_full_model(VC_POISSON);
    vc_scale *fixed[] = {&s->model.season, &s->model.trend, &s->model.shock,
                         &s->model.middle_level, &s->model.middle_step};
    for (size_t i = 0; i < 5; i++) *fixed[i] = (vc_scale){VC_SCALE_FIXED, 0.05, 0, 0, 0, 0};
    s->model.leaf_level = (vc_scale){VC_SCALE_PC, 0.2, 1, 0.05, 0, 0};
    s->model.leaf_step = (vc_scale){VC_SCALE_PC, 0.05, 0.2, 0.05, 0, 0};
}

static void drop(setting *s) {
    vc_observations_free(&s->o);
    vc_unit_tree_free(&s->tree);
}

typedef struct moments {
    double mean[2], sd[2], below[2]; /* below: P(sd of the parameter < its optimum / 2) */
} moments;

static void add(moments *m, const double *theta, const double *optimum, double weight) {
    for (size_t i = 0; i < 2; i++) {
        double sd = exp(theta[i]);
        m->mean[i] += weight * sd;
        m->sd[i] += weight * sd * sd;
        m->below[i] += weight * (theta[i] < optimum[i] - log(2));
    }
}

static void finish(moments *m) {
    for (size_t i = 0; i < 2; i++) m->sd[i] = sqrt(m->sd[i] - m->mean[i] * m->mean[i]);
}

static moments by_grid(const setting *s, const double *optimum) {
    vci_field field;
    vci_marginal marginal;
    moments m = {0};
    double *value = malloc(GRID * GRID * sizeof *value), top = -INFINITY, sum = 0;
    ck_assert_int_eq(vci_field_build(&s->model, &s->tree, &s->o, &field), VC_OK);
    ck_assert_int_eq(vci_marginal_init(&marginal, &field), VC_OK);
    double low[] = {optimum[0] - 4, optimum[1] - 6},
           high[] = {optimum[0] + 3, optimum[1] + 3};
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < GRID * GRID; k++) {
            size_t at[] = {k / GRID, k % GRID};
            double theta[2];
            for (size_t i = 0; i < 2; i++)
                theta[i] = low[i] + (high[i] - low[i]) * ((double)at[i] + 0.5) / GRID;
            if (pass == 0) {
                ck_assert_int_eq(vci_marginal_value(&marginal, theta, &value[k]), VC_OK);
                top = fmax(top, value[k]);
            } else {
                sum += exp(value[k] - top);
                add(&m, theta, optimum, exp(value[k] - top));
            }
        }
    for (size_t i = 0; i < 2; i++) {
        m.mean[i] /= sum;
        m.sd[i] /= sum;
        m.below[i] /= sum;
    }
    finish(&m);
    free(value);
    vci_marginal_free(&marginal);
    vci_field_free(&field);
    return m;
}

/*
 * A stratified sample of 1,024 is at least as good as 1,024 independent draws, whose error
 * passes 5 standard errors with probability 6e-7.
 */
static void compare(unsigned seed) {
    setting s;
    vc_fit fit;
    moments points = {0};
    vc_fit_options options = {.points = 1024};
    make(&s, seed);
    ck_assert_int_eq(vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &fit),
                     VC_OK);
    ck_assert_uint_eq(fit.n_theta, 2);
    for (size_t i = 0; i < fit.n_points; i++)
        add(&points, fit.points[i].theta, fit.optimum, fit.points[i].weight);
    finish(&points);
    moments grid = by_grid(&s, fit.optimum);
    double root = sqrt(1024);
    for (size_t i = 0; i < 2; i++) {
        CHECK_CLOSE(points.mean[i], grid.mean[i], 0, 5 * grid.sd[i] / root);
        CHECK_CLOSE(points.sd[i], grid.sd[i], 10 / root, 0);
        CHECK_CLOSE(points.below[i], grid.below[i], 0, 2.5 / root);
    }
    ck_assert_double_gt(fit.effective_points, 900);
    ck_assert(fit.confirmed);
    vc_fit_free(&fit);
    drop(&s);
}

START_TEST(agrees_with_quadrature) {
    unsigned seeds = getenv("VCT_SANITIZE") ? 1 : 5;
    for (unsigned seed = 1; seed <= seeds; seed++) compare(seed);
}
END_TEST

START_TEST(one_point_is_the_optimum) {
    setting s;
    vc_fit fit;
    vc_fit_options options = {.points = 1};
    make(&s, 3);
    ck_assert_int_eq(vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &fit),
                     VC_OK);
    ck_assert_uint_eq(fit.n_points, 1);
    CHECK_CLOSE(fit.points[0].weight, 1, 0, 0);
    ck_assert_mem_eq(fit.points[0].theta, fit.optimum, fit.n_theta * sizeof(double));
    vc_fit_free(&fit);
    drop(&s);
}
END_TEST

START_TEST(points_do_not_depend_on_threads) {
    setting s;
    vc_fit one, four;
    vc_fit_options options = {.points = 64};
    int threads = omp_get_max_threads();
    make(&s, 4);
    omp_set_num_threads(1);
    ck_assert_int_eq(vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &one),
                     VC_OK);
    omp_set_num_threads(4);
    ck_assert_int_eq(vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &four),
                     VC_OK);
    omp_set_num_threads(threads);
    for (size_t i = 0; i < 64; i++) {
        ck_assert_mem_eq(&one.points[i].weight, &four.points[i].weight, sizeof(double));
        ck_assert_mem_eq(one.points[i].theta, four.points[i].theta, 2 * sizeof(double));
        ck_assert_mem_eq(one.points[i].node, four.points[i].node,
                         one.n_units * one.n_node * sizeof(double));
    }
    vc_fit_free(&one);
    vc_fit_free(&four);
    drop(&s);
}
END_TEST

START_TEST(no_memory_is_said_and_leaks_nothing) {
    setting s;
    vc_fit fit;
    vc_fit_options options = {.points = 8};
    int threads = omp_get_max_threads();
    make(&s, 4);
    omp_set_num_threads(1);
    for (long call = 0; call < 4000; call += 7) {
        vci_memory_fail_at(call);
        vc_status st = vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &fit);
        vci_memory_fail_at(-1);
        vc_fit_free(&fit);
        if (st == VC_OK) break;
        ck_assert_int_ne(st, VC_BAD_ARGUMENT);
    }
    omp_set_num_threads(threads);
    drop(&s);
}
END_TEST

START_TEST(points_are_a_power_of_two) {
    setting s;
    vc_fit fit;
    vc_fit_options options = {.points = 100};
    make(&s, 4);
    ck_assert_int_eq(vc_fit_run("births", &s.model, &s.tree, &s.o, &options, NULL, &fit),
                     VC_BAD_ARGUMENT);
    vc_fit_free(&fit);
    drop(&s);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(agrees_with_quadrature), VCT(one_point_is_the_optimum),
        VCT(points_do_not_depend_on_threads), VCT(no_memory_is_said_and_leaks_nothing),
        VCT(points_are_a_power_of_two)};
    return vct_run("fit/integrate", tests, VCT_COUNT(tests));
}
