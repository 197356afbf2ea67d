/* How indicators are formed, and what a workspace declares about them. */
#ifndef VITALCAST_INDICATOR_H
#define VITALCAST_INDICATOR_H

#include "vitalcast/api.h"
#include "vitalcast/event.h"
#include "vitalcast/text.h"

VC_BEGIN_DECLS

/*
 * How an indicator is formed, for whoever shows it. Counts add up over the year, rates are
 * events per so many of the average population, ratios are events per so many of another
 * event, shares are percent of the whole that an event is part of. Progress and values are
 * series of tables: they stand for themselves.
 */
typedef enum vc_indicator_kind {
    VC_INDICATOR_COUNT,
    VC_INDICATOR_RATE,
    VC_INDICATOR_RATIO,
    VC_INDICATOR_SHARE,
    VC_INDICATOR_PROGRESS,
    VC_INDICATOR_VALUE
} vc_indicator_kind;

/* count and rate: (plus - minus) * scale; ratio and share: plus * scale / over. */
typedef struct vc_formula {
    vc_indicator_kind kind;     /* none of the series */
    vc_event plus, minus, over; /* VC_EVENTS: none */
    int64_t scale;              /* 1 of counts, 100 of shares */
} vc_formula;

/* What an entry of `indicators:` is about. */
typedef enum vc_declared {
    VC_DECLARED_NAME, /* a standard indicator or a series, whatever its kind */
    VC_DECLARED_FORMULA,
    VC_DECLARED_QUOTA,
    VC_DECLARED_STOCK,
    VC_DECLARED_SURVEY,
    VC_DECLARED_VALUE
} vc_declared;

typedef struct vc_indicator {
    char *name; /* as other tables call it */
    vc_declared declared;
    vc_formula formula;        /* VC_DECLARED_FORMULA */
    char *label[VC_LANGUAGES]; /* shown instead of the name, by vc_language; NULL: none */
    char *department;          /* NULL if none was given */
    double cap;                /* percent that quotas and stocks count at most; 0: none */
    double margin;             /* formula: of the grade, percent around the target */
    size_t line, column;       /* of the name in workspace.yaml */
} vc_indicator;

VC_END_DECLS

#endif
