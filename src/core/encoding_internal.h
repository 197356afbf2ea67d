/* Bytes of an input file to clean UTF-8 text. */
#ifndef VCI_ENCODING_INTERNAL_H
#define VCI_ENCODING_INTERNAL_H

#include "core/finding_internal.h"

/*
 * Text of a file: UTF-8 (byte-order mark taken off), UTF-16 with a byte-order mark, or what
 * is declared
 * ("gb18030", "gbk", "big5", "utf-8" …; NULL: nothing). Line ends become LF, one final ^Z
 * goes. Nothing is guessed: bytes that are not UTF-8 are a fault (F06) that shows how they
 * read in likely encodings. Also F01 (empty), F07 (mojibake), F08 (two encodings), F09
 * (control characters).
 *
 * *text is NULL after a fault, VC_OK is returned then too; owned by the caller, zero byte
 * behind its end.
 */
vc_status vci_decode(const char *file, const unsigned char *bytes, size_t n,
                     const char *declared, vc_findings *findings, char **text,
                     size_t *n_text);

#endif
