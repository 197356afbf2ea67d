/* What a fit has learned, in words and as JSON. */
#ifndef VCI_CLI_LEARNED_INTERNAL_H
#define VCI_CLI_LEARNED_INTERNAL_H

#include "cli/json_internal.h"
#include "vitalcast/learned.h"

/* One fit of a run; hidden[n_units of the panel]: units that are not named. */
typedef struct vci_lesson {
    const vc_run *run;
    const vc_fit *fit;
    const vc_learned *learned;
    const bool *hidden;
    vc_language language;
} vci_lesson;

/* A unit's level or change that may be named: it stands out and is not hidden. */
bool vci_lesson_names(const vci_lesson *lesson, const vc_learned_unit *unit, bool change);

vc_status vci_lesson_print(const vci_lesson *lesson, FILE *out);
void vci_lesson_json(const vci_lesson *lesson, vci_json *json);

#endif
