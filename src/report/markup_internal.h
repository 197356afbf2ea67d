/* Text that grows: XML, HTML, JSON, with each kind's way to hold any text. */
#ifndef VCI_MARKUP_INTERNAL_H
#define VCI_MARKUP_INTERNAL_H

#include <string.h>

#include "core/status_internal.h"

typedef struct vci_markup {
    char *text; /* [n], with an end mark behind it; NULL while empty */
    size_t n, capacity;
    bool failed; /* out of memory: later calls do nothing */
} vci_markup;

/* As it is. */
void vci_markup_raw(vci_markup *markup, const void *bytes, size_t n);
void vci_markup_add(vci_markup *markup, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As text or attribute value of XML and HTML: & < > " ' become references. */
void vci_markup_escape(vci_markup *markup, const char *text);

/* As a JSON string, with its quotes. */
void vci_markup_quote(vci_markup *markup, const char *text);

/* As base64 (RFC 4648). */
void vci_markup_base64(vci_markup *markup, const void *bytes, size_t n);

vc_status vci_markup_check(const vci_markup *markup);

/* The text, now owned by the caller ("" where nothing was added); NULL: out of memory. */
char *vci_markup_take(vci_markup *markup);

void vci_markup_free(vci_markup *markup);

#endif
