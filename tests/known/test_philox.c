/*
 * Philox4x32-10 against the known answers that Random123 1.14 ships (its file kat_vectors)
 * and, where the package is there, against its own code on many blocks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "num/philox_internal.h"
#include "support/harness.h"

#if __has_include(<Random123/philox.h>)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wconversion"
#include <Random123/philox.h>
#pragma GCC diagnostic pop
#define HAS_RANDOM123 1
#endif

static void check(const uint32_t counter[4], const uint32_t key[2],
                  const uint32_t want[4]) {
    vci_philox got = vci_philox_block(counter, key);
    for (int i = 0; i < 4; i++) ck_assert_uint_eq(got.word[i], want[i]);
}

START_TEST(published_vectors) {
    const char *path = vct_source("tests/known/philox.txt");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[256];
    size_t vectors = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        uint32_t word[10];
        char *at = line, *end;
        if (line[0] == '#' || !strncmp(line, "source:", 7)) continue;
        for (int i = 0; i < 10; i++, at = end) word[i] = (uint32_t)strtoul(at, &end, 16);
        check(word, word + 4, word + 6);
        vectors++;
    }
    fclose(file);
    ck_assert_uint_eq(vectors, 3);
}
END_TEST

START_TEST(agrees_with_random123) {
#ifdef HAS_RANDOM123
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t counter[4] = {i, i * 2654435761u, ~i, i << 7},
                 key[2] = {i * 40503u, ~i << 3};
        philox4x32_ctr_t c;
        philox4x32_key_t k;
        memcpy(c.v, counter, sizeof counter);
        memcpy(k.v, key, sizeof key);
        check(counter, key, philox4x32_R(10, c, k).v);
    }
#else
    vct_skip("no librandom123-dev");
#endif
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(published_vectors), VCT(agrees_with_random123)};
    return vct_run("known/philox", tests, VCT_COUNT(tests));
}
