/* The track record for people and for programs. */
#ifndef VCI_TRACK_CLI_INTERNAL_H
#define VCI_TRACK_CLI_INTERNAL_H

#include <stdio.h>

#include "cli/json_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/track.h"

/* Members of an object: scores, by_size, reliability, skill, uniformity, alarms. */
vc_status vci_track_json(const vc_track *track, vci_json *json);

vc_status vci_track_print(const vc_track *track, vc_language language, FILE *out);

/* What charts of a record need. */
typedef struct vci_track_charts {
    const vc_track *track;
    vc_chart_options options;
    const char *out; /* folder */
} vci_track_charts;

/* Draws them and prints their paths. */
vc_status vci_track_draw(const vci_track_charts *charts);

#endif
