/* The posterior of a model given a panel: hyper-parameters, mode of the latent field. */
#ifndef VITALCAST_FIT_H
#define VITALCAST_FIT_H

#include "vitalcast/api.h"
#include "vitalcast/log.h"
#include "vitalcast/model.h"
#include "vitalcast/panel.h"

VC_BEGIN_DECLS

/* What a model is fitted to; leaves in tree order. */
typedef struct vc_observations {
    vc_frequency frequency;
    vc_period first; /* first fitted period */
    size_t n, h;     /* fitted periods, future periods */
    size_t n_leaves;
    double *y;             /* [n_leaves][n], NaN missing */
    double *trials;        /* [n_leaves][n] for the binomial family, else NULL */
    double *log_exposure;  /* [n_leaves][n + h]; normal family: log of the scale of y */
    double *years;         /* [n + h] time in years, 0 at the last fitted period */
    bool by_event;         /* dated by event, not by registration */
    double *calendar;      /* [VC_CALENDAR_TERMS][n + h] */
    unsigned char *season; /* [n + h] place in the year, 0-based */
    /*
     * The last n_late periods are incomplete: their exposures count the share reported, by
     * its mean; late_sd is the sd of its log, the last period first.
     */
    size_t n_late;
    double late_sd[VC_LATE];
} vc_observations;

VC_API void vc_observations_free(vc_observations *observations);

/* One point of the hyper-parameters with the conditional mode of the latent field. */
typedef struct vc_fit_point {
    double weight; /* posterior weight; the weights of a fit add to 1 */
    double *theta; /* [n_theta] log standard deviations */
    double *root;  /* [n_root] level, drift, calendar, season, trend, shocks */
    double *node;  /* [n_units][n_node]; zero for the root */
} vc_fit_point;

#define VC_FIT_NAME 40

typedef struct vc_fit {
    char role[VC_FIT_NAME]; /* births, deaths, sex or value */
    size_t series;          /* role value: index into panel.values; else 0 */
    size_t unit; /* role value: the unit it describes; else VC_NO_UNIT: all leaves */
    vc_model model;
    vc_frequency frequency;
    vc_period first;
    size_t n, h;
    size_t n_units;
    size_t n_node; /* latent values of a unit: those of its walk, then of its season */
    size_t n_theta, n_root;
    char (*theta_names)[VC_FIT_NAME]; /* [n_theta] such as "leaf_step_sd" */
    double *optimum;                  /* [n_theta] where the marginal is highest */
    size_t n_points;
    vc_fit_point *points; /* stand for the posterior of theta */
    double log_marginal;  /* of theta at its optimum: Laplace, unnormalised */
    double second_start;  /* the same where a second search from elsewhere ended */
    double gradient_norm; /* at the optimum */
    unsigned iterations;  /* of the optimiser */
    unsigned evaluations; /* of the marginal, in all */
    bool converged;
    bool confirmed;          /* the second search came to the same optimum */
    double effective_points; /* (sum of weights)^2 / sum of squared weights */
    double surrogate_error;  /* sd of log (marginal / its interpolant) at the points */
    double log_weight_sd;    /* of the Gaussian step: see vc_fit_weigh */
    double effective_share;  /* of its draws, when weighed */
    size_t pool_size;        /* 0: the Gaussian's draws are good as they are */
    int32_t *pool; /* [n_points][pool_size] proposals in proportion to their weights */
} vc_fit;

typedef struct vc_fit_options {
    /*
     * Points for the hyper-parameters, a power of two up to 4096; 1: their optimum alone.
     * Default 0: 256, fewer (at least 32) where the modes would fill more than 32 MiB.
     */
    size_t points;
} vc_fit_options;

VC_API vc_fit_options vc_fit_options_default(void);

/**
 * Fits a model: Newton with tree elimination for the latent field, hyper-parameters
 * integrated over their Laplace marginal (Rue, Martino and Chopin 2009, section 3).
 *
 * tree         borrowed during the call
 * observations borrowed during the call
 * options      NULL means vc_fit_options_default()
 * fit          [out] release with vc_fit_free; when not converged it holds one point, the
 *              best
 *
 * Returns VC_OK; VC_TOO_FEW_DATA; VC_NOT_CONVERGED (fit holds the best point);
 * VC_INTERRUPTED. Cost: O(units * periods^2) per Newton step. Same bits for any thread
 * count.
 */
VC_API VC_CHECKED vc_status vc_fit_run(const char *role, const vc_model *model,
                                       const vc_unit_tree *tree,
                                       const vc_observations *observations,
                                       const vc_fit_options *options,
                                       const vc_observer *observer, vc_fit *fit);

/**
 * Weighs draws of the Gaussian approximation against the true density. When the logs of the
 * weights vary by more than 0.3 (sd; 0.05 where weighing is cheap), the fit gets pools of
 * proposals drawn by weight, and its points' weights are corrected; draws then come from
 * the pools. Not done where fewer than 2 % of the proposals would carry all weight:
 * log_weight_sd and effective_share say so.
 *
 * tree, observations  those of the fit, borrowed during the call
 *
 * Returns VC_OK; VC_NO_MEMORY; VC_INTERRUPTED; VC_SINGULAR.
 * Source: Rue, Martino and Chopin (2009), section 3.2; sampling-importance-resampling,
 * Rubin (1988). Checked by: tests/known/case_vi_b.txt, case_vii.txt
 */
VC_API VC_CHECKED vc_status vc_fit_weigh(vc_fit *fit, const vc_unit_tree *tree,
                                         const vc_observations *observations,
                                         const vc_observer *observer);

VC_API void vc_fit_free(vc_fit *fit);

VC_END_DECLS

#endif
