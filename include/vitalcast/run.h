/*
 * A run: one immutable result. It carries everything that went in and what the sampler
 * needs, so that every draw can be made again bit for bit with the inputs deleted.
 */
#ifndef VITALCAST_RUN_H
#define VITALCAST_RUN_H

#include "vitalcast/api.h"
#include "vitalcast/change.h"
#include "vitalcast/datadir.h"
#include "vitalcast/draws.h"
#include "vitalcast/fit.h"
#include "vitalcast/log.h"
#include "vitalcast/panel.h"
#include "vitalcast/ranking.h"
#include "vitalcast/scenario.h"
#include "vitalcast/scorecard.h"
#include "vitalcast/target.h"
#include "vitalcast/warning.h"
#include "vitalcast/workspace.h"

VC_BEGIN_DECLS

/* Quantile levels of every summary. */
#define VC_QUANTILES 7
#define VC_QUANTILE_LEVELS                                                                 \
    { 0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975 }
enum { VC_Q025, VC_Q10, VC_Q25, VC_MEDIAN, VC_Q75, VC_Q90, VC_Q975 };

/* What of the workspace the calculation needs. */
typedef struct vc_settings {
    char *name;   /* of the workspace */
    char *source; /* NULL if none */
    char *basis;  /* NULL if none */
    bool synthetic;
    vc_language language;
    int year_end_in_year;
    vc_dating dating;
    vc_average_population average_population;
    double min_cell;
    size_t n_completeness; /* incomplete periods, the last one first */
    double completeness_mean[VC_EVENTS][VC_LATE], completeness_sd[VC_EVENTS][VC_LATE];
    double completeness_removed[VC_EVENTS][VC_LATE]; /* of what was reported, taken out */
    bool nowcast; /* estimated from the reports, not declared */
    vc_warning_rules warnings;
    vc_grade_rules grade;
    char *workspace_text; /* workspace.yaml as read */
} vc_settings;

/* How the answer of a result came about. */
typedef enum vc_method {
    VC_METHOD_NONE,   /* nothing is projected: there is no data */
    VC_METHOD_KNOWN,  /* the year is over and reported */
    VC_METHOD_FITTED, /* projected from three years and more of the unit's own (yearly: 10)
                       */
    VC_METHOD_SHORT,  /* from one to three (yearly: 5 to 9): leans on priors, other units */
    VC_METHOD_BRIEF   /* from less: the season too is that of others, or the prior's */
} vc_method;

/** "none", "known", "fitted", "short" or "brief". */
VC_API const char *vc_method_name(vc_method method);

/*
 * One target of one unit. NaN means `does not apply` or `not known` and is null in JSON.
 * Rates are per 1000, the sex ratio is males per 100 females, shares are percent.
 */
typedef struct vc_result {
    size_t target;     /* index into run.targets */
    size_t unit;       /* index into run.panel.tree */
    double bound;      /* the target in the indicator's unit; previous-year ones resolved */
    double bound_high; /* same, upper end of `between` */
    double current;    /* the as-of period alone (本月) */
    double to_date;    /* since the year began, not annualised */
    double annual_basis; /* rates and counts: to_date * days in the year / days elapsed */
    double same_period_last_year;
    double change; /* 同比: counts in percent, ratios and rates in points */
    double pace;   /* 序时进度: share of the year's days that has passed, percent */
    double gap;    /* by how much the right side is missed now; <= 0: on it. Counts and
                      rates are compared on the annual basis, ratios to date */
    double p_met, monte_carlo_se;
    double p_undefined; /* share of draws in which the ratio has no denominator */
    double quantile[VC_QUANTILES]; /* of the year-end figure over the defined draws */
    size_t path_n;                 /* periods from path_first to the year end */
    vc_period path_first;          /* first period that is not fully observed */
    double *path;   /* [path_n][VC_QUANTILES] of the figure to date; NULL if none */
    bool validated; /* every model behind it has a back-test */
    bool settled;   /* the year is over and all its records are final */
    vc_method method;
    size_t history; /* periods in which the unit itself was observed */
} vc_result;

/* The first draws, kept in full. Arrays [n_draws][n_units][n_periods]. */
typedef struct vc_kept {
    size_t n_draws, n_periods;
    vc_period first;
    int32_t *count[VC_EVENTS]; /* NULL where absent */
    int32_t *population;
    size_t n_values;
    float **value; /* [n_values] */
    size_t n_progress;
    float **progress; /* [n_progress] percent; NaN where nothing is drawn */
} vc_kept;

/* A warning of the input, as it was shown. */
typedef struct vc_run_warning {
    char *text;
} vc_run_warning;

#define VC_RUN_ID 24 /* "2013-07-0123456789ab" and an end mark */

typedef struct vc_run {
    char id[VC_RUN_ID]; /* set by the store; "" before */
    char *file;         /* path of the run file; NULL before */
    vc_settings settings;
    vc_period as_of;
    uint64_t seed;
    size_t n_draws;
    vc_panel panel; /* truncated at as_of */
    vc_targets targets;
    size_t n_year_ends; /* of targets that are judged over a year; others have their own */
    vc_period *year_ends;
    size_t n_fits;
    vc_fit *fits;
    size_t n_peer_fits;
    vc_fit *peer_fits;   /* of peers that are ranked, on their yearly figures */
    vc_model population; /* specification of the population path */
    size_t n_results;
    vc_result *results; /* sorted by target, then unit */
    size_t n_scorecards;
    vc_scorecard *scorecards; /* by year end, then unit; owns */
    vc_kept kept;
    size_t n_rankings;
    vc_ranking *rankings; /* by rule of the workspace, then class */
    vc_changes changes;   /* since an earlier run; before is NULL where none was named */
    size_t n_warnings;
    vc_run_warning *warnings;
    vc_scenario scenario; /* n > 0: no forecast, but what would be if (what_if.h) */
} vc_run;

typedef struct vc_run_options {
    vc_period as_of;  /* VC_NO_PERIOD: the panel's last period */
    uint64_t seed;    /* default 1 */
    size_t draws;     /* default 20000, 100 .. 10,000,000 */
    size_t keep;      /* draws kept in full, default 1000 (and at most 256 MiB) */
    unsigned threads; /* 0: all cores; never changes a bit of the result */
} vc_run_options;

VC_API vc_run_options vc_run_options_default(void);

/**
 * The main job: fits, simulates, assesses.
 *
 * workspace  borrowed during the call
 * panel      [in,out] moved into the run: zeroed here, also after a failure
 * targets    [in,out] same
 * dirs       where models/ is found
 * findings   [in,out] gets what is found on the way; its warnings are copied into the run
 * run        [out] release with vc_run_free, also after a failure
 *
 * Returns VC_OK; VC_BAD_INPUT, VC_BAD_MODEL (findings say why); VC_NOT_CONVERGED;
 * VC_INTERRUPTED.
 */
VC_API VC_CHECKED vc_status vc_run_compute(const vc_workspace *workspace, vc_panel *panel,
                                           vc_targets *targets, const vc_datadirs *dirs,
                                           const vc_run_options *options,
                                           const vc_observer *observer,
                                           vc_findings *findings, vc_run *run);

/** The same up to the fits: a run without results, for vc_learned_find. */
VC_API VC_CHECKED vc_status vc_run_fit(const vc_workspace *workspace, vc_panel *panel,
                                       vc_targets *targets, const vc_datadirs *dirs,
                                       const vc_run_options *options,
                                       const vc_observer *observer, vc_findings *findings,
                                       vc_run *run);

/**
 * What came of a year that is over: results from observed figures alone, nothing fitted or
 * drawn. p_met is 0 or 1 where the figure is known; every quantile is the figure.
 * Arguments as of vc_run_compute; options->as_of is the year's end or later.
 */
VC_API VC_CHECKED vc_status vc_run_observe(const vc_workspace *workspace, vc_panel *panel,
                                           vc_targets *targets, const vc_datadirs *dirs,
                                           const vc_run_options *options,
                                           vc_findings *findings, vc_run *run);

/**
 * Year-end figures in draws 0 .. n - 1 of some results of a run, made again.
 *
 * result  [m] indexes into run->results
 * figure  [out] [m][n]; NaN where undefined or not drawn
 */
VC_API VC_CHECKED vc_status vc_run_year_ends(const vc_run *run, size_t m,
                                             const size_t result[VC_DIM(m)], size_t n,
                                             unsigned threads, double *figure);

/**
 * Year-end figures of a peer in draws 0 .. n - 1, made again.
 *
 * peer       index into run->panel.peers, a member of one of the run's rankings
 * indicator  NULL: points
 * figure     [out] [n]; NaN where the peer has no series of it
 */
VC_API VC_CHECKED vc_status vc_run_peer_year_ends(const vc_run *run, size_t peer,
                                                  const char *indicator, vc_period year_end,
                                                  size_t n, unsigned threads,
                                                  double *figure);

/** Are the models of a workspace, as they stand now, those that a run was fitted with? */
VC_API VC_CHECKED vc_status vc_run_models_current(const vc_workspace *workspace,
                                                  const vc_datadirs *dirs,
                                                  vc_findings *findings, const vc_run *run,
                                                  bool *current);

/**
 * Makes draws first_draw .. first_draw + n - 1 of a run again, bit for bit, in blocks in
 * draw order. Needs nothing but the run. The draws of a block are valid during the call of
 * the sink only.
 */
VC_API VC_CHECKED vc_status vc_run_replay(const vc_run *run, size_t first_draw, size_t n,
                                          unsigned threads, vc_draws_sink sink,
                                          void *context);

/** The value or progress series that a fit describes; NULL: it describes events. */
VC_API const char *vc_run_fit_series(const vc_run *run, const vc_fit *fit);

/** How an indicator is formed; VC_INDICATOR_VALUE for one that is not there. */
VC_API vc_indicator_kind vc_run_indicator_kind(const vc_run *run, const char *indicator);

/**
 * The department (责任部门) of an indicator: it answers for a service or record of
 * progress.csv; of all else it reports the figures and answers questions, no more. NULL if
 * none was given.
 */
VC_API const char *vc_run_department(const vc_run *run, const char *indicator);

/** What the workspace has an indicator shown as; NULL: nothing of its own. */
VC_API const char *vc_run_label(const vc_run *run, const char *indicator,
                                vc_language language);

/**
 * An indicator's figure of a unit from the year's first period up to `last`, from observed
 * data only; NaN if it is not fully known. For values: the value of period `last`.
 */
VC_API double vc_run_figure(const vc_run *run, const char *indicator, size_t unit,
                            vc_period year_first, vc_period last);

/**
 * The same of a result, from the first period of its target's window (as many periods
 * earlier as `back` says) up to `last`: as its quantiles are, rates per head and year of
 * the whole window, quotas of other periods than a year without what was done before.
 */
VC_API double vc_run_target_figure(const vc_run *run, size_t result, vc_period last,
                                   vc_period back);

VC_API void vc_run_free(vc_run *run);

VC_END_DECLS

#endif
