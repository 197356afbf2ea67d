/*
 * The cells of a result's figures, as vitalcast/suppression.h decides: what may not be told
 * is neither printed nor exported.
 */
#ifndef VCI_SMALL_CELL_INTERNAL_H
#define VCI_SMALL_CELL_INTERNAL_H

#include "vitalcast/suppression.h"

/* Figures of a result, by the events that they rest on. */
typedef enum vci_cell {
    VCI_CELL_CURRENT,   /* current */
    VCI_CELL_TO_DATE,   /* to_date, annual_basis; change and gap too */
    VCI_CELL_LAST_YEAR, /* same_period_last_year; change too */
    VCI_CELL_BOUND,     /* a target taken from last year's figure; gap too */
    VCI_CELL_YEAR_END,  /* median and quantiles */
    VCI_CELL_YEARS,     /* three and five years together */
    VCI_CELLS
} vci_cell;

typedef enum vci_cell_state {
    VCI_SHOWN = VC_MARK_SHOWN,
    VCI_TOO_SMALL = VC_MARK_BELOW,
    VCI_WITHHELD = VC_MARK_WITHHELD
} vci_cell_state;

typedef struct vci_small_cells {
    vc_suppression suppression;
    size_t n;
    unsigned char (*state)[VCI_CELLS]; /* [n] vci_cell_state of each result's cells */
} vci_small_cells;

vc_status vci_small_cells_find(const vc_run *run, vci_small_cells *cells);
void vci_small_cells_free(vci_small_cells *cells);

/* Is anything of a result left out? */
bool vci_small_cells_any(const vci_small_cells *cells, size_t result);

/*
 * hidden[n_units] = a role's figures of a unit are not shown: those of the last year may
 * not be told. Values hide nothing.
 */
vc_status vci_small_units_find(const vc_run *run, const char *role, bool *hidden);

/* State of what rests on two cells. */
vci_cell_state vci_small_cells_both(const vci_small_cells *cells, size_t result,
                                    vci_cell one, vci_cell other);

/*
 * State of what tells the year's events before the rest of it (a required average). Where
 * the last periods are incomplete, it tells those by difference.
 */
vci_cell_state vci_small_cells_rest(const vc_run *run, const vci_small_cells *cells,
                                    size_t result);

#endif
