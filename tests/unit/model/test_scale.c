/* Priors of standard deviations against integrals done by GSL. */
#include <gsl/gsl_integration.h>
#include <math.h>

#include "model/scale_internal.h"
#include "support/harness.h"

static double density(double theta, void *scale) {
    return exp(vci_scale_log_density(scale, theta));
}

/* Integral of the density of theta = log sd from -inf (here: -40) to log(sd). */
static double mass_below(vc_scale *scale, double sd) {
    double value, error;
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(2000);
    gsl_function f = {density, scale};
    gsl_integration_qag(&f, -40, log(sd), 0, 1e-10, 2000, GSL_INTEG_GAUSS61, w, &value,
                        &error);
    gsl_integration_workspace_free(w);
    return value;
}

START_TEST(pc_prior_has_the_stated_tail) {
    vc_scale s = {.kind = VC_SCALE_PC, .upper = 0.3, .probability = 0.05};
    CHECK_CLOSE(mass_below(&s, 0.3), 0.95, 1e-9, 0);
    CHECK_CLOSE(mass_below(&s, 20), 1, 1e-9, 0);
}
END_TEST

START_TEST(half_normal_has_the_normal_tails) {
    vc_scale s = {.kind = VC_SCALE_HALF_NORMAL, .upper = 0.1};
    /* P(|Z| <= 1) = 0.682689492137086 (normal tables). */
    CHECK_CLOSE(mass_below(&s, 0.1), 0.682689492137086, 1e-9, 0);
    CHECK_CLOSE(mass_below(&s, 5), 1, 1e-9, 0);
}
END_TEST

START_TEST(mixture_is_a_mixture) {
    vc_scale s = {.kind = VC_SCALE_MIXTURE, .spike = 0.005, .upper = 0.1, .weight = 0.5};
    /*
     * Half the mass is a half-normal(0.005), half a half-normal(0.1): erf(x / (s sqrt 2)).
     */
    double want = 0.5 * erf(0.02 / 0.005 / M_SQRT2) + 0.5 * erf(0.02 / 0.1 / M_SQRT2);
    CHECK_CLOSE(mass_below(&s, 0.02), want, 1e-9, 0);
    CHECK_CLOSE(mass_below(&s, 5), 1, 1e-8, 0);
}
END_TEST

START_TEST(fixed_and_absent_are_not_searched) {
    vc_scale fixed = {.kind = VC_SCALE_FIXED, .start = 0.02}, absent = {0};
    ck_assert(vci_scale_present(&fixed) && !vci_scale_free(&fixed));
    ck_assert(!vci_scale_present(&absent) && !vci_scale_free(&absent));
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(pc_prior_has_the_stated_tail), VCT(half_normal_has_the_normal_tails),
        VCT(mixture_is_a_mixture), VCT(fixed_and_absent_are_not_searched)};
    return vct_run("model/scale", tests, VCT_COUNT(tests));
}
