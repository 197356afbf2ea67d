/* Addressed numbers: what a draw is does not depend on how it is asked for. */
#include <math.h>
#include <string.h>

#include "core/memory_internal.h"
#include "num/random_internal.h"
#include "support/harness.h"

#define N 500

static vci_stream stream(void) {
    return vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_PART), 2013 * 12 + 6);
}

START_TEST(draws_do_not_depend_on_the_division) {
    double mean[N], shape[N], p[N], z[2 * N], part_z[2 * N], g[N], part_g[N];
    int64_t k[N], part_k[N], trials[N], b[N], part_b[N];
    vci_stream s = stream();
    for (size_t d = 0; d < N; d++) {
        mean[d] = 0.1 * (double)d;
        shape[d] = 0.2 + 0.05 * (double)d;
        p[d] = (double)d / N;
        trials[d] = 5 + (int64_t)d;
    }
    vci_fill_poisson(&s, 100, N, mean, k);
    vci_fill_gamma(&s, 100, N, shape, g);
    vci_fill_normal(&s, 100, N, 2, z);
    vci_fill_binomial(&s, 100, N, trials, p, b);
    for (size_t at = 0; at < N; at += 7) {
        size_t n = N - at < 7 ? N - at : 7;
        vci_fill_poisson(&s, 100 + (uint32_t)at, n, mean + at, part_k + at);
        vci_fill_gamma(&s, 100 + (uint32_t)at, n, shape + at, part_g + at);
        vci_fill_normal(&s, 100 + (uint32_t)at, n, 2, part_z + 2 * at);
        vci_fill_binomial(&s, 100 + (uint32_t)at, n, trials + at, p + at, part_b + at);
    }
    ck_assert_mem_eq(k, part_k, sizeof k);
    ck_assert_mem_eq(g, part_g, sizeof g);
    ck_assert_mem_eq(z, part_z, sizeof z);
    ck_assert_mem_eq(b, part_b, sizeof b);
}
END_TEST

START_TEST(addresses_differ_in_every_part) {
    vci_stream s = stream();
    vci_stream others[] = {
        vci_stream_make(2, "990101", VCI_PLACE(2, VCI_FOR_PART), 2013 * 12 + 6),
        vci_stream_make(1, "990102", VCI_PLACE(2, VCI_FOR_PART), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(1, VCI_FOR_PART), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_REST), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_PART), 2013 * 12 + 7)};
    for (size_t i = 0; i < VCT_COUNT(others); i++)
        ck_assert_mem_ne(&s, &others[i], sizeof s);
    ck_assert(vci_mix_text(1, "birth_rate") != vci_mix_text(1, "death_rate"));
}
END_TEST

START_TEST(codes_with_the_same_key_are_found) {
    /* Two have the same FNV-1a hash, 0x4eac0c95540867e4 (a published pair). */
    static const char *const codes[] = {"990101", "8yn0iYCKYHlIj4-BwPqk", "臺北市",
                                        "GReLUrM4wMqfg9yzV3KQ", "990102"};
    static const char *const twice[] = {"990101", "990101"};
    size_t clash[2];
    ck_assert_int_eq(vci_unit_keys_clash(5, codes, clash), VC_OK);
    ck_assert(clash[0] == 1 && clash[1] == 3);
    ck_assert_int_eq(vci_unit_keys_clash(3, codes, clash), VC_OK);
    ck_assert(clash[0] == 3 && clash[1] == 3);
    ck_assert_int_eq(vci_unit_keys_clash(0, codes, clash), VC_OK);
    ck_assert(clash[0] == 0 && clash[1] == 0);
    ck_assert_int_eq(vci_unit_keys_clash(2, twice, clash), VC_OK);
    ck_assert(clash[0] == 2 && clash[1] == 2);
    for (uint64_t seed = 0; seed < 100; seed++) {
        ck_assert(vci_unit_key(seed, codes[1]) == vci_unit_key(seed, codes[3]));
        ck_assert(vci_unit_key(seed, codes[2]) != vci_unit_key(seed, codes[3]));
    }
    vci_memory_fail_at(0);
    ck_assert_int_eq(vci_unit_keys_clash(5, codes, clash), VC_NO_MEMORY);
    vci_memory_fail_at(-1);
}
END_TEST

START_TEST(odd_arguments_never_hang) {
    vci_stream s = stream();
    double mean[] = {0, -1, (double)NAN, 1e15, (double)INFINITY, 1e-300};
    int64_t k[6];
    vci_fill_poisson(&s, 0, 6, mean, k);
    ck_assert(k[0] == 0 && k[1] == 0 && k[2] == 0 && k[5] == 0);
    ck_assert(fabs((double)k[3] - 1e15) < 1e10);
    double shape[] = {0, -2, (double)NAN, (double)INFINITY}, g[4];
    vci_fill_gamma(&s, 0, 4, shape, g);
    for (size_t i = 0; i < 4; i++) ck_assert(isnan(g[i]));
    int64_t trials[] = {0, 10, 10, -5};
    double p[] = {0.5, 0, 1, 0.7};
    vci_fill_binomial(&s, 0, 4, trials, p, k);
    ck_assert(k[0] == 0 && k[1] == 0 && k[2] == 10 && k[3] == 0);
}
END_TEST

START_TEST(great_numbers_never_hang) {
    enum { MANY = 2000 };
    static const double means[] = {1e9, 1e12, 1e15};
    double mean[MANY], p[MANY], shape[MANY], g[MANY];
    int64_t k[MANY], trials[MANY];
    vci_stream s = stream();
    for (size_t m = 0; m < VCT_COUNT(means); m++) {
        for (size_t d = 0; d < MANY; d++) mean[d] = means[m];
        vci_fill_poisson(&s, 0, MANY, mean, k);
        for (size_t d = 0; d < MANY; d++)
            ck_assert(fabs((double)k[d] - means[m]) < 100 * sqrt(means[m]));
    }
    for (size_t d = 0; d < MANY; d++) {
        trials[d] = d % 2 ? INT64_MAX : (int64_t)1 << 50;
        p[d] = d % 3 ? 0.5 : 1e-18 + 1e-3 * (double)d;
        shape[d] = d % 2 ? 1e300 : 1e-300;
    }
    vci_fill_binomial(&s, 0, MANY, trials, p, k);
    for (size_t d = 0; d < MANY; d++) ck_assert(k[d] >= 0 && k[d] <= trials[d]);
    vci_fill_gamma(&s, 0, MANY, shape, g);
    for (size_t d = 0; d < MANY; d++) {
        if (d % 2) CHECK_CLOSE(g[d], 1e300, 1e-10, 0);
        if (d % 2 == 0) ck_assert(g[d] == 0);
    }
}
END_TEST

START_TEST(odd_probabilities_are_survived) {
    vci_stream s = stream();
    const int64_t trials[] = {10, 10, 10, 1000000};
    const double p[] = {(double)NAN, -0.5, 1.5, 1e-300};
    int64_t k[4];
    vci_fill_binomial(&s, 0, 4, trials, p, k);
    ck_assert(k[0] == 0 && k[1] == 0 && k[2] == 10 && k[3] == 0);
}
END_TEST

/* Each uniform is an odd multiple of 2^-53: in the middle of its interval, never 0 or 1. */
START_TEST(uniforms_lie_in_the_middle) {
    static double u[100000];
    vci_stream s = stream();
    vci_fill_uniform(&s, 0, 100000, u);
    for (size_t d = 0; d < 100000; d++) {
        ck_assert(u[d] > 0 && u[d] < 1);
        ck_assert(fmod(u[d] * 0x1p53, 2) == 1);
    }
}
END_TEST

START_TEST(draws_wrap_around_alike) {
    double u[4], again[2];
    vci_stream s = stream();
    vci_fill_uniform(&s, UINT32_MAX - 1, 4, u);
    vci_fill_uniform(&s, 0, 2, again);
    ck_assert_mem_eq(u + 2, again, sizeof again);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(draws_do_not_depend_on_the_division),
                                     VCT(addresses_differ_in_every_part),
                                     VCT(codes_with_the_same_key_are_found),
                                     VCT(odd_arguments_never_hang),
                                     VCT(great_numbers_never_hang),
                                     VCT(odd_probabilities_are_survived),
                                     VCT(uniforms_lie_in_the_middle),
                                     VCT(draws_wrap_around_alike)};
    return vct_run("num/random", tests, VCT_COUNT(tests));
}
