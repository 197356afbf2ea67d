/* Rising sums: see the header. */
#include "num/rising_internal.h"

#include "num/elementary_internal.h"

/* Terms below this are added one by one, and so are sums that are short anyway. */
#define ASYMPTOTIC_FROM 30.0
#define SHORT 40.0

static void add_terms(double a, double n, vci_rising *r) {
    double product = 1;
    for (double k = 0; k < n; k++) {
        double x = a + k, inverse = 1 / x;
        r->power[1] += inverse;
        r->power[2] += inverse * inverse;
        r->power[3] += inverse * inverse * inverse;
        /* One logarithm for several factors. */
        product *= x;
        if (product > 1e250 || product < 1e-250) {
            r->log += vci_log(product);
            product = 1;
        }
    }
    r->log += vci_log(product);
}

/* log(1 + x) for x > -1, to full relative precision for small x. */
static double log_1p(double x) {
    double u = 1 + x;
    return u == 1 ? x : vci_log(u) * (x / (u - 1));
}

/*
 * The integral from a to b = a + m, half of the difference of the end terms, and the
 * Bernoulli corrections B2/2! = 1/12, B4/4! = -1/720, B6/6! = 1/30240.
 */
static void add_integral(double a, double m, vci_rising *r) {
    double b = a + m, p = 1 / a, q = 1 / b, l = log_1p(m / a);
    double p2 = p * p, q2 = q * q, d1 = p * m * q; /* 1/a - 1/b */
    double d2 = d1 * (p + q), d3 = p2 * p - q2 * q, d4 = p2 * p2 - q2 * q2;
    double d5 = p2 * p2 * p - q2 * q2 * q, d6 = p2 * p2 * p2 - q2 * q2 * q2;
    double d7 = p2 * p2 * p2 * p - q2 * q2 * q2 * q, d8 = d4 * (p2 * p2 + q2 * q2);
    r->log += m * vci_log(a) + b * l - m - 0.5 * l - d1 / 12 + d3 / 360 - d5 / 1260;
    r->power[1] += l + 0.5 * d1 + d2 / 12 - d4 / 120 + d6 / 252;
    r->power[2] += d1 + 0.5 * d2 + d3 / 6 - d5 / 30 + d7 / 42;
    r->power[3] += 0.5 * d2 + 0.5 * d3 + d4 / 4 - d6 / 12 + d8 / 12;
}

vci_rising vci_rising_sums(double a, double m) {
    vci_rising r = {0, {m, 0, 0, 0}};
    double first = m <= SHORT ? m : 0;
    while (first < m && a + first < ASYMPTOTIC_FROM) first += 1;
    if (first > 0) add_terms(a, first, &r);
    if (first < m) add_integral(a + first, m - first, &r);
    return r;
}
