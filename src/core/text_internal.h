/*
 * The table of texts: one X-macro list X(id, English, Chinese), in parts by module so that
 * a text stands beside its fellows. Texts may hold printf conversions; both languages take
 * the same arguments (use %1$s forms where the order differs).
 */
#ifndef VCI_TEXT_INTERNAL_H
#define VCI_TEXT_INTERNAL_H

#include "vitalcast/text.h"

typedef enum vci_text {
#define X(id, en, zh) id,
#include "core/text/all.def"
#undef X
    VCI_TEXTS
} vci_text;

/* The text in a language; never NULL. */
const char *vci_text_get(vci_text id, vc_language language);

#endif
