/* Log and progress: the library never prints, it calls back. */
#ifndef VITALCAST_LOG_H
#define VITALCAST_LOG_H

#include "vitalcast/api.h"

VC_BEGIN_DECLS

/*
 * All members may be NULL. progress is called from one thread with a stage ("fit births",
 * "simulate", ...; static text) and a share in [0, 1]; cancelled is asked often and ends
 * the work with VC_INTERRUPTED when it answers true.
 */
typedef struct vc_observer {
    void *context; /* borrowed, handed to each call */
    void (*log)(void *context, const char *line);
    void (*progress)(void *context, const char *stage, double share);
    bool (*cancelled)(void *context);
} vc_observer;

VC_END_DECLS

#endif
