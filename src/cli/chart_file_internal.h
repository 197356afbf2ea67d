/* Where charts go. */
#ifndef VCI_CHART_FILE_INTERNAL_H
#define VCI_CHART_FILE_INTERNAL_H

#include "vitalcast/status.h"

/* Makes a folder and those above it, where they are missing. */
vc_status vci_folder_make(const char *path);

#endif
