/* Addressed numbers: what a draw is does not depend on how it is asked for. */
#include <math.h>
#include <string.h>

#include "num/random_internal.h"
#include "support/harness.h"

#define N 500

static vci_stream stream(void) {
    return vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_MALES), 2013 * 12 + 6);
}

START_TEST(draws_do_not_depend_on_the_division) {
    double mean[N], shape[N], z[2 * N], part_z[2 * N], g[N], part_g[N];
    int64_t k[N], part_k[N];
    vci_stream s = stream();
    for (size_t d = 0; d < N; d++) {
        mean[d] = 0.1 * (double)d;
        shape[d] = 0.2 + 0.05 * (double)d;
    }
    vci_fill_poisson(&s, 100, N, mean, k);
    vci_fill_gamma(&s, 100, N, shape, g);
    vci_fill_normal(&s, 100, N, 2, z);
    for (size_t at = 0; at < N; at += 7) {
        size_t n = N - at < 7 ? N - at : 7;
        vci_fill_poisson(&s, 100 + (uint32_t)at, n, mean + at, part_k + at);
        vci_fill_gamma(&s, 100 + (uint32_t)at, n, shape + at, part_g + at);
        vci_fill_normal(&s, 100 + (uint32_t)at, n, 2, part_z + 2 * at);
    }
    ck_assert_mem_eq(k, part_k, sizeof k);
    ck_assert_mem_eq(g, part_g, sizeof g);
    ck_assert_mem_eq(z, part_z, sizeof z);
}
END_TEST

START_TEST(addresses_differ_in_every_part) {
    vci_stream s = stream();
    vci_stream others[] = {
        vci_stream_make(2, "990101", VCI_PLACE(2, VCI_FOR_MALES), 2013 * 12 + 6),
        vci_stream_make(1, "990102", VCI_PLACE(2, VCI_FOR_MALES), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(1, VCI_FOR_MALES), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_FEMALES), 2013 * 12 + 6),
        vci_stream_make(1, "990101", VCI_PLACE(2, VCI_FOR_MALES), 2013 * 12 + 7)};
    for (size_t i = 0; i < VCT_COUNT(others); i++)
        ck_assert_mem_ne(&s, &others[i], sizeof s);
    ck_assert(vci_mix_text(1, "birth_rate") != vci_mix_text(1, "death_rate"));
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

int main(void) {
    static const vct_test tests[] = {VCT(draws_do_not_depend_on_the_division),
                                     VCT(addresses_differ_in_every_part),
                                     VCT(odd_arguments_never_hang)};
    return vct_run("num/random", tests, VCT_COUNT(tests));
}
