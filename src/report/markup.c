#include "report/markup_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/memory_internal.h"

static bool reserve(vci_markup *m, size_t more) {
    size_t capacity = m->capacity ? m->capacity : 256;
    if (m->failed) return false;
    while (capacity - m->n <= more) capacity *= 2;
    if (capacity == m->capacity) return true;
    char *text = vci_realloc(m->text, capacity, 1);
    m->failed = !text;
    if (text) {
        m->text = text;
        m->text[m->n] = '\0';
        m->capacity = capacity;
    }
    return text != NULL;
}

void vci_markup_raw(vci_markup *m, const void *bytes, size_t n) {
    if (!reserve(m, n)) return;
    memcpy(m->text + m->n, bytes, n);
    m->n += n;
    m->text[m->n] = '\0';
}

void vci_markup_add(vci_markup *m, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0 || !reserve(m, (size_t)n)) return;
    va_start(arguments, format);
    vsnprintf(m->text + m->n, (size_t)n + 1, format, arguments);
    va_end(arguments);
    m->n += (size_t)n;
}

static const char *reference_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void vci_markup_escape(vci_markup *m, const char *text) {
    for (const char *c = text; *c;) {
        size_t n = strcspn(c, "&<>\"'");
        vci_markup_raw(m, c, n);
        c += n;
        if (*c) vci_markup_raw(m, reference_of(*c), strlen(reference_of(*c))), c++;
    }
}

void vci_markup_quote(vci_markup *m, const char *text) {
    vci_markup_raw(m, "\"", 1);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            vci_markup_add(m, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            vci_markup_add(m, "\\u%04x", (unsigned)*c);
        else
            vci_markup_raw(m, c, 1);
    }
    vci_markup_raw(m, "\"", 1);
}

void vci_markup_base64(vci_markup *m, const void *bytes, size_t n) {
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *from = bytes;
    if (!reserve(m, (n + 2) / 3 * 4)) return;
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned group = (unsigned)from[i] << 16;
        if (left > 1) group |= (unsigned)from[i + 1] << 8;
        if (left > 2) group |= from[i + 2];
        char four[4] = {digits[group >> 18], digits[group >> 12 & 63],
                        left > 1 ? digits[group >> 6 & 63] : '=',
                        left > 2 ? digits[group & 63] : '='};
        vci_markup_raw(m, four, sizeof four);
    }
}

vc_status vci_markup_check(const vci_markup *m) {
    return m->failed ? vci_fail(VC_NO_MEMORY, __FILE__, __LINE__, "text") : VC_OK;
}

char *vci_markup_take(vci_markup *m) {
    char *text = m->text;
    if (m->failed) {
        vci_markup_free(m);
        return NULL;
    }
    *m = (vci_markup){0};
    return text ? text : vci_text_copy("", 0);
}

void vci_markup_free(vci_markup *m) {
    vci_free(m->text);
    *m = (vci_markup){0};
}
