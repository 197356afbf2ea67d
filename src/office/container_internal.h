/* A workbook's container: what a zip file says of itself before anything is unpacked. */
#ifndef VCI_CONTAINER_INTERNAL_H
#define VCI_CONTAINER_INTERNAL_H

#include "core/finding_internal.h"

/*
 * Is it a workbook that is safe to unpack: a whole zip file, not encrypted, of bounded size
 * and ratio, with the parts that a workbook must have and no link to other files? If not, a
 * fault I01, I02 or I03 says why. Sizes are those of the central directory, beyond which
 * no reader unpacks.
 */
vc_status vci_container_check(const char *file, const unsigned char *bytes, size_t n,
                              vc_findings *findings, bool *sound);

/* A file within the zip file, as it stands there: borrows from the bytes. */
typedef struct vci_part {
    const unsigned char *bytes;
    size_t packed, size; /* bytes as stored, and unpacked */
    unsigned method;     /* 0 stored, 8 deflated */
} vci_part;

/* Of a container that is sound; false if there is no such part or it lies outside. */
bool vci_container_part(const unsigned char *bytes, size_t n, const char *name,
                        vci_part *part);

/* Fault I18: dates that xlsx2csv would take for days from 1904, and which are not. */
vc_status vci_epoch_check(const char *file, const unsigned char *bytes, size_t n,
                          vc_findings *findings, bool *sound);

#endif
