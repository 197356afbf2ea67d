#include "support/ccd.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory_internal.h"
#include "fit/gradient_internal.h"
#include "support/harness.h"

enum { D = 5, AXES = 2 * D, CORNERS = 16, POINTS = 1 + AXES + CORNERS };

static const double F0 = 1.1;

/* Columns of scale[D][D]: principal axes of the Gaussian at the optimum. */
static void principal_axes(vci_marginal *m, const double *theta, double scale[D][D]) {
    double h = 1e-3, value, at[D], up[D], down[D];
    gsl_matrix *curvature = gsl_matrix_calloc(D, D), *axes = gsl_matrix_alloc(D, D);
    gsl_vector *eigen = gsl_vector_alloc(D);
    gsl_eigen_symmv_workspace *ws = gsl_eigen_symmv_alloc(D);
    for (size_t i = 0; i < D; i++) {
        memcpy(at, theta, sizeof at);
        at[i] = theta[i] + h;
        ck_assert_int_eq(vci_marginal_value(m, at, &value), VC_OK);
        ck_assert_int_eq(vci_marginal_gradient(m, at, up), VC_OK);
        at[i] = theta[i] - h;
        ck_assert_int_eq(vci_marginal_value(m, at, &value), VC_OK);
        ck_assert_int_eq(vci_marginal_gradient(m, at, down), VC_OK);
        for (size_t j = 0; j < D; j++) {
            double half = (down[j] - up[j]) / (4 * h);
            *gsl_matrix_ptr(curvature, i, j) += half;
            *gsl_matrix_ptr(curvature, j, i) += half;
        }
    }
    gsl_eigen_symmv(curvature, eigen, axes, ws);
    for (size_t k = 0; k < D; k++) {
        ck_assert_double_gt(gsl_vector_get(eigen, k), 0);
        for (size_t i = 0; i < D; i++)
            scale[i][k] = gsl_matrix_get(axes, i, k) / sqrt(gsl_vector_get(eigen, k));
    }
    gsl_eigen_symmv_free(ws);
    gsl_vector_free(eigen);
    gsl_matrix_free(axes);
    gsl_matrix_free(curvature);
}

/* Centre, both ends of the axes, half of the corners of the cube (the fifth is a product).
 */
static void design(double z[POINTS][D]) {
    size_t n = 1;
    memset(z, 0, POINTS * sizeof *z);
    for (size_t i = 0; i < D; i++)
        for (int sign = -1; sign <= 1; sign += 2) z[n++][i] = sign * F0 * sqrt(D);
    for (unsigned corner = 0; corner < CORNERS; corner++, n++) {
        double product = 1;
        for (size_t i = 0; i + 1 < D; i++) {
            double side = corner >> i & 1 ? 1 : -1;
            z[n][i] = F0 * side;
            product *= side;
        }
        z[n][D - 1] = F0 * product;
    }
}

static void add_point(vci_marginal *m, const vc_fit *fit, const double *theta,
                      vc_fit_point *point) {
    size_t nodes = fit->n_units * fit->n_node;
    ck_assert_int_eq(vci_marginal_value(m, theta, &point->weight), VC_OK);
    point->theta = vci_alloc(D, sizeof(double));
    point->root = vci_alloc(fit->n_root, sizeof(double));
    point->node = vci_alloc(nodes, sizeof(double));
    memcpy(point->theta, theta, D * sizeof(double));
    memcpy(point->root, m->solver.x.root, fit->n_root * sizeof(double));
    memcpy(point->node, m->solver.x.node, nodes * sizeof(double));
}

/* Weights of the design make the integral of a Gaussian and of its squared radius right. */
static void weigh(vc_fit_point *points) {
    double top = -INFINITY, sum = 0;
    for (size_t i = 0; i < POINTS; i++) {
        points[i].weight +=
            i == 0 ? log(1 - 1 / (F0 * F0)) : D * F0 * F0 / 2 - log(F0 * F0 * (POINTS - 1));
        top = fmax(top, points[i].weight);
    }
    for (size_t i = 0; i < POINTS; i++)
        sum += points[i].weight = exp(points[i].weight - top);
    for (size_t i = 0; i < POINTS; i++) points[i].weight /= sum;
}

void vct_ccd(const vc_unit_tree *tree, const vc_observations *observations, vc_fit *fit) {
    vci_field field;
    vci_marginal m;
    double scale[D][D], z[POINTS][D], theta[D];
    ck_assert_uint_eq(fit->n_theta, D);
    ck_assert_uint_eq(fit->n_points, 1);
    ck_assert_int_eq(vci_field_build(&fit->model, tree, observations, &field), VC_OK);
    ck_assert_int_eq(vci_marginal_init(&m, &field), VC_OK);
    principal_axes(&m, fit->optimum, scale);
    design(z);
    vc_fit_point *points = vci_alloc(POINTS, sizeof *points);
    for (size_t p = 0; p < POINTS; p++) {
        for (size_t i = 0; i < D; i++) {
            theta[i] = fit->optimum[i];
            for (size_t k = 0; k < D; k++) theta[i] += scale[i][k] * z[p][k];
        }
        add_point(&m, fit, theta, &points[p]);
    }
    weigh(points);
    vci_free(fit->points[0].theta);
    vci_free(fit->points[0].root);
    vci_free(fit->points[0].node);
    vci_free(fit->points);
    fit->points = points;
    fit->n_points = POINTS;
    vci_marginal_free(&m);
    vci_field_free(&field);
}
