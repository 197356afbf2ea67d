/* A ZIP archive of small texts, stored without compression. */
#ifndef VCI_ZIP_INTERNAL_H
#define VCI_ZIP_INTERNAL_H

#include "report/markup_internal.h"

#define VCI_ZIP_FILES 64

typedef struct vci_zip {
    vci_markup bytes, directory;
    size_t n;
} vci_zip;

/* Equal files give equal archives: every file is of 1980-01-01. */
void vci_zip_add(vci_zip *zip, const char *name, const void *bytes, size_t n);

/* Ends the archive, which is zip->bytes then. VC_NO_MEMORY; VC_BUG for too many files. */
vc_status vci_zip_end(vci_zip *zip);

void vci_zip_free(vci_zip *zip);

#endif
