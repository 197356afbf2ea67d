/* Text tables aligned by display width: a Chinese character is two columns wide. */
#ifndef VCI_TABLE_PRINT_INTERNAL_H
#define VCI_TABLE_PRINT_INTERNAL_H

#include <stdio.h>

#include "cli/colour_internal.h"
#include "vitalcast/status.h"

/* How many columns of a terminal a text takes once it has been made safe. */
size_t vci_display_width(const char *text);

/*
 * Cells row by row; zeroed is empty. A row that was begun and left empty is a blank line.
 */
typedef struct vci_grid {
    size_t n_columns;
    unsigned right; /* bit c: column c is flush right */
    size_t n, capacity;
    char **cells; /* [n]; rows of n_columns */
    size_t shade_capacity;
    vci_shade *shade; /* [n] */
} vci_grid;

/* Adds the next cell (copied). */
vc_status vci_grid_add(vci_grid *grid, const char *text);

/* The colour of the cell that was added last. */
void vci_grid_shade(vci_grid *grid, vci_shade shade);

/* The first row is the heading. */
void vci_grid_print(const vci_grid *grid, FILE *out);

void vci_grid_free(vci_grid *grid);

#endif
