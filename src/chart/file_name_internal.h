/* Names of files from ids and codes of other people. */
#ifndef VCI_FILE_NAME_INTERNAL_H
#define VCI_FILE_NAME_INTERNAL_H

#include "vitalcast/api.h"

#define VCI_NAME_PART 60 /* bytes */

/*
 * A part of a file name from an id or code: letters of any script, digits, - and _; the
 * rest becomes _. Exact if nothing had to be changed.
 */
bool vci_name_part(const char *text, char part[VC_DIM(VCI_NAME_PART + 1)]);

#endif
