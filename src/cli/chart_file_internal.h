/* Where charts go: folders and names of files. */
#ifndef VCI_CHART_FILE_INTERNAL_H
#define VCI_CHART_FILE_INTERNAL_H

#include "vitalcast/status.h"

#define VCI_NAME_PART 60 /* bytes */

/*
 * A part of a file name from an id or code: letters of any script, digits, - and _; the
 * rest becomes _. Exact if nothing had to be changed.
 */
bool vci_name_part(const char *text, char part[VC_DIM(VCI_NAME_PART + 1)]);

/* Makes a folder and those above it, where they are missing. */
vc_status vci_folder_make(const char *path);

#endif
