/*
 * Running totals (累计) on their way to figures of single periods. First they are
 * differenced as they stand, so that upper units and total rows can be compared with the
 * sums; then corrections (核减), which make a difference negative, are settled.
 */
#ifndef VCI_PANEL_CUMULATIVE_INTERNAL_H
#define VCI_PANEL_CUMULATIVE_INTERNAL_H

#include "data/panel_internal.h"

typedef struct vci_cumulative {
    vci_panel_reader *reader;
    const uint32_t *row_at;     /* borrows: [n_units][n_periods] row + 1; 0 none */
    double *reached[VC_EVENTS]; /* [n_units][n_periods] totals; NULL: no such event */
    bool *joint;                /* same shape: the figure is that of several periods */
} vci_cumulative;

/* A unit through its renames: whose cell counts in each period. */
typedef struct vci_chain {
    size_t head;  /* the first unit */
    size_t *cell; /* [n_periods] */
} vci_chain;

/*
 * Sets the panel's counts to the differences of its running totals. Fault M11: a figure
 * that several periods have in common, and nothing is declared; else a warning. Call
 * vci_cumulative_free also after a failure.
 */
vc_status vci_cumulative_begin(vci_panel_reader *reader, const uint32_t *row_at,
                               vci_cumulative *c);

/*
 * Corrections: warnings C13, and no count of a leaf is negative any more; upper units are
 * summed anew.
 */
vc_status vci_cumulative_settle(vci_cumulative *c);

void vci_cumulative_free(vci_cumulative *c);

/* The units and periods of one chain; false if the unit goes on from another one. */
bool vci_chain_follow(const vc_panel *panel, size_t unit, vci_chain *chain);

/* First period of what the total of a period adds up. */
vc_period vci_cumulative_start(const vci_panel_reader *reader, const vci_chain *chain,
                               vc_period period);

#endif
