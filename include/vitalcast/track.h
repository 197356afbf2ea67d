/*
 * The track record: sums of scores of many forecasts, by who made them, of what, indicator,
 * level, size, year and months observed. Only sums are kept, so that records can be merged
 * and any part of them added up.
 */
#ifndef VITALCAST_TRACK_H
#define VITALCAST_TRACK_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"
#include "vitalcast/score.h"

VC_BEGIN_DECLS

/* Who forecasts: X(constant, name in files). All but the first are what people do today. */
#define VC_FORECASTER_LIST(X)                                                              \
    X(VC_BY_VITALCAST, "vitalcast")                                                        \
    X(VC_BY_PACE, "pace")                                                                  \
    X(VC_BY_OWN_SHARE, "own_share")                                                        \
    X(VC_BY_SHARED_SHARE, "shared_share")                                                  \
    X(VC_BY_PERSISTENCE, "persistence")                                                    \
    X(VC_BY_SEASONAL_NAIVE, "seasonal_naive")                                              \
    X(VC_BY_CLIMATOLOGY, "climatology")                                                    \
    X(VC_BY_DRIFT, "drift") /* plain values only */

typedef enum vc_forecaster {
#define X(constant, name) constant,
    VC_FORECASTER_LIST(X)
#undef X
        VC_FORECASTERS
} vc_forecaster;

VC_API const char *vc_forecaster_name(vc_forecaster forecaster);

/* What is forecast: the year-end figure itself, or a unit's rank by it among its like. */
typedef enum vc_tracked { VC_TRACK_FIGURE, VC_TRACK_RANK, VC_TRACKED } vc_tracked;

/** "year_end" or "rank". */
VC_API const char *vc_tracked_name(vc_tracked what);

/* Probabilities are told apart by the nearest tenth: 0, 10 % ... 100 %. */
#define VC_TENTHS 11

/* Bins of the probability integral transform. */
#define VC_PIT_BINS 20

/* Size of a unit: its births, or else the indicator's events, in the year before. */
#define VC_SIZES 4
#define VC_SIZE_LIMITS                                                                     \
    { 100, 300, 1000 }

/* Forecasts of whether a target is met. */
typedef struct vc_track_hits {
    size_t n;
    double brier, log_score; /* sums */
    size_t count[VC_TENTHS], met[VC_TENTHS];
    double p[VC_TENTHS]; /* sums */
} vc_track_hits;

/* Sums over forecasts that are alike. */
typedef struct vc_track_cell {
    vc_forecaster forecaster;
    size_t indicator; /* index into track.indicators */
    unsigned level, size;
    int year;     /* in which the assessment year ends */
    int observed; /* periods of the year that were known; below 0: before it began */
    vc_tracked what;
    size_t n;
    double crps, error; /* sums */
    size_t inside[VC_INTERVALS];
    size_t pit[VC_PIT_BINS];
    /* Of each target of its indicator, at the target's place; of a sum: of each target. */
    vc_track_hits *hits;
} vc_track_cell;

/* Alarms below a probability: what they would have been worth. */
#define VC_ALARMS 5
#define VC_ALARM_LEVELS                                                                    \
    { 0.05, 0.20, 0.40, 0.50, 0.60 }

typedef struct vc_track_alarm {
    size_t target;
    unsigned level;
    int year;
    /* Units and years that met their target or missed it, and how often P fell below. */
    size_t n_met, n_missed;
    size_t n_false[VC_ALARMS];  /* met, and yet there was an alarm */
    size_t n_silent[VC_ALARMS]; /* missed without any alarm */
    size_t n_flips[VC_ALARMS];  /* changes of the alarm within a year */
    size_t n_lead[VC_ALARMS];   /* missed with an alarm that stood to the end */
    double lead[VC_ALARMS];     /* sum of periods from its beginning to the year's end */
} vc_track_alarm;

typedef struct vc_track_target {
    char *id;
    size_t indicator;
    size_t place; /* among the targets of its indicator; set by vc_track_init */
} vc_track_target;

#define VC_TRACK_SHA256 65 /* hexadecimal digits and an end mark */

/* A specification that the forecasts were made with. */
typedef struct vc_track_model {
    char *role, *series; /* series: the value or progress indicator; NULL: events */
    char *name;
    char sha256[VC_TRACK_SHA256]; /* of its text */
} vc_track_model;

typedef struct vc_track {
    char *workspace, *source; /* names for whoever shows it; NULL if none */
    char *basis;              /* of the population; NULL if none */
    char *version;            /* of the program that made it; NULL: unknown */
    bool synthetic;           /* invented data */
    uint64_t seed;
    size_t draws; /* of each origin */
    vc_frequency frequency;
    vc_period last;                    /* end of the last year that was scored */
    char data_sha256[VC_TRACK_SHA256]; /* of the data up to there; "": unknown */
    size_t n_models, model_capacity;
    vc_track_model *models;
    size_t n_indicators;
    char **indicators;
    size_t n_targets;
    vc_track_target *targets;
    size_t n_years, n_observed;
    int *years;    /* ascending */
    int *observed; /* ascending */
    size_t n, capacity;
    vc_track_cell *cells; /* in the order in which they came up */
    size_t n_alarms, alarm_capacity;
    vc_track_alarm *alarms;
} vc_track;

/* Which cells are added up; VC_ANY: all of them. */
#define VC_ANY INT32_MIN
typedef struct vc_track_part {
    vc_forecaster forecaster;
    size_t indicator;
    int level, size, year, observed; /* VC_ANY: all of them */
    vc_tracked what;
} vc_track_part;

/**
 * Adds up a part of the record.
 *
 * hits  [n_targets] room for the sums; cell->hits points there
 * cell  [out] its key is that of the first cell found; n is 0 if there is none
 */
VC_API void vc_track_sum(const vc_track *track, const vc_track_part *part,
                         vc_track_hits *hits, vc_track_cell *cell);

/** A record to be filled: texts and lists are copied. Release with vc_track_free. */
VC_API VC_CHECKED vc_status vc_track_init(size_t n_indicators,
                                          const char *const *indicators, size_t n_targets,
                                          const vc_track_target *targets, vc_track *track);

/** The cell of a key; made empty where there is none yet. */
VC_API VC_CHECKED vc_status vc_track_cell_of(vc_track *track, const vc_track_cell *key,
                                             vc_track_cell **cell);

/** One forecast more. */
VC_API void vc_track_add(vc_track_cell *cell, const vc_score *score);
VC_API void vc_track_add_hit(const vc_track *track, vc_track_cell *cell, size_t target,
                             double p, bool met);

/** Names a model behind the forecasts, once for each role and series; texts are copied. */
VC_API VC_CHECKED vc_status vc_track_add_model(vc_track *track, const char *role,
                                               const char *series, const char *name,
                                               const char *sha256);

/** The model of a role and series; NULL if there is none. */
VC_API const vc_track_model *vc_track_find_model(const vc_track *track, const char *role,
                                                 const char *series);

/**
 * One unit's year of a target more: probabilities after each origin and how it ended.
 *
 * p     [n] in the order of the origins; NaN where there was none
 * left  [n] periods from each origin to the year's end
 */
VC_API VC_CHECKED vc_status vc_track_add_alarms(vc_track *track, size_t target,
                                                unsigned level, int year, size_t n,
                                                const double p[VC_DIM(n)],
                                                const unsigned left[VC_DIM(n)], bool met);

/* Difference of mean CRPS to a baseline, years as the sample. */
typedef struct vc_skill {
    size_t n;           /* forecasts of ours in the years below */
    size_t n_years;     /* with forecasts of both */
    double ours, other; /* mean CRPS over all of them */
    double difference;  /* ours - other */
    double se;          /* of it, clustered by year; NaN for a single year */
    size_t n_better;    /* years in which ours was lower */
} vc_skill;

/**
 * Skill against a baseline; part->forecaster is the baseline and part->year VC_ANY. The
 * standard error is that of a ratio estimate with years as clusters, with the factor
 * n / (n - 1) for few of them. n_years is 0 where either made no forecast.
 * Source: Cochran (1977), Sampling Techniques, section 11.8.
 */
VC_API VC_CHECKED vc_status vc_track_skill(const vc_track *track, const vc_track_part *part,
                                           vc_skill *skill);

/* Forecasts at about one tenth: what was said and what came true, years as the sample. */
typedef struct vc_calibration {
    size_t n, n_years;
    double mean_p, frequency; /* NaN where n is 0 */
    double se; /* of frequency - mean_p, clustered by year; NaN for a single year */
} vc_calibration;

/**
 * Reliability of the forecasts of one target in one tenth (0 .. VC_TENTHS - 1); part->year
 * is VC_ANY. The standard error is made as in vc_track_skill.
 */
VC_API VC_CHECKED vc_status vc_track_calibration(const vc_track *track,
                                                 const vc_track_part *part, size_t target,
                                                 size_t tenth, vc_calibration *calibration);

/**
 * Is the distribution of the randomised PIT uniform? p value of the Cramer-von Mises
 * distance by a bootstrap of whole years: all resamples of up to 7 years, else 4096.
 * NaN with fewer than 3 years.
 * Source: Davison and Hinkley (1997), Bootstrap Methods, section 4.4 and problem 3.15
 * (the factor for few blocks). Checked by: tests/unit/score/test_track.c
 */
VC_API VC_CHECKED vc_status vc_track_uniform(const vc_track *track,
                                             const vc_track_part *part, double *p);

VC_API void vc_track_free(vc_track *track);

VC_END_DECLS

#endif
