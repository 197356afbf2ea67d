/* Blocks of joint draws of all units: exact integers, children sum to parents. */
#ifndef VITALCAST_DRAWS_H
#define VITALCAST_DRAWS_H

#include "vitalcast/api.h"
#include "vitalcast/panel.h"
#include "vitalcast/status.h"

VC_BEGIN_DECLS

/*
 * Draws first_draw .. first_draw + n_draws - 1 of all units for the periods first ..
 * first + n_periods - 1. What was observed stands there as itself in every draw. Arrays are
 * [n_periods][n_units][n_draws]; NULL where the panel has no such event.
 */
typedef struct vc_draws {
    size_t first_draw, n_draws;
    size_t capacity; /* draws that the arrays have room for */
    size_t n_units, n_periods;
    vc_period first;
    int64_t *count[VC_EVENTS];
    int64_t *population; /* end of period; NULL without population */
    size_t n_values;
    double **value; /* [n_values] arrays; NaN where a unit has no such series */
    size_t n_progress;
    int64_t **numerator;   /* [n_progress] arrays, in the indicator's smallest unit */
    int64_t **denominator; /* [n_progress], each [n_periods][n_units]; 0: not drawn */
} vc_draws;

VC_API void vc_draws_free(vc_draws *draws);

/** Takes a block of draws; anything but VC_OK ends what makes them with that status. */
typedef vc_status (*vc_draws_sink)(void *context, const vc_draws *draws);

VC_END_DECLS

#endif
