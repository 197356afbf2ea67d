/*
 * Rising sums against what is known: log Gamma and polygammas of GSL where these have
 * digits to spare, term by term in long double elsewhere.
 */
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#include "num/rising_internal.h"
#include "support/harness.h"

static void against_terms(double a, double m, double rel) {
    long double sum[4] = {0, 0, 0, 0};
    for (double k = 0; k < m; k++) {
        long double x = (long double)a + (long double)k;
        sum[0] += logl(x);
        for (int j = 1; j < 4; j++) sum[j] += powl(x, -j);
    }
    vci_rising r = vci_rising_sums(a, m);
    CHECK_CLOSE(r.log, (double)sum[0], rel, 1e-12);
    CHECK_CLOSE(r.power[0], m, 0, 0);
    for (int j = 1; j < 4; j++) CHECK_CLOSE(r.power[j], (double)sum[j], rel, 0);
}

START_TEST(term_by_term) {
    static const double a[] = {1e-3, 0.37, 2.385, 19.9, 20.1, 514.2, 1e6, 3.7e11};
    static const double m[] = {0, 1, 2, 17, 40, 41, 66, 500, 20000};
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        for (size_t j = 0; j < sizeof m / sizeof *m; j++) against_terms(a[i], m[j], 1e-12);
}
END_TEST

/* log Gamma(a + m) - log Gamma(a); psi(a + m) - psi(a) and its derivatives. */
START_TEST(gamma_functions_agree) {
    for (double a = 0.61; a < 300; a *= 2.7)
        for (double m = 3; m < 4000; m *= 3) {
            vci_rising r = vci_rising_sums(a, m);
            CHECK_CLOSE(r.log, gsl_sf_lngamma(a + m) - gsl_sf_lngamma(a), 1e-11, 1e-11);
            CHECK_CLOSE(r.power[1], gsl_sf_psi(a + m) - gsl_sf_psi(a), 1e-11, 1e-11);
            CHECK_CLOSE(r.power[2], gsl_sf_psi_1(a) - gsl_sf_psi_1(a + m), 1e-11, 1e-11);
            CHECK_CLOSE(r.power[3], (gsl_sf_psi_n(2, a + m) - gsl_sf_psi_n(2, a)) / 2,
                        1e-11, 1e-11);
        }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(term_by_term), VCT(gamma_functions_agree)};
    return vct_run("num/rising", tests, VCT_COUNT(tests));
}
