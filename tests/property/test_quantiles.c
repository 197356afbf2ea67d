/* Streaming quantiles of any values: in order, inside the range, and moving with the data.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/histogram_internal.h"
#include "support/harness.h"
#include "support/small_world.h"

#define MOST 4000
#define STEPS 200

static unsigned rounds(void) {
    const char *text = getenv("VC_TEST_MULTIPLIER");
    unsigned long factor = text ? strtoul(text, NULL, 10) : 1;
    return 300 * (unsigned)(factor > 0 ? factor : 1);
}

/* From 1 to MOST values of one of five shapes; whole numbers if asked for. */
static size_t make_values(unsigned seed, bool whole, double *x) {
    unsigned state = seed * 2654435761u;
    size_t n = 1 + (size_t)(vct_random(&state) * (MOST - 1));
    double scale = exp(10 * vct_random(&state)),
           middle = scale * (vct_random(&state) - 0.3);
    for (size_t i = 0; i < n; i++) {
        double u = vct_random(&state), v = vct_random(&state), z = log(u / (1 - u));
        double shapes[] = {u, z, z * z * z, v < 0.9 ? 1 : 50 * u, 0.385};
        x[i] = middle + scale * shapes[seed % 5];
        if (whole) x[i] = floor(x[i]);
    }
    return n;
}

static void fill(vci_histogram *h, bool whole, size_t n, const double *x) {
    vci_histogram_init(h, whole);
    vci_histogram_add(h, n, x);
}

START_TEST(in_order_and_inside) {
    static double x[MOST];
    for (unsigned seed = 1; seed <= rounds(); seed++)
        for (int whole = 0; whole < 2; whole++) {
            vci_histogram h;
            size_t n = make_values(seed, whole, x);
            fill(&h, whole, n, x);
            double before = h.least;
            for (int i = 0; i <= STEPS; i++) {
                double q = vci_histogram_quantile(&h, (double)i / STEPS);
                ck_assert_msg(q >= before && q <= h.most, "seed %u: %g after %g at %d",
                              seed, q, before, i);
                ck_assert_msg(!whole || q == floor(q), "seed %u: %g", seed, q);
                before = q;
            }
            ck_assert_msg(before == h.most, "seed %u", seed);
        }
}
END_TEST

/* A power of two changes no digit, so the quantiles move to the bit. */
START_TEST(a_change_of_unit_changes_nothing_else) {
    static double x[MOST], y[MOST];
    for (unsigned seed = 1; seed <= rounds(); seed++) {
        vci_histogram h, g;
        size_t n = make_values(seed, false, x);
        for (size_t i = 0; i < n; i++) y[i] = x[i] * 0x1p-20;
        fill(&h, false, n, x);
        fill(&g, false, n, y);
        if (h.least == 0 && h.most == 0) continue;
        for (int i = 0; i <= STEPS; i++) {
            double p = (double)i / STEPS, q = vci_histogram_quantile(&h, p);
            ck_assert_msg(vci_histogram_quantile(&g, p) == q * 0x1p-20, "seed %u", seed);
        }
    }
}
END_TEST

START_TEST(any_division_gives_the_same_bits) {
    static double x[MOST];
    for (unsigned seed = 1; seed <= rounds(); seed++) {
        unsigned state = ~seed * 2654435761u;
        vci_histogram h, parts;
        size_t n = make_values(seed, seed % 2, x), at = 0;
        fill(&h, seed % 2, n, x);
        vci_histogram_init(&parts, seed % 2);
        while (at < n) {
            size_t step = (size_t)(vct_random(&state) * 700);
            if (step > n - at) step = n - at;
            vci_histogram_add(&parts, step, x + at);
            at += step;
        }
        ck_assert_msg(!memcmp(&h, &parts, sizeof h), "seed %u", seed);
    }
}
END_TEST

START_TEST(a_constant_stays_one) {
    static double x[MOST];
    for (unsigned seed = 1; seed <= rounds(); seed++) {
        unsigned state = seed * 2654435761u;
        double value = (vct_random(&state) - 0.5) * exp(40 * (vct_random(&state) - 0.5));
        vci_histogram h;
        for (size_t i = 0; i < MOST; i++) x[i] = value;
        fill(&h, false, MOST, x);
        for (int i = 0; i <= STEPS; i++)
            ck_assert_msg(vci_histogram_quantile(&h, (double)i / STEPS) == value, "%g",
                          value);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {
        VCT(in_order_and_inside), VCT(a_change_of_unit_changes_nothing_else),
        VCT(any_division_gives_the_same_bits), VCT(a_constant_stays_one)};
    return vct_run("property/quantiles", tests, VCT_COUNT(tests));
}
