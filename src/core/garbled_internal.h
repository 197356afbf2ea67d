/* Text that a wrong conversion has spoilt. */
#ifndef VCI_GARBLED_INTERNAL_H
#define VCI_GARBLED_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Does well-formed UTF-8 text[n] hold U+FFFD, or Chinese that was once UTF-8 read as GBK?
 * *at is the first such place. Only the first 64 KiB are tried for the latter, each stretch
 * beyond ASCII by itself: turned back into GBK, most of them must be UTF-8.
 */
bool vci_garbled_find(const char *text, size_t n, size_t *at);

#endif
