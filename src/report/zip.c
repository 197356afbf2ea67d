/* Source: PKWARE, .ZIP File Format Specification 6.3.3, sections 4.3.7, 4.3.12, 4.3.16. */
#include "report/zip_internal.h"

#include "core/crc32_internal.h"

#define VERSION 20          /* 2.0: folders */
#define UTF8_NAME (1 << 11) /* general purpose flag */
#define DAY (1 << 5 | 1)    /* 1980-01-01 */

static void put(vci_markup *m, uint32_t number, int bytes) {
    unsigned char little[4];
    for (int i = 0; i < bytes; i++) little[i] = (unsigned char)(number >> 8 * i);
    vci_markup_raw(m, little, (size_t)bytes);
}

/* What the local header and the directory's entry have in common. */
static void put_description(vci_markup *m, const char *name, uint32_t crc, uint32_t n) {
    put(m, VERSION, 2);
    put(m, UTF8_NAME, 2);
    put(m, 0, 2); /* stored */
    put(m, 0, 2);
    put(m, DAY, 2);
    put(m, crc, 4);
    put(m, n, 4);
    put(m, n, 4);
    put(m, (uint32_t)strlen(name), 2);
    put(m, 0, 2);
}

void vci_zip_add(vci_zip *zip, const char *name, const void *bytes, size_t n) {
    uint32_t crc = vci_crc32(bytes, n), at = (uint32_t)zip->bytes.n;
    put(&zip->bytes, 0x04034b50, 4);
    put_description(&zip->bytes, name, crc, (uint32_t)n);
    vci_markup_raw(&zip->bytes, name, strlen(name));
    vci_markup_raw(&zip->bytes, bytes, n);

    put(&zip->directory, 0x02014b50, 4);
    put(&zip->directory, VERSION, 2);
    put_description(&zip->directory, name, crc, (uint32_t)n);
    put(&zip->directory, 0, 2); /* comment, disk, attributes */
    put(&zip->directory, 0, 2);
    put(&zip->directory, 0, 2);
    put(&zip->directory, 0, 4);
    put(&zip->directory, at, 4);
    vci_markup_raw(&zip->directory, name, strlen(name));
    zip->n++;
}

vc_status vci_zip_end(vci_zip *zip) {
    vc_status st = VC_OK;
    uint32_t at = (uint32_t)zip->bytes.n, n = (uint32_t)zip->directory.n;
    if (zip->n > VCI_ZIP_FILES) VC_FAIL(VC_BUG, "%zu files", zip->n);
    VC_TRY(vci_markup_check(&zip->directory));
    vci_markup_raw(&zip->bytes, zip->directory.text, zip->directory.n);
    put(&zip->bytes, 0x06054b50, 4);
    put(&zip->bytes, 0, 4);
    put(&zip->bytes, (uint32_t)zip->n, 2);
    put(&zip->bytes, (uint32_t)zip->n, 2);
    put(&zip->bytes, n, 4);
    put(&zip->bytes, at, 4);
    put(&zip->bytes, 0, 2);
    VC_TRY(vci_markup_check(&zip->bytes));
out:
    return st;
}

void vci_zip_free(vci_zip *zip) {
    vci_markup_free(&zip->bytes);
    vci_markup_free(&zip->directory);
    zip->n = 0;
}
