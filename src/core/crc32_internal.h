/* CRC-32, as PNG and ZIP have it. */
#ifndef VCI_CRC32_INTERNAL_H
#define VCI_CRC32_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

uint32_t vci_crc32(const void *bytes, size_t n);

#endif
