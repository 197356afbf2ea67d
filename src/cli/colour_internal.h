/* Colours of cells on a terminal. */
#ifndef VCI_COLOUR_INTERNAL_H
#define VCI_COLOUR_INTERNAL_H

#include "cli/cli_internal.h"

typedef enum vci_shade { VCI_PLAIN, VCI_GOOD, VCI_BAD } vci_shade;

/*
 * --color=always or never; else colours go to a terminal only, and where NO_COLOR
 * (no-color.org) is not set.
 */
bool vci_colour_wanted(const vci_cli *cli);

/* The sequence of a terminal that begins a shade, and the one that ends any. */
const char *vci_colour_begin(vci_shade shade);
const char *vci_colour_end(void);

#endif
