#ifndef VCI_LIBRARY_INTERNAL_H
#define VCI_LIBRARY_INTERNAL_H

/* Version of the HDF5 library that is linked: major, minor, release. */
void vci_hdf5_version(unsigned version[static 3]);

#endif
