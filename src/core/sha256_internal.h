/* SHA-256. */
#ifndef VCI_SHA256_INTERNAL_H
#define VCI_SHA256_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

typedef struct vci_sha256_state {
    uint32_t hash[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
} vci_sha256_state;

void vci_sha256_begin(vci_sha256_state *state);
void vci_sha256_add(vci_sha256_state *state, const void *bytes, size_t n);
void vci_sha256_end(vci_sha256_state *state, uint8_t digest[32]);

void vci_sha256(const void *bytes, size_t n, uint8_t digest[32]);

/* 64 lower-case digits and an end mark. */
void vci_sha256_hex(const uint8_t digest[32], char text[65]);

#endif
