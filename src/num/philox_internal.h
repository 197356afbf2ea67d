/* Philox4x32-10: a counter-based generator, no state. */
#ifndef VCI_PHILOX_INTERNAL_H
#define VCI_PHILOX_INTERNAL_H

#include <stdint.h>

typedef struct vci_philox {
    uint32_t word[4];
} vci_philox;

/*
 * Salmon, Moraes, Dror and Shaw (2011), SC'11, section 3.3. Checked by:
 * tests/known/philox.txt
 */
vci_philox vci_philox_block(const uint32_t counter[4], const uint32_t key[2]);

#endif
