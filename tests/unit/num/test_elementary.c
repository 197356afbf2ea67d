/* Our exp and log against long double arithmetic, in units in the last place. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "num/elementary_internal.h"
#include "support/harness.h"

static double ulps(double got, long double want) {
    double near = (double)want;
    return (double)(fabsl((long double)got - want) /
                    (long double)(nextafter(fabs(near), (double)INFINITY) - fabs(near)));
}

START_TEST(exp_is_within_one_ulp) {
    double worst = 0;
    for (int i = 0; i <= 400000; i++) {
        double x = -700 + 1400.0 * i / 400000 + 1e-7 * i;
        if (x < 709) worst = fmax(worst, ulps(vci_exp(x), expl((long double)x)));
    }
    ck_assert_double_lt(worst, 1);
}
END_TEST

START_TEST(log_is_within_one_ulp) {
    double worst = 0;
    for (int i = 1; i <= 400000; i++) {
        double x = exp(-700 + 1400.0 * i / 400000), near = 1 + (i - 200000) * 3e-6;
        worst = fmax(worst, ulps(vci_log(x), logl((long double)x)));
        if (near != 1) worst = fmax(worst, ulps(vci_log(near), logl((long double)near)));
    }
    ck_assert_double_lt(worst, 1);
}
END_TEST

START_TEST(ends_of_the_range) {
    double worst = 0;
    /* Results that have lost digits, and those next to infinity. */
    for (int i = 0; i <= 40000; i++) {
        double low = -745 + 40.0 * i / 40000, high = 709.78 - 1e-3 * i / 40000;
        worst = fmax(worst, ulps(vci_exp(low), expl((long double)low)));
        worst = fmax(worst, ulps(vci_exp(high), expl((long double)high)));
    }
    ck_assert_double_lt(worst, 1);
    ck_assert(isinf(vci_exp(709.79)) && vci_exp(-745.2) == 0);
    /* Around every power of two, where the exponent changes, and down to the smallest. */
    worst = 0;
    for (int e = -1074; e < 1024; e++)
        for (int side = -1; side <= 1; side++) {
            double x = nextafter(ldexp(1, e), side < 0 ? 0 : (double)INFINITY);
            double root = ldexp(0x1.6a09e667f3bcdp0, e - 1);
            if (side == 0) x = ldexp(1, e);
            if (side && root > 0x1p-1020)
                x = e % 2 ? x : nextafter(root, side < 0 ? 0 : 2 * root);
            if (x > 0 && x != 1)
                worst = fmax(worst, ulps(vci_log(x), logl((long double)x)));
        }
    ck_assert_double_lt(worst, 1);
}
END_TEST

START_TEST(special_values) {
    ck_assert(vci_exp(0) == 1 && vci_log(1) == 0);
    ck_assert(isinf(vci_exp(800)) && vci_exp(-800) == 0 && vci_exp(-745) > 0);
    ck_assert(isnan(vci_exp((double)NAN)) && isnan(vci_log((double)NAN)));
    ck_assert(isinf(vci_log(0)) && vci_log(0) < 0 && isnan(vci_log(-1)));
    ck_assert(isinf(vci_log((double)INFINITY)));
    CHECK_CLOSE(vci_log(0x1p-1070), -1070 * log(2), 1e-15, 0);
}
END_TEST

/* Against long double; the whole range, both sides of where the series ends. */
START_TEST(log1p_keeps_its_digits) {
    for (double x = 1e-300; x < 1e12; x *= 1.37)
        CHECK_CLOSE(vci_log1p(x), (double)log1pl((long double)x), 6e-16, 0);
    for (double x = 1e-18; x < 0.999; x *= 1.37)
        CHECK_CLOSE(vci_log1p(-x), (double)log1pl(-(long double)x), 6e-16, 0);
    CHECK_CLOSE(vci_log1p(0), 0, 0, 0);
}
END_TEST

START_TEST(log_factorial_is_lgamma) {
    for (int64_t k = 0; k < 3000; k = k * 5 / 4 + 1)
        CHECK_CLOSE(vci_log_factorial(k), lgamma((double)k + 1), 1e-13, 1e-12);
    CHECK_CLOSE(vci_log_factorial(1000000), lgamma(1000001.0), 1e-15, 0);
}
END_TEST

START_TEST(log_factorial_of_great_numbers) {
    /* Against lgammal; exact samplers compare these to about 1e-9. */
    for (int64_t k = 10; k < (int64_t)1 << 40; k = k * 7 / 3)
        CHECK_CLOSE(vci_log_factorial(k), (double)lgammal((long double)k + 1), 3e-16,
                    1e-14);
    for (int64_t k = 0; k < 10; k++)
        CHECK_CLOSE(vci_log_factorial(k), (double)lgammal((long double)k + 1), 3e-16, 0);
    ck_assert(isfinite(vci_log_factorial(INT64_MAX)));
}
END_TEST

START_TEST(normal_quantile_of_the_outermost_uniforms) {
    double least = vci_normal_quantile(0x1p-53), most = vci_normal_quantile(1 - 0x1p-53);
    /* qnorm(2^-53) of R 4.2. */
    CHECK_CLOSE(least, -8.2095361516013856, 1e-14, 0);
    CHECK_CLOSE(most, -least, 1e-14, 0);
    double before = least;
    for (int i = 1; i < 1000000; i++) {
        double z = vci_normal_quantile(i * 1e-6);
        ck_assert_double_gt(z, before);
        before = z;
    }
}
END_TEST

START_TEST(normal_quantile_inverts_the_normal) {
    for (double u = 1e-12; u < 0.5; u *= 1.7) {
        CHECK_CLOSE(gsl_cdf_ugaussian_P(vci_normal_quantile(u)), u, 1e-11, 0);
        CHECK_CLOSE(vci_normal_quantile(1 - u), -vci_normal_quantile(1 - (1 - u)), 1e-9,
                    1e-15);
    }
    /* 1.959963984540054: the familiar two-sided 5 % point. */
    CHECK_CLOSE(vci_normal_quantile(0.975), 1.959963984540054, 1e-14, 0);
    CHECK_CLOSE(vci_normal_quantile(0.5), 0, 0, 0);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(exp_is_within_one_ulp),
                                     VCT(log_is_within_one_ulp),
                                     VCT(ends_of_the_range),
                                     VCT(special_values),
                                     VCT(log_factorial_of_great_numbers),
                                     VCT(normal_quantile_of_the_outermost_uniforms),
                                     VCT(log1p_keeps_its_digits),
                                     VCT(log_factorial_is_lgamma),
                                     VCT(normal_quantile_inverts_the_normal)};
    return vct_run("num/elementary", tests, VCT_COUNT(tests));
}
