/* A scenario in words and as JSON: never what would happen, only what would be if. */
#ifndef VCI_SCENARIO_WORDS_INTERNAL_H
#define VCI_SCENARIO_WORDS_INTERNAL_H

#include <stdio.h>

#include "cli/json_internal.h"
#include "vitalcast/run.h"

/* "if … were 3 points higher than expected from … to …"; owned by the caller. */
char *vci_effect_words(const vc_run *run, const vc_effect *effect, vc_language language);

/* Name, effects, the run behind it, and that it says nothing of causes. */
vc_status vci_scenario_print(const vc_run *run, vc_language language, FILE *out);

/* The member "scenario"; words are null where there is no memory for them. */
void vci_scenario_json(const vc_run *run, vc_language language, vci_json *json);

#endif
