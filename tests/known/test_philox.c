/*
 * Philox4x32-10 against the known answers that Random123 1.14 ships (its file kat_vectors)
 * and, where the package is there, against its own code on many blocks.
 */
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
    check((uint32_t[]){0, 0, 0, 0}, (uint32_t[]){0, 0},
          (uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    check((uint32_t[]){0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
          (uint32_t[]){0xffffffff, 0xffffffff},
          (uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    check((uint32_t[]){0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
          (uint32_t[]){0xa4093822, 0x299f31d0},
          (uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
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
