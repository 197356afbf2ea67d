/* The rows of a caterpillar chart: one target, every unit's interval beside it. */
#ifndef VCI_CATERPILLAR_INTERNAL_H
#define VCI_CATERPILLAR_INTERNAL_H

#include "chart/kind_internal.h"

/* What an interval is marked as; a colour is never the only sign of it. */
typedef enum vci_interval_mark {
    VCI_INTERVAL_OPEN,    /* nothing more than its probability */
    VCI_INTERVAL_RIGHT,   /* 80 % interval on the target's right side, beyond chance or
                             large enough to decide */
    VCI_INTERVAL_WRONG,   /* the same on the wrong side */
    VCI_INTERVAL_SMALL,   /* vital events too few to decide, and within chance */
    VCI_INTERVAL_HIDDEN,  /* may not be told */
    VCI_INTERVAL_NOTHING, /* nothing is projected */
    VCI_INTERVAL_MARKS
} vci_interval_mark;

typedef struct vci_interval {
    size_t result;
    vci_interval_mark mark;
    bool undecidable;              /* whatever its mark */
    double quantile[VC_QUANTILES]; /* of a count: in percent of the target */
    double bound, bound_high;
} vci_interval;

typedef struct vci_caterpillar {
    const vc_run *run;       /* borrowed */
    const vc_target *target; /* borrowed: the first of those that say the same */
    bool relative;           /* counts: units of different size are compared */
    bool one_bound;          /* all rows have the same, */
    double shown_bound;      /* which is this */
    size_t n;
    vci_interval
        *rows; /* [n] by level, then from the best to the worst; hidden ones last */
    size_t n_likely, n_assessed, n_undecidable, n_small, n_hidden;
    double low, high; /* of all that is drawn; NaN: nothing */
} vci_caterpillar;

/* Release with vci_caterpillar_free, also after a failure. */
vc_status vci_caterpillar_collect(const vc_run *run, size_t result,
                                  const vc_suppression *suppression, vci_caterpillar *c);

void vci_caterpillar_free(vci_caterpillar *c);

#endif
