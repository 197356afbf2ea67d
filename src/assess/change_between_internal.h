/* Runs between an earlier and a later one: some inputs of the one, some of the other. */
#ifndef VCI_CHANGE_BETWEEN_INTERNAL_H
#define VCI_CHANGE_BETWEEN_INTERNAL_H

#include "vitalcast/run.h"

/* What of a run in between is its own; all else is borrowed from the two. */
typedef struct vci_between {
    vc_run run;
    vc_target *targets; /* owns the array, texts are borrowed */
    bool owns_panel, owns_fits;
} vci_between;

/* Bit per vc_change_step: what two runs differ in. */
vc_status vci_between_differs(const vc_run *before, const vc_run *after, unsigned *differs);

/*
 * The run that has made every step up to `last` and none of the later ones, with results.
 * differs: what vci_between_differs said. fitted: it needed fits.
 * Release with vci_between_free, also after a failure. Everything borrowed must outlive it.
 */
vc_status vci_between_make(const vc_run *before, const vc_run *after, vc_change_step last,
                           unsigned differs, unsigned threads, const vc_observer *observer,
                           bool *fitted, vci_between *between);
void vci_between_free(vci_between *between);

#endif
