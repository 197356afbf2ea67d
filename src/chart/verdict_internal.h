/* The table behind a verdict map: units x targets of one year end. */
#ifndef VCI_VERDICT_INTERNAL_H
#define VCI_VERDICT_INTERNAL_H

#include "vitalcast/run.h"

#define VCI_NO_RESULT SIZE_MAX
#define VCI_VERDICT_ROWS 60 /* more than these are too many for one picture */

/*
 * Rows are the units that have a result, in unit order; where they are too many, only the
 * root and the level below it, if these have any. Targets that say the same of
 * different units (the county's and the townships' row of targets.csv) share a column.
 */
typedef struct vci_verdict_map {
    size_t n_rows, n_columns;
    size_t n_left_out; /* units below the first level */
    size_t *unit;      /* [n_rows] */
    size_t *target;    /* [n_columns] the first target of the column */
    size_t *result; /* [n_rows][n_columns], VCI_NO_RESULT where a unit has no such target */
    bool *validated;   /* [n_columns] every result of it is */
    size_t n_assessed; /* results with a probability */
    size_t n_likely;   /* those of more than one half */
} vci_verdict_map;

/* The same indicator, direction and bound: the county's and the townships' row. */
bool vci_targets_say_the_same(const vc_target *a, const vc_target *b);

/* Release with vci_verdict_map_free, also after a failure. */
vc_status vci_verdict_map_collect(const vc_run *run, vc_period year_end,
                                  vci_verdict_map *verdict);

void vci_verdict_map_free(vci_verdict_map *verdict);

#endif
