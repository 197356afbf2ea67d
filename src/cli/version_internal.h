#ifndef VCI_VERSION_INTERNAL_H
#define VCI_VERSION_INTERNAL_H

#include <stdio.h>

/* Version of the program and of what it is linked to, a line each. */
void vci_version_print(FILE *out);

#endif
