/*
 * The accumulator of one target of one unit: init, add block, finish. It sees every draw
 * once and keeps integers and histograms only.
 */
#ifndef VCI_TALLY_INTERNAL_H
#define VCI_TALLY_INTERNAL_H

#include "assess/indicator_internal.h"
#include "assess/threshold_internal.h"
#include "num/histogram_internal.h"
#include "vitalcast/run.h"

/*
 * The months before a year's end are a band in a chart: its 2.5 % edge is known to 0.04
 * standard deviations from so many draws. The year's end has them all.
 */
#define VCI_PATH_DRAWS 5000

typedef struct vci_tally {
    vci_indicator indicator;
    const vc_target *target;       /* borrowed */
    vc_fraction bound, bound_high; /* undefined: p_met is not known */
    vci_threshold most, least;     /* the same, of figures that are not rounded yet */
    bool bounds_fit;               /* both of them are defined */
    size_t unit;
    vc_year year;          /* the window */
    vc_fraction per_year;  /* rates: times events per head of the window */
    const vc_panel *panel; /* borrowed */
    bool within;           /* a quota: done in the window, not since its year began */
    int64_t whole;         /* the same, several years: their quotas, in the drawn unit */
    /*
     * A bound that differs from draw to draw: figures are collected first, and who met it
     * is counted when those of the class are there.
     */
    bool by_class;
    const double *class_mean; /* of the draws of a block; borrows */
    vc_fraction fixed[2];     /* its other end, undefined where it is the class's too */
    double mean_bound[2];     /* medians, for people; NaN before they are known */
    bool class_settled;       /* everybody's figure is known and final */
    bool drawn;               /* has a path to draw */
    vc_period path_first;
    size_t path_n;
    int64_t plus, minus, over; /* observed from the year's first period to path_first - 1 */
    int64_t *population;       /* rates: observed at the period before the year, and on to
                                  path_first - 1; owns */
    int64_t population_sum;    /* of the year's part of it */
    vc_average_population rule;
    vci_histogram *path; /* [path_n] */
    double *figure;      /* [draws in a block] year-end figures of the last block, NaN where
                            undefined; borrows, or NULL */
    unsigned char *met;  /* same: vci_outcome */
    size_t n, n_met, n_defined;
    size_t group, group_met;      /* the sampler's group being counted, hits in it */
    double n_groups, squared_met; /* groups done, sum of their squared hits */
} vci_tally;

/*
 * Sets a tally up: what of the year is observed, where its path begins. draws_first: first
 * drawn period; projected: there are draws of the indicator. A year that is fully observed
 * has no path: its figure is known.
 */
vc_status vci_tally_init(vci_tally *tally, const vc_settings *settings,
                         const vc_panel *panel, const vci_population *population,
                         const vc_target *target, size_t unit, vc_period draws_first,
                         bool projected);
void vci_tally_free(vci_tally *tally);

/*
 * Is a year-end figure, as published, on the right side of the target? Bound and f defined.
 */
bool vci_tally_meets(const vci_tally *tally, vc_fraction f);

/* The same for a figure that is no fraction: plain values, and forecasts from elsewhere. */
bool vci_target_met(const vc_target *target, double low, double high, double figure);

/*
 * Counts draws that are decided, n_met of them met; those of a group of VCI_BATCH draws
 * come one behind the other.
 */
void vci_tally_count(vci_tally *tally, size_t group, size_t n_met);

/* Ends the count of a group of draws; the last one has nobody else to do it. */
void vci_tally_end_group(vci_tally *tally);

/* The draws of a block; blocks come in draw order. */
void vci_tally_add(vci_tally *tally, const vc_draws *draws);

/*
 * Standard error of a share that comes to `sum` over n draws and whose sums over the groups
 * of draws have these squares; points as below.
 */
double vci_share_error(double n, double sum, double n_groups, double squared_groups,
                       double points);

/* p_met and its standard error of the draws that were counted. */
void vci_tally_share(vci_tally *tally, double points, vc_result *result);

/*
 * p_met, its standard error, quantiles and path into a result. points: effective number of
 * hyper-parameter points behind the draws; draws from one point are alike.
 */
vc_status vci_tally_finish(vci_tally *tally, double points, vc_result *result);

#endif
