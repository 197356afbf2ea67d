/* Texts that people take for equal: blanks, full-width forms, near misses. */
#ifndef VCI_NORMALISE_INTERNAL_H
#define VCI_NORMALISE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/status_internal.h"

/*
 * Takes blanks of every kind off both ends of UTF-8 text[n]: ASCII ones, no-break and
 * ideographic spaces, zero-width characters, soft hyphens, direction marks, byte-order
 * marks.
 */
void vci_trim(const char **text, size_t *n);

/*
 * The form in which two names are compared: full-width letters, digits and signs as ASCII,
 * ASCII letters in lower case, blanks and invisible characters left out. plain is owned by
 * the caller.
 */
vc_status vci_text_normalise(const char *text, size_t n, char **plain);

/*
 * The word of a list that is nearest to text[n] by edits of one code point, at most a third
 * of its length away (at least one edit is allowed); NULL if none is near. Texts of more
 * than 64 code points are near to nothing.
 */
const char *vci_nearest(const char *text, size_t n, const char *const *words,
                        size_t n_words);

/*
 * Length of the UTF-8 sequence at text[n], n > 0, and its code point. A sequence that RFC
 * 3629 does not allow (cut off, overlong, a surrogate) has length 1 and U+FFFD.
 */
size_t vci_code_point(const char *text, size_t n, uint32_t *code);

#endif
