/* Everything that the program says leaves through here, made safe for a terminal. */
#ifndef VCI_SAY_INTERNAL_H
#define VCI_SAY_INTERNAL_H

#include <stdio.h>

#include "core/text_internal.h"
#include "vitalcast/status.h"

/* Writes text; what could steer a terminal or turn its direction becomes "?". */
void vci_say_plain(FILE *out, const char *text);

/* Writes a text of the table with its arguments, made safe as a whole, and a line end. */
void vci_say_line(FILE *out, vc_language language, vci_text text, ...);

/*
 * Code point at *text, which moves behind it; U+FFFD for one byte that is not UTF-8.
 * *text must not stand at the end mark.
 */
unsigned vci_utf8_next(const char **text);

/* Would a terminal act on it instead of showing it? Line ends and tabs count. */
bool vci_steers(unsigned code);

/*
 * Reports a failure on stderr (nothing for VC_OK and VC_BAD_INPUT, whose findings have been
 * shown) and returns the exit code.
 */
int vci_say_failure(vc_language language, vc_status st);

#endif
