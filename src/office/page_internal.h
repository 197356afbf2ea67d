/* A text that grows line by line. */
#ifndef VCI_PAGE_INTERNAL_H
#define VCI_PAGE_INTERNAL_H

#include "core/status_internal.h"

typedef struct vci_page {
    char *text; /* [n], with an end mark behind it; NULL while empty */
    size_t n, capacity;
    bool failed; /* out of memory: later calls do nothing */
} vci_page;

void vci_page_add(vci_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void vci_page_add_bytes(vci_page *page, const char *bytes, size_t n);

/* In the quotes of YAML; of CSV where they are needed. */
void vci_page_yaml(vci_page *page, const char *text, size_t n);
void vci_page_csv(vci_page *page, const char *text);

void vci_page_free(vci_page *page);

#endif
