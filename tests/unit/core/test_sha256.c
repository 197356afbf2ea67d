/* SHA-256: examples of FIPS 180-4 and of NIST's test vectors. */
#include <string.h>

#include "core/sha256_internal.h"
#include "support/harness.h"

static void check(const void *bytes, size_t n, const char *want) {
    uint8_t digest[32];
    char text[65];
    vci_sha256(bytes, n, digest);
    vci_sha256_hex(digest, text);
    ck_assert_str_eq(text, want);
}

START_TEST(published_examples) {
    const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    check("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check(two, strlen(two),
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(a_million_letters_in_pieces) {
    char a[997];
    uint8_t digest[32];
    char text[65];
    vci_sha256_state s;
    memset(a, 'a', sizeof a);
    vci_sha256_begin(&s);
    for (size_t left = 1000000; left > 0;) {
        size_t n = left < sizeof a ? left : sizeof a;
        vci_sha256_add(&s, a, n);
        left -= n;
    }
    vci_sha256_end(&s, digest);
    vci_sha256_hex(digest, text);
    ck_assert_str_eq(text,
                     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

START_TEST(every_length_around_a_block) {
    unsigned char bytes[200] = {0};
    uint8_t whole[32], parts[32];
    for (size_t n = 0; n <= sizeof bytes; n++) {
        vci_sha256_state s;
        vci_sha256(bytes, n, whole);
        vci_sha256_begin(&s);
        vci_sha256_add(&s, bytes, n / 3);
        vci_sha256_add(&s, bytes + n / 3, n - n / 3);
        vci_sha256_end(&s, parts);
        ck_assert_mem_eq(whole, parts, 32);
    }
}
END_TEST

int main(void) {
    static const vct_test tests[] = {VCT(published_examples),
                                     VCT(a_million_letters_in_pieces),
                                     VCT(every_length_around_a_block)};
    return vct_run("core/sha256", tests, VCT_COUNT(tests));
}
