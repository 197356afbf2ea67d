#include "office/page_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/memory_internal.h"

void vci_page_add_bytes(vci_page *page, const char *bytes, size_t n) {
    if (page->failed) return;
    if (page->capacity - page->n <= n) {
        size_t more = 2 * page->capacity + n + 256;
        char *text = vci_realloc(page->text, more, 1);
        page->failed = !text;
        if (!text) return;
        page->text = text;
        page->capacity = more;
    }
    memcpy(page->text + page->n, bytes, n);
    page->n += n;
    page->text[page->n] = '\0';
}

/* The format of every caller is checked; this one passes it on. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

void vci_page_add(vci_page *page, const char *format, ...) {
    char line[4096];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (n < 0 || (size_t)n >= sizeof line)
        page->failed = true;
    else
        vci_page_add_bytes(page, line, (size_t)n);
}

void vci_page_yaml(vci_page *page, const char *text, size_t n) {
    vci_page_add_bytes(page, "\"", 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') vci_page_add_bytes(page, "\\", 1);
        if (c < 0x20)
            vci_page_add(page, "\\x%02x", c);
        else
            vci_page_add_bytes(page, text + i, 1);
    }
    vci_page_add_bytes(page, "\"", 1);
}

void vci_page_csv(vci_page *page, const char *text) {
    if (!strpbrk(text, ",\"\n")) {
        vci_page_add_bytes(page, text, strlen(text));
        return;
    }
    vci_page_add_bytes(page, "\"", 1);
    for (; *text; text++) {
        if (*text == '"') vci_page_add_bytes(page, "\"", 1);
        vci_page_add_bytes(page, text, 1);
    }
    vci_page_add_bytes(page, "\"", 1);
}

void vci_page_free(vci_page *page) {
    vci_free(page->text);
    memset(page, 0, sizeof *page);
}
