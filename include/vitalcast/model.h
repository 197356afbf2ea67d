/*
 * Model specifications: one latent Gaussian family on the tree of units, written as data.
 *
 *   y[u,t] ~ family(mean = exposure[u,t] * exp(eta[u,t]), dispersion)     counts
 *   m[u,t] ~ (beta-)binomial(n[u,t], logit p = eta[u,t])                  shares
 *   v[u,t] ~ normal(eta[u,t], sd), also log v[u,t] and logit v[u,t]       plain values
 *   eta[u,t] = level + drift * years(t) + season[t] + calendar + trend[t] + shock[t]
 *              + sum over a in {u and its ancestors below the root} of z[a, block(t)]
 *
 * Source: vitalcast design, STATISTICS.md section A; models/README.md documents every key.
 */
#ifndef VITALCAST_MODEL_H
#define VITALCAST_MODEL_H

#include "vitalcast/api.h"
#include "vitalcast/finding.h"
#include "vitalcast/status.h"

VC_BEGIN_DECLS

/*
 * Families: X(constant, name in specifications, descriptor, has a dispersion d). Negative
 * binomial: variance mu + d^2 mu^2, size 1/d^2; beta-binomial: precision 1/d^2; normal,
 * log-normal and logit-normal: d is the residual sd.
 */
#define VC_FAMILY_LIST(X)                                                                  \
    X(VC_POISSON, "poisson", vci_family_poisson, false)                                    \
    X(VC_NEGATIVE_BINOMIAL, "negative_binomial", vci_family_negative_binomial, true)       \
    X(VC_BINOMIAL, "binomial", vci_family_binomial, false)                                 \
    X(VC_BETA_BINOMIAL, "beta_binomial", vci_family_beta_binomial, true)                   \
    X(VC_NORMAL, "normal", vci_family_normal, true)                                        \
    X(VC_LOG_NORMAL, "log_normal", vci_family_log_normal, true)                            \
    X(VC_LOGIT_NORMAL, "logit_normal", vci_family_logit_normal, true)

typedef enum vc_family {
#define X(constant, name, descriptor, dispersed) constant,
    VC_FAMILY_LIST(X)
#undef X
        VC_FAMILIES
} vc_family;

/** Does the family have a dispersion? */
VC_API bool vc_family_dispersed(vc_family family);

typedef enum vc_exposure {
    VC_EXPOSURE_NONE,
    VC_EXPOSURE_DAYS,       /* days / 30.4375 (monthly); a unit without population */
    VC_EXPOSURE_POPULATION, /* population * days / 30.4375; days alone where it is unknown
                             */
    VC_EXPOSURE_QUOTA       /* the year's quota / periods of a year */
} vc_exposure;

/* Prior of a standard deviation. */
typedef enum vc_scale_kind {
    VC_SCALE_ABSENT, /* the component is switched off */
    VC_SCALE_FIXED,  /* start is the value */
    VC_SCALE_PC, /* exponential with P(sd > upper) = probability (Simpson et al. 2017) */
    VC_SCALE_HALF_NORMAL, /* half-normal with scale `upper` */
    VC_SCALE_MIXTURE      /* weight: half-normal(spike); 1 - weight: half-normal(upper) */
} vc_scale_kind;

typedef struct vc_scale {
    vc_scale_kind kind;
    double start; /* where the search begins; the value when fixed */
    double upper;
    double probability; /* PC only */
    double spike;       /* mixture only */
    double weight;      /* mixture only */
} vc_scale;

typedef enum vc_calendar_term {
    VC_LOG_WEEKDAYS,   /* log share of Mondays to Fridays, less its long-run mean */
    VC_LUNAR_NEW_YEAR, /* share of the festival's days, less its long-run mean */
    VC_SATURDAYS,      /* Saturdays less Sundays, less their long-run mean */
    VC_CALENDAR_TERMS
} vc_calendar_term;

/* Things that happened at a known time, as fixed effects. */
typedef enum vc_event_kind {
    VC_STEP_EVENT,  /* from its period on */
    VC_PULSE_EVENT, /* in its period alone */
    VC_ZODIAC_EVENT /* in Chinese years of an animal: share of the period's days */
} vc_event_kind;

typedef struct vc_model_event {
    vc_event_kind kind;
    char from[16]; /* period as written: 2016-01, 2016-Q1 or 2016; "" for the zodiac */
    int animal;    /* zodiac: 0 rat … 4 dragon … 11 pig */
    double mean, sd;
} vc_model_event;

#define VC_MODEL_EVENTS 16

typedef struct vc_model {
    char *name;
    bool validated; /* a back-test stands behind it; else every output says so */
    vc_family family;
    vc_exposure exposure;
    unsigned history_years; /* older periods are left out; 0: all are used */
    bool level_auto;        /* level_mean = log(sum y / sum exposure), or the mean value */
    double level_mean, level_sd;
    vc_scale drift_sd;      /* of a normal prior around 0, per year */
    vc_scale drift_change;  /* step of the drift per period, in eta per period */
    double drift_damping;   /* share of the changed drift that stays, per period */
    vc_scale season;        /* of month (quarter) effects */
    vc_scale season_change; /* their step from year to year */
    vc_scale trend;         /* random walk, step sd per trend_block periods */
    unsigned trend_block;   /* periods with one trend value, counted back from the as-of */
    unsigned trend_order;   /* 1, or 2: the slope walks */
    double trend_damping;   /* order 2: share of the slope that stays, per step */
    vc_scale shock;         /* by period, shared by all units */
    double shock_persistence, shock_event_persistence; /* what of it stays the next period:
                                                          dated by registration, by event */
    unsigned shock_tail; /* degrees of freedom of Student's t, even; 0: normal */
    bool calendar[VC_CALENDAR_TERMS];
    double calendar_mean[VC_CALENDAR_TERMS], calendar_sd[VC_CALENDAR_TERMS];
    /* Of a series dated by event: sd around 0; 0: no such effect. */
    double calendar_event_sd[VC_CALENDAR_TERMS];
    size_t n_events;
    vc_model_event events[VC_MODEL_EVENTS];
    /* Units between root and leaves: level, step per block, deviation from the season. */
    vc_scale middle_level, middle_step, middle_season;
    vc_scale leaf_level, leaf_step, leaf_season;
    double season_from; /* leaves have a season of their own from so many events a period on
                         */
    unsigned block;     /* periods per random-walk step, counted back from the as-of */
    bool full_step;     /* the step into a future block has the full variance */
    vc_scale dispersion; /* d of the family, where it has one */
    double cap;          /* quotas: share of the quota at which work stops; 0: none */
    char *text;          /* the specification as read, for the run file */
    size_t text_size;
} vc_model;

/** Reads a specification; faults become findings (kind S..) and VC_BAD_MODEL. */
VC_API VC_CHECKED vc_status vc_model_read(const char *path, vc_findings *findings,
                                          vc_model *model);

/** The same from text (as kept in a run file); name is shown in findings. */
VC_API VC_CHECKED vc_status vc_model_parse(const char *name, const char *text, size_t n,
                                           vc_findings *findings, vc_model *model);

/** A copy with memory of its own. */
VC_API VC_CHECKED vc_status vc_model_copy(const vc_model *from, vc_model *to);

VC_API void vc_model_free(vc_model *model);

VC_END_DECLS

#endif
