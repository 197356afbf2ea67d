/* What a fan chart shows, as numbers: lines, bands, ranges, labels. */
#ifndef VCI_FAN_INTERNAL_H
#define VCI_FAN_INTERNAL_H

#include "chart/axis_internal.h"
#include "chart/wording_internal.h"
#include "vitalcast/suppression.h"

/* x, then the figure's quantiles. */
typedef struct vci_band {
    double x, quantile[VC_QUANTILES];
} vci_band;

/* A label at the right of the plot, in one or two lines. */
typedef enum vci_fan_mark {
    VCI_MARK_MEDIAN = 1,
    VCI_MARK_TARGET,
    VCI_MARK_LAST_YEAR
} vci_fan_mark;

typedef struct vci_fan_label {
    vci_fan_mark mark;
    double place; /* height in the plot, 0 bottom to 1 top */
    int lines;
    vci_label text, more;
} vci_fan_label;

#define VCI_FAN_LABELS 3

typedef struct vci_fan {
    const vc_run *run;       /* borrowed */
    const vc_result *result; /* borrowed */
    const vc_target *target; /* borrowed */
    vc_year year;
    bool yearly; /* the whole history instead of one year and the year before */
    vc_suppression suppression;
    bool small; /* rests on counts that may not be told: there are no numbers then */
    int digits;
    vc_period origin; /* period at x = 0 */
    double x_low, x_high;
    size_t n_observed, n_last_year, n_bands;
    vci_point *observed, *last_year;
    vci_band *bands; /* from the last observation on */
    vci_range y;
    size_t n_labels;
    vci_fan_label labels[VCI_FAN_LABELS];
} vci_fan;

/*
 * Collects the numbers of a result. Points that may not be told are left out; the chart as
 * a whole is `small` when the year to date, the year end or the bound may not be. Release
 * with vci_fan_free, also after a failure.
 */
vc_status vci_fan_collect(const vc_run *run, size_t result, vci_fan *fan);

/* Labels at the right, in a language, none over another. */
void vci_fan_label_all(vci_fan *fan, vc_language language);

/* A figure that may be missing, and has_<name>: gnuplot cannot ask for NaN. */
void vci_fan_set_mark(vci_script *script, const char *name, double y);

/* The last figure at its point; the labels at the right. */
void vci_fan_set_latest(const vci_fan *fan, vc_language language, vci_script *script);
void vci_fan_set_labels(const vci_fan *fan, vci_script *script);

void vci_fan_free(vci_fan *fan);

#endif
