/*
 * A scenario: what would the figures be if something in the periods to come were other than
 * expected? It says nothing of causes, nor of what any measure would achieve.
 */
#ifndef VITALCAST_SCENARIO_H
#define VITALCAST_SCENARIO_H

#include "vitalcast/api.h"
#include "vitalcast/finding.h"
#include "vitalcast/panel.h"

VC_BEGIN_DECLS

typedef enum vc_effect_kind {
    VC_EFFECT_TIMES, /* amount: a factor, 0 and above; 1 changes nothing */
    VC_EFFECT_ADD    /* amount: what is added, in the indicator's own unit */
} vc_effect_kind;

/*
 * One change of one indicator in the periods first .. last, all of which lie after the
 * as-of period. It holds in each draw, for what the draw expects of a period, before the
 * period itself is drawn:
 *
 * births, deaths, migration    rate of every leaf, times
 * sex ratio at birth           males per 100 females of every leaf, times or points added
 * births in line with policy   share of every leaf, times or points added
 * quotas                       what is done in the period, times; or points of the quota
 * done on top of it stocks, surveys              share, times or points added; never beyond
 * 0 and 100 % plain values                 value, times or added to
 *
 * Services and records: of the unit and all units under it. All else (vital events, plain
 * values): of the top unit, which means the level that all units have in common.
 */
typedef struct vc_effect {
    char *indicator; /* as targets name it */
    size_t unit;     /* index into the panel's tree */
    vc_period first, last;
    vc_effect_kind kind;
    double amount;
} vc_effect;

#define VC_SCENARIO_BASE 24 /* room for a run id */

/* n == 0: none. No two effects change the same thing in one unit and period. */
typedef struct vc_scenario {
    char *name;
    char *description;           /* NULL if none */
    char *text;                  /* the file as read */
    char base[VC_SCENARIO_BASE]; /* id of the run that it changes; "" before */
    size_t n;
    vc_effect *effects;
} vc_scenario;

/**
 * Reads a scenario file (docs/FILE_FORMATS.md), strictly, against the data of a run. Every
 * fault in one pass, with its place: what workspace.yaml would be refused for; units and
 * indicators that are not there; periods outside as_of + 1 .. horizon; effects without a
 * size, or with two; two effects on one thing; and vital events or plain values of a unit
 * below the top, which no scenario may change.
 *
 * findings  [in,out] initialised
 * scenario  [out] release with vc_scenario_free, also after a failure
 *
 * Returns VC_OK; VC_BAD_INPUT when findings holds a fault; VC_NO_MEMORY.
 */
VC_API VC_CHECKED vc_status vc_scenario_read(const char *file, const vc_panel *panel,
                                             vc_period as_of, vc_period horizon,
                                             vc_findings *findings, vc_scenario *scenario);

/** Does an effect change anything at all? */
VC_API bool vc_effect_neutral(const vc_effect *effect);

VC_API void vc_scenario_free(vc_scenario *scenario);

VC_END_DECLS

#endif
