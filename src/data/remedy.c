#include "data/remedy_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The formats are the table of texts: both languages of a text take the same arguments. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

vci_remedy vci_remedy_make(const vc_findings *findings, vci_text id, ...) {
    vci_remedy remedy = {.text = ""};
    va_list arguments;
    va_start(arguments, id);
    int n = vsnprintf(remedy.text, sizeof remedy.text, vci_text_get(id, findings->language),
                      arguments);
    va_end(arguments);
    if (n < (int)sizeof remedy.text) return remedy;
    /* Step back over the bytes of a character that was cut in two. */
    size_t end = sizeof remedy.text - 1;
    while (end > 0 && ((unsigned char)remedy.text[end - 1] & 0xC0) == 0x80) end--;
    if (end > 0 && ((unsigned char)remedy.text[end - 1] & 0x80)) end--;
    remedy.text[end] = '\0';
    return remedy;
}
