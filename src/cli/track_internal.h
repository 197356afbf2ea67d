/* The track record for people and for programs. */
#ifndef VCI_TRACK_CLI_INTERNAL_H
#define VCI_TRACK_CLI_INTERNAL_H

#include <stdio.h>

#include "cli/json_internal.h"
#include "vitalcast/track.h"

/* Members of an object: scores, by_size, reliability, skill, uniformity, alarms. */
vc_status vci_track_json(const vc_track *track, vci_json *json);

vc_status vci_track_print(const vc_track *track, vc_language language, FILE *out);

#endif
