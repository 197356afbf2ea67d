/*
 * Peers as series of yearly figures: a panel of their own, which the value model is fitted
 * to and which is simulated beside the workspace's, draw for draw.
 */
#ifndef VCI_PEER_INTERNAL_H
#define VCI_PEER_INTERNAL_H

#include "simulate/simulation_internal.h"
#include "vitalcast/run.h"

/*
 * Final yearly figures as known at the run's as-of. Unit i + 1 of the panel is peer i, unit
 * 0 a root; a period is a year. Years that end in different periods of the year (September,
 * December) are series of their own.
 */
typedef struct vci_peer_panel {
    vc_panel panel;    /* n_periods 0: no figure is final */
    size_t *indicator; /* [panel.n_values] index into peers.indicators */
    int *place;        /* [panel.n_values] of the year end in the year */
    vc_period wanted;  /* first year that the run asks for */
    vc_period horizon; /* last one */
} vci_peer_panel;

vc_status vci_peer_panel_init(const vc_run *run, vci_peer_panel *peer_panel);
void vci_peer_panel_free(vci_peer_panel *peer_panel);

/* The series of an indicator (NULL: points) of a year; SIZE_MAX if there is none. */
size_t vci_peer_series(const vci_peer_panel *peer_panel, const vc_peers *peers,
                       vc_frequency frequency, const char *indicator, vc_period year_end);

/* Blocks of draws of peers. */
typedef struct vci_peer_draws {
    vci_peer_panel years;
    vci_simulation simulation;
    vc_draws draws;
} vci_peer_draws;

/* capacity: most draws of a block. Borrows the run's fits. */
vc_status vci_peer_draws_init(const vc_run *run, size_t capacity, unsigned threads,
                              vci_peer_draws *peers);
void vci_peer_draws_free(vci_peer_draws *peers);

/* The same draws as those of the run's units with these numbers. */
vc_status vci_peer_draws_block(vci_peer_draws *peers, size_t first_draw, size_t n);

/* Year-end figures of a peer in the block; NULL if it has no series. */
const double *vci_peer_draws_row(const vci_peer_draws *peers, const vc_run *run,
                                 size_t peer, const char *indicator, vc_period year_end);

#endif
