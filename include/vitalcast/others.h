/*
 * What other offices count of the same events: hospitals of births, the police of who was
 * registered. It is compared with the panel's figures and never mixed into them.
 */
#ifndef VITALCAST_OTHERS_H
#define VITALCAST_OTHERS_H

#include "vitalcast/api.h"
#include "vitalcast/event.h"
#include "vitalcast/period.h"
#include "vitalcast/unit.h"

VC_BEGIN_DECLS

/*
 * An office. Definitions differ (place of birth or of residence, month of registration), so
 * that complete figures of both differ too.
 */
typedef struct vc_other_source {
    char *name;
    double ratio[VC_EVENTS];  /* of its figure to ours; NaN: not declared */
    double sd[VC_EVENTS];     /* how sure that is */
    double common[VC_EVENTS]; /* share of ours that it counts too, at most the ratio */
    bool widens;              /* what it counts beyond that makes forecasts less certain */
    size_t line;              /* of workspace.yaml; 0: the table alone names it */
} vc_other_source;

typedef struct vc_other_count {
    size_t source, unit;
    vc_event event;
    vc_period period;
    double count;
} vc_other_count;

typedef struct vc_others {
    size_t n;
    vc_other_source *list; /* as declared, then as the table names them */
    size_t n_counts, capacity;
    vc_other_count *counts; /* by source, unit, event and period, each once */
} vc_others;

/** Forgets what is about later periods. */
VC_API void vc_others_truncate(vc_others *others, vc_period last);

/**
 * Sum over n periods from `first`; NaN unless all of them were counted. A unit without
 * figures of its own there is the sum of the units below it.
 */
VC_API double vc_others_sum(const vc_others *others, const vc_unit_tree *tree,
                            size_t source, vc_event event, size_t unit, vc_period first,
                            size_t n);

VC_API void vc_others_free(vc_others *others);

VC_END_DECLS

#endif
