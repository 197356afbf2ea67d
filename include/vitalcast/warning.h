/*
 * Warnings on P(met) that remember: a level comes at once and goes slowly, so that it does
 * not flicker from month to month.
 */
#ifndef VITALCAST_WARNING_H
#define VITALCAST_WARNING_H

#include "vitalcast/api.h"
#include "vitalcast/period.h"

VC_BEGIN_DECLS

/* Levels: X(constant, key in workspace.yaml and JSON). */
#define VC_WARNING_LEVEL_LIST(X)                                                           \
    X(VC_WARNING_NONE, "none")                                                             \
    X(VC_WARNING_YELLOW, "yellow")                                                         \
    X(VC_WARNING_ORANGE, "orange")                                                         \
    X(VC_WARNING_RED, "red")

typedef enum vc_warning_level {
#define X(name, key) name,
    VC_WARNING_LEVEL_LIST(X)
#undef X
        VC_WARNING_LEVELS
} vc_warning_level;

/** "none", "yellow", "orange" or "red". */
VC_API const char *vc_warning_level_name(vc_warning_level level);

/* `warnings:` of workspace.yaml. Probabilities, 0 to 1. */
typedef struct vc_warning_rules {
    double below[VC_WARNING_LEVELS]; /* P(met) below it: that level; none: 1 */
    double margin;                   /* above its limit by so much before a level may go */
    int32_t stands_for;              /* and only after so many periods */
} vc_warning_rules;

/** Yellow below 0.60, orange below 0.40, red below 0.20; margin 0.05; two periods. */
VC_API vc_warning_rules vc_warning_rules_default(void);

/* Why a level is what it is. */
typedef enum vc_warning_reason {
    VC_WARNING_UNKNOWN, /* there is no P(met) */
    VC_WARNING_FIRST,   /* nothing earlier is known of this target */
    VC_WARNING_STAYS,
    VC_WARNING_FELL,   /* P(met) fell below the limit of a worse level */
    VC_WARNING_ROSE,   /* P(met) rose above the limit by the margin, and time was up */
    VC_WARNING_MARGIN, /* held: above the limit, but not by the margin */
    VC_WARNING_TIME,   /* held: it has not stood for long enough */
    VC_WARNING_WATCH   /* the record is too small to tell anything of the place (观察) */
} vc_warning_reason;

/** "unknown", "first", "stays", "fell", "rose", "margin", "time" or "watch". */
VC_API const char *vc_warning_reason_name(vc_warning_reason reason);

/* One target of one unit, as runs went by. All zero: nothing is known yet. */
typedef struct vc_warning {
    size_t n; /* runs behind it */
    vc_warning_level level, before;
    vc_period since, as_of; /* as-of periods: of the level's beginning, of the last run */
    double p_met, p_before;
    vc_warning_reason reason;
} vc_warning;

/**
 * Takes the next run in: worse levels at once; a better one when P(met) is above the limit
 * of the level by the margin and the level has stood for long enough, and then as many
 * levels down as P(met) says with the margin.
 *
 * rules    borrowed
 * as_of    later than that of the run before
 * p_met    NaN: unknown; there is no level, and what was remembered is forgotten
 * tellable false: the cell is neither decidable nor beyond chance; likewise
 * warning  [in,out]
 */
VC_API void vc_warning_next(const vc_warning_rules *rules, vc_period as_of, double p_met,
                            bool tellable, vc_warning *warning);

VC_END_DECLS

#endif
