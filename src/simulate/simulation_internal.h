/* From fits to blocks of joint draws of all units. */
#ifndef VCI_SIMULATION_INTERNAL_H
#define VCI_SIMULATION_INTERNAL_H

#include "fit/observations_internal.h"
#include "fit/progress_internal.h"
#include "fit/scope_internal.h"
#include "simulate/sampler_internal.h"
#include "vitalcast/draws.h"
#include "vitalcast/scenario.h"

/* One fit with what it was fitted to. */
typedef struct vci_part {
    const vc_fit *fit; /* borrowed */
    vci_scope scope;
    vc_observations observations;
    vci_sampler sampler;
    uint64_t seed;             /* of its random numbers, */
    unsigned number;           /* and their role */
    double scale;              /* progress: units that figures are counted in */
    const vc_effect **effects; /* [n_leaves][n_periods] of a scenario; NULL: none */
} vci_part;

/* What one thread works with. */
typedef struct vci_bench {
    vci_sampler_work *work; /* [n_parts] */
    double **eta;           /* [n_parts] arrays of vci_sampler_draw */
} vci_bench;

typedef struct vci_simulation {
    const vc_panel *panel; /* borrowed */
    uint64_t seed;
    vc_period first;  /* first period that is not fully known, at most the horizon */
    size_t n_periods; /* first .. horizon */
    vci_population population;
    double growth_sd; /* of the population, per period */
    size_t n_parts;
    vci_part *parts;                /* in the order of the fits */
    const vci_part *role[VC_ROLES]; /* roles of events; NULL where there is none */
    unsigned char **standing;       /* [n_progress][n_units] vci_standing */
    size_t n_benches;
    vci_bench *benches;
    size_t block; /* draws in a block */
} vci_simulation;

/*
 * horizon: last period wanted; window: first period whose figures matter (the beginning of
 * the earliest assessment year), gaps before it are left alone. Everything borrowed must
 * outlive the simulation.
 */
vc_status vci_simulation_init(vci_simulation *simulation, const vc_panel *panel,
                              size_t n_fits, const vc_fit *fits, const vc_model *population,
                              vc_dating dating, uint64_t seed, vc_period window,
                              vc_period horizon, unsigned threads);
void vci_simulation_free(vci_simulation *simulation);

/* Room for blocks of this simulation. */
vc_status vci_draws_init(const vci_simulation *simulation, vc_draws *draws);

/* Draws first_draw .. first_draw + n - 1 (n <= simulation->block) into draws. */
vc_status vci_simulation_block(vci_simulation *simulation, size_t first_draw, size_t n,
                               vc_draws *draws);

/* The same of any n, block by block in their order, each handed to the sink. */
vc_status vci_simulation_run(vci_simulation *simulation, size_t first_draw, size_t n,
                             vc_draws_sink sink, void *context);

/* Are there draws of an event? */
bool vci_simulation_draws(const vci_simulation *simulation, vc_event event);

/*
 * Denominators of a progress series, [n_periods][n_units], in the unit that figures are
 * counted in: as reported, else the last one known; parents are sums. A survey to come asks
 * as many as the last one did. 0 where nothing is drawn.
 */
void vci_simulation_denominators(const vci_simulation *simulation, size_t series,
                                 int64_t *denominator);

/* First period from window on in which a reporting leaf lacks an event that is drawn. */
vc_period vci_first_unknown(const vc_panel *panel, vc_period window);

#endif
