/* Allocation: zeroed, overflow-checked, failable in tests. */
#include "core/memory_internal.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Calls left until one fails; negative: none does. Per thread, set by tests only. */
static _Thread_local long calls_left = -1;

void vci_memory_fail_at(long calls) { calls_left = calls; }

static bool must_fail(void) { return calls_left >= 0 && calls_left-- == 0; }

/*
 * No object is larger than half the address space; sanitizers end a program that asks for
 * one.
 */
static bool fits(size_t n, size_t size) {
    return size == 0 || n <= (size_t)PTRDIFF_MAX / size;
}

void *vci_alloc(size_t n, size_t size) {
    if (must_fail() || !fits(n, size)) return NULL;
    return calloc(n ? n : 1, size ? size : 1);
}

void *vci_realloc(void *block, size_t n, size_t size) {
    if (must_fail() || !fits(n, size)) return NULL;
    size_t bytes = n * size;
    return realloc(block, bytes > 0 ? bytes : 1);
}

void vci_free(void *block) { free(block); }

char *vci_text_copy(const char *text, size_t n) {
    char *copy = vci_alloc(n + 1, 1);
    if (copy && n) memcpy(copy, text, n);
    return copy;
}

char *vci_text_format(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = n < 0 ? NULL : vci_alloc((size_t)n + 1, 1);
    if (!text) return NULL;
    va_start(arguments, format);
    vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return text;
}
