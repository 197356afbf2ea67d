#include "store/library_internal.h"

#include <hdf5.h>

void vci_hdf5_version(unsigned version[static 3]) {
    version[0] = version[1] = version[2] = 0;
    H5get_libversion(&version[0], &version[1], &version[2]);
}
