#include "store/quoted_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"

char *vci_quoted(const char *text) {
    char *out = vci_alloc(6 * strlen(text) + 3, 1), *to = out;
    if (!out) return NULL;
    *to++ = '"';
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c < 0x20) {
            to += sprintf(to, "\\u%04x", *c);
        } else {
            if (*c == '"' || *c == '\\') *to++ = '\\';
            *to++ = (char)*c;
        }
    }
    *to++ = '"';
    *to = 0;
    return out;
}

char vci_unescaped(const char **from) {
    unsigned code = 0;
    (*from)++;
    if (**from != 'u' || strspn(*from + 1, "0123456789abcdef") < 4) return **from;
    sscanf(*from + 1, "%4x", &code);
    *from += 4;
    return (char)code;
}
