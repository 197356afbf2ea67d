/*
 * exp: x = k log 2 + r, |r| <= log(2)/2, Taylor polynomial of degree 13 (remainder below
 * 5e-18). log: x = 2^e m, sqrt(1/2) <= m < sqrt(2), s = (m-1)/(m+1), log m = 2 artanh s by
 * its series. log k!: Stirling's series (Abramowitz and Stegun 6.1.41). Normal quantile:
 * Wichura (1988), Applied Statistics 37, algorithm AS 241 (PPND16).
 */
#include "num/elementary_internal.h"

#include <math.h>
#include <string.h>

/* log 2 in two parts; the first has 33 bits, so that k times it is exact. */
static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33;
static const double LOG2_E = 0x1.71547652b82fep0;
/* Adding and taking off 1.5 * 2^52 rounds to the nearest whole number. */
static const double ROUND = 0x1.8p52;

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t to_bits(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* 2^k for -1022 <= k <= 1023. */
static double power_of_two(int64_t k) { return from_bits((uint64_t)(k + 1023) << 52); }

double vci_exp(double x) {
    static const double c[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800,
                               1.0 / 3628800,    1.0 / 362880,    1.0 / 40320,
                               1.0 / 5040,       1.0 / 720,       1.0 / 120,
                               1.0 / 24,         1.0 / 6,         0.5};
    if (!(x > -746)) return isnan(x) ? x : 0;
    if (x > 710) return INFINITY;
    double k = (x * LOG2_E + ROUND) - ROUND;
    double high = x - k * LN2_HIGH, low = k * LN2_LOW, r = high - low;
    double p = c[0];
    for (size_t i = 1; i < sizeof c / sizeof *c; i++) p = p * r + c[i];
    /* What r lost in rounding is given back before 1 is added. */
    double tail = (high - r) - low;
    double value = 1 + (r + (r * r * p + tail));
    int64_t half = (int64_t)k / 2;
    return value * power_of_two(half) * power_of_two((int64_t)k - half);
}

double vci_log(double x) {
    if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
    if (isinf(x)) return x;
    int64_t e = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        e = -54;
    }
    uint64_t bits = to_bits(x);
    e += (int64_t)(bits >> 52) - 1023;
    double m = from_bits((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    if (m > 0x1.6a09e667f3bcdp0) {
        m /= 2;
        e++;
    }
    double f = m - 1, s = f / (2 + f), z = s * s, half = 0.5 * f * f, series = 0;
    for (int k = 25; k >= 3; k -= 2) series = series * z + 2.0 / k;
    double k = (double)e;
    /* log(1+f) = f - f^2/2 + s (f^2/2 + z series): the large part is exact. */
    return k * LN2_HIGH - ((half - (s * (half + z * series) + k * LN2_LOW)) - f);
}

/*
 * Near 0: 2 artanh s with s = x / (2 + x), |s| < 1/7, by its series to s^19 (remainder
 * below 1e-17 of the value), even and odd powers of s^4 apart so that they run side by
 * side.
 */
double vci_log1p(double x) {
    if (!(x > -0.25 && x < 0.25)) return vci_log(1 + x);
    double s = x / (2 + x), z = s * s, w = z * z;
    double even = ((2.0 / 17 * w + 2.0 / 13) * w + 2.0 / 9) * w + 2.0 / 5;
    double odd = ((2.0 / 19 * w + 2.0 / 15) * w + 2.0 / 11) * w + 2.0 / 7;
    /* 2s = x - s x: what is left of x is small, so that x keeps its digits. */
    return x - s * (x - z * (2.0 / 3 + z * (even + z * odd)));
}

double vci_log_factorial(int64_t k) {
    static const double HALF_LOG_2PI = 0x1.d67f1c864beb5p-1;
    if (k < 10) {
        double product = 1;
        for (int64_t i = 2; i <= k; i++) product *= (double)i;
        return vci_log(product);
    }
    double x = (double)k + 1, r = 1 / x, r2 = r * r;
    double series = 1.0 / 1260 - r2 * (1.0 / 1680 - r2 / 1188);
    series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * series));
    return (x - 0.5) * vci_log(x) - x + HALF_LOG_2PI + series;
}

static double ratio(const double *a, const double *b, double r) {
    double top = a[7], bottom = b[7];
    for (int i = 6; i >= 0; i--) {
        top = top * r + a[i];
        bottom = bottom * r + b[i];
    }
    return top / bottom;
}

/* Coefficients as published, constant term first. */
double vci_normal_quantile(double u) {
    static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                               1.9715909503065514427e3, 1.3731693765509461125e4,
                               4.5921953931549871457e4, 6.7265770927008700853e4,
                               3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[] = {1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                               5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0,  2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    double q = u - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(a, b, 0.180625 - q * q);
    double r = sqrt(-vci_log(q < 0 ? u : 1 - u));
    double x = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
    return q < 0 ? -x : x;
}
