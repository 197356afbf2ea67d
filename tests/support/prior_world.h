/*
 * Worlds drawn from the priors of a model, for simulation-based calibration: standard
 * deviations, latent field, then the data of 36 months and of the 5 that follow, for two
 * counties of three townships or for one plain series. Written from the model's formula
 * (vitalcast/model.h), with GSL's generators; nothing of src/ draws a number here.
 */
#ifndef VCT_PRIOR_WORLD_H
#define VCT_PRIOR_WORLD_H

#include "vitalcast/model.h"
#include "vitalcast/panel.h"

enum { VCT_FITTED = 36, VCT_AHEAD = 5, VCT_MONTHS = VCT_FITTED + VCT_AHEAD };
enum { VCT_COUNTIES = 2, VCT_LEAVES = 6 };

/* Standard deviations of a model; their names are those of a fit. */
enum {
    VCT_SEASON,
    VCT_TREND,
    VCT_SHOCK,
    VCT_MIDDLE_LEVEL,
    VCT_MIDDLE_STEP,
    VCT_LEAF_LEVEL,
    VCT_LEAF_STEP,
    VCT_DISPERSION,
    VCT_DRIFT_SD,
    VCT_SDS
};
extern const char *const vct_sd_names[VCT_SDS];

/* The scale of a model that governs a standard deviation. */
const vc_scale *vct_scale_of(const vc_model *model, int sd);

enum { VCT_LEVEL, VCT_DRIFT, VCT_WEEKDAYS, VCT_FIXED };

/* What worlds are drawn from. */
typedef struct vct_prior {
    const char *name;
    vc_model model;    /* every prior proper, the level's mean a number */
    vc_model trials;   /* shares: of the births; fixed scales only */
    double population; /* of a middling township */
} vct_prior;

typedef struct vct_world {
    vc_panel panel; /* what was reported: late starts and gaps in every second world */
    vc_model model; /* what the fit is told; normal: in units of the series' own spread */
    double sd[VCT_SDS];      /* in those units too; NaN where the model has none */
    double fixed[VCT_FIXED]; /* likewise */
    double eta[VCT_LEAVES][VCT_MONTHS]; /* likewise; a plain series has one row */
    /* What happened, reported or not; 0 before a township begins. */
    double y[VCT_LEAVES][VCT_MONTHS], trials[VCT_LEAVES][VCT_MONTHS];
} vct_world;

/* A share of the births, those births being drawn too? */
bool vct_is_share(const vct_prior *prior);

/* A plain series instead of counts of the townships? */
bool vct_is_series(const vct_prior *prior);

/* The same prior, seed and number give the same world. */
void vct_world_draw(const vct_prior *prior, unsigned long seed, size_t number,
                    vct_world *world);

/* Tells the fit the true standard deviations: what is left is the latent field. */
void vct_world_reveal_sds(vct_world *world);

void vct_world_free(vct_world *world);

#endif
