/* Source: ISO/IEC 15948:2004 (PNG), annex D; the polynomial is that of ITU-T V.42. */
#include "core/crc32_internal.h"

uint32_t vci_crc32(const void *bytes, size_t n) {
    const unsigned char *byte = bytes;
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= byte[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}
