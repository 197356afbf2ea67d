/*
 * The analytic gradient of the Laplace marginal against central differences of its value.
 */
#include <math.h>
#include <stdlib.h>

#include "fit/gradient_internal.h"
#include "num/linear_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define WORLDS 12

/* Richardson's combination of two central differences: error O(h^4). */
static double difference(vci_marginal *m, double *theta, size_t i, double h) {
    double f[4], at = theta[i];
    static const double steps[] = {-2, -1, 1, 2};
    for (int k = 0; k < 4; k++) {
        theta[i] = at + steps[k] * h;
        ck_assert_int_eq(vci_marginal_value(m, theta, &f[k]), VC_OK);
    }
    theta[i] = at;
    return (8 * (f[2] - f[1]) - (f[3] - f[0])) / (12 * h);
}

static void check(unsigned seed, vc_family family, bool mixture, bool rich) {
    vc_unit_tree tree;
    vc_observations o;
    vci_field field;
    vci_marginal m;
    double theta[32], gradient[32], value;
    unsigned state = seed * 101 + 3;
    vc_model model = rich ? vct_rich_model(family) : vct_full_model(family);
    if (mixture) model.leaf_level = (vc_scale){VC_SCALE_MIXTURE, 0.05, 0.2, 0, 0.05, 0.5};
    vct_random_tree(seed, 1 + (size_t)(vct_random(&state) * 9), 3, &tree);
    vct_observations(seed + 5, &tree, 20 + seed % 9, 2, 7,
                     family == VC_BINOMIAL || family == VC_BETA_BINOMIAL, &o);
    for (size_t i = 0; family == VC_LOG_NORMAL && i < o.n_leaves * o.n; i++) o.y[i] += 1;
    for (size_t i = 0; family == VC_LOGIT_NORMAL && i < o.n_leaves * o.n; i++)
        o.y[i] = (o.y[i] + 0.5) / 40;
    ck_assert_int_eq(vci_field_build(&model, &tree, &o, &field), VC_OK);
    ck_assert_int_eq(vci_marginal_init(&m, &field), VC_OK);
    for (size_t i = 0; i < field.n_theta; i++)
        theta[i] = log(0.05 + 0.3 * vct_random(&state));
    ck_assert_int_eq(vci_marginal_value(&m, theta, &value), VC_OK);
    ck_assert_int_eq(vci_marginal_gradient(&m, theta, gradient), VC_OK);
    for (size_t i = 0; i < field.n_theta; i++)
        CHECK_CLOSE(gradient[i], difference(&m, theta, i, 8e-3), 1e-6, 2e-7);
    vci_marginal_free(&m);
    vci_field_free(&field);
    vc_observations_free(&o);
    vc_unit_tree_free(&tree);
}

/*
 * Student's t: the gradient is made of differences, so it only has to exist and agree with
 * differences of another step.
 */
START_TEST(heavy_tails) {
    vc_unit_tree tree;
    vc_observations o;
    vci_field field;
    vci_marginal m;
    double theta[32], gradient[32], value;
    vc_model model = vct_full_model(VC_POISSON);
    model.shock_tail = 4;
    vct_random_tree(4, 6, 3, &tree);
    vct_observations(9, &tree, 24, 2, 12, false, &o);
    ck_assert_int_eq(vci_field_build(&model, &tree, &o, &field), VC_OK);
    ck_assert(field.heavy);
    ck_assert_int_eq(vci_marginal_init(&m, &field), VC_OK);
    for (size_t i = 0; i < field.n_theta; i++) theta[i] = log(0.1);
    ck_assert_int_eq(vci_marginal_value(&m, theta, &value), VC_OK);
    ck_assert_int_eq(vci_marginal_gradient(&m, theta, gradient), VC_OK);
    for (size_t i = 0; i < field.n_theta; i++)
        CHECK_CLOSE(gradient[i], difference(&m, theta, i, 5e-3), 1e-4, 1e-5);
    vci_marginal_free(&m);
    vci_field_free(&field);
    vc_observations_free(&o);
    vc_unit_tree_free(&tree);
}
END_TEST

START_TEST(poisson) {
    for (unsigned s = 1; s <= WORLDS; s++) check(s, VC_POISSON, false, s % 3 == 0);
}
END_TEST

START_TEST(negative_binomial) {
    for (unsigned s = 1; s <= WORLDS; s++)
        check(s, VC_NEGATIVE_BINOMIAL, false, s % 3 == 1);
}
END_TEST

START_TEST(binomial) {
    for (unsigned s = 1; s <= WORLDS; s++) check(s, VC_BINOMIAL, true, s % 3 == 0);
}
END_TEST

START_TEST(beta_binomial) {
    for (unsigned s = 1; s <= WORLDS; s++) check(s, VC_BETA_BINOMIAL, s % 2, s % 3 == 2);
}
END_TEST

START_TEST(plain_values) {
    for (unsigned s = 1; s <= WORLDS; s++) {
        check(s, VC_NORMAL, false, s % 3 == 0);
        check(s, VC_LOG_NORMAL, false, s % 3 == 1);
        check(s, VC_LOGIT_NORMAL, false, s % 3 == 2);
    }
}
END_TEST

int main(void) {
    vci_one_blas_thread();
    static const vct_test tests[] = {VCT(poisson),      VCT(negative_binomial),
                                     VCT(binomial),     VCT(beta_binomial),
                                     VCT(plain_values), VCT(heavy_tails)};
    return vct_run("fit/gradient", tests, VCT_COUNT(tests));
}
