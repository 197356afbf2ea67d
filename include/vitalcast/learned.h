/* What a fit has learned, as figures with their uncertainty. */
#ifndef VITALCAST_LEARNED_H
#define VITALCAST_LEARNED_H

#include "vitalcast/api.h"
#include "vitalcast/run.h"

VC_BEGIN_DECLS

/* A posterior in a few figures. */
typedef struct vc_estimate {
    double mean, sd;
    double low80, high80, low95, high95;
    double p_above; /* probability that it is above 0 */
} vc_estimate;

/** Does the 80 % interval leave out 0? */
VC_API bool vc_estimate_clear(const vc_estimate *estimate);

/*
 * The scale of all effects below: percent for counts and log-normal values, points of the
 * sex ratio (boys per 100 girls) for the role sex, percentage points for other shares, the
 * series' own unit for normal values.
 */
typedef struct vc_learned_hyper {
    char name[VC_FIT_NAME];
    vc_estimate sd;     /* on the scale of eta */
    double prior_upper; /* 95 % quantile of a PC prior; else NaN */
} vc_learned_hyper;

/* A unit against the mean of its siblings. */
typedef struct vc_learned_unit {
    size_t unit;
    vc_estimate level;  /* in the latest block */
    vc_estimate change; /* of that over the last year; zero when walks take no such steps */
    bool level_stands, change_stands; /* stands out beyond chance: see vc_learned_find */
} vc_learned_unit;

/*
 * Boys per 100 girls at birth are 103 to 107 where nobody selects (Chahnazarian 1988,
 * Social Biology 35; Hesketh and Xing 2006, PNAS 103).
 */
#define VC_USUAL_SEX_RATIO 107

typedef struct vc_learned {
    size_t n_draws;
    vc_period first, last; /* fitted periods */
    size_t n_leaves, n_observed, n_missing;
    bool has_drift, has_last_year, has_calendar[VC_CALENDAR_TERMS];
    bool has_ratio;        /* role sex */
    vc_estimate ratio;     /* boys per 100 girls behind the births now, units aside */
    double p_above_usual;  /* that it is above VC_USUAL_SEX_RATIO */
    vc_estimate drift;     /* per year */
    vc_estimate last_year; /* the shared level now against a year ago */
    vc_estimate calendar[VC_CALENDAR_TERMS]; /* elasticity on working days; log effects of
                                                Chinese New Year's week and
                                                of Saturdays for Sundays */
    size_t n_season;                         /* places in the year; 0: no such term */
    vc_estimate season[VC_MONTHLY];          /* against the mean of the year */
    size_t n_shocks;                         /* fitted periods; 0: no such term */
    vc_estimate *shock;                      /* [n_shocks] */
    size_t n_events;
    vc_estimate event[VC_MODEL_EVENTS];
    size_t n_hypers;
    vc_learned_hyper *hypers;
    size_t n_units; /* units with siblings */
    vc_learned_unit *units;
    bool has_change;  /* the units' changes are known */
    double own_share; /* median over leaves: 1 - posterior / prior variance; or NaN */
    double
        extra_variance;  /* over Poisson or binomial at the median leaf, percent; or NaN */
    double p_between;    /* mixture prior: units differ more than nearly not; or NaN */
    double effect_of_sd; /* an sd times this is on the scale of the effects */
} vc_learned;

/**
 * Figures of one fit of a run, from 4096 draws of its latent values.
 *
 * Units stand out as a set, for levels and for changes apart: the largest set, by rising
 * probability of the wrong sign, whose mean of it is at most 10 %, the posterior expected
 * false sign rate (Stephens 2017, Biostatistics 18, local false sign rate). Of these only
 * units whose own 80 % interval leaves out 0 are marked.
 *
 * run      fitted (vc_run_fit or vc_run_compute), borrowed during the call
 * learned  [out] release with vc_learned_free
 *
 * Returns VC_OK; VC_NO_MEMORY; VC_SINGULAR. Checked by:
 * tests/unit/assess/test_learned.c
 */
VC_API VC_CHECKED vc_status vc_learned_find(const vc_run *run, size_t fit,
                                            vc_learned *learned);

VC_API void vc_learned_free(vc_learned *learned);

VC_END_DECLS

#endif
