/* The track record that stands behind a run: the last back-test of its workspace. */
#ifndef VCI_RUN_TRACK_INTERNAL_H
#define VCI_RUN_TRACK_INTERNAL_H

#include "vitalcast/run.h"
#include "vitalcast/track.h"

typedef enum vci_track_state {
    VCI_TRACK_MISSING, /* no back-test of this workspace and basis */
    VCI_TRACK_DAMAGED, /* a file that cannot be read */
    VCI_TRACK_THERE
} vci_track_state;

typedef struct vci_run_track {
    vci_track_state state;
    vc_track track;
    bool data_known;   /* the run knows all of the data that were scored */
    bool data_changed; /* and they are others by now */
    bool models_changed, version_changed;
} vci_run_track;

/* What the record says of an indicator on a level. */
typedef struct vci_track_line {
    size_t indicator; /* index into track.indicators */
    unsigned level;
    size_t n, n_years; /* forecasts; years */
    double crps;
    bool compared;      /* with a rule of thumb: */
    vc_forecaster rule; /* the straight line, or else `same as last year` */
    vc_skill skill;
    bool said;     /* there is a tenth with cases enough: */
    size_t target; /* index into track.targets */
    size_t tenth;
    vc_calibration calibration;
} vci_track_line;

/* What an alarm would have been worth, all years, levels and targets together. */
typedef struct vci_alarm_worth {
    double below; /* the limit of the record that is nearest to the one asked for */
    size_t n_met, n_missed, n_false, n_silent;
    size_t n_stood; /* missed with an alarm that stood to the end */
    double lead;    /* their mean periods from its beginning to the year's end; NaN: none */
} vci_alarm_worth;

/* The record in `backtest` below the run's own folder; release, also after a failure. */
vc_status vci_run_track_find(const vc_run *run, vci_run_track *found);
void vci_run_track_free(vci_run_track *found);

/* The name of who forecasts. */
const char *vci_forecaster_text(vc_forecaster forecaster, vc_language language);

/* Levels of the record lie below this. */
unsigned vci_track_levels(const vc_track *track);

/* Place of an indicator in the record; SIZE_MAX if it was not scored. */
size_t vci_track_indicator(const vc_track *track, const char *indicator);

/* line->n is 0 where nothing was forecast. */
vc_status vci_track_line_find(const vc_track *track, const vc_run *run, size_t indicator,
                              unsigned level, vci_track_line *line);

/*
 * Alarms below about a limit: on targets of the run that were scored under their own id, or
 * else on all targets of its indicators.
 */
vci_alarm_worth vci_track_alarms(const vc_track *track, const vc_run *run, double below);

#endif
