/* Where this program finds models, plots and templates. */
#ifndef VCI_DATADIRS_INTERNAL_H
#define VCI_DATADIRS_INTERNAL_H

#include "vitalcast/datadir.h"

#define VCI_DATADIRS 4

typedef struct vci_datadirs {
    vc_datadirs dirs; /* what the library takes; borrows from here */
    const char *list[VCI_DATADIRS];
    char *owned[VCI_DATADIRS];
} vci_datadirs;

/*
 * In this order: the workspace (borrowed; NULL if there is none), $VITALCAST_DATADIR, the
 * source tree that the program was built in, share/vitalcast beside its bin folder.
 */
vc_status vci_datadirs_find(const char *workspace, vci_datadirs *datadirs);

void vci_datadirs_free(vci_datadirs *datadirs);

#endif
