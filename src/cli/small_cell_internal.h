/*
 * Small cells (DESIGN.md section 7, boundary 3): figures of vital events that rest on fewer
 * events than min_cell, or that belong to a unit below the township level, are neither
 * printed nor exported; where exactly one of a family of siblings would be left out, a
 * second one is, so that it cannot be worked out. docs/CLI.md says how the township level
 * is found.
 */
#ifndef VCI_SMALL_CELL_INTERNAL_H
#define VCI_SMALL_CELL_INTERNAL_H

#include "vitalcast/run.h"

/* Figures of a result, by the events that they rest on. */
typedef enum vci_cell {
    VCI_CELL_CURRENT,   /* current */
    VCI_CELL_TO_DATE,   /* to_date, annual_basis; change and gap too */
    VCI_CELL_LAST_YEAR, /* same_period_last_year; change too */
    VCI_CELL_BOUND,     /* a target taken from last year's figure; gap too */
    VCI_CELL_YEAR_END,  /* median and quantiles */
    VCI_CELLS
} vci_cell;

typedef enum vci_cell_state {
    VCI_SHOWN,
    VCI_TOO_SMALL, /* fewer events than min_cell */
    VCI_WITHHELD   /* below the township level, or to protect another cell */
} vci_cell_state;

typedef struct vci_small_cells {
    size_t n;
    unsigned char (*state)[VCI_CELLS]; /* [n] vci_cell_state of each result's cells */
} vci_small_cells;

vc_status vci_small_cells_find(const vc_run *run, vci_small_cells *cells);
void vci_small_cells_free(vci_small_cells *cells);

/* Is anything of a result left out? */
bool vci_small_cells_any(const vci_small_cells *cells, size_t result);

/*
 * hidden[n_units] = a role's figures of a unit are not shown: it is below the township, or
 * had fewer than min_cell events in the last year. Values hide nothing.
 */
vc_status vci_small_units_find(const vc_run *run, const char *role, bool *hidden);

/* State of what rests on two cells. */
vci_cell_state vci_small_cells_both(const vci_small_cells *cells, size_t result,
                                    vci_cell one, vci_cell other);

/*
 * State of what tells the year's events before the rest of it (a required average). Where
 * the last periods are incomplete, those and the ones before them must be large enough.
 */
vci_cell_state vci_small_cells_rest(const vc_run *run, const vci_small_cells *cells,
                                    size_t result);

#endif
