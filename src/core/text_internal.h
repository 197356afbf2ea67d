/*
 * The table of texts: one X-macro list X(id, English, Chinese), in parts by module so that
 * a text stands beside its fellows. Texts may hold printf conversions; both languages take
 * the same arguments (use %1$s forms where the order differs).
 */
#ifndef VCI_TEXT_INTERNAL_H
#define VCI_TEXT_INTERNAL_H

#include <stdarg.h>

#include "vitalcast/text.h"

typedef enum vci_text {
#define X(id, en, zh) id,
#include "core/text/all.def"
#undef X
    VCI_TEXTS
} vci_text;

/* The text in a language; never NULL. */
const char *vci_text_get(vci_text id, vc_language language);

/* What to do about the fault that a text tells of (text/remedy.def); NULL if it says so. */
const char *vci_text_remedy(vci_text message, vc_language language);

/* The text with its conversions filled in; the caller's to free, NULL without memory. */
char *vci_text_say(vc_language language, vci_text id, ...);
char *vci_text_say_list(vc_language language, vci_text id, va_list arguments);

#endif
