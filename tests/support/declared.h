/* Declares an indicator on a panel made by hand, as `indicators:` of workspace.yaml would.
 */
#ifndef VCT_DECLARED_H
#define VCT_DECLARED_H

#include <stdlib.h>
#include <string.h>

#include "vitalcast/panel.h"

/* The entry, to be changed until the next one is made. */
static inline vc_indicator *vct_declare(vc_panel *panel, const char *name) {
    size_t n = panel->n_indicators + 1;
    panel->indicators = realloc(panel->indicators, n * sizeof *panel->indicators);
    panel->n_indicators = n;
    panel->indicators[n - 1] = (vc_indicator){.name = strdup(name), .line = n, .column = 3};
    return &panel->indicators[n - 1];
}

static inline vc_indicator *vct_declare_formula(vc_panel *panel, const char *name,
                                                vc_formula formula) {
    vc_indicator *indicator = vct_declare(panel, name);
    indicator->declared = VC_DECLARED_FORMULA;
    indicator->formula = formula;
    indicator->margin = 5;
    return indicator;
}

/* births_female per so many births_male, and other forms that tests share. */
#define VCT_GIRLS_TO_BOYS                                                                  \
    ((vc_formula){VC_INDICATOR_RATIO, VC_BIRTHS_FEMALE, VC_EVENTS, VC_BIRTHS_MALE, 100})
#define VCT_BIRTHS_TO_DEATHS                                                               \
    ((vc_formula){VC_INDICATOR_RATIO, VC_BIRTHS, VC_EVENTS, VC_DEATHS, 100})
#define VCT_BOYS_OF_BIRTHS                                                                 \
    ((vc_formula){VC_INDICATOR_SHARE, VC_BIRTHS_MALE, VC_EVENTS, VC_BIRTHS, 100})
#define VCT_GROWTH(times)                                                                  \
    ((vc_formula){VC_INDICATOR_RATE, VC_BIRTHS, VC_DEATHS, VC_EVENTS, times})
#define VCT_COUNT_OF(event)                                                                \
    ((vc_formula){VC_INDICATOR_COUNT, event, VC_EVENTS, VC_EVENTS, 1})

#endif
