/*
 * Random streams. A number is addressed, not drawn from a state: key = seed and unit,
 * counter = (inner, draw, place, 0), so that a draw of a unit has the same bits whatever
 * else is drawn, by however many threads, in whatever blocks. Samplers take and fill arrays
 * over consecutive draws.
 */
#ifndef VCI_RANDOM_INTERNAL_H
#define VCI_RANDOM_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "core/status_internal.h"

/* What a number is for, within a role (4 bits each). */
enum {
    VCI_FOR_HYPER,
    VCI_FOR_FIXED,
    VCI_FOR_TERM,
    VCI_FOR_FUTURE,
    VCI_FOR_NODE,
    VCI_FOR_WALK,
    VCI_FOR_GAMMA,
    VCI_FOR_TOTAL,
    VCI_FOR_PART,
    VCI_FOR_REST,
    VCI_FOR_CHANGE, /* what a scenario adds or takes away; of girls: */
    VCI_FOR_CHANGE_REST,
    VCI_FOR_WEIGHT,
    VCI_FOR_SHUFFLE
};

/* Roles are those of vc_role below these two. */
enum { VCI_POPULATION_ROLE = 14, VCI_VALUE_ROLE = 15 };

#define VCI_PLACE(role, purpose) ((uint32_t)(((role)&15u) << 4 | ((purpose)&15u)))

typedef struct vci_stream {
    uint32_t key[2];
    uint32_t place; /* role and purpose 8 bits, absolute period 24 bits */
} vci_stream;

/* 64-bit key of a unit: its code's hash mixed with the seed. */
uint64_t vci_unit_key(uint64_t seed, const char *code);

/*
 * Looks for two different codes with the same key, whose units would share all random
 * numbers. Seeds make no difference to it. clash holds their places, or n twice.
 */
vc_status vci_unit_keys_clash(size_t n, const char *const *codes, size_t clash[2]);

/* A seed of its own for whatever a text names. */
uint64_t vci_mix_text(uint64_t seed, const char *text);

vci_stream vci_stream_make(uint64_t seed, const char *code, uint32_t role_and_purpose,
                           uint32_t period);

/* u[n] in (0, 1), 52 bits; u and 1 - u occur alike. */
void vci_fill_uniform(const vci_stream *stream, uint32_t first_draw, size_t n, double *u);

/* z[n][per_draw] standard normal, one uniform each (inverse distribution function). */
void vci_fill_normal(const vci_stream *stream, uint32_t first_draw, size_t n,
                     size_t per_draw, double *z);

/* g[n] gamma with shape[n] > 0 and rate 1; NaN for other shapes. */
void vci_fill_gamma(const vci_stream *stream, uint32_t first_draw, size_t n,
                    const double *shape, double *g);

/* k[n] Poisson with mean[n], 0 <= mean <= 1e15; 0 for a mean that is not above 0. */
void vci_fill_poisson(const vci_stream *stream, uint32_t first_draw, size_t n,
                      const double *mean, int64_t *k);

/* k[n] binomial with trials[n] >= 0 and p[n] in [0, 1]. */
void vci_fill_binomial(const vci_stream *stream, uint32_t first_draw, size_t n,
                       const int64_t *trials, const double *p, int64_t *k);

#endif
