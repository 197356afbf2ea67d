/*
 * Addressed random numbers against a second implementation (make_draws.py), bit for bit:
 * the promise that a stored run can be drawn again on any machine and by any compiler.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "num/random_internal.h"
#include "support/harness.h"

typedef struct address {
    char kind[16], code[64];
    uint64_t seed;
    uint32_t purpose, period, draw;
} address;

static void check_real(const address *a, double got, const char *want) {
    double expected;
    ck_assert_int_eq(sscanf(want, "%la", &expected), 1);
    ck_assert_msg(!memcmp(&got, &expected, sizeof got), "%s %s draw %u: %a, want %a",
                  a->kind, a->code, a->draw, got, expected);
}

static void check_count(const address *a, int64_t got, const char *want) {
    int64_t expected;
    ck_assert_int_eq(sscanf(want, "%" SCNd64, &expected), 1);
    ck_assert_msg(got == expected, "%s %s draw %u: %" PRId64 ", want %" PRId64, a->kind,
                  a->code, a->draw, got, expected);
}

/* words: parameters, then the result. */
static void check_line(const address *a, char words[3][64]) {
    vci_stream s = vci_stream_make(a->seed, a->code, a->purpose, a->period);
    double x = 0, parameter = 0;
    int64_t k = 0, trials = 0;
    bool binomial = !strcmp(a->kind, "binomial");
    if (binomial) ck_assert_int_eq(sscanf(words[0], "%" SCNd64, &trials), 1);
    sscanf(words[binomial], "%la", &parameter);
    if (!strcmp(a->kind, "uniform")) {
        vci_fill_uniform(&s, a->draw, 1, &x);
        check_real(a, x, words[0]);
    } else if (!strcmp(a->kind, "normal")) {
        vci_fill_normal(&s, a->draw, 1, 1, &x);
        check_real(a, x, words[0]);
    } else if (!strcmp(a->kind, "gamma")) {
        vci_fill_gamma(&s, a->draw, 1, &parameter, &x);
        check_real(a, x, words[1]);
    } else if (!strcmp(a->kind, "poisson")) {
        vci_fill_poisson(&s, a->draw, 1, &parameter, &k);
        check_count(a, k, words[1]);
    } else {
        ck_assert(binomial);
        vci_fill_binomial(&s, a->draw, 1, &trials, &parameter, &k);
        check_count(a, k, words[2]);
    }
}

START_TEST(same_bits_as_the_second_implementation) {
    const char *path = vct_source("tests/known/draws.txt");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[256], words[3][64];
    size_t n = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        address a;
        if (!strncmp(line, "source:", 7)) continue;
        ck_assert_int_ge(sscanf(line,
                                "%15s %" SCNu64 " %63s %" SCNu32 " %" SCNu32 " %" SCNu32
                                " %63s %63s %63s",
                                a.kind, &a.seed, a.code, &a.purpose, &a.period, &a.draw,
                                words[0], words[1], words[2]),
                         7);
        check_line(&a, words);
        n++;
    }
    fclose(file);
    ck_assert_uint_eq(n, 3 * 8 * 26);
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(same_bits_as_the_second_implementation)};
    return vct_run("known/draws", tests, VCT_COUNT(tests));
}
