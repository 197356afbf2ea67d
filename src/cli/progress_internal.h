/* Progress and log lines of a calculation on stderr. */
#ifndef VCI_PROGRESS_INTERNAL_H
#define VCI_PROGRESS_INTERNAL_H

#include "vitalcast/log.h"
#include "vitalcast/text.h"

typedef struct vci_progress {
    vc_language language;
    bool quiet;
    bool terminal;     /* one bar, drawn again; else one line per 10 % of a stage */
    bool drawn;        /* a bar stands on the line */
    const char *stage; /* last one; borrowed static text */
    int tenth;         /* of the stage, already said */
    double drawn_at;   /* seconds */
} vci_progress;

void vci_progress_init(vci_progress *progress, vc_language language, bool quiet);

/* An observer that reports here and is cancelled by signals. */
vc_observer vci_progress_observer(vci_progress *progress);

/* Removes the bar: before anything else is printed, and at the end. */
void vci_progress_clear(vci_progress *progress);

/* Seconds on a clock that only runs forward. */
double vci_seconds(void);

#endif
