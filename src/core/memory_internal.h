/* All allocation goes through here: overflow-checked, zeroed, and failable in tests. */
#ifndef VCI_MEMORY_INTERNAL_H
#define VCI_MEMORY_INTERNAL_H

#include <stddef.h>
#include <string.h>

#include "core/status_internal.h"

/*
 * Zeroed memory for n items of a size (n == 0 gives a valid pointer); NULL when there is
 * none.
 */
void *vci_alloc(size_t n, size_t size);

/*
 * Resizes a block of n items; new items are not zeroed. NULL, block unharmed, when it
 * fails.
 */
void *vci_realloc(void *block, size_t n, size_t size);

void vci_free(void *block);

/* A copy of n bytes of text with an end mark; NULL when there is no memory. */
char *vci_text_copy(const char *text, size_t n);

/* printf into fresh memory; NULL when there is none. */
char *vci_text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Tests: the allocation after `calls` more fails, once; negative: none does. This thread
 * only.
 */
void vci_memory_fail_at(long calls);

/*
 * pointer = zeroed memory for n items of its type, or VC_NO_MEMORY through the error idiom.
 */
#define VC_NEW(pointer, n)                                                                 \
    do {                                                                                   \
        (pointer) = vci_alloc((n), sizeof *(pointer));                                     \
        if (!(pointer)) VC_FAIL(VC_NO_MEMORY, "%zu items", (size_t)(n));                   \
    } while (0)

/* pointer = copy of a zero-ended text (NULL stays NULL). */
#define VC_COPY_TEXT(pointer, text)                                                        \
    do {                                                                                   \
        const char *text_ = (text);                                                        \
        (pointer) = text_ ? vci_text_copy(text_, strlen(text_)) : NULL;                    \
        if (text_ && !(pointer)) VC_FAIL(VC_NO_MEMORY, "text");                            \
    } while (0)

/*
 * Makes room for one more item in a growing list: doubles capacity when n == capacity.
 * Needs three lvalues: pointer, n, capacity.
 */
#define VC_GROW(pointer, n, capacity)                                                      \
    do {                                                                                   \
        if ((n) == (capacity)) {                                                           \
            size_t more_ = (capacity) ? 2 * (capacity) : 8;                                \
            void *grown_ = vci_realloc((pointer), more_, sizeof *(pointer));               \
            if (!grown_) VC_FAIL(VC_NO_MEMORY, "%zu items", more_);                        \
            (pointer) = grown_;                                                            \
            (capacity) = more_;                                                            \
        }                                                                                  \
    } while (0)

#endif
